"""The fields that a column can be given in the page, and which one its heading seems to name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from waypost.interop.hsds.names import column_name

LIKE_ENOUGH = 84


@dataclass(frozen=True, slots=True)
class Field:
    """One choice. ``likes``: headings that mean it, as column_name spells them; ``split``: usual divider."""

    model: str
    name: str
    group: str | Promise
    label: str | Promise
    likes: tuple[str, ...]
    several: bool = False

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.model}.{self.name}"


_SERVICE, _ORGANIZATION, _PLACE = _("Service"), _("Organization"), _("Place")
_ADDRESS, _MORE = _("Address"), _("More about the service")


def _f(key: str, group: str | Promise, label: str | Promise, likes: str, *, several: bool = False) -> Field:
    model, name = key.split(".")
    return Field(model, name, group, label, tuple(likes.split()), several)


FIELDS: tuple[Field, ...] = (
    _f(
        "services.id",
        _SERVICE,
        _("Service: its number in the feed"),
        "id service_id program_id record_id resource_id numero",
    ),
    _f(
        "services.name",
        _SERVICE,
        _("Service: name"),
        "name service service_name program program_name resource resource_name title nombre servicio"
        " nombre_del_servicio programa",
    ),
    _f(
        "services.description",
        _SERVICE,
        _("Service: description"),
        "description service_description program_description about details summary descripcion descripción",
    ),
    _f("services.url", _SERVICE, _("Service: website"), "service_url program_url link enlace"),
    _f(
        "services.email",
        _SERVICE,
        _("Service: e-mail"),
        "email e_mail mail contact_email service_email correo",
    ),
    _f("services.status", _SERVICE, _("Service: status"), "status service_status estado_del_servicio"),
    _f(
        "services.application_process",
        _SERVICE,
        _("Service: how to apply"),
        "application_process how_to_apply intake_process intake_procedure intake apply access walk_in"
        " como_solicitar como_aplicar solicitud",
    ),
    _f(
        "services.fees_description",
        _SERVICE,
        _("Service: fees"),
        "fees fee cost costs fee_structure price costo costos tarifa",
    ),
    _f(
        "services.eligibility_description",
        _SERVICE,
        _("Service: who may come"),
        "eligibility eligible who requirements eligibility_requirements target_population elegibilidad"
        " requisitos",
    ),
    _f("services.wait_time", _SERVICE, _("Service: waiting time"), "wait_time waiting_time waitlist espera"),
    _f(
        "services.minimum_age",
        _SERVICE,
        _("Service: youngest age"),
        "minimum_age min_age age_from edad_minima",
    ),
    _f("services.maximum_age", _SERVICE, _("Service: oldest age"), "maximum_age max_age age_to edad_maxima"),
    _f(
        "organizations.id",
        _ORGANIZATION,
        _("Organization: its number in the feed"),
        "organization_id agency_id org_id organizacion_id",
    ),
    _f(
        "organizations.name",
        _ORGANIZATION,
        _("Organization: name"),
        "organization organization_name agency agency_name org org_name provider provider_name"
        " organizacion organización nombre_de_la_organizacion agencia",
    ),
    _f(
        "organizations.description",
        _ORGANIZATION,
        _("Organization: description"),
        "organization_description agency_description",
    ),
    _f(
        "organizations.website",
        _ORGANIZATION,
        _("Organization: website"),
        "website web web_site url homepage site sitio sitio_web pagina_web",
    ),
    _f(
        "organizations.email",
        _ORGANIZATION,
        _("Organization: e-mail"),
        "organization_email agency_email",
    ),
    _f("locations.id", _PLACE, _("Place: its number in the feed"), "location_id site_id place_id"),
    _f(
        "locations.name",
        _PLACE,
        _("Place: name"),
        "location location_name site_name place place_name building lugar sede",
    ),
    _f("locations.description", _PLACE, _("Place: description"), "location_description directions"),
    _f(
        "locations.transportation",
        _PLACE,
        _("Place: bus and train"),
        "transportation transit bus bus_lines transporte",
    ),
    _f("locations.latitude", _PLACE, _("Place: latitude"), "latitude lat y latitud"),
    _f("locations.longitude", _PLACE, _("Place: longitude"), "longitude long lng lon x longitud"),
    _f(
        "addresses.address_1",
        _ADDRESS,
        _("Address: street"),
        "address address_1 address1 street street_address physical_address direccion dirección calle",
    ),
    _f(
        "addresses.address_2",
        _ADDRESS,
        _("Address: second line"),
        "address_2 address2 street_2 suite unit",
    ),
    _f("addresses.city", _ADDRESS, _("Address: city"), "city town ciudad"),
    _f("addresses.region", _ADDRESS, _("Address: county or region"), "region county condado"),
    _f(
        "addresses.state_province",
        _ADDRESS,
        _("Address: state"),
        "state state_province province estado",
    ),
    _f(
        "addresses.postal_code",
        _ADDRESS,
        _("Address: ZIP code"),
        "zip zip_code zipcode postal_code postcode codigo_postal código_postal",
    ),
    _f("addresses.country", _ADDRESS, _("Address: country"), "country pais país"),
    _f(
        "phones.number",
        _MORE,
        _("Phone number"),
        "phone phone_number phone_1 telephone tel phones hotline main_phone contact_phone telefono teléfono",
    ),
    _f(
        "regular_schedules.hours_of_operation",
        _MORE,
        _("Hours"),
        "hours hours_of_operation opening_hours schedule times horario horarios horas",
    ),
    _f(
        "languages.name",
        _MORE,
        _("Languages"),
        "language languages languages_spoken idioma idiomas",
        several=True,
    ),
    _f(
        "required_documents.document",
        _MORE,
        _("Documents to bring"),
        "documents required_documents documents_required what_to_bring documentos",
        several=True,
    ),
    _f(
        "service_areas.name",
        _MORE,
        _("Area that is served"),
        "service_area service_areas area area_served coverage coverage_area geographic_area area_de_servicio",
        several=True,
    ),
    _f(
        "accessibility.description",
        _MORE,
        _("Accessibility"),
        "accessibility ada wheelchair accesibilidad",
        several=True,
    ),
    _f(
        "attributes.value",
        _MORE,
        _("Category or keyword"),
        "category categories type service_type taxonomy keywords tags need needs categoria categoría tipo",
        several=True,
    ),
    _f("contacts.name", _MORE, _("Contact: name"), "contact contact_name contact_person contacto"),
    _f("contacts.title", _MORE, _("Contact: title"), "contact_title title_of_contact"),
    _f("programs.name", _MORE, _("Program that the service belongs to"), "parent_program program_group"),
)
BY_KEY = {each.key: each for each in FIELDS}


def propose(headings: Iterable[str]) -> dict[str, str]:
    """Heading -> key of the field that it seems to name ('' for none); each field goes to one heading."""
    wanted = {heading: column_name(heading).strip(".:*#?_") for heading in headings}
    scored = sorted(
        (
            (_likeness(name, like), -order, heading, each.key)
            for heading, name in wanted.items()
            for order, each in enumerate(FIELDS)
            for like in each.likes
        ),
        reverse=True,
    )
    found: dict[str, str] = dict.fromkeys(wanted, "")
    taken: set[str] = set()
    for score, _order, heading, key in scored:
        if score < LIKE_ENOUGH:
            break
        if not found[heading] and key not in taken:
            found[heading] = key
            taken.add(key)
    return found


def _likeness(name: str, like: str) -> float:
    if name == like:
        return 101.0
    if min(len(name), len(like)) < 4:  # noqa: PLR2004 - short words are alike by chance
        return 0.0
    words, others = name.replace("_", " "), like.replace("_", " ")
    return max(fuzz.ratio(name, like), fuzz.token_sort_ratio(words, others))

"""The Spanish of the whole site: complete, sound, and on the pages."""

import ast
import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.test import Client
from django.utils.translation import override

from scripts.extract import as_text, renewed, template
from tests.community import FOOD, Community, food_need, rosa, sent_referral
from tests.web.reading import OK, text
from waypost.kernel.clock import at
from waypost.kernel.transaction import acting
from waypost.referrals.services import move, report
from waypost.web.presenting import day, day_time, english_language, language_choices, listed_language
from waypost.web.staff import form_words, sharing

ROOT = Path(__file__).resolve().parent.parent.parent
FILE = ROOT / "locale/es/LC_MESSAGES/django.po"
HOLDS = re.compile(r"%\([a-z_]+\)[sd]|%%|</?[a-z][^>]*>")
WAYS_TO_MARK = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "npgettext"}
LONG_ENOUGH = 10  # letters; shorter English words may stand in names or in Spanish
SPANISH = {"HTTP_ACCEPT_LANGUAGE": "es-MX,es;q=0.9"}


@cache
def catalog() -> Catalog:
    with FILE.open("rb") as file:
        return read_po(file, locale="es", abort_invalid=True)


def messages() -> list[Message]:
    return [each for each in catalog() if each.id]


def pairs(message: Message) -> list[tuple[str, str]]:
    """Each form with its translation; the singular may leave its number out, as in "yesterday"."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return list(zip(message.id, message.string, strict=True))


# The file


def test_every_message_of_the_source_has_its_spanish() -> None:
    known = {(each.id, each.context) for each in messages()}
    asked = {(each.id, each.context) for each in template() if each.id}
    assert asked - known == set(), "run scripts/extract.py, then fill in what is empty"


def test_nothing_is_empty_or_doubtful() -> None:
    assert [each.id for each in messages() if not all(words for _id, words in pairs(each))] == []
    assert [each.id for each in messages() if each.fuzzy] == []


def test_placeholders_and_markup_are_kept() -> None:
    changed = [
        (english, spanish)
        for each in messages()
        for english, spanish in pairs(each)
        if sorted(HOLDS.findall(english)) != sorted(HOLDS.findall(spanish))
    ]
    assert changed == []


def test_one_and_many() -> None:
    assert catalog().plural_expr == "(n != 1)"
    assert {len(each.string) for each in messages() if not isinstance(each.id, str)} == {2}


def test_sentences_end_alike() -> None:
    ends = [
        (english, spanish)
        for each in messages()
        for english, spanish in pairs(each)
        if (english[-1] in ".:" or spanish[-1] in ".:") and english[-1] != spanish[-1]
    ]
    assert ends == []


def test_questions_open_as_spanish_opens_them() -> None:
    assert [
        each.string for each in messages() if str(each.string).count("?") != str(each.string).count("¿")
    ] == []


def test_writing_the_file_again_changes_nothing(tmp_path: Path) -> None:
    source, again = template(), tmp_path / "es" / "LC_MESSAGES" / "django.po"
    again.parent.mkdir(parents=True)
    again.write_bytes(as_text(renewed(FILE, source)))
    assert as_text(renewed(again, source)) == again.read_bytes()


def test_the_compiled_file_is_not_older() -> None:
    compiled = FILE.with_suffix(".mo")
    assert compiled.exists() and compiled.stat().st_mtime >= FILE.stat().st_mtime, "run make messages"


def test_words_are_marked_where_they_can_be_found() -> None:
    hidden = [
        f"{path.relative_to(ROOT)}:{line}" for path in python_files() for line in marked_in_f_strings(path)
    ]
    assert hidden == []


def python_files() -> Iterator[Path]:
    yield from sorted((ROOT / "waypost").rglob("*.py"))


def marked_in_f_strings(path: Path) -> Iterator[int]:
    """Lines of f-strings that call for a translation within their braces: the script cannot see it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.JoinedStr):
            calls = [each.func for each in ast.walk(node) if isinstance(each, ast.Call)]
            if any(isinstance(each, ast.Name) and each.id in WAYS_TO_MARK for each in calls):
                yield node.lineno


# Days, languages


def test_days_in_spanish() -> None:
    noon = datetime(2026, 12, 3, 10, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
    with at(noon), override("es"):
        assert day_time(noon) == "jue 3 dic, 10:00"
        assert day(date(2031, 5, 3)) == "3 may 2031"
        assert sharing.long_day(date(2027, 5, 3)) == "3 de mayo de 2027"


def test_languages_of_listings_are_read_and_typed_in_spanish_and_kept_in_english() -> None:
    with override("es"):
        assert listed_language("Spanish") == "español"
        assert listed_language("Mam") == "Mam"
        assert english_language("Español") == "Spanish"
        assert english_language("criollo haitiano") == "Haitian Creole"
        assert english_language("Spanish") == "Spanish"
        names = [name for _code, name in language_choices()]
    assert names[:2] == ["inglés", "español"]
    assert names.index("amárico") < names.index("árabe") < names.index("chino")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["comida", "vivienda"], "comida y vivienda"),
        (["comida", "internet y dispositivos"], "comida e internet y dispositivos"),
        (["dinero", "comida", "Islas"], "dinero, comida e Islas"),
    ],
)
def test_and_before_an_i(words: list[str], said: str) -> None:
    with override("es"):
        assert sharing.joined(words) == said


# What is read aloud


def terms(**changes: object) -> form_words.Terms:
    given: dict[str, object] = {
        "organization": "Cedar Clinic",
        "topics": ("identity", "contact", FOOD),
        "recipient_ids": (),
        "recipient_names": (),
        "ends_on": date(2027, 5, 3),
        "reply": True,
        "sensitive": ("violence",),
        **changes,
    }
    return form_words.Terms(**given)  # type: ignore[arg-type]


def test_the_words_to_read_aloud() -> None:
    assert form_words.read_aloud(terms(), "es") == [
        "Cedar Clinic quisiera compartir esta información con organizaciones aliadas de la comunidad que"
        " podrían ayudarle: su nombre, su edad, su idioma, cuántas personas viven en su hogar, su teléfono,"
        " su código postal y qué ayuda necesita usted: comida.",
        "Solo pueden usar esta información para ayudarle a usted.",
        "Esto revela asuntos muy privados: violencia.",
        "Pueden decirle a Cedar Clinic cómo le fue a usted.",
        "Este permiso vale hasta el 3 de mayo de 2027.",
        "Usted puede decir que no. También puede retirar su permiso en cualquier momento; basta con que nos"
        " avise.",
        "La ayuda que usted recibe aquí será la misma.",
        "¿Está usted de acuerdo?",
    ]


def test_named_recipients_and_nothing_that_was_not_asked() -> None:
    lines = form_words.read_aloud(
        terms(recipient_names=("Cedar Food Bank",), reply=False, sensitive=()), "es"
    )
    assert "con Cedar Food Bank: su nombre" in lines[0]
    assert not [line for line in lines if "asuntos muy privados" in line or "cómo le fue" in line]
    assert len(lines) == len(form_words.read_aloud(terms(reply=False, sensitive=()), "en"))


# Pages


def seen_words(page: str) -> str:
    """What a page says, without its markup, scripts and other people's languages."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    body = re.sub(r'<(\w+)[^>]* lang="en"[^>]*>.*?</\1>', " ", body, flags=re.DOTALL)
    labels = " ".join(re.findall(r'(?:aria-label|placeholder|alt)="([^"]*)"', body))
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body) + " " + labels).split())


@cache
def english_words() -> tuple[str, ...]:
    """Messages that would be noticed if they stood on a Spanish page in English."""
    return tuple(
        " ".join(each.id.split())
        for each in messages()
        if isinstance(each.id, str)
        and len(each.id) >= LONG_ENOUGH
        and each.id != each.string
        and not HOLDS.search(each.id)
    )


def leftovers(page: str) -> list[str]:
    words = seen_words(page)
    return [each for each in english_words() if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", words)]


def in_spanish(client: Client, address: str, *expected: str) -> None:
    answer = client.get(address, **SPANISH)
    page = text(answer)
    assert answer.status_code == OK, address
    assert '<html lang="es">' in page
    assert leftovers(page) == []
    for each in expected:
        assert each in seen_words(page)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/", "Servicios gratuitos y de bajo costo"),
        (f"/?need={FOOD}&zip=98144", "2 servicios para: Comida"),
        ("/about/", "Waypost nunca guarda su situación migratoria."),
        ("/accounts/login/", "Iniciar sesión en Waypost"),
        ("/accounts/password/reset/", "Poner una contraseña nueva"),
    ],
)
def test_pages_for_everybody(client: Client, community: Community, address: str, expected: str) -> None:
    in_spanish(client, address, expected)


@pytest.mark.django_db
def test_a_service_in_spanish(client: Client, community: Community) -> None:
    in_spanish(
        client, f"/services/{community.groceries}/", "Qué tan seguro es esto", "No se sabe el horario."
    )


@pytest.mark.django_db
def test_pages_of_a_coordinator(community: Community, ana: Client) -> None:
    person, referral, consent = sent_referral(community)
    in_spanish(ana, "/my-day/", "Respuestas que llegaron", "Total de pacientes activos")
    in_spanish(ana, "/people/", "Todos", "Necesidades abiertas")
    in_spanish(
        ana,
        f"/people/{person}/",
        "Rosa dio permiso para que Cedar Clinic informe a organizaciones aliadas sobre comida",
        "español, necesita intérprete",
        "Usted anotó una necesidad: Comida",
        "Les toca: Cedar Food Bank responde",
    )
    in_spanish(ana, f"/people/{person}/agree/", "¿Qué se puede compartir?")
    in_spanish(ana, f"/people/{person}/agreements/", "Lo que Rosa dijo sobre compartir")
    in_spanish(ana, f"/people/{person}/seen/", "la persona dio permiso")
    in_spanish(ana, f"/agreements/{consent}/take-back/", "no se informa nada nuevo a nadie")
    in_spanish(ana, "/referrals/", "En espera de respuesta")
    in_spanish(ana, f"/referrals/{referral}/", "Comida para Rosa Delgado", "¿Qué dice Rosa?")
    in_spanish(ana, "/figures/", "Necesidad cubierta, según la persona")


@pytest.mark.django_db
def test_the_read_page_in_spanish_still_shows_the_english_words(community: Community, ana: Client) -> None:
    person = rosa(community.ana)
    food_need(community.ana, person)
    asked = {"topics": ["identity", "contact", FOOD], "recipient_class": "partners", "ends_on": "2027-05-03"}
    with at(datetime(2026, 12, 3, 10, 0, tzinfo=ZoneInfo("America/Los_Angeles"))):
        page = text(ana.post(f"/people/{person}/agree/", {**asked, "step": "read"}, **SPANISH))
    assert "Lea esto en voz alta" in page
    assert "¿Está usted de acuerdo?" in page
    assert "Do you agree?" in page
    assert "Este permiso vale hasta el 3 de mayo de 2027." in page
    assert leftovers(page) == []


@pytest.mark.django_db
def test_pages_of_a_partner(community: Community, sam: Client) -> None:
    _person, referral, _consent = sent_referral(community)
    page = f"/referrals/{referral}/"
    in_spanish(
        sam, "/inbox/", "Comida para Rosa Delgado", "Le toca a usted: responder", "hogar de 4 personas"
    )
    in_spanish(sam, page, "Podemos ayudar", "No puede ayudar por ahora")
    in_spanish(sam, f"{page}move/?move=reject", "¿Por qué no puede ayudar por ahora?")
    in_spanish(sam, "/listing/", "Agregar un servicio")
    in_spanish(sam, f"/listing/{community.groceries}/", "Cambiar el horario")
    with acting(community.sam):
        move(actor=community.sam, referral_id=referral, name="accept")
        report(actor=community.sam, referral_id=referral, fact="received", source="partner")
    in_spanish(sam, page, "Usted informó: Rosa recibió el servicio")

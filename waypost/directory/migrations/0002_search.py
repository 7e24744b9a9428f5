"""The search document of a service, kept by the database on every write.

English words are stemmed, accents do not matter; names are also kept unstemmed, so that a beginning
of a word is found. Weights: A name, B organization, terms and need words, C what it does, D whom for.
"""

from django.db import migrations

CONFIGURATIONS = """
CREATE TEXT SEARCH CONFIGURATION waypost_english (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION waypost_english
  ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
CREATE TEXT SEARCH CONFIGURATION waypost_simple (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION waypost_simple
  ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
"""

DOCUMENT = """
CREATE FUNCTION directory_service_document(s directory_service) RETURNS tsvector
LANGUAGE sql STABLE AS $$
  SELECT
    setweight(to_tsvector('waypost_english', left(s.name || ' ' || s.alternate_name, 2000)), 'A')
    || setweight(to_tsvector('waypost_simple', left(s.name || ' ' || s.alternate_name, 2000)), 'A')
    || setweight(to_tsvector('waypost_english', left(concat_ws(' ',
         o.name, o.alternate_name, s.extra->>'keywords', replace(array_to_string(s.need_categories, ' '), '-', ' '),
         (SELECT string_agg(concat_ws(' ', t.name, CASE WHEN t.id IS NULL THEN a.value END), ' ')
            FROM directory_attribute a LEFT JOIN directory_taxonomyterm t ON t.id = a.taxonomy_term_id
           WHERE a.link_id = s.id)), 20000)), 'B')
    || setweight(to_tsvector('waypost_simple', left(concat_ws(' ', o.name, o.alternate_name), 2000)), 'B')
    || setweight(to_tsvector('waypost_english', left(s.description, 50000)), 'C')
    || setweight(to_tsvector('waypost_english', left(concat_ws(' ',
         s.eligibility_description, s.application_process, s.fees_description, s.extra->>'audience'), 50000)), 'D')
  FROM (SELECT 1) one LEFT JOIN directory_organization o ON o.id = s.organization_id
$$;

CREATE FUNCTION directory_service_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_document := directory_service_document(NEW);
  RETURN NEW;
END $$;
CREATE TRIGGER directory_service_search BEFORE INSERT OR UPDATE ON directory_service
  FOR EACH ROW EXECUTE FUNCTION directory_service_write();

CREATE FUNCTION directory_refresh_services() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'directory_organization' THEN
    UPDATE directory_service s SET search_document = NULL
      FROM changed c WHERE s.organization_id = c.id;
  ELSIF TG_TABLE_NAME = 'directory_taxonomyterm' THEN
    UPDATE directory_service s SET search_document = NULL
      WHERE s.id IN (SELECT a.link_id FROM directory_attribute a JOIN changed c ON c.id = a.taxonomy_term_id);
  ELSE
    UPDATE directory_service s SET search_document = NULL
      WHERE s.id IN (SELECT c.link_id FROM changed c);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER directory_organization_search AFTER UPDATE ON directory_organization
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION directory_refresh_services();
CREATE TRIGGER directory_taxonomyterm_search AFTER UPDATE ON directory_taxonomyterm
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION directory_refresh_services();
CREATE TRIGGER directory_attribute_insert_search AFTER INSERT ON directory_attribute
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION directory_refresh_services();
CREATE TRIGGER directory_attribute_update_search AFTER UPDATE ON directory_attribute
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION directory_refresh_services();
CREATE TRIGGER directory_attribute_delete_search AFTER DELETE ON directory_attribute
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION directory_refresh_services();
"""

DROP = """
DROP TRIGGER directory_attribute_delete_search ON directory_attribute;
DROP TRIGGER directory_attribute_update_search ON directory_attribute;
DROP TRIGGER directory_attribute_insert_search ON directory_attribute;
DROP TRIGGER directory_taxonomyterm_search ON directory_taxonomyterm;
DROP TRIGGER directory_organization_search ON directory_organization;
DROP TRIGGER directory_service_search ON directory_service;
DROP FUNCTION directory_refresh_services();
DROP FUNCTION directory_service_write();
DROP FUNCTION directory_service_document(directory_service);
"""


class Migration(migrations.Migration):
    """Text search configurations, the document's function, the triggers that keep it."""

    dependencies = [("directory", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS unaccent", migrations.RunSQL.noop),
        migrations.RunSQL(
            CONFIGURATIONS,
            "DROP TEXT SEARCH CONFIGURATION waypost_simple; DROP TEXT SEARCH CONFIGURATION waypost_english",
        ),
        migrations.RunSQL(DOCUMENT, DROP),
    ]

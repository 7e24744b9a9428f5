"""Statistics of the directory's tables in the middle of an import, for a role that does not own them."""

from typing import ClassVar

from django.db import migrations

TABLES = (
    "organization program service location serviceatlocation contact phone address schedule servicearea language"
    " requireddocument costoption accessibility attribute taxonomyterm finding findingdue"
).split()
FUNCTION = f"""
CREATE FUNCTION directory_analyze() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  ANALYZE {", ".join(f"directory_{name}" for name in TABLES)};
END $$;
REVOKE ALL ON FUNCTION directory_analyze() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION directory_analyze() TO waypost_owner, waypost_system, waypost_web;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("directory", "0017_reach")]
    operations: ClassVar = [migrations.RunSQL(FUNCTION, "DROP FUNCTION directory_analyze()")]

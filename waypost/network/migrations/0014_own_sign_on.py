"""Two questions that nobody who is signed in yet may ask, and who writes an organization's sign-on."""

from django.db import migrations

ASKED = """
CREATE FUNCTION network_works_for(p_user uuid, p_organization uuid) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT 1 FROM network_membership m JOIN network_organization o ON o.id = m.organization_id
  WHERE m.user_id = p_user AND m.organization_id = p_organization AND m.ended_at IS NULL AND o.active) $$;
CREATE FUNCTION network_asks_own_sign_on(p_user uuid) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT 1 FROM network_membership m JOIN network_signon s ON s.organization_id = m.organization_id
  WHERE m.user_id = p_user AND m.ended_at IS NULL AND s.enforced) $$;
CREATE TRIGGER network_signon_guard BEFORE INSERT OR UPDATE OR DELETE ON network_signon
FOR EACH STATEMENT EXECUTE FUNCTION network_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("network", "0013_sign_on")]

    operations = [
        migrations.RunSQL(
            ASKED,
            "DROP TRIGGER network_signon_guard ON network_signon;"
            "DROP FUNCTION network_asks_own_sign_on(uuid); DROP FUNCTION network_works_for(uuid, uuid);",
        ),
    ]

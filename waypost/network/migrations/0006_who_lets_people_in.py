"""Who lets people in writes memberships and invitations; a link shows its invitation and takes its place."""

from django.db import migrations

from waypost.kernel import rls

INTEGRATOR = """
CREATE FUNCTION network_is_integrator() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
  SELECT 1 FROM network_membership m WHERE m.user_id = waypost_actor()
  AND m.organization_id = waypost_organization() AND m.ended_at IS NULL AND m.role = 'integrator') $$;
"""
MANAGES = """
CREATE FUNCTION network_manages(organization uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
  SELECT 1 FROM network_membership m WHERE m.user_id = waypost_actor()
  AND m.organization_id = waypost_organization() AND m.ended_at IS NULL
  AND (m.role = 'integrator' OR (m.role = 'supervisor' AND m.organization_id = organization))) $$;
"""
MANAGED = "network_manages(organization_id)"
NOT_ABOVE = f"{MANAGED} AND (role <> 'integrator' OR network_is_integrator())"
BEARER = "nullif(current_setting('waypost.invitation', true), '')::uuid"
BY_LINK = f"""user_id = {rls.ACTOR} AND EXISTS (SELECT 1 FROM network_invitation i
  WHERE i.id = {BEARER} AND i.organization_id = network_membership.organization_id
  AND i.role = network_membership.role AND i.accepted_at IS NULL AND i.revoked_at IS NULL)"""
COLLEAGUE = """EXISTS (SELECT 1 FROM network_membership m WHERE m.user_id = accounts_training.user_id
  AND network_manages(m.organization_id))"""


class Migration(migrations.Migration):
    dependencies = [("network", "0005_people_come_in"), ("accounts", "0003_training_is_ones_own")]

    operations = [
        migrations.RunSQL(
            INTEGRATOR + MANAGES,
            "DROP FUNCTION network_manages(uuid); DROP FUNCTION network_is_integrator();",
        ),
        rls.policy("network_membership", "manage", using=MANAGED),
        rls.policy("network_membership", "add", command="INSERT", check=NOT_ABOVE),
        rls.policy("network_membership", "change", command="UPDATE", using=MANAGED, check=NOT_ABOVE),
        rls.protect("network_invitation"),
        rls.policy("network_invitation", "manage", command="ALL", using=MANAGED, check=NOT_ABOVE),
        rls.policy("network_invitation", "bearer", using=f"id = {BEARER}"),
        rls.policy(
            "network_invitation",
            "answer",
            command="UPDATE",
            using=f"id = {BEARER} AND accepted_at IS NULL AND revoked_at IS NULL",
            check=f"id = {BEARER} AND accepted_by_id = {rls.ACTOR}",
        ),
        rls.policy("network_membership", "by_link", command="INSERT", check=BY_LINK),
        rls.policy("accounts_training", "colleague", using=COLLEAGUE),
    ]

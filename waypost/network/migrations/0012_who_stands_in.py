"""A cover is read in its organization, set by who is covered or lets people in; a leaver's sign-ins end."""

from django.db import migrations

from waypost.kernel import rls

MINE = f"organization_id = {rls.ORGANIZATION}"
SET = f"{MINE} AND (covered_id = {rls.ACTOR} OR network_manages(organization_id))"
END = f"{MINE} AND (covered_id = {rls.ACTOR} OR by_id = {rls.ACTOR} OR network_manages(organization_id))"
MANAGED = "organization_id IS NOT NULL AND network_manages(organization_id)"


class Migration(migrations.Migration):
    dependencies = [("network", "0011_cover"), ("accounts", "0005_doors_are_ones_own")]

    operations = [
        rls.protect("network_cover"),
        rls.policy("network_cover", "own", using=MINE),
        rls.policy("network_cover", "set", command="INSERT", check=SET),
        rls.policy("network_cover", "end", command="UPDATE", using=END, check=END),
        rls.policy("accounts_door", "leaver", using=MANAGED),
        rls.policy("accounts_door", "end", command="UPDATE", using=MANAGED, check=MANAGED),
    ]

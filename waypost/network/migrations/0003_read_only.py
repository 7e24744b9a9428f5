"""Who takes part, their legal status and their agreements decide what may be told: pages only read them."""

from django.db import migrations

from waypost.kernel import rls


class Migration(migrations.Migration):
    dependencies = [("network", "0002_row_level_security")]

    operations = [
        rls.read_only(
            "network_organization",
            "network_site",
            "network_team",
            "network_agreement",
            "network_agreement_parties",
        ),
    ]

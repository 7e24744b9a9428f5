"""The operator's checklist is read and ticked by the integrator; ticks are added, never changed."""

from django.db import migrations

from waypost.kernel import rls


class Migration(migrations.Migration):
    dependencies = [("network", "0009_duties")]

    operations = [
        rls.protect("network_duty"),
        rls.policy("network_duty", "read", using="network_is_integrator()"),
        rls.policy("network_duty", "add", command="INSERT", check="network_is_integrator()"),
        rls.append_only("network_duty"),
    ]

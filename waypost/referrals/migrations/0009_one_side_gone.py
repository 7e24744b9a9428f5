"""A side whose record was destroyed sees the referral no more; to the other side it stays as it was told."""

from django.db import migrations, models

from waypost.kernel import rls

MINE = f"held_by_id = {rls.ORGANIZATION}"
LIVE = f"{MINE} AND sender_gone_at IS NULL"
WAS_TO_US = (
    f"recipient_id = {rls.ORGANIZATION} AND withdrawn_at IS NULL"
    " AND status NOT IN ('draft', 'entered-in-error')"
)
TO_US = f"{WAS_TO_US} AND recipient_gone_at IS NULL"


def _policies(own: str, to_us: str) -> str:
    return (
        f"ALTER POLICY referrals_referral_own ON referrals_referral USING ({own}) WITH CHECK ({own});"
        f"ALTER POLICY referrals_referral_to_us ON referrals_referral USING ({to_us});"
        f"ALTER POLICY referrals_referral_moved_by_us ON referrals_referral USING ({to_us}) WITH CHECK ({to_us})"
    )


class Migration(migrations.Migration):
    dependencies = [("referrals", "0008_own_request")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="sender_gone_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="recipient_gone_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(_policies(LIVE, TO_US), _policies(MINE, WAS_TO_US)),
    ]

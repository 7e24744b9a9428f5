"""The head of the audit is the sealer's own; results of checks are read by whoever is signed in."""

from django.db import migrations

from waypost.kernel import rls

# RFC 9562 § 5.7, for lines of the audit that functions of the database write.
UUID7 = """
CREATE FUNCTION waypost_uuid7() RETURNS uuid LANGUAGE sql VOLATILE AS $$
    SELECT encode(
        set_bit(
            set_bit(
                overlay(uuid_send(gen_random_uuid())
                        PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
                        FROM 1 FOR 6),
                52, 1),
            53, 1),
        'hex')::uuid;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_audit_head")]

    operations = [
        rls.protect("kernel_audithead"),
        migrations.RunSQL(
            "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON kernel_audithead FROM waypost_web",
            "GRANT INSERT, UPDATE, DELETE ON kernel_audithead TO waypost_web",
        ),
        rls.protect("kernel_auditcheck"),
        rls.policy("kernel_auditcheck", "signed_in", using=f"{rls.ACTOR} IS NOT NULL"),
        rls.append_only("kernel_auditcheck"),
        migrations.RunSQL(
            "REVOKE INSERT ON kernel_auditcheck FROM waypost_web",
            "GRANT INSERT ON kernel_auditcheck TO waypost_web",
        ),
        migrations.RunSQL(UUID7, "DROP FUNCTION waypost_uuid7();"),
        # An audit that was sealed before says how far it reaches from now on.
        migrations.RunSQL(
            "INSERT INTO kernel_audithead (id, position, hash, at) SELECT 1, position, hash, now()"
            " FROM kernel_auditseal ORDER BY position DESC LIMIT 1",
            migrations.RunSQL.noop,
        ),
    ]

"""Listings that look alike, merges, and a trigger against merges of merges."""

import django.db.models.deletion
import waypost.kernel.ids
from django.db import migrations, models


# The row that is kept is locked: two merges at once cannot build a chain behind each other's back.
NO_CHAINS = """
CREATE FUNCTION directory_no_chain_of_merges() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE further uuid; below boolean;
BEGIN
  EXECUTE format('SELECT merged_into_id FROM %I WHERE id = $1 FOR UPDATE', TG_TABLE_NAME)
    INTO further USING NEW.merged_into_id;
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE merged_into_id = $1)', TG_TABLE_NAME)
    INTO below USING NEW.id;
  IF NEW.merged_into_id = NEW.id OR further IS NOT NULL OR below THEN
    RAISE EXCEPTION 'a listing is merged into one that is not merged itself'
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_merged_once';
  END IF;
  RETURN NEW;
END $$;
"""
TABLES = ("directory_organization", "directory_service", "directory_location")


def triggers() -> list[str]:
    return [NO_CHAINS] + [
        f"CREATE TRIGGER {table}_merged_once BEFORE INSERT OR UPDATE OF merged_into_id ON {table}"
        " FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL)"
        " EXECUTE FUNCTION directory_no_chain_of_merges()"
        for table in TABLES
    ]


def no_triggers() -> list[str]:
    return [f"DROP TRIGGER {table}_merged_once ON {table}" for table in TABLES] + [
        "DROP FUNCTION directory_no_chain_of_merges()"
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0005_field_fact'),
    ]

    operations = [
        migrations.AddField(
            model_name='location',
            name='gone_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='location',
            name='merged_into',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_rows', to='directory.location'),
        ),
        migrations.AddField(
            model_name='organization',
            name='gone_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='organization',
            name='merged_into',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_rows', to='directory.organization'),
        ),
        migrations.AddField(
            model_name='service',
            name='gone_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='service',
            name='merged_into',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_rows', to='directory.service'),
        ),
        migrations.CreateModel(
            name='Likeness',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('organization', 'Organization'), ('service', 'Service'), ('location', 'Location')], max_length=12)),
                ('a', models.UUIDField()),
                ('b', models.UUIDField()),
                ('a_source', models.CharField(max_length=100)),
                ('b_source', models.CharField(max_length=100)),
                ('score', models.DecimalField(decimal_places=2, max_digits=3)),
                ('parts', models.JSONField()),
                ('basis', models.CharField(max_length=64)),
                ('status', models.CharField(choices=[('open', 'To decide'), ('later', 'Later'), ('merged', 'Merged'), ('different', 'Different')], default='open', max_length=10)),
                ('found_at', models.DateTimeField()),
                ('decided_by', models.UUIDField(null=True)),
                ('decided_by_name', models.TextField(blank=True, default='')),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['status', 'kind', '-score'], name='directory_likeness_list'), models.Index(fields=['b'], name='directory_likeness_b')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'a', 'b'), name='directory_likeness_once'), models.CheckConstraint(condition=models.Q(('a__lt', models.F('b'))), name='directory_likeness_order'), models.CheckConstraint(condition=models.Q(('status__in', ['open', 'later', 'merged', 'different'])), name='directory_likeness_status')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('organization', 'Organization'), ('service', 'Service'), ('location', 'Location')], max_length=12)),
                ('kept', models.UUIDField()),
                ('merged', models.UUIDField()),
                ('lists', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField(null=True)),
                ('by_name', models.TextField(blank=True, default='')),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_by', models.UUIDField(null=True)),
                ('undone_by_name', models.TextField(blank=True, default='')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('undone_at__isnull', True)), fields=['kept'], name='directory_merge_kept')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('kind', 'merged'), name='directory_merge_once')],
            },
        ),
        migrations.CreateModel(
            name='Trait',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('organization', 'Organization'), ('service', 'Service'), ('location', 'Location')], max_length=12)),
                ('row_id', models.UUIDField()),
                ('source', models.CharField(max_length=100)),
                ('signals', models.JSONField()),
                ('fingerprint', models.CharField(max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'row_id'), name='directory_trait_once')],
            },
        ),
        migrations.CreateModel(
            name='TraitKey',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('organization', 'Organization'), ('service', 'Service'), ('location', 'Location')], max_length=12)),
                ('row_id', models.UUIDField()),
                ('key', models.TextField()),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'key'], name='directory_traitkey_key'), models.Index(fields=['kind', 'row_id'], name='directory_traitkey_row')],
            },
        ),
        migrations.CreateModel(
            name='Moved',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('table', models.CharField(max_length=40)),
                ('column', models.CharField(max_length=40)),
                ('row_id', models.UUIDField()),
                ('said', models.UUIDField()),
                ('merge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moved', to='directory.merge')),
            ],
            options={
                'indexes': [models.Index(fields=['row_id'], name='directory_moved_row')],
                'constraints': [models.UniqueConstraint(fields=('merge', 'table', 'column', 'row_id'), name='directory_moved_once')],
            },
        ),
        migrations.RunSQL(triggers(), no_triggers()),
    ]

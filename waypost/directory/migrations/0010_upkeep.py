"""Cadences with their first values, what is due, reports of faults, time spent (kept by each organization)."""

import json
from datetime import date
from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import waypost.kernel.clock
import waypost.kernel.ids
from django.conf import settings
from django.db import migrations, models

from waypost.kernel import rls

CADENCES = Path(__file__).parents[1] / "data" / "cadences.json"


def load_cadences(apps, schema_editor):
    """The first cadences; later ones are added in the page, with their dates."""
    body = json.loads(CADENCES.read_text(encoding="utf-8"))
    from_ = date.fromisoformat(body["valid_from"])
    model = apps.get_model("directory", "Cadence")
    model.objects.bulk_create(model(valid_from=from_, **each) for each in body["cadences"])


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0009_sources'),
        ('kernel', '0002_row_level_security'),
        ('network', '0003_read_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Cadence',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('category', models.CharField(blank=True, default='', max_length=60)),
                ('days', models.IntegerField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('category', 'valid_from'), name='directory_cadence_one_a_day'), models.CheckConstraint(condition=models.Q(('days__gte', 1), ('days__lte', 366)), name='directory_cadence_year_at_most')],
            },
        ),
        migrations.CreateModel(
            name='ServiceUse',
            fields=[
                ('service', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='directory.service')),
                ('sent', models.IntegerField()),
                ('accepted', models.IntegerField()),
                ('unanswered', models.IntegerField()),
                ('outcome_known', models.IntegerField()),
                ('received', models.IntegerField()),
                ('counted_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('accepted__lte', models.F('sent')), ('outcome_known__lte', models.F('sent')), ('received__lte', models.F('outcome_known')), ('unanswered__lte', models.F('sent'))), name='directory_serviceuse_parts')],
            },
        ),
        migrations.CreateModel(
            name='CheckDue',
            fields=[
                ('service', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='directory.service')),
                ('due_on', models.DateField()),
                ('days', models.IntegerField()),
                ('urgency', models.FloatField()),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('need_categories', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('towns', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('claimed_by_id', models.UUIDField(null=True)),
                ('in_hand_at', models.DateTimeField(null=True)),
                ('again_at', models.DateTimeField(null=True)),
                ('in_hand_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.organization')),
                ('in_hand_team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.team')),
                ('in_hand_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['due_on'], name='directory_checkdue_day'), models.Index(fields=['-urgency', 'service'], name='directory_checkdue_urgent'), models.Index(condition=models.Q(('in_hand_of__isnull', False)), fields=['in_hand_of', 'in_hand_user'], name='directory_checkdue_in_hand'), django.contrib.postgres.indexes.GinIndex(fields=['towns'], name='directory_checkdue_towns'), django.contrib.postgres.indexes.GinIndex(fields=['need_categories'], name='directory_checkdue_needs')],
            },
        ),
        migrations.CreateModel(
            name='Contacted',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('how', models.CharField(choices=[('phone', 'Phone call'), ('visit', 'Visit'), ('web', 'Looked it up on the web'), ('meeting', 'Meeting or event'), ('mail', 'E-mail or letter')], max_length=10)),
                ('result', models.CharField(choices=[('reached', 'Reached somebody'), ('nobody', 'Reached nobody'), ('wrong_number', 'Wrong number'), ('closed', 'It has closed for good')], max_length=12)),
                ('confirmed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('changed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('not_asked', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('with_whom', models.TextField(blank=True, default='')),
                ('words', models.TextField(blank=True, default='')),
                ('seconds', models.IntegerField(default=0)),
                ('at', models.DateTimeField(default=waypost.kernel.clock.now)),
                ('held_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.organization')),
                ('service', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.service')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.team')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'held_contacted',
                'indexes': [models.Index(fields=['held_by', 'at'], name='held_contacted_at'), models.Index(fields=['held_by', 'service', 'at'], name='held_contacted_service')],
                'constraints': [models.CheckConstraint(condition=models.Q(('seconds__gte', 0)), name='held_contacted_seconds')],
            },
        ),
        migrations.CreateModel(
            name='Fault',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('closed', 'It has closed'), ('phone', 'The phone number is wrong'), ('address', 'The address is wrong'), ('hours', 'The hours are wrong'), ('not_this', 'It does not help with this'), ('other', 'Something else')], max_length=12)),
                ('words', models.TextField(blank=True, default='')),
                ('sender', models.CharField(blank=True, default='', max_length=64)),
                ('key', models.CharField(max_length=64, unique=True)),
                ('reported_at', models.DateTimeField(default=waypost.kernel.clock.now)),
                ('answered_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('mended', 'We mended the listing'), ('right', 'We checked: the listing is right'), ('cannot_tell', 'We could not find out'), ('not_a_fault', 'This was not about the listing')], db_default='', default='', max_length=12)),
                ('answer', models.TextField(blank=True, default='')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('said_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.service')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['service', 'kind'], name='directory_fault_open'), models.Index(fields=['reported_at'], name='directory_fault_reported'), models.Index(fields=['sender', 'reported_at'], name='directory_fault_sender')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['closed', 'phone', 'address', 'hours', 'not_this', 'other'])), name='directory_fault_kind'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('outcome', '')), models.Q(('answered_at__isnull', False), ('outcome__in', ['mended', 'right', 'cannot_tell', 'not_a_fault'])), _connector='OR'), name='directory_fault_answered')],
            },
        ),
        migrations.RunPython(load_cadences, migrations.RunPython.noop),
        *rls.own("held_contacted"),
        migrations.RunSQL(
            "INSERT INTO directory_findingdue (service_id) SELECT id FROM directory_service",
            migrations.RunSQL.noop,
        ),
    ]

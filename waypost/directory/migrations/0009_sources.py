"""Whom to believe, where sources differ, who asked not to be listed, and what a delivery has named."""

import django.contrib.postgres.fields
import django.db.models.deletion
import waypost.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0008_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='SettleDue',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('entity', models.CharField(choices=[('organization', 'Organization'), ('service', 'Service'), ('location', 'Location')], max_length=12)),
                ('row_id', models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('entity', models.CharField(choices=[('organization', 'Organization'), ('service', 'Service'), ('location', 'Location')], max_length=12)),
                ('row_id', models.UUIDField()),
                ('field', models.CharField(max_length=40)),
                ('theirs_row', models.UUIDField()),
                ('source', models.CharField(max_length=100)),
                ('ours', models.JSONField(null=True)),
                ('theirs', models.JSONField(null=True)),
                ('theirs_at', models.DateTimeField(null=True)),
                ('status', models.CharField(choices=[('open', 'To decide'), ('kept', 'Kept ours'), ('taken', 'Took theirs')], default='open', max_length=10)),
                ('opened_at', models.DateTimeField()),
                ('decided_by', models.UUIDField(null=True)),
                ('decided_by_name', models.TextField(blank=True, default='')),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['status', 'source', '-opened_at'], name='directory_conflict_list')],
                'constraints': [models.UniqueConstraint(fields=('entity', 'row_id', 'field', 'theirs_row', 'source'), name='directory_conflict_once')],
            },
        ),
        migrations.CreateModel(
            name='DoNotList',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('organization', 'Organization'), ('service', 'Service'), ('location', 'Location')], max_length=12)),
                ('row_id', models.UUIDField(null=True)),
                ('name', models.TextField(blank=True, default='')),
                ('phones', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('streets', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('reason', models.TextField(blank=True, default='')),
                ('asked_by', models.TextField(blank=True, default='')),
                ('asked_on', models.DateField()),
                ('made_by', models.UUIDField(null=True)),
                ('made_by_name', models.TextField(blank=True, default='')),
                ('made_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_by_name', models.TextField(blank=True, default='')),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'row_id'], name='directory_donotlist_row')],
            },
        ),
        migrations.CreateModel(
            name='Precedence',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('field', models.CharField(blank=True, default='', max_length=40)),
                ('source', models.CharField(max_length=100)),
                ('rank', models.IntegerField()),
                ('by', models.UUIDField(null=True)),
                ('by_name', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('field', 'source'), name='directory_precedence_once')],
            },
        ),
        migrations.CreateModel(
            name='Seen',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('source', models.CharField(max_length=100)),
                ('table', models.CharField(max_length=40)),
                ('row_id', models.UUIDField()),
            ],
            options={
                'indexes': [models.Index(fields=['source', 'table', 'row_id'], name='directory_seen_row')],
            },
        ),
        migrations.CreateModel(
            name='DoNotListMatch',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('organization', 'Organization'), ('service', 'Service'), ('location', 'Location')], max_length=12)),
                ('row_id', models.UUIDField()),
                ('status', models.CharField(choices=[('open', 'To decide'), ('same', 'The same'), ('other', 'Another one')], default='open', max_length=10)),
                ('found_at', models.DateTimeField()),
                ('decided_by_name', models.TextField(blank=True, default='')),
                ('decided_at', models.DateTimeField(null=True)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='matches', to='directory.donotlist')),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'row_id'], name='directory_donotlistmatch_row')],
                'constraints': [models.UniqueConstraint(fields=('entry', 'kind', 'row_id'), name='directory_donotlistmatch_once')],
            },
        ),
    ]

"""What organizations keep for themselves about services, and searches that found nothing, as counts."""


import django.db.models.deletion
import waypost.kernel.clock
import waypost.kernel.ids
from django.conf import settings
from django.db import migrations, models

from waypost.kernel import rls

HANDLED = f"handled_by_id = {rls.ORGANIZATION}"


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0011_exchange'),
        ('network', '0003_read_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ServiceList',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('user_name', models.TextField()),
                ('created_at', models.DateTimeField(default=waypost.kernel.clock.now)),
                ('name', models.CharField(max_length=120)),
                ('shared_with', models.CharField(choices=[('nobody', 'Only me'), ('team', 'My team'), ('everybody', 'Everybody in our organization')], db_default='nobody', default='nobody', max_length=12)),
                ('held_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.team')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'held_servicelist',
            },
        ),
        migrations.CreateModel(
            name='ListItem',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('user_name', models.TextField()),
                ('created_at', models.DateTimeField(default=waypost.kernel.clock.now)),
                ('position', models.PositiveIntegerField()),
                ('note', models.TextField(blank=True, default='')),
                ('held_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.service')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='directory.servicelist')),
            ],
            options={
                'db_table': 'held_listitem',
            },
        ),
        migrations.CreateModel(
            name='ServiceNote',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('user_name', models.TextField()),
                ('created_at', models.DateTimeField(default=waypost.kernel.clock.now)),
                ('words', models.TextField()),
                ('held_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.service')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'held_servicenote',
            },
        ),
        migrations.CreateModel(
            name='UnmetNeed',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('need', models.CharField(blank=True, default='', max_length=60)),
                ('word', models.CharField(blank=True, default='', max_length=60)),
                ('area', models.CharField(blank=True, default='', max_length=80)),
                ('language', models.CharField(blank=True, default='', max_length=10)),
                ('count', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'need', 'word', 'area', 'language'), name='directory_unmetneed_once')],
            },
        ),
        migrations.CreateModel(
            name='Favourite',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('user_name', models.TextField()),
                ('created_at', models.DateTimeField(default=waypost.kernel.clock.now)),
                ('note', models.TextField(blank=True, default='')),
                ('held_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.service')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'held_favourite',
                'constraints': [models.UniqueConstraint(fields=('held_by', 'user', 'service'), name='held_favourite_once')],
            },
        ),
        migrations.CreateModel(
            name='GapRequest',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('user_name', models.TextField()),
                ('created_at', models.DateTimeField(default=waypost.kernel.clock.now)),
                ('need', models.CharField(blank=True, default='', max_length=60)),
                ('place', models.CharField(blank=True, default='', max_length=60)),
                ('language', models.CharField(blank=True, default='', max_length=10)),
                ('words', models.TextField(blank=True, default='')),
                ('status', models.CharField(choices=[('open', 'Being looked for'), ('answered', 'Answered'), ('closed', 'Closed')], default='open', max_length=10)),
                ('answer', models.TextField(blank=True, default='')),
                ('answered_by_name', models.TextField(blank=True, default='')),
                ('answered_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('handled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization')),
                ('held_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization')),
                ('service', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.service')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'held_gaprequest',
                'indexes': [models.Index(fields=['held_by', 'status', '-created_at'], name='held_gaprequest_own'), models.Index(fields=['handled_by', 'status', 'created_at'], name='held_gaprequest_handled')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['open', 'answered', 'closed'])), name='held_gaprequest_status'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('status', 'open')), models.Q(('answered_at__isnull', False), ('status', 'answered')), models.Q(('closed_at__isnull', False), ('status', 'closed')), _connector='OR'), name='held_gaprequest_times')],
            },
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('user_name', models.TextField()),
                ('created_at', models.DateTimeField(default=waypost.kernel.clock.now)),
                ('name', models.CharField(max_length=120)),
                ('shared_with', models.CharField(choices=[('nobody', 'Only me'), ('team', 'My team'), ('everybody', 'Everybody in our organization')], db_default='nobody', default='nobody', max_length=12)),
                ('query', models.TextField()),
                ('held_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.team')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'saved searches',
                'db_table': 'held_savedsearch',
                'indexes': [models.Index(fields=['held_by', 'name'], name='held_savedsearch_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('shared_with', 'team'), _negated=True), ('team__isnull', False), _connector='OR'), name='held_savedsearch_team')],
            },
        ),
        migrations.AddIndex(
            model_name='servicelist',
            index=models.Index(fields=['held_by', 'name'], name='held_servicelist_name'),
        ),
        migrations.AddConstraint(
            model_name='servicelist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('shared_with', 'team'), _negated=True), ('team__isnull', False), _connector='OR'), name='held_servicelist_team'),
        ),
        migrations.AddConstraint(
            model_name='listitem',
            constraint=models.UniqueConstraint(fields=('list', 'service'), name='held_listitem_once'),
        ),
        migrations.AddIndex(
            model_name='servicenote',
            index=models.Index(fields=['held_by', 'service', '-created_at'], name='held_servicenote_newest'),
        ),
        *(
            operation
            for table in (
                "held_savedsearch",
                "held_favourite",
                "held_servicelist",
                "held_listitem",
                "held_servicenote",
                "held_gaprequest",
            )
            for operation in rls.own(table)
        ),
        rls.policy("held_gaprequest", "handled", using=HANDLED),
        rls.policy("held_gaprequest", "answers", command="UPDATE", using=HANDLED, check=HANDLED),
    ]

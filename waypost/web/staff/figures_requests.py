"""Requests for a coordinator on the page of figures: by team, month and channel."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _

from waypost.coordination.selectors import request_facts
from waypost.coordination.words import channel_choices
from waypost.kernel.actors import Actor
from waypost.network.selectors import teams
from waypost.reporting import rules
from waypost.reporting.rules import TeamFigures
from waypost.web.staff.bars import Chart, Column, chart
from waypost.web.staff.figures_loop import percent_words
from waypost.web.staff.figures_period import Period

MOST_TEAMS = 4  # with a colour of their own; the others share the fifth


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests of a period by team, and all together."""

    teams: list[TeamFigures]
    everything: TeamFigures


def requests(actor: Actor, period: Period) -> Requests:
    """One's own organization's requests."""
    facts = request_facts(since=period.first, until=period.today, organization_id=actor.organization)
    own = teams(actor.organization)
    fte = {each.id: each.coordinator_fte for each in own if each.coordinator_fte is not None}
    return Requests(teams=rules.by_team(facts, fte), everything=rules.all_teams(facts, fte))


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team as a line of the table."""

    name: str
    requests: int
    per_fte: str
    warm: str
    channels: tuple[tuple[str, int], ...]


def team_rows(found: Requests) -> list[TeamRow]:
    """Each team, most requests first."""
    return [_row(each, _name(each)) for each in found.teams]


def all_row(found: Requests) -> TeamRow:
    """All together."""
    return _row(found.everything, _("All"))


def _name(team: TeamFigures) -> str:
    return team.team_name or _("No team named")


def _row(team: TeamFigures, name: str) -> TeamRow:
    warm = f"{percent_words(team.warm)} ({team.warm.count})" if team.warm.of else "–"
    return TeamRow(
        name=name,
        requests=team.requests,
        per_fte="–" if team.per_fte is None else formats.number_format(round(team.per_fte, 1), decimal_pos=1),
        warm=warm,
        channels=tuple((label, team.by_channel.get(code, 0)) for code, label in channel_choices()),
    )


def team_chart(found: Requests, period: Period) -> Chart:
    """Requests by month, a colour for each of the biggest teams."""
    own, rest = found.teams[:MOST_TEAMS], found.teams[MOST_TEAMS:]
    groups = [[each] for each in own] + ([rest] if rest else [])
    names = [_name(each) for each in own] + ([_("Other teams")] if rest else [])
    columns = [
        Column(
            formats.date_format(month, _("M")),
            tuple(sum(team.by_month.get(month, 0) for team in group) for group in groups),
        )
        for month in period.months
    ]
    words = _("Requests for a coordinator by month and team. The table has the numbers.")
    return chart(columns, list(enumerate(names, start=1)), words)


def csv_rows(found: Requests) -> tuple[list[str], Iterator[Sequence[object]]]:
    """The table as a download."""
    head = [
        _("Team"),
        _("Requests"),
        _("Full-time coordinators"),
        _("Per full-time coordinator"),
        _("Warm handoffs"),
        _("Percent warm"),
        *(label for _code, label in channel_choices()),
    ]
    return head, _csv_lines(found)


def _csv_lines(found: Requests) -> Iterator[Sequence[object]]:
    for team, name in [*((each, _name(each)) for each in found.teams), (found.everything, _("All"))]:
        per = "" if team.per_fte is None else round(team.per_fte, 2)
        channels = [team.by_channel.get(code, 0) for code, _label in channel_choices()]
        fte = "" if team.fte is None else team.fte
        yield (name, team.requests, fte, per, team.warm.count, team.warm.percent, *channels)

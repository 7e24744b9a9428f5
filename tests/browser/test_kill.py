"""``kill -9`` of web server and worker while referrals are being sent: what was promised is there, once."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException
from urllib.error import URLError

import psycopg

from tests.browser.site import ROOT, Site, database, run, served
from tests.community import PASSWORD
from waypost.demo.browser import Browser, StepFailed

REFERRALS = 200
KILLED_AFTER = (60, 130)
SKIPPED = 5  # those round the kill are not pressed again: what was answered counts
PATIENCE_SECONDS = 240
IN_FLIGHT_SECONDS = 0.05


@contextlib.contextmanager
def worker(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "waypost.cli", "procrastinate", "worker", "--delete-jobs", "successful"],
        cwd=ROOT,
        env={**environment, "WAYPOST_DATABASE_ROLE": "system"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def kill_site(site: Site) -> None:
    """The web server and everything it started, at once and without a word."""
    os.killpg(site.group, signal.SIGKILL)


def send(site: Site, drafts: list[str], *, stop_after: int | None) -> list[str]:
    """Send one after the other as Ana, the server killed in the middle; which were answered with success?"""
    browser = Browser(site.url)
    browser.submit(
        browser.get("/accounts/login/").form(having="login"),
        {"login": "ana@cedar.example", "password": PASSWORD},
    )
    answered = []
    for number, draft in enumerate(drafts):
        if number == stop_after:  # in the midst of answering this one or the next
            threading.Timer(IN_FLIGHT_SECONDS, kill_site, [site]).start()
        try:
            browser.submit(browser.get(f"/referrals/{draft}/check/").form(action="/send/"))
        except (URLError, HTTPException, ConnectionError, TimeoutError, StepFailed, LookupError):
            if stop_after is None:
                raise
            return answered
        answered.append(draft)
    return answered


def ask(environment: dict[str, str], statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(environment["DATABASE_URL_SYSTEM"]) as connection:
        return connection.execute(statement).fetchall()


def test_every_promise_is_kept_once(worker_id: str, tmp_path: object) -> None:
    with database(f"waypost_kill_{worker_id}") as bare:
        environment = {**bare, "WAYPOST_NOTICE_HOLD_SECONDS": "0", "WAYPOST_EMAIL_FOLDER": str(tmp_path)}
        drafts = run(environment, "owner", "-m", "tests.browser.seed_drafts", str(REFERRALS)).split()
        answered: list[str] = []
        with worker(environment) as first:
            with served(environment) as site:
                answered += send(site, drafts, stop_after=KILLED_AFTER[0])
            os.killpg(first.pid, signal.SIGKILL)
            with served(environment) as site:
                answered += send(
                    site, drafts[KILLED_AFTER[0] + SKIPPED :], stop_after=KILLED_AFTER[1] - KILLED_AFTER[0]
                )
        with worker(environment), served(environment) as site:
            answered += send(site, drafts[KILLED_AFTER[1] + 2 * SKIPPED :], stop_after=None)
            assert len(answered) >= REFERRALS - 4 * SKIPPED
            deadline = time.monotonic() + PATIENCE_SECONDS
            while ask(environment, WAITING) != [(0,)]:
                assert time.monotonic() < deadline, ask(
                    environment, "SELECT status, count(*) FROM procrastinate_jobs GROUP BY 1"
                )
                time.sleep(1)
        sent = {
            str(row[0])
            for row in ask(environment, "SELECT id FROM referrals_referral WHERE status = 'requested'")
        }
        assert set(answered) <= sent
        doubled = ask(
            environment, "SELECT referral_id FROM referrals_referralevent GROUP BY 1 HAVING count(*) > 1"
        )
        assert doubled == []
        told = [
            str(row[0])
            for row in ask(
                environment, "SELECT subject_id FROM messaging_notice WHERE kind = 'referral.sent'"
            )
        ]
        assert sorted(told) == sorted(sent)
        opened = [str(row[0]) for row in ask(environment, "SELECT source_id FROM disclosure_access")]
        assert sorted(opened) == sorted(sent)
        mailed = ask(environment, "SELECT count(*) FROM messaging_delivery WHERE sent_at IS NULL")
        assert mailed == [(0,)]


# A deferred job of ours that has not been done; the periodic ones come and go.
WAITING = (
    "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
    " AND task_name NOT IN ('kernel.seal_audit', 'kernel.retry_stalled')"
)

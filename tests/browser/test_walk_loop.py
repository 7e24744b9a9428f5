"""``waypost walk_loop`` against the real server: closes the loop, and says where it stops when it cannot."""

import os
import re
import subprocess
import sys

from tests.browser.site import ROOT, Site
from tests.community import PASSWORD

NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"  # the command needs no database


def walk(site: Site, *more: str, password: str = PASSWORD) -> subprocess.CompletedProcess[str]:
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("DATABASE", "WAYPOST"))
    }
    environment |= {key: NOWHERE for key in ("DATABASE_URL", "DATABASE_URL_OWNER", "DATABASE_URL_SYSTEM")}
    command = [sys.executable, "-m", "waypost.cli", "walk_loop", "--base-url", site.url]
    command += [
        "--coordinator",
        "ana@cedar.example",
        "--referrer",
        "ito@cedar.example",
        "--partner",
        "sam@bank.example",
    ]
    command += ["--password", password, *more]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_loop_is_closed_step_by_step_and_again(site: Site) -> None:
    for _time in range(2):
        done = walk(site)
        assert done.returncode == 0, done.stdout + done.stderr
        lines = done.stdout.splitlines()
        assert len(lines) > 12
        assert all(re.match(r" *\d+ ms  \S", line) for line in lines)
        assert lines[-1].endswith("the loop is closed")


def test_a_wrong_password_fails_at_the_first_step_with_the_pages_words(site: Site) -> None:
    done = walk(site, password="not the right one at all")
    assert done.returncode != 0
    assert "The referrer signs in" in done.stderr
    assert "could not sign in" in done.stderr


def test_a_partner_whose_service_does_not_fit_is_named(site: Site) -> None:
    done = walk(site, "--partner", "olga@alder.example")
    assert done.returncode != 0
    assert "olga@alder.example has no service" in done.stderr


def test_a_site_that_does_not_answer_is_said_plainly(site: Site) -> None:
    done = walk(site, "--base-url", "http://127.0.0.1:9")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr

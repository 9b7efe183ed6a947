"""What docs/running-it.md says to type works as it stands there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from app import serving
from app.safety import BODY_LIMIT, HEAD_LIMIT
from app.tries import LINKS_PER_ADDRESS, SIGN_IN_PER_ACCOUNT, SIGN_IN_PER_ADDRESS
from tests import ROOT
from tests.cast import PASSWORD
from tests.cli.running import run
from tests.deploy.page import PAGE, blocks, calls_in, must_be_a_call, section

COPIES = "/var/backups/jointly/"


@pytest.mark.parametrize("call", calls_in(PAGE.read_text()), ids=" ".join)
def test_each_command_on_the_page_is_one(call: list[str]):
    must_be_a_call(call)


def test_a_slip_in_a_command_would_be_found():
    for slip in (["restor", "x"], ["seller", "ad"], ["restore"], ["migrate", "--sea"]):
        with pytest.raises(Exception, match=r"No such|Missing"):
            must_be_a_call(slip)


@pytest.mark.wide
def test_the_commands_on_the_page_work_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("JOINTLY_DATABASE_URL", f"sqlite:///{tmp_path}/jointly.db")
    monkeypatch.setenv("JOINTLY_SECRET_KEYS", "page-0123456789-abcdef")

    ran = []
    for call in dict.fromkeys(map(tuple, calls_in(PAGE.read_text()))):
        here = [re.sub("^postgresql.*", f"sqlite:///{tmp_path}/moved.db", one) for one in call]
        here = [one.replace(COPIES, f"{tmp_path}/").replace("$(date +%A)", "Friday") for one in here]
        told = run(*here, typed=f"{PASSWORD}\n{PASSWORD}\n")
        assert told.exit_code == 0, (call, told.output)
        ran.append(" ".join(call[:2] if call[0] == "seller" else call[:1]))

    assert {"migrate", "backup", "restore", "verify", "copy-to", "seller add", "seller end"} <= set(ran)
    assert {file.name for file in tmp_path.glob("*.db")} >= {"before-upgrade.db", "Friday.db", "moved.db"}


def test_a_file_that_the_page_installs_is_there():
    named = set(re.findall(r"\bdeploy/[\w./]+\w", PAGE.read_text()))
    copied = {f"deploy/{name}" for name in re.findall(r"-m 0600 (\S+)", section("In containers"))}

    assert len(named | copied) >= 6
    assert [name for name in named | copied if not (ROOT / name).is_file()] == []


def test_the_bounds_on_the_page_are_those_of_the_code():
    table = section("What ends what")

    assert (BODY_LIMIT, HEAD_LIMIT, serving.MOST_OF_A_HEAD) == (256 * 1024, 16 * 1024, 64 * 1024)
    for said in (
        f"{serving.HEAD_WITHIN} s",
        f"{serving.BODY_WITHIN} s",
        "256 KB, 413",
        "16 KB, 431 with a page; 64 KB raw",
    ):
        assert f"| {said} |" in table
    assert (SIGN_IN_PER_ACCOUNT.most, SIGN_IN_PER_ADDRESS.most, LINKS_PER_ADDRESS.most) == (10, 60, 120)


@pytest.mark.long
def test_what_the_page_says_installs_a_program_that_runs(tmp_path: Path):
    """The lines of Python and pip, in a checkout, into a place of the test's own."""
    steps = [line for line in blocks(section("On a machine"))[0].splitlines() if "apt" not in line]
    assert len(steps) == 3

    for step in steps:
        step = step.replace("python3 ", f"{sys.executable} ").replace("/opt/jointly", str(tmp_path / "opt"))
        subprocess.run(step.split(), cwd=ROOT, check=True, capture_output=True)

    program = [tmp_path / "opt" / "bin" / "jointly"]
    told = subprocess.run([*program, "--version"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert told.stdout.startswith("jointly ")

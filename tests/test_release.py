"""`make release`: a dated changelog, a version, a commit and a tag; or a refusal that changes nothing."""

import shutil
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import ROOT

COPIED = ("Makefile", "pyproject.toml", ".ci/release.py")
BEGUN = "# Changelog\n\n## Unreleased\n\n- A plan that both sides said yes to.\n"

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="a release is a commit: install git")


@pytest.fixture(autouse=True)
def _clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clone of its own, on main, with one line that nobody has released."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MAKEFLAGS", raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Maria Keller")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "maria@ledgerline.test")
    for name in COPIED:
        Path(name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, name)
    Path("CHANGELOG.md").write_text(BEGUN)
    git("init", "--quiet", "--initial-branch", "main")
    git("add", ".")
    git("commit", "--quiet", "--message", "Begin")


def test_a_release_is_dated_committed_and_tagged():
    answer = release("12.3.4")

    assert answer.stdout.endswith("git push origin main v12.3.4\n")
    assert version_now() == "12.3.4"
    assert Path("CHANGELOG.md").read_text() == BEGUN.replace(
        "## Unreleased\n", f"## Unreleased\n\n## 12.3.4 - {datetime.now(UTC).date()}\n"
    )
    assert git("log", "-1", "--format=%s %D") == "Release 12.3.4 HEAD -> main, tag: v12.3.4"
    assert git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ("", "no version"),
        ("1.2", "no version"),
        ("v1.2.3", "no version"),
        ("01.2.3", "no version"),
        ("0.0.1", "not newer"),
    ],
)
def test_a_version_that_is_none_or_an_old_one_is_refused(version: str, why: str):
    refused_and_nothing_changed(version, why)


def test_the_same_version_is_not_released_twice():
    git("tag", "v12.3.4")

    refused_and_nothing_changed("12.3.4", "a tag v12.3.4 already")
    refused_and_nothing_changed(version_now(), "not newer")


def test_a_release_is_made_on_main():
    git("switch", "--quiet", "--create", "trying-things")

    refused_and_nothing_changed("12.3.4", "this is trying-things")


def test_changes_that_are_not_committed_are_not_released():
    Path("notes.txt").write_text("not yet")

    refused_and_nothing_changed("12.3.4", "not committed")


def test_a_release_says_what_is_new():
    release("12.3.4")

    refused_and_nothing_changed("12.3.5", "says nothing under Unreleased")


def refused_and_nothing_changed(version: str, why: str) -> None:
    before = Path("CHANGELOG.md").read_text(), version_now(), git("rev-parse", "HEAD"), git("tag")

    answer = release(version)

    assert answer.returncode != 0
    assert why in answer.stderr
    assert "Traceback" not in answer.stderr
    assert (Path("CHANGELOG.md").read_text(), version_now(), git("rev-parse", "HEAD"), git("tag")) == before


def release(version: str) -> subprocess.CompletedProcess[str]:
    command = ["make", "--no-print-directory", "release", f"VERSION={version}", f"PYTHON={sys.executable}"]
    return subprocess.run(command, capture_output=True, text=True)


def version_now() -> str:
    return tomllib.loads(Path("pyproject.toml").read_text())["project"]["version"]


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], capture_output=True, text=True, check=True).stdout.strip()

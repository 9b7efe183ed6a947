"""`make release VERSION=1.2.3`: dates the changelog, sets the version, commits and tags; pushes nothing.

Standard library only, so that it runs before anything is installed.
"""

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

PROJECT, CHANGELOG = Path("pyproject.toml"), Path("CHANGELOG.md")
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
VERSION_LINE = re.compile(r'^version = "(.+)"$', re.MULTILINE)
UNRELEASED = "## Unreleased\n"


def main(version: str) -> None:
    before = VERSION_LINE.findall(PROJECT.read_text(encoding="utf-8"))[0]
    _must_be_newer(version, before)
    _must_be_on_a_clean_main()
    _must_say_something()
    _rewrite(PROJECT, f'version = "{before}"\n', f'version = "{version}"\n')
    _rewrite(CHANGELOG, UNRELEASED, f"{UNRELEASED}\n## {version} - {datetime.now(UTC).date()}\n")
    _git("commit", "--quiet", "--all", "--message", f"Release {version}")
    _git("tag", "--annotate", f"v{version}", "--message", f"Jointly {version}")
    print(f"Committed and tagged. To publish it: git push origin main v{version}")


def _must_be_newer(version: str, before: str) -> None:
    if not VERSION.fullmatch(version):
        _stop(f"{version!r} is no version. Say it so: make release VERSION=1.2.3")
    if _numbers(version) <= _numbers(before):
        _stop(f"{version} is not newer than {before}.")
    if _git("tag", "--list", f"v{version}"):
        _stop(f"There is a tag v{version} already.")


def _must_be_on_a_clean_main() -> None:
    branch = _git("branch", "--show-current")
    if branch != "main":
        _stop(f"Releases are made on main; this is {branch or 'no branch'}.")
    if _git("status", "--porcelain"):
        _stop("There are changes that are not committed.")


def _must_say_something() -> None:
    _, _, after = CHANGELOG.read_text(encoding="utf-8").partition(UNRELEASED)
    if not after.partition("\n## ")[0].strip():
        _stop(f"{CHANGELOG} says nothing under Unreleased.")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _rewrite(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def _git(*arguments: str) -> str:
    """What git answers; where it refuses, it has said why itself."""
    done = subprocess.run(["git", *arguments], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(1)
    return done.stdout.strip()


def _stop(why: str) -> NoReturn:
    print(why, file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1])

"""The wheel carries what a checkout has beside app/, and serves where nothing else of Jointly's is."""

import os
import re
import signal
import subprocess
import sys
import venv
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest

from tests import ROOT
from tests.server.serving import free_port

PIP = ["-m", "pip", "--quiet", "--disable-pip-version-check"]
WHERE = "from app.files import folder; print(*map(folder, ('templates', 'static', 'migrations', 'locale')))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built with what is installed already; nothing is asked of an index."""
    folder = tmp_path_factory.mktemp("wheel")
    alone = ["--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([sys.executable, *PIP, "wheel", *alone, "--wheel-dir", folder, "."], cwd=ROOT, check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of an environment with what the lock file names, and the wheel."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    programs = folder / "bin"
    for what in (["--require-hashes", "-r", ROOT / "requirements.lock"], ["--no-deps", wheel]):
        subprocess.run([programs / "python", *PIP, "install", *what], check=True)
    return programs


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder, with nothing in the environment that leads to the checkout."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(("JOINTLY_", "PYTHON"))]:
        monkeypatch.delenv(name)


def test_the_wheel_carries_every_file_of_the_checkouts_folders(wheel: Path):
    carried = set(ZipFile(wheel).namelist())

    assert carried >= files_in("app")
    for folder in ("templates", "static", "migrations"):
        assert carried >= {f"app/{name}" for name in files_in(folder)}
    assert {name.partition("/")[0].partition("-")[0] for name in carried} == {"app", "jointly"}


def files_in(folder: str) -> set[str]:
    files = (file for file in (ROOT / folder).rglob("*") if file.is_file())
    return {str(file.relative_to(ROOT)) for file in files if "__pycache__" not in file.parts}


@pytest.mark.long
def test_an_empty_environment_serves_the_demo_from_the_wheel(programs: Path):
    with demo(programs) as printed, httpx.Client(follow_redirects=True) as somebody:
        signing_in = somebody.get(printed["seller"].split()[0])
        assets = re.findall(r'"(/static/[^"]+)"', signing_in.text)
        found = [somebody.get(signing_in.url.join(asset)) for asset in assets]
        shared = somebody.get(printed["buyer"])

    assert "Sign in" in signing_in.text
    assert [asset.status_code for asset in found] == [200] * 3
    assert shared.url.path.startswith("/p/")
    assert "Nordwind" in shared.text
    assert "whole" in said(programs / "jointly", "verify")


@pytest.mark.long
def test_an_installed_wheel_migrates_and_reads_its_own_files(programs: Path):
    assert "newest schema" in said(programs / "jointly", "migrate")
    assert said(programs / "jointly", "--version").startswith("jointly ")

    folders = [Path(name) for name in said(programs / "python", "-c", WHERE).split()]

    assert all(folder.is_dir() and folder.is_relative_to(programs.parent) for folder in folders)


@contextmanager
def demo(programs: Path) -> Generator[dict[str, str]]:
    """What it printed, by the word before the colon, once it listens."""
    command = [programs / "jointly", "demo", "--port", str(free_port())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        printed: dict[str, str] = {}
        for line in process.stdout or ():
            if line.startswith("Jointly listens"):
                break
            before, _, after = line.strip().partition(": ")
            printed[before] = after
        try:
            yield printed
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def said(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout

"""The samples for systemd: settings, unit, and a script that runs a command as the unit does."""

import getpass
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from app.settings import Settings, must_be_known
from tests import ROOT
from tests.cast import SECRET
from tests.deploy.page import must_be_a_call

SAMPLES = ROOT / "deploy"
UNIT = SAMPLES / "jointly.service"
SETTING = re.compile(r"^#?(JOINTLY_[A-Z_]+)=(.*)$", re.MULTILINE)
PROGRAM = "/opt/jointly/bin/jointly"


@pytest.fixture
def unit() -> ConfigParser:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # ty: ignore[invalid-assignment]
    parser.read(UNIT)
    return parser


def sample() -> dict[str, str]:
    """What the file of settings says, with those that are off."""
    return dict(SETTING.findall((SAMPLES / "jointly.env.example").read_text()))


def test_the_sample_names_every_setting_and_no_other():
    assert list(sample()) == list(dict.fromkeys(sample()))
    assert set(sample()) == {f"JOINTLY_{name.upper()}" for name in Settings.model_fields}


def test_with_a_key_the_sample_can_be_served_with(monkeypatch: pytest.MonkeyPatch):
    for name, value in (sample() | {"JOINTLY_SECRET_KEYS": SECRET}).items():
        monkeypatch.setenv(name, value)

    must_be_known(sample())
    settings = Settings()

    assert settings.over_https
    assert settings.keys == [SECRET]
    assert sample()["JOINTLY_SECRET_KEYS"] == ""


def test_the_unit_runs_alone_and_ends_as_a_whole(unit: ConfigParser):
    service = unit["Service"]

    assert service["User"] not in ("", "root")
    assert (service["UMask"], service["StateDirectoryMode"]) == ("0077", "0700")
    assert service["KillMode"] == "control-group"
    assert service["ExecReload"] == "/bin/kill -HUP $MAINPID"
    assert "--host" not in service["ExecStart"]
    must_be_a_call(service["ExecStart"].split()[1:])
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == service["PrivateTmp"] == "yes"
    assert service["CapabilityBoundingSet"] == ""


def test_unit_settings_and_script_mean_the_same_places(unit: ConfigParser):
    service, script = unit["Service"], (SAMPLES / "jointly").read_text()

    assert service["ExecStart"].split()[0] == PROGRAM
    assert service["WorkingDirectory"] == f"/var/lib/{service['StateDirectory']}"
    assert sample()["JOINTLY_DATABASE_URL"].startswith(f"sqlite:///{service['WorkingDirectory']}/")
    for place in (PROGRAM, service["WorkingDirectory"], service["EnvironmentFile"]):
        assert place in script
    assert f"runuser -u {service['User']}" in script


def test_systemd_has_nothing_to_say_about_the_unit(tmp_path: Path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze: `apt-get install systemd`")
    file = tmp_path / "jointly.service"
    file.write_text(UNIT.read_text().replace(PROGRAM, "/bin/true"))

    told = subprocess.run(["systemd-analyze", "verify", "--man=no", file], capture_output=True, text=True)

    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


def test_the_script_gives_a_command_the_settings_to_the_letter(tmp_path: Path):
    letters = "postgresql+psycopg://jointly:a%40b$HOME&'c' \"d\"@localhost/jointly?x=1&y=`2`"
    (tmp_path / "env").write_text(
        f"# JOINTLY_LOG=debug\n#JOINTLY_LOG=x\n\nJOINTLY_DATABASE_URL={letters}\nOTHER=1\nJOINTLY_LOG=info"
    )
    (tmp_path / "program.py").write_text(
        "import os, sys; print({n: v for n, v in os.environ.items() if n.startswith(('JOINTLY_', 'OTHER'))},"
        " os.getcwd(), sys.argv[1:])"
    )
    script = (SAMPLES / "jointly").read_text()
    for there, here in {
        "= jointly ]": f"= {getpass.getuser()} ]",
        "/etc/jointly/jointly.env": str(tmp_path / "env"),
        "/var/lib/jointly": str(tmp_path),
        PROGRAM: f"{sys.executable} {tmp_path}/program.py",
    }.items():
        assert there in script
        script = script.replace(there, here)

    command = ["sh", "-c", script, "jointly", "seller", "add", "--name", "Maria Keller"]
    told = subprocess.run(command, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True)

    settings = {"JOINTLY_DATABASE_URL": letters, "JOINTLY_LOG": "info"}
    arguments = ["seller", "add", "--name", "Maria Keller"]
    assert told.stdout.strip() == f"{settings} {tmp_path} {arguments}", told.stderr

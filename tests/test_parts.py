"""What is installed with Jointly can be listed, and the README names the licence of every part of it."""

import json
import re
import subprocess
import sys
from importlib.metadata import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import ROOT

COPYLEFT = {"MPL", "LGPL"}  # whoever passes such a package on must know which one it is


def locked() -> set[str]:
    """The packages of the lock file that are installed on a machine like this one."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    found = map(Requirement, re.findall(r"^[a-z0-9][^\\\n]+", lock, re.MULTILINE))
    return {one.name for one in found if one.marker is None or one.marker.evaluate()}


def licences_of(package: str) -> set[str]:
    """The short names among what it says of itself; for what says none, its own name."""
    told = metadata(package)
    classified = [one for one in told.get_all("Classifier") or [] if one.startswith("License :: ")]
    said = told["License-Expression"] or " ".join(classified) or told["License"] or ""
    return set(re.findall(r"\b(?!OSI|ISCL)[A-Z]{3,}\b|Apache", said)) or {package}


def test_the_readme_names_the_licence_of_every_part():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"[\w-]+", readme.partition("\nMIT licence.")[2])) | {"MIT"}
    licences = {package: licences_of(package) for package in locked()}

    short = {one.partition("-")[0] for one in named}
    unnamed = {package for package, some in licences.items() if not some <= named | short}
    assert len(licences) > 50
    assert unnamed == set()
    assert {package for package, some in licences.items() if some & COPYLEFT} <= named


@pytest.mark.long
def test_the_list_of_parts_names_every_package_and_nothing_of_this_machine(tmp_path: Path):
    file = tmp_path / "parts.json"

    subprocess.run([ROOT / ".ci" / "parts", sys.executable, file], check=True)

    written = file.read_text(encoding="utf-8")
    parts = json.loads(written)["components"]
    assert {canonicalize_name(part["name"]) for part in parts} == locked()
    assert all(part["version"] and part["purl"] for part in parts)
    places = [str(ROOT), str(tmp_path), sys.prefix, "file:", "localhost", "/simple"]
    assert [place for place in places if place in written] == []

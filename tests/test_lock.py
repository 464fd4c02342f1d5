"""The lock files hold what pyproject.toml asks for, on every platform, and nothing of one machine."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
import pytest

if TYPE_CHECKING:
    from packaging.markers import Marker

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PLATFORMS = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
)
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def asked_for(*extras: str) -> list[Requirement]:
    """Return what must be there to install the project, and what *extras* and those that they name add."""
    project = PYPROJECT["project"]
    asked = [*map(Requirement, project["dependencies"] + PYPROJECT["dependency-groups"]["build"])]
    for requirement in map(Requirement, chain(*map(project["optional-dependencies"].get, extras))):
        is_own = requirement.name == project["name"]
        asked += asked_for(*requirement.extras) if is_own else [requirement]
    return asked


LOCKS = {
    "requirements.lock": asked_for(),
    "requirements-dev.lock": asked_for("dev"),
    "requirements-lowest.lock": asked_for("html", "test"),
}
"""What must stand in each lock file."""

EACH = pytest.mark.parametrize("name", LOCKS)


class Pin(NamedTuple):
    """A version of a package, where it is to be installed, and the digests of its files."""

    version: str
    marker: Marker | None
    hashes: list[str]

    def is_for(self, python: str, platform: dict[str, str]) -> bool:
        """Return whether *python* takes this one on *platform*."""
        version = {"python_version": python, "python_full_version": f"{python}.0"}
        return self.marker is None or self.marker.evaluate(version | platform)


def pins(name: str) -> dict[str, list[Pin]]:
    """Return the packages of the lock file *name*; a version may be for some Pythons or platforms only."""
    locked: dict[str, list[Pin]] = {}
    text = re.sub(r"(?m)^\s*#.*\n", "", (ROOT / name).read_text(encoding="utf-8")).replace("\\\n", "")
    for line in text.splitlines():
        said, *hashes = re.split(r"\s+--hash=sha256:", line.strip())
        requirement = Requirement(said)
        pin = Pin(str(requirement.specifier), requirement.marker, hashes)
        locked.setdefault(canonicalize_name(requirement.name), []).append(pin)
    return locked


@EACH
def test_all_that_is_asked_for_is_locked_within_its_bounds(name: str) -> None:
    """Everywhere, and in one version; `make lock` brings the files up to pyproject.toml."""
    locked = pins(name)
    for asked in LOCKS[name]:
        several = locked.get(canonicalize_name(asked.name), [])
        for python, platform in ((python, platform) for python in PYTHONS for platform in PLATFORMS):
            versions = [pin.version.removeprefix("==") for pin in several if pin.is_for(python, platform)]
            is_needed = Pin("", asked.marker, []).is_for(python, platform)
            assert len(versions) == is_needed, f"{asked} for Python {python}: run `make lock`"
            assert all(map(asked.specifier.contains, versions)), f"{asked}: run `make lock`"


def test_what_builds_the_project_is_locked() -> None:
    """Where it is installed from a lock, nothing else is fetched to build it."""
    assert set(PYPROJECT["build-system"]["requires"]) <= set(PYPROJECT["dependency-groups"]["build"])


@EACH
def test_a_lock_names_no_place(name: str) -> None:
    """No index, no address, no path: who installs from it says from where."""
    assert re.findall(r"/|file:|@ |--(?!hash=)|(?m:^-)", (ROOT / name).read_text(encoding="utf-8")) == []


@EACH
def test_each_package_is_locked_in_one_public_version(name: str) -> None:
    """A local one (`1.0+here`) stands in no public index."""
    for package, several in pins(name).items():
        for pin in several:
            assert re.fullmatch(r"==[\w.]+", pin.version), package


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_each_package_is_known_by_its_hashes(name: str) -> None:
    """One without them, and pip refuses all."""
    for package, several in pins(name).items():
        for pin in several:
            assert pin.hashes, package
            assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in pin.hashes), package


def test_developers_run_what_users_run() -> None:
    """In the same versions, known by the same hashes."""
    developed = pins("requirements-dev.lock")
    for package, several in pins("requirements.lock").items():
        assert [(pin.version, pin.hashes) for pin in developed[package]] == [
            (pin.version, pin.hashes) for pin in several
        ]


def test_the_bounds_are_the_lowest_versions_that_are_tested() -> None:
    """A bound below them would be a guess."""
    lowest = pins("requirements-lowest.lock")
    for asked in LOCKS["requirements-lowest.lock"]:
        versions = {pin.version.replace("==", ">=") for pin in lowest[canonicalize_name(asked.name)]}
        assert versions == {str(asked.specifier)}, f"raise the bound, or run `make lock`: {asked}"

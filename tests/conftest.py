"""What every test may ask for: the shared corpus, and the tools that judge from outside."""

import gc
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.helpers.certificates import Authority

SHARED = Path(__file__).resolve().parents[2] / "shared"
ABSENT = f"no shared corpus at {SHARED}"
JUDGED = "shared file judged"
SAID = "said in the summary"

# Where Python is told to write no bytecode, as in many containers, pytest rewrites the assertions of all test modules
# and of its plugins at each start, which is half of the time of a collection. Kept beside the modules, it is done once.
sys.dont_write_bytecode = False

# A test asks veraPDF when it means to: a start of Java for each copy would take longer than all the rest.
environ.setdefault("WATERMARK_TESTS_VERAPDF", environ.get("WATERMARK_VERAPDF") or shutil.which("verapdf") or "")
environ["WATERMARK_VERAPDF"] = ""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect without looking for garbage: what is made here, thousands of tests, stays to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.fixture(autouse=True)
def no_helper_of_another_test() -> None:
    """Begin without helpers that are ready: whether a short article has one must not go by what ran before."""
    if "watermark.pdf.parallel_pages" in sys.modules:
        from tests.helpers.helpers import end_all  # noqa: PLC0415 - few tests load what it needs

        end_all()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `shared_pdf` once for each PDF in the folders that its mark names."""
    if "shared_pdf" in metafunc.fixturenames:
        folders = [name for mark in metafunc.definition.iter_markers("corpus") for name in mark.args]
        files = sorted(path for name in folders for path in (SHARED / "corpus" / name).glob("*.pdf"))
        metafunc.parametrize(
            "shared_pdf", files or [Path()], ids=lambda path: path.name or "absent", indirect=True, scope="session"
        )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    system = environ.get("WATERMARK_SIMULATE") or {"win32": "windows", "darwin": "macos"}.get(sys.platform)
    for item in items if system else ():
        if any(system in mark.args for mark in item.iter_markers("not_on")):
            item.add_marker(pytest.mark.skip(reason=f"{system} does not have what this test is about"))
    if not SHARED.is_dir():
        for item in items:
            if item.get_closest_marker("corpus"):
                item.add_marker(pytest.mark.skip(reason=ABSENT))


@pytest.fixture
def judged(request: pytest.FixtureRequest) -> Callable[[Path], None]:
    """Count a shared file as judged; the count is in the summary, also if the tests run in parallel."""

    def count(path: Path) -> None:
        request.node.user_properties.append((JUDGED, str(path.relative_to(SHARED))))

    return count


@pytest.fixture(scope="session")
def shared_pdf(request: pytest.FixtureRequest) -> Path:
    """One PDF of the shared corpus; each test that has it counts it as judged."""
    path: Path = request.param
    assert path.is_file(), f"no PDF in the folders that the mark names: {request.node.name}"
    return path


@pytest.fixture(autouse=True)
def _count_shared_pdf(request: pytest.FixtureRequest) -> None:
    if "shared_pdf" in request.fixturenames:
        request.getfixturevalue("judged")(request.getfixturevalue("shared_pdf"))


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """Return the path of a tool on the PATH; without it the test is skipped, or fails where all tools are required.

    veraPDF is never required: it cannot be installed everywhere.
    """

    def find(name: str) -> str:
        found = environ.get(f"WATERMARK_TESTS_{name.upper()}") or shutil.which(name)
        if not found and name != "verapdf" and environ.get("WATERMARK_REQUIRE_TOOLS"):
            pytest.fail(f"{name} is not on the PATH")
        return found or pytest.skip(f"{name} is not on the PATH")

    return find


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    names = {value for report in reports for key, value in report.user_properties if key == JUDGED}
    terminalreporter.write_line(f"{len(names)} shared files judged" if SHARED.is_dir() else ABSENT)
    for line in (value for report in reports for key, value in report.user_properties if key == SAID):
        terminalreporter.write_line(line)


@pytest.fixture(scope="module")
def ca() -> Iterator["Authority"]:
    """An authority that issues certificates and time stamps, and answers on loopback."""
    from tests.helpers.certificates import authority  # noqa: PLC0415 - few tests seal

    with authority() as found:
        yield found

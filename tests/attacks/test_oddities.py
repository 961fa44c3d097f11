"""Each oddity of the list is marked and breaks no invariant, or refused with its reason; so are several in one file."""

import ast
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.attacks.oddities import CONTENTS, FILE, GEOMETRY, ODDITIES, RESOURCES, STRUCTURE, Oddity, Recipe
from tests.helpers.build import build
from tests.helpers.invariants import invariants_broken_again, invariants_broken_at_once
from tests.helpers.mutations import stamped
from watermark.models import Result

NUMBERS = [number for number in range(1, 68) if number != 37]
FILES = [
    pytest.param(oddity, recipe, id=f"{oddity.number}-{oddity.words.replace(' ', '-')}-{place}")
    for oddity in ODDITIES
    for place, recipe in enumerate(oddity.files, 1)
]


def test_the_list_is_whole_and_every_oddity_has_a_file_or_a_test() -> None:
    assert list(dict.fromkeys(oddity.number for oddity in ODDITIES)) == NUMBERS
    assert not [oddity.number for oddity in ODDITIES if not (oddity.files or oddity.shown)]


@pytest.mark.parametrize("shown", sorted({shown for oddity in ODDITIES for shown in oddity.shown}))
def test_every_test_that_the_list_names_is_there(shown: str) -> None:
    path, name = shown.split("::")
    tree = ast.parse((Path(__file__).parents[1] / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.slow
@pytest.mark.parametrize(("oddity", "recipe"), FILES)
def test_an_odd_file_is_marked_by_the_laws_or_refused_with_the_reason(
    tmp_path: Path, oddity: Oddity, recipe: Recipe
) -> None:
    original = build(**recipe)
    outcome = stamped(tmp_path, original)
    if oddity.refused:
        assert (outcome.result, outcome.exit_status) == (Result.REFUSED, 3), outcome.reason
        assert oddity.refused in outcome.reason
        assert outcome.remedy
        assert not (tmp_path / "copy.pdf").exists()
    else:
        assert not list(invariants_broken_at_once(tmp_path, original, outcome))


def test_on_a_page_of_its_own_colour_the_mark_takes_another(tmp_path: Path) -> None:
    original = build(content=b".75 .1 .1 rg 0 0 612 792 re f")
    outcome = stamped(tmp_path, original)
    assert not list(invariants_broken_at_once(tmp_path, original, outcome))
    assert outcome.result is Result.MARKED, outcome.reason
    assert any(decision.name == "contrast" for decision in outcome.decisions)


def _of(*groups: tuple[Oddity, ...]) -> st.SearchStrategy[Recipe]:
    recipes = [recipe for group in groups for oddity in group if not oddity.refused for recipe in oddity.files]
    return st.sampled_from([{}, *recipes])


FOUND = (Phase.generate,)
"""A file that breaks an invariant is not made smaller: that takes minutes, and shows no more."""
MEETING = st.tuples(_of(GEOMETRY), _of(CONTENTS), _of(RESOURCES), _of(STRUCTURE), _of(FILE))


def _joined(parts: tuple[Recipe, ...]) -> Recipe:
    """Return one recipe: of two that ask for different things in one place, the first is heard."""
    whole: dict[str, object] = {}
    for part in parts:
        for key, value in part.items():
            held = whole.setdefault(key, value)
            if isinstance(held, dict) and isinstance(value, dict):
                whole[key] = {**value, **held}
    if {"encryption", "linearized", "pdfua"} & whole.keys() or whole.get("kids") == "cycle":
        # qpdf repairs what it writes, no validator reads the damaged, and no program rebuilds a tree without an end
        for key in ("startxref", "size", "space_before_xref", "pdfa"):
            whole.pop(key, None)
    if {"encryption", "linearized"} & whole.keys():
        whole.pop("kids", None)
    if "pdfua" in whole:  # its tags forbid what isolates such content
        whole.pop("content", None)
    return whole


def _meet(parts: tuple[Recipe, ...]) -> None:
    recipe = _joined(parts)
    original = build(**recipe)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        outcome = stamped(folder, original)
        assert not list(invariants_broken_at_once(folder, original, outcome)), recipe
        assert not list(invariants_broken_again(folder, original, outcome)), recipe


@settings(max_examples=6, deadline=None, derandomize=True, phases=FOUND, suppress_health_check=list(HealthCheck))
@given(MEETING)
def test_oddities_that_meet_in_one_file_break_no_law(parts: tuple[Recipe, ...]) -> None:
    _meet(parts)


@pytest.mark.slow
@settings(max_examples=120, deadline=None, derandomize=True, phases=FOUND, suppress_health_check=list(HealthCheck))
@given(MEETING)
def test_many_oddities_that_meet_in_one_file_break_no_law(parts: tuple[Recipe, ...]) -> None:
    _meet(parts)

"""Take each safeguard out, and see a test fail: `python -m tests.helpers.safeguards [NAME ...]`.

A safeguard is a function, an expression or a limit. It is replaced by one that finds nothing, wherever the package uses
it, and the tests that hold it are run: one of them has to fail. The exit status is 1 if a safeguard can
be taken out without a test that fails.
"""

import importlib
import os
import pkgutil
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import watermark

REPOSITORY = Path(__file__).resolve().parents[2]
VARIABLE = "SAFEGUARD_TAKEN_OUT"
SECONDS = 300
NOTHING: dict[str, object] = {
    "nothing": lambda *_args, **_options: iter(()),
    "none": lambda *_args, **_options: None,
    "yes": lambda *_args, **_options: True,
    "no": lambda *_args, **_options: False,
    "zero": lambda *_args, **_options: 0,
    "same": lambda value, *_args, **_options: value,
    "never": re.compile(b"(?!)"),
    "loose": re.compile(rb"\s*([0-9]+)\s+([0-9]+)\s+obj\s*"),
    "endless": 1 << 30,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Safeguard:
    """A function, expression or limit of the package, by module and name; what replaces it; and which tests fail."""

    promise: str
    function: str
    replaced_by: str
    tests: str
    matching: str = ""


VERIFICATION, RUNTIME = "watermark.verification", "watermark.runtime"
MARKS, FORGED = "tests/verification/test_mark_parser.py", "tests/verification/test_forged_copies.py"
ENTRIES, HOSTILE = "tests/verification/test_appended_entries.py", "tests/attacks/test_hostile_originals.py"
ATTACKS, DISGUISES = "tests/verification/test_attacks.py", "tests/verification/test_disguises.py"
EXACT = "tests/verification/test_exact_writing.py"
GATE, UPLOADS = "tests/desk/test_request_checks.py", "tests/desk/test_uploads.py"
CERTIFICATES = "tests/stamping/certificate/test_certificate.py"
ARTICLE, AUDIT = "watermark.article", "watermark.audit"
MATCHING, ROLES = "tests/article/test_matching.py", "tests/article/test_doi_roles.py"
TITLES = "tests/article/test_usable_titles.py"
CLASSES = "tests/audit/test_classification.py"
VOLUMES, SHAPES = "tests/audit/test_partly_marked.py", "tests/article/marks/test_shapes.py"
RANGES = "tests/verification/test_forged_ranges.py"
SEALS = "tests/verification/test_seal_forgeries.py"
REPRODUCTION = "tests/stamping/reproduction/test_reproduction.py"
FACTS = "tests/verification/test_notice_facts.py"
FREED = "tests/stamping/test_freed_objects.py"
FONTS = "tests/pdf/fonts/test_glyph_limits.py"


def _safeguard(promise: str, function: str, replaced_by: str, tests: str, matching: str = "") -> Safeguard:
    return Safeguard(promise=promise, function=function, replaced_by=replaced_by, tests=tests, matching=matching)


SAFEGUARDS = (
    _safeguard(
        "no second marking covers a first that does not verify",
        "watermark.stamping.pipeline:failed_earlier_marking",
        "none",
        "tests/stamping/test_pipeline.py",
        "earlier_marking",
    ),
    _safeguard(
        "nothing is certified that failed",
        "watermark.stamping.certificate.facts:_require_no_failure",
        "none",
        CERTIFICATES,
        "fails_gets_no",
    ),
    _safeguard(
        "a certificate is no article",
        "watermark.article.matching:as_a_certificate",
        "none",
        "tests/cli/test_case_file.py",
        "never_taken",
    ),
    _safeguard(
        "what the licence of a font forbids is not embedded",
        "watermark.pdf.fonts.font_suggestions:objection_to_embedding",
        "none",
        "tests/pdf/fonts/test_font_suggestions.py",
        "rights",
    ),
    _safeguard("a volume is not declared retracted", f"{VERIFICATION}.metadata:_part_differs", "nothing", RANGES),
    _safeguard("earlier markings are not made up", f"{VERIFICATION}.metadata:_earlier_differs", "nothing", RANGES),
    _safeguard("the history names the pages", f"{VERIFICATION}.metadata:_false_event", "nothing", RANGES),
    _safeguard("other pages keep their entries", f"{VERIFICATION}.change_rules:_unmarked", "nothing", RANGES),
    _safeguard("a range is one of the file", "watermark.receipt:_check_pages", "none", RANGES),
    _safeguard("the mark has the tag of a mark", f"{VERIFICATION}.painting_rules:tag_differs", "nothing", MARKS),
    _safeguard("the mark is not sheared", f"{VERIFICATION}.painting_rules:matrix_differs", "nothing", MARKS),
    _safeguard("names lead to resources", f"{VERIFICATION}.painting_rules:names_differ", "nothing", MARKS),
    _safeguard("letters have their own box", f"{VERIFICATION}.painting_rules:box_differs", "nothing", MARKS),
    _safeguard("letters are those of the word", f"{VERIFICATION}.glyph_comparison:mark_differs", "nothing", FORGED),
    _safeguard("the line shows its text", f"{VERIFICATION}.glyph_comparison:line_differs", "nothing", FORGED),
    _safeguard("the line is written as lines are", f"{VERIFICATION}.line_syntax:line_steps_differ", "nothing", MARKS),
    _safeguard("fonts are the tool's own", f"{VERIFICATION}.line_syntax:font_differs", "nothing", MARKS),
    _safeguard("codes have their characters", f"{VERIFICATION}.line_syntax:codes_differ", "nothing", MARKS),
    _safeguard("forms are plain", f"{VERIFICATION}.allowed_constructs:form_differs", "nothing", MARKS),
    _safeguard("nothing blends", f"{VERIFICATION}.allowed_constructs:resources_differ", "nothing", MARKS),
    _safeguard("objects hold known entries", f"{VERIFICATION}.object_schema:entries_differ", "nothing", FORGED),
    _safeguard("objects have a part", f"{VERIFICATION}.appended_objects:AppendedObjects.unexpected", "nothing", FORGED),
    _safeguard("notice pages", f"{VERIFICATION}.notice_pages:NoticePages.differences", "nothing", FORGED),
    _safeguard("the record fits", f"{VERIFICATION}.retraction_record:record_differs", "nothing", FORGED),
    _safeguard("the wording fits the state", f"{VERIFICATION}.receipt_wording:wording_differs", "nothing", FORGED),
    _safeguard("packets instruct no program", f"{VERIFICATION}.metadata:_instructions_added", "nothing", ENTRIES,
               "packet"),
    _safeguard("packets hold nothing new", f"{VERIFICATION}.metadata:_added", "nothing", ENTRIES, "packet"),
    _safeguard("no entry appears twice", f"{VERIFICATION}.metadata:_newly_repeated", "nothing", FORGED, "second"),
    _safeguard("links lead to the notice", f"{VERIFICATION}.mark_placement:target_differs", "nothing", ATTACKS),
    _safeguard("one header", f"{VERIFICATION}.file_header:header_differs", "nothing", HOSTILE),
    _safeguard("covers are found", f"{VERIFICATION}.covering_annotations:covers_of", "nothing", HOSTILE),
    _safeguard("print is looked at", f"{VERIFICATION}.covering_annotations:prints_otherwise", "no", HOSTILE),
    _safeguard("content that is put in a form", f"{VERIFICATION}.content_isolation:content_differs", "nothing",
               "tests/verification/test_content_isolation.py"),
    _safeguard("operators have their operands", f"{VERIFICATION}.missing_operands:lacks_operands", "none",
               "tests/verification/test_missing_operands.py", "copy_fails"),
    _safeguard("content that stops a viewer is put in a form",
               "watermark.stamping.plan.content_isolation:escalate_methods", "none",
               "tests/stamping/plan/test_content_isolation.py", "operand"),
    _safeguard("the annotation is always seen", f"{VERIFICATION}.content_isolation:annotation_differs", "nothing",
               "tests/verification/test_content_isolation.py"),
    _safeguard("the base of a rewritten copy", f"{VERIFICATION}.rewriting:base_differs", "nothing",
               "tests/stamping/test_incomparable.py"),
    _safeguard("tags keep their owners", f"{VERIFICATION}.structure_tree:parent_tree_differs", "nothing", ATTACKS),
    _safeguard("the word is known", f"{VERIFICATION}.known_mark_words:says_retraction", "yes",
               "tests/verification/test_known_mark_words.py"),
    _safeguard("outlines are those of the font", f"{VERIFICATION}.outline_comparison:outlines_differ", "no", EXACT,
               "point"),
    _safeguard("the box of the line is around its words", f"{VERIFICATION}.glyph_comparison:_box_differs", "no", EXACT,
               "box"),
    _safeguard("font programs are whole", f"{VERIFICATION}.line_syntax:checksums_differ", "nothing", EXACT, "font"),
    _safeguard("fonts have all their entries", f"{VERIFICATION}.line_syntax:_keys_differ", "nothing", EXACT, "flags"),
    _safeguard("numbers are written in one way", f"{VERIFICATION}.content_operators:numbers_differ", "nothing", EXACT,
               "zero"),
    _safeguard("the identifier follows from the receipt", f"{VERIFICATION}.metadata:_identifier_differs", "nothing",
               EXACT, "identifier"),
    _safeguard("schemas are those of a marking", f"{VERIFICATION}.extension_schemas:schemas_differ", "nothing", EXACT,
               "schema"),
    _safeguard("notice pages are those of the document", f"{VERIFICATION}.notice_comparison:NoticeParts.differences",
               "nothing", EXACT, "notice"),
    _safeguard("tags are those of the notice", f"{VERIFICATION}.notice_comparison:NoticeParts._tags", "nothing", EXACT,
               "element"),
    _safeguard("bare notice pages paint with what they have", f"{VERIFICATION}.notice_pages:_content_differs",
               "nothing", EXACT, "bare"),
    _safeguard("tags are tied together", f"{VERIFICATION}.tag_ties:tags_differ", "nothing", EXACT, "key or parent"),
    _safeguard("notice pages say what the receipt says", f"{VERIFICATION}.notice_facts:facts_differ", "nothing", FACTS),
    _safeguard("letters of notice pages are what they say", f"{VERIFICATION}.notice_facts:letters_differ", "nothing",
               EXACT, "letters"),
    _safeguard("links of notice pages lead to the notice", f"{VERIFICATION}.notice_facts:links_differ", "nothing",
               FACTS),
    _safeguard("notice pages have the colours of one", f"{VERIFICATION}.notice_facts:paint_differs", "nothing", EXACT,
               "colour"),
    _safeguard("fonts have widths of their characters", f"{VERIFICATION}.line_syntax:_widths_differ", "nothing", EXACT,
               "width"),
    _safeguard("references lead to objects", f"{VERIFICATION}.change_rules:dangling", "nothing", EXACT,
               "element"),
    _safeguard("files have their dates and checksums", f"{VERIFICATION}.retraction_record:_parameters_differ",
               "nothing", EXACT, "file"),
    _safeguard("an object is one value", f"{VERIFICATION}.xref_sections:is_written_whole", "yes", EXACT, "values"),
    _safeguard("a stream is as long as it says", f"{VERIFICATION}.xref_sections:_is_as_long_as_it_says", "yes", EXACT,
               "length"),
    _safeguard("a page is not listed for ever", "watermark.article.document:refuse_endless_pages", "none",
               "tests/attacks/test_bombs.py", "listed"),
    _safeguard("endless pages are not rewritten", "watermark.stamping.rebuild:_refuse_endless", "none",
               "tests/attacks/test_bombs.py", "listed"),
    _safeguard("tables of fonts hold what they say", "watermark.pdf.fonts.glyph_limits:require_plain_tables", "none",
               FONTS, "overlapping or segments"),
    _safeguard("glyphs of glyphs are measured", "watermark.pdf.glyph_sizes:GlyphSizes.points", "zero", FONTS,
               "circular or verifier"),
    _safeguard("outlines of subroutines are measured", "watermark.pdf.fonts.glyph_limits:require_bounded", "zero",
               FONTS, "accents or itself"),
    _safeguard("the verifier measures glyphs", f"{VERIFICATION}.freetype_text:_require_bounded", "none", FONTS,
               "verifier"),
    _safeguard("stated contrasts are measured",
               "watermark.stamping.reproduction.measured_contrasts:contrast_differs", "none",
               "tests/stamping/reproduction/test_measured_contrasts.py", "differs"),
    _safeguard("what only PDFium can open is rewritten as it reads it", "watermark.stamping.rebuild:_as_pdfium_reads",
               "same", "tests/stamping/test_rebuild.py", "pdfium"),
    _safeguard("pages keep what was freed", "watermark.pdf.freed_objects:keep_freed_references", "none", FREED,
               "is_still"),
    _safeguard("an outline that was freed is no secret", "watermark.pdf.freed_objects:catalog_leads_nowhere", "no",
               FREED, "outline"),
    _safeguard("freed objects are absent", f"{VERIFICATION}.pypdf_document:_forget_freed_objects", "none", FREED),
    _safeguard("a dictionary may be that of a stream", f"{VERIFICATION}.plain_objects:_MAYBE_STREAM", "never",
               "tests/verification/test_plain_objects.py"),
    _safeguard("plain objects are not deep", f"{VERIFICATION}.plain_objects:DEEPEST", "endless",
               "tests/verification/test_plain_objects.py", "left"),
    _safeguard("plain headers are plain", f"{VERIFICATION}.lazy_object_streams:_OBJECT_HEADER", "loose",
               "tests/verification/test_object_headers.py"),
    _safeguard("plain sections are plain", f"{VERIFICATION}.plain_xref_streams:_are_plain", "yes",
               "tests/verification/test_plain_xref_streams.py"),
    _safeguard("a copy is written again", "watermark.stamping.reproduction.reproducer:first_other_byte", "none",
               REPRODUCTION),
    _safeguard("a web server seals nothing", f"{VERIFICATION}.seal.certificates:is_for", "yes", SEALS, "web"),
    _safeguard("short keys seal nothing", f"{VERIFICATION}.seal.certificates:is_weak", "no", SEALS, "curve"),
    _safeguard("a signature hides nothing", f"{VERIFICATION}.seal.signatures:_require_nothing_else", "none", SEALS,
               "hidden"),
    _safeguard("inputs are kept", f"{RUNTIME}.input_files:require_not_an_input", "none",
               "tests/runtime/test_input_files.py"),
    _safeguard("memory is limited", f"{RUNTIME}.memory_limit:limit_memory", "none",
               "tests/runtime/test_memory_limit.py"),
    _safeguard("texts do not control a terminal", f"{RUNTIME}.text_safety:one_line", "same",
               "tests/runtime/test_text_safety.py"),
    _safeguard("the desk has one address", "watermark.desk.request_checks:Gate._is_here", "yes", GATE),
    _safeguard("the desk has a key", "watermark.desk.request_checks:Gate._is_known", "yes", GATE),
    _safeguard("no other site reaches the desk", "watermark.desk.request_checks:Gate._is_own", "yes", GATE),
    _safeguard("a long body is not read", "watermark.desk.request_checks:Gate._too_long", "none", GATE),
    _safeguard("a body has a limit", "watermark.desk.uploads:_check_size", "none", UPLOADS),
    _safeguard("a path is not a file name", "watermark.desk.uploads:_check_name", "none", UPLOADS),
    _safeguard("the desk has a limit", "watermark.desk.session:Session.check_room", "none", UPLOADS),
    _safeguard("pages and sizes get time", f"{RUNTIME}.isolation.limits:_pages_claimed_by", "zero",
               "tests/runtime/isolation/test_limits_of_files.py"),
    _safeguard("unread watermarks are not clean", f"{ARTICLE}.marks.unread:_tagged_as_watermark", "nothing",
               "tests/article/marks/test_publishers.py", "cannot_be_read"),
    _safeguard("part of a word is no mark", f"{ARTICLE}.marks.text:_is_whole", "yes", CLASSES, "other_words"),
    _safeguard("one label of an axis is no mark", f"{ARTICLE}.marks.text:_is_first", "yes",
               "tests/article/marks/test_words.py"),
    _safeguard("frames are taken off", f"{ARTICLE}.marks.shape_lines:_is_framed", "no", SHAPES, "frames"),
    _safeguard("a mark that hides content is named", f"{ARTICLE}.marks.occlusion:occluded_share", "zero", CLASSES),
    _safeguard("a title may be the only mark", f"{ARTICLE}.marks.phrases:is_title_of_a_mark", "no", CLASSES),
    _safeguard("another role is another article", f"{ARTICLE}.matching:_by_role", "none", ROLES),
    _safeguard("the notice is no article", f"{ARTICLE}.matching:_as_the_notice", "none", MATCHING),
    _safeguard("a title in doubt is no match", f"{ARTICLE}.matching:_doubt_about_the_title", "none", ROLES),
    _safeguard("a line of many articles is no title", f"{ARTICLE}.usable_titles:is_usable", "yes", TITLES),
    _safeguard("a journal's masthead is no title", f"{ARTICLE}.usable_titles:is_masthead", "no", TITLES),
    _safeguard("a DOI asks for the whole title", f"{ARTICLE}.conflicting_doi:own_doi_beside", "none", TITLES),
    _safeguard("a replacement may share the DOI", f"{ARTICLE}.matching:_by_shared_doi", "none", ROLES),
    _safeguard("a printed DOI counts", f"{ARTICLE}.conflicting_doi:printed_doi_against", "none", ROLES),
    _safeguard("a PubMed ID identifies", f"{ARTICLE}.matching:_by_pmid", "none", "tests/audit/test_pubmed_ids.py"),
    _safeguard("a listed identifier leaves a doubt", f"{AUDIT}.list_lookup:_named", "none", CLASSES),
    _safeguard("a listed title leaves a doubt", f"{AUDIT}.list_lookup:_has_its_title", "no", CLASSES, "title"),
    _safeguard("a notice in front is not the file", f"{AUDIT}.auditor:_has_notice_in_front", "no", CLASSES,
               "behind_a_notice_page"),
    _safeguard("page 1 may be another article", f"{AUDIT}.partly_marked:on_page_1", "none", VOLUMES),
    _safeguard("a whole article is marked whole", f"{AUDIT}.partly_marked:whole_article_at", "no", VOLUMES),
    _safeguard("earlier marks fit the list", f"{AUDIT}.partly_marked:other_articles", "none", VOLUMES),
    _safeguard("rewriting is distinguished from damage", f"{AUDIT}.rewritten_copies:_was_written_by_another", "yes",
               CLASSES, "damaged or changed or signature or restored"),
    _safeguard("a changed file is not replaced", f"{AUDIT}.in_place_marking:_is_unchanged", "yes",
               "tests/audit/test_in_place_marking.py"),
)  # fmt: skip


def take_out(function: str, replaced_by: str) -> None:
    """Replace a function in every module of the package that has it under any name."""
    module, _, path = function.partition(":")
    for one in pkgutil.walk_packages(watermark.__path__, "watermark."):
        if not one.name.endswith("__main__") and one.name != "watermark.hook":
            importlib.import_module(one.name)
    owner: object = importlib.import_module(module)
    *classes, name = path.split(".")
    for part in classes:
        owner = getattr(owner, part)
    real, nothing = getattr(owner, name), NOTHING[replaced_by]
    setattr(owner, name, nothing)
    if isinstance(real, int):
        return  # other limits may be equal
    for one in [held for key, held in sys.modules.items() if key.startswith("watermark")]:
        for key, value in list(vars(one).items()):
            if value is real:
                setattr(one, key, nothing)


def pytest_configure() -> None:
    """Take the safeguard out that the environment names: pytest calls it, when this module is a plugin."""
    if named := os.environ.get(VARIABLE):
        take_out(*named.split(" "))


def is_held(safeguard: Safeguard) -> bool:
    """Return whether a test fails without a safeguard."""
    taken = f"{safeguard.function} {safeguard.replaced_by}"
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "tests.helpers.safeguards", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, safeguard.tests, *(("-k", safeguard.matching) if safeguard.matching else ())],
        cwd=REPOSITORY,
        env=os.environ | {VARIABLE: taken, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode not in {0, 1}:
        raise RuntimeError(f"the tests did not run: {done.stdout[-300:]}{done.stderr[-300:]}")
    return done.returncode == 1


def main(names: list[str]) -> int:
    """Take out the safeguards whose promise or function has one of these names in it, or all."""
    held = 0
    chosen = [one for one in SAFEGUARDS if not names or any(name in f"{one.promise} {one.function}" for name in names)]
    for safeguard in chosen:
        fails = is_held(safeguard)
        held += fails
        sys.stdout.write(f"{'held' if fails else 'NOT HELD'}  {safeguard.promise}: {safeguard.function}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{held} of {len(chosen)} safeguards cannot be taken out unnoticed\n")
    return int(held < len(chosen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

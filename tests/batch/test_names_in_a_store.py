"""An article in a cloud store may have any name that a key can be: it is found, marked and stored under that name."""

import json
import unicodedata
from pathlib import Path

import pytest

from tests.batch.catalogue import Catalogue
from tests.batch.running import batch
from tests.batch.servers import BUCKET, STORES, in_s3, s3_server
from tests.helpers.build import build
from watermark import restore
from watermark.batch.ledger import Ledger
from watermark.batch.storage.object_store import Objects
from watermark.batch.task import copy_key
from watermark.batch.worker import record_key
from watermark.errors import UsageError

NAMES = (
    "two  spaces .pdf",
    " before.pdf",
    "after.pdf ",
    'it\'s "quoted" `x` $(x) %PATH%.pdf',
    "\U0001f4c4\U0001f9ea.pdf",
    unicodedata.normalize("NFD", "Übersicht-é.pdf"),
    "ä-composed.pdf",
    "tab\tand\rreturn.pdf",
    "a%2Fb.pdf",
    "a%20b+c&d=e;f#g?h.pdf",
    "*[x]{y}~|<z>^.pdf",
    "back\\slash.pdf",
    "--overwrite.pdf",
    "\u202egpj.x\u202c אב.pdf",
    "CON.pdf",
    "a:b.pdf",
    "\x01\x7f.pdf",
    "论文/第一/é.pdf",
    "long/" + "a" * 300 + ".pdf",
    "long/" + "é" * 400 + ".pdf",
)
_PUT = (
    "import json; names = json.load(open(args[0]));"
    "[fs.pipe_file(f'{args[1]}/{name}', open(file, 'rb').read()) for name, file in names.items()]"
)
_GET = (
    "import json; [open(f'{args[1]}/{number}.pdf', 'wb').write(fs.cat_file(name))"
    " for number, name in enumerate(json.load(open(args[0])))]"
)


def articles(folder: Path, **peculiarities: object) -> dict[str, str]:
    """Write an article, a notice and a line of the manifest for each name; return the file of each name."""
    files, lines = {}, ["article,notice"]
    for number, name in enumerate(NAMES):
        title = f"The naming of objects in archive {number * 7 + 1}"
        path = folder / f"{number}.pdf"
        path.write_bytes(build(pages=1, title=title, text=(title, "The abstract."), **peculiarities))
        (folder / f"{number}.md").write_text(f"# {title} [Retraction]\n\nWe retract the article: it is wrong.\n")
        written = unicodedata.normalize("NFC", name)
        lines.append('"{}",{}.md'.format(written.replace('"', '""'), number))
        files[name] = str(path)
    (folder / "manifest.csv").write_bytes("\n".join(lines).encode())
    return files


def test_a_store_gives_back_every_name_and_needs_no_such_name_on_this_machine(tmp_path: Path) -> None:
    memory = pytest.importorskip("fsspec.implementations.memory").MemoryFileSystem()
    store = Objects(memory, "/names-in-a-store", "s3://bucket/out")
    for name in (*NAMES, "two\nlines.pdf"):  # the server of the other test takes no newline
        copy = copy_key(name)
        for key in (copy, record_key(copy), record_key(copy, 2)):
            path = store.staging_path(key, tmp_path)
            assert path.name.isascii()
            assert path.name.partition(".")[0] != "CON"
            path.write_bytes(key.encode())
            assert store.publish(key, path).size_bytes == len(key.encode())
            assert store.find(unicodedata.normalize("NFC", key)) == key
            assert store.fetched(key, tmp_path).read_bytes() == key.encode()
        assert store.fetched(record_key(copy), tmp_path) == store.fetched(copy, tmp_path).with_suffix(
            ".retraction.json"
        )
        assert copy in {key for key, _ in store.pdfs()}
    for name in ("x?versionId=3.pdf", "x\udce9.pdf"):
        with pytest.raises(UsageError, match="name"):
            store.look(name)


@pytest.mark.slow
@pytest.mark.skipif(not STORES, reason="needs s3fs and moto")
@pytest.mark.parametrize("pdfa", [None, "2b"])
def test_every_name_comes_out_as_it_went_in(tmp_path: Path, pdfa: str | None) -> None:
    files, given = articles(tmp_path, pdfa=pdfa), ("--ledger", str(tmp_path / "here" / "ledger.sqlite"))
    (tmp_path / "names.json").write_text(json.dumps(files))
    (tmp_path / "here").mkdir()
    (tmp_path / "got").mkdir()
    where = Catalogue(folder=tmp_path, expected={})
    with s3_server(tmp_path) as env:
        in_s3(env, _PUT, str(tmp_path / "names.json"), f"{BUCKET}/articles")
        for done in ("marked", "already done"):
            run = batch(where, f"s3://{BUCKET}/out", *given, articles=f"s3://{BUCKET}/articles", env=env)
            assert (run.returncode, f"{len(NAMES)} {done}" in run.stdout) == (0, True), run.stderr + run.stdout
        with Ledger.opened(tmp_path / "here") as ledger:
            entries = list(ledger.entries())
        assert [entry.article for entry in entries] == [f"s3://{BUCKET}/articles/{name}" for name in NAMES]
        copies = [entry.copy.removeprefix("s3://") for entry in entries]
        (tmp_path / "copies.json").write_text(json.dumps(copies))
        in_s3(env, _GET, str(tmp_path / "copies.json"), str(tmp_path / "got"))
        for entry in entries:
            assert bool(entry.sidecar) == (pdfa is not None)
            assert not entry.sidecar or entry.sidecar == entry.copy.removesuffix(".pdf") + ".retraction.json"
        stored = json.loads(in_s3(env, "import json; print(json.dumps(fs.find(args[0])))", f"{BUCKET}/out"))
        records = [entry.sidecar.removeprefix("s3://") for entry in entries if entry.sidecar]
        assert sorted(stored) == sorted([*copies, *records])
    for number, file in enumerate(files.values()):
        restore(tmp_path / "got" / f"{number}.pdf", tmp_path / "back.pdf", overwrite=True)
        assert (tmp_path / "back.pdf").read_bytes() == Path(file).read_bytes()

"""In a cloud store, what is done is asked after and not fetched again: the store says whether it is the same."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.batch.catalogue import Catalogue, made
from tests.batch.running import batch
from tests.batch.servers import BUCKET, STORES, fetched, in_s3, s3_server
from watermark.batch.ledger import NAME, Ledger

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not STORES, reason="s3fs or moto is not installed")]

ARTICLES, OUT = "articles", "out"
ONE_BIT = "data = bytearray(fs.cat(args[0])); data[len(data) // 2] ^= 1; fs.pipe(args[0], bytes(data))"
IN_PARTS = """
b, k = args[0].split("/", 1); data = fs.cat(args[0]); at = {"Bucket": b, "Key": k}
at["UploadId"] = fs.call_s3("create_multipart_upload", **at)["UploadId"]
tag = fs.call_s3("upload_part", PartNumber=1, Body=data, **at)["ETag"]
fs.call_s3("complete_multipart_upload", MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": tag}]}, **at)
"""


@dataclass(frozen=True, kw_only=True)
class Marking:
    """A catalogue of three undamaged articles in a store, which are marked there again and again."""

    catalogue: Catalogue
    folder: Path
    env: Mapping[str, str]

    def again(self) -> tuple[dict[str, int], list[str]]:
        """Mark it; return how often each row has been marked so far, and the PDFs that were fetched now."""
        fetched(self.folder)
        given = ("--ledger", str(self.folder / NAME), "--json", "-j", "1")
        articles, out = f"s3://{BUCKET}/{ARTICLES}", f"s3://{BUCKET}/{OUT}"
        run = batch(self.catalogue, out, *given, articles=articles, env=self.env)
        assert run.returncode == 0, run.stderr
        attempts = {entry["row"]: entry["attempt"] for entry in map(json.loads, run.stdout.splitlines())}
        return attempts, fetched(self.folder)

    def do(self, script: str, name: str) -> None:
        """Do something with an object."""
        in_s3(self.env, script, f"{BUCKET}/{name}")


@pytest.fixture
def marking(tmp_path: Path) -> Iterator[Marking]:
    catalogue = made(tmp_path / "catalogue", 12, big_bytes=0)
    lines = catalogue.manifest.read_text().splitlines(keepends=True)
    catalogue.manifest.write_text("".join([lines[0], *[line for line in lines if "sound" in line][:3]]))
    with s3_server(tmp_path) as env:
        in_s3(env, "fs.put(args[0], args[1], recursive=True)", str(catalogue.articles), f"{BUCKET}/{ARTICLES}")
        yield Marking(catalogue=catalogue, folder=tmp_path, env=env)


def copy_of(row: str) -> str:
    return f"{OUT}/{row.replace('.pdf', '.retracted.pdf')}"


def test_what_is_the_same_is_not_fetched_and_what_is_not_is_done_again(marking: Marking) -> None:
    rows, read = marking.again()
    assert set(rows.values()) == {1}
    assert read == sorted(f"{ARTICLES}/{row}" for row in rows)
    assert marking.again() == (rows, [])

    first, second, third = rows
    marking.do(ONE_BIT, copy_of(first))
    marking.do("fs.rm(args[0])", copy_of(second))
    rows, read = marking.again()
    assert rows == {first: 2, second: 2, third: 1}
    assert read == sorted([f"{ARTICLES}/{first}", f"{ARTICLES}/{second}", copy_of(first)])

    marking.do("fs.pipe(args[0], fs.cat(args[0]) + b'% one more line\\n')", f"{ARTICLES}/{third}")
    rows, _ = marking.again()
    assert rows == {first: 2, second: 2, third: 2}
    assert marking.again() == (rows, [])


def test_the_same_bytes_under_another_tag_are_read_once_more_and_never_again(marking: Marking) -> None:
    rows, _ = marking.again()
    row = next(iter(rows))
    for name in (f"{ARTICLES}/{row}", copy_of(row)):
        marking.do(IN_PARTS, name)
    assert marking.again() == (rows, sorted([f"{ARTICLES}/{row}", copy_of(row)]))
    assert marking.again() == (rows, [])
    with Ledger.opened(marking.folder) as ledger:
        tags = {entry.row: (entry.article_etag, entry.copy_etag) for entry in ledger.entries()}
    assert all(tag.endswith("-1") for tag in tags[row])

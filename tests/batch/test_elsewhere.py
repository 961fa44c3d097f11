"""The same catalogue with copies in a cloud store, and on a cluster: the same ledger, and the same bytes."""

import signal
import subprocess
from pathlib import Path

import pytest

from tests.batch.catalogue import Catalogue, attempts_in, digests, made
from tests.batch.running import LIMIT, batch, command, environment
from tests.batch.servers import BUCKET, dask_cluster, in_s3, s3_server
from watermark.batch.ledger import NAME

pytestmark = pytest.mark.slow
COUNT = 24


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return made(tmp_path_factory.mktemp("catalogue"), COUNT, big_bytes=20_000_000)


def test_a_cloud_store_holds_the_same_bytes(catalogue: Catalogue, uninterrupted: Path, tmp_path: Path) -> None:
    pytest.importorskip("s3fs")
    pytest.importorskip("moto")
    articles, out = f"s3://{BUCKET}/articles", f"s3://{BUCKET}/out"
    with s3_server(tmp_path) as env:
        in_s3(env, "fs.put(args[0], args[1], recursive=True)", str(catalogue.articles), f"{BUCKET}/articles")
        ledger = tmp_path / "here" / NAME
        given = ("--ledger", str(ledger), *LIMIT)
        run = batch(catalogue, out, *given, articles=articles, env=env)
        assert run.returncode == 4, run.stderr
        in_s3(env, "fs.get(args[0], args[1], recursive=True)", f"{BUCKET}/out", str(tmp_path / "got"))
        assert digests(tmp_path / "got") == digests(uninterrupted)
        assert _in_words(ledger, out, articles) == _in_words(uninterrupted, str(uninterrupted), str(catalogue.articles))
        before = in_s3(env, "print([(k, v['LastModified']) for k, v in fs.find(args[0], detail=True).items()])", BUCKET)
        again = batch(catalogue, out, *given, "--json", articles=articles, env=env)
        assert again.returncode == 4, again.stderr
        after = in_s3(env, "print([(k, v['LastModified']) for k, v in fs.find(args[0], detail=True).items()])", BUCKET)
        assert after == before
        assert [path.name for path in ledger.parent.iterdir() if "scratch" in path.name] == []


def _in_words(ledger: Path, out: str, articles: str) -> list[dict[str, object]]:
    def plain(value: object) -> object:
        return value.replace(articles, "ARTICLES") if isinstance(value, str) else value

    return [{name: plain(value) for name, value in entry.items()} for entry in attempts_in(ledger, out)]


def test_a_cluster_of_processes_gives_the_same_ledger_and_a_killed_worker_costs_only_time(
    catalogue: Catalogue, uninterrupted: Path, tmp_path: Path
) -> None:
    pytest.importorskip("distributed")
    out = tmp_path / "out"
    with dask_cluster(2, tmp_path) as (address, workers):
        arguments = command(catalogue, out, *LIMIT, "--cluster", address, "--json")
        with subprocess.Popen(
            arguments, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            for _ in range(4):
                process.stdout.readline()
            workers[0].send_signal(signal.SIGKILL)
            _, errors = process.communicate(timeout=300)
        assert process.returncode == 4, errors
    assert attempts_in(out, str(out)) == attempts_in(uninterrupted, str(uninterrupted))
    assert digests(out) == digests(uninterrupted)
    assert [path.name for path in out.rglob("*.part")] == []


def test_a_cluster_that_is_not_there_is_reported(catalogue: Catalogue, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    run = batch(catalogue, tmp_path / "out", "--cluster", "tcp://127.0.0.1:9")
    assert run.returncode == 4
    assert "no scheduler answers" in run.stderr

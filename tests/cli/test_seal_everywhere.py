"""Every command that marks can seal, and neither a key nor a password is left anywhere; a project can ask for seals."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from tests.audit.conftest import article, listed
from tests.batch.servers import dask_cluster
from tests.helpers.build import build
from tests.helpers.certificates import Authority, Identity, self_signed
from watermark.cli import main
from watermark.cli.configuration import configuration_of
from watermark.cli.pre_commit import main as hook

PASSWORD = "correct-horse-battery-staple"  # noqa: S105 - of a key that is made for a test
NOTICE = "# Retraction\n\nThe article https://doi.org/10.5555/a has been retracted.\n\nDate: 2024-05-01\n"


@pytest.fixture
def identity(ca: Authority) -> Identity:
    return ca.issued()


@pytest.fixture
def folder(tmp_path: Path, ca: Authority, identity: Identity, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notice.md").write_text(NOTICE)
    (tmp_path / "password.txt").write_text(f"{PASSWORD}\n")
    identity.save(tmp_path / "key.p12", ca.issuer, password=PASSWORD)
    ca.trust_folder(tmp_path / "roots")
    return tmp_path


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(one) for one in arguments])
    return int(ended.value.code or 0)


SEAL = ("--seal", "key.p12", "--seal-password-file", "password.txt")


@pytest.mark.parametrize("command", ["mark-retracted", "hook"])
def test_what_is_marked_in_place_is_sealed(folder: Path, command: str) -> None:
    pdf = article(folder / "a.pdf")
    original, lists = pdf.read_bytes(), ("--retractions", str(listed(folder)))
    status = run(command, pdf, *lists, *SEAL) if command != "hook" else hook(["mark-retracted", *lists, *SEAL, "a.pdf"])
    assert status == 1
    assert run("verify", pdf, "--trust", folder / "roots", "--require-seal") == 0
    assert run("restore", pdf, "-o", folder / "again.pdf") == 0
    assert (folder / "again.pdf").read_bytes() == original


@pytest.mark.parametrize("arguments", [("--certify",), ("--seal", "key.p12", "--seal-level", "b-t")])
def test_options_of_a_seal_that_do_not_fit_together_stop_before_anything_is_marked(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    pdf = article(folder / "a.pdf")
    before = pdf.read_bytes()
    lists = ("--retractions", str(listed(folder)))
    assert run("mark-retracted", pdf, *lists, *arguments) == 2
    assert hook(["mark-retracted", *lists, "a.pdf", *arguments]) == 2
    assert pdf.read_bytes() == before


def test_a_hook_that_only_checks_takes_no_key(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        hook(["marked-are-intact", *SEAL, str(article(folder / "a.pdf"))])
    assert "--seal is only used with mark-retracted" in capsys.readouterr().err


# -------------------------------------------------------------------------------------------------- no secret is left


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc")
def test_no_key_and_no_password_is_in_the_list_of_processes_or_in_what_a_batch_leaves(
    folder: Path, identity: Identity
) -> None:
    (folder / "list.csv").write_text("article,notice\na.pdf,notice.md\nb.pdf,notice.md\n")
    (folder / "articles").mkdir()
    for name in ("a.pdf", "b.pdf"):
        (folder / "articles" / name).write_bytes(build(text="doi:10.5555/a"))
    places = ("--articles", "articles", "--out", "out", "--report", "html", "--report", "jsonl", "--bag", "bag")
    with watched_processes(secrets_of(identity)) as found:
        done = watermark("batch", "list.csv", *places, "-j", "2", *SEAL)
    assert done.returncode == 0, done.stderr
    assert found == []
    assert run("verify", *(folder / "out").glob("*.pdf"), "--trust", folder / "roots", "--require-seal") == 0
    assert left_in(folder, identity) == []
    assert [secret for secret in secrets_of(identity) if secret in done.stdout + done.stderr] == []


@pytest.mark.slow
def test_workers_of_a_cluster_seal_and_get_neither_the_key_nor_the_password(folder: Path, identity: Identity) -> None:
    pytest.importorskip("distributed")
    names = [f"{number}.pdf" for number in range(6)]
    (folder / "list.csv").write_text("article,notice\n" + "".join(f"{name},notice.md\n" for name in names))
    (folder / "articles").mkdir()
    for number, name in enumerate(names):
        (folder / "articles" / name).write_bytes(build(text="doi:10.5555/a", pages=number + 1))
    key = (f"--seal={folder}/key.p12", f"--seal-password-file={folder}/password.txt")
    places = ("--articles", "articles", "--out", "out")
    with dask_cluster(2, folder) as (address, _), watched_processes(secrets_of(identity)) as found:
        done = watermark("batch", "list.csv", *places, "--cluster", address, *key)
    assert done.returncode == 0, done.stderr
    assert found == []
    copies = sorted((folder / "out").glob("*.pdf"))
    assert len(copies) == len(names)
    assert run("verify", *copies, "--trust", folder / "roots", "--require-seal") == 0
    assert left_in(folder, identity) == []


def watermark(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "watermark", *arguments], capture_output=True, check=False)


def secrets_of(identity: Identity) -> list[bytes]:
    """Return the password and the private key, as they might be written."""
    number = identity.key.private_numbers().private_value  # type: ignore[union-attr]
    raw = number.to_bytes(32, "big")
    pem = identity.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return [PASSWORD.encode(), raw, raw.hex().encode(), str(number).encode(), pem.splitlines()[1]]


def left_in(folder: Path, identity: Identity) -> list[Path]:
    """Return the files with a secret in them, other than those that were given."""
    given = {folder / "key.p12", folder / "password.txt"}
    files = (path for path in folder.rglob("*") if path.is_file() and path not in given)
    return [path for path in files if any(secret in path.read_bytes() for secret in secrets_of(identity))]


@contextmanager
def watched_processes(secrets: list[bytes]) -> Iterator[list[str]]:
    """Yield a list of the processes whose arguments or environment hold a secret while the body runs."""
    found, seen, ended = list[str](), set[str](), threading.Event()

    def watch() -> None:
        while not ended.wait(0.01):
            for process in Path("/proc").glob("[0-9]*"):
                for name in ("cmdline", "environ"):
                    try:
                        data = (process / name).read_bytes()
                    except OSError:
                        continue
                    seen.add(process.name)
                    if any(secret in data for secret in secrets):
                        found.append(f"{process.name} {name}")

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield found
    finally:
        time.sleep(0.02)
        ended.set()
        thread.join()
        assert str(os.getpid()) in seen


# --------------------------------------------------------------------------------------------- no address is followed


@pytest.mark.parametrize("options", [(), ("--trust", "roots"), ("--trust", "roots", "--require-seal", "--strict")])
def test_sealing_and_verifying_open_no_connection_to_an_address_in_a_certificate(
    folder: Path, ca: Authority, options: tuple[str, ...]
) -> None:
    with listening() as (url, connections):
        replace(ca, url=url).issued(by="everywhere").save(folder / "key.p12", ca.issuer, password=PASSWORD)
        (folder / "a.pdf").write_bytes(build(text="doi:10.5555/a"))
        assert run("stamp", "a.pdf", "--notice", "notice.md", *SEAL, "-o", "copy.pdf") in {0, 6}
        run("verify", "copy.pdf", *options)
        time.sleep(0.05)
        assert connections == []


def test_only_online_are_the_addresses_in_a_certificate_asked(folder: Path, ca: Authority) -> None:
    with listening() as (url, connections):
        replace(ca, url=url).issued(by="everywhere").save(folder / "key.p12", ca.issuer, password=PASSWORD)
        (folder / "a.pdf").write_bytes(build(text="doi:10.5555/a"))
        run("stamp", "a.pdf", "--notice", "notice.md", *SEAL, "-o", "copy.pdf")
        assert run("verify", "copy.pdf", "--trust", "roots", "--online") == 6
        assert connections != []


@contextmanager
def listening() -> Iterator[tuple[str, list[object]]]:
    """Yield the address of a server that answers nothing, and the list of the connections that it has had."""
    connections = list[object]()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.02)
        ended = threading.Event()

        def accept() -> None:
            while not ended.is_set():
                with suppress(TimeoutError):
                    connection, address = server.accept()
                    connections.append(address)
                    connection.close()

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}", connections
        finally:
            ended.set()
            thread.join()


# ------------------------------------------------------------------------------- a project asks for seals of its roots


@pytest.mark.slow
def test_where_the_configuration_names_roots_a_copy_needs_a_seal_that_leads_to_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copies = {kind: article(folder / f"{kind}.pdf") for kind in ("plain", "sealed", "strange")}
    self_signed("A publisher").save(folder / "strange.p12", password=PASSWORD)
    lists = ("--retractions", str(listed(folder)))
    run("mark-retracted", copies["plain"], *lists)
    run("mark-retracted", copies["sealed"], *lists, *SEAL)
    run("mark-retracted", copies["strange"], *lists, "--seal", "strange.p12", *SEAL[2:])
    (folder / "watermark.toml").write_text('trust = "roots"\n')
    capsys.readouterr()
    assert [run("verify", copies[kind]) for kind in ("plain", "sealed", "strange")] == [5, 0, 5]
    assert f"a seal is required, as {folder / 'watermark.toml'} says" in capsys.readouterr().err
    assert [run("check", copies[kind], *lists) for kind in ("plain", "sealed", "strange")] == [1, 0, 1]
    assert [hook(["marked-are-intact", f"{kind}.pdf"]) for kind in ("plain", "sealed", "strange")] == [1, 0, 1]
    (folder / "empty").mkdir()
    assert run("verify", copies["sealed"], "--trust", folder / "empty") == 2  # the option counts, not the file


def test_the_configuration_of_a_repository_holds_in_its_folders_and_what_is_above_it_is_not_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "watermark.toml").write_text('trust = "roots"\n')
    repository = folder / "repository"
    (repository / "articles").mkdir(parents=True)
    monkeypatch.chdir(repository / "articles")
    assert configuration_of(Path.cwd()).trust == ""
    (repository / ".git").mkdir()
    assert configuration_of(Path.cwd()).trust == ""
    (repository / "watermark.toml").write_text('trust = "system"\n')
    assert configuration_of(Path.cwd()).trust == "system"
    (folder / ".git").mkdir()
    (repository / ".git").rmdir()
    (repository / "watermark.toml").unlink()
    (repository / "pyproject.toml").write_text('[tool.watermark]\ntrust = "own"\n')
    assert configuration_of(Path.cwd()).trust == str(repository / "own")
    (repository / "pyproject.toml").write_text('[project]\nname = "watermark"\n')
    assert configuration_of(Path.cwd()).trust == str(folder / "roots")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("trust = 1", "must name a folder or a file"),
        ('trust = ""', "must name a folder or a file"),
        ('truss = "x"', "“truss” is not a key"),
        ("trust", "is not valid TOML"),
        ("a" + ".a" * 100_000 + " = 1", "too deeply nested"),
        ('trust = "missing"', "cannot be read|holds no certificate"),
    ],
)
def test_a_configuration_that_is_wrong_is_named_and_nothing_verifies(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, reason: str
) -> None:
    pdf = article(folder / "a.pdf")
    (folder / "watermark.toml").write_text(text)
    assert run("verify", pdf) == 2
    assert re.search(reason, capsys.readouterr().err)

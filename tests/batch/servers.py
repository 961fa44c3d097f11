"""An S3 server and a Dask cluster on loopback, each in processes of its own."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from tests.batch.running import SECONDS_FOR_ALL, environment

BUCKET = "catalogue"
SECONDS_TO_START = 60
STORES = bool(find_spec("s3fs") and find_spec("moto"))
"""Whether a store can be had here; to import them all takes half a second, which only the tests that run need."""


def free_port() -> int:
    """Return a local port on which no server listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Return once a server listens on the port."""
    end = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


@contextmanager
def s3_server(folder: Path) -> Iterator[Mapping[str, str]]:
    """Yield the environment in which S3 is a server of this machine, with an empty bucket; its log is in `folder`."""
    port = free_port()
    with (folder / "s3.log").open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log
        )
    env = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "FSSPEC_S3": '{"config_kwargs": {"read_timeout": 600}}',  # moto puts a gigabyte together at its leisure
    }
    try:
        wait_for(port)
        in_s3(env, "fs.mkdir(args[0])", BUCKET)
        yield env
    finally:
        server.kill()
        server.wait()


def fetched(folder: Path) -> list[str]:
    """Return the PDFs whose bytes were asked for since the last time, with the log of the server in `folder`."""
    log = folder / "s3.log"
    lines = log.read_text("utf-8", "replace").splitlines()
    log.write_bytes(b"")  # the server continues to write at the end
    found = (re.search(rf"GET /{BUCKET}/(\S+\.pdf) ", line) for line in lines)
    return sorted(match[1] for match in found if match)


def in_s3(env: Mapping[str, str], script: str, *arguments: str) -> str:
    """Return what a line of Python prints, with `fs` as the store and `args` as the arguments."""
    begin = "import s3fs, sys; fs = s3fs.S3FileSystem(); args = sys.argv[1:]; "
    run = [sys.executable, "-c", begin + script, *arguments]
    env = os.environ | env | {"PYTHONPATH": ""}  # nothing hangs here
    return subprocess.run(run, env=env, capture_output=True, text=True, check=True, timeout=SECONDS_FOR_ALL).stdout


@contextmanager
def dask_cluster(workers: int, folder: Path) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """Yield the address of a scheduler, and its workers: processes of their own, with one thread each."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    log = (folder / "cluster.log").open("wb")
    cli = [sys.executable, "-m", "dask"]
    quiet = {"env": environment(), "stdout": log, "stderr": log, "cwd": folder}
    scheduler = [*cli, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show"]
    worker = [*cli, "worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny", "--local-directory", folder]
    processes = [subprocess.Popen(scheduler, **quiet)]  # type: ignore[call-overload]
    try:
        wait_for(port)
        processes += [subprocess.Popen(worker, **quiet) for _ in range(workers)]  # type: ignore[call-overload]
        _wait_for_workers(address, workers)
        yield address, processes[1:]
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()
        log.close()


def _wait_for_workers(address: str, count: int) -> None:
    script = "import sys, distributed as d; d.Client(sys.argv[1]).wait_for_workers(int(sys.argv[2]), 60)"
    run = [sys.executable, "-c", script, address, str(count)]
    subprocess.run(run, check=True, capture_output=True, timeout=SECONDS_TO_START)

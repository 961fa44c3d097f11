"""Run the commands of a Dockerfile without Docker: `python -m tests.helpers.dockerfile DOCKERFILE SCRATCH ARGUMENT...`.

Each stage gets a virtual environment of its own, and each folder of the image becomes one below SCRATCH. The arguments
are passed to the entry point, in the current folder. What only Docker has (users, layers, no network) is left out.
"""

import os
import shlex
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Yield the keyword and the rest of each instruction, with its lines joined."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        keyword, _, rest = line.partition(" ")
        yield keyword.upper(), rest.strip()


def copied(source: Path, target: Path) -> None:
    """Copy the files of a repository that git knows, which a fresh clone has."""
    files = subprocess.run(["git", "ls-files", "-z"], cwd=source, check=True, capture_output=True).stdout
    for name in filter(None, files.decode().split("\0")):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / name)


def main() -> int:
    dockerfile, scratch, *arguments = sys.argv[1:]
    folder, source = Path(scratch).resolve(), Path(dockerfile).resolve().parents[1]
    stand_ins = folder / "bin"
    stand_ins.mkdir(parents=True)
    (stand_ins / "useradd").write_text("#!/bin/sh\n", encoding="utf-8")
    (stand_ins / "useradd").chmod(0o755)
    environment, entry, stage = dict(os.environ), list[str](), 0
    for keyword, rest in instructions(Path(dockerfile).read_text("utf-8")):
        if keyword == "FROM":
            stage += 1
            venv.create(folder / f"stage{stage}", with_pip=True)
            path = os.pathsep.join([str(folder / f"stage{stage}" / "bin"), str(stand_ins), os.environ["PATH"]])
            environment = {**os.environ, "PATH": path}
        elif keyword == "COPY" and not rest.startswith("--from"):
            copied(source, folder / rest.split()[1].strip("/"))
        elif keyword == "RUN":
            command = rest.replace("/source", str(folder / "source")).replace("/wheels", str(folder / "wheels"))
            sys.stdout.write(f"RUN {command}\n")
            sys.stdout.flush()
            subprocess.run(["bash", "-euc", command], check=True, env=environment)
        elif keyword == "ENTRYPOINT":
            entry = shlex.split(rest.strip("[]").replace(",", " "))
    program = shutil.which(entry[0], path=environment["PATH"])
    assert program is not None
    assert Path(program).is_relative_to(folder), program
    return subprocess.run([program, *entry[1:], *arguments], check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())

"""The options of a seal: how a copy is signed, and how a seal is judged."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from watermark.cli import printable
from watermark.cli.common_options import with_options
from watermark.cli.in_worker_process import asked_password
from watermark.errors import UsageError

if TYPE_CHECKING:
    from watermark.stamping.seal import SealOptions
    from watermark.verification.seal import SealPolicy

SEAL_LEVELS = ("b-b", "b-t", "b-lt", "b-lta")
"""As in the library, which `--help` must not wait for; a test compares them."""


SEAL_GROUP = ("seal", "seal_password_file", "seal_level", "timestamp_url", "seal_trust", "certify")
seal_options = with_options(
    click.option(
        "--seal",
        default="",
        metavar="KEY",
        help="Sign the copy with this key: a PKCS#12 file (.p12), or a PKCS#11 URI of a token.",
    ),
    click.option(
        "--seal-password-file",
        type=click.Path(path_type=Path, readable=False),
        metavar="FILE",
        help="File with the password of the key. If it is left out, you are asked at a terminal.",
    ),
    click.option(
        "--seal-level",
        type=click.Choice(SEAL_LEVELS),
        help="PAdES level of the seal. [default: b-t with a time stamp server, else b-b]",
    ),
    click.option(
        "--timestamp-url",
        default="",
        metavar="URL",
        help="Time stamp server (RFC 3161); needed for b-t, b-lt and b-lta.",
    ),
    click.option(
        "--seal-trust",
        default="",
        metavar="FOLDER|system",
        help="Root certificates that vouch for the key and the time stamp server; needed for b-lt and b-lta.",
    ),
    click.option(
        "--certify", is_flag=True, help="Certify the copy as final: any later change makes the signature invalid."
    ),
)
"""The options that say how a copy is sealed."""

trust_options = with_options(
    click.option(
        "--trust",
        default="",
        metavar="FOLDER|system",
        help="Root certificates that you trust: a folder, a file, or those of the system.",
    ),
    click.option("--require-seal", is_flag=True, help="Fail copies that have no trusted seal."),
    click.option("--online", is_flag=True, help="Ask online whether the certificates of a seal have been revoked."),
)
"""The options that say how a seal is judged."""


def seal_parameters() -> list[click.Option]:
    """Return the options that say how a copy is sealed, for a command that click does not parse."""
    function = seal_options(lambda: None)
    return list(reversed(vars(function)["__click_params__"]))


def seal_from_options(options: dict[str, Any]) -> "SealOptions | None":
    """Return how the copy is to be sealed, or None. Asks for the password at a terminal.

    Raises UsageError for options that do not fit together.
    """
    given = [name for name in ("seal_password_file", "seal_level", "timestamp_url", "seal_trust") if options[name]]
    if not options["seal"]:
        if given or options["certify"]:
            option = "--" + (given or ["certify"])[0].replace("_", "-")
            raise UsageError(f"{option} is only used with --seal", remedy="Name the key with --seal.")
        return None
    from watermark.stamping.seal import SealLevel, SealOptions  # noqa: PLC0415 - see SEAL_LEVELS
    from watermark.stamping.seal.options import check_options  # noqa: PLC0415

    seal = SealOptions(
        key=options["seal"],
        password="" if options["seal_password_file"] else _asked_password(options["seal"]),
        password_file=str(options["seal_password_file"] or ""),
        level=SealLevel(options["seal_level"] or ("b-t" if options["timestamp_url"] else "b-b")),
        timestamp_url=options["timestamp_url"],
        trust=options["seal_trust"],
        certifies=options["certify"],
    )
    check_options(seal)
    return seal


def seal_policy(options: dict[str, Any], *, quiet: bool = False) -> "SealPolicy":
    """Return how the seal of a copy is judged: by the options and, where they name no roots, by the configuration.

    Where that names root certificates, a seal is required; unless `quiet`, this is printed. Raises UsageError.
    """
    from watermark.cli.configuration import configuration_of  # noqa: PLC0415 - the help needs none of it
    from watermark.verification.seal import SealPolicy  # noqa: PLC0415

    trust, is_required = options.get("trust", ""), options.get("require_seal", False)
    if not trust:
        configured = configuration_of(Path.cwd())
        trust, is_required = configured.trust, is_required or bool(configured.trust)
        if trust and not quiet:
            click.echo(printable(f"a seal is required, as {configured.file} says"), err=True)
    return SealPolicy(trust=trust, is_required=is_required, is_online=options.get("online", False))


def with_password(seal: "SealOptions | None") -> "SealOptions | None":
    """Return how a profile seals, with the password of its key: asked for at a terminal where no file is named."""
    if seal is None or seal.password_file or seal.password:
        return seal
    return replace(seal, password=_asked_password(seal.key))


def _asked_password(key: str) -> str:
    return asked_password(Path(key), "Password of the key")

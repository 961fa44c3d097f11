"""What `watermark batch` leaves behind when all is done: reports beside the ledger, and a bag."""

from pathlib import Path
from typing import Any

import click

from watermark.batch.ledger import Ledger
from watermark.batch.manifest import Manifest
from watermark.batch.storage import is_url, whole
from watermark.cli import printable
from watermark.errors import UsageError


def leave_reports(ledger_file: Path, options: dict[str, Any], manifest: Manifest) -> None:
    """Leave the reports that were asked for beside the ledger, and the bag where it shall be."""
    if not (options["forms"] or options["bag"]):
        return
    from watermark.batch.reports import Form, Wish, write_report  # noqa: PLC0415 - and all that it brings along

    forms = [Form(form) for form in dict.fromkeys(options["forms"])]
    passwords = {row.name: row.password for row in manifest.rows() if row.password} if Form.HTML in forms else {}
    wishes = [
        Wish(
            form=form,
            destination=ledger_file.with_name(f"report.{form}"),
            overwrite=True,
            password_of=lambda entry: passwords.get(entry.row, ""),
        )
        for form in forms
    ]
    if options["bag"]:
        wishes.append(Wish(form=Form.BAG, destination=options["bag"]))
    with Ledger.opened(ledger_file) as ledger:
        for wish in wishes:
            written = write_report(ledger, wish)
            if not (options["as_json"] or options["quiet"]):
                click.echo(printable(f"{'bag' if wish.form is Form.BAG else 'report'}: {written.report}"))


def check_bag(options: dict[str, Any]) -> None:
    """Raise UsageError, before anything is done, where no bag can be made; hours later is late."""
    bag: Path | None = options["bag"]
    if bag is None:
        return
    from watermark.runtime.atomic_folder import check_free  # noqa: PLC0415 - and all that it brings along

    check_free(bag)
    if not bag.absolute().parent.is_dir():
        raise UsageError(
            "there is no folder for it", file=str(bag), place="--bag", remedy="Make the folder, or name another."
        )
    out, articles = options["out"], options["articles"]
    if not is_url(out) and Path(whole(out)).resolve().is_relative_to(bag.resolve()):
        raise UsageError(
            "this is the place of the copies", file=str(bag), place="--bag", remedy="Give the bag a folder of its own."
        )
    if not is_url(articles) and bag.resolve().is_relative_to(Path(whole(articles)).resolve()):
        raise UsageError(
            "the copies in the bag would lie among the articles",
            file=str(bag),
            place="--bag",
            remedy="Give a place that is not in the folder of the articles.",
        )

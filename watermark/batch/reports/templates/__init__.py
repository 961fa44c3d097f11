"""The templates of the reports: everything that is put into one is escaped."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from watermark.pdf.xmp.packet import strip_illegal_xml_chars


def _legal(value: object) -> object:
    """Return plain text without characters that XML and HTML do not allow."""
    return strip_illegal_xml_chars(value) if type(value) is str else value


@cache
def template(name: str) -> Template:
    """Return a template of this folder; `<`, `&` and quotes of the values are escaped, in HTML as in XML."""
    environment = Environment(
        loader=PackageLoader("watermark.batch.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_legal,
    )
    return environment.get_template(name)

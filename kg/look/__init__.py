"""How every page looks, and what keeps it safe: one palette, one base template, one policy.

A page of this room is text: Jinja escapes whatever stands in it, it runs no script and asks the network
for nothing. The interactive page (``kg.page``) takes its palette and its policy from here too.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from kg.files import replacing
from kg.look.claims import Links as Links

__all__ = ["HERE", "Links", "encodable", "palette", "policy", "read", "sheet", "write"]

HERE = Path(__file__).parent


def sheet(folder: Path, template: str, **values: Any) -> str:
    """A template of a folder, which extends ``base.html.j2``, as one HTML page without scripts."""
    style = palette() + read(HERE / "sheet.css")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([folder, HERE]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.tests["web"] = _is_web
    page = environment.get_template(template)
    return encodable(page.render(style=Markup(style), policy=policy(style), **values))


def write(html: str, path: str | Path) -> Path:
    """Write a page to a file; an older file stays whole until the new one is complete."""
    target = Path(path)
    with replacing(target, "page") as file:
        file.write(html.encode("utf-8"))
    return target


def palette() -> str:
    """The colours of all pages, light and dark, as custom properties."""
    return read(HERE / "palette.css")


def policy(style: str, scripts: Iterable[str] = ()) -> str:
    """The Content-Security-Policy: exactly our scripts and our style, and nothing from outside."""
    allowed = " ".join(_hash(script) for script in scripts) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def encodable(html: str) -> str:
    """The page without lone surrogates, which texts may hold and no encoding can carry."""
    return html.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def read(path: Path) -> str:
    """A text with plain line ends: browsers hash what they parsed."""
    return path.read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _is_web(address: object) -> bool:
    """Whether an address leads to the web: any other may be a script."""
    return str(address).startswith(("http://", "https://"))

"""Mail (.eml): its text, or the text of its page; subject, date and sender. Attachments are left out."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

from kg.characters import writable
from kg.errors import InputError
from kg.model import Document
from kg.readers.encoding import decode
from kg.readers.html import html_document
from kg.readers.text import checked, unwrapped


def read_mail(path: Path, id: str, source: str) -> Iterator[Document | InputError]:
    """One document: the message."""
    message = email.message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=email.policy.default)
    try:
        document = _document(message, id, source)
    except ValueError as error:
        yield InputError(f"{source}: {error}")
    else:
        yield replace(
            document,
            title=_header(message, "subject") or document.title,
            date=_sent(message) or document.date,
            author=_sender(message) or document.author,
        )


def _document(message: EmailMessage, id: str, source: str) -> Document:
    body = message.get_body(("plain", "html"))
    if body is None or not message.keys():
        raise ValueError("no mail, or one without text")
    data = body.get_payload(decode=True)
    text = decode(data if isinstance(data, bytes) else b"", body.get_content_charset())
    if body.get_content_type() == "text/html":
        return html_document(text, id, source)
    return Document(id, checked(unwrapped(text)), source=source)


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return writable(" ".join(str(value).split())) or None if value else None


def _sender(message: EmailMessage) -> str | None:
    """Who it is from, by name; by address where there is none."""
    names = [name or address for name, address in getaddresses([_header(message, "from") or ""])]
    return "; ".join(name for name in names if name) or None


def _sent(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message["date"])).date().isoformat()
    except (TypeError, ValueError):
        return None

"""What our own script, template and style must never hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg.page
from kg.page import render
from kg.page.html import SCRIPTS
from tests.page.sample import sample

PAGE = Path(kg.page.__file__).parent
SOURCES = sorted(path for path in PAGE.rglob("*") if path.suffix in {".js", ".j2", ".css"})
FORBIDDEN = {
    "markup from strings": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment"
    r"|DOMParser|srcdoc",
    "code from strings": r"\beval\b|\bFunction\s*\(|setTimeout\s*\(\s*[\"'`]|javascript:",
    "inline handlers": r"<[^>]*\son[a-z]+\s*=",
    "inline styles, which the policy refuses": r"<[^>]*\sstyle\s*=|setAttribute\(\s*[\"']style",
    "something from outside": r"https?://(?!www\.w3\.org/2000/svg)|@import|url\(|\bfetch\s*\(|XMLHttpRequest|import\s*\(",
}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_our_sources_hold_nothing_dangerous(path: Path, what: str) -> None:
    assert not re.findall(FORBIDDEN[what], path.read_text(encoding="utf-8"))


def test_every_script_is_on_the_page() -> None:
    assert sorted(path.stem for path in PAGE.glob("js/*.js")) == sorted(SCRIPTS)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_sources_are_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_the_page_keeps_the_licence_of_its_library_and_loads_nothing() -> None:
    html = render(*sample())
    assert "vis.js is dual licensed" in html
    assert "this permission notice shall be included" in html
    assert "sourceMappingURL" not in html
    assert not re.findall(r"<(?:script|img|iframe|link|source)[^>]*\s(?:src|href)\s*=\s*[\"'](?!data:)", html)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe" not in policy[1]

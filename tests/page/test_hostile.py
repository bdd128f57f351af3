"""Whatever the texts hold, in whatever field, is shown as text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from kg.model import Claim, Document, Entity, Evidence, Fact, Literal, Qualifiers
from kg.page import render

PAYLOADS = [
    "<script>window.ran = 1</script>",
    "</script><script>window.ran = 1</script>",
    "<!--<script>",
    "--></script><img src=x onerror=window.ran=1>",
    "<img src=x onerror=window.ran=1>",
    "<svg onload=window.ran=1>",
    "\"><svg/onload=window.ran=1>",
    "' autofocus onfocus='window.ran=1",
    "</noscript><img src=x onerror=window.ran=1>",
    "</title><script>window.ran=1</script>",
    "</style><script>window.ran=1</script>",
    "</textarea><script>window.ran=1</script>",
    "<iframe src='javascript:parent.ran=1'></iframe>",
    "<a href='javascript:window.ran=1'>href</a>",
    "javascript:window.ran=1",
    "{{ 7 * 7 }}{% raw %}",
    "${window.ran=1}",
    "`${window.ran=1}`",
    "');window.ran=1;('",
    "\\\");window.ran=1;//",
    "\u2028window.ran=1\u2029",
    "<link rel=stylesheet href=//example.org/x.css>",
    "<meta http-equiv=refresh content='0;url=//example.org'>",
    "<base href=//example.org/>",
    "<object data=//example.org/x></object>",
    "<video><source onerror=window.ran=1>",
    "<details open ontoggle=window.ran=1>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.ran=1>",
    "__proto__",
    "constructor",
    "\x00\x01\x08\x0b",
    "\ud800 lone \udfff",
    "😀 你好 مرحبا \u202eright to left\u202c",
    "&lt;script&gt;&amp;#60;script>",
    "]]><script>window.ran=1</script>",
    "<img/src=`%00`onerror=window.ran=1>",
    "<svg><script>window.ran=1</script></svg>",
    "<svg><animate onbegin=window.ran=1 attributeName=x>",
    "<svg><a href=javascript:window.ran=1><text>x</text></a></svg>",
    "<body onload=window.ran=1>",
    "<input autofocus onfocus=window.ran=1>",
    "<select autofocus onfocus=window.ran=1>",
    "<textarea autofocus onfocus=window.ran=1>",
    "<marquee onstart=window.ran=1>",
    "<form action=javascript:window.ran=1><button>href</button></form>",
    "<button formaction=javascript:window.ran=1>x</button>",
    "<template><script>window.ran=1</script></template>",
    "<style>@import '//example.org/x.css';*{background:url(//example.org/y)}</style>",
    "<p style='background:url(//example.org/z)'>",
    "<embed src=//example.org/e.swf>",
    "<audio src=x onerror=window.ran=1>",
    "<link rel=preload as=image href=//example.org/i.png>",
    "data:text/html,<script>window.ran=1</script>",
    "vbscript:msgbox(1)",
    "\"};window.ran=1;//",
    "#e=x&no-type=y~z",
    "%3Cscript%3Ewindow.ran%3D1%3C/script%3E",
]  # fmt: skip


def hostile(payload: str, number: int) -> tuple[list[Fact], list[Document]]:
    """Two facts and a document with a payload in every field."""
    p = f"{payload}{number}"
    document = Document(p, p + p, title=p, date=p, source=p)
    subject, target = Entity("x:s" + p, p, "x:t" + p, (p, p + "2")), Entity("x:o" + p, p, "x:u" + p, (p,))
    evidence = Evidence(p, p + p, 0, 2 * len(p), p, 0, len(p))
    said = Qualifiers("asserted", p, p, p, p, p, p, p, p, p, p)
    claim = Claim("x:c" + p, subject, "x:p" + p, target, said, evidence, subject, 0.5, p)
    literal = Literal(p, p, p, currency=p)
    other = replace(claim, object=literal, attributed_to=Entity("x:else" + p, p, p))
    return [Fact(subject, "x:p" + p, target, (claim,)), Fact(subject, "x:q" + p, literal, (other,))], [
        document
    ]


@pytest.mark.parametrize("with_policy", [True, False])
def test_nothing_hostile_runs(watch: Any, with_policy: bool) -> None:
    made = [hostile(payload, number) for number, payload in enumerate(PAYLOADS)]
    facts = [fact for some, _ in made for fact in some]
    documents = [document for _, some in made for document in some]
    html = render(facts, documents, title="".join(PAYLOADS), labels={"x:pnobody": PAYLOADS[0]})
    if not with_policy:
        html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html, count=1)
    window = watch(html)
    page = window.open()
    assert page.evaluate("claimgraph.data.facts.length") == 2 * len(PAYLOADS)
    page.evaluate(
        """() => {
            const { data } = claimgraph;
            const open = (kind, ids) => ids.forEach((id) => claimgraph.go({ kind, id }, { still: true }));
            open("e", data.facts.filter((fact) => fact.object !== undefined).map((fact) => fact.subject));
            open("d", data.documents.map((source) => source.id));
            open("f", data.facts.map((fact) => fact.id).filter((id) => id % 7 === 0));
            claimgraph.go({ kind: "p", id: 0, to: 1 });
            claimgraph.go(null);
        }"""
    )
    assert_inert(page.evaluate("claimgraph.files.picture()"))
    for typed in ("<", "onerror", "'", "{"):
        page.keyboard.press("/")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert page.locator("img, iframe, object, video, base, main a, form").count() == 0
    window.assert_quiet()


def assert_inert(drawing: str) -> None:
    """A drawing of shapes and words: whatever reads it, nothing runs and nothing is loaded."""
    for element in ElementTree.fromstring(drawing).iter():
        assert element.tag.rpartition("}")[2] in {"svg", "rect", "path", "circle", "polygon", "text"}
        assert not [
            name for name in element.attrib if name.startswith("on") or "href" in name or name == "style"
        ]
        assert "url(" not in "".join(element.attrib.values())


def test_text_is_shown_as_it_stands(watch: Any) -> None:
    payload = "<b>bold</b> & 'quoted' 😀"
    facts, documents = hostile(payload, 1)
    page = watch(render(facts, documents, title=payload)).open("#e=" + "x%3As" + "%3Cb%3Ebold")
    assert page.title() == payload
    page.evaluate("claimgraph.go({ kind: 'e', id: 0 })")
    assert page.locator("#card h2").inner_text().strip() == payload + "1"
    assert page.locator("#card mark").first.inner_text() == payload + "1"

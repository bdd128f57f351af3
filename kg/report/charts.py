"""Charts as SVG that stands in a page: drawn by matplotlib, coloured by the page's own palette.

The same figures give the same bytes. Text stays text: it is read aloud, found and copied, and is in the
letters of whoever reads it. Colours are custom properties, so that a chart is dark where the page is.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from markupsafe import Markup

from kg.characters import writable
from kg.errors import KGError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: The width of a drawing in points; at 390 pixels a page shows it about as large.
WIDTH = 345
_LONGEST = 42
_SIZE = 12
# matplotlib wants colours: each stands for a property of the palette, which the drawing names in the end.
_INKS = ("ink", "soft", "faint", "accent", "asserted", "planned", "possible", "denied", "ended")
_COLOURS = {name: f"#0000{number + 1:02x}" for number, name in enumerate(_INKS)}
_STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "font.size": _SIZE,
    "text.parse_math": False,
    "axes.edgecolor": _COLOURS["faint"],
    "xtick.color": _COLOURS["soft"],
    "ytick.color": _COLOURS["soft"],
}


def bars(rows: Sequence[tuple[str, Mapping[str, int]]], name: str, series: Sequence[str] = ()) -> Markup:
    """A horizontal bar for each row under its label, in the given order; its parts are series of the palette.

    ``name`` says what the picture shows, to whoever does not see it.
    """
    figure, axes = _figure(len(rows) * 36 + 2)
    most = max((sum(parts.values()) for _, parts in rows), default=1) or 1
    soft: dict[str, Any] = {"color": _COLOURS["soft"], "size": _SIZE}
    ink: dict[str, Any] = {"color": _COLOURS["ink"], "size": _SIZE, "parse_math": False}
    for place, (label, parts) in enumerate(rows):
        left = 0
        for one in series or ("accent",):
            width = parts.get(one, 0)
            if width:
                axes.barh(place, width, 0.26, left, color=_COLOURS[one])
            left += width
        axes.text(0, place - 0.19, _short(label), va="bottom", **ink)
        axes.text(left + most * 0.015, place, f"{left:,}", va="center", **soft)
    axes.set_xlim(0, most * 1.12)
    axes.set_ylim(len(rows) - 0.75, -0.75)
    axes.set_axis_off()
    return _drawn(figure, name)


def columns(rows: Sequence[tuple[str, int]], name: str, *, edges: bool = False) -> Markup:
    """A column for each row, in the given order; labels that would not fit are left out.

    With ``edges`` a label is where its column begins, as in a histogram; the last row is the end.
    """
    figure, axes = _figure(170)
    from matplotlib.ticker import MaxNLocator

    counts = [count for _, count in (rows[:-1] if edges else rows)]
    axes.bar(range(len(counts)), counts, 0.94 if edges else 0.78, color=_COLOURS["accent"])
    step = max(1, -(-len(rows) * max((len(label) for label, _ in rows), default=1) * 9 // WIDTH))
    shown = range(0, len(rows), step)
    axes.set_xticks([n - 0.5 * edges for n in shown], [rows[n][0] for n in shown])
    axes.set_xlim(-0.6, max(len(counts), 1) - 0.4)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.yaxis.set_major_formatter(lambda count, _: f"{count:,.0f}")
    axes.grid(axis="y", color=_COLOURS["faint"], linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, pad=5)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    return _drawn(figure, name)


def _figure(height: float) -> tuple[Figure, Axes]:
    try:
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine
    except ImportError:
        message = "the charts of a report need matplotlib; install it with: pip install 'claimgraph[report]'"
        raise KGError(message) from None
    with _styled():
        layout = ConstrainedLayoutEngine(w_pad=0.01, h_pad=0.01)
        figure = Figure(figsize=(WIDTH / 72, height / 72), layout=layout)
        return figure, figure.subplots()


def _styled(**more: str) -> AbstractContextManager[None]:
    """Our style on matplotlib's own defaults, whatever the reader's configuration says."""
    import matplotlib as mpl

    settings: Any = {**mpl.rcParamsDefault, **_STYLE, **more}
    return mpl.rc_context(settings)


def _drawn(figure: Figure, name: str) -> Markup:
    """The figure as an element of a page: no ids that change, no styles, no dates."""
    file = io.BytesIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    with _styled(**{"svg.hashsalt": name}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")  # the reader's own has it
        figure.savefig(file, format="svg", transparent=True, metadata=nothing)
    drawing = ElementTree.fromstring(file.getvalue())
    for parent in list(drawing.iter()):
        for child in list(parent):
            if child.tag.rpartition("}")[2] in ("metadata", "style"):
                parent.remove(child)
    for element in drawing.iter():
        element.tag = element.tag.rpartition("}")[2]
        _plain(element)
    drawing.attrib = {"viewBox": drawing.attrib["viewBox"], "role": "img", "aria-label": writable(name)}
    return Markup(ElementTree.tostring(drawing, encoding="unicode"))


def _plain(element: ElementTree.Element) -> None:
    """Styles as attributes, which the policy of a page allows, in the colours of its palette."""
    for rule in element.attrib.pop("style", "").split(";"):
        name, _, value = (part.strip() for part in rule.partition(":"))
        if name and name != "font-family":
            element.set(name, value)
    names = {colour: f"var(--{ink})" for ink, colour in _COLOURS.items()}
    told = {name.rpartition("}")[2]: names.get(value, value) for name, value in element.attrib.items()}
    element.attrib.clear()
    element.attrib.update(told)


def _short(label: str) -> str:
    """The label, cut where it is too long, without what XML cannot hold."""
    text = " ".join(writable(label).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"

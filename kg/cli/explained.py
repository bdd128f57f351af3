"""``kg explain`` on a terminal: colours where there are some, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.cli.display import console, shown

if TYPE_CHECKING:
    from rich.text import Text

    from kg.explain import Explanation, SentenceView
    from kg.model import FrameUse, Proposition

_STYLES = {"said": "green", "rejected": "red", "silent": "yellow"}
_MARKS = {"said": "+", "rejected": "-", "silent": "·"}


def explained(explanation: Explanation) -> None:
    """A document, sentence by sentence."""
    from rich.text import Text

    printer = console()
    printer.print(Text(shown(explanation.document.id), style="bold underline"))
    for view in explanation.sentences:
        printer.print()
        for line in _lines(view):
            line.plain = shown(line.plain)  # of the same length, so that the colours stay where they are
            printer.print(line, soft_wrap=True)
    printer.print()


def _lines(view: SentenceView) -> Iterator[Text]:
    """The sentence, then what it mentions, what it says, and how."""
    from rich.text import Text

    yield Text(view.text, style="bold")
    yield from _mentions(view)
    for proposition in view.propositions:
        yield _proposition(proposition)
        for use in proposition.uses:
            yield _use(use)
    for said in view.said:
        details = ", ".join((said.status, *(f"{name} {value}" for name, value in said.details)))
        how = f"  ({details})  by “{said.trigger}”, {said.construction}"
        relation = (f"{said.subject} —{said.predicate}→ {said.object}", "bold green")
        yield Text.assemble("  = ", relation, how)
    for refused in view.rejections:
        claim = (f"{refused.head} —{refused.predicate}→ {refused.tail}", "red")
        yield Text.assemble("  x ", claim, f"  {refused.reason}")


def _mentions(view: SentenceView) -> Iterator[Text]:
    from rich.text import Text

    for mention in view.mentions:
        kind = mention.type or "of unknown class"
        meant = "" if mention.called == mention.text else f" = {mention.called}"
        how = "" if mention.kind == "name" else f", {mention.kind}"
        yield Text.assemble("  @ ", (mention.text, "cyan"), f"{meant} ({kind}{how})")
    for text in view.unresolved:
        yield Text.assemble("  @ ", (text, "red"), " stands for nothing known")


def _proposition(proposition: Proposition) -> Text:
    from rich.text import Text

    line = Text.assemble("  > ", (proposition.trigger, "bold"), f" ({proposition.kind})")
    for filler in proposition.fillers:
        line.append(f"  {filler.slot}: ", style="dim")
        line.append(filler.text)
        if filler.things and filler.things != (filler.text,):
            line.append(f" = {', '.join(filler.things)}", style="cyan")
    return line.append(f"\n      · {proposition.reason}", style="yellow") if proposition.reason else line


def _use(use: FrameUse) -> Text:
    from rich.text import Text

    reason = f": {use.reason}" if use.reason else ""
    predicate = (use.predicate, _STYLES[use.outcome])
    return Text.assemble(
        f"      {_MARKS[use.outcome]} ", predicate, f" by {use.frame}, {use.construction}{reason}"
    )

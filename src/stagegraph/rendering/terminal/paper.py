"""`Paper`: how wide a terminal is and what it can show; and what prints on it."""

from __future__ import annotations

import codecs
import io
from typing import IO

import attrs
from rich.console import Console, Group, OverflowMethod, RenderableType
from rich.style import Style
from rich.text import Text
from rich.theme import Theme

from stagegraph.rendering.spelling import visible

_LONGEST = 4000

THEME = Theme(
    {
        "builder": "bold",
        "title": "bold",
        "target": "bold green",
        "runs": "bold",
        "only": "bold yellow",
        "skipped": "dim",
        "quiet": "dim",
        "keyword": "cyan",
        "image": "blue",
        "warning": "yellow",
        "failure": "bold red",
    }
)
"""The styles by what they mean; colours of the terminal's own palette only."""


@attrs.frozen
class Paper:
    """A terminal `width` columns wide that writes `encoding`; without `colour`, no style is written at all."""

    width: int = 80
    encoding: str = "utf-8"
    colour: bool = True

    @property
    def unicode(self) -> bool:
        """Whether it shows more than ASCII."""
        return codecs.lookup(self.encoding).name.startswith("utf")

    @property
    def overflow(self) -> OverflowMethod:
        """How a line that is too long ends."""
        return "ellipsis" if self.unicode else "crop"

    def glyph(self, character: str, instead: str) -> str:
        """A character, or what stands for it in ASCII."""
        return character if self.unicode else instead

    def line(self, *parts: str | tuple[str, str]) -> Text:
        """One line of parts, each plain or with a style, cut where the terminal ends."""
        text = Text(no_wrap=True, overflow=self.overflow)
        for part in parts:
            content, style = part if isinstance(part, tuple) else (part, "")
            text.append(visible(content[:_LONGEST]), style=style)
        return text

    def link(self, address: str) -> Style:
        """The style of a word that leads to an address; none where there is no colour, or no address."""
        return Style(link=address, underline=True) if address and self.colour else Style()

    def wrapped(self, content: str) -> Text:
        """A text that goes on on the next line where the terminal ends."""
        return Text(visible(content[:_LONGEST]))

    def console(self, page: IO[str]) -> Console:
        """What prints on `page` as on this paper."""
        return Console(
            file=page,
            width=self.width,
            color_system="standard" if self.colour else None,
            force_terminal=True,
            legacy_windows=False,
            theme=THEME,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def printed(self, *renderables: RenderableType) -> str:
        """The renderables one under the other, as the characters a terminal is sent."""
        written = io.BytesIO()
        page = io.TextIOWrapper(written, self.encoding, errors="backslashreplace", newline="\n")
        # Printed one by one, texts would be joined, and lose where they are cut.
        self.console(page).print(Group(*renderables))
        page.flush()
        return "".join(f"{line.rstrip()}\n" for line in written.getvalue().decode(self.encoding).split("\n")[:-1])

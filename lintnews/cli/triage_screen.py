"""The screen of `lintnews triage --interactive`: a table of groups, a key for each decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Footer, Input

from lintnews.reports.terminal import fit
from lintnews.silencing.grouping import Decision, Group

_MARKS = {"accept": "✓ accept", "allow": "○ allow", "baseline": "… baseline", "": ""}


class Triage(App[Mapping[int, Decision]]):
    """Decisions by the number of the group; nothing where it was left without saving."""

    TITLE = "lintnews triage"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("a", "decide('accept')", "accept"),
        ("l", "decide('allow')", "allow"),
        ("b", "decide('baseline')", "baseline"),
        ("u", "decide('')", "undo"),
        ("s", "save", "save"),
        ("q", "leave", "leave"),
    ]

    def __init__(self, groups: Sequence[Group], reason: str = "") -> None:
        super().__init__()
        self._groups = groups
        self._reason = reason
        self._words: dict[int, str] = {}

    def compose(self) -> ComposeResult:
        """The table, the reason, the keys."""
        yield DataTable(cursor_type="row", zebra_stripes=True)
        yield Input(self._reason, placeholder="why what is allowed is right as it stands; Tab leads here and back", id="reason")
        yield Footer()

    def on_mount(self) -> None:
        """Fill the table; what articles say is text, and nothing else."""
        table = self.query_one(DataTable)
        for name in ("decision", "count", "rule", "text", "examples"):
            table.add_column(name, key=name)
        for number, group in enumerate(self._groups):
            cells = (f"{len(group.findings):,}", group.rule, fit(group.text), fit(", ".join(group.examples)))
            table.add_row(Text(""), *map(Text, cells), key=str(number))
        table.focus()

    def action_decide(self, word: str) -> None:
        """Decide about the group under the cursor, and go on to the next."""
        table = self.query_one(DataTable)
        if not self._groups:
            return
        number = table.cursor_row
        self._words[number] = word
        table.update_cell(str(number), "decision", Text(_MARKS[word]), update_width=True)
        table.move_cursor(row=min(number + 1, len(self._groups) - 1))

    def action_save(self) -> None:
        """End with what was decided; what is allowed needs a reason."""
        reason = self.query_one("#reason", Input).value.strip()
        if "allow" in self._words.values() and not reason:
            self.notify("What is allowed needs a reason.", severity="warning")
            self.query_one("#reason", Input).focus()
            return
        self.exit({number: Decision(word, reason) for number, word in self._words.items() if word})

    def action_leave(self) -> None:
        """End, and nothing is decided."""
        self.exit({})

    def on_input_submitted(self) -> None:
        """Back from the reason to the table."""
        self.query_one(DataTable).focus()


def decide(groups: Sequence[Group], reason: str) -> Mapping[int, Decision]:
    """Let a person decide."""
    return Triage(groups, reason).run() or {}

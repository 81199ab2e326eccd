"""Boosted trees without a library: walked node by node at first, and once asked often enough, compiled to one function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Node = Any
"""A leaf's score, or [figure, limit, the node up to the limit, the node above it]."""

WORTH_COMPILING = 500
"""Rows after which compiling, some 30 milliseconds, has paid."""


class Trees:
    """The sum of the trees for a row of figures, or `settled` where the sum of the `first` trees is below `sure`."""

    def __init__(self, nodes: Sequence[Node], first: int, sure: float, settled: float) -> None:
        self._nodes = nodes
        self._first = first
        self._sure = sure
        self._settled = settled
        self._asked = 0
        self._compiled: Callable[[Sequence[float]], float] | None = None

    def score(self, row: Sequence[float]) -> float:
        """The sum for one row; compiled or not, the same to the last bit."""
        if self._compiled is not None:
            return self._compiled(row)
        self._asked += 1
        if self._asked > WORTH_COMPILING:
            self._compiled = self._compile(len(row))
        total = 0.0
        for number, node in enumerate(self._nodes):
            if number == self._first and total < self._sure:
                return self._settled
            while node.__class__ is list:
                figure, limit, low, high = node
                node = low if row[figure] <= limit else high
            total += node
        return total

    def _compile(self, figures: int) -> Callable[[Sequence[float]], float]:
        names = ", ".join(f"f{number}" for number in range(figures))
        lines = ["def score(row):", f"    {names}, = row", "    total = 0.0"]
        for number, node in enumerate(self._nodes):
            if number == self._first:
                lines.append(f"    if total < {self._sure!r}: return {self._settled!r}")
            lines.append(f"    total += {_expression(node)}")
        made: dict[str, Callable[[Sequence[float]], float]] = {}
        exec(compile("\n".join([*lines, "    return total"]), "<trees>", "exec"), made)  # numbers only, from our own data file
        return made["score"]


def _expression(node: Node) -> str:
    if node.__class__ is not list:
        return repr(float(node))
    figure, limit, low, high = node
    return f"({_expression(low)} if f{int(figure)} <= {float(limit)!r} else {_expression(high)})"

"""Places that repeat one another, joined to clusters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

Place: TypeAlias = tuple[str, int]
"""An article's path and an offset in it."""
MOST_PLACES = 200_000
"""Places that are kept; in what is larger the plot shows what came first."""


class Cluster(NamedTuple):
    """How many places are alike, the start of what stands there, and their articles."""

    size: int
    text: str
    paths: tuple[str, ...]


class Repeats:
    """Joins pairs of places as they come."""

    def __init__(self) -> None:
        self._above: dict[Place, Place] = {}
        self._texts: dict[Place, str] = {}

    def add(self, path: str, alike: Iterable[Sequence[object]]) -> None:
        """Pairs of an article: where, in which article (None for the same) and where the like stands, how it starts."""
        for start, other, other_start, text in alike:
            if len(self._above) >= MOST_PLACES:
                return
            one, two = self._top((path, int(str(start)))), self._top((str(other or path), int(str(other_start))))
            self._texts.setdefault((path, int(str(start))), str(text))
            if one != two:
                self._above[max(one, two)] = min(one, two)

    def clusters(self) -> list[Cluster]:
        """All clusters, the largest first."""
        members: dict[Place, list[Place]] = {}
        for place in sorted(self._above):
            members.setdefault(self._top(place), []).append(place)
        found = []
        for places in members.values():
            text = next((self._texts[place] for place in places if place in self._texts), "")
            found.append(Cluster(len(places), text, tuple(dict.fromkeys(path for path, _ in places))))
        return sorted((cluster for cluster in found if cluster.size > 1), key=lambda cluster: (-cluster.size, cluster.paths))

    def _top(self, place: Place) -> Place:
        top = self._above.setdefault(place, place)
        while self._above[top] != top:
            top = self._above[top]
        self._above[place] = top
        return top

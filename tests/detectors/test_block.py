"""Of blocks, what several signs show together is found, and what recurs between paragraphs is not."""

from lintnews.detectors.block import BlockDetector
from lintnews.document import Document

PROSE = "The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on."


def found(detector: BlockDetector, *lines: str) -> list[str]:
    document = Document("\n\n".join(lines))
    return [document.text[f.start : f.end] for f in detector.find(document)]


def test_fewer_signs_than_asked_for_are_none() -> None:
    plea = BlockDetector(patterns=("(?i)support",), signs=(r"\byou\b", r"\bour\b", r"\$\d"), least=3)
    assert found(plea, "You support our work?", "Will you support our work for $5?") == ["Will you support our work for $5?"]


def test_what_recurs_between_paragraphs_belongs_to_the_items_of_a_list() -> None:
    byline = BlockDetector(patterns=("^Published by ",), most_between=1)
    line = "Published by Brass Button"
    assert found(byline, line, PROSE, line, PROSE) == [line, line]
    assert found(byline, line, PROSE, line, PROSE, line, PROSE) == [line]


def test_running_text_that_only_quotes_the_wording_is_left_alone() -> None:
    notice = BlockDetector(patterns=("(?i)all rights reserved",))
    assert found(notice, f'{PROSE} Nothing of it was lost but "All rights reserved." and two headings of the page.') == []
    assert found(notice, f"{PROSE} All rights reserved.") == [f"{PROSE} All rights reserved."]

"""Text to blocks, zones, sentences and speech."""

from lintnews.document import Document, PageTitle
from lintnews.document.blocks import kind_of

PROSE = "The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on."
WRAPPED = """\
River town loses its last mill

The second dry summer in a row has emptied the silos along
the river, and millers say that they can't go on. Bread may
cost more by spring.

Two mills have announced cuts, and a third is for sale, the
guild said.

- Prices: bread may cost more by
spring.
"""


def shapes(text: str, **options: str) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in Document(text, **options).blocks]  # type: ignore[arg-type]


def test_one_paragraph_a_line() -> None:
    lines = ["River town loses its last mill", PROSE, "What comes next?", PROSE, "- an item", "2. an item", "Photo: A. Duarte"]
    text = "\n".join(lines)
    assert [kind for kind, _ in shapes(text)] == ["heading", "paragraph", "heading", "paragraph", "item", "item", "line"]


def test_hard_wrapped_lines_are_joined_at_their_spans() -> None:
    document = Document(WRAPPED)
    texts = [b.text for b in document.blocks]
    assert len(texts) == 4 or len(texts) == 5
    assert texts[1].endswith("Bread may cost more by spring.")
    assert texts[2].endswith("the guild said.")
    for block in document.blocks:
        assert document.text[block.start : block.end].replace("\n", " ") == block.text


def test_short_lines_are_not_taken_for_wrapped_text() -> None:
    poem = "The mill is still\nthe wheel is dry\nthe swallows fill\nan empty sky\n"
    assert len(Document(poem).blocks) == 4


def test_offsets_are_code_points_under_any_newline() -> None:
    for newline in ("\n", "\r\n", "\r"):
        text = newline.join(["Ein Müller 🌾", "", f"  {PROSE}  ", "Ende"])
        document = Document(text)
        assert [document.text[b.start : b.end] for b in document.blocks] == ["Ein Müller 🌾", PROSE, "Ende"]
        assert [b.gap for b in document.blocks] == [0, 1, 0]
        assert document.position(document.blocks[1].start) == (3, 3)


def test_zones() -> None:
    document = Document(f"By Ana Duarte\n{PROSE}\nAdvertisement\n{PROSE}\nShare this\n")
    assert [document.zone(b) for b in document.blocks] == ["head", "body", "between", "body", "tail"]


def test_zones_without_prose() -> None:
    document = Document("Share this\nTweet this")
    assert [document.zone(b) for b in document.blocks] == ["head", "head"]


def test_headline_is_the_longest_line_above_the_prose() -> None:
    document = Document(f"News\nRiver town loses its last mill after two centuries\nBy Ana Duarte\n{PROSE}")
    assert document.headline is not None
    assert document.headline.text.startswith("River town")


def test_sentences_end_neither_at_abbreviations_nor_at_initials() -> None:
    text = "Dr. J. Smith of the U.S. Army left on Aug. 5. He came back. “Good!” she said. It cost $3.50 then."
    document = Document(text)
    assert [text[a:b] for a, b in document.sentences(document.blocks[0])] == [
        "Dr. J. Smith of the U.S. Army left on Aug. 5.",
        "He came back.",
        "“Good!” she said.",
        "It cost $3.50 then.",
    ]


def test_words_keep_inner_apostrophes_and_hyphens() -> None:
    document = Document("The mill's state-run owner can’t pay.")
    words = [document.text[a:b] for a, b in document.words(document.blocks[0])]
    assert words == ["The", "mill's", "state-run", "owner", "can’t", "pay"]


def test_direct_speech_is_known() -> None:
    text = 'She said: “We can’t go on,” and left. "Why?" he asked.\n“It went on\nand ended.'
    document = Document(text)
    assert document.in_speech(text.index("We can"))
    assert not document.in_speech(text.index("and left"))
    assert document.in_speech(text.index("Why"))
    assert not document.in_speech(text.index("and ended"))


def test_markdown_blocks() -> None:
    text = f"""---
title: A mill
---

# River town *loses* its mill

{PROSE}
It goes on
here.

> A quotation

- one
- two
  - three

1. first

```
By Ana Duarte
```
"""
    assert shapes(text, markup="markdown") == [
        ("front-matter", "--- title: A mill ---"),
        ("heading", "River town *loses* its mill"),
        ("paragraph", f"{PROSE} It goes on here."),
        ("quote", "A quotation"),
        ("item", "one"),
        ("item", "two"),
        ("item", "three"),
        ("item", "first"),
        ("code", "``` By Ana Duarte ```"),
    ]


def test_markdown_with_any_newline() -> None:
    for newline in ("\n", "\r\n", "\r"):
        text = newline.join(["# River town", "", PROSE, "", "- one", "- two"])
        document = Document(text, markup="markdown")
        assert [text[b.start : b.end] for b in document.blocks] == ["River town", PROSE, "one", "two"]


def test_a_huge_line_is_one_block() -> None:
    text = "mill " * 2_000_000
    assert len(Document(text).blocks) == 1


def test_kind_of() -> None:
    assert kind_of("– Not so fast") == "item"
    assert kind_of("1999 was dry.") == "paragraph"
    assert kind_of("He left (at last.)") == "paragraph"


def test_notes_and_shortcodes_are_not_for_rules() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |"
    paragraphs = [PROSE, "[^1]: The guild.", '{{< figure src="mill.jpg" >}}', "{% youtube x %}", table]
    document = Document("\n\n".join(paragraphs), markup="markdown")
    assert [block.is_text for block in document.blocks] == [True, False, False, False, False]


def test_emphasis_of_a_whole_block_is_a_mark_like_others() -> None:
    text = "*By Ana Duarte*\n\n**Related stories**\n\n*One* and *two*\n\n_a_b_\n"
    assert [b.text for b in Document(text, markup="markdown").blocks] == [
        "By Ana Duarte",
        "Related stories",
        "*One* and *two*",
        "_a_b_",
    ]


def test_fields_on_top_of_plain_text_are_one_block() -> None:
    for fields in ("---\ntitle: Mill\nauthor: Ana\n---\n\n", "---\n# draft\ntags:\n  - a\n---\n", "+++\ntitle = 'Mill'\n+++\n"):
        text = f"{fields}Mill closes\n{PROSE}\n"
        document = Document(text)
        assert [block.kind for block in document.blocks] == ["front-matter", "heading", "paragraph"]
        assert document.text_blocks == document.blocks[1:]
        assert [text[b.start : b.end].split("\n")[0] for b in document.blocks[1:]] == ["Mill closes", PROSE]


def test_a_rule_of_dashes_is_no_front_matter() -> None:
    assert [b.kind for b in Document(f"---\n{PROSE}\n---\n{PROSE}\n").blocks].count("front-matter") == 0


def test_the_first_heading_of_markdown_is_the_headline_however_short() -> None:
    document = Document("# Our articles\n\nSign up for our newsletter!\n\nRun `make` first.\n", markup="markdown")
    assert document.headline is document.blocks[0]


def test_a_page_s_title_is_the_headline_where_it_stands() -> None:
    prose = "It had stood by the river for eighty years. " * 6
    text = f"A long line that looks like a headline, more so than the other\n\nMill Closes\n\n{prose}"
    plain, titled = Document(text), Document(text, known=(PageTitle("Mill closes"),))
    assert plain.headline is plain.blocks[0]
    assert titled.headline is titled.blocks[1]
    other = Document(text, known=(PageTitle("Not here"),))
    assert other.headline is other.blocks[0]

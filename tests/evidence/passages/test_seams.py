"""Where a passage may begin, what may follow it, and what stands in a quotation."""

from lintnews.evidence.passages.seams import beginnings, goes_on, is_quoted


def starts(text: str, phrase: str) -> list[str]:
    return [text[at : at + 12] for at in beginnings(text, text.index(phrase))]


def test_a_sentence_begins_behind_a_full_stop_or_is_glued_to_it() -> None:
    assert starts("It passed. Share this article", "Share")[-1] == "Share this a"
    assert starts("It passed.Share this article", "Share")[-1] == "Share this a"
    assert starts("“It passed.”Share this article", "Share")[-1] == "Share this a"


def test_an_initial_ends_no_sentence() -> None:
    assert starts("It passed. Eliott C. Berg contributed", "contributed")[-1] == "Eliott C. Be"


def test_a_phrase_amid_a_sentence_begins_none() -> None:
    assert starts("It passed. They share this article", "share") == ["It passed. T", "They share t"]


def test_what_follows() -> None:
    text = "ADVERTISEMENT rates rose"
    assert not goes_on(text, 13, surely=False)
    assert goes_on("ADVERTISEMENT Rates rose", 13, surely=False)
    assert not goes_on("ADVERTISEMENT Rates rose", 13, surely=True)
    assert goes_on("ADVERTISEMENT The rates", 13, surely=True)
    assert goes_on("ADVERTISEMENT", 13, surely=True)


def quoted(text: str) -> bool:
    at = text.index("[")
    return is_quoted(text.replace("[", "").replace("]", ""), at, text.index("]") - 1)


def test_speech_is_told_from_what_stands_beside_it() -> None:
    assert quoted("He said: “We met. [Follow us.] We left.” Then he went.")
    assert quoted('He said: "We met. [Follow us.] We left." Then he went.')
    assert not quoted("“We met,” he said. [Follow us.] “We left.”")
    assert not quoted('"We met," he said. [Follow us.] "We left."')
    assert not quoted("“We met. [Follow us.] “And we left.”"), "between two paragraphs of one quotation"

"""The line model: what it takes for the article, how it weighs a rule, how its sums are packed."""

from lintnews.document import Document
from lintnews.evidence.linemodel.figures import FIGURES, GROUPS
from lintnews.evidence.linemodel.model import MODEL, boilerplate_shares, load, reasons, weigh
from lintnews.evidence.linemodel.trees import Trees
from lintnews.evidence.linemodel.wording import packed

PROSE = "The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on."
PAGE = Document(
    f"Home\nNews\nSport\n\nRiver town loses its last mill\n\n{PROSE}\n\n{PROSE}\n\nShare this article\nFacebook\nTwitter"
)


def test_furniture_is_told_from_the_article() -> None:
    by_text = {block.text: share for block, share in zip(PAGE.blocks, boilerplate_shares(PAGE), strict=True)}
    assert min(by_text["Home"], by_text["Facebook"], by_text["Twitter"]) > 0.9
    assert by_text[PROSE] < 0.1


def test_a_text_of_prose_is_not_looked_at() -> None:
    assert set(boilerplate_shares(Document(f"{PROSE}\n\n{PROSE}"))) == {0.05}
    assert boilerplate_shares(Document("")) == []


def test_a_rule_is_weighed_by_what_stands_there() -> None:
    menu, prose = PAGE.blocks[0], PAGE.blocks[4]
    assert weigh(PAGE, menu.start, menu.end, 0.9) > 0.9 > weigh(PAGE, prose.start, prose.end, 0.9)
    assert weigh(PAGE, prose.start + 4, prose.end - 4, 0.9) == 0.9, "inside a block the rule stands alone"


def test_reasons_are_plain_words() -> None:
    assert reasons(PAGE, PAGE.blocks[-1]).startswith("worded like a menu or button (“twitter”), stands ")


def test_scores_add_up_in_one_number() -> None:
    assert packed([3, -2]) + packed([-5, 7]) == packed([-2, 5])


def test_every_figure_has_a_name_of_its_own() -> None:
    assert len(FIGURES) == len(set(FIGURES)) == sum(len(group._fields) for group in GROUPS) == 97


def test_the_model_is_read_once() -> None:
    assert load(MODEL) is load(MODEL)


def test_a_document_may_bring_a_model_along() -> None:
    blind = load(MODEL)._replace(trees=Trees([-9.0], 1, 0.0, -9.0))
    assert max(Document(PAGE.text, known=(blind,)).evidence(boilerplate_shares)) < 0.06


def test_compiled_trees_score_the_same_to_the_last_bit() -> None:
    trees = [[0, 0.5, 0.1, [1, 2.5, -0.3, 0.7]], [1, -1.0, 1e-9, 0.2], 0.3, [0, 7.0, [1, 0.0, -2.5, 0.1], 1.5]]
    rows = [[a / 3, b / 7] for a in range(-5, 30) for b in range(-20, 30)]
    walked = [Trees(trees, 2, -0.1, -4.0).score(row) for row in rows]
    many = Trees(trees, 2, -0.1, -4.0)
    assert [many.score(row) for row in rows] == walked
    assert many._compiled is not None

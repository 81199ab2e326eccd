"""What holds for an alphabet holds in every script: words, sentences, running text; and nothing of an article is lost."""

from pathlib import Path

import pytest

import lintnews
from lintnews.document import Document
from lintnews.document.scripts import ends_sentence, is_long, words

ARTICLES = [
    text.strip().split("\n", 1)
    for text in (Path(__file__).parents[1] / "cases" / "languages.txt").read_text(encoding="utf-8").split("====\n")
]


@pytest.mark.parametrize(("language", "article"), ARTICLES, ids=[language for language, _ in ARTICLES])
def test_an_article_in_any_language_stays_whole(language: str, article: str) -> None:
    for text in (article, article.replace("\n", "\n\n"), article + "\n\n" + "".join(article.split("\n")[1:])):
        assert lintnews.clean(text).text == text, language


@pytest.mark.parametrize(("language", "article"), ARTICLES, ids=[language for language, _ in ARTICLES])
def test_running_text_is_told_in_any_language(language: str, article: str) -> None:
    document = Document(article)
    assert document.blocks[1].is_prose, language
    assert document.headline is document.blocks[0]
    lines = [block for block in document.blocks[1:] if block.kind == "line"]
    assert not lines or language in ("Thai", "Lao", "Tibetan")  # they have no full stop


def test_pieces_of_a_script_without_spaces_count_as_words() -> None:
    assert words("Share This, now") == ["share", "this,", "now"]
    assert words("磨坊主说，他 left") == ["磨坊", "主说，", "他", "left"]
    assert len(words("สหกรณ์เตือนมาตั้งแต่เดือนพฤษภาคม")) == 7
    assert words("조합은 오월부터 경고했다.") == ["조합은", "오월부터", "경고했다."]


def test_a_chinese_character_says_as_much_as_three_letters() -> None:
    assert is_long("字" * 27, 80)
    assert not is_long("字" * 26, 80)
    assert is_long("x" * 80, 80)
    assert not is_long("é" * 79, 80)


@pytest.mark.parametrize(
    "text", ["走了。", "「走った。」", "क्या?", "चला गया।", "رحل؟", "گئے۔", "գնաց։", "ሄደ።", "Πού;", "Gone (he said.)"]
)
def test_a_sentence_ends_with_the_full_stop_of_its_script(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["磨坊关闭", "Mill closes", "first; second;", "โรงสี", "رحل،"])
def test_a_line_without_a_full_stop_ends_no_sentence(text: str) -> None:
    assert not ends_sentence(text)


def test_sentences_part_in_every_script() -> None:
    for text, expected in {
        "磨坊关了。居民不满！镇里怎么办？": ["磨坊关了。", "居民不满！", "镇里怎么办？"],
        "「粉がない。」と言った。町は断った。": ["「粉がない。」と言った。", "町は断った。"],
        "चक्की बंद हुई। लोग नाराज़ हैं।": ["चक्की बंद हुई।", "लोग नाराज़ हैं।"],
        "أغلقت المطحنة. فماذا بعد؟ لا أحد يعرف.": ["أغلقت المطحنة.", "فماذا بعد؟", "لا أحد يعرف."],
    }.items():
        document = Document(text)
        assert [text[a:b] for a, b in document.sentences(document.blocks[0])] == expected


def test_wrapped_lines_are_joined_where_there_are_no_capitals() -> None:
    lines = [
        "أفرغ جفاف العامين الماضيين صوامع الحبوب على",
        "ضفة النهر وقال أصحاب المطاحن إنهم لا يستطيعون",
        "الاستمرار في العمل أكثر من ذلك بعد اليوم وهم",
        "يطلبون العون.",
    ]
    assert len(Document("\n".join(lines)).blocks) == 1

import pytest

from sitegen.text.language import direction, normal_tag


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en", "en"),
        ("pt_br", "pt-BR"),
        ("ZH-hant-TW", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de-1996", "de-1996"),
        ("english", ""),
        ("e", ""),
        ("", ""),
    ],
)
def test_language_tags_have_one_spelling(text: str, tag: str) -> None:
    assert normal_tag(text) == tag


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("az-Arab", "rtl"), ("ar-Latn", "ltr"), ("fa_IR", "rtl")],
)
def test_the_direction_follows_the_script(tag: str, expected: str) -> None:
    assert direction(tag) == expected

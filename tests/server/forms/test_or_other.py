"""What `or_other` adds is said in Vietnamese where the form speaks it."""

from server.forms.sources import compile_source

SPOKEN = (
    "| survey |\n| | type | name | label::Tiếng Việt (vi) | label::English (en) |\n"
    "| | {kind} | a | Cây | Plant |\n"
    "| choices |\n| | list_name | name | label::Tiếng Việt (vi) | label::English (en) |\n"
    "| | c | x | Chè | Tea |\n| | c | y | Y | Other |\n"
)


def test_other_choice_and_its_question_are_said_in_both_languages() -> None:
    made = compile_source(SPOKEN.format(kind="select_one c or_other").encode(), "f.md", {})
    instance = made.definition.instances["c"]
    assert instance.columns is not None
    assert instance.values is not None
    labels = instance.values[instance.columns.index("label")]
    assert labels[-1] == {"vi": "Khác", "en": "Other"}
    assert labels[1] == {"vi": "Y", "en": "Other"}
    asked = made.definition.body[1]
    assert asked.label == {"vi": "Khác là gì? Xin ghi rõ.", "en": "Specify other."}


def test_form_without_or_other_or_without_languages_keeps_its_words() -> None:
    made = compile_source(SPOKEN.format(kind="select_one c").encode(), "f.md", {})
    assert len(made.definition.body) == 1
    plain = (
        "| survey |\n| | type | name | label |\n| | select_one c or_other | a | A |\n"
        "| choices |\n| | list_name | name | label |\n| | c | x | X |\n"
    )
    made = compile_source(plain.encode(), "f.md", {})
    assert made.definition.body[1].label == "Specify other."

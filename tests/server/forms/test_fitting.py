"""Patterns of forms: what fits is what Python says fits, and no text stalls whoever asks."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.forms.ambiguity import is_ambiguous
from server.forms.fitting import doubt, pattern
from server.forms.linear import finder
from server.forms.patterns import PatternUnread, read
from server.forms.values import EvaluationFault

SINGLES = st.sampled_from(
    [
        "a",
        "b",
        "c",
        ".",
        "[ab]",
        "[^a]",
        r"\d",
        r"\w",
        r"\s",
        "^",
        "$",
        "ỹ",
        "[à-ỹ]",
        r"\.",
        "",
        "{",
    ]
)
SIGNS = ["", "*", "+", "?", "{2}", "{1,3}", "{2,}", "+?"]


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    grouped = inner.map(lambda part: f"(?:{part})")
    return st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda parts: f"({parts[0]}|{parts[1]})"),
        st.tuples(grouped, st.sampled_from(SIGNS)).map("".join),
    )


PATTERNS = st.recursive(SINGLES, _grown, max_leaves=8)
TEXTS = st.text("abcỹà1 .\n{", max_size=12)


@given(PATTERNS, TEXTS)
def test_following_all_ways_at_once_finds_what_trying_each_finds(source: str, text: str) -> None:
    wanted = re.search(re.sub(r"\$", r"\\Z", source), text, re.ASCII) is not None
    assert finder(read(source))(text) is wanted


@pytest.mark.parametrize(
    "source",
    [
        "(a+)+$",
        "(a|a)*b",
        "(a*)*b",
        "(a?b?)*c",
        "([a-z]+ ?)+$",
        "([a-z]|[m-p])+$",
        r"(\w+\s?){1,10}!",
        "(x+x+)+y",
        "(a|ba|ab)*c",
        "(?=(a+)+b)c",
    ],
)
def test_loop_that_doubles_its_ways_is_found(source: str) -> None:
    assert is_ambiguous(read(source))
    assert doubt(source) == ("slow", 0)


@pytest.mark.parametrize(
    "source",
    [
        "^([a-z]+ )*[a-z]+$",
        "^(a|b)+$",
        "^(a|ab)+$",
        "(a?)*",
        r"^(0|\+84)[35789][0-9]{8}$",
        r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$",
        r"^(\d{1,3}\.){3}\d{1,3}$",
        "((a|b)*c)*",
        "^.{0,5000}$",
    ],
)
def test_what_only_looks_like_it_is_left_alone(source: str) -> None:
    assert doubt(source) == ("", 0)


@pytest.mark.parametrize(
    ("source", "why", "longest"),
    [
        (r"^(?=.*[A-Z])(?=.*\d).{8,}$", "short", 256),
        (r"^(\w)\1$", "short", 262144),
        ("^(?=([a-z]+ )*x)", "unbounded", 0),
        ("(?i)a", "unbounded", 0),
        ("a{,5}", "unbounded", 0),
        ("[]a]", "unbounded", 0),
    ],
)
def test_what_cannot_be_followed_is_told(source: str, why: str, longest: int) -> None:
    assert doubt(source) == (why, longest)
    if longest:
        assert pattern(source).longest == longest


@pytest.mark.parametrize(
    ("source", "text", "wanted"),
    [
        ("(a+)+$", "a" * 100_000 + "b", False),
        ("(a+)+$", "b" + "a" * 100_000, True),
        ("[0-9]+x$", "1" * 100_000, False),
        (".*.*.*=.*", "x" * 100_000, False),
        ("(a|b)*a(a|b){12}c$", "ab" * 50_000, False),
        (r"(?=.*x).*y.*z", "y" * 100_000, False),
        (r"(a*)(a*)(a*)(a*)(a*)\1b", "a" * 10_000, False),
        ("(a?){30}a{30}$", "a" * 29, False),
    ],
    ids=lambda part: part[:20] if isinstance(part, str) else "",
)
def test_no_text_stalls(source: str, text: str, wanted: bool) -> None:
    began = time.process_time()
    assert pattern(source).fits(text) is wanted
    assert time.process_time() - began < 1


def test_text_longer_than_a_pattern_can_be_bounded_for_does_not_fit() -> None:
    password = pattern(r"^(?=.*[A-Z])(?=.*\d).{8,}$")
    assert password.fits("Abcdefg1")
    assert password.fits("A1" * 128)
    assert not password.fits("A1" * 129)


def test_dollar_is_the_very_end_and_letters_are_ascii() -> None:
    assert not pattern("^a$").fits("a\n")
    assert not pattern(r"^\w$").fits("à")
    assert pattern("(?<ten>a)$").fits("a")


@pytest.mark.parametrize("source", ["(", "[", "a**", "(?<n>"])
def test_pattern_that_says_nothing_is_an_error(source: str) -> None:
    with pytest.raises(EvaluationFault):
        pattern(source)


@pytest.mark.parametrize("source", ["a{1}{2}{3}+", r"\q", "(?>a)", "(?P=n)"])
def test_what_is_not_read_is_said_so(source: str) -> None:
    with pytest.raises(PatternUnread):
        read(source)


def test_half_a_letter_in_a_text_stalls_and_breaks_nothing() -> None:
    assert pattern("^a.b$").fits("a\ud83db")
    assert not pattern("^[a-z]+$").fits("a\ud83db")

import pytest

from server.forms.grammar import MAX_DEPTH, ExpressionFault, parse


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("1 + 2 * 3", ["+", 1, ["*", 2, 3]]),
        ("(1 + 2) * 3", ["*", ["+", 1, 2], 3]),
        ("1 - 2 - 3", ["-", ["-", 1, 2], 3]),
        ("-2 * 3", ["*", ["neg", 2], 3]),
        ("6 * - 7", ["*", 6, ["neg", 7]]),
        ("1 = 2 != 3", ["!=", ["=", 1, 2], 3]),
        ("a < 1 = 2", ["=", ["<", ["path", ".", ["child", "a"]], 1], 2]),
        ("1 or 2 or 3 and 4", ["or", 1, 2, ["and", 3, 4]]),
        ('"it\'s"', "it's"),
        (".5", 0.5),
        ("7.", 7),
        (".", ["."]),
        ("..", ["path", ".", ["parent", "node()"]]),
        ("/", ["path", "/"]),
        ("//a", ["path", "/", ["descendant-or-self", "node()"], ["child", "a"]]),
        ("@id", ["path", ".", ["attribute", "id"]]),
        ("f()", ["f"]),
        ("jr:choice-name(a, 'b')", ["jr:choice-name", ["path", ".", ["child", "a"]], "b"]),
        ("current()/../a", ["path", ["current"], ["parent", "node()"], ["child", "a"]]),
        ("instance('x')/root", ["path", ["instance", "x"], ["child", "root"]]),
        ("(a)[2]", ["filter", ["path", ".", ["child", "a"]], 2]),
        ("a[1]/b", ["path", ".", ["child", "a", 1], ["child", "b"]]),
        ("a | b", ["|", ["path", ".", ["child", "a"]], ["path", ".", ["child", "b"]]]),
        ("text()", ["path", ".", ["child", "text()"]]),
        ("ancestor::x", ["path", ".", ["ancestor", "x"]]),
        ("orx:meta/orx:*", ["path", ".", ["child", "orx:meta"], ["child", "orx:*"]]),
        ("/dữ_liệu/họ", ["path", "/", ["child", "dữ_liệu"], ["child", "họ"]]),
    ],
)
def test_text_becomes_its_tree(text: str, tree: object) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("../if", "path"),
        ("a-b", "path"),
        ("div div mod", "div"),
        ("3mod4", "mod"),
        ("6andpath", "and"),
        ("* * *", "*"),
        ("or or and", "or"),
        ("a -b", "-"),
    ],
)
def test_names_that_look_like_operators_are_told_by_their_place(text: str, head: str) -> None:
    tree = parse(text)
    assert isinstance(tree, list)
    assert tree[0] == head


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 1),
        ("if(1,", 6),
        ("1 +", 4),
        ("'open", 1),
        ("a b", 3),
        ("(1", 3),
        ("..[4]", 3),
        ("a::b", 1),
        ("8 | -9", 3),
        ("5 % 5", 3),
        ("f(1,,2)", 5),
        ("text('x')", 6),
        ("//", 3),
    ],
)
def test_broken_text_is_refused_with_its_place(text: str, position: int) -> None:
    with pytest.raises(ExpressionFault) as caught:
        parse(text)
    assert caught.value.position == position


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(ExpressionFault, match="nested deeper"):
        parse("(" * (MAX_DEPTH + 2) + "1" + ")" * (MAX_DEPTH + 2))


def test_long_chain_of_or_stays_flat() -> None:
    tree = parse(" or ".join(["1"] * 2000))
    assert isinstance(tree, list)
    assert len(tree) == 2001

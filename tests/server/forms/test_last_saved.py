"""Defaults from the last dossier: carried in the definition, warned of where they cannot be had."""

from server.forms.sources import compile_source


def made(row: str) -> tuple[bool, list[str]]:
    sheet = f"| survey |\n| | type | name | label | default | calculation |\n| | {row} |\n"
    compiled = compile_source(sheet.encode(), "f.md", {})
    [instance] = compiled.definition.instances.values()
    places = [one.place for one in compiled.warnings if one.code == "part-ignored"]
    return instance.last_saved, places


def test_default_from_the_last_dossier_is_served() -> None:
    assert made("text | q | Q | ${last-saved#q} | ") == (True, [])


def test_calculation_from_the_last_dossier_is_told_to_read_nothing() -> None:
    assert made("calculate | q | Q | | ${last-saved#q}") == (True, ["instance __last-saved"])

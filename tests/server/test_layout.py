"""The shape of the sources, held by reading them: who may import whom, how long a file may get."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "server"

# A module imports from its own group and from those before it.
LAYERS = [
    {"settings", "clock", "errors", "http", "database", "events"}
    | {
        "base64url",
        "direct",
        "interface",
        "interface_pages",
        "keyring",
        "origin",
        "outside",
        "public",
        "refusals",
        "rows",
        "turns",
    }
    | {"services"},
    {"identity"},
    {"forms"},
    {"attachments"},
    {"dossiers"},
    {"fees", "results", "tracking", "audit", "rights", "notifications"},
    {"sync", "desk", "statistics"},
    {"jobs", "worker", "app", "cli"}
    | {"client", "demo", "floods", "headers", "hints", "logs", "sizes", "trial_page"}
    | {"backup", "doctor", "dumps", "sweeps"},
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
CLIENT_IMPORT = re.compile(r"""\b(?:from|import\(|import)\s*["'](\.[^"']+)["']""")


def imports_of(path: Path, server: Path) -> Iterator[str]:
    """Names right below `server` that a module imports, wherever in the file."""
    package = ["server", *path.relative_to(server).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            start = package[: len(package) + 1 - node.level] if node.level else []
            target = [*start, *(node.module.split(".") if node.module else [])]
            if target[0] == "server":
                yield from target[1:2] or [name.name for name in node.names]
        elif isinstance(node, ast.Import):
            yield from (n.name.split(".")[1] for n in node.names if n.name.startswith("server."))


def backward_imports(server: Path) -> list[str]:
    """One sentence for each import against the order of the layers."""
    faults = []
    for path in sorted(server.rglob("*.py")):
        own = path.relative_to(server).parts[0].removesuffix(".py")
        if own.startswith("__"):
            continue
        if own not in RANK and not own.startswith("cli_"):
            faults.append(f"{path.relative_to(server)}: {own} has no place in the layers")
            continue
        rank = RANK.get(own, RANK["cli"])
        later = {name for name in imports_of(path, server) if RANK.get(name, 0) > rank}
        faults += [f"{path.relative_to(server)} imports {name}" for name in sorted(later)]
    return faults


def client_faults(client: Path) -> list[str]:
    """Imports of the client that cross a border: nothing but the shell imports the shell, the
    worker sees `sync`, `store` and `language`, the engine nothing outside itself."""
    faults = []
    for path in sorted([*client.rglob("*.ts"), *client.rglob("*.tsx")]):
        own = path.relative_to(client)
        if own.parts[0] in ("node_modules", "dist", "tests", "build"):
            continue
        for specifier in CLIENT_IMPORT.findall(path.read_text()):
            target = (path.parent / specifier).resolve()
            there = target.relative_to(client.resolve()).parts
            if own.parts[0] == there[0] and own.parts[:2] != ("forms", "engine"):
                continue
            is_allowed = {
                "shell": True,
                "sw": there[0] in ("sync", "store", "language"),
            }.get(own.parts[0], there[0] != "shell")
            if own.parts[:2] == ("forms", "engine"):
                is_allowed = there[:2] == ("forms", "engine")
            if not is_allowed:
                faults.append(f"{own} imports {specifier}")
    return faults


def sources() -> list[Path]:
    found = [*SERVER.rglob("*.py"), *(ROOT / ".ci").glob("*.py")]
    for folder in ("shell", "forms", "store", "api", "sync", "sw", "push", "identity", "capture"):
        for suffix in ("*.ts", "*.tsx", "*.css"):
            found += (ROOT / "pwa" / folder).rglob(suffix)
    return sorted(found)


def test_server_modules_import_only_from_layers_before_them() -> None:
    assert backward_imports(SERVER) == []


def test_an_import_against_the_layers_is_found(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "actions.py").write_text("def f():\n    from server.desk import routes\n")
    (tmp_path / "clock.py").write_text("from server import events\nimport server.worker\n")
    (tmp_path / "events.py").write_text("from .desk import routes\nfrom . import sync, clock\n")
    (tmp_path / "forms" / "grammar.py").write_text("from ..jobs import JOBS\nfrom . import desk\n")
    (tmp_path / "helpers.py").write_text("")
    assert backward_imports(tmp_path) == [
        "clock.py imports worker",
        "events.py imports desk",
        "events.py imports sync",
        "forms/actions.py imports desk",
        "forms/grammar.py imports jobs",
        "helpers.py: helpers has no place in the layers",
    ]


def test_client_modules_keep_to_their_side() -> None:
    assert client_faults(ROOT / "pwa") == []


@pytest.mark.parametrize(
    ("name", "text", "faults"),
    [
        ("store/a.ts", 'import { b } from "../shell/router";', 1),
        ("sw/index.ts", 'import { b } from "../forms/engine/open";', 1),
        ("sw/index.ts", 'import { b } from "../sync/send";', 0),
        ("forms/engine/open.ts", 'export { b } from "../renderer/page";', 1),
        ("forms/engine/open.ts", 'import { b } from "./values";', 0),
        ("shell/main.ts", 'const late = import("../capture/camera");', 0),
    ],
)
def test_a_client_import_across_a_border_is_found(
    tmp_path: Path, name: str, text: str, faults: int
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    assert len(client_faults(tmp_path)) == faults


def test_files_stay_short() -> None:
    lengths = sorted((len(path.read_text().splitlines()), path) for path in sources())
    assert lengths[-1][0] <= 500, f"{lengths[-1][1]} is too long"
    assert lengths[len(lengths) // 2][0] <= 100
    assert lengths[len(lengths) * 9 // 10][0] <= 300

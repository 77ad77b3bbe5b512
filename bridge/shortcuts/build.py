"""Build all shortcut files: ``python -m bridge.shortcuts.build`` (``make shortcuts``).

The files are XML property lists. Shortcuts and ``shortcuts sign`` read XML and binary
alike, the signing relays want XML, and a change shows as lines in a review.
The same templates give the same bytes, so a test can tell that nobody forgot to build.
"""

from __future__ import annotations

import hashlib
import json
import plistlib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bridge.shortcuts.catalog import CATALOG, ICLOUD_LINKS
from bridge.shortcuts.checks import problems
from bridge.shortcuts.compile import TemplateError, compile_template, resolve_constants
from bridge.shortcuts.files import EXTENSION, FOLDER, UNSIGNED
from bridge.shortcuts.recipe import write_recipe
from bridge.shortcuts.template import LANGUAGES, Choice, ShortcutTemplate, Text

SIGNED = "signed"
"""Folder of the signed files, and ``ledger.json``: file to digest of its build."""


def build_shortcut(template: ShortcutTemplate, language: str) -> bytes:
    """Return the unsigned ``.shortcut`` file of a template.

    Raises
    ------
    TemplateError
        If shortcutkit or our own checks find anything wrong with it.
    """
    root = compile_template(template, language)
    if found := problems(root):
        raise TemplateError(f"{template.slug} ({language}): " + "; ".join(found))
    return plistlib.dumps(root, fmt=plistlib.FMT_XML, sort_keys=True)


def build_all(
    templates: Iterable[ShortcutTemplate] = CATALOG, folder: Path = FOLDER
) -> dict[str, bytes]:
    """Return every generated file by its path; ``folder`` says which are signed."""
    templates = tuple(templates)
    ledger = _read_ledger(folder)
    built: dict[str, bytes] = {}
    entries = []
    for template in templates:
        contents = {each: build_shortcut(template, each) for each in LANGUAGES}
        for language, content in contents.items():
            built[file_of(template, language)] = content
        built[_recipe_of(template)] = _json(write_recipe(template))
        entries.append(_entry(template, contents, ledger))
    built["index.json"] = _json({"languages": LANGUAGES, "shortcuts": entries})
    built["README.md"] = _readme(entries).encode()
    return built


def file_of(template: ShortcutTemplate, language: str) -> str:
    """Return where the file of a template lies; its name is the Siri phrase."""
    return f"{language}/{template.names[language]}{EXTENSION}"


def write_all(folder: Path = FOLDER) -> list[str]:
    """Write all files and remove those of templates that are gone."""
    built = build_all(folder=folder)
    for old in generated_files(folder):
        if old not in built:
            (folder / old).unlink()
    for name, content in built.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return sorted(built)


def generated_files(folder: Path = FOLDER) -> list[str]:
    """List what a build owns in a folder: all but signed files and pictures."""
    patterns = (*(f"{each}/*" for each in LANGUAGES), "recipes/*", "*.json", "*.md")
    found = (path for pattern in patterns for path in folder.glob(pattern))
    return sorted(path.relative_to(folder).as_posix() for path in found)


def _entry(
    template: ShortcutTemplate, contents: dict[str, bytes], ledger: dict[str, str]
) -> dict[str, Any]:
    files = {}
    for language, content in contents.items():
        file = file_of(template, language)
        digest = hashlib.sha256(content).hexdigest()
        signed = ledger.get(file) == digest
        files[language] = {
            "file": file,
            "bytes": len(content),
            "sha256": digest,
            "signed": "yes" if signed else "no",
            "signed_file": f"{SIGNED}/{file}" if signed else "",
            "icloud": ICLOUD_LINKS.get((template.slug, language), ""),
        }
    return {
        "slug": template.slug,
        "version": template.version,
        "scope": template.scope,
        "colour": template.colour.name.lower(),
        "glyph": template.glyph.name.lower(),
        "surfaces": [surface.name.lower() for surface in template.surfaces],
        "disabled_on_lock_screen": "yes" if template.disabled_on_lock_screen else "no",
        "translated": "yes" if template.translated else "no",
        "requests": _requests(template),
        "recipe": _recipe_of(template),
        "names": dict(template.names),
        "about": dict(template.about),
        "files": files,
    }


def _requests(template: ShortcutTemplate) -> list[str]:
    """Say what a shortcut asks of the bridge, as "GET /v1/fitness"."""
    found = []
    for step in template.steps:
        values = {field.key: field.value for field in step.fields}
        match values.get("WFHTTPMethod"), values.get("WFURL"):
            case Choice(method), Text(str(url)):
                path = resolve_constants(url, template, None).removeprefix("{Address}")
                found.append(f"{method} {path}")
    return found


def _recipe_of(template: ShortcutTemplate) -> str:
    return f"recipes/{template.slug}.json"


def _read_ledger(folder: Path) -> dict[str, str]:
    path = folder / SIGNED / "ledger.json"
    ledger: dict[str, str] = json.loads(path.read_bytes()) if path.exists() else {}
    return {
        file: digest
        for file, digest in ledger.items()
        if (folder / SIGNED / file).is_file()
    }


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _readme(entries: list[dict[str, Any]]) -> str:
    rows = []
    for entry in entries:
        for language, built in entry["files"].items():
            name, about = entry["names"][language], entry["about"][language]
            link = f"[{name}](<{built['file']}>)"
            signed = built["signed"] if built["signed"] == "yes" else f"no: {UNSIGNED}"
            rows.append(f"| {language} | {link} | {about} | {signed} |")
    return "\n".join(
        [
            "# Shortcuts",
            "",
            "Generated by `make shortcuts`; never edited by hand. The name of a file",
            'is the name of the shortcut and what you say to Siri ("Hey Siri, …").',
            "",
            f'Where "signed" says no: {UNSIGNED}.',
            "Until then build the shortcut by hand: `recipes/` lists every action in",
            "order with the values to copy, and the bridge's own page shows the same.",
            "",
            "No file holds a secret. The one question at installation asks for the",
            "setup code, which the bridge's page shows once for each phone.",
            "",
            "| language | shortcut | what it does | signed |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def main() -> None:
    """Build everything into ``shortcuts/``."""
    for name in write_all():
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()

"""Files that would not import, or import incomplete: each is refused by name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.player import BadShortcut, Phone, open_shortcut
from tests.player.by_hand import (
    action,
    alone,
    dictionary,
    fields,
    flow,
    get,
    if_,
    look_up,
    output,
    shortcut,
    show,
    text,
    which,
)

TEXT = action("gettext", WFTextActionText="", UUID="TEXT")
QUESTION = {
    "ActionIndex": 0,
    "Category": "Parameter",
    "ParameterKey": "WFTextActionText",
    "Text": "Address of your bridge",
    "DefaultValue": "https://",
}
MENU = flow("choosefrommenu", 0, WFMenuPrompt="?", WFMenuItems=["A", "B"])
URL = "http://127.0.0.1:1/"

BROKEN = {
    "no surfaces": (shortcut(WFWorkflowTypes=None), "WFWorkflowTypes is missing"),
    "a name inside": (shortcut(WFWorkflowName="Form"), "the file name is the name"),
    "WatchKit": (shortcut(WFWorkflowTypes=["WatchKit"]), "unknown surface"),
    "icon without glyph": (shortcut(WFWorkflowIcon={}), "GlyphNumber is missing"),
    "input read and not said": (
        shortcut(show("\ufffc", at_0={"Type": "ExtensionInput"})),
        "HasShortcutInputVariables",
    ),
    "share sheet without a class": (
        shortcut(WFWorkflowTypes=["ActionExtension"]),
        "share sheet has to know",
    ),
    "signed": (b"AEA1" + bytes(20), "the file is signed"),
    "unknown action": (shortcut(action("askllm")), "nobody taught the player"),
    "unknown key": (
        shortcut(action("gettext", WFText="x")),
        "gettext has unknown keys .'WFText'.",
    ),
    "question beyond the end": (
        shortcut(TEXT, WFWorkflowImportQuestions=[QUESTION | {"ActionIndex": 1}]),
        "outside the shortcut",
    ),
    "question without a target": (
        shortcut(action("nothing"), WFWorkflowImportQuestions=[QUESTION]),
        "no such parameter",
    ),
    "question without words": (
        shortcut(TEXT, WFWorkflowImportQuestions=[QUESTION | {"Text": ""}]),
        "incomplete",
    ),
    "missing output": (shortcut(show("\ufffc", at_0=output("GONE"))), "missing output"),
    "output of a later step": (
        shortcut(show("\ufffc", at_0=output("TEXT")), TEXT),
        "missing output",
    ),
    "offset in code points": (
        shortcut(TEXT, show("🚴 \ufffc", at_2=output("TEXT"))),
        "points at no variable",
    ),
    "variable not in the table": (
        shortcut(TEXT, show("\ufffc\ufffc", at_0=output("TEXT"))),
        "missing from the table",
    ),
    "mistyped method": (shortcut(get(URL, WFHTTPMethod="Get")), "no HTTP method"),
    "headers hidden": (
        shortcut(get(URL, WFHTTPHeaders=fields((0, "a", text("b"))))),
        "ShowHeaders must be true",
    ),
    "headers shown by a number": (
        shortcut(get(URL, ShowHeaders=1, WFHTTPHeaders=fields())),
        "ShowHeaders must be true",
    ),
    "headers as a plain dictionary": (
        shortcut(get(URL, ShowHeaders=True, WFHTTPHeaders={"a": "b"})),
        "plain dictionary",
    ),
    "value without its type": (
        shortcut(
            get(URL),
            dictionary(),
            action(
                "getvalueforkey", WFDictionaryKey="a", WFInput=alone(output("DICT"))
            ),
        ),
        "imports incomplete",
    ),
    "open If": (
        shortcut(TEXT, if_("TEXT", 4, WFConditionalActionString="x")),
        "never closed",
    ),
    "stray End If": (shortcut(flow("conditional", 2)), "in no open block"),
    "If without a mode": (shortcut(action("conditional")), "wrong flow mode"),
}


@pytest.mark.parametrize(("data", "why"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_file_is_refused_before_it_runs(data: bytes, why: str) -> None:
    with pytest.raises(BadShortcut, match=why):
        open_shortcut(data)


def test_menu_whose_branches_are_not_its_items_is_refused() -> None:
    branches = (
        flow("choosefrommenu", 1, WFMenuItemTitle="A"),
        flow("choosefrommenu", 2),
    )
    with pytest.raises(BadShortcut, match="not its branches"):
        Phone().run(shortcut(MENU, *branches), answers=["A"])


def test_if_that_compares_a_dictionary_value_directly_is_refused() -> None:
    steps = (
        action("gettext", WFTextActionText='{"status": "ok"}', UUID="JSON"),
        dictionary("JSON"),
        look_up("status"),
        *which(if_("VALUE", 4, WFConditionalActionString="ok")),
    )
    with pytest.raises(BadShortcut, match="use a Text first"):
        Phone().run(shortcut(*steps))


def test_a_named_group_is_written_as_icu_does() -> None:
    step = action(
        "text.replace",
        WFInput="a",
        WFReplaceTextFind="(?P<x>a)",
        WFReplaceTextRegularExpression=True,
    )
    with pytest.raises(BadShortcut, match="ICU"):
        Phone().run(shortcut(step))


def test_more_answers_than_questions_are_refused() -> None:
    with pytest.raises(BadShortcut, match="more answers"):
        Phone().run(shortcut(TEXT), install=["https://bridge.example"])


def test_the_answer_to_an_import_question_lands_in_its_text() -> None:
    data = shortcut(
        TEXT,
        show("\ufffc", at_0=output("TEXT")),
        WFWorkflowImportQuestions=[QUESTION],
    )
    assert Phone().run(data, install=["https://b"]).shown == ["https://b"]
    assert Phone().run(data).shown == ["https://"]


def test_the_player_imports_nothing_of_the_bridge_or_the_builder() -> None:
    for module in Path(__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                assert name.split(".")[0] not in ("bridge", "shortcutkit"), module

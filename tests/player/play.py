"""The player: goes through the actions as the phone does."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tests.player.actions import ACTIONS
from tests.player.content import Items, RunStopped, to_number, to_text
from tests.player.document import Action, BadShortcut, Document
from tests.player.record import CANCEL, Run
from tests.player.tokens import read_items, read_text

if TYPE_CHECKING:
    from tests.player.phone import Phone

# A loop goes through so many of its actions in a second, on a good phone.
_LOOPED_PER_S = 50
# Compared as a text, their output can leave the If with an empty comparison.
_NO_TEXT = ("getvalueforkey", "choosefromlist", "detect.dictionary")


class Stopped(Exception):
    """The shortcut ended itself, or its owner did."""


class Player:
    """One run of one shortcut on one phone."""

    def __init__(self, phone: Phone, document: Document, answers: list[str]) -> None:
        self.phone = phone
        self.document = document
        self.answers = answers
        self.run = Run()
        self.outputs: dict[str, Items] = {}
        self.makers: dict[str, str] = {}
        self.variables: dict[str, Items] = {}
        self.last: Items = []
        self.health_items = 0
        self.looped = 0
        self.loops = 0

    def play(self) -> None:
        """Run to the end, or to where the shortcut stops itself."""
        try:
            self._play(self.document.actions)
        except Stopped:
            return

    def items(self, action: Action, key: str) -> Items:
        """Read a parameter that holds a variable; without one, the last output."""
        if key not in action.parameters:
            return self.last
        value = action.parameters[key]
        return read_items(value, self.lookup, self.phone.language)

    def text(self, action: Action, key: str, default: str = "") -> str:
        """Read a text parameter."""
        value = action.parameters.get(key, default)
        return read_text(value, self.lookup, self.phone.language)

    def lookup(self, variable: dict[str, Any]) -> Items:
        """Return what a variable holds now; a branch not taken left it empty."""
        match variable:
            case {"Type": "ActionOutput", "OutputUUID": uuid}:
                return self.outputs.get(uuid, [])
            case {"Type": "Variable", "VariableName": name}:
                return self.variables.get(name, [])
            case {"Type": "ExtensionInput"}:
                return list(self.phone.shared)
            case {"Type": "CurrentDate"}:
                return [self.phone.now]
        raise BadShortcut(f"nobody taught the player the variable {variable}")

    def answer(self, prompt: str) -> str:
        """Ask the owner of the phone."""
        self.need_somebody(f"“{prompt}”")
        self.run.asked.append(prompt)
        if not self.answers:
            raise AssertionError(f"nobody answers “{prompt}”")
        given = self.answers.pop(0)
        if given == CANCEL:
            self.run.cancelled = True
            raise Stopped
        return given

    def need_somebody(self, what: str) -> None:
        """Stop where nobody is there to tap: in an automation."""
        if not self.phone.attended:
            raise RunStopped(f"{what} waits for a tap, and nobody is there")

    def need_screen(self, what: str) -> None:
        """Stop where there is no screen to choose on."""
        self.need_somebody(what)
        if self.phone.locked or self.phone.is_watch:
            raise RunStopped(f"{what} needs an unlocked iPhone")

    def ask_leave(self, action: Action, host: str) -> None:
        """Ask once for each action and host whether data may go there."""
        leave = (action.parameters.get("UUID", ""), host)
        if self.health_items > self.phone.most_health_items:
            raise RunStopped(
                f"This action is trying to share {self.health_items} Health items, "
                "which is not allowed. You can allow this in Settings."
            )
        if leave in self.phone.leaves:
            return
        if self.phone.locked or self.phone.is_watch or not self.phone.attended:
            raise RunStopped(
                "This shortcut requires privacy permissions that cannot be granted "
                "while your device is locked"
            )
        items = f"send {self.health_items} Health items to" if self.health_items else ""
        self.run.questions.append(f"Allow to {items or 'connect to'} {host}?")
        self.phone.leaves.add(leave)

    def end(self) -> None:
        """End the shortcut here."""
        raise Stopped

    def _play(self, actions: Sequence[Action]) -> None:
        index = 0
        while index < len(actions):
            action = actions[index]
            if action.mode is None:
                self._count_time()
                output = ACTIONS[action.kind](self, action)
                index += 1
            else:
                length = _block_length(actions[index:])
                block = actions[index : index + length]
                output = self._block(block)
                action = block[-1]
                index += length
            self._keep(action, output)

    def _count_time(self) -> None:
        """Lose patience with long loops, as Siri does."""
        self.looped += bool(self.loops)
        if self.looped > self.phone.timeout_s * _LOOPED_PER_S:
            raise RunStopped("The loop takes too long")

    def _keep(self, action: Action, output: Items | None) -> None:
        if output is None:
            return
        self.last = output
        if "UUID" in action.parameters:
            self.outputs[action.parameters["UUID"]] = output
            self.makers[action.parameters["UUID"]] = action.kind

    def _block(self, block: Sequence[Action]) -> Items:
        match block[0].kind:
            case "conditional":
                return self._if(block)
            case "choosefrommenu":
                return self._menu(block)
            case "repeat.each":
                return self._repeat(block, self.items(block[0], "WFInput"))
            case "repeat.count":
                count = int(block[0].parameters["WFRepeatCount"])
                return self._repeat(block, list(range(1, count + 1)))
        raise BadShortcut(f"{block[0].kind} is no block")

    def _if(self, block: Sequence[Action]) -> Items:
        branches = _branches(block)
        if len(branches) > 2:
            raise BadShortcut("an If has two ways, not more")
        holds = self._holds(block[0])
        return self._branch(branches[0] if holds else [*branches, []][1])

    def _menu(self, block: Sequence[Action]) -> Items:
        titles = block[0].parameters["WFMenuItems"]
        markers = [each for each in _markers(block) if each.mode == 1]
        if titles != [each.parameters["WFMenuItemTitle"] for each in markers]:
            raise BadShortcut("the items of the menu are not its branches")
        chosen = self.answer(self.text(block[0], "WFMenuPrompt"))
        if chosen not in titles:
            raise AssertionError(f"the menu has no “{chosen}”, only {titles}")
        return self._branch(_branches(block)[titles.index(chosen) + 1])

    def _repeat(self, block: Sequence[Action], items: Items) -> Items:
        results: Items = []
        if "Repeat Item" in self.variables:
            raise BadShortcut("inside a loop, a second one has a “Repeat Item 2”")
        self.loops += 1
        for index, item in enumerate(items, start=1):
            self.variables["Repeat Item"] = [item]
            self.variables["Repeat Index"] = [index]
            results += self._branch(block[1:-1])
        self.loops -= 1
        self.variables.pop("Repeat Item", None)
        return results

    def _branch(self, actions: Sequence[Action]) -> Items:
        self.last = []
        self._play(actions)
        return self.last

    def _holds(self, action: Action) -> bool:
        condition = action.parameters["WFCondition"]
        items = self.items(action, "WFInput")
        if condition in (100, 101):
            return (condition == 100) is bool(items)
        if condition in (0, 2):
            return self._compares(condition, items, action)
        self._check_compared(action)
        text = to_text(items, self.phone.language)
        other = self.text(action, "WFConditionalActionString")
        match condition:
            case 4:
                return text == other
            case 5:
                return text != other
            case 99:
                return other in text
            case 999:
                return other not in text
        raise BadShortcut(f"nobody taught the player condition {condition}")

    def _compares(self, condition: int, items: Items, action: Action) -> bool:
        limit = float(action.parameters["WFNumberValue"])
        number = to_number(items[0], self.phone.language) if items else None
        if number is None:
            raise RunStopped("If: the input is no number")
        return number < limit if condition == 0 else number > limit

    def _check_compared(self, action: Action) -> None:
        variable = action.parameters["WFInput"]["Variable"]["Value"]
        maker = self.makers.get(variable.get("OutputUUID", ""), "")
        if maker in _NO_TEXT:
            raise BadShortcut(f"an If compares the output of {maker}; use a Text first")


def _block_length(actions: Sequence[Action]) -> int:
    depth = 0
    for index, action in enumerate(actions):
        depth += {0: 1, 2: -1}.get(-1 if action.mode is None else action.mode, 0)
        if not depth:
            return index + 1
    raise BadShortcut("a block is never closed")


def _markers(block: Sequence[Action]) -> list[Action]:
    group = block[0].parameters["GroupingIdentifier"]
    return [
        each for each in block if each.parameters.get("GroupingIdentifier") == group
    ]


def _branches(block: Sequence[Action]) -> list[Sequence[Action]]:
    places = [block.index(marker) for marker in _markers(block)]
    return [block[a + 1 : b] for a, b in pairwise(places)]

"""The few rows of steps that all templates share."""

from __future__ import annotations

from collections.abc import Mapping

from bridge.shortcuts.actions import (
    ask_for_text,
    choose_from_list,
    choose_from_menu,
    comment,
    contents_of_url,
    dictionary_from,
    dictionary_value,
    end_if,
    end_menu,
    if_,
    item_from_list,
    menu_item,
    otherwise,
    replace_text,
    save_file,
    show_alert,
    show_notification,
    show_result,
    split_text,
    stop_shortcut,
    text,
)
from bridge.shortcuts.compile import SETUP_CODE
from bridge.shortcuts.template import Step, Words

TITLE = "Training"  # the same word in every language we speak
NOT_COMPLETE: Words = {
    "en": "The setup code is not complete. Copy it again from your bridge's page.",
    "de": "Der Einrichtungscode ist unvollständig. "
    "Kopiere ihn noch einmal von der Seite deiner Bridge.",
    "fr": "Le code de configuration est incomplet. "
    "Copie-le de nouveau depuis la page de ton bridge.",
    "es": "El código de configuración no está completo. "
    "Cópialo otra vez de la página de tu bridge.",
}
WHICH_SPORT: Words = {
    "en": "Which sport?",
    "de": "Welcher Sport?",
    "fr": "Quel sport ?",
    "es": "¿Qué deporte?",
}
SPORTS: tuple[tuple[Words, str], ...] = (
    ({"en": "Ride", "de": "Rad", "fr": "Vélo", "es": "Bici"}, "Ride"),
    ({"en": "Run", "de": "Lauf", "fr": "Course à pied", "es": "Carrera"}, "Run"),
    ({"en": "Swim", "de": "Schwimmen", "fr": "Natation", "es": "Natación"}, "Swim"),
)

FAILURE = '"status":"error"'
"""What is in every failure of the bridge, wherever the phone's dictionary puts it.

A table cannot hold it: there a quote is doubled.
"""


def setup_code() -> tuple[Step, ...]:
    """Say what this is, take the setup code, cut it into address and token.

    A code is ``https://bridge.example#icb_…``. Pasting brings blanks and line breaks
    along, and people type a slash before the "#"; both would spoil the request.
    """
    return (
        comment("{name}, version {version}\n{about}"),
        text("", name=SETUP_CODE),
        replace_text(r"\s+|/+(?=#)", "", f"{{{SETUP_CODE}}}", name="Code"),
        if_("Code", "does not contain", "#icb_"),
        show_alert(TITLE, NOT_COMPLETE),
        stop_shortcut(),
        end_if(),
        split_text("{Code}", "#", name="Parts"),
        item_from_list("First Item", "Parts", name="Address"),
        item_from_list("Last Item", "Parts", name="Token"),
    )


def save_from_bridge(path: str) -> tuple[Step, ...]:
    """Get a file and save it - unless what came is the bridge saying why not.

    A shortcut cannot see the status code, and reading a FIT or CSV file as a
    dictionary would stop it. The phone reads our JSON by itself and forgets the order
    of its keys; written again it has :data:`FAILURE` inside, whole.
    """
    return (
        _request("GET", path, name="File"),
        text("{File}", name="File text"),
        if_("File text", "contains", FAILURE),
        dictionary_from("File", name="Answer"),
        dictionary_value("speech", "Answer", name="Answer speech"),
        show_alert(TITLE, "{Answer speech}"),
        otherwise(),
        save_file("File"),
        end_if(),
    )


def picture_of_card(card: str, size: str, *then: Step) -> tuple[Step, ...]:
    """Get the picture of a card, called ``{Picture}``, and do something with it.

    The card is asked for first: a shortcut cannot see the status code, and a picture
    that says what went wrong looks like any other.
    """
    return (
        *ask_bridge(f"/v1/cards/{card}"),
        *if_ok(),
        _request("GET", f"/w/{card}.png?size={size}", name="Picture"),
        *then,
    )


def save_by_hand(path: str) -> tuple[Step, ...]:
    """Do the same in five actions, with address and token typed into the request."""
    return (
        request_by_hand(path),
        text("{Contents of URL}", name=""),
        if_("Text", "contains", FAILURE),
        show_result("{Contents of URL[speech]}"),
        otherwise(),
        save_file("Contents of URL"),
        end_if(),
    )


def request_by_hand(
    path: str,
    *,
    method: str = "GET",
    body: Mapping[str, Words] | str | None = None,
) -> Step:
    """Make a request whose address and token are typed in by hand."""
    headers = {"Authorization": "Bearer {Token}"}
    return contents_of_url(
        f"{{Address}}{path}",
        name="",
        method=method,
        headers=headers,
        body=body,
    )


def ask_by_hand(
    prompt: Words, sentence: Words = "{Provided Input}"
) -> tuple[Step, ...]:
    """Dictate a sentence to the bridge and hear what came of it: three actions."""
    return (
        ask_for_text(prompt, name=""),
        request_by_hand("/v1/ask?format=text", method="POST", body={"text": sentence}),
        show_result("{Contents of URL}"),
    )


def ask_bridge(
    path: str,
    *,
    method: str = "GET",
    body: Mapping[str, Words] | str | None = None,
    name: str = "Answer",
) -> tuple[Step, ...]:
    """Ask the bridge and read its answer as a dictionary called ``name``."""
    return (
        _request(method, path, body, name=f"{name} text"),
        dictionary_from(f"{name} text", name=name),
    )


def if_ok(answer: str = "Answer") -> tuple[Step, ...]:
    """Take the sentence of an answer and open an If that holds when all went well.

    The status goes through a Text first: compared directly, a dictionary value can
    leave the If without anything to compare.
    """
    return (
        dictionary_value("speech", answer, name=f"{answer} speech"),
        dictionary_value("status", answer, name=f"{answer} status value"),
        text(f"{{{answer} status value}}", name=f"{answer} status"),
        if_(f"{answer} status", "is", "ok"),
    )


def else_alert(answer: str = "Answer") -> tuple[Step, ...]:
    """Otherwise say what the bridge says went wrong; close the If."""
    return (otherwise(), show_alert(TITLE, f"{{{answer} speech}}"), end_if())


def speak_answer(answer: str = "Answer") -> tuple[Step, ...]:
    """Show the sentence of an answer, as a result or as an alert."""
    return (
        *if_ok(answer),
        show_result(f"{{{answer} speech}}"),
        *else_alert(answer),
    )


def notify_answer(answer: str = "Answer") -> tuple[Step, ...]:
    """Show the sentence of an answer, good or bad, as a message that blocks nothing.

    In an automation an alert would wait for a tap, with nobody there.
    """
    return (
        dictionary_value("speech", answer, name=f"{answer} speech"),
        show_notification(TITLE, f"{{{answer} speech}}"),
    )


def ask_in_words(sentence: str) -> tuple[Step, ...]:
    """Say a sentence to the bridge; what it asks back is answered in the same run."""
    return (
        *ask_bridge("/v1/ask", method="POST", body={"text": sentence}),
        dictionary_value("question", "Answer", name="Question value"),
        text("{Question value}", name="Question"),
        if_("Question", "is", "yes"),
        dictionary_value("speech", "Answer", name="Question speech"),
        *choice_of("Answer", "{Question speech}", name="Reply"),
        *ask_bridge("/v1/ask", method="POST", body={"text": "{Reply}"}, name="Outcome"),
        *speak_answer("Outcome"),
        otherwise(),
        *speak_answer(),
        end_if(),
    )


def choice_of(answer: str, prompt: Words, *, name: str) -> tuple[Step, ...]:
    """Let the athlete choose one of the ``choices`` of an answer, one a line."""
    return (
        dictionary_value("choices", answer, name=f"{name} lines"),
        split_text(f"{{{name} lines}}", "\n", name=f"{name} choices"),
        choose_from_list(prompt, f"{name} choices", name=f"{name} chosen"),
        text(f"{{{name} chosen}}", name=name),
    )


def menu_of(
    prompt: Words, rows: tuple[tuple[Words, str], ...], *, name: str
) -> tuple[Step, ...]:
    """Offer titles; what the chosen one stands for is then called ``name``."""
    items = (
        step
        for title, value in rows
        for step in (menu_item(title), text(value, name=f"{name} {value}"))
    )
    titles = (title for title, _ in rows)
    return (choose_from_menu(prompt, *titles), *items, end_menu(name=name))


def sport_menu() -> tuple[Step, ...]:
    """Ask for a sport that has thresholds and zones; it is called ``{Sport}``."""
    return menu_of(WHICH_SPORT, SPORTS, name="Sport")


def _request(
    method: str,
    path: str,
    body: Mapping[str, Words] | str | None = None,
    *,
    name: str,
) -> Step:
    headers = {"Authorization": "Bearer {Token}", "X-Shortcut": "{slug}/{version}"}
    return contents_of_url(
        f"{{Address}}{path}",
        name=name,
        method=method,
        headers=headers,
        body=body,
    )

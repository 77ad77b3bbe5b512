"""The same shortcut in two or three actions, for those who build by hand.

With ``?format=text`` the bridge answers with the sentence alone, whether all went well
or not: nothing has to be read, compared or said otherwise.
"""

from __future__ import annotations

from dataclasses import replace

from bridge.shortcuts.actions import contents_of_url, show_result
from bridge.shortcuts.blocks import setup_code, speak_answer
from bridge.shortcuts.template import Choice, Fields, ShortcutTemplate, Step, Text


def short_steps(template: ShortcutTemplate) -> tuple[Step, ...]:
    """Return the short form of a template; nothing where it does more than that.

    It asks at most one question, makes one request and speaks the answer. Address and
    token are typed into the request: ``{Address}`` and ``{Token}`` stand for them.
    """
    head, tail = setup_code(), speak_answer()
    if template.steps[: len(head)] != head or template.steps[-len(tail) :] != tail:
        return ()
    *questions, request, _ = template.steps[len(head) : -len(tail)]
    if len(questions) > 1 or any(step.action != "ask" for step in questions):
        return ()
    return (
        *(replace(step, name="") for step in questions),
        _as_text(request, *questions),
        show_result("{Contents of URL}"),
    )


def _as_text(request: Step, *questions: Step) -> Step:
    values = {field.key: field.value for field in request.fields}
    match values["WFURL"], values["WFHTTPMethod"], values.get("WFJSONValues"):
        case Text(str(url)), Choice(method), body:
            mark = "&" if "?" in url else "?"
            return contents_of_url(
                f"{url}{mark}format=text",
                name="",
                method=method,
                headers={"Authorization": "Bearer {Token}"},
                body=_asked(body, *questions) if isinstance(body, Fields) else None,
            )
    raise ValueError(f"{request.title} is no request")


def _asked(body: Fields, *questions: Step) -> dict[str, str]:
    """Return the body with the app's own name for what was answered."""
    said = {key: str(words) for key, words in body.items.items()}
    for step in questions:
        for key, words in said.items():
            said[key] = words.replace(f"{{{step.name}}}", f"{{{step.output}}}")
    return said

"""One shortcut for everything: say it, or choose it, and the bridge understands.

They grow with the bridge, without being installed again.
"""

from __future__ import annotations

from bridge.shortcuts.actions import (
    ask_for_text,
    choose_from_list,
    dictionary_value,
    show_result,
    split_text,
)
from bridge.shortcuts.blocks import (
    ask_bridge,
    ask_in_words,
    choice_of,
    else_alert,
    if_ok,
    request_by_hand,
    setup_code,
    speak_answer,
)
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate, Words

WHAT: Words = {
    "en": "What would you like to know, or to log?",
    "de": "Was möchtest du wissen oder eintragen?",
    "fr": "Que veux-tu savoir ou noter ?",
    "es": "¿Qué quieres saber o anotar?",
}
WHICH: Words = {
    "en": "What would you like to know?",
    "de": "Was möchtest du wissen?",
    "fr": "Que veux-tu savoir ?",
    "es": "¿Qué quieres saber?",
}

TRAINING = ShortcutTemplate(
    slug="training",
    names={
        "en": "Training",
        "de": "Training",
        "fr": "Entraînement",
        "es": "Entreno",
    },
    about={
        "en": "Answers and logs everything: ask or tell it in your own words.",
        "de": "Beantwortet alles und trägt alles ein: sag es in deinen Worten.",
        "fr": "Répond à tout et note tout : dis-le avec tes mots.",
        "es": "Lo responde y lo anota todo: dilo con tus palabras.",
    },
    glyph=Glyph.MIC,
    colour=Colour.BLUE,
    scope="write",
    translated=True,
    steps=(
        *setup_code(),
        ask_for_text(WHAT, name="Sentence"),
        *ask_in_words("{Sentence}"),
    ),
    # Four actions. What the bridge asks back is answered by the next run.
    short=(
        ask_for_text(WHAT, name=""),
        request_by_hand("/v1/ask", method="POST", body={"text": "{Provided Input}"}),
        dictionary_value("speech", "Contents of URL", name=""),
        show_result("{Dictionary Value}"),
    ),
)

TRAINING_MENU = ShortcutTemplate(
    slug="training-menu",
    names={
        "en": "Training menu",
        "de": "Trainingsmenü",
        "fr": "Menu sportif",
        "es": "Menú de entreno",
    },
    about={
        "en": "Offers what you ask most, to be tapped instead of said.",
        "de": "Bietet an, was du am häufigsten fragst: zum Tippen statt Sprechen.",
        "fr": "Propose ce que tu demandes le plus, à toucher au lieu de parler.",
        "es": "Ofrece lo que más preguntas, para tocarlo en vez de decirlo.",
    },
    glyph=Glyph.SLIDERS,
    colour=Colour.BLUE,
    scope="write",
    translated=True,
    steps=(
        *setup_code(),
        *ask_bridge("/v1/menu", name="Menu"),
        *if_ok("Menu"),
        *choice_of("Menu", WHICH, name="Sentence"),
        *ask_in_words("{Sentence}"),
        *else_alert("Menu"),
    ),
    short=(
        request_by_hand("/v1/menu?format=text"),
        split_text("{Contents of URL}", "\n", name=""),
        choose_from_list(WHICH, "Split Text", name=""),
        request_by_hand(
            "/v1/ask?format=text", method="POST", body={"text": "{Chosen Item}"}
        ),
        show_result("{Contents of URL}"),
    ),
)

UNDO_MY_TRAINING = ShortcutTemplate(
    slug="undo-my-training",
    names={
        "en": "Undo my training",
        "de": "Training zurücknehmen",
        "fr": "Annuler ma saisie",
        "es": "Deshacer mi registro",
    },
    about={
        "en": "Takes back what was written last.",
        "de": "Nimmt zurück, was zuletzt eingetragen wurde.",
        "fr": "Annule ce qui a été noté en dernier.",
        "es": "Deshace lo último que se anotó.",
    },
    glyph=Glyph.SHUFFLE,
    colour=Colour.GRAY,
    scope="write",
    steps=(
        *setup_code(),
        *ask_bridge("/v1/undo", method="POST"),
        *speak_answer(),
    ),
)

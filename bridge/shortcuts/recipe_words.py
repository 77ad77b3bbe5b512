"""The words of the Shortcuts app for people who build a shortcut by hand.

English is the key; what a table lacks is shown in English. The German titles are
those of the app as people quote them, and may differ by a word between versions of
iOS: every step of a recipe carries the English title as well.
"""

from __future__ import annotations

TITLES = {
    "de": {
        "Comment": "Kommentar",
        "Replace Text": "Text ersetzen",
        "Split Text": "Text teilen",
        "Get Item from List": "Objekt aus Liste abrufen",
        "Get Contents of URL": "Inhalte von URL abrufen",
        "Get Dictionary from Input": "Wörterbuch aus Eingabe abrufen",
        "Get Dictionary Value": "Wörterbuchwert abrufen",
        "If": "Wenn",
        "Otherwise": "Sonst",
        "End If": "Ende von Wenn",
        "Choose from Menu": "Aus Menü auswählen",
        "Menu Item": "Menüpunkt",
        "End Menu": "Ende des Menüs",
        "Repeat with Each": "Mit jedem wiederholen",
        "End Repeat": "Ende der Wiederholung",
        "Ask for Input": "Nach Eingabe fragen",
        "Find Health Samples": "Messwerte suchen",
        "Get Details of Health Sample": "Details des Messwerts abrufen",
        "Format Date": "Datum formatieren",
        "Show Result": "Ergebnis anzeigen",
        "Show Alert": "Hinweis anzeigen",
        "Save File": "Datei sichern",
        "Stop This Shortcut": "Diesen Kurzbefehl stoppen",
        "URL Encode": "URL codieren",
    }
}

LABELS = {
    "de": {
        "Find": "Suchen",
        "Replace with": "Ersetzen durch",
        "Regular Expression": "Regulärer Ausdruck",
        "Separator": "Trennzeichen",
        "Custom": "Eigenes",
        "Get": "Abrufen",
        "From": "Aus",
        "Method": "Methode",
        "Request Body": "Anfragetext",
        "Input": "Eingabe",
        "Key": "Schlüssel",
        "Dictionary": "Wörterbuch",
        "is": "ist",
        "contains": "enthält",
        "does not contain": "enthält nicht",
        "Prompt": "Frage",
        "Items": "Objekte",
        "Item": "Punkt",
        "Input Type": "Eingabetyp",
        "Allow Decimal Numbers": "Dezimalzahlen erlauben",
        "Allow Negative Numbers": "Negative Zahlen erlauben",
        "Allow Multiple Lines": "Mehrere Zeilen erlauben",
        "Group By": "Gruppieren nach",
        "Type is": "Typ ist",
        "Start Date is in the last (days)": "Startdatum liegt in den letzten (Tagen)",
        "Date": "Datum",
        "Date Format": "Datumsformat",
        "Format String": "Format",
        "Title": "Titel",
        "Message": "Nachricht",
        "Show Cancel Button": "Abbrechen anzeigen",
        "File": "Datei",
        "Ask Where To Save": "Nach Speicherort fragen",
        "Mode": "Modus",
        "Headers": "Header",
    }
}

CHOICES = {
    "de": {
        "Custom": "Eigenes",
        "First Item": "Erstes Objekt",
        "Last Item": "Letztes Objekt",
        "Encode": "Codieren",
        "Value": "Wert",
        "Number": "Zahl",
        "Day": "Tag",
        "Start Date": "Startdatum",
        "End Date": "Enddatum",
        "Sleep": "Schlaf",
        "Steps": "Schritte",
        "Resting Heart Rate": "Ruheherzfrequenz",
        "Heart Rate Variability": "Herzfrequenzvariabilität",
    }
}

SENTENCES = {
    "en": {
        "add": "Add “{title}”.",
        "comes_along": "“{title}” comes along with “{block}”: go on there.",
        "result": "result of “{title}”",
        "set": "{field}: “{value}”.",
        "rename": "Tap its result and rename it to “{name}”.",
        "your_code": "your setup code, pasted from the bridge's page",
        "nothing": "(leave empty)",
        "on": "on",
        "off": "off",
    },
    "de": {
        "add": "Füge „{title}“ hinzu.",
        "comes_along": "„{title}“ kommt mit „{block}“: mach dort weiter.",
        "result": "Ergebnis von „{title}“",
        "set": "{field}: „{value}“.",
        "rename": "Tippe auf das Ergebnis und nenne es „{name}“.",
        "your_code": "dein Einrichtungscode, von der Seite der Bridge kopiert",
        "nothing": "(leer lassen)",
        "on": "ein",
        "off": "aus",
    },
}

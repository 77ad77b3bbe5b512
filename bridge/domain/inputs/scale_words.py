"""The words of the scales in every language.

A language has words for each number, parted by "|"; the first is the one we write.
Words of all languages are understood at any time, so no word may stand for two
numbers of a scale.
"""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, Mapping[int, str]]  # language, number: words

QUALITY: Words = {
    "en": {
        1: "excellent|great|super|very good|fantastic|amazing",
        2: "good|well",
        3: "average|ok|okay|so so|normal|medium",
        4: "poor|bad|terrible|awful|very bad",
    },
    "de": {
        1: "ausgezeichnet|sehr gut|super|hervorragend|prima|top|spitze",
        2: "gut",
        3: "mittel|durchschnittlich|ok|okay|geht so|mittelmäßig|normal",
        4: "schlecht|sehr schlecht|mies|miserabel",
    },
    "fr": {
        1: "excellent|excellente|super|génial|parfait|très bien|très bon|très bonne",
        2: "bien|bon|bonne",
        3: "moyen|moyenne|ok|correct|correcte|normal|normale|bof",
        4: "mauvais|mauvaise|mal|faible|très mal|très mauvais|très mauvaise",
    },
    "es": {
        1: "excelente|genial|estupendo|estupenda|muy bien|muy bueno|muy buena",
        2: "bueno|buena|bien",
        3: "normal|regular|medio|media|así así",
        4: "malo|mala|mal|bajo|baja|fatal|muy mal|muy malo|muy mala",
    },
}
STRAIN: Words = {
    "en": {
        0: "none|no|not at all|nothing",
        1: "low|a little|little|slight|mild|light",
        2: "average|medium|moderate|some|normal",
        3: "high|very|strong",
        4: "extreme|very high|extremely|extremely high|worst",
    },
    "de": {
        0: "keine|keiner|kein|gar nicht|nichts|gar keine",
        1: "gering|wenig|leicht|niedrig|ein wenig|etwas",
        2: "mittel|mäßig|durchschnittlich|normal",
        3: "hoch|stark|viel|sehr",
        4: "extrem|sehr hoch|sehr stark|extrem hoch|extrem stark",
    },
    "fr": {
        0: "aucun|aucune|non|rien|pas du tout",
        1: "faible|faibles|un peu|peu|léger|légère|légères",
        2: "moyen|moyenne|moyennes|modéré|modérée|modérées|normal|normale",
        3: "fort|forte|fortes|élevé|élevée|élevées|beaucoup|très",
        4: "extrême|extrêmes|très fort|très forte|très fortes|très élevé|très élevée",
    },
    "es": {
        0: "ninguno|ninguna|nada|nada de nada",
        1: "bajo|baja|leve|poco|poca|un poco|ligero|ligera",
        2: "medio|media|moderado|moderada|normal",
        3: "alto|alta|fuerte|mucho|mucha|intenso|intensa",
        4: "extremo|extrema|muy alto|muy alta|muy fuerte|muchísimo|muchísima",
    },
}
INJURY: Words = {
    "en": {
        1: "excellent|none|no|not injured|healthy|fine",
        2: "niggle|a niggle|slight|minor",
        3: "poor|bad",
        4: "injured|severe",
    },
    "de": {
        1: "ausgezeichnet|keine|nein|gesund|nicht verletzt",
        2: "zwicken|ein zwicken|zwickt|leicht|etwas",
        3: "schlecht|stark|angeschlagen",
        4: "verletzt|schwer",
    },
    "fr": {
        1: "aucune|aucun|non|rien|pas blessé|pas blessée",
        2: "une gêne|gêne|petite gêne|une petite gêne|légère|un peu",
        3: "une douleur nette|une douleur|douleur|mal|mauvais",
        4: "sérieuse|grave|blessé|blessée|blessure|avérée",
    },
    "es": {
        1: "ninguna|ninguno|nada|sin lesión|sin lesiones",
        2: "una molestia|molestia|molestias|leve|leves",
        3: "importantes|importante|una lesión|lesión|dolor|mal",
        4: "graves|grave|muy grave|lesionado|lesionada",
    },
}
HYDRATION: Words = {
    "en": {
        1: "well hydrated|well|good|excellent",
        2: "okay|ok|average|normal|fair",
        3: "dehydrated|poor|thirsty|low",
        4: "very dehydrated|very poor|very thirsty|very low",
    },
    "de": {
        1: "gut getrunken|gut|sehr gut",
        2: "mittel|mäßig|ok|okay|normal|ausreichend",
        3: "zu wenig getrunken|wenig|durstig|schlecht|niedrig",
        4: "viel zu wenig getrunken|viel zu wenig|sehr durstig|sehr schlecht"
        "|sehr niedrig",
    },
    "fr": {
        1: "bonne|bon|bien|bien hydraté|bien hydratée|excellente",
        2: "correcte|correct|moyenne|moyen|ok|normale|normal",
        3: "faible|peu|pas assez bu|déshydraté|déshydratée|soif|mauvaise",
        4: "très faible|très déshydraté|très déshydratée|très soif|très mauvaise",
    },
    "es": {
        1: "buena|bueno|bien|muy bien|excelente|bien hidratado|bien hidratada",
        2: "suficiente|normal|regular|media|medio",
        3: "baja|bajo|poca|poco|mala|mal|sed|deshidratado|deshidratada",
        4: "muy baja|muy bajo|muy mala|muy mal|mucha sed|muy deshidratado"
        "|muy deshidratada",
    },
}
FEEL: Words = {
    "en": {
        1: "strong|very strong|great|excellent|super",
        2: "good|well",
        3: "normal|ok|okay|average|so so",
        4: "poor|bad",
        5: "weak|very weak|terrible|awful|very bad",
    },
    "de": {
        1: "stark|sehr stark|super|ausgezeichnet|sehr gut",
        2: "gut",
        3: "normal|ok|okay|mittel|geht so",
        4: "schlecht",
        5: "schwach|sehr schwach|sehr schlecht|miserabel",
    },
    "fr": {
        1: "excellentes|excellent|super|fort|forte|très bien|très bonnes",
        2: "bonnes|bon|bonne|bien",
        3: "normales|normal|ok|moyennes|moyen|correct|correctes",
        4: "mauvaises|mauvais|mauvaise|mal",
        5: "très mauvaises|très mauvais|très mal|faible|très faible|épuisé|épuisée",
    },
    "es": {
        1: "muy buenas|fuerte|muy fuerte|genial|excelente|muy bien|muy buena",
        2: "buenas|buena|bueno|bien",
        3: "normales|normal|regular|así así",
        4: "malas|mala|malo|mal",
        5: "muy malas|débil|muy débil|flojo|floja|fatal|muy mal|muy malo|muy mala",
    },
}
RPE: Words = {
    "en": {
        1: "nothing at all|no effort",
        2: "very easy|very light",
        3: "easy|light",
        4: "comfortable|somewhat easy",
        5: "slightly challenging|moderate|somewhat hard",
        6: "difficult|challenging",
        7: "hard",
        8: "very hard",
        9: "extremely hard",
        10: "max effort|maximum|max|all out|maximal",
    },
    "de": {
        1: "gar nicht anstrengend|keine anstrengung",
        2: "sehr leicht|sehr locker",
        3: "leicht|locker",
        4: "angenehm",
        5: "etwas anstrengend|mittel|moderat",
        6: "anstrengend|schwierig",
        7: "hart|schwer",
        8: "sehr hart|sehr schwer|sehr anstrengend",
        9: "extrem hart|extrem schwer|extrem anstrengend",
        10: "maximal|volle kraft|alles gegeben",
    },
    "fr": {
        1: "aucun effort|rien du tout",
        2: "très facile|très léger",
        3: "facile|léger",
        4: "confortable|assez facile",
        5: "un peu difficile|modéré|moyen|assez difficile",
        6: "difficile",
        7: "dur",
        8: "très dur|très difficile",
        9: "extrêmement dur|extrêmement difficile",
        10: "effort maximal|maximal|maximum|à fond|à bloc",
    },
    "es": {
        1: "ningún esfuerzo|nada de esfuerzo|nada",
        2: "muy fácil|muy suave",
        3: "fácil|suave",
        4: "cómodo|cómoda|bastante fácil",
        5: "algo exigente|algo duro|moderado|medio",
        6: "difícil|exigente",
        7: "duro|dura",
        8: "muy duro|muy dura|muy difícil",
        9: "durísimo|durísima|extremadamente duro|extremadamente difícil",
        10: "esfuerzo máximo|máximo|a tope|a muerte",
    },
}


def numbers_of(scale: Words) -> dict[str, int]:
    """Return every word of every language with its number."""
    return {
        word: number
        for words in scale.values()
        for number in words
        for word in words[number].split("|")
    }

"""English: what is wrong with the sign-in."""

from __future__ import annotations

from bridge.domain.doctor.request.phrasing import Sentences

_SETTINGS = "In Intervals.icu, open Settings, then Developer Settings"
_BASIC = (
    "Use Basic sign-in: the user name is the word API_KEY, the password is your key."
)
_ONLY_KEY = "Paste only the key itself, with nothing before or behind it."

SIGN_IN: dict[str, Sentences] = {
    "bearer_with_api_key": Sentences(
        "The API key was sent as a Bearer token, but Intervals.icu takes a personal"
        " key only as Basic sign-in.",
        "The Authorization header begins with the word Bearer, followed by something"
        " that looks like a personal API key.",
        f"{_BASIC} Bearer is right only for the access tokens that registered OAuth"
        " apps get.",
    ),
    "bearer_with_pair": Sentences(
        "The header says Bearer where it must say Basic.",
        "Behind the word Bearer stands a user name with a key, or its base64 form;"
        " that is what Basic sign-in wants.",
        f"Replace the word Bearer by Basic and encode API_KEY:your-key. {_BASIC}",
    ),
    "bearer_maybe_oauth": Sentences(
        "The header says Bearer, which is right only for an OAuth access token and is"
        " refused for a personal API key.",
        "What stands behind Bearer is longer or richer than most API keys, so it may"
        " be an OAuth token.",
        f"If it is your key from the settings page: {_BASIC} If an app got it through"
        " OAuth, Bearer is right; then the token may lack a scope, or you may have"
        " disconnected the app.",
    ),
    "unseen_bearer": Sentences(
        "Most often a 403 means that a personal API key was sent as a Bearer token.",
        "Only the answer was pasted, so this is a guess from what others ran into.",
        f"{_BASIC} Paste the request too, then it can be read.",
    ),
    "unseen_sign_in": Sentences(
        "A 401 means that Intervals.icu could not tell who was asking.",
        "Only the answer was pasted, so the request itself could not be read.",
        f"{_BASIC} Paste the request too, then it can be read.",
    ),
    "scheme_unknown": Sentences(
        "The Authorization header uses a word that Intervals.icu does not know.",
        "The header begins neither with Basic nor with Bearer.",
        _BASIC,
    ),
    "scheme_missing_basic": Sentences(
        "The word Basic is missing in the Authorization header.",
        "The header holds a user name with a key, or its base64 form, and nothing in"
        " front.",
        "Write the word Basic and one blank in front of it; API_KEY:your-key must be"
        " in base64 there.",
    ),
    "scheme_missing_key": Sentences(
        "The Authorization header holds only a key, without the word Basic.",
        "There is one word in the header, and it is not the base64 form of API_KEY"
        " and a key.",
        _BASIC,
    ),
    "header_name_wrong": Sentences(
        "The key was sent in a header that Intervals.icu does not read.",
        "There is a header named {name}.",
        f"Remove that header; the key belongs into Authorization. {_BASIC}",
    ),
    "header_misspelt": Sentences(
        "The name of the Authorization header is misspelt.",
        "There is a header whose name is almost, but not exactly, Authorization.",
        "Spell it Authorization, with a z.",
    ),
    "header_name_twice": Sentences(
        "The header's name is repeated inside its value.",
        "The value of the Authorization header begins with Authorization again.",
        "Put only the word Basic and the encoded text into the value.",
    ),
    "key_in_query": Sentences(
        "The key was put into the web address, where Intervals.icu does not read it.",
        "The address has a parameter named {name}.",
        f"Remove it from the address. {_BASIC} Addresses end up in logs, so consider"
        " regenerating the key.",
    ),
    "key_in_url": Sentences(
        "The key stands inside the web address, which only some programs understand.",
        "The address has a user name and an @ in front of the host.",
        "The program curl accepts that, browsers and Apple Shortcuts may drop it; use"
        " the Authorization header or curl -u.",
    ),
    "no_credentials": Sentences(
        "The request does not say who is asking: there is no sign-in in it at all.",
        "There is neither a user name with a key nor an Authorization header.",
        _BASIC,
    ),
    "two_credentials": Sentences(
        "The request signs in twice, and the two may contradict each other.",
        "There are a user name with a key and an Authorization header as well.",
        "Keep the user name API_KEY with the key and remove the header.",
    ),
    "scope_missing": Sentences(
        "The OAuth token is valid but lacks the permission for this request.",
        "The answer says that a scope is required.",
        "Connect the app again and grant that scope. A personal API key has no"
        " scopes and may do everything its owner may.",
    ),
    "user_spelling": Sentences(
        "The user name must be API_KEY in capitals with an underscore.",
        "In {where} the user name is a different spelling of API_KEY.",
        "Write exactly API_KEY: capital letters, one underscore.",
    ),
    "user_is_athlete_id": Sentences(
        "The athlete id was used as the user name, which must be the word API_KEY.",
        "In {where} the user name looks like an athlete id.",
        "Write API_KEY as the user name. The athlete id belongs into the address,"
        " and there 0 stands for you.",
    ),
    "user_is_email": Sentences(
        "An e-mail address was used as the user name, which must be the word API_KEY.",
        "In {where} the user name contains an @.",
        f"Write API_KEY as the user name and the API key, not your account's password,"
        f" as the password. {_SETTINGS} to find it.",
    ),
    "user_other": Sentences(
        "The user name must be the word API_KEY, and it is something else.",
        "In {where} the part before the colon is not API_KEY.",
        "Write exactly API_KEY before the colon, whatever your name is.",
    ),
    "user_missing": Sentences(
        "The user name is missing; it must be the word API_KEY.",
        "In {where} there is nothing before the colon.",
        "Write API_KEY in front of the colon.",
    ),
    "user_blanks": Sentences(
        "There are blanks, quotes or unseen characters round the user name.",
        "In {where} the user name does not begin or end with a letter.",
        "Delete the user name and type API_KEY by hand.",
    ),
    "user_and_key_swapped": Sentences(
        "User name and key are swapped.",
        "In {where} the part behind the colon is API_KEY.",
        "Write API_KEY before the colon and your key behind it.",
    ),
    "key_as_user": Sentences(
        "The key was given as the user name, and the password is empty.",
        "In {where} there is something before the colon that is not API_KEY, and"
        " nothing behind it.",
        "Write API_KEY, a colon, and then the key.",
    ),
    "key_missing": Sentences(
        "The key is missing: the password is empty.",
        "In {where} nothing follows where the key should be.",
        f"Put the key behind API_KEY and the colon. {_SETTINGS} to find it.",
    ),
    "key_with_user_name": Sentences(
        "The word API_KEY and a colon were pasted into the place of the key.",
        "In {where} the key itself begins with API_KEY and a colon.",
        _ONLY_KEY,
    ),
    "key_variable": Sentences(
        "The name of a variable stands where the key should be.",
        "In {where} the key looks like a variable; between single quotes, a shell"
        " sends its name and not its value.",
        "Use double quotes round it in a shell, and check that the variable is set.",
    ),
    "key_placeholder": Sentences(
        "The example text was not replaced by your key.",
        "In {where} the key is a phrase such as your key, or stands in brackets.",
        f"{_SETTINGS}, copy the API key and put it there, without brackets.",
    ),
    "id_as_key": Sentences(
        "An athlete id was given as the key.",
        "In {where} the key looks like an athlete id.",
        f"{_SETTINGS}, and copy the API key; the id beside it is not secret and not"
        " a key.",
    ),
    "scheme_in_key": Sentences(
        "The word Basic or Bearer was pasted together with the key.",
        "In {where} that word stands where only user name or key may be.",
        _ONLY_KEY,
    ),
    "bridge_token": Sentences(
        "A device token of your bridge was sent to Intervals.icu, which does not know"
        " it.",
        "In {where} the key begins with icb_, as the bridge's own tokens do.",
        "Use the token with your bridge's address, or your Intervals.icu API key with"
        " this one.",
    ),
    "key_blanks": Sentences(
        "There are blanks round the key.",
        "In {where} the key begins or ends with a blank.",
        _ONLY_KEY,
    ),
    "key_blank_within": Sentences(
        "There is a blank or a line break inside the key.",
        "In {where} the key consists of more than one word.",
        f"{_ONLY_KEY} A key is one unbroken word.",
    ),
    "key_quotes": Sentences(
        "There are quotation marks round the key, and they were sent as part of it.",
        "In {where} the value begins or ends with a quotation mark.",
        f"{_ONLY_KEY} In a settings file such as .env, quotes may be sent as well.",
    ),
    "key_line_break": Sentences(
        "A line break was sent together with the key.",
        "In {where} the key begins or ends with a line break.",
        f"{_ONLY_KEY} Copying a whole line often takes its end along.",
    ),
    "key_invisible": Sentences(
        "There is a character in the key that nobody can see.",
        "In {where} stands a character without width, as web pages and chats add them.",
        "Delete the key and copy it again directly from the settings page.",
    ),
    "basic_not_encoded": Sentences(
        "Behind the word Basic the user name and the key must be in base64, and they"
        " are plain.",
        "There is a colon behind the word Basic; base64 has none.",
        "Encode API_KEY:your-key in base64, or let curl -u do it.",
    ),
    "basic_not_base64": Sentences(
        "What stands behind the word Basic is not the base64 form of API_KEY and a"
        " key; it may be the bare key.",
        "It cannot be decoded into readable text.",
        "Encode the whole text API_KEY:your-key in base64, or let curl -u do it.",
    ),
    "basic_key_alone": Sentences(
        "Only the key was encoded, without API_KEY and the colon in front.",
        "The decoded Authorization header contains no colon.",
        "Encode the whole text API_KEY:your-key, then put Basic in front.",
    ),
    "basic_twice": Sentences(
        "The sign-in was encoded in base64 twice.",
        "Decoding the Authorization header once gives another encoded text.",
        "Encode API_KEY:your-key exactly once.",
    ),
    "basic_percent": Sentences(
        "The colon was written as %3A before encoding.",
        "The decoded Authorization header contains %3A in place of a colon.",
        "Encode API_KEY:your-key as it is, without URL encoding.",
    ),
    "basic_trailing_newline": Sentences(
        "A line break was encoded together with the key.",
        "The decoded Authorization header ends with a line break.",
        "In a terminal use printf or echo -n, not echo; in Apple Shortcuts check that"
        " the text has no empty line.",
    ),
    "basic_line_break": Sentences(
        "The encoded sign-in is broken into several lines or words.",
        "There is a blank or a line break inside the base64 text.",
        "Encode without line breaks: in Apple Shortcuts set Line Breaks to None in"
        " Base64 Encode, on Linux use base64 -w0.",
    ),
    "key_may_be_old": Sentences(
        "The key may no longer be valid, which cannot be seen in the request.",
        "The request looks right, and the answer was a refusal.",
        f"{_SETTINGS} and compare the key; making a new one ends the old one at once.",
    ),
    "smart_quotes": Sentences(
        "The command contains curly quotes, which a terminal sends as ordinary"
        " letters.",
        "There are quotes such as “ or ’ in the command.",
        "Replace them by straight quotes; on an iPhone switch off Smart Punctuation in"
        " Settings, General, Keyboard.",
    ),
    "smart_dash": Sentences(
        "Two hyphens were turned into one long dash, so an option is not recognised.",
        "A word of the command begins with a long dash.",
        "Type two hyphens; on an iPhone switch off Smart Punctuation.",
    ),
    "unquoted_header": Sentences(
        "The header has no quotes round it, so the terminal cut it into pieces.",
        "Behind the option for a header stands only its first word.",
        "Put quotes round the whole header, name and value.",
    ),
}

"""Every sentence of the doctor in English; a language is one such table."""

from __future__ import annotations

from bridge.domain.doctor.request.english_address import ADDRESS
from bridge.domain.doctor.request.english_body import BODY
from bridge.domain.doctor.request.english_query import QUERY
from bridge.domain.doctor.request.english_sign_in import SIGN_IN
from bridge.domain.doctor.request.phrasing import Table

_SUMMARIES = {
    "one": "{first}.",
    "two": "{first}, and there is one more thing to check.",
    "many": "{first}, and there are {more} more things to check.",
    "nothing_wrong": (
        "Nothing wrong can be seen in this request, but a regenerated key, somebody"
        " else's id or an outage cannot be seen from here."
    ),
    "not_a_request": (
        "There is no request in this text: paste the curl line, or the web address"
        " with its headers."
    ),
    "to_bridge": (
        "This request goes to a bridge and not to Intervals.icu, so the doctor of that"
        " bridge must be asked."
    ),
}
_NOTES = {
    "nothing_pasted": (
        "Useful are: the curl line; the address, method and headers of Get Contents of"
        " URL in Apple Shortcuts; or the raw request. Add the answer if you have it."
    ),
    "status_2xx": "The answer was a success; Intervals.icu accepted the sign-in.",
    "status_3xx": (
        "The answer was a redirect: the address is not the final one. Use"
        " https://intervals.icu/api/v1 directly, since a redirect may lose the sign-in."
    ),
    "status_400": (
        "400 means that the body could not be read: broken JSON, or a word that"
        " Intervals.icu does not know, such as a category in small letters."
    ),
    "status_401": (
        "401 means that Intervals.icu could not tell who was asking: no sign-in, an"
        " empty password, or a user name other than API_KEY. /athlete/me gives it too."
    ),
    "status_403": (
        "403 means refused, and Intervals.icu answers alike for several causes: a key"
        " sent as Bearer (most often), the id of an athlete who is not yours, a key"
        " that is no longer valid, or an OAuth token without the scope."
    ),
    "status_404": (
        "404 means that there is no such address, or nothing with this id. The sign-in"
        " is not the first suspect then."
    ),
    "status_405": (
        "405 means that the address exists but does not take this method: POST makes"
        " something new, PUT changes something that exists."
    ),
    "status_415": "415 means that the body is not announced as application/json.",
    "status_422": (
        "422 means that the request was understood but something in it is missing or"
        " not allowed; the text in error usually names it."
    ),
    "status_429": (
        "429 means too many requests. A personal key may make 2,500 in 15 minutes and"
        " 5,000 a day, counted from midnight UTC. Retry-After says how many seconds to"
        " wait; trying earlier does not help."
    ),
    "status_500": (
        "500 is an error inside Intervals.icu; often a value in the address has the"
        " wrong type, such as a word where a number belongs."
    ),
    "status_5xx": (
        "502, 503 and 504 mean that Intervals.icu or the way to it is in trouble; the"
        " request may be right. Try again in a few minutes."
    ),
    "unseen_key": (
        "Not to be seen offline: whether the key is still valid. Making a new key ends"
        " the old one at once."
    ),
    "unseen_id": (
        "Not to be seen offline: whether an id in the address is yours. 0 always means"
        " the owner of the key."
    ),
    "unseen_outage": (
        "Not to be seen offline: whether Intervals.icu was reachable at that time."
    ),
    "sign_in_not_shown": (
        "The pasted text shows no sign-in, so it could not be checked. It must be"
        " Basic, with the user name API_KEY and your key as the password."
    ),
    "visibility": (
        "The visibility settings of the account (private, public, hidden) do not"
        " matter: the key of the owner sees everything of the owner."
    ),
    "garmin_type": (
        "A type changed in Garmin Connect does not arrive in Intervals.icu: the type is"
        " taken from the file at the first sync, and later edits at the source are not"
        " sent again. Change the type in Intervals.icu itself."
    ),
    "coach_id": (
        "The corrected line uses 0, your own account. If you coach that athlete, put"
        " their id back once the sign-in works."
    ),
    "line_fill_key": (
        "In the corrected line, put your key in place of the five stars."
    ),
    "line_tests_key": (
        "The corrected line reads your own athlete: it only tests whether the key"
        " works."
    ),
    "line_windows": (
        "The corrected line is written for a Mac or Linux terminal; in the Windows"
        " command prompt use double quotes in place of the single ones, and a"
        " backslash before each double quote inside."
    ),
    "line_day_gap": "In the corrected line, put a day in place of YYYY-MM-DD.",
    "line_id_gap": "In the corrected line, put the real id in place of ID.",
    "line_body_file": (
        "The body is not repeated here; the corrected line reads it from the file"
        " body.json."
    ),
    "key_was_pasted": (
        "The pasted text contained a key or token. It is not repeated here; if you have"
        " shown it in public, make a new one in the settings."
    ),
    "text_cut": "The text was very long; only its beginning was read.",
    "to_bridge": (
        "The address is not Intervals.icu and the token begins with icb_. Check the"
        " bridge's address, and that the device was not revoked: bridge devices list."
    ),
}
_SPOKEN = {"Intervals.icu": "Intervals dot I C U", "/api/v1": "slash api slash v1"}

ENGLISH = Table(
    findings=SIGN_IN | ADDRESS | QUERY | BODY,
    notes=_NOTES,
    summaries=_SUMMARIES,
    spoken=_SPOKEN,
)

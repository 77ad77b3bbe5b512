"""What the doctor says in English of a request to this very bridge."""

from __future__ import annotations

from bridge.domain.doctor.request.phrasing import Sentences, Table

_HEADER = "Send the header Authorization with: Bearer, a blank, and the token icb_…"
_COPY = (
    "A token begins with icb_ and has 64 signs. Make a new setup code on the setup page"
    " and copy all that stands behind its #."
)

_FINDINGS = {
    "own_path": Sentences(
        "The bridge has no such address.",
        "The path is {path}.",
        "The nearest one is {wanted}. All are listed at /docs.",
    ),
    "own_method": Sentences(
        "The bridge has this address, but not for {method}.",
        "The method of the request is {method}.",
        "Use {allowed}.",
    ),
    "own_not_https": Sentences(
        "The request goes over http, and this bridge is reached by https.",
        "The address begins with http://.",
        "Begin it with https://, so that nobody reads the token along.",
    ),
    "own_token_missing": Sentences(
        "The request does not carry a device token.",
        "There is no header Authorization with a token.",
        _HEADER,
    ),
    "own_token_place": Sentences(
        "The token is in the wrong place.",
        "It stands in the address, or in a header of another name.",
        _HEADER,
    ),
    "own_bearer_missing": Sentences(
        "The word Bearer is missing before the token.",
        "The header Authorization does not begin with it.",
        _HEADER,
    ),
    "own_basic_user": Sentences(
        "The sign-in by Basic needs the user name API_KEY.",
        "The user name is another one, or no password stands behind it.",
        "Use API_KEY as the user name and the token icb_… as the password.",
    ),
    "own_setup_code": Sentences(
        "The whole setup code was sent where only the token belongs.",
        "What is sent as the token has the bridge's address before it.",
        "Send only what stands behind the #; it begins with icb_.",
    ),
    "own_token_cut": Sentences(
        "The token was cut short, or something stands round it.",
        "It has icb_, but not the shape of a token.",
        _COPY,
    ),
    "own_not_a_token": Sentences(
        "What is sent is no token of this bridge; it may be your Intervals.icu key.",
        "It does not begin with icb_.",
        f"That key stays on the bridge and is never sent by a phone. {_COPY}",
    ),
}

OWN = Table(
    findings=_FINDINGS,
    notes={
        "unseen": (
            "Not to be seen from the text: whether the device was revoked. The setup"
            " page tells it under Devices."
        ),
    },
    summaries={
        "one": "{first}.",
        "two": "{first}, and there is one more thing to check.",
        "many": "{first}, and there are {more} more things to check.",
        "nothing_wrong": (
            "Nothing wrong can be seen in this request to the bridge. Check everything"
            " on the setup page, and whether the device is still let in."
        ),
    },
)

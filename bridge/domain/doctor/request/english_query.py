"""English: what is wrong with parameters, days and method; what upstream said."""

from __future__ import annotations

from bridge.domain.doctor.request.phrasing import Sentences

_ISO = "Write days as 2026-01-31: year, month, day, with hyphens."

QUERY: dict[str, Sentences] = {
    "unquoted_ampersand": Sentences(
        "The address has no quotes round it, so the terminal cut it off at the &.",
        "There is an & outside of quotes in the command.",
        "Put quotes round the whole address.",
    ),
    "second_question_mark": Sentences(
        "There is a second question mark in the address; parameters are joined by &.",
        "Behind the first question mark another one follows.",
        "Replace the second question mark by &.",
    ),
    "oldest_missing": Sentences(
        "The parameter oldest is missing; without it this list is refused.",
        "The address has no oldest, or an empty one.",
        "Add oldest, the first day wanted; newest is optional.",
    ),
    "parameter_missing": Sentences(
        "A parameter is missing that this address needs.",
        "The address has no {name}, or an empty one.",
        "Add {name} behind the question mark.",
    ),
    "parameter_name": Sentences(
        "A parameter has another name in Intervals.icu.",
        "The address has {given}.",
        "Name it {wanted}.",
    ),
    "range_reversed": Sentences(
        "The range of days is the wrong way round.",
        "The day of {first} is after the day of {last}.",
        "Swap the two.",
    ),
    "date_not_iso": Sentences(
        "A day is not written the way Intervals.icu reads it.",
        "The value of {name} is not of the form 2026-01-31.",
        f"{_ISO} Here that would be {{wanted}}.",
    ),
    "date_relative": Sentences(
        "A day is given by a word or a number, and only calendar days are understood.",
        "The value of {name} is not of the form 2026-01-31.",
        f"{_ISO} In Apple Shortcuts use Format Date with yyyy-MM-dd.",
    ),
    "date_impossible": Sentences(
        "There is a day that is not in the calendar.",
        "The value of {name} has the right form, but no such day exists.",
        "Check month and day.",
    ),
    "date_with_time": Sentences(
        "There is a clock time where only a day may stand.",
        "The value of {name} has a time behind the day.",
        "Cut it to {wanted}.",
    ),
    "date_utc": Sentences(
        "A time carries a time zone, and Intervals.icu wants the athlete's own wall"
        " clock.",
        "The value of {name} ends with Z or an offset such as +02:00.",
        "Leave the ending out and convert to local time first; close to midnight the"
        " day may change.",
    ),
    "date_refused": Sentences(
        "Intervals.icu could not read a date; often the time behind the day is"
        " missing.",
        "The answer says that a date could not be parsed.",
        "Calendar entries need 2026-01-31T00:00:00, lists need 2026-01-31.",
    ),
    "wrong_method": Sentences(
        "This address does not take {given}; it takes {wanted}.",
        "The request is sent with {given}.",
        "Send it with {wanted}.",
    ),
    "put_without_id": Sentences(
        "A new calendar entry is made with POST; PUT changes an existing one.",
        "The request is a PUT to events, without the id of an event.",
        "Use POST, or add the event's id to change it.",
    ),
    "wellness_post_json": Sentences(
        "Wellness is written with PUT; POST is for uploading a CSV file.",
        "The request is a POST to wellness with JSON in it.",
        "Use PUT, with the day in the address or as id in the body.",
    ),
    "activity_json_upload": Sentences(
        "This address takes an activity file; an activity typed by hand goes to"
        " activities/manual.",
        "The request is a POST to activities with JSON in it.",
        "Add /manual to the address.",
    ),
    "get_with_body": Sentences(
        "A GET was sent with a body, which is ignored or refused.",
        "The request says GET and has data as well.",
        "To write use {wanted}; to read leave the data out.",
    ),
    "wrong_type_in_address": Sentences(
        "A value in the address has the wrong type, for example a word where a number"
        " belongs.",
        "The answer speaks of a type mismatch.",
        "Check ids and parameters; event ids are numbers, days are 2026-01-31.",
    ),
    "not_found": Sentences(
        "The address looks right, so what it names may not exist or may be deleted.",
        "The answer was 404 and no mistake can be seen in the request.",
        "List first, and take the id from there.",
    ),
    "rate_limited": Sentences(
        "Too many requests were sent, and Intervals.icu asks for a pause.",
        "The answer was 429.",
        "Wait as long as the header Retry-After says; ask less often, and for lists"
        " rather than for each activity.",
    ),
    "rate_limited_until": Sentences(
        "Too many requests were sent; Intervals.icu asks to wait {seconds} seconds.",
        "The answer was 429 with Retry-After {seconds}.",
        "Wait that long; ask less often, and for lists rather than for each activity.",
    ),
    "server_trouble": Sentences(
        "Intervals.icu had trouble itself; the request may be right.",
        "The answer was an error of the server.",
        "Try again in a few minutes. If a 500 stays, check ids and days for a wrong"
        " type.",
    ),
}

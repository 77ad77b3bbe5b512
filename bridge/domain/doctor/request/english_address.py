"""English: what is wrong with the address."""

from __future__ import annotations

from bridge.domain.doctor.request.phrasing import Sentences

_BASE = "Begin the address with https://intervals.icu/api/v1"
_ID_ZERO = "Use 0, which always means the owner of the key."

ADDRESS: dict[str, Sentences] = {
    "host_prefix": Sentences(
        "The host has one part too many: it is just intervals.icu.",
        "The address begins with {prefix} and a dot.",
        f"{_BASE}, without {{prefix}} in front.",
    ),
    "host_other": Sentences(
        "The address does not point to Intervals.icu.",
        "The host in the address is not intervals.icu.",
        f"{_BASE}. If you meant your own bridge, use its device token with it.",
    ),
    "not_https": Sentences(
        "The address begins with http, but the key may travel only over https.",
        "The address begins with http, without an s.",
        f"{_BASE}; a redirect may lose the sign-in or turn a POST into a GET.",
    ),
    "scheme_missing": Sentences(
        "The address does not begin with https, so curl tries plain http.",
        "The address begins directly with the host.",
        f"{_BASE}.",
    ),
    "api_v1_missing": Sentences(
        "The part /api/v1 is missing in the address.",
        "Behind the host the address goes on without /api/v1.",
        f"{_BASE}; without it you reach the web site, which wants a browser.",
    ),
    "api_version_other": Sentences(
        "There is no such version of the API; it is v1.",
        "The address contains {version}.",
        f"{_BASE}.",
    ),
    "api_v1_twice": Sentences(
        "The part /api/v1 stands in the address twice.",
        "The address contains /api more than once at its beginning.",
        "Keep it once; your program may add it to the base address by itself.",
    ),
    "oauth_address": Sentences(
        "This is an address for registered OAuth apps; a personal key does not need"
        " it.",
        "The address contains oauth.",
        "Sign in with Basic, user API_KEY, at each request; there is no token to"
        " fetch.",
    ),
    "path_missing": Sentences(
        "The address ends before it says what is wanted.",
        "Nothing follows behind the host or /api/v1.",
        "Add what you want to read, for example /athlete/0/activities.",
    ),
    "path_unknown": Sentences(
        "Intervals.icu has no address like this one.",
        "The path is not among the known ones, and none is near enough to guess.",
        "Look it up in the API documentation at intervals.icu/api-docs.html.",
    ),
    "path_nearest": Sentences(
        "Intervals.icu has no address of this name; a similar one exists.",
        "A part of the path is unknown, and the nearest known path is {wanted}.",
        "Use {wanted}.",
    ),
    "path_singular_plural": Sentences(
        "A word in the address is singular where Intervals.icu uses the plural, or"
        " the reverse.",
        "The known path is {wanted}.",
        "Use {wanted}.",
    ),
    "path_case": Sentences(
        "The address is written with capitals where Intervals.icu uses small letters.",
        "A word of the path is known only in small letters.",
        "Use {wanted}.",
    ),
    "path_blank": Sentences(
        "There is a blank or an unseen character in the address.",
        "A part of the path contains a blank, perhaps written as %20.",
        "Delete it; in Apple Shortcuts look for a blank beside a variable.",
    ),
    "double_slash": Sentences(
        "There are two slashes in a row in the address.",
        "The path contains an empty part; often a variable was empty.",
        "Keep one slash, and check that the variable in between has a value.",
    ),
    "trailing_slash": Sentences(
        "The address ends with a slash, which may lead nowhere.",
        "The last character of the path is a slash.",
        "Remove it.",
    ),
    "laps_endpoint": Sentences(
        "There is no address for laps; in Intervals.icu laps are called intervals.",
        "The path ends with laps or a word like it.",
        "Use /activity/ID/intervals; there is no CSV of it, but this bridge has"
        " /v1/activities/ID/laps.csv.",
    ),
    "activities_for_one": Sentences(
        "One activity is read at /activity/ID, in the singular.",
        "The path has activities, in the plural, followed by one id.",
        "Use {wanted}; the plural is only for lists.",
    ),
    "activity_under_athlete": Sentences(
        "One activity is not below the athlete in the address.",
        "The path has athlete and then one activity.",
        "Use {wanted}, without the athlete.",
    ),
    "activity_for_list": Sentences(
        "The list of activities is called activities, in the plural.",
        "The path ends with activity and has no activity id.",
        "Use {wanted}.",
    ),
    "athlete_part_missing": Sentences(
        "The athlete is missing in the address.",
        "The path begins with something that belongs to an athlete.",
        "Use {wanted}; 0 means the owner of the key.",
    ),
    "athlete_id_missing": Sentences(
        "The athlete's id is missing in the address.",
        "Behind the word athlete no id follows.",
        f"{_ID_ZERO} The path is {{wanted}}.",
    ),
    "placeholder_in_path": Sentences(
        "An example id in the address was not replaced.",
        "A part of the path stands in brackets, or is not an id at all.",
        "Put the real id there; for an athlete, 0 means the owner of the key.",
    ),
    "id_without_i": Sentences(
        "The athlete id has no letter i in front, which only very old accounts lack.",
        "The id in the address is digits only.",
        f"{_ID_ZERO} Otherwise copy the id from the settings page, letter included.",
    ),
    "id_doubled_i": Sentences(
        "The athlete id has the letter i twice.",
        "The id in the address begins with two letters i.",
        f"{_ID_ZERO} Or write the i once; a program may add it by itself.",
    ),
    "id_capital_i": Sentences(
        "The athlete id begins with a capital I; it may have to be a small one.",
        "The id in the address begins with a capital letter.",
        f"{_ID_ZERO} Or write it with a small i.",
    ),
    "id_me": Sentences(
        "There is no athlete of this name; Intervals.icu calls you 0.",
        "Behind the word athlete stands {given}.",
        _ID_ZERO,
    ),
    "id_api_key": Sentences(
        "The word API_KEY stands in the address; it is the user name of the sign-in.",
        "Behind the word athlete stands API_KEY.",
        _ID_ZERO,
    ),
    "id_is_key": Sentences(
        "It looks as if the API key stands in the address, where the athlete id"
        " belongs.",
        "Behind the word athlete stands something that looks like a key.",
        f"{_ID_ZERO} The key belongs into the sign-in only; addresses end up in logs,"
        " so consider regenerating it.",
    ),
    "id_not_an_id": Sentences(
        "What stands in the address is not an athlete id.",
        "An id is the letter i and digits, and this is something else.",
        _ID_ZERO,
    ),
    "foreign_athlete_id": Sentences(
        "The athlete id may belong to somebody else; Intervals.icu gives the same 403"
        " for that.",
        "The answer was 403, and the address may name an athlete by id; whose it is"
        " cannot be seen offline.",
        f"{_ID_ZERO}",
    ),
    "activity_latest": Sentences(
        "Intervals.icu has no address for the latest activity.",
        "A word stands where the activity's id belongs.",
        "List the activities with limit=1 and take the id from there, or ask this"
        " bridge for /v1/activities/latest.",
    ),
    "strava_activity_id": Sentences(
        "The activity id is digits only, so the activity may have come from Strava,"
        " whose data the API may not give out.",
        "The id in the address has no letter i in front.",
        "Connect the device's own service, such as Garmin or Wahoo, to Intervals.icu"
        " directly; for past ones see Import All Strava Data in the settings.",
    ),
    "strava_stub_likely": Sentences(
        "The activity id is digits only, so the activity may have come from Strava"
        " and be nearly empty.",
        "The id in the address has no letter i in front.",
        "Connect the device's own service, such as Garmin or Wahoo, to Intervals.icu"
        " directly; for past ones see Import All Strava Data in the settings.",
    ),
    "strava_only": Sentences(
        "The activity came from Strava, and the API may not give out its data.",
        "The answer says that Strava activities cannot be read.",
        "Connect the device's own service, such as Garmin or Wahoo, to Intervals.icu"
        " directly; for past ones see Import All Strava Data in the settings.",
    ),
    "strava_stub": Sentences(
        "The activity came from Strava, so only an empty shell of it is given out.",
        "The answer carries the note about Strava activities.",
        "Connect the device's own service, such as Garmin or Wahoo, to Intervals.icu"
        " directly; for past ones see Import All Strava Data in the settings.",
    ),
}

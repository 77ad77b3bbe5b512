"""The doctor reads a request that failed: the shape of what it says."""

from __future__ import annotations

import shlex

import pytest

from bridge.domain.doctor.request import Diagnosis, diagnose
from bridge.domain.doctor.request.causes import CODES
from bridge.domain.doctor.request.english import ENGLISH
from bridge.domain.doctor.request.model import seen
from bridge.domain.doctor.request.phrasing import phrase, summarise
from bridge.masking import Mask

KEY = "1l0nlqjq3j1obdhg08rz5rhhx"
BASE = "https://intervals.icu/api/v1"
GOOD = f"curl -u API_KEY:{KEY} {BASE}/athlete/0/wellness/2026-01-31"
REFUSED = '{"status":403,"error":"Access denied"}'


def codes(diagnosis: Diagnosis) -> list[str]:
    return [finding.code for finding in diagnosis.findings]


def note(code: str) -> str:
    return ENGLISH.notes[code]


def test_a_request_without_fault_is_called_so_honestly() -> None:
    said = diagnose(GOOD)
    assert said.findings == ()
    assert said.summary.startswith("Nothing wrong can be seen")
    for unseen in ("unseen_key", "unseen_id", "unseen_outage"):
        assert note(unseen) in said.notes


def test_the_line_of_a_good_request_is_the_request_with_the_key_masked() -> None:
    said = diagnose(GOOD)
    assert said.corrected_curl == GOOD.replace(KEY, "*****")


def test_bearer_with_a_key_is_the_likeliest_cause_of_403() -> None:
    line = f'curl -H "Authorization: Bearer {KEY}" {BASE}/athlete/i9/profile'
    said = diagnose(f"{line}\n{REFUSED}")
    assert codes(said) == ["bearer_with_api_key", "foreign_athlete_id"]
    assert said.corrected_curl == f"curl -u API_KEY:***** {BASE}/athlete/0/profile"
    assert note("status_403") in said.notes


def test_a_foreign_id_and_an_old_key_are_both_named_for_a_clean_403() -> None:
    said = diagnose(GOOD.replace("athlete/0", "athlete/i77"), status=403)
    assert codes(said) == ["foreign_athlete_id", "key_may_be_old"]
    assert said.corrected_curl is not None
    assert "/athlete/0/" in said.corrected_curl
    assert note("coach_id") in said.notes


def test_with_athlete_0_a_clean_403_leaves_only_the_key() -> None:
    assert codes(diagnose(GOOD, status=403)) == ["key_may_be_old"]


def test_visibility_is_said_not_to_matter_whenever_access_is_refused() -> None:
    for text in (GOOD, f"{GOOD}\n{REFUSED}", "403", "my account is private, 404"):
        assert note("visibility") in diagnose(text).notes


def test_visibility_is_not_mentioned_when_only_the_body_is_wrong() -> None:
    line = f"curl -u API_KEY:{KEY} --json '{{\"feel\":3}}' -X PUT"
    said = diagnose(f"{line} {BASE}/athlete/0/wellness/2026-01-31", status=422)
    assert note("visibility") not in said.notes


@pytest.mark.parametrize(
    "text",
    [
        "I changed the type in Garmin Connect but it does not arrive",
        "wrong activity type",
        f"""curl -X PUT {BASE}/activity/i1 --json '{{"type":"Run"}}'""",
    ],
)
def test_a_question_about_type_is_told_where_types_come_from(text: str) -> None:
    assert note("garmin_type") in diagnose(text).notes


def test_a_type_parameter_is_no_question_about_type() -> None:
    line = f"curl -u API_KEY:{KEY} {BASE}/athlete/0/power-curves?type=Ride"
    assert note("garmin_type") not in diagnose(line).notes


def test_only_an_answer_gives_the_usual_suspects() -> None:
    assert codes(diagnose(REFUSED))[0] == "unseen_bearer"
    assert codes(diagnose("HTTP/1.1 401"))[0] == "unseen_sign_in"


def test_text_that_is_no_request_says_what_to_paste() -> None:
    for text in ("", "   \n", "hello there", "my key does not work"):
        said = diagnose(text)
        assert (said.findings, said.corrected_curl) == ((), None)
        assert note("nothing_pasted") in said.notes


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("HTTP/2 403", 403),
        ("< HTTP/1.1 401 Unauthorized", 401),
        (REFUSED, 403),
        ('{"timestamp":"x","status":404,"error":"Not Found","path":"/"}', 404),
        ("I get a 405", 405),
        ("it returns error 422", 422),
        ("500", 500),
        ("429 Too Many Requests", 429),
    ],
)
def test_a_status_in_the_text_is_explained(answer: str, status: int) -> None:
    for text in (f"{GOOD}\n{answer}", answer):
        assert note(f"status_{status}") in diagnose(text).notes


def test_a_given_status_wins_over_one_in_the_text() -> None:
    notes = diagnose(f"{GOOD}\nHTTP/1.1 403", status=405).notes
    assert note("status_405") in notes
    assert note("status_403") not in notes


def test_numbers_inside_the_request_are_no_status() -> None:
    line = f"curl -u API_KEY:{KEY} '{BASE}/athlete/0/events/403?limit=404'"
    assert not any(text.startswith("40") for text in diagnose(line).notes)


def test_an_answer_over_several_lines_is_not_taken_for_a_body() -> None:
    text = f'{BASE}/athlete/0\n{{\n  "status": 403,\n  "error": "Access denied"\n}}'
    said = diagnose(text)
    assert note("status_403") in said.notes
    assert "json_broken" not in codes(said)


def test_429_says_how_long_to_wait() -> None:
    said = diagnose(f"{GOOD}\nHTTP/1.1 429\nRetry-After: 300")
    assert said.findings[0].code == "rate_limited_until"
    assert "300 seconds" in said.findings[0].what


def test_429_body_says_how_long_to_wait() -> None:
    said = diagnose(f'{GOOD}\n{{"status":429,"retry_after_seconds":42}}')
    assert "42 seconds" in said.findings[0].what


def test_429_without_retry_after_is_explained_too() -> None:
    assert codes(diagnose(GOOD, status=429)) == ["rate_limited"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("Cannot read Strava activities via the API", "strava_only"),
        ('"_note":"STRAVA activities are not available via the API"', "strava_stub"),
        ("SETTINGS:READ scope required", "scope_missing"),
        ("Invalid HR zone names", "hr_zone_lengths_answer"),
        ("Unrecognized wellness field [feel] for athlete i1", "wellness_field_refused"),
        ("Text '2026-05-25' could not be parsed at index 10", "date_refused"),
        ("JSON parse error: Cannot deserialize", "json_refused"),
        ("…MethodArgumentTypeMismatchException: Failed", "wrong_type_in_address"),
        ("Folder is required", "folder_missing"),
    ],
)
def test_the_words_of_the_answer_are_understood(answer: str, code: str) -> None:
    assert code in codes(diagnose(f"{GOOD}\n{answer}"))


def test_a_server_error_is_not_blamed_on_the_request() -> None:
    assert codes(diagnose(GOOD, status=503)) == ["server_trouble"]


def test_404_without_a_mistake_means_that_it_may_not_exist() -> None:
    assert codes(diagnose(GOOD, status=404)) == ["not_found"]


def test_a_known_status_brings_its_own_causes_to_the_front() -> None:
    line = f"curl -u API_KEY:{KEY} -H 'X-API-Key: x' {BASE}/athlete/0/event"
    assert codes(diagnose(line, status=404))[0] == "path_singular_plural"
    assert codes(diagnose(line, status=401))[0] == "header_name_wrong"


def test_every_cause_has_its_sentences_and_every_sentence_its_cause() -> None:
    assert set(CODES) == set(ENGLISH.findings)


def test_every_summary_can_be_spoken_in_one_breath() -> None:
    words = ("where", "name", "given", "wanted", "prefix", "version", "first", "last")
    longest = dict.fromkeys(words, "the decoded Authorization header")
    longest |= {"zones": "12", "names": "12", "seconds": "86400"}
    for code in CODES:
        finding = phrase(seen(code, **longest), ENGLISH, Mask([]))
        said = summarise((finding,) * 12, ENGLISH, "nothing_wrong")
        assert len(said) < 280
        assert not said.endswith("…")
        assert said.count(". ") == 0
    for silent in ("nothing_wrong", "not_a_request", "to_bridge"):
        assert len(summarise((), ENGLISH, silent)) < 280


def test_every_sentence_ends_like_one() -> None:
    texts = [text for three in ENGLISH.findings.values() for text in three]
    for text in [*texts, *ENGLISH.notes.values()]:
        assert text[0].isupper() or text[0].isdigit() or text[0] == "{"
        assert text.endswith(".")
        assert "  " not in text


def test_what_is_wrong_is_one_sentence() -> None:
    for sentences in ENGLISH.findings.values():
        assert ". " not in sentences.what


def test_a_request_to_a_bridge_is_not_judged_as_one_to_upstream() -> None:
    said = diagnose(
        "curl -H 'Authorization: Bearer icb_x.y' http://10.0.0.2:8080/v1/week"
    )
    assert (said.findings, said.corrected_curl) == ((), None)
    assert "bridge" in said.summary


def test_a_long_text_is_read_from_its_beginning() -> None:
    said = diagnose(GOOD + "\n" + "x" * 70_000)
    assert note("text_cut") in said.notes
    assert said.findings == ()


def test_the_corrected_line_runs_once_the_key_is_filled_in() -> None:
    said = diagnose(
        f"curl -X POST -H 'Authorization: Bearer {KEY}' {BASE}/athlete/0/events "
        """-d '{"category":"Note","name":"\\"ok\\" & $HOME","date":"2026-05-25"}'"""
    )
    assert said.corrected_curl is not None
    words = shlex.split(said.corrected_curl.replace("*****", KEY))
    assert words[:3] == ["curl", "-u", f"API_KEY:{KEY}"]
    assert words[-1] == f"{BASE}/athlete/0/events"
    assert '"category": "NOTE"' in words[words.index("-d") + 1]


def test_windows_users_are_told_about_quotes() -> None:
    text = f'curl.exe ^\r\n -u "API_KEY:{KEY}" ^\r\n "{BASE}/athlete/0/gear"'
    said = diagnose(text)
    assert said.findings == ()
    assert note("line_windows") in said.notes


def test_a_pasted_key_comes_with_the_advice_to_renew_it_if_it_was_public() -> None:
    assert note("key_was_pasted") in diagnose(GOOD).notes
    assert note("key_was_pasted") not in diagnose(GOOD.replace(KEY, "*****")).notes

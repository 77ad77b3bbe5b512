"""The doctor reads a request that failed: the shape of what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from urllib.parse import unquote

import pytest

from bridge.domain.doctor.request import Report, explain_request, report
from bridge.domain.doctor.request.causes import phrase, sentences, summarise
from bridge.domain.doctor.request.model import cause
from bridge.masking import Mask

KEY = "1l0nlqjq3j1obdhg08rz5rhhx"
BASE = "https://intervals.icu/api/v1"
GOOD = f"curl -u API_KEY:{KEY} {BASE}/athlete/0/wellness/2026-01-31"
REFUSED = '{"status":403,"error":"Access denied"}'


def codes(diagnosis: Report) -> list[str]:
    return [finding.code for finding in diagnosis.findings]


def note(code: str) -> str:
    text: str = sentences()["notes"][code]
    return text


def test_a_request_without_fault_is_called_so_honestly() -> None:
    said = explain_request(GOOD)
    assert said.findings == ()
    assert said.summary.startswith("Nothing wrong can be seen")
    assert note("unseen") in said.notes


def test_the_line_of_a_good_request_is_the_request_with_the_key_masked() -> None:
    said = explain_request(GOOD)
    assert said.corrected_curl == GOOD.replace(KEY, "*****")


def test_bearer_with_a_key_is_the_likeliest_cause_of_403() -> None:
    line = f'curl -H "Authorization: Bearer {KEY}" {BASE}/athlete/i9/profile'
    said = explain_request(f"{line}\n{REFUSED}")
    assert codes(said) == ["bearer_with_api_key", "foreign_athlete_id"]
    assert said.corrected_curl == f"curl -u API_KEY:***** {BASE}/athlete/0/profile"
    assert note("status_403") in said.notes


def test_a_foreign_id_and_an_old_key_are_both_named_for_a_clean_403() -> None:
    said = explain_request(GOOD.replace("athlete/0", "athlete/i77"), status=403)
    assert codes(said) == ["foreign_athlete_id", "key_may_be_old"]
    assert said.corrected_curl is not None
    assert "/athlete/0/" in said.corrected_curl
    assert note("coach_id") in said.notes


def test_with_athlete_0_a_clean_403_leaves_only_the_key() -> None:
    assert codes(explain_request(GOOD, status=403)) == ["key_may_be_old"]


def test_visibility_is_said_not_to_matter_whenever_access_is_refused() -> None:
    for text in (GOOD, f"{GOOD}\n{REFUSED}", "403", "my account is private, 404"):
        assert note("visibility") in explain_request(text).notes


def test_visibility_is_not_mentioned_when_only_the_body_is_wrong() -> None:
    answer = '{"status":422,"error":"Invalid HR zone names"}'
    said = explain_request(f"{GOOD}\n{answer}")
    assert note("visibility") not in said.notes


def test_only_an_answer_gives_the_usual_suspects() -> None:
    assert codes(explain_request(REFUSED))[0] == "unseen_bearer"
    assert codes(explain_request("HTTP/1.1 401"))[0] == "unseen_sign_in"


def test_text_that_is_no_request_says_what_to_paste() -> None:
    for text in ("", "   \n", "hello there", "my key does not work"):
        said = explain_request(text)
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
        assert note(f"status_{status}") in explain_request(text).notes


def test_a_given_status_wins_over_one_in_the_text() -> None:
    notes = explain_request(f"{GOOD}\nHTTP/1.1 403", status=405).notes
    assert note("status_405") in notes
    assert note("status_403") not in notes


def test_numbers_inside_the_request_are_no_status() -> None:
    line = f"curl -u API_KEY:{KEY} '{BASE}/athlete/0/events/403?limit=404'"
    assert not any(text.startswith("40") for text in explain_request(line).notes)


def test_an_answer_over_several_lines_is_not_taken_for_a_body() -> None:
    text = f'{BASE}/athlete/0\n{{\n  "status": 403,\n  "error": "Access denied"\n}}'
    said = explain_request(text)
    assert note("status_403") in said.notes
    assert "json_broken" not in codes(said)


def test_429_asks_for_a_pause() -> None:
    said = explain_request(f"{GOOD}\nHTTP/1.1 429\nRetry-After: 300")
    assert codes(said) == ["rate_limited"]
    assert note("status_429") in said.notes


def test_a_missing_scope_is_read_in_the_answer() -> None:
    assert codes(explain_request(f"{GOOD}\nSETTINGS:READ scope required")) == [
        "scope_missing"
    ]


SETTINGS = f"{BASE}/athlete/0/sport-settings/Ride"
PACE = "threshold_pace"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"hr_zones":[140,190],"hr_zone_names":["a"]}', ["hr_zone_names"]),
        ('{"hr_zones":[140,190]}', ["hr_zone_names"]),
        ('[{"hr_zone_names":["a","b"]}]', ["hr_zone_names"]),
        ('{"threshold_pace":"4:30"}', [PACE]),
        ('{"threshold_pace":270}', [PACE]),
        ('{"threshold_pace":-1,"hr_zones":[]}', ["hr_zone_names", PACE]),
        ('{"hr_zones":[140,190],"hr_zone_names":["a","b"],"threshold_pace":3.3}', []),
        ('{"threshold_pace":null,"power_zones":[55,75,999]}', []),
        ('{"hr_zones":', []),
        ("[" * 5000, []),
        ('{"threshold_pace":' + "1" * 5000 + "}", []),
    ],
)
def test_why_a_zone_update_ends_in_422(body: str, expected: list[str]) -> None:
    line = f"curl -u API_KEY:{KEY} -X PUT --json '{body}' {SETTINGS}"
    raw = f"PUT {SETTINGS} HTTP/1.1\nAuthorization: Basic *****\n\n{body}"
    for text in (line, raw):
        said = explain_request(text, status=422)
        assert codes(said) == expected
        assert (said.corrected_curl or "").endswith(f"-d @body.json {SETTINGS}")
        assert note("line_body_file") in said.notes


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("Invalid HR zone names", "hr_zone_names"),
        ("Invalid threshold pace", "threshold_pace"),
    ],
)
def test_the_words_of_a_refused_zone_update_are_understood(
    answer: str, code: str
) -> None:
    assert codes(explain_request(f'{GOOD}\n{{"status":422,"error":"{answer}"}}')) == [
        code
    ]


def test_a_body_elsewhere_is_not_judged_and_not_repeated() -> None:
    line = f"curl -u API_KEY:{KEY} -X PUT --json '{{weight: 70,}}' {BASE}/athlete/0"
    said = explain_request(line, status=400)
    assert said.findings == ()
    assert "weight" not in repr(said)


def test_a_server_error_is_not_blamed_on_the_request() -> None:
    assert codes(explain_request(GOOD, status=503)) == ["server_trouble"]


def test_404_without_a_mistake_means_that_it_may_not_exist() -> None:
    assert codes(explain_request(GOOD, status=404)) == ["not_there"]


def test_a_known_status_brings_its_own_causes_to_the_front() -> None:
    line = f"curl -u API_KEY:{KEY} -H 'X-API-Key: x' {BASE}/athlete/0/event"
    assert codes(explain_request(line, status=404))[0] == "path_nearest"
    assert codes(explain_request(line, status=401))[0] == "header_name_wrong"


WORDS = dict.fromkeys(("where", "name", "given", "wanted"), "the web address, 0")


def test_every_cause_is_told_in_whole_sentences() -> None:
    for code, row in sentences()["causes"].items():
        assert row.keys() == {"statuses", "what", "how_seen", "fix"}, code
        finding = phrase(cause(code, **WORDS), Mask([]))
        for text in (finding.what, finding.how_seen, finding.fix):
            assert re.fullmatch(r"[A-Z][^{}]*\.", text), text
            assert "  " not in text
        assert ". " not in finding.what
    for text in sentences()["notes"].values():
        assert re.fullmatch(r"[A-Z\d].*\.", text), text


def test_every_cause_of_the_table_is_seen_somewhere_and_the_reverse() -> None:
    folder = Path(report.__file__).parent
    source = "\n".join(one.read_text("utf-8") for one in folder.glob("*.py"))
    for table in ("causes", "notes", "summaries"):
        for code in sentences()[table]:
            assert code.startswith("status_") or f'"{code}"' in source, code


def test_every_summary_can_be_spoken_in_one_breath() -> None:
    longest = dict.fromkeys(WORDS, "the decoded Authorization header")
    for code in sentences()["causes"]:
        finding = phrase(cause(code, **longest), Mask([]))
        said = summarise((finding,) * 12, "nothing_wrong")
        assert len(said) < 280
        assert not said.endswith("…")
        assert said.count(". ") == 0
    for silent in ("nothing_wrong", "not_a_request", "to_bridge"):
        assert len(summarise((), silent)) < 280


def test_a_request_to_a_bridge_is_not_judged_as_one_to_upstream() -> None:
    said = explain_request(
        "curl -H 'Authorization: Bearer icb_x.y' http://10.0.0.2:8080/v1/week"
    )
    assert (said.findings, said.corrected_curl) == ((), None)
    assert "bridge" in said.summary
    raw = "GET /v1/week HTTP/1.1\nHost: b.example\nAuthorization: Bearer icb_x.y"
    assert explain_request(raw) == said


def test_a_long_text_is_read_from_its_beginning() -> None:
    said = explain_request(GOOD + "\n" + "x" * 70_000)
    assert note("text_cut") in said.notes
    assert said.findings == ()


def test_the_corrected_line_runs_once_the_key_is_filled_in() -> None:
    address = f"{BASE}/athlete/0/events?ids=1&ids='$HOME'"
    line = f'curl -X POST -H "Authorization: Bearer {KEY}" "{address}" -d @event.json'
    said = explain_request(line)
    assert said.corrected_curl is not None
    words = shlex.split(said.corrected_curl.replace("*****", KEY))
    assert words[:3] == ["curl", "-u", f"API_KEY:{KEY}"]
    assert words[3:-1] == ["-H", "Content-Type: application/json", "-d", "@body.json"]
    assert unquote(words[-1]) == address


def test_windows_users_are_told_about_quotes() -> None:
    text = f'curl.exe ^\r\n -u "API_KEY:{KEY}" ^\r\n "{BASE}/athlete/0/gear"'
    said = explain_request(text)
    assert said.findings == ()
    assert note("line_windows") in said.notes


def test_a_pasted_key_comes_with_the_advice_to_renew_it_if_it_was_public() -> None:
    assert note("key_was_pasted") in explain_request(GOOD).notes
    assert (
        note("key_was_pasted") not in explain_request(GOOD.replace(KEY, "*****")).notes
    )

"""Which cause is likelier than which, and which status it brings."""

from __future__ import annotations

from bridge.domain.doctor.request.model import Seen

# The likeliest first; behind each code the statuses upstream answers with. A cause
# whose statuses include the one that was seen goes before those that do not.
_TABLE = """
rate_limited_until 429
rate_limited 429
strava_only 422
strava_stub 200
scope_missing 403
wellness_field_refused 422
bridge_token 401 403
bearer_with_api_key 403
bearer_with_pair 403
unseen_bearer 403
user_and_key_swapped 401 403
key_as_user 401
key_missing 401
user_missing 401
user_spelling 401
user_is_athlete_id 401
user_is_email 401
user_other 401
scheme_in_key 401 403
key_with_user_name 401 403
key_variable 401 403
key_placeholder 401 403
id_as_key 401 403
basic_not_encoded 401
basic_not_base64 401
basic_key_alone 401
basic_twice 401
basic_percent 401
basic_trailing_newline 401 403
basic_line_break 400 401
key_line_break 400 401 403
key_quotes 401 403
key_blanks 401 403
key_blank_within 401 403
key_invisible 401 403
user_blanks 401
header_name_wrong 401
header_misspelt 401
header_name_twice 401
scheme_missing_basic 401
scheme_missing_key 401
scheme_unknown 401
key_in_query 401
unquoted_header 401
no_credentials 401
unseen_sign_in 401
bearer_maybe_oauth 401 403
two_credentials 401 403
smart_dash 401
smart_quotes 400 401 403 404
host_other 404
host_prefix 301 302 404
not_https 301 302 307 308 405
scheme_missing 301 302 307 308 405
api_v1_missing 404
api_version_other 404
api_v1_twice 404
oauth_address 404
path_missing 404
id_is_key 401 403
id_me 401 403
id_api_key 401 403
id_doubled_i 403
id_capital_i 403
id_not_an_id 403
placeholder_in_path 403 404 500
laps_endpoint 404
activities_for_one 404 405
activity_under_athlete 404 405
activity_for_list 404
athlete_part_missing 404
athlete_id_missing 401 403 404
path_singular_plural 404
path_nearest 404
path_case 404
path_blank 404
double_slash 404
trailing_slash 404
path_unknown 404
activity_latest 404 500
wrong_method 405
put_without_id 405 422
wellness_post_json 400 415 422 500
activity_json_upload 400 415 422 500
get_with_body 400 405
unquoted_ampersand 422
second_question_mark 422
oldest_missing 422
parameter_name 422
parameter_missing 422
date_not_iso 400 422 500
date_impossible 400 422 500
date_relative 400 422 500
date_with_time 400 422 500
date_refused 422
date_utc 400 422
range_reversed 200 422
json_trailing_comma 400
json_single_quotes 400
json_smart_quotes 400
json_unquoted_keys 400
json_python_words 400
json_broken 400
body_is_form 400 415
json_refused 400
array_expected 400
object_expected 400
content_type_missing 400 415 422 500
content_type_wrong 400 415 422 500
event_date_without_time 422
category_case 400 422
category_unknown 400 422
category_missing 400 422
event_start_missing 422
event_key 422
event_name_missing 422
event_sport_missing 422
sport_spelling 400 422
wellness_feel 422
wellness_key 422
wellness_key_unknown 422
wellness_read_only 422
wellness_day_missing 400 422 500
gear_type 400 422
workout_type_missing 422
folder_missing 422
name_too_long 422
hr_zone_lengths 422
hr_zone_lengths_answer 422
hr_zones_alone 422
threshold_pace_unit 422
zones_in_watts 200
zones_last_not_999 200
hr_zones_last_999 200
hr_zones_in_percent 200
max_hr_overwritten 200
zones_not_ascending 200
sleep_in_hours 200
null_clears_nothing 200
secret_in_body 400 403
strava_activity_id 422
strava_stub_likely 200
foreign_athlete_id 403
id_without_i 403
wrong_type_in_address 500
key_may_be_old 401 403
not_found 404
server_trouble 500 502 503 504
key_in_url 401
recalc_missing 422
"""


def _read(line: str) -> tuple[str, frozenset[int]]:
    code, *statuses = line.split()
    return code, frozenset(map(int, statuses))


STATUSES = dict(_read(line) for line in _TABLE.strip().splitlines())
CODES = tuple(STATUSES)
_RANK = {code: rank for rank, code in enumerate(CODES)}


def explains(found: list[Seen], status: int | None) -> bool:
    """Say whether one of ``found`` brings ``status``."""
    return any(status in STATUSES[one.code] for one in found)


def ordered(found: list[Seen], status: int | None) -> list[Seen]:
    """Return ``found`` without repetition, the likeliest cause first."""

    def likelihood(one: Seen) -> tuple[bool, int]:
        return (
            status is not None and status not in STATUSES[one.code],
            _RANK[one.code],
        )

    return sorted(dict.fromkeys(found), key=likelihood)

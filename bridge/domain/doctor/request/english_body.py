"""English: what is wrong with the body."""

from __future__ import annotations

from bridge.domain.doctor.request.phrasing import Sentences

BODY: dict[str, Sentences] = {
    "content_type_missing": Sentences(
        "The body is JSON, but the request does not say so.",
        "There is no Content-Type header; curl then announces a web form.",
        "Add the header Content-Type: application/json.",
    ),
    "content_type_wrong": Sentences(
        "The body is JSON, but the request announces something else.",
        "The Content-Type header does not say json.",
        "Set the header Content-Type: application/json.",
    ),
    "json_trailing_comma": Sentences(
        "There is a comma too many in the JSON.",
        "A comma stands right before a closing bracket.",
        "Remove the last comma.",
    ),
    "json_single_quotes": Sentences(
        "The JSON has single quotes, and it needs double ones.",
        "Names or texts in the body stand between single quotes.",
        'Use " round every name and text.',
    ),
    "json_smart_quotes": Sentences(
        "The JSON has curly quotes, and it needs straight ones.",
        "There are quotes such as “ in the body.",
        "Replace them by straight quotes; on an iPhone switch off Smart Punctuation in"
        " Settings, General, Keyboard.",
    ),
    "json_unquoted_keys": Sentences(
        "The names in the JSON have no quotes round them.",
        "In the body a bare word stands in front of a colon.",
        'Put " round every name. A terminal may also have eaten the quotes: put single'
        " quotes round the whole body.",
    ),
    "json_python_words": Sentences(
        "The body has None, True or False, which JSON does not know.",
        "These words of Python stand in the body.",
        "Write null, true or false, in small letters.",
    ),
    "json_broken": Sentences(
        "The body is not valid JSON.",
        "It cannot be read, and the fault is not one of the usual ones.",
        "Check brackets, quotes and commas with a JSON checker.",
    ),
    "json_refused": Sentences(
        "Intervals.icu could not read the body: broken JSON, or a word it does not"
        " know, such as a category in small letters.",
        "The answer speaks of a JSON parse error.",
        "Check quotes and commas, and write categories in capitals.",
    ),
    "body_is_form": Sentences(
        "The body is written like a web form, and Intervals.icu wants JSON.",
        "The body has the form name=value.",
        'Write it as {{"name": "value"}} and send Content-Type: application/json.',
    ),
    "array_expected": Sentences(
        "This address wants a list, and one object was sent.",
        "The body does not begin with a square bracket.",
        "Put square brackets round it.",
    ),
    "object_expected": Sentences(
        "This address wants one object, and a list was sent.",
        "The body begins with a square bracket.",
        "Send one object, or use the address for many: events/bulk, wellness-bulk,"
        " workouts/bulk.",
    ),
    "secret_in_body": Sentences(
        "A key, token or password stands in the body, where it does not belong.",
        "The body has a field with such a name.",
        "Take it out; the key belongs into the sign-in only.",
    ),
    "event_date_without_time": Sentences(
        "The date of a calendar entry needs a time behind the day.",
        "The value of {name} is a day only.",
        "Write 2026-01-31T00:00:00; midnight stands for the whole day.",
    ),
    "event_start_missing": Sentences(
        "The calendar entry does not say when it begins.",
        "There is no start_date_local in the body.",
        "Add start_date_local, for example 2026-01-31T00:00:00.",
    ),
    "event_key": Sentences(
        "A field of the calendar entry has another name in Intervals.icu.",
        "The body has {given}.",
        "Name it {wanted}.",
    ),
    "category_case": Sentences(
        "The category must be in capital letters.",
        "The category is known, but written differently.",
        "Write {wanted}.",
    ),
    "category_unknown": Sentences(
        "Intervals.icu does not know this category.",
        "The category is not one of WORKOUT, NOTE, RACE_A, RACE_B, RACE_C, HOLIDAY,"
        " SICK, INJURED, PLAN, TARGET and a few more.",
        "Perhaps you mean {wanted}.",
    ),
    "category_missing": Sentences(
        "The calendar entry has no category.",
        "There is no category in the body.",
        "Add it, for example {wanted}.",
    ),
    "event_name_missing": Sentences(
        "A note needs a name.",
        "The entry is a note without a name, or the answer says so.",
        "Add name.",
    ),
    "event_sport_missing": Sentences(
        "A planned workout or race needs a sport.",
        "There is no type in the body.",
        "Add type, for example Ride, Run or Swim.",
    ),
    "sport_spelling": Sentences(
        "The sport is spelt differently in Intervals.icu.",
        "The type in the body is not one of the known sports.",
        "Write {wanted}.",
    ),
    "wellness_feel": Sentences(
        "Wellness has no field named feel, and one unknown field rejects the whole"
        " row.",
        "The body has feel.",
        "For the day use mood, from 1 excellent to 4 poor; feel belongs to an"
        " activity.",
    ),
    "wellness_key": Sentences(
        "A wellness field has another name in Intervals.icu, and one unknown field"
        " rejects the whole row.",
        "The body has {given}.",
        "Name it {wanted}.",
    ),
    "wellness_key_unknown": Sentences(
        "Wellness may not have this field, and one unknown field rejects the whole"
        " row.",
        "The body has {given}, which is not among the built-in fields.",
        "Remove it, unless you made a custom field with exactly this code.",
    ),
    "wellness_field_refused": Sentences(
        "Intervals.icu does not know a wellness field, so the whole row was rejected.",
        "The answer names the field {given}.",
        "Remove or rename it; custom fields must exist in your settings first.",
    ),
    "wellness_read_only": Sentences(
        "A wellness field was sent that Intervals.icu computes itself.",
        "The body has {given}.",
        "Leave it out; it follows from your training.",
    ),
    "wellness_day_missing": Sentences(
        "The wellness row does not say which day it is for.",
        "There is no day in the address and no id in the body.",
        "Put the day at the end of the address, or as id into the body.",
    ),
    "sleep_in_hours": Sentences(
        "Sleep was sent in hours, and it is kept in seconds.",
        "The value of sleepSecs is 24 or less.",
        "Multiply hours by 3600.",
    ),
    "gear_type": Sentences(
        "The kind of gear is called type.",
        "The body has gear_type.",
        "Name it type, with a value such as Bike or Shoes.",
    ),
    "workout_type_missing": Sentences(
        "A workout of the library needs a sport, and its field is called type.",
        "There is no type in the body, or the answer says that it is missing.",
        "Add type, for example Ride.",
    ),
    "folder_missing": Sentences(
        "A workout of the library needs a folder.",
        "There is no folder_id in the body, or the answer says that it is missing.",
        "List your folders first and add folder_id, one of your own.",
    ),
    "name_too_long": Sentences(
        "The name is too long.",
        "It has more than 80 characters, or the answer says so.",
        "Shorten it to 80 characters.",
    ),
    "hr_zone_lengths": Sentences(
        "There are not as many names of heart rate zones as zones.",
        "The body has {zones} zones and {names} names.",
        "Send one name for each zone.",
    ),
    "hr_zone_lengths_answer": Sentences(
        "There are not as many names of heart rate zones as zones.",
        "The answer says that the names of the zones are invalid.",
        "Send hr_zones and hr_zone_names together, equally long.",
    ),
    "hr_zones_alone": Sentences(
        "Heart rate zones were sent without their names, or the reverse; if the"
        " lengths differ from what is stored, that may be refused.",
        "Only one of hr_zones and hr_zone_names is in the body.",
        "Send both together, equally long.",
    ),
    "hr_zones_last_999": Sentences(
        "The last heart rate zone ends at 999, which would become your maximum heart"
        " rate.",
        "The last value of hr_zones is 999.",
        "End with your maximum heart rate; 999 is for power and pace zones.",
    ),
    "hr_zones_in_percent": Sentences(
        "Heart rate zones are in beats a minute, and these may be percentages.",
        "The last value of hr_zones is too low for a maximum heart rate.",
        "Send beats a minute; the last one is your maximum heart rate.",
    ),
    "max_hr_overwritten": Sentences(
        "The maximum heart rate will be replaced by the end of the last zone.",
        "The body has a max_hr that differs from the last value of hr_zones.",
        "Make the two equal.",
    ),
    "zones_last_not_999": Sentences(
        "The last zone must end at 999, which means no limit.",
        "The last value of {name} is something else.",
        "Set the last value to 999.",
    ),
    "zones_in_watts": Sentences(
        "Power zones are percentages of FTP, and these look like watts.",
        "A value of power_zones is far above any percentage; it would be stored as it"
        " is.",
        "Divide by FTP, times 100; the last value is 999.",
    ),
    "zones_not_ascending": Sentences(
        "The ends of the zones must rise.",
        "A value of {name} is not above the one before it.",
        "Sort them.",
    ),
    "threshold_pace_unit": Sentences(
        "The threshold pace is a speed in metres a second, for every sport.",
        "The value of threshold_pace is no such speed, or the answer says so.",
        "Divide 1000 by the seconds for a kilometre: 5:00 is 3.33.",
    ),
    "recalc_missing": Sentences(
        "It is not said whether heart rate zones are to be computed anew.",
        "There is no recalcHrZones in the address.",
        "Add recalcHrZones=false to keep your zones, true to rebuild them from LTHR.",
    ),
    "null_clears_nothing": Sentences(
        "A null may not clear a value; Intervals.icu takes minus one for a number.",
        "A field of the body is null.",
        "Send -1 to clear a number.",
    ),
}

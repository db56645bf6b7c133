"""Independent oracle of the working-time engine.

Prints golden.json on standard output. It knows nothing of the Rust engine: days are walked one by one
and hours minute by minute, with naive local datetimes of Việt Nam, so that the two share no cleverness.
Standard library only; the same bytes on every run. Before printing it checks the vectors known from the
rules by hand and refuses to print when one of them fails.
"""

import json
import sys
from datetime import date, datetime, time, timedelta

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
MORNING = (time(7, 0), time(11, 30))
AFTERNOON = (time(13, 30), time(17, 0))
PUBLISHED_YEARS = range(2023, 2027)

# --- The rules -------------------------------------------------------------------------------------


class Calendar:
    """Which parts of a day are open."""

    def __init__(self, entries):
        self.entries = entries
        self.known = {}

    def parts(self, day):
        """The open intervals of a day, in order."""
        if day not in self.known:
            self.known[day] = self.work_out_parts(day)
        return self.known[day]

    def work_out_parts(self, day):
        morning = afternoon = day.weekday() < 5
        if day.year not in PUBLISHED_YEARS:
            fixed = [(1, 1), (4, 30), (5, 1), (9, 2)] + ([(11, 24)] if day.year >= 2026 else [])
            if (day.month, day.day) in fixed:
                morning = afternoon = False
        todays = [entry for entry in self.entries if entry["date"] == day.isoformat()]
        for entry in todays:
            if entry["kind"] == "made_up":
                morning = morning or entry["part"] in ("whole", "morning")
                afternoon = afternoon or entry["part"] in ("whole", "afternoon")
        for entry in todays:
            if entry["kind"] != "made_up":
                morning = morning and entry["part"] == "afternoon"
                afternoon = afternoon and entry["part"] == "morning"
        return ([MORNING] if morning else []) + ([AFTERNOON] if afternoon else [])

    def works(self, day):
        return len(self.parts(day)) > 0

    def closing(self, day):
        """The end of the last open interval; 17:00 of a day off."""
        parts = self.parts(day)
        return datetime.combine(day, parts[-1][1] if parts else time(17, 0))

    def is_open(self, moment):
        return any(opens <= moment.time() < closes for opens, closes in self.parts(moment.date()))

    def office_moment(self, moment):
        """The moment itself when the office is open, else the next opening."""
        if self.is_open(moment):
            return moment
        moment = moment.replace(second=0)  # openings lie on whole minutes
        while not self.is_open(moment):
            if not self.works(moment.date()):
                moment = datetime.combine(moment.date() + DAY, time(0, 0))
            else:
                moment += MINUTE
        return moment


def answer(calendar, received, unit, amount, cutoff, policy, pauses):
    """The due moment and how it came about."""
    starts = calendar.office_moment(received)
    # What lies before the reception has no effect. The union needs no computing: a moment is asked of each pause.
    pauses = [(max(begin, received), end) for begin, end in pauses if end > received]
    counting_from = starts
    if policy == "tinh_lai" and pauses:
        counting_from = calendar.office_moment(max(end for _, end in pauses))
        pauses = []

    def stands_still_at(closing):
        return any(begin < closing <= end for begin, end in pauses)

    def runs_at_closing(day):
        return not stands_still_at(calendar.closing(day))

    counted = set()
    day = counting_from.date()
    if unit == "gio_lam_viec":
        due, counted = use_up_hours(calendar, counting_from, amount, pauses)
    elif unit == "ngay_lam_viec":
        while len(counted) < amount:
            day += DAY
            if calendar.works(day) and runs_at_closing(day):
                counted.add(day)
        due = calendar.closing(day)
    elif unit == "ngay_lich":
        while len(counted) < amount:
            day += DAY
            if runs_at_closing(day):
                counted.add(day)
        while not (calendar.works(day) and runs_at_closing(day)):
            day += DAY
        due = calendar.closing(day)
    elif unit == "trong_ngay":
        if cutoff and counting_from.time() > time(15, 0, 0):
            day += DAY
        while not (calendar.works(day) and runs_at_closing(day)):
            day += DAY
        if day > counting_from.date():
            counted.add(day)
        due = calendar.closing(day)

    why = []
    day = starts.date()
    while day <= due.date():
        why.append([day.isoformat(), day in counted])
        day += DAY
    provisional = any(int(listed[:4]) not in PUBLISHED_YEARS for listed, _ in why)
    return {"due": due.isoformat(), "starts": starts.isoformat(), "provisional": provisional, "why": why}


def use_up_hours(calendar, counting_from, hours, pauses):
    """Walks the open minutes (seconds, if any time given has seconds) and uses those that no pause covers."""
    given = [counting_from] + [moment for pause in pauses for moment in pause]
    step = MINUTE if all(moment.second == 0 for moment in given) else timedelta(seconds=1)
    left = timedelta(hours=hours)
    used_on = set()
    day = counting_from.date()
    while True:
        for opens, closes in calendar.parts(day):
            moment = max(datetime.combine(day, opens), counting_from)
            while moment < datetime.combine(day, closes):
                if not any(begin <= moment < end for begin, end in pauses):
                    used_on.add(day)
                    left -= step
                moment += step
                if left == timedelta(0):
                    return moment, used_on - {counting_from.date()}
        day += DAY


# --- The calendars ---------------------------------------------------------------------------------


def days(kind, name, *dates, part="whole"):
    return [{"date": day, "kind": kind, "part": part, "name": name} for day in dates]


TET, GIO_TO, CHIEN_THANG = "Tết Nguyên đán", "Giỗ Tổ Hùng Vương", "Ngày Chiến thắng 30/4"
LAO_DONG, QUOC_KHANH, TET_DUONG_LICH = "Ngày Quốc tế Lao động", "Quốc khánh", "Tết Dương lịch"


def in_order(entries):
    return sorted(entries, key=lambda entry: (entry["date"], ["whole", "morning", "afternoon"].index(entry["part"])))


OFFICIAL = in_order(
    days("in_lieu", TET_DUONG_LICH, "2023-01-02")
    + days("holiday", TET, "2023-01-20", "2023-01-23", "2023-01-24")
    + days("in_lieu", TET, "2023-01-25", "2023-01-26")
    + days("holiday", LAO_DONG, "2023-05-01")
    + days("in_lieu", GIO_TO, "2023-05-02")
    + days("in_lieu", CHIEN_THANG, "2023-05-03")
    + days("holiday", QUOC_KHANH, "2023-09-01")
    + days("in_lieu", QUOC_KHANH, "2023-09-04")
    + days("holiday", TET_DUONG_LICH, "2024-01-01", "2025-01-01", "2026-01-01")
    + days("holiday", TET, "2024-02-08", "2024-02-09", "2024-02-12")
    + days("in_lieu", TET, "2024-02-13", "2024-02-14")
    + days("holiday", GIO_TO, "2024-04-18", "2025-04-07")
    + days("swapped", "Nghỉ hoán đổi dịp 30/4", "2024-04-29")
    + days("made_up", "Làm bù ngày 29/4", "2024-05-04")
    + days("holiday", CHIEN_THANG, "2024-04-30", "2025-04-30", "2026-04-30")
    + days("holiday", LAO_DONG, "2024-05-01", "2025-05-01", "2026-05-01")
    + days("holiday", QUOC_KHANH, "2024-09-02", "2024-09-03", "2025-09-01", "2025-09-02", "2026-09-01", "2026-09-02")
    + days("holiday", TET, "2025-01-27", "2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31")
    + days("swapped", "Nghỉ hoán đổi dịp 1/5", "2025-05-02")
    + days("made_up", "Làm bù ngày 02/5", "2025-04-26")
    + days("swapped", "Nghỉ hoán đổi dịp Tết Dương lịch", "2026-01-02")
    + days("made_up", "Làm bù ngày 02/01", "2026-01-10")
    + days("holiday", TET, "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20")
    + days("in_lieu", GIO_TO, "2026-04-27")
    + days("swapped", "Nghỉ hoán đổi dịp Quốc khánh", "2026-08-31")
    + days("made_up", "Làm bù ngày 31/8", "2026-08-22")
    + days("holiday", "Ngày Văn hóa Việt Nam", "2026-11-24")
)

TRIAL = in_order(
    OFFICIAL
    + days("holiday", "Nghỉ buổi sáng", "2026-03-11", "2026-06-26", part="morning")
    + days("holiday", "Nghỉ buổi chiều", "2026-05-15", "2026-06-10", part="afternoon")
    + days("swapped", "Hoán đổi buổi chiều", "2026-07-17", part="afternoon")
    + days("made_up", "Làm bù buổi sáng", "2026-07-25", part="morning")
    + days("in_lieu", "Nghỉ bù buổi sáng", "2026-10-12", part="morning")
    + days("made_up", "Làm bù buổi chiều", "2026-11-14", part="afternoon")
    + days("holiday", "Nghỉ buổi sáng", "2026-09-16", part="morning")
    + days("sudden", "Mất điện", "2026-09-16", "2026-09-24", "2026-10-30", part="afternoon")
    + days("sudden", "Mất điện", "2026-06-18", part="morning")
    + days("sudden", "Lụt", "2026-07-22", "2026-10-22", "2026-10-23")
    + days("sudden", "Bão", "2026-11-05", "2026-11-06")
    + days("sudden", "Bão", "2026-11-09", part="morning")
)

CALENDARS = {"official": Calendar(OFFICIAL), "trial": Calendar(TRIAL)}

# --- The cases -------------------------------------------------------------------------------------

UNITS = ["ngay_lam_viec", "ngay_lich", "gio_lam_viec", "trong_ngay"]
MOMENTS = ["inside_hours", "opening_minute", "lunch", "after_hours", "weekend", "holiday", "swapped_day", "lam_bu",
           "half_day", "sudden_closure"]  # fmt: skip
CASES_IN_A_STRATUM = 6


class Dice:
    """A linear congruential generator of our own, the same in every Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def one_of(self, choices):
        return choices[self.below(len(choices))]


def at(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute))


def minutes(count):
    return timedelta(minutes=count)


def moment_of(moment, calendar, day):
    """Is this a day on which such a reception can happen?"""
    todays = [entry for entry in calendar.entries if entry["date"] == day.isoformat()]
    kinds = [entry["kind"] for entry in todays]
    whole = all(entry["part"] == "whole" for entry in todays)
    if moment in ("inside_hours", "opening_minute", "lunch", "after_hours"):
        return day.weekday() < 5 and len(calendar.parts(day)) == 2
    if moment == "weekend":
        return day.weekday() >= 5 and not todays
    if moment == "holiday":
        return whole and ("holiday" in kinds or "in_lieu" in kinds)
    if moment == "swapped_day":
        return whole and "swapped" in kinds
    if moment == "lam_bu":
        return "made_up" in kinds
    if moment == "half_day":
        return len(calendar.parts(day)) == 1 and "sudden" not in kinds and "made_up" not in kinds
    return "sudden" in kinds


def possible_days(moment, calendar):
    first, last = date(2023, 1, 1), date(2026, 12, 31)
    every = [first + DAY * index for index in range((last - first).days + 1)]
    fitting = [day for day in every if moment_of(moment, calendar, day)]
    marked = [date.fromisoformat(entry["date"]) for entry in calendar.entries]
    near = [day for day in fitting if any(0 <= (special - day).days <= 8 for special in marked)]
    return fitting, near


def time_of_reception(dice, moment):
    if moment == "inside_hours":
        opens = dice.one_of([(7, 1, 269), (13, 31, 209)])
        return opens[0] * 60 + opens[1] + dice.below(opens[2])
    if moment == "opening_minute":
        return dice.one_of([7 * 60, 7 * 60, 13 * 60 + 30])
    if moment == "lunch":
        return dice.one_of([11 * 60 + 30, 13 * 60 + 29, dice.between(11 * 60 + 31, 13 * 60 + 28)])
    if moment == "after_hours":
        return dice.one_of([17 * 60, 6 * 60 + 59, dice.between(0, 6 * 60 + 58), dice.between(17 * 60 + 1, 23 * 60 + 59)])
    return dice.one_of([7 * 60, 11 * 60 + 30, 13 * 60 + 30, 15 * 60, 15 * 60 + 1, 17 * 60, 20 * 60,
                        dice.between(7 * 60, 17 * 60), dice.between(7 * 60, 17 * 60), dice.between(0, 1439)])  # fmt: skip


PAUSES = ["ten minutes", "across a closing", "ending at a closing", "starting at a closing", "ending before a closing",
          "of several days", "begun before the reception", "over before the reception", "around the due moment",
          "after the due moment", "around one closing", "ending at an opening", "ending near 15 o'clock",
          "starting one minute before a closing", "over a weekend"]  # fmt: skip


def make_pause(dice, kind, calendar, received, plain):
    """One pause; `plain` is the answer without pauses."""
    starts, due = datetime.fromisoformat(plain["starts"]), datetime.fromisoformat(plain["due"])
    day = starts.date() + DAY * dice.below((due.date() - starts.date()).days + 1)
    closing = calendar.closing(day)
    if kind == "ten minutes":
        begin = at(day, dice.one_of([8, 10, 14, 16]), dice.below(50))
        return begin, begin + minutes(10)
    if kind == "across a closing":
        return closing - minutes(dice.between(1, 150)), at(day + DAY * dice.between(1, 2), dice.between(7, 16), dice.below(60))
    if kind == "ending at a closing":
        return closing - minutes(dice.between(1, 2000)), closing
    if kind == "starting at a closing":
        return closing, closing + minutes(dice.between(20, 4000))
    if kind == "ending before a closing":
        return closing - minutes(dice.between(60, 240)), closing - MINUTE
    if kind == "of several days":
        begin = at(day, dice.between(6, 18), dice.below(60))
        return begin, begin + DAY * dice.between(2, 9) + minutes(dice.below(600))
    if kind == "begun before the reception":
        return received - minutes(dice.between(1, 3000)), received + minutes(dice.between(30, 5000))
    if kind == "over before the reception":
        end = received - minutes(dice.one_of([0, 1, dice.between(2, 3000)]))
        return end - minutes(dice.between(10, 3000)), end
    if kind == "around the due moment":
        return due - minutes(dice.between(1, 400)), due + minutes(dice.between(0, 4000))
    if kind == "after the due moment":
        begin = due + minutes(dice.between(0, 4000))
        return begin, begin + minutes(dice.between(10, 6000))
    if kind == "around one closing":
        return closing - minutes(10), closing + minutes(10)
    if kind == "ending at an opening":
        return at(day, dice.between(8, 16)), at(day + DAY, 7)
    if kind == "ending near 15 o'clock":
        return at(day, dice.between(7, 14)), at(day + DAY * dice.below(4), 15, dice.below(3))
    if kind == "starting one minute before a closing":
        return closing - MINUTE, closing + minutes(dice.between(0, 3000))
    saturday = day + DAY * ((5 - day.weekday()) % 7)
    return at(saturday, dice.between(0, 17)), at(saturday + DAY, dice.between(8, 20))


def make_second_pause(dice, relation, first, draw):
    begin, end = first
    length = int((end - begin) / MINUTE)
    if relation == "overlapping":
        return begin + minutes(length // 2), end + minutes(dice.between(10, 3000))
    if relation == "touching":
        return end, end + minutes(dice.between(10, 3000))
    if relation == "nested" and length >= 4:
        return begin + minutes(length // 4), end - minutes(length // 4)
    return draw()


def drawn_cases(named_calendars):
    dice = Dice(20261123)
    pools = {(moment, name): possible_days(moment, calendar)
             for moment in MOMENTS for name, calendar in named_calendars.items()}  # fmt: skip
    serial = 0
    for unit in UNITS:
        for moment in MOMENTS:
            for pause_count in (0, 1, 2):
                for index in range(CASES_IN_A_STRATUM):
                    serial += 1
                    yield draw_case(dice, pools, serial, unit, moment, pause_count, index)


def draw_case(dice, pools, serial, unit, moment, pause_count, index):
    trial = moment in ("half_day", "sudden_closure") or dice.below(3) == 0
    calendar_name = "trial" if trial else "official"
    calendar = CALENDARS[calendar_name]
    fitting, near = pools[(moment, calendar_name)]
    day = dice.one_of(near if near and dice.below(3) > 0 else fitting)
    received = at(day, 0) + minutes(time_of_reception(dice, moment))
    few = [1, 1, 2, 3, 5, 7, 8, 10, 15, 20, dice.between(1, 45)]
    hours = [1, 2, 4, 7, 8, 8, 9, 15, 16, 24, 40, 60, dice.between(1, 120)]
    amount = dice.one_of(hours if unit == "gio_lam_viec" else few)
    cutoff = unit == "trong_ngay" and index % 3 != 2
    policy, pauses, words = None, [], "no pause"
    if pause_count > 0:
        policy = ["tam_dung", "tinh_lai"][index % 2]
        plain = answer(calendar, received, unit, amount, cutoff, None, [])
        kind = PAUSES[serial % len(PAUSES)]
        pauses = [make_pause(dice, kind, calendar, received, plain)]
        words = "a pause " + kind
    if pause_count == 2:
        relation = dice.one_of(["separate", "separate", "overlapping", "touching", "nested"])
        other = dice.one_of(PAUSES)
        pauses.append(make_second_pause(
            dice, relation, pauses[0], lambda: make_pause(dice, other, calendar, received, plain)))  # fmt: skip
        words += f" and a second, {relation}"
        if dice.below(2) == 0:
            pauses.reverse()
            words += ", given in reverse"
    name = f"{serial:03d}: {amount} {unit} received {moment} with {words}"
    return case(name, moment, calendar_name, received.isoformat(), unit, amount, cutoff, policy,
                [[begin.isoformat(), end.isoformat()] for begin, end in pauses])  # fmt: skip


def case(name, moment, calendar, received, unit, amount, cutoff=False, policy=None, pauses=()):
    parsed = [(datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in pauses]
    assert all(begin < end for begin, end in parsed), name
    moment_received = datetime.fromisoformat(received)
    found = answer(CALENDARS[calendar], moment_received, unit, amount, cutoff, policy, parsed)
    return {
        "name": name,
        "stratum": {"unit": unit, "moment": moment, "pauses": len(parsed)},
        "calendar": calendar,
        "received": moment_received.isoformat(),
        "unit": unit,
        "amount": amount,
        "cutoff_15h": cutoff,
        "policy": policy,
        "pauses": [[begin.isoformat(), end.isoformat()] for begin, end in parsed],
        **found,
    }


# --- The vectors known by hand ---------------------------------------------------------------------

W, C, H, D = UNITS
CUT = {"cutoff": True}
NONE = {}


def still(*pauses, **more):
    return {"policy": "tam_dung", "pauses": [pause.split("/") for pause in pauses], **more}


def anew(*pauses, **more):
    return {"policy": "tinh_lai", "pauses": [pause.split("/") for pause in pauses], **more}


# Name, received, unit, amount, what else is given, due. The week of Monday 09/03/2026 is an ordinary one.
KNOWN_OFFICIAL = [
    ("the contract's example, over Tết", "2026-02-12T09:00", W, 3, NONE, "2026-02-24T17:00"),
    ("five working days over Tết", "2026-02-13T09:00", W, 5, NONE, "2026-02-27T17:00"),
    ("Giỗ Tổ on a Sunday is made up on Monday", "2026-04-24T09:00", W, 1, NONE, "2026-04-28T17:00"),
    ("over 30/04 and 01/05", "2026-04-29T09:00", W, 2, NONE, "2026-05-05T17:00"),
    ("the làm bù Saturday 22/08 counts", "2026-08-21T09:00", W, 3, NONE, "2026-08-25T17:00"),
    ("over 31/08 to 02/09", "2026-08-28T09:00", W, 2, NONE, "2026-09-04T17:00"),
    ("24/11 is off, one day", "2026-11-23T09:00", W, 1, NONE, "2026-11-25T17:00"),
    ("24/11 is off, five days", "2026-11-23T09:00", W, 5, NONE, "2026-12-01T17:00"),
    ("over the new year and the swapped 02/01", "2025-12-31T09:00", W, 2, NONE, "2026-01-06T17:00"),
    ("the làm bù Saturday 10/01 counts", "2026-01-09T09:00", W, 1, NONE, "2026-01-10T17:00"),
    ("the làm bù Saturday of 2024 counts", "2024-05-03T09:00", W, 1, NONE, "2024-05-04T17:00"),
    ("the làm bù Saturday of 2025 counts", "2025-04-25T09:00", W, 1, NONE, "2025-04-26T17:00"),
    ("over the long holiday of April 2023", "2023-04-28T09:00", W, 1, NONE, "2023-05-04T17:00"),
    ("over Tết 2023", "2023-01-19T09:00", W, 1, NONE, "2023-01-27T17:00"),
    ("over Tết 2024", "2024-02-07T09:00", W, 1, NONE, "2024-02-15T17:00"),
    ("over Tết 2025", "2025-01-24T09:00", W, 1, NONE, "2025-02-03T17:00"),
    # Days and hours differ.
    ("Monday 07:00, one day is Tuesday", "2026-03-09T07:00", W, 1, NONE, "2026-03-10T17:00"),
    ("Monday 07:00, eight hours are Monday", "2026-03-09T07:00", H, 8, NONE, "2026-03-09T17:00"),
    ("Sunday 20:00, one day is Tuesday", "2026-03-08T20:00", W, 1, NONE, "2026-03-10T17:00"),
    ("Sunday 20:00, eight hours are Monday", "2026-03-08T20:00", H, 8, NONE, "2026-03-09T17:00"),
    # In the day.
    ("14:59 is still today", "2026-03-10T14:59", D, 1, CUT, "2026-03-10T17:00"),
    ("three sharp is still today", "2026-03-10T15:00:00", D, 1, CUT, "2026-03-10T17:00"),
    ("a second after three is tomorrow", "2026-03-10T15:00:01", D, 1, CUT, "2026-03-11T17:00"),
    ("15:01 is tomorrow", "2026-03-10T15:01", D, 1, CUT, "2026-03-11T17:00"),
    ("15:01 without the rule is today", "2026-03-10T15:01", D, 1, NONE, "2026-03-10T17:00"),
    ("15:01 on Friday is Monday", "2026-03-13T15:01", D, 9, CUT, "2026-03-16T17:00"),
    ("15:01 before 24/11", "2026-11-23T15:01", D, 1, CUT, "2026-11-25T17:00"),
    ("at 17:00:00 the office is closed", "2026-03-10T17:00", D, 1, CUT, "2026-03-11T17:00"),
    ("at 16:59:59 the office is open", "2026-03-10T16:59:59", D, 1, NONE, "2026-03-10T17:00"),
    ("the 15 o'clock rule leaves days alone", "2026-03-10T15:01", W, 1, CUT, "2026-03-11T17:00"),
    ("the 15 o'clock rule leaves hours alone", "2026-03-10T15:01", H, 1, CUT, "2026-03-10T16:01"),
    # Calendar days.
    ("calendar days ending on Saturday roll to Monday", "2026-03-09T09:00", C, 5, NONE, "2026-03-16T17:00"),
    ("calendar days ending on Monday do not roll", "2026-03-09T09:00", C, 7, NONE, "2026-03-16T17:00"),
    ("calendar days ending in Tết roll past it", "2026-02-12T09:00", C, 3, NONE, "2026-02-23T17:00"),
    ("calendar days ending on a làm bù Saturday stay", "2026-08-20T09:00", C, 2, NONE, "2026-08-22T17:00"),
    # Hours.
    ("eight hours from nine", "2026-03-09T09:00", H, 8, NONE, "2026-03-10T09:00"),
    ("hours used up at 11:30", "2026-03-09T07:30", H, 4, NONE, "2026-03-09T11:30"),
    ("hours over a weekend", "2026-03-13T13:30", H, 4, NONE, "2026-03-16T07:30"),
    ("hours from lunch", "2026-03-09T12:00", H, 1, NONE, "2026-03-09T14:30"),
    ("hours over Tết", "2026-02-13T16:00", H, 2, NONE, "2026-02-23T08:00"),
    ("hours into a làm bù Saturday", "2026-01-09T16:00", H, 2, NONE, "2026-01-10T08:00"),
    ("hours from a half minute", "2026-03-09T09:00:30", H, 8, NONE, "2026-03-10T09:00:30"),
    ("hours lose ten minutes", "2026-03-09T09:00", H, 8, still("2026-03-09T10:00/2026-03-09T10:10"), "2026-03-10T09:10"),
    ("hours lose thirty seconds", "2026-03-09T09:00", H, 8, still("2026-03-09T10:00:15/2026-03-09T10:00:45"), "2026-03-10T09:00:30"),
    ("lunch inside a pause is not lost", "2026-03-09T09:00", H, 8, still("2026-03-09T11:00/2026-03-09T14:00"), "2026-03-10T10:00"),
    ("a pause at night takes no hours", "2026-03-09T09:00", H, 8, still("2026-03-09T17:00/2026-03-10T07:00"), "2026-03-10T09:00"),
    ("hours lose the union", "2026-03-09T09:00", H, 8, still("2026-03-09T10:30/2026-03-09T11:30", "2026-03-09T10:00/2026-03-09T11:00"), "2026-03-10T10:30"),
    ("hours lose touching pauses once", "2026-03-09T09:00", H, 8, still("2026-03-09T10:00/2026-03-09T10:30", "2026-03-09T10:30/2026-03-09T11:00"), "2026-03-10T10:00"),
    ("hours lose only what follows the reception", "2026-03-09T09:00", H, 8, still("2026-03-09T08:00/2026-03-09T09:30"), "2026-03-10T09:30"),
    ("hours used up where the pause begins", "2026-03-09T09:00", H, 2, still("2026-03-09T11:00/2026-03-09T16:00"), "2026-03-09T11:00"),
    ("hours over a pause spanning Tết", "2026-02-12T09:00", H, 8, still("2026-02-12T11:00/2026-02-24T08:00"), "2026-02-24T16:00"),
    # Days while the clock stands still.
    ("ten minutes inside a day gain nothing", "2026-03-09T09:00", W, 3, still("2026-03-10T10:00/2026-03-10T10:10"), "2026-03-12T17:00"),
    ("ten minutes around a closing gain a day", "2026-03-09T09:00", W, 3, still("2026-03-10T16:55/2026-03-10T17:05"), "2026-03-13T17:00"),
    ("a pause ending at a closing gains a day", "2026-03-09T09:00", W, 3, still("2026-03-10T16:50/2026-03-10T17:00"), "2026-03-13T17:00"),
    ("a pause starting at a closing gains nothing", "2026-03-09T09:00", W, 3, still("2026-03-10T17:00/2026-03-11T07:00"), "2026-03-12T17:00"),
    ("a pause ending a minute before a closing gains nothing", "2026-03-09T09:00", W, 3, still("2026-03-10T07:00/2026-03-10T16:59"), "2026-03-12T17:00"),
    ("a pause over two closings gains two days", "2026-03-09T09:00", W, 3, still("2026-03-10T10:00/2026-03-11T17:00"), "2026-03-16T17:00"),
    ("a pause over the reception day's closing gains nothing", "2026-03-09T09:00", W, 3, still("2026-03-09T16:00/2026-03-10T08:00"), "2026-03-12T17:00"),
    ("a pause before the reception gains nothing", "2026-03-09T09:00", W, 3, still("2026-03-06T08:00/2026-03-09T08:00"), "2026-03-12T17:00"),
    ("a pause over the due moment", "2026-03-09T09:00", W, 3, still("2026-03-12T16:00/2026-03-16T08:00"), "2026-03-16T17:00"),
    ("two pauses out of order over one closing each", "2026-03-09T09:00", W, 3, still("2026-03-11T16:00/2026-03-11T18:00", "2026-03-10T16:00/2026-03-10T18:00"), "2026-03-16T17:00"),
    ("two pauses over the same closing gain one day", "2026-03-09T09:00", W, 3, still("2026-03-10T16:00/2026-03-10T18:00", "2026-03-10T15:00/2026-03-10T17:30"), "2026-03-13T17:00"),
    ("two pauses touching at a closing gain one day", "2026-03-09T09:00", W, 3, still("2026-03-10T17:00/2026-03-11T09:00", "2026-03-10T15:00/2026-03-10T17:00"), "2026-03-13T17:00"),
    ("working days over a pause spanning Tết", "2026-02-12T09:00", W, 3, still("2026-02-13T10:00/2026-02-24T08:00"), "2026-02-26T17:00"),
    ("a paused Saturday does not count as a calendar day", "2026-03-12T09:00", C, 3, still("2026-03-14T10:00/2026-03-14T18:00"), "2026-03-16T17:00"),
    ("a calendar term rolls past a paused Monday", "2026-03-12T09:00", C, 3, still("2026-03-16T16:00/2026-03-16T18:00"), "2026-03-17T17:00"),
    ("in the day with a pause over the closing", "2026-03-09T09:00", D, 1, still("2026-03-09T16:00/2026-03-10T08:00"), "2026-03-10T17:00"),
    ("in the day with a pause over two closings", "2026-03-09T09:00", D, 1, still("2026-03-09T16:00/2026-03-10T17:00"), "2026-03-11T17:00"),
    ("in the day with a pause inside the day", "2026-03-09T09:00", D, 1, still("2026-03-09T10:00/2026-03-09T16:59"), "2026-03-09T17:00"),
    ("after 15 o'clock with a pause over the next closing", "2026-03-09T15:01", D, 1, still("2026-03-10T16:00/2026-03-10T17:00", cutoff=True), "2026-03-11T17:00"),
    # A new reception.
    ("counted anew from the end of the pause", "2026-03-09T09:00", W, 3, anew("2026-03-10T10:00/2026-03-12T10:00"), "2026-03-17T17:00"),
    ("counted anew though the pause began after the due moment", "2026-03-09T09:00", W, 3, anew("2026-03-16T08:00/2026-03-17T08:00"), "2026-03-20T17:00"),
    ("a pause ending at the reception starts nothing anew", "2026-03-09T09:00", W, 3, anew("2026-03-06T08:00/2026-03-09T09:00"), "2026-03-12T17:00"),
    ("counted anew from a closing is counted from the next opening", "2026-03-09T09:00", W, 3, anew("2026-03-10T10:00/2026-03-10T17:00"), "2026-03-16T17:00"),
    ("the last end of two pauses counts, not the end of the last given", "2026-03-09T09:00", W, 3, anew("2026-03-10T08:00/2026-03-13T10:00", "2026-03-11T08:00/2026-03-12T10:00"), "2026-03-18T17:00"),
    ("hours counted anew", "2026-03-09T09:00", H, 8, anew("2026-03-09T10:00/2026-03-09T11:00"), "2026-03-10T11:00"),
    ("calendar days counted anew", "2026-03-09T09:00", C, 3, anew("2026-03-10T10:00/2026-03-12T10:00"), "2026-03-16T17:00"),
    ("anew in the day at 15:00", "2026-03-09T09:00", D, 1, anew("2026-03-09T10:00/2026-03-10T15:00", cutoff=True), "2026-03-10T17:00"),
    ("anew in the day at 15:01", "2026-03-09T09:00", D, 1, anew("2026-03-09T10:00/2026-03-10T15:01", cutoff=True), "2026-03-11T17:00"),
    ("anew in the day at 15:01 without the rule", "2026-03-09T09:00", D, 1, anew("2026-03-09T10:00/2026-03-10T15:01"), "2026-03-10T17:00"),
    ("anew in the day from Friday evening", "2026-03-09T16:00", D, 1, anew("2026-03-10T10:00/2026-03-13T18:00", cutoff=True), "2026-03-16T17:00"),
    # Years without a published calendar.
    ("the last published day", "2026-12-30T09:00", W, 1, NONE, "2026-12-31T17:00"),
    ("the last published hour", "2026-12-31T16:00", H, 1, NONE, "2026-12-31T17:00"),
    ("a pause in 2027 after a due moment in 2026", "2026-12-25T09:00", D, 1, still("2027-01-04T08:00/2027-01-05T18:00"), "2026-12-25T17:00"),
]  # fmt: skip

KNOWN_PROVISIONAL = [
    ("a day into 2027", "2026-12-31T09:00", W, 1, NONE, "2027-01-04T17:00"),
    ("in the day, received on the last evening of 2026", "2026-12-31T18:00", D, 1, NONE, "2027-01-04T17:00"),
    ("hours into 2027", "2026-12-31T16:00", H, 2, NONE, "2027-01-04T08:00"),
    ("calendar days into 2027", "2026-12-28T09:00", C, 4, NONE, "2027-01-04T17:00"),
    ("no day in lieu for 01/05/2027", "2027-04-29T09:00", W, 1, NONE, "2027-05-03T17:00"),
    ("only 02/09 itself in 2027", "2027-09-01T09:00", W, 1, NONE, "2027-09-03T17:00"),
    ("24/11 in 2027", "2027-11-23T09:00", W, 1, NONE, "2027-11-25T17:00"),
    ("Tết 2027 is not known", "2027-02-05T09:00", W, 1, NONE, "2027-02-08T17:00"),
    ("24/11 in 2022 was a working day", "2022-11-23T09:00", W, 1, NONE, "2022-11-24T17:00"),
    ("from 2022 into 2023", "2022-12-30T09:00", W, 1, NONE, "2023-01-03T17:00"),
    ("counted anew in 2027", "2026-12-21T09:00", W, 2, anew("2026-12-22T09:00/2026-12-31T18:00"), "2027-01-06T17:00"),
    ("a pause into 2027", "2026-12-29T09:00", W, 2, still("2026-12-30T09:00/2027-01-04T17:00"), "2027-01-06T17:00"),
    ("in the day after 15 o'clock on the last day of 2026", "2026-12-31T15:01", D, 1, CUT, "2027-01-04T17:00"),
    ("from 2027 into 2028", "2027-12-31T09:00", W, 1, NONE, "2028-01-03T17:00"),
]  # fmt: skip

KNOWN_TRIAL = [
    ("in the day when the afternoon is off", "2026-05-15T08:00", D, 1, NONE, "2026-05-15T11:30"),
    ("a term ending on a day whose afternoon is off", "2026-05-14T09:00", W, 1, NONE, "2026-05-15T11:30"),
    ("a pause over the early closing", "2026-05-14T09:00", W, 1, still("2026-05-15T11:00/2026-05-15T11:30"), "2026-05-18T17:00"),
    ("a pause after the early closing", "2026-05-14T09:00", W, 1, still("2026-05-15T11:30/2026-05-15T18:00"), "2026-05-15T11:30"),
    ("a pause after the early closing in calendar days", "2026-05-14T09:00", C, 1, still("2026-05-15T12:00/2026-05-15T18:00"), "2026-05-15T11:30"),
    ("received in an afternoon off", "2026-05-15T14:00", D, 1, CUT, "2026-05-18T17:00"),
    ("received in a morning off", "2026-03-11T08:00", D, 1, CUT, "2026-03-11T17:00"),
    ("hours over a morning off", "2026-03-10T16:00", H, 2, NONE, "2026-03-11T14:30"),
    ("a day off in two halves", "2026-09-15T09:00", W, 1, NONE, "2026-09-17T17:00"),
    ("a day off in two halves is paused at 17:00", "2026-09-15T09:00", C, 2, still("2026-09-16T16:00/2026-09-16T17:00"), "2026-09-18T17:00"),
    ("a storm closes two days and a morning", "2026-11-04T09:00", W, 1, NONE, "2026-11-09T17:00"),
    ("hours over the storm", "2026-11-04T16:00", H, 2, NONE, "2026-11-09T14:30"),
    ("a làm bù morning counts", "2026-07-24T09:00", W, 1, NONE, "2026-07-25T11:30"),
    ("a làm bù afternoon counts", "2026-11-13T09:00", W, 1, NONE, "2026-11-14T17:00"),
    ("hours into a làm bù afternoon", "2026-11-13T16:00", H, 2, NONE, "2026-11-14T14:30"),
]  # fmt: skip

KNOWN_STARTS = {
    "the contract's example, over Tết": "2026-02-12T09:00:00",
    "Sunday 20:00, one day is Tuesday": "2026-03-09T07:00:00",
    "at 17:00:00 the office is closed": "2026-03-11T07:00:00",
    "hours from lunch": "2026-03-09T13:30:00",
    "in the day, received on the last evening of 2026": "2027-01-04T07:00:00",
    "received in a morning off": "2026-03-11T13:30:00",
    "received in an afternoon off": "2026-05-18T07:00:00",
}

# The days that count; every other day from the start to the due day is listed with false.
KNOWN_COUNTED = {
    "the contract's example, over Tết": ["2026-02-13", "2026-02-23", "2026-02-24"],
    "the làm bù Saturday 22/08 counts": ["2026-08-22", "2026-08-24", "2026-08-25"],
    "calendar days ending on Saturday roll to Monday": ["2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13", "2026-03-14"],
    "a paused Saturday does not count as a calendar day": ["2026-03-13", "2026-03-15", "2026-03-16"],
    "a calendar term rolls past a paused Monday": ["2026-03-13", "2026-03-14", "2026-03-15"],
    "counted anew from the end of the pause": ["2026-03-13", "2026-03-16", "2026-03-17"],
    "ten minutes around a closing gain a day": ["2026-03-11", "2026-03-12", "2026-03-13"],
    "hours over Tết": ["2026-02-23"],
    "hours counted anew": ["2026-03-10"],
    "Monday 07:00, eight hours are Monday": [],
    "three sharp is still today": [],
    "15:01 on Friday is Monday": ["2026-03-16"],
    "anew in the day at 15:00": [],
    "anew in the day at 15:01": ["2026-03-11"],
}  # fmt: skip


def named_cases():
    """The known vectors as cases; an AssertionError when the rules above answer one of them differently."""
    cases = []
    for calendar, provisional, known in [
        ("official", False, KNOWN_OFFICIAL), ("official", True, KNOWN_PROVISIONAL), ("trial", False, KNOWN_TRIAL),
    ]:  # fmt: skip
        for name, received, unit, amount, more, due in known:
            moment = describe(CALENDARS[calendar], datetime.fromisoformat(received))
            one = case(name, moment, calendar, received, unit, amount, **more)
            assert one["due"] == datetime.fromisoformat(due).isoformat(), one
            assert one["provisional"] == provisional, one
            if name in KNOWN_STARTS:
                assert one["starts"] == KNOWN_STARTS[name], one
            if name in KNOWN_COUNTED:
                assert [day for day, counts in one["why"] if counts] == KNOWN_COUNTED[name], one
            cases.append(one)
    assert set(KNOWN_STARTS) | set(KNOWN_COUNTED) <= {one["name"] for one in cases}
    return cases


def describe(calendar, received):
    """The stratum of a reception."""
    for moment in MOMENTS[4:]:
        if moment_of(moment, calendar, received.date()):
            return moment
    if received.time() in (time(7, 0), time(13, 30)):
        return "opening_minute"
    if calendar.is_open(received):
        return "inside_hours"
    return "lunch" if time(11, 30) <= received.time() < time(13, 30) else "after_hours"


# --- Printing --------------------------------------------------------------------------------------


def main():
    cases = named_cases() + list(drawn_cases(CALENDARS))
    assert len({one["name"] for one in cases}) == len(cases), "two cases share a name"
    for one in cases:
        check(one)
    sys.stdout.buffer.write(as_text(cases).encode("utf-8"))


def check(one):
    """What must hold for every case, whatever the rules say in detail."""
    due, starts = datetime.fromisoformat(one["due"]), datetime.fromisoformat(one["starts"])
    assert one["received"] <= one["starts"] < one["due"], one
    assert CALENDARS[one["calendar"]].is_open(starts) and CALENDARS[one["calendar"]].is_open(due - timedelta(seconds=1)), one
    assert one["why"][0] == [starts.date().isoformat(), False] and one["why"][-1][0] == due.date().isoformat(), one
    if one["unit"] in ("ngay_lam_viec", "ngay_lich"):
        assert sum(counts for _, counts in one["why"]) == one["amount"], one


def as_text(cases):
    """One entry and one case to a line, so that differences read well."""

    def lines(items):
        return ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in items)

    calendars = ",\n".join(f'"{name}": [\n{lines(CALENDARS[name].entries)}\n]' for name in ("official", "trial"))
    return f'{{"calendars": {{\n{calendars}\n}},\n"cases": [\n{lines(cases)}\n]}}\n'


if __name__ == "__main__":
    main()

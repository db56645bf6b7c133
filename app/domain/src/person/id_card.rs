//! The QR code on the front of the identity card, as a scanner types it.
//!
//! Cards from 2021: seven fields parted by `|`: number, old number, name, birth `ddMMyyyy`, sex, address, day of issue.
//! Cards from 2024 add fields behind those; their meaning is not published, so they are kept and not read.

use super::{CitizenId, CitizenIdProblem, FullName, NameProblem, OldIdNumber, PartialDate, Sex};
use crate::{
    text::{clean, decode_telex_slip, legacy_encoding},
    time::Day,
};

/// What the code of a card says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdCard {
    /// The personal identification number.
    pub citizen_id: CitizenId,
    /// The number of the old card, when the holder had one.
    pub old_id: Option<OldIdNumber>,
    /// The name as printed.
    pub name: FullName,
    /// Birth, as full as the card has it.
    pub birth: Option<PartialDate>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Place of residence as printed, with the unit names of the day of issue.
    pub address: String,
    /// Day of issue.
    pub issued: Option<Day>,
    /// Fields behind the seventh, as they stand.
    pub further: Vec<String>,
}

/// Why a text is not the code of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdCardProblem {
    /// Nothing scanned.
    Empty,
    /// Not the code of an identity card.
    NotACard,
    /// The first field is not a personal identification number.
    CitizenId(CitizenIdProblem),
    /// The third field is not a name.
    Name(NameProblem),
    /// The Vietnamese keyboard was on while the scanner typed, so letters or separators were changed.
    /// Switch it to English and scan again; what numbers cannot lose is given here.
    MangledByTelex(Box<LegibleFields>),
}

/// Fields made of digits, which a keyboard cannot change. The name and the address are not among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LegibleFields {
    /// The personal identification number.
    pub citizen_id: Option<CitizenId>,
    /// The number of the old card.
    pub old_id: Option<OldIdNumber>,
    /// Birth; given only when its year agrees with the number.
    pub birth: Option<PartialDate>,
    /// Sex, as the number tells it.
    pub sex: Option<Sex>,
    /// Day of issue.
    pub issued: Option<Day>,
}

/// Fields of the first kind of card.
const FIELDS: usize = 7;

impl IdCard {
    /// Reads what the scanner typed.
    pub fn parse(scanned: &str) -> Result<Self, IdCardProblem> {
        let scanned = scanned.trim().trim_matches('\u{FEFF}').trim();
        if scanned.is_empty() {
            return Err(IdCardProblem::Empty);
        }
        let fields: Vec<&str> = scanned.split('|').map(str::trim).collect();
        if fields.len() < FIELDS {
            return Err(match LegibleFields::salvage(scanned) {
                Some(legible) => IdCardProblem::MangledByTelex(Box::new(legible)),
                None => IdCardProblem::NotACard,
            });
        }
        let citizen_id = CitizenId::parse(fields[0]).map_err(IdCardProblem::CitizenId)?;
        // Where accents came through, a word ending in s, f, r, x or j is a highland name (`Y Bar`), not Telex.
        let accents_lost = fields[2].is_ascii() && fields[4].is_ascii() && fields[5].is_ascii();
        if [fields[2], fields[4], fields[5]].iter().any(|field| is_mangled(field, accents_lost)) {
            let legible = LegibleFields::of(citizen_id, &fields[1..]);
            return Err(IdCardProblem::MangledByTelex(Box::new(legible)));
        }
        Ok(Self {
            citizen_id,
            old_id: OldIdNumber::parse(fields[1]).ok(),
            name: FullName::parse(fields[2]).map_err(IdCardProblem::Name)?,
            birth: birth_of(fields[3]),
            sex: Sex::from_card(fields[4]),
            address: clean(fields[5]),
            issued: PartialDate::parse(fields[6]).ok().and_then(PartialDate::day),
            further: fields[FIELDS..].iter().map(|field| clean(field)).collect(),
        })
    }
}

impl LegibleFields {
    /// The digits of a code whose separators were changed: twelve digits, then runs of 9 and 8 digits.
    fn salvage(scanned: &str) -> Option<Self> {
        let runs: Vec<&str> = scanned.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
        let citizen_id = CitizenId::parse(scanned.get(..12)?).ok()?;
        // A card code has a day of birth and a day of issue at least; a bare number is not one.
        let days = runs.iter().skip(1).filter(|run| run.len() == 8).count();
        (runs.first()?.len() == 12 && days >= 2).then(|| Self::of(citizen_id, &runs[1..]))
    }

    fn of(citizen_id: CitizenId, runs: &[&str]) -> Self {
        let is_digits = |run: &&&str| run.bytes().all(|b| b.is_ascii_digit());
        let mut days = runs.iter().filter(is_digits).filter(|run| run.len() == 8).filter_map(|run| birth_of(run));
        let birth = days.next().filter(|birth| birth.year() == citizen_id.birth_year());
        Self {
            old_id: runs.iter().filter(is_digits).find_map(|run| OldIdNumber::parse(run).ok()),
            birth,
            sex: Some(citizen_id.sex()),
            issued: days.next().and_then(PartialDate::day).filter(|issued| birth.is_some_and(|b| b.latest() < *issued)),
            citizen_id: Some(citizen_id),
        }
    }
}

/// Birth on cards: `05011950`; holders without a known day have zeros there or the year alone.
fn birth_of(field: &str) -> Option<PartialDate> {
    match field.strip_prefix("0000") {
        Some(year) if year.len() == 4 => PartialDate::parse(year).ok(),
        _ => match field.strip_prefix("00") {
            Some(month_year) if month_year.len() == 6 && month_year.is_ascii() => {
                PartialDate::parse_fields("", &month_year[..2], &month_year[2..]).ok()
            }
            _ => PartialDate::parse(field).ok(),
        },
    }
}

/// Whether a field shows what an input method leaves behind: Telex keys that were not read, an old font, lost letters,
/// a digit glued to a letter in a name (VNI keys), the bracket keys that Telex turns into ơ and ư.
fn is_mangled(field: &str, accents_lost: bool) -> bool {
    let name_like = !field.contains(',');
    let glued_digit = || {
        let characters: Vec<char> = field.chars().collect();
        characters.windows(2).any(|pair| pair[0].is_alphabetic() && pair[1].is_ascii_digit())
    };
    field.contains(['\u{FFFD}', '[', ']', '{', '}', '?', '~', '^'])
        || legacy_encoding(field).is_some()
        || field.split(' ').any(|word| decode_telex_slip(word).is_some() && (accents_lost || has_telex_shape(word)))
        || (name_like && glued_digit())
}

/// Doubled vowels, dd and w are no spelling of any local language.
fn has_telex_shape(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    ["aa", "ee", "oo", "dd", "w"].iter().any(|keys| word.contains(keys))
}

//! Reading an address from one line, as typed or as printed on an identity card.

use super::{Address, AddressProblem, Place};
use crate::{
    person::BirthProvince,
    text::{clean, fold},
    time::Day,
    unit::{Unit, UnitKind, Units},
};

/// Longest line accepted, in characters.
const LONGEST: usize = 300;

/// Words of the kind, folded, with their abbreviations, and the level they tell. Longer ones first.
const KIND_WORDS: [(&str, Level); 21] = [
    ("tinh", Level::Province),
    ("t", Level::Province),
    ("thanh pho", Level::City),
    ("tp", Level::City),
    ("huyen", Level::District),
    ("h", Level::District),
    ("quan", Level::District),
    ("q", Level::District),
    ("thi xa", Level::District),
    ("tx", Level::District),
    ("thi tran", Level::Commune),
    ("tt", Level::Commune),
    ("phuong", Level::Commune),
    ("p", Level::Commune),
    ("dac khu", Level::Commune),
    ("xa", Level::Commune),
    ("x", Level::Commune),
    ("thon", Level::Hamlet),
    ("buon", Level::Hamlet),
    ("khu pho", Level::Hamlet),
    ("to dan pho", Level::Hamlet),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Province,
    /// A city: a province when it stands last, else a district.
    City,
    District,
    Commune,
    Hamlet,
}

impl Address {
    /// Reads a line of parts, smallest first, parted by commas. Units are looked for by the names of that day and by
    /// older ones, with or without the word of their kind; places outside the list are kept by name.
    pub fn parse(units: &Units, typed: &str, on: Day) -> Result<Self, AddressProblem> {
        let mut pieces: Vec<String> =
            typed.split([',', ';', '\n']).map(clean).filter(|piece| !fold(piece).is_empty()).collect();
        if pieces.is_empty() {
            return Err(AddressProblem::Empty);
        }
        let characters = typed.chars().count();
        if characters > LONGEST {
            return Err(AddressProblem::TooLong { characters });
        }
        let mut address = Self::default();
        let province = take_province(units, &mut pieces, on);
        address.province = province.as_ref().map(|(place, _)| place.clone());
        let within = province.and_then(|(_, unit)| unit);
        let district = take_district(units, &mut pieces, within);
        address.district = district.as_ref().map(|(place, _)| place.clone());
        let under = district.and_then(|(_, unit)| unit);
        let commune = take_commune(units, &mut pieces, within, under, on);
        if let Some((place, unit)) = commune {
            address.commune = Some(place);
            if let Some(unit) = unit {
                address.complete_from(units, unit);
            }
        }
        if let Some(last) = pieces.pop() {
            let folded = fold(&last);
            let is_house = folded.starts_with(|c: char| c.is_ascii_digit()) || folded.starts_with("so ");
            if is_house {
                pieces.push(last);
            } else {
                address.hamlet = last;
            }
        }
        address.house = pieces.join(", ");
        Ok(address)
    }

    /// Fills what was not typed from the commune, and takes the province of the commune's own time.
    fn complete_from(&mut self, units: &Units, commune: &Unit) {
        let whole = Self::in_unit(units, "", "", commune);
        self.district = self.district.take().or(whole.district);
        let same_name = |typed: &Place| whole.province.as_ref().is_some_and(|own| own.name == typed.name);
        if self.province.as_ref().is_none_or(same_name) {
            self.province = whole.province;
        }
    }
}

type Taken<'a> = Option<(Place, Option<&'a Unit>)>;

fn take_province<'a>(units: &'a Units, pieces: &mut Vec<String>, on: Day) -> Taken<'a> {
    let (level, name) = read(pieces.last()?);
    if !matches!(level, None | Some(Level::Province | Level::City)) {
        return None;
    }
    let provinces = units.all().iter().filter(|unit| unit.kind == UnitKind::Province && fold(&unit.name) == name);
    // Of a name borne before and after a merger, the one of the day.
    let unit = provinces.max_by_key(|unit| (unit.is_valid_on(on), unit.valid_from));
    let known =
        unit.is_some() || BirthProvince::all().iter().any(|province| !province.demo && fold(&province.name) == name);
    // A line of one part without a kind is a hamlet or a street as likely as a province.
    if (level.is_none() && (!known || pieces.len() == 1)) || (level == Some(Level::City) && !known && pieces.len() == 1)
    {
        return None;
    }
    let piece = pieces.pop()?;
    Some((unit.map_or(Place { unit: None, name: piece }, Place::of), unit))
}

fn take_district<'a>(units: &'a Units, pieces: &mut Vec<String>, province: Option<&Unit>) -> Taken<'a> {
    let (level, name) = read(pieces.last()?);
    if !matches!(level, None | Some(Level::District | Level::City)) {
        return None;
    }
    let districts = || units.all().iter().filter(|unit| unit.kind == UnitKind::District && fold(&unit.name) == name);
    let unit = match level {
        // `Đồng Xuân` alone is the district in Phú Yên and the commune in Đắk Lắk.
        None => districts().find(|unit| province.is_some_and(|province| lies_in(units, unit, province))),
        Some(_) => districts().next(),
    };
    if level.is_none() && unit.is_none() {
        return None;
    }
    let piece = pieces.pop()?;
    Some((unit.map_or(Place { unit: None, name: piece }, Place::of), unit))
}

fn take_commune<'a>(
    units: &'a Units,
    pieces: &mut Vec<String>,
    province: Option<&Unit>,
    district: Option<&Unit>,
    on: Day,
) -> Taken<'a> {
    let piece = pieces.last()?;
    let (level, name) = read(piece);
    if !matches!(level, None | Some(Level::Commune)) {
        return None;
    }
    let whole = fold(piece);
    let mut named: Vec<&Unit> = units
        .all()
        .iter()
        .filter(|unit| unit.kind.is_communal() && (fold(&unit.name) == name || fold(&unit.full_name) == whole))
        .filter(|unit| unit.is_valid_on(on) || unit.has_ended_by(on))
        .filter(|unit| district.is_none_or(|district| unit.parent.as_deref() == Some(district.code.as_str())))
        .filter(|unit| province.is_none_or(|province| has_been_in(units, unit, province, on)))
        .collect();
    let fits = |unit: &Unit| province.is_none_or(|province| lies_in(units, unit, province));
    named.sort_by_key(|unit| (!fits(unit), !unit.is_valid_on(on)));
    let unit = named.first().copied();
    if level.is_none() && unit.is_none() {
        return None;
    }
    let piece = pieces.pop()?;
    Some((unit.map_or(Place { unit: None, name: piece }, Place::of), unit))
}

/// Whether the unit lay in the province in its own time.
fn lies_in(units: &Units, unit: &Unit, province: &Unit) -> bool {
    let mut above = Some(unit);
    while let Some(unit) = above {
        if unit.code == province.code {
            return true;
        }
        above = units.parent(unit);
    }
    false
}

/// The same, or what it has become lies there: people write old communes under the new province.
fn has_been_in(units: &Units, unit: &Unit, province: &Unit, on: Day) -> bool {
    lies_in(units, unit, province) || units.successor_today(unit, on).iter().any(|now| lies_in(units, now, province))
}

/// The level that the first word tells, and the folded name without it.
fn read(piece: &str) -> (Option<Level>, String) {
    let folded = fold(piece);
    let found = KIND_WORDS.iter().find_map(|(word, level)| {
        let name = folded.strip_prefix(word)?.strip_prefix(' ')?;
        Some((*level, name.to_owned()))
    });
    match found {
        Some((level, name)) => (Some(level), name),
        None => (None, folded),
    }
}

//! Addresses: as given then, as named now.
//!
//! An address keeps the unit it was given in, by key, and the name of that time as a snapshot. Papers that name old
//! units stay valid; screens show the unit of today with the old names beside it.

mod parse;

#[cfg(test)]
mod tests;

use crate::{
    time::Day,
    unit::{Unit, UnitKey, UnitKind, Units},
};
use serde::{Deserialize, Serialize};

/// A place in an address: a unit as it was named when the address was given.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The unit, when the shipped list has it; elsewhere in the country there is only the name.
    pub unit: Option<UnitKey>,
    /// Name of that time, with the word of its kind: `Xã Xuân Quang 1`.
    pub name: String,
}

impl Place {
    /// The place of a known unit.
    pub fn of(unit: &Unit) -> Self {
        Self { unit: Some(unit.key()), name: unit.full_name.clone() }
    }
}

/// An address from the smallest part to the largest. Texts are as typed, cleaned; absent ones are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// House number, street, group.
    pub house: String,
    /// Hamlet (thôn, buôn, khu phố).
    pub hamlet: String,
    /// Commune, ward or township.
    pub commune: Option<Place>,
    /// District; only in addresses from before 01/07/2025.
    pub district: Option<Place>,
    /// Province.
    pub province: Option<Place>,
}

/// Why a text is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressProblem {
    /// Nothing typed.
    Empty,
    /// Longer than 300 characters.
    TooLong {
        /// How many characters.
        characters: usize,
    },
}

/// An address for reading: parts from the smallest to the largest, to be joined by commas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddressPieces {
    /// The parts, with the units of the day asked for.
    pub pieces: Vec<String>,
    /// The units under their names of then, when they differ: what stands behind `cũ:` in brackets.
    pub old: Option<Vec<String>>,
}

impl Address {
    /// An address in a known unit; the district and the province come from the unit.
    pub fn in_unit(units: &Units, house: &str, hamlet: &str, commune: &Unit) -> Self {
        let mut address = Self {
            house: house.to_owned(),
            hamlet: hamlet.to_owned(),
            commune: Some(Place::of(commune)),
            ..Self::default()
        };
        let mut above = units.parent(commune);
        while let Some(unit) = above {
            match unit.kind {
                UnitKind::Province => address.province = Some(Place::of(unit)),
                _ => address.district = Some(Place::of(unit)),
            }
            above = units.parent(unit);
        }
        address
    }

    /// The parts as they were given, largest last.
    pub fn as_given(&self) -> Vec<String> {
        let mut pieces = self.below_units();
        pieces.extend(self.given_units());
        in_line(pieces)
    }

    /// The parts for a reader on that day: units by their names of that day, old names aside. A unit that was divided
    /// among several keeps its old name: only the person knows in which of them the house stands now.
    pub fn display(&self, units: &Units, on: Day) -> AddressPieces {
        self.pieces(units, on, self.below_units())
    }

    /// The same without house and street: what lists show.
    pub fn display_down_to_hamlet(&self, units: &Units, on: Day) -> AddressPieces {
        self.pieces(units, on, self.below_units().into_iter().skip(usize::from(!self.house.is_empty())).collect())
    }

    /// The unit of that day in which the address lies, when it is only one: commune if known, else province.
    pub fn unit_on<'a>(&self, units: &'a Units, on: Day) -> Option<&'a Unit> {
        let lowest = [&self.commune, &self.district, &self.province].into_iter().flatten().next()?;
        match units.successor_today(units.get(lowest.unit.as_ref()?)?, on).as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    fn pieces(&self, units: &Units, on: Day, mut pieces: Vec<String>) -> AddressPieces {
        let given = self.given_units();
        let current = self.unit_on(units, on);
        let is_as_given = current.is_none_or(|unit| {
            [&self.commune, &self.province].into_iter().flatten().any(|place| place.unit.as_ref() == Some(&unit.key()))
        });
        let Some(current) = current.filter(|_| !is_as_given) else {
            pieces.extend(given);
            return AddressPieces { pieces: in_line(pieces), old: None };
        };
        let mut unit = Some(current);
        while let Some(named) = unit {
            pieces.push(named.full_name.clone());
            unit = units.parent(named);
        }
        AddressPieces { pieces: in_line(pieces), old: Some(in_line(given)) }
    }

    fn below_units(&self) -> Vec<String> {
        [&self.house, &self.hamlet].into_iter().filter(|piece| !piece.is_empty()).cloned().collect()
    }

    fn given_units(&self) -> Vec<String> {
        [&self.commune, &self.district, &self.province].into_iter().flatten().map(|place| place.name.clone()).collect()
    }
}

/// Within a line the word of the kind is written small: `Thôn Xí Thoại, xã Xuân Lãnh, tỉnh Đắk Lắk`.
fn in_line(pieces: Vec<String>) -> Vec<String> {
    const KINDS: [&str; 12] = [
        "Tỉnh ",
        "Thành phố ",
        "Huyện ",
        "Quận ",
        "Thị xã ",
        "Xã ",
        "Phường ",
        "Thị trấn ",
        "Đặc khu ",
        "Thôn ",
        "Buôn ",
        "Khu phố ",
    ];
    pieces
        .into_iter()
        .enumerate()
        .map(|(at, piece)| match KINDS.iter().find_map(|kind| Some((kind, piece.strip_prefix(kind)?))) {
            Some((kind, name)) if at > 0 => kind.to_lowercase() + name,
            _ => piece,
        })
        .collect()
}

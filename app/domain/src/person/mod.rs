//! Who a person is: name, numbers, birth, sex, ethnic group, phone and the card they bring.

mod birth_date;
mod citizen_id;
mod ethnic_group;
mod id_card;
mod name;
mod other_id;
mod phone;
mod province;
mod sex;

pub use birth_date::{AgeRange, PartialDate, PartialDateProblem};
pub use citizen_id::{CitizenId, CitizenIdFacts, CitizenIdProblem, CitizenIdWarning, Demo};
pub use ethnic_group::{EthnicGroup, EthnicIdentity, EthnicIdentityProblem};
pub use id_card::{IdCard, IdCardProblem, LegibleFields};
pub use name::{FullName, NameProblem};
pub use other_id::{OldIdNumber, OldIdNumberProblem, Passport, PassportProblem};
pub use phone::{Phone, PhoneProblem};
pub use province::BirthProvince;
pub use sex::Sex;

#[cfg(test)]
mod tests;

/// Serialises a parsed text as its stored form and reads it back through its parser, so that no bad value gets in.
macro_rules! serde_by_parsing {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).map_err(|problem| serde::de::Error::custom(format!("{problem:?}")))
            }
        }
    };
}
pub(crate) use serde_by_parsing;

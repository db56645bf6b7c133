//! Reading what a provider says: the names of claims and the values of levels are the operator's settings.

use super::IdentitySettings;
use domain::identity::{Assurance, IdentityProblem};
use office::identity::Identity;
use openidconnect::AdditionalClaims;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Claims that the standard does not know.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct More {
    #[serde(flatten)]
    all: Map<String, Value>,
}

impl AdditionalClaims for More {}

impl IdentitySettings {
    /// Whether something is still to be asked for.
    pub(super) fn lacks(&self, said: &Map<String, Value>) -> bool {
        [&self.number, &self.full_name, &self.phone, &self.level].into_iter().any(|name| text_of(said, name).is_none())
    }

    /// Who it is that the provider speaks of.
    ///
    /// # Errors
    /// [`IdentityProblem::Incomplete`] when it says no level, or one that nobody here knows.
    pub(super) fn identity(
        &self,
        issuer: String,
        subject: String,
        said: &Map<String, Value>,
    ) -> Result<Identity, IdentityProblem> {
        let level = text_of(said, &self.level).ok_or(IdentityProblem::Incomplete)?;
        let assurance = if self.level_2.contains(&level) {
            Assurance::Verified
        } else if self.level_1.contains(&level) {
            Assurance::Claimed
        } else {
            tracing::warn!("the identity provider says a level that the settings do not name");
            return Err(IdentityProblem::Incomplete);
        };
        Ok(Identity {
            issuer,
            subject,
            assurance,
            citizen_id: text_of(said, &self.number),
            name: text_of(said, &self.full_name),
            phone: text_of(said, &self.phone),
        })
    }
}

/// A claim that is a text, or a number as a text.
fn text_of(said: &Map<String, Value>, name: &str) -> Option<String> {
    match said.get(name)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().into()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn settings() -> IdentitySettings {
        IdentitySettings {
            issuer: "https://dinhdanh.example".into(),
            client: "motcua".into(),
            secret: None,
            name: "VNeID".into(),
            scopes: Vec::new(),
            number: "so_dinh_danh".into(),
            full_name: "name".into(),
            phone: "phone_number".into(),
            level: "muc".into(),
            level_1: vec!["1".into()],
            level_2: vec!["2".into(), "cao".into()],
        }
    }

    fn read(said: Value) -> Result<Identity, IdentityProblem> {
        let Value::Object(said) = said else { panic!("an object") };
        settings().identity("https://dinhdanh.example".into(), "a".into(), &said)
    }

    #[test]
    fn the_level_is_read_from_the_claim_and_the_values_of_the_settings() {
        for (value, expected) in [
            (json!("1"), Ok(Assurance::Claimed)),
            (json!(1), Ok(Assurance::Claimed)),
            (json!("2"), Ok(Assurance::Verified)),
            (json!(" cao "), Ok(Assurance::Verified)),
            (json!("3"), Err(IdentityProblem::Incomplete)),
            (json!(""), Err(IdentityProblem::Incomplete)),
            (json!(["2"]), Err(IdentityProblem::Incomplete)),
            (Value::Null, Err(IdentityProblem::Incomplete)),
        ] {
            assert_eq!(read(json!({ "muc": value.clone() })).map(|identity| identity.assurance), expected, "{value}");
        }
        assert!(matches!(read(json!({ "level": "2" })), Err(IdentityProblem::Incomplete)));
    }

    #[test]
    fn number_name_and_telephone_are_read_from_their_claims_alone() {
        let said = json!({
            "muc": 2, "so_dinh_danh": "054090004321", "name": " Ksor H'Nay ", "phone_number": "", "citizen_id": "1",
        });
        let identity = read(said.clone()).expect("an identity");
        assert_eq!(identity.citizen_id.as_deref(), Some("054090004321"));
        assert_eq!(identity.name.as_deref(), Some("Ksor H'Nay"));
        assert_eq!(identity.phone, None);
        let Value::Object(said) = said else { panic!("an object") };
        assert!(settings().lacks(&said), "the telephone may stand elsewhere");
    }
}

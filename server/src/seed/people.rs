//! The people of the demonstration: staff with what they were appointed to, residents with their accounts.
//!
//! All are invented. Identity numbers use the province codes 997 to 999, which no province has; telephone numbers lie
//! in one block, 0900 000 100 to 0900 000 639.

use anyhow::{Context, Result, bail};
use domain::{
    person::{CitizenId, FullName, Phone, Sex},
    role::Role,
    text,
    time::{Day, Instant},
    unit::{Hamlets, Units},
};
use office::{Actor, Office, Who, who::Position, who::Resident as SignedIn, who::StaffMember};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use store::{
    accounts::{self, AccountRow},
    staff::{self, PositionRow, StaffRow},
};
use uuid::Uuid;

/// The one password of every demonstration account.
pub const PASSWORD: &str = "motcua-demo-2026";

/// Length of a secret of one-time codes (RFC 4226 asks for twenty bytes).
const SECRET_BYTES: usize = 20;

const STAFF: &str = include_str!("../../seed/staff.json");
const RESIDENTS: &str = include_str!("../../seed/residents.json");

/// A member of staff, as the data file has one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    pub login: String,
    pub name: String,
    pub phone: String,
    pub positions: Vec<Appointment>,
    #[serde(skip)]
    pub id: Uuid,
}

/// A role in an office between two days.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appointment {
    pub office: String,
    pub role: Role,
    pub title: String,
    pub from: Day,
    #[serde(default)]
    pub to: Option<Day>,
}

/// A resident, as the data file has one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resident {
    pub key: String,
    pub name: String,
    pub sex: Sex,
    pub birth: Day,
    /// Code of the ethnic group.
    pub ethnic: String,
    pub citizen_id: String,
    pub phone: String,
    /// Key of the hamlet as it was before 01/07/2025.
    pub hamlet: String,
    pub level: i64,
    #[serde(default)]
    pub spouse: Option<String>,
    #[serde(skip)]
    pub id: Uuid,
}

/// Where somebody lived on a day, by the names of that day.
pub struct Home {
    pub hamlet: String,
    pub commune: String,
    pub district: Option<String>,
    pub province: String,
}

impl Home {
    /// In one line, as a clerk writes it.
    pub fn line(&self) -> String {
        let parts = [Some(&self.hamlet), Some(&self.commune), self.district.as_ref(), Some(&self.province)];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
    }
}

/// Everybody.
pub struct People {
    pub staff: Vec<Member>,
    pub residents: Vec<Resident>,
}

impl People {
    /// Reads the data files alone.
    pub fn from_files() -> Result<Self> {
        let (staff, residents) = from_files()?;
        Ok(Self { staff, residents })
    }

    /// Reads the data files and enters everybody in the tables.
    pub async fn enter(office: &Office) -> Result<Self> {
        let mut people = Self::from_files()?;
        // One hash for all: each would take as long as a real sign-in.
        let hash = office.hash_password(PASSWORD.into()).await?;
        for member in &mut people.staff {
            member.id = enter_member(office, member, &hash).await?;
        }
        for resident in &mut people.residents {
            resident.id = enter_resident(office, resident, &hash).await?;
        }
        Ok(people)
    }

    /// The resident of that key.
    pub fn resident(&self, key: &str) -> Result<&Resident> {
        self.residents.iter().find(|resident| resident.key == key).with_context(|| format!("no resident {key}"))
    }

    /// Somebody who held one of those roles in the unit of that office on that day; roles in the order of preference. Where
    /// several hold one, whose turn it is.
    pub fn holder(&self, office: &Office, unit: i64, roles: &[Role], day: Day, turn: usize) -> Result<Who> {
        let books = office.books();
        let positions = |member: &Member| -> Vec<Position> {
            member
                .positions
                .iter()
                .filter(|p| p.from <= day && p.to.is_none_or(|last| day <= last))
                .filter_map(|p| {
                    let place = books.places.by_key(&p.office)?;
                    Some(Position { office: place.id, role: p.role, title: p.title.clone() })
                })
                .collect()
        };
        let here = books.places.authority_of(unit);
        for role in roles {
            let fits = |p: &Position| p.role == *role && books.places.authority_of(p.office) == here;
            let mut holders: Vec<_> = self.staff.iter().map(|member| (member, positions(member))).collect();
            holders.retain(|(_, positions)| positions.iter().any(fits));
            if holders.is_empty() {
                continue;
            }
            let (member, positions) = holders.swap_remove(turn % holders.len());
            let name = member.name.clone();
            let actor = Actor::Staff(StaffMember { id: member.id, name, positions, mandates: Vec::new() });
            return Ok(Who { actor, acting_for: None, trace: trace("10.58.0.20") });
        }
        bail!("nobody is {roles:?} in office {unit} on {day}")
    }
}

/// Everybody as the data files have them.
pub fn from_files() -> Result<(Vec<Member>, Vec<Resident>)> {
    let staff = serde_json::from_str(STAFF).context("staff.json")?;
    Ok((staff, serde_json::from_str(RESIDENTS).context("residents.json")?))
}

impl Resident {
    /// The resident, signed in.
    pub fn who(&self) -> Result<Who> {
        let phone = Phone::parse(&self.phone).map_err(|problem| anyhow::anyhow!("{}: {problem:?}", self.key))?;
        let actor = Actor::Resident(SignedIn {
            account: self.id,
            name: self.name.clone(),
            citizen_id: self.citizen_id.clone(),
            phone: Some(phone.as_str().into()),
            level: self.level,
            organisations: Vec::new(),
        });
        Ok(Who { actor, acting_for: None, trace: trace("203.0.113.7") })
    }

    /// Where the resident lived on that day.
    pub fn home_on(&self, day: Day) -> Result<Home> {
        let (units, hamlets) = (Units::shipped(), Hamlets::shipped());
        let first = hamlets.get(&self.hamlet).with_context(|| format!("no hamlet {}", self.hamlet))?;
        let hamlet = hamlets.on(first, day).with_context(|| format!("{} has no hamlet on {day}", self.key))?;
        let commune = units.at(&hamlet.commune, day).context("a hamlet without its commune")?;
        let above = units.parent(commune).context("a commune without its parent")?;
        let lower = |name: &str| {
            let mut letters = name.chars();
            letters.next().map_or(String::new(), |c| c.to_lowercase().chain(letters).collect())
        };
        let (district, province) = match units.parent(above) {
            Some(province) => (Some(lower(&above.full_name)), lower(&province.full_name)),
            None => (None, lower(&above.full_name)),
        };
        Ok(Home { hamlet: lower(&hamlet.name), commune: lower(&commune.full_name), district, province })
    }
}

/// Addresses of the documentation block and of a private net: nobody's.
fn trace(address: &str) -> office::who::Trace {
    office::who::Trace {
        address: address.into(),
        request_id: "seed-demo".into(),
        agent: String::new(),
        device_at: None,
    }
}

pub(super) async fn enter_member(office: &Office, member: &Member, hash: &str) -> Result<Uuid> {
    let name = FullName::parse(&member.name).map_err(|problem| anyhow::anyhow!("{}: {problem:?}", member.login))?;
    let phone = Phone::parse(&member.phone).map_err(|problem| anyhow::anyhow!("{}: {problem:?}", member.login))?;
    let row = StaffRow {
        id: office.new_id(),
        login: member.login.clone(),
        sort_key: text::sort_key(name.as_str()),
        name: name.as_str().into(),
        phone: Some(phone.as_str().into()),
        password_hash: hash.into(),
        totp_secret: base32(&Sha256::digest(format!("motcua demonstration {}", member.login))[..SECRET_BYTES]),
        totp_last_step: 0,
        created_at: office.now().0,
        disabled_at: None,
    };
    let books = office.books();
    let mut tx = office.db().write().await?;
    staff::insert_staff(&mut tx, &row).await?;
    for appointment in &member.positions {
        let place = books.places.by_key(&appointment.office);
        let position = PositionRow {
            id: office.new_id(),
            staff_id: row.id,
            office_id: place.with_context(|| format!("no office {}", appointment.office))?.id,
            role: appointment.role.key().into(),
            title: appointment.title.clone(),
            valid_from: i64::from(appointment.from.0),
            valid_to: appointment.to.map(|day| i64::from(day.0)),
        };
        staff::insert_position(&mut tx, &position).await?;
    }
    tx.commit().await?;
    Ok(row.id)
}

async fn enter_resident(office: &Office, resident: &Resident, hash: &str) -> Result<Uuid> {
    let wrong = |problem: String| anyhow::anyhow!("{}: {problem}", resident.key);
    let name = FullName::parse(&resident.name).map_err(|problem| wrong(format!("{problem:?}")))?;
    let phone = Phone::parse(&resident.phone).map_err(|problem| wrong(format!("{problem:?}")))?;
    let number = CitizenId::parse(&resident.citizen_id).map_err(|problem| wrong(format!("{problem:?}")))?;
    let row = AccountRow {
        id: office.new_id(),
        citizen_id: number.as_str().into(),
        name: name.as_str().into(),
        phone: Some(phone.as_str().into()),
        password_hash: hash.into(),
        level: resident.level,
        created_at: office.now().0,
    };
    let mut tx = office.db().write().await?;
    accounts::insert_account(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(row.id)
}

/// When the accounts were opened: before the first dossier.
pub fn accounts_opened() -> Result<Instant> {
    Ok(Instant::parse_local("2024-01-02T08:00")?)
}

/// RFC 4648 base32 without padding, for the secrets of one-time codes.
fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut held, mut bits, mut out) = (0_u32, 0, String::new());
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(LETTERS[(held >> bits & 31) as usize]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(char::from(LETTERS[(held << (5 - bits) & 31) as usize]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_follows_the_vectors_of_rfc_4648() {
        for (bytes, text) in [("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"), ("f", "MY")] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
    }
}

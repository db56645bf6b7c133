//! A reorganisation that is prepared and not confirmed: two communes of the demonstration, one to go on for both. Invented,
//! with whoever administers three of the communes; nothing happens by it.

use super::people::{Member, enter_member};
use anyhow::{Context, Result};
use domain::{reorganisation::By, time::Day};
use office::{
    Actor, Office, Who,
    reorganisations::NewReorganisation,
    who::{Position, StaffMember, Trace},
};

/// Entered after everybody else, so that the stories stay as they are.
const OVERSEER: &str = include_str!("../../seed/overseer.json");
const DAY: (i32, u8, u8) = (2027, 1, 1);
const BASIS: &str = "Nghị quyết minh họa về sắp xếp đơn vị hành chính cấp xã";

/// Enters the administrator of several communes, and what they have prepared.
pub async fn prepare(office: &Office, hash: &str) -> Result<()> {
    let overseer: Member = serde_json::from_str(OVERSEER).context("overseer.json")?;
    let id = enter_member(office, &overseer, hash).await?;
    let books = office.books();
    let unit = |key: &str| books.places.by_key(key).map(|unit| unit.id).with_context(|| format!("no office {key}"));
    let mut positions = Vec::new();
    for held in &overseer.positions {
        positions.push(Position { office: unit(&held.office)?, role: held.role, title: held.title.clone() });
    }
    let member = StaffMember { id, name: overseer.name.clone(), positions, mandates: Vec::new() };
    let who = Who { actor: Actor::Staff(member), acting_for: None, trace: Trace::default() };
    let new = NewReorganisation {
        day: Day::from_ymd(DAY.0, DAY.1, DAY.2).context("a day")?,
        basis: BASIS.into(),
        closes: vec![unit("xa-phu-mo-ubnd")?],
        heirs: vec![unit("xa-xuan-phuoc-ubnd")?],
        by: By::One,
        default: None,
    };
    office.prepare_reorganisation(&who, new, office.new_id()).await?;
    Ok(())
}

//! The record of a unit, searched: what was done with a dossier, by whom, of what kind, on which days.
//!
//! Whoever searches opens no dossier: a row says who did what and when. What a person wrote beside an act, who an
//! applicant is, and the code of a sensitive dossier stay out.

use crate::{
    Office, Result, Who, audit::Object, lookup::canonical, places::Places, reveal::RevealReason, rights::Task,
};
use domain::time::{Day, Instant};
use serde_json::json;
use std::collections::HashMap;
use store::{
    Tx,
    audit::{self, AuditFilter, AuditRow},
    dossiers, staff,
};
use uuid::Uuid;

/// What is searched for.
#[derive(Debug, Clone)]
pub struct AuditQuery {
    /// The code of a dossier, as typed; empty for all.
    pub code: String,
    /// The login of a member of staff, as typed; empty for all.
    pub login: String,
    /// The kind of acts; none for all.
    pub group: Option<ActGroup>,
    /// The first day.
    pub from: Day,
    /// The last day, included.
    pub to: Day,
}

/// A kind of acts that is looked for together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActGroup {
    /// Somebody looked at something personal, or took it away.
    Views,
    /// Numbers in full, for a reason.
    Reveals,
    /// Who works here, and who stands in for whom.
    Staff,
    /// Offices, calendars, procedures.
    Rules,
    /// What was asked for, came and went back, and who laid it where.
    Money,
    /// In, out, and refused at the door: of one member of staff, since a door belongs to no office.
    Doors,
}

/// One line of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundAct {
    /// The number of the row.
    pub id: i64,
    pub at: Instant,
    /// `staff`, `resident`, `anyone`, `system`, `operator`.
    pub actor_kind: String,
    /// Empty for an applicant.
    pub actor_name: String,
    /// The name of the act.
    pub act: String,
    /// `dossier`, `staff`, `office`, `calendar`, `queue`, `person` and others.
    pub object_kind: String,
    /// Code of the dossier, login of the member of staff, name of the office, version of the calendar, key of the queue,
    /// masked number of the person; empty where there is none to show, as for a sensitive dossier.
    pub object: String,
    /// Why numbers were seen in full.
    pub reason: Option<RevealReason>,
}

/// A page of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditFound {
    /// The newest first.
    pub acts: Vec<FoundAct>,
    /// Where the next page goes on: moment and number of the last row.
    pub older: Option<(i64, i64)>,
    /// The first day that was searched: a search goes over a quarter at most.
    pub from: Day,
    /// The last day that was searched.
    pub to: Day,
    /// Why nothing was searched.
    pub unknown: Option<Unknown>,
}

/// What a search named and nobody here knows, or did not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// No dossier of that code that this person may look for.
    Dossier,
    /// Nobody who worked here on those days has that login.
    Person,
    /// The doors are searched for one person.
    WhoseDoor,
}

/// What a search named, found.
struct Named {
    dossier: Option<Uuid>,
    /// The code of that dossier, as it is shown.
    code: String,
    person: Option<Uuid>,
}

/// Rows of a page.
const PAGE: i64 = 50;
/// Days that one search goes over at most, both ends included.
const DAYS_MOST: i32 = 92;

impl ActGroup {
    /// Every group, in the order of the list.
    pub const ALL: [Self; 6] = [Self::Views, Self::Reveals, Self::Staff, Self::Rules, Self::Money, Self::Doors];

    /// The key in the address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Views => "xem",
            Self::Reveals => "day-du",
            Self::Staff => "can-bo",
            Self::Rules => "quy-dinh",
            Self::Money => "tien",
            Self::Doors => "dang-nhap",
        }
    }

    /// The group of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.key() == key)
    }

    const fn acts(self) -> &'static [&'static str] {
        match self {
            Self::Views => &[
                "view_dossier",
                "view_sensitive_dossier",
                "view_paper",
                "view_sensitive_paper",
                "view_file",
                "view_sensitive_file",
                "view_audit",
                "view_sensitive_audit",
                "view_audit_anchor",
                "search_audit",
                "view_queue",
                "search_dossiers",
                "view_register",
                "export_register",
                "export_control_slip",
                "export_sensitive_control_slip",
                "view_opinions",
                "view_opinion",
                "view_mentions",
                "match_person",
                "match_organisation",
                "look_for_account",
                "look_for_organisation",
                "view_proof",
                "view_disputed_dossiers",
                "view_disputed_organisations",
                "look_up",
                "look_up_refused",
                "view_handover_list",
                "view_reorganisation_dossiers",
                "view_money_tray",
                "view_credits",
                "view_credit",
                "view_refunds",
                "view_refund_account",
            ],
            Self::Reveals => &["reveal_personal_data"],
            Self::Staff => &[
                "create_staff",
                "renew_staff",
                "end_staff",
                "appoint",
                "end_position",
                "delegate",
                "mark_absence",
                "end_mandate",
            ],
            Self::Rules => &[
                "add_office",
                "set_contact",
                "import_calendar",
                "lay_down_calendar",
                "prepare_reorganisation",
                "name_heirs",
                "confirm_reorganisation",
                "reopen_reorganisation",
                "drop_reorganisation",
                "begin_reorganisation",
                "finish_reorganisation",
                "draft_calendar",
                "change_calendar_draft",
                "discard_calendar_draft",
                "publish_calendar",
                "close_feature",
                "open_feature",
                "publish_local_part",
                "import_procedures",
                "publish_procedures",
            ],
            Self::Money => &[
                "request_fee",
                "cancel_payment_request",
                "expire_payment_request",
                "take_credit",
                "find_credit_differs",
                "settle_credit",
                "attach_credit",
                "split_credit",
                "ask_about_credit",
                "close_money_line",
                "reconcile",
                "import_statement",
                "ask_refund",
                "decide_refund",
                "refund_sent",
                "refund_done",
                "refund_failed",
                "give_up_refund",
                "add_bank_account",
                "end_bank_account",
            ],
            Self::Doors => {
                &["sign_in", "sign_out", "sign_in_refused", "sign_in_locked", "end_session", "end_other_sessions"]
            }
        }
    }

    /// Kinds of objects that are every unit's: a calendar of the province and the catalogue belong to no office.
    const fn common(self) -> &'static [&'static str] {
        match self {
            Self::Rules => &["calendar", "catalogue"],
            Self::Views | Self::Reveals | Self::Staff | Self::Money | Self::Doors => &[],
        }
    }
}

impl Unknown {
    const fn key(self) -> &'static str {
        match self {
            Self::Dossier => "dossier",
            Self::Person => "person",
            Self::WhoseDoor => "whose_door",
        }
    }
}

impl Office {
    /// What was done in one's units, the newest first; older than a row when one is given. The search is recorded too,
    /// also one that finds nothing.
    ///
    /// **Permissions**: [`Task::SearchAudit`]; the units where it is held, and those that they continue. By a dossier's
    /// code as in [`Office::may_with`]: not by that of a sensitive one.
    pub async fn search_audit(&self, who: &Who, query: &AuditQuery, older: Option<(i64, i64)>) -> Result<AuditFound> {
        let units = self.units_to(who, Task::SearchAudit)?;
        let books = self.books();
        let mut offices: Vec<i64> =
            self.with_ended(&units).into_iter().flat_map(|unit| books.places.offices_of_unit(unit)).collect();
        offices.sort_unstable();
        offices.dedup();
        let to = query.to.max(query.from);
        let from = query.from.max(to.plus(1 - DAYS_MOST));
        let mut found = AuditFound { acts: Vec::new(), older: None, from, to, unknown: None };
        let (mut dossier, mut person) = (None, None);
        let mut tx = self.db().read().await?;
        match self.named(&mut tx, who, query, &offices, (from, to)).await? {
            Err(unknown) => found.unknown = Some(unknown),
            Ok(named) => {
                (dossier, person) = (named.dossier, named.person);
                let filter = AuditFilter {
                    offices: &offices,
                    common: query.group.map(ActGroup::common).unwrap_or_default(),
                    person,
                    dossier,
                    acts: query.group.map(ActGroup::acts).unwrap_or_default(),
                    from: from.start(),
                    to: to.next().start(),
                };
                let mut rows = audit::search_rows(&mut tx, &filter, older, PAGE + 1).await?;
                if rows.len() as i64 > PAGE {
                    rows.truncate(PAGE as usize);
                    found.older = rows.last().map(|last| (last.at, last.id));
                }
                let mut names = names_of(&mut tx, &rows).await?;
                names.extend(named.dossier.map(|id| (id.to_string(), named.code)));
                found.acts = rows.into_iter().map(|row| shown(row, &names, &books.places)).collect();
            }
        }
        drop(tx);
        let object = Object { kind: "audit", id: "search".into(), office: units.first().copied() };
        let detail = json!({
            "dossier": dossier, "staff": person, "group": query.group.map(ActGroup::key),
            "unknown": found.unknown.map(Unknown::key), "from": from, "to": to, "rows": found.acts.len(),
        });
        self.record_view(who, "search_audit", &object, detail).await?;
        Ok(found)
    }

    /// The dossier and the person that a search names.
    async fn named(
        &self,
        tx: &mut Tx,
        who: &Who,
        query: &AuditQuery,
        offices: &[i64],
        (from, to): (Day, Day),
    ) -> Result<std::result::Result<Named, Unknown>> {
        let mut named = Named { dossier: None, code: String::new(), person: None };
        if !query.code.trim().is_empty() {
            let row = match canonical(&query.code) {
                Some(code) => dossiers::dossier_by_code(tx, &code).await?,
                None => None,
            };
            let row = row.filter(|row| self.may_with(who, Task::SearchAudit, row).is_ok());
            let Some(row) = row else { return Ok(Err(Unknown::Dossier)) };
            named.dossier = Some(row.id);
            named.code = row.code.or(row.temporary_code).unwrap_or_default();
        }
        let login = query.login.trim().to_lowercase();
        if !login.is_empty() {
            let member = staff::staff_by_login(tx, &login).await?.map(|member| member.id);
            let held = staff::positions_of_all(tx, member.as_slice()).await?;
            // Whoever went to another commune is searched here for the days of before.
            let was_here = |one: &staff::PositionRow| {
                let begins = one.valid_from <= i64::from(to.0);
                begins && one.valid_to.is_none_or(|last| last >= i64::from(from.0)) && offices.contains(&one.office_id)
            };
            let Some(member) = member.filter(|_| held.iter().any(was_here)) else {
                return Ok(Err(Unknown::Person));
            };
            named.person = Some(member);
        }
        if query.group == Some(ActGroup::Doors) && named.person.is_none() {
            return Ok(Err(Unknown::WhoseDoor));
        }
        Ok(Ok(named))
    }
}

/// Codes of the dossiers and logins of the people that rows speak of, by their ids.
async fn names_of(tx: &mut Tx, rows: &[AuditRow]) -> Result<HashMap<String, String>> {
    let ids = |kind: &str| -> Vec<Uuid> {
        let of_kind = rows.iter().filter(|row| row.object_kind == kind);
        let mut ids: Vec<Uuid> = of_kind.filter_map(|row| row.object_id.parse().ok()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let codes = audit::codes_of(tx, &ids("dossier")).await?;
    let logins = audit::logins_of(tx, &ids("staff")).await?;
    Ok(codes.into_iter().chain(logins).map(|(id, name)| (id.to_string(), name)).collect())
}

fn shown(row: AuditRow, names: &HashMap<String, String>, places: &Places) -> FoundAct {
    // Of an export in full the reason stands one step deeper.
    let reason = row.detail["reason"].as_str().or_else(|| row.detail["in_full"]["reason"].as_str());
    let reason = reason.and_then(|key| RevealReason::ALL.into_iter().find(|reason| reason.key() == key));
    let object = match row.object_kind.as_str() {
        "dossier" | "staff" => names.get(&row.object_id).cloned(),
        "office" => places.by_key(&row.object_id).map(|office| office.name.clone()),
        // A person stands in the record by the masked number.
        "calendar" | "queue" | "person" => Some(row.object_id),
        // An id says nothing to a person.
        _ => None,
    };
    let is_applicant = row.actor_kind == "resident";
    FoundAct {
        id: row.id,
        at: Instant(row.at),
        actor_name: if is_applicant { String::new() } else { row.actor_name },
        actor_kind: row.actor_kind,
        reason,
        act: row.act,
        object_kind: row.object_kind,
        object: object.unwrap_or_default(),
    }
}

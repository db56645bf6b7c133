//! An error found after handover: another dossier repairs it, linked to the first, free of charge, with a clock of its
//! own.

use crate::{
    Error, Office, Result, Who,
    act::Command,
    audit::{self, Object},
    error::Problem,
    papers::{Facts, PaperKind},
};
use domain::{
    dossier::{self, Act, ActKind, Channel, Source, Status},
    time::Instant,
};
use serde_json::json;
use std::collections::HashMap;
use store::{
    Tx, commands,
    dossiers::{self, DossierRow},
    results,
};
use uuid::Uuid;

/// The other end of a link between a delivered dossier and the one that repairs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    pub id: Uuid,
    pub code: String,
    pub status: Status,
    /// What was wrong.
    pub reason: String,
    /// When the repair began.
    pub opened: Instant,
}

/// The dossier whose result stands in place of one that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplacedBy {
    pub id: Uuid,
    pub code: String,
    /// Whether whoever reads may open it.
    pub may_open: bool,
}

impl Office {
    /// Opens the dossier that repairs an error found after handover, and answers it; a repeat gets the same one. It
    /// takes over what was declared and the papers that were handed in, is received at once under the rules of today,
    /// and names the first dossier as the first names it. While one repair is open there is no second.
    ///
    /// The dossier of an office that has ended is repaired by the office that continues it, under a code of that one.
    ///
    /// **Permissions**: civil status, specialist, the centre's director or a leader of its unit; after its office has
    /// ended, of the unit that continues it.
    pub async fn open_correction(&self, who: &Who, id: Uuid, reason: String, command: Command) -> Result<Uuid> {
        let Some(mut work) = self.begin(who, id, command).await? else {
            let mut tx = self.db().read().await?;
            return commands::answer_of(&mut tx, who.subject(), command.id).await?.ok_or(Error::Stale);
        };
        self.may_act(who, &work.row, ActKind::OpenCorrection)?;
        let corrections = self.corrections_of(&mut work.tx, &work.row).await?;
        if let Some(open) = corrections.iter().find(|link| !link.status.is_terminal()) {
            return Err(Problem::CorrectionOpen { dossier: open.id }.into());
        }
        let mut row = self.repairing(&work.row)?;
        work.act(&Act::OpenCorrection { dossier: row.id.to_string(), reason: reason.clone() }).await?;
        // Under a lent right the new dossier too is opened in somebody's place.
        let acting = work.who.clone();
        let now = self.now();
        let case = work.row.state.case.clone().filter(|case| {
            let procedure = self.books().catalogue.version(row.procedure_version);
            procedure.is_some_and(|procedure| procedure.cases().contains(&case.as_str()))
        });
        let reception = self.reception_of(&mut work.tx, &row, case).await?;
        let code = reception.code.clone();
        let corrects = Some(id.to_string());
        let act = Act::ReceiveAtCounter { channel: Channel::Counter, source: Source::OneStopShop, corrects, reception };
        let (state, recorded) = dossier::apply(None, &act, now)?;
        self.project(&mut row, state, now)?;
        dossiers::insert_dossier(&mut work.tx, &row).await?;
        dossiers::insert_code(&mut work.tx, &code, row.office_id, row.id).await?;
        let by = (ActKind::OpenCorrection, command.id);
        self.write_events(&mut work.tx, &acting, &row, &recorded, by).await?;
        let corrects = work.row.code.clone();
        let receipt = |facts| Facts { corrects, reason, ..facts };
        self.issue_paper(&mut work.tx, &acting, &row, PaperKind::Receipt, receipt).await?;
        if !work.commit_with("open_correction", &row.id).await? {
            return Err(Error::Stale);
        }
        self.tell_moved(&row);
        Ok(row.id)
    }

    /// The row of the dossier that is to repair that one: its people, answers and papers, the rules of today.
    fn repairing(&self, old: &DossierRow) -> Result<DossierRow> {
        let (now, books) = (self.now(), self.books());
        let authority = self.continuing_office(old)?;
        // Wherever it is filed today, an error made here is repaired here.
        let today = books.catalogue.in_force(&old.procedure_code, now.day());
        let procedure = match today.filter(|procedure| procedure.local.is_some()) {
            Some(procedure) => procedure,
            // A procedure that was abolished, or of which only the record is left, is repaired under the version it was
            // resolved by.
            None => self.procedure_of(old)?,
        };
        let form = books
            .catalogue
            .form(&procedure, &old.form_key, old.form_version)
            .ok_or_else(|| Error::Broken("a dossier without its form".into()))?;
        let act =
            Act::Submit { channel: Channel::Counter, source: Source::OneStopShop, corrects: Some(old.id.to_string()) };
        // The row is made before its code: reception needs to know the procedure and the calendar it keeps.
        let (state, _) = dossier::apply(None, &act, now)?;
        let mut row = self.blank_row(authority.id, &procedure, &form, state, &self.calendar_of(authority.id));
        row.account_id = old.account_id;
        row.applicant_name.clone_from(&old.applicant_name);
        row.applicant_id.clone_from(&old.applicant_id);
        row.applicant_phone.clone_from(&old.applicant_phone);
        row.applicant_address.clone_from(&old.applicant_address);
        row.organisation_id = old.organisation_id;
        row.organisation_number.clone_from(&old.organisation_number);
        row.organisation_name.clone_from(&old.organisation_name);
        row.organisation_address.clone_from(&old.organisation_address);
        row.typed.clone_from(&old.typed);
        row.papers_listed.clone_from(&old.papers_listed);
        row.corrects = Some(old.id);
        Ok(row)
    }

    /// The dossiers that repair this one, the oldest first.
    pub(crate) async fn corrections_of(&self, tx: &mut Tx, row: &DossierRow) -> Result<Vec<Linked>> {
        let ids: Vec<Uuid> = row.state.corrections.iter().filter_map(|link| link.dossier.parse().ok()).collect();
        let others = dossiers::dossiers_by_ids(tx, &ids).await?;
        let links = row.state.corrections.iter().filter_map(|link| {
            let other = others.iter().find(|other| other.id.to_string() == link.dossier)?;
            Some(linked(other, link.reason.clone(), link.opened))
        });
        Ok(links.collect())
    }

    /// The dossier that this one repairs.
    pub(crate) async fn original_of(&self, tx: &mut Tx, row: &DossierRow) -> Result<Option<Linked>> {
        let Some(id) = row.corrects else { return Ok(None) };
        let Some(other) = dossiers::dossier_by_id(tx, id).await? else { return Ok(None) };
        let own = row.id.to_string();
        let link = other.state.corrections.iter().find(|link| link.dossier == own);
        let (reason, opened) =
            link.map_or((String::new(), Instant(row.updated_at)), |link| (link.reason.clone(), link.opened));
        Ok(Some(linked(&other, reason, opened)))
    }

    /// Marks what the result of this dossier stands in place of: the result of the dossier that it repairs, and of
    /// those that repaired it before. Every version is kept.
    pub(crate) async fn replace_repaired(&self, tx: &mut Tx, who: &Who, row: &DossierRow) -> Result<()> {
        let Some(id) = row.corrects else { return Ok(()) };
        let Some(original) = dossiers::dossier_by_id(tx, id).await? else { return Ok(()) };
        let own = row.id.to_string();
        let links = original.state.corrections.iter().take_while(|link| link.dossier != own);
        let earlier: Vec<Uuid> = links.filter_map(|link| link.dossier.parse().ok()).collect();
        let mut wrong = dossiers::dossiers_by_ids(tx, &earlier).await?;
        wrong.push(original);
        for old in wrong {
            if results::replace_results(tx, old.office_id, old.id, self.now()).await? > 0 {
                let detail = json!({ "by": row.code });
                audit::record(self, tx, who, "replace_result", &Object::of(&old), detail).await?;
            }
        }
        Ok(())
    }

    /// Of these dossiers, those whose result was replaced after handover, by id, each with the dossier whose result
    /// stands in its place: the last repair that has one, of the dossier itself, or of the one that it repaired in vain.
    pub(crate) async fn replacements_of(&self, tx: &mut Tx, rows: &[DossierRow]) -> Result<HashMap<Uuid, DossierRow>> {
        let repaired: Vec<Uuid> = rows.iter().filter_map(|row| row.corrects).collect();
        let originals = dossiers::dossiers_by_ids(tx, &repaired).await?;
        let mut later: Vec<(Uuid, Vec<Uuid>)> = Vec::new();
        for row in rows {
            let own = row.id.to_string();
            let original = originals.iter().find(|original| Some(original.id) == row.corrects);
            let beside = original.map(|original| original.state.corrections.as_slice()).unwrap_or_default();
            let mut links: Vec<_> = beside.iter().skip_while(|link| link.dossier != own).skip(1).collect();
            links.extend(&row.state.corrections);
            links.sort_by_key(|link| link.opened);
            let ids: Vec<Uuid> = links.into_iter().filter_map(|link| link.dossier.parse().ok()).collect();
            if !ids.is_empty() {
                later.push((row.id, ids));
            }
        }
        let all: Vec<Uuid> = later.iter().flat_map(|(_, ids)| ids).copied().collect();
        let found = dossiers::dossiers_by_ids(tx, &all).await?;
        let standing = later.into_iter().filter_map(|(row, ids)| {
            let one = |id: &Uuid| found.iter().find(|other| other.id == *id && other.state.standing_result().is_some());
            Some((row, ids.iter().rev().find_map(one)?.clone()))
        });
        Ok(standing.collect())
    }

    /// The dossier whose result stands in place of this one's, for whoever reads it.
    pub(crate) async fn replaced_by(&self, tx: &mut Tx, who: &Who, row: &DossierRow) -> Result<Option<ReplacedBy>> {
        let found = self.replacements_of(tx, std::slice::from_ref(row)).await?.remove(&row.id);
        Ok(found.map(|other| ReplacedBy {
            id: other.id,
            code: other.code.clone().unwrap_or_default(),
            may_open: self.may_see(who, &other).is_ok(),
        }))
    }
}

fn linked(other: &DossierRow, reason: String, opened: Instant) -> Linked {
    let code = other.code.clone().or_else(|| other.temporary_code.clone()).unwrap_or_default();
    Linked { id: other.id, code, status: other.state.status, reason, opened }
}

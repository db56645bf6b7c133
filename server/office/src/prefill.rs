//! Answers of one's own earlier dossiers for a new draft, with consent: offered one by one, copied when they were chosen,
//! marked until their writer has saved the topic (decision 0059).

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    drafts::Draft,
    error::Problem,
    who::Resident,
};
use domain::{
    question::{Scope, Shown, ShownQuestion, Typed, earlier::fitting, parse, review, shown_questions},
    time::Instant,
};
use serde_json::json;
use std::collections::BTreeSet;
use store::{Tx, accounts, dossiers};
use uuid::Uuid;

/// An answer that may be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Path of the question in the draft's form, and what it asks.
    pub path: String,
    pub label: String,
    /// What was answered.
    pub value: Shown,
    /// The dossier it stands in.
    pub dossier: Uuid,
    pub code: String,
    pub filed: Instant,
    typed: Typed,
}

/// So many of one's newest dossiers are looked at.
const LOOKED_AT: i64 = 20;

impl Office {
    /// What earlier dossiers of the draft's owner answer of a topic that is still open. Nothing for an account that
    /// nobody has proven, and nothing out of a sensitive matter.
    ///
    /// **Permissions**: the draft's owner.
    pub async fn prefill_offers(&self, who: &Who, draft: &Draft, topic: &str) -> Result<Vec<Offer>> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().read().await?;
        self.offers_of(&mut tx, resident, draft, topic).await
    }

    /// Copies the chosen answers into the draft and marks them until the topic is saved. What is answered meanwhile, or
    /// offered no more, is left alone.
    ///
    /// **Permissions**: the draft's owner, with a proven account.
    pub async fn prefill_draft(
        &self,
        who: &Who,
        id: Uuid,
        topic: &str,
        chosen: &BTreeSet<String>,
        command: Uuid,
    ) -> Result<()> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().write().await?;
        accounts::hold_account(&mut tx, resident.account).await?;
        let mut draft = self.read_draft(&mut tx, who, id).await?;
        if self.answered_before::<Vec<String>>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        if draft.row.submitted_as.is_some() {
            return Err(Error::Stale);
        }
        if chosen.is_empty() {
            return Err(Problem::Missing("take").into());
        }
        let offers = self.offers_of(&mut tx, resident, &draft, topic).await?;
        let taken: Vec<Offer> = offers.into_iter().filter(|offer| chosen.contains(&offer.path)).collect();
        let row = &mut draft.row;
        for offer in &taken {
            row.typed.extend(offer.typed.clone());
            row.prefilled.push(offer.path.clone());
        }
        self.save_row(&mut tx, row).await?;
        let paths: Vec<String> = taken.iter().map(|offer| offer.path.clone()).collect();
        let from: BTreeSet<Uuid> = taken.iter().map(|offer| offer.dossier).collect();
        let object = Object { kind: "draft", id: id.to_string(), office: None };
        audit::record(self, &mut tx, who, "prefill_draft", &object, json!({ "answers": paths, "from": from })).await?;
        self.keep_once(&mut tx, who, command, "prefill_draft", &paths).await?;
        Ok(tx.commit().await?)
    }

    async fn offers_of(&self, tx: &mut Tx, resident: &Resident, draft: &Draft, topic: &str) -> Result<Vec<Offer>> {
        let mut offers: Vec<Offer> = Vec::new();
        let asks = |one: &ShownQuestion<'_>| one.topic.id == topic && one.question.source.is_some();
        if resident.level < 1 || !shown_questions(&draft.form, &draft.typed).iter().any(asks) {
            return Ok(offers);
        }
        let today = self.now().day();
        for row in dossiers::dossiers_of_account(tx, resident.account, LOOKED_AT).await? {
            if row.sensitive {
                continue;
            }
            self.know_rules_of(tx, &row).await?;
            let (books, procedure) = (self.books(), self.procedure_of(&row)?);
            let Some(form) = books.catalogue.form(&procedure, &row.form_key, row.form_version) else { continue };
            let found = fitting(&draft.form, &draft.typed, topic, (&form, &row.typed), &resident.citizen_id);
            let found: Vec<_> =
                found.into_iter().filter(|one| offers.iter().all(|known| known.path != one.path)).collect();
            if found.is_empty() {
                continue;
            }
            let answers = parse(&form, &row.typed, today, Scope::Form).answers;
            let answered: Vec<_> = review(&form, &answers).into_iter().flat_map(|topic| topic.rows).collect();
            for one in found {
                let value = answered.iter().find(|answer| answer.path == one.from).map(|answer| answer.value.clone());
                let (Some(value), Some(asked)) = (value, draft.form.question(&one.path)) else { continue };
                offers.push(Offer {
                    label: asked.label.clone(),
                    path: one.path,
                    typed: one.typed,
                    value,
                    dossier: row.id,
                    code: row.code.clone().or_else(|| row.temporary_code.clone()).unwrap_or_default(),
                    filed: Instant(row.submitted_at.or(row.received_at).unwrap_or(row.updated_at)),
                });
            }
        }
        Ok(offers)
    }
}

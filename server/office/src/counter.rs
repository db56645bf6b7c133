//! The counter: a walk-in received in one screen.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    dossiers::Applicant,
    error::Problem,
    messages::read_mobile,
    organisations::{ADDRESS_MOST, NAME_MOST, within},
    papers::PaperKind,
    rights::Task,
};
use domain::{
    dossier::{self, Act, ActKind, Channel, Source},
    feature::Feature,
    organisation::TaxNumber,
    person::{CitizenId, FullName, Phone},
    question::Typed,
};
use serde_json::{Value, json};
use store::{
    StoreError, Tx, commands,
    dossiers::{self, DossierRow, PaperListed},
    drafts::{self, DraftRow},
    messages,
};
use uuid::Uuid;

/// What the clerk enters for a person at the counter.
#[derive(Debug, Clone, Default)]
pub struct WalkIn {
    pub procedure_code: String,
    pub name: String,
    pub citizen_id: String,
    pub phone: String,
    pub address: String,
    /// The organisation that the person brings the matter of; left blank by who files for themselves.
    pub organisation: WalkInOrganisation,
    /// Answers to the procedure's form that were entered.
    pub typed: Typed,
    pub papers: Vec<PaperListed>,
    /// Key of the procedure's case; none for the general term.
    pub case: Option<String>,
    /// Why this is another matter than the one already open for this person.
    pub other_matter: String,
    /// The person chose the counter: what they began online for this matter is not handed in any more.
    pub set_drafts_aside: bool,
    /// The person agreed to be told by short message at the telephone they gave.
    pub tell_by_phone: bool,
    /// The tray with the scans of the papers.
    pub tray: Option<Uuid>,
    /// What of the tray a scan took away, as far as the clerk was told.
    pub seen_gone: Vec<Uuid>,
}

/// An organisation at the counter, as entered: all three or nothing.
#[derive(Debug, Clone, Default)]
pub struct WalkInOrganisation {
    pub number: String,
    pub name: String,
    pub address: String,
}

/// What this person has open for that procedure: offered before anything new is made.
#[derive(Debug, Default)]
pub struct OpenMatters {
    pub dossiers: Vec<DossierRow>,
    pub drafts: Vec<DraftRow>,
}

impl Office {
    /// The organisation's open dossiers with the unit, for a procedure, whoever brought them. The look is recorded, also
    /// when it finds nothing.
    ///
    /// **Permissions**: whoever may receive at the counter of that unit, and for a sensitive procedure handle it there.
    pub async fn open_matters_of_organisation(
        &self,
        who: &Who,
        unit: i64,
        number: &TaxNumber,
        procedure_code: &str,
    ) -> Result<OpenMatters> {
        self.may(who, Task::Dossier(ActKind::ReceiveAtCounter), unit)?;
        let procedure = self.books().catalogue.in_force(procedure_code, self.now().day());
        procedure.map_or(Ok(()), |procedure| self.may_handle(who, &procedure, unit))?;
        let mut tx = self.db().write().await?;
        let dossiers = dossiers::open_dossiers_of_organisation(&mut tx, unit, number.as_str(), procedure_code).await?;
        let object = Object { kind: "organisation", id: number.masked(), office: Some(unit) };
        let detail = json!({ "procedure": procedure_code, "found": dossiers.len() });
        audit::record(self, &mut tx, who, "match_organisation", &object, detail).await?;
        tx.commit().await?;
        Ok(OpenMatters { dossiers, drafts: Vec::new() })
    }

    /// Whether this person may receive at a counter at all.
    ///
    /// **Permissions**: reception or the centre's director of any unit.
    pub fn may_receive(&self, who: &Who) -> Result<()> {
        who.staff().ok_or(Error::SignInFirst)?;
        if self.units_for(who, Task::Dossier(ActKind::ReceiveAtCounter)).is_empty() {
            return Err(Error::Forbidden);
        }
        Ok(())
    }

    /// The person's open dossiers with the unit and drafts begun for it, for a procedure. The look is recorded, also when
    /// it finds nothing.
    ///
    /// **Permissions**: whoever may receive at the counter of that unit, and for a sensitive procedure handle it there.
    pub async fn open_matters(
        &self,
        who: &Who,
        unit: i64,
        citizen_id: &str,
        procedure_code: &str,
    ) -> Result<OpenMatters> {
        self.may(who, Task::Dossier(ActKind::ReceiveAtCounter), unit)?;
        let procedure = self.books().catalogue.in_force(procedure_code, self.now().day());
        procedure.map_or(Ok(()), |procedure| self.may_handle(who, &procedure, unit))?;
        let Ok(number) = CitizenId::parse(citizen_id) else { return Ok(OpenMatters::default()) };
        let offices = self.books().places.continued_by(unit, self.now().day());
        let mut tx = self.db().write().await?;
        let mut found = OpenMatters {
            dossiers: dossiers::open_dossiers_of_person(&mut tx, unit, number.as_str(), procedure_code).await?,
            drafts: drafts::open_drafts_of_person(&mut tx, &offices, number.as_str(), procedure_code).await?,
        };
        found.drafts.retain(|draft| draft.organisation_id.is_none());
        let matters = found.dossiers.len() + found.drafts.len();
        let (object, detail) = matched(&number, unit, procedure_code, matters);
        audit::record(self, &mut tx, who, "match_person", &object, detail).await?;
        tx.commit().await?;
        Ok(found)
    }

    /// Receives a walk-in: code, form 01, dossier, and the scans in the tray. A repeat gets the same dossier. What the
    /// person has open for the same matter comes first: a dossier is not made twice, a draft only after it was set
    /// aside. What is not filed here on that day is not received: there would be nothing to promise by.
    ///
    /// **Permissions**: reception or the centre's director, in the unit where they work; of a sensitive procedure, whose
    /// steps its dossiers pass.
    pub async fn receive_at_counter(&self, who: &Who, unit: i64, walk_in: WalkIn, command: Uuid) -> Result<Uuid> {
        self.may(who, Task::Dossier(ActKind::ReceiveAtCounter), unit)?;
        let applicant = read_applicant(&walk_in)?;
        let organisation = read_organisation(&walk_in.organisation)?;
        let told_at = walk_in.tell_by_phone.then(|| read_mobile(&walk_in.phone)).transpose()?;
        let (now, books) = (self.now(), self.books());
        let authority = books.places.open_authority(unit, now.day()).ok_or(Error::NotFound)?;
        let procedure =
            books.catalogue.in_force(&walk_in.procedure_code, now.day()).ok_or(Problem::Missing("procedure"))?;
        self.may_handle(who, &procedure, unit)?;
        let form = books.catalogue.form_of(&procedure).ok_or(Error::NotFound)?;
        let mut tx = self.db().write().await?;
        let calendar = self.calendar_of(authority.id);
        let act = Act::Submit { channel: Channel::Counter, source: Source::OneStopShop, corrects: None };
        // The row is made before its code: reception needs to know the procedure and the calendar it keeps.
        let (state, _) = dossier::apply(None, &act, now)?;
        let mut row = self.blank_row(authority.id, &procedure, &form, state, &calendar);
        // The number of the day is taken first: another desk of the unit waits for it, and then finds this dossier.
        let reception = self.reception_of(&mut tx, &row, walk_in.case.clone()).await?;
        if let Some(answer) = commands::answer_of(&mut tx, who.subject(), command).await? {
            return Ok(answer);
        }
        if !procedure.is_received_here(now.day()) {
            return Err(Problem::NotFiledHere.into());
        }
        if organisation.is_some() {
            self.needs_feature(Feature::Organisations, unit)?;
        }
        if told_at.is_some() {
            self.needs_feature(Feature::ShortMessages, unit)?;
        }
        if walk_in.other_matter.trim().is_empty() && (organisation.is_some() || !applicant.citizen_id.is_empty()) {
            let number = applicant.citizen_id.as_str();
            let open = match &organisation {
                Some((tax, ..)) => {
                    dossiers::open_dossiers_of_organisation(&mut tx, unit, tax.as_str(), &procedure.code).await?
                }
                None => dossiers::open_dossiers_of_person(&mut tx, unit, number, &procedure.code).await?,
            };
            if let Some(first) = open.first() {
                return Err(Problem::AlreadyOpen { dossier: first.id }.into());
            }
            let offices = books.places.continued_by(unit, now.day());
            let mut drafts = drafts::open_drafts_of_person(&mut tx, &offices, number, &procedure.code).await?;
            // What the person fills in for themselves is not what they bring for an organisation.
            drafts.retain(|draft| draft.organisation_id.is_none() && organisation.is_none());
            if !drafts.is_empty() && !walk_in.set_drafts_aside {
                return Err(Problem::DraftOpen.into());
            }
            for draft in drafts {
                self.set_draft_aside(&mut tx, who, unit, draft.id).await?;
            }
        }
        let code = reception.code.clone();
        let act =
            Act::ReceiveAtCounter { channel: Channel::Counter, source: Source::OneStopShop, corrects: None, reception };
        let (state, recorded) = dossier::apply(None, &act, now)?;
        row.typed.clone_from(&walk_in.typed);
        row.papers_listed.clone_from(&walk_in.papers);
        applicant.write_to(&mut row);
        if let Some((number, name, address)) = organisation {
            row.organisation_number = Some(number.as_str().to_owned());
            row.organisation_name = Some(name);
            row.organisation_address = Some(address);
        }
        self.project(&mut row, state, now)?;
        dossiers::insert_dossier(&mut tx, &row).await?;
        dossiers::insert_code(&mut tx, &code, row.office_id, row.id).await?;
        if let Some(phone) = told_at {
            messages::insert_contact(&mut tx, row.office_id, row.id, &phone, now).await?;
        }
        self.write_events(&mut tx, who, &row, &recorded, (act.kind(), command)).await?;
        if !walk_in.other_matter.trim().is_empty() {
            let detail = json!({ "reason": walk_in.other_matter.trim() });
            audit::record(self, &mut tx, who, "receive_other_matter", &crate::audit::Object::of(&row), detail).await?;
        }
        if let Some(tray) = walk_in.tray {
            self.empty_tray(&mut tx, who, (tray, &walk_in.seen_gone), &row).await?;
        }
        self.issue_paper(&mut tx, who, &row, PaperKind::Receipt, |facts| facts).await?;
        match commands::keep_answer(&mut tx, who.subject(), command, "receive_at_counter", &row.id, now).await {
            Ok(()) => tx.commit().await?,
            Err(StoreError::Duplicate(_)) => {
                drop(tx);
                let mut tx = self.db().read().await?;
                return commands::answer_of(&mut tx, who.subject(), command).await?.ok_or(Error::Stale);
            }
            Err(other) => return Err(other.into()),
        }
        self.tell_moved(&row);
        Ok(row.id)
    }

    /// Ends an online draft at its person's word at the counter, on the record. One that was handed in meanwhile is the
    /// dossier to go on with.
    async fn set_draft_aside(&self, tx: &mut Tx, who: &Who, unit: i64, id: Uuid) -> Result<()> {
        self.end_draft(tx, id).await?;
        if let Some(dossier) = drafts::draft_by_id(tx, id).await?.and_then(|draft| draft.submitted_as) {
            return Err(Problem::AlreadyOpen { dossier }.into());
        }
        let object = Object { kind: "draft", id: id.to_string(), office: Some(unit) };
        audit::record(self, tx, who, "set_draft_aside", &object, json!({})).await
    }
}

/// How the record names a person who was looked for, and how many matters were found open.
fn matched(number: &CitizenId, unit: i64, procedure_code: &str, found: usize) -> (Object, Value) {
    let object = Object { kind: "person", id: number.masked(), office: Some(unit) };
    (object, json!({ "procedure": procedure_code, "found": found }))
}

/// Reads what the clerk entered of an organisation; nothing when all is blank.
fn read_organisation(typed: &WalkInOrganisation) -> Result<Option<(TaxNumber, String, String)>> {
    if [&typed.number, &typed.name, &typed.address].into_iter().all(|text| text.trim().is_empty()) {
        return Ok(None);
    }
    let number = TaxNumber::parse(&typed.number).map_err(|_| Problem::TaxNumberInvalid)?;
    let name = within(&typed.name, "organisation[name]", NAME_MOST)?;
    let address = within(&typed.address, "organisation[address]", ADDRESS_MOST)?;
    Ok(Some((number, name, address)))
}

/// Reads what the clerk entered of the person. A number that looks odd only warns, on the screen; one that is no
/// number is refused. A person without a number yet may be received.
fn read_applicant(walk_in: &WalkIn) -> Result<Applicant> {
    let name = FullName::parse(&walk_in.name).map_err(|_| Problem::NameInvalid)?;
    let citizen_id = match walk_in.citizen_id.trim() {
        "" => String::new(),
        typed => CitizenId::parse(typed).map_err(|_| Problem::CitizenIdInvalid)?.as_str().to_string(),
    };
    let phone = match walk_in.phone.trim() {
        "" => String::new(),
        typed => Phone::parse(typed).map_err(|_| Problem::PhoneInvalid)?.as_str().to_string(),
    };
    let address = domain::text::clean(&walk_in.address);
    Ok(Applicant { name: name.as_str().to_string(), citizen_id, phone, address })
}

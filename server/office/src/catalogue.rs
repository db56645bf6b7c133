//! Procedures and forms of every version, in memory: a few hundred rows that every page asks for.

mod search;

use crate::{Error, Result};
use domain::{
    dossier::{self, WorkStep},
    procedure::{
        Procedure,
        export::ExportRecord,
        import::{self, Imported},
        local::{self, FilingPlace, LocalPart},
        term::Channel,
        unit_part::UnitPart,
    },
    question::{
        Form,
        general::{self, PaperWords},
    },
    role::Role,
    text,
    time::Day,
    working_time::{PausePolicy, Term},
};
pub use search::Search;
use std::{collections::HashMap, sync::Arc};
use store::{
    Tx, forms,
    procedures::{self, ProcedureRow},
};
use uuid::Uuid;

/// One version of a procedure.
pub struct ProcedureVersion {
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub valid_from: Day,
    pub valid_to: Option<Day>,
    pub imported: Imported,
    /// What this office adds; a record without it can be read, not filed.
    pub local: Option<LocalPart>,
    search_text: String,
}

/// Every version of every procedure and form.
pub struct Catalogue {
    versions: Vec<Arc<ProcedureVersion>>,
    forms: HashMap<(String, i64), Arc<Form>>,
    paper_words: PaperWords,
}

/// Days a resident has to supplement where the procedure does not say.
const DAYS_TO_SUPPLEMENT: u32 = 30;
/// The form of a procedure that has none of its own.
const GENERAL_FORM: &str = "chung";

impl Catalogue {
    /// Every version of the procedures whose dossiers are sensitive.
    pub fn sensitive(&self) -> impl Iterator<Item = &Arc<ProcedureVersion>> {
        self.versions.iter().filter(|version| version.is_sensitive())
    }

    pub(crate) async fn read(tx: &mut Tx, paper_words: PaperWords) -> Result<Self> {
        let rows = procedures::list_procedure_versions(tx).await?;
        let versions = rows.into_iter().map(|row| read_version(row).map(Arc::new)).collect::<Result<_>>()?;
        let forms = forms::list_forms(tx).await?;
        let forms = forms.into_iter().map(|f| ((f.key.clone(), i64::from(f.version)), Arc::new(f))).collect();
        Ok(Self { versions, forms, paper_words })
    }

    /// The version of that id.
    pub fn version(&self, id: Uuid) -> Option<Arc<ProcedureVersion>> {
        self.versions.iter().find(|version| version.id == id).cloned()
    }

    /// The version of a procedure in force on that day.
    pub fn in_force(&self, code: &str, day: Day) -> Option<Arc<ProcedureVersion>> {
        self.versions.iter().find(|version| version.code == code && version.is_in_force(day)).cloned()
    }

    /// Every version of a procedure, the earliest first.
    pub fn versions_of(&self, code: &str) -> Vec<Arc<ProcedureVersion>> {
        // Read in the order of their days.
        self.versions.iter().filter(|version| version.code == code).cloned().collect()
    }

    /// Everything in force on that day.
    pub fn all(&self, day: Day) -> impl Iterator<Item = &Arc<ProcedureVersion>> {
        self.versions.iter().filter(move |version| version.is_in_force(day))
    }

    /// A version of a form, for a version of a procedure: the general form takes its papers from the record.
    pub fn form(&self, procedure: &ProcedureVersion, key: &str, version: i64) -> Option<Arc<Form>> {
        let form = self.forms.get(&(key.to_string(), version))?.clone();
        if key != GENERAL_FORM {
            return Some(form);
        }
        Some(Arc::new(general::with_papers(&form, &procedure.imported, &self.paper_words)))
    }

    /// Whether there is that version of a form.
    pub(crate) fn has_form(&self, key: &str, version: i64) -> bool {
        self.forms.contains_key(&(key.to_string(), version))
    }

    /// The form a procedure is filed with today.
    pub fn form_of(&self, procedure: &ProcedureVersion) -> Option<Arc<Form>> {
        let key = procedure.local.as_ref().map_or(GENERAL_FORM, |local| local.form.as_str());
        let newest = |key: &str| self.forms.keys().filter(|(k, _)| k == key).map(|(_, version)| *version).max();
        let (key, version) = match newest(key) {
            Some(version) => (key, version),
            None => (GENERAL_FORM, newest(GENERAL_FORM)?),
        };
        self.form(procedure, key, version)
    }

    /// The fields of the catalogue with how many procedures each holds, sorted by name.
    pub fn fields(&self, day: Day) -> Vec<(String, usize)> {
        let mut fields: HashMap<String, usize> = HashMap::new();
        for procedure in self.all(day).filter(|p| !p.field().is_empty()) {
            *fields.entry(procedure.field().to_string()).or_default() += 1;
        }
        let mut fields: Vec<_> = fields.into_iter().collect();
        fields.sort_by_key(|(name, _)| text::fold(name));
        fields
    }
}

impl ProcedureVersion {
    /// Whether it is in force on that day.
    pub fn is_in_force(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// Whether a resident may fill it in and file it here, online, on that day.
    pub fn can_apply_online(&self, day: Day) -> bool {
        self.local.as_ref().is_some_and(|local| {
            let procedure = Procedure { imported: self.imported.clone(), local: local.clone() };
            procedure.can_apply_online(day)
        })
    }

    /// Whether the one-stop shop receives dossiers at its counter on that day: they are filed here, by whatever way.
    pub fn is_received_here(&self, day: Day) -> bool {
        self.local.as_ref().is_some_and(|local| {
            let places = [FilingPlace::Here, FilingPlace::Counter];
            local.is_valid_on(day) && places.iter().any(|place| local.is_filed_at(*place, day))
        })
    }

    /// Whether dossiers are filed on the national portal on that day.
    pub fn is_filed_nationally(&self, day: Day) -> bool {
        self.local.as_ref().is_some_and(|local| local.is_filed_at(FilingPlace::NationalPortal, day))
    }

    /// Whether the front page names it.
    pub fn is_popular(&self) -> bool {
        self.local.as_ref().is_some_and(|local| local.popular)
    }

    /// Whether its dossiers hold sensitive personal data.
    pub fn is_sensitive(&self) -> bool {
        self.local.as_ref().is_some_and(|local| local.sensitive)
    }

    /// The roles whose steps its dossiers pass: reception and the leader always, and those that its flow names.
    pub fn roles_passed(&self) -> Vec<Role> {
        let mut roles = vec![Role::Reception, Role::Leader];
        match &self.local {
            Some(local) => roles.extend(local.steps.iter().map(|step| step.role)),
            None => roles.extend(self.work_steps().iter().map(|step| step.role)),
        }
        roles
    }

    /// The field (lĩnh vực), as the record has it.
    pub fn field(&self) -> &str {
        &self.imported.field
    }

    /// Who may ask for it, as the record lists them.
    pub fn audiences(&self) -> &[String] {
        &self.imported.audiences
    }

    /// What the resident gets, in short.
    pub fn result_name(&self) -> String {
        self.local.as_ref().map_or_else(|| self.name.clone(), |local| local.result_name.clone())
    }

    /// Working hours within which a filed dossier is accepted or answered.
    pub fn acceptance_hours(&self) -> u32 {
        let usual = domain::working_time::DEFAULT_ACCEPTANCE_HOURS;
        self.local.as_ref().map_or(usual, |local| local.acceptance_hours)
    }

    /// Days a resident has to supplement.
    pub fn days_to_supplement(&self) -> u32 {
        self.local.as_ref().map_or(DAYS_TO_SUPPLEMENT, |local| local.supplement.days_to_supplement)
    }

    /// Days a resident has to meet a financial duty; `None` where it waits for ever.
    pub fn days_to_pay(&self) -> Option<u32> {
        self.local.as_ref()?.days_to_pay
    }

    /// The general term on a channel, as it is laid down.
    pub fn term_of(&self, channel: Channel) -> Option<Term> {
        self.term_for(&UnitPart::default(), None, channel)
    }

    /// The term of a case for a dossier that comes that way to a unit that says that. A record alone has none: what it
    /// says is shown, and no promise is made of it.
    pub fn term_in(&self, part: &UnitPart, case: Option<&str>, came: dossier::Channel) -> Option<Term> {
        let channel = match came {
            dossier::Channel::Online => Channel::Online,
            dossier::Channel::Post => Channel::Post,
            dossier::Channel::Counter | dossier::Channel::Assisted => Channel::Counter,
        };
        self.term_for(part, case, channel)
    }

    /// Keys of the cases that have a term of their own.
    pub fn cases(&self) -> Vec<&str> {
        self.local.as_ref().map_or_else(Vec::new, LocalPart::cases)
    }

    fn term_for(&self, part: &UnitPart, case: Option<&str>, channel: Channel) -> Option<Term> {
        self.local.as_ref().map(|local| part.term_for(local, case, channel))
    }

    /// What a pause does to the term.
    pub fn pause_policy(&self) -> PausePolicy {
        self.local.as_ref().map_or(PausePolicy::Resume, |local| local.supplement.policy)
    }

    /// The flow that a dossier keeps from reception on.
    pub fn work_steps(&self) -> Vec<WorkStep> {
        let steps: Vec<WorkStep> =
            self.flow().into_iter().map(|step| WorkStep { kind: step.kind(), role: step.role }).collect();
        if steps.is_empty() { domain::dossier::usual_steps() } else { steps }
    }

    /// The steps of the flow as the local part names them, one for each of [`Self::work_steps`]; none where it names
    /// no step.
    pub fn flow(&self) -> Vec<&local::WorkStep> {
        self.local.as_ref().map_or_else(Vec::new, |local| local.flow().collect())
    }

    /// Working hours of a step of the flow.
    pub fn hours_of_step(&self, step: usize) -> Option<u32> {
        self.flow().get(step).map(|step| step.hours).filter(|hours| *hours > 0)
    }
}

fn read_version(row: ProcedureRow) -> Result<ProcedureVersion> {
    let broken = |e: serde_json::Error| Error::Broken(format!("procedure {}: {e}", row.code));
    let record: ExportRecord = serde_json::from_value(row.record.clone()).map_err(broken)?;
    let local: Option<LocalPart> = row.local.clone().map(serde_json::from_value).transpose().map_err(broken)?;
    if let Some(Err(why)) = local.as_ref().map(LocalPart::check) {
        return Err(Error::Broken(format!("procedure {}: local part: {why:?}", row.code)));
    }
    let imported = import::import(&record);
    let search_text = match &local {
        Some(local) => domain::procedure::search::search_text(&record, local),
        None => text::fold(&format!("{} {} {}", row.code, row.name, imported.field)),
    };
    Ok(ProcedureVersion {
        id: row.id,
        code: row.code,
        name: row.name,
        valid_from: Day(row.valid_from as i32),
        valid_to: row.valid_to.map(|day| Day(day as i32)),
        imported,
        local,
        search_text,
    })
}

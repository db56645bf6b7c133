//! Papers the office issues. What is kept is the facts, so that a paper can be printed again as it was; `server`
//! turns them into a print.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    rights::Task,
};
use domain::{
    dossier::{Circular, Money, MoneyBack, PapersBack, Payment, SupplementItem, money},
    mandate::MandateKind,
    organisation::TaxNumber,
    person::Phone,
    time::Instant,
    working_time::Term,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Tx, counters,
    dossiers::{DossierRow, PaperListed},
    events,
    papers::{self, PaperRow},
};
use uuid::Uuid;

/// Which paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// The slip a resident gets on submitting: no legal form, but a promise.
    ResidentSlip,
    /// Form 01: giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    Receipt,
    /// Form 02: phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
    Supplement,
    /// Form 03: phiếu từ chối tiếp nhận.
    Refusal,
    /// Form 04: xin lỗi và hẹn lại.
    Apology,
    /// Form 05 of circular 03/2025: thông báo dừng giải quyết.
    Stop,
    /// The written result, when no file was attached for it.
    Result,
    /// What went back with a withdrawal, papers and money, to be signed for: no legal form.
    ReturnSlip,
}

impl PaperKind {
    /// The key in tables.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ResidentSlip => "resident_slip",
            Self::Receipt => "receipt",
            Self::Supplement => "supplement",
            Self::Refusal => "refusal",
            Self::Apology => "apology",
            Self::Stop => "stop",
            Self::Result => "result",
            Self::ReturnSlip => "return_slip",
        }
    }

    /// The kind of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        let all = [
            Self::ResidentSlip,
            Self::Receipt,
            Self::Supplement,
            Self::Refusal,
            Self::Apology,
            Self::Stop,
            Self::Result,
            Self::ReturnSlip,
        ];
        all.into_iter().find(|kind| kind.key() == key)
    }

    /// The symbol of its number, when it is numbered.
    const fn symbol(self) -> Option<&'static str> {
        match self {
            Self::Supplement => Some("PYCBS"),
            Self::Refusal => Some("PTC"),
            Self::Apology => Some("PXL"),
            Self::Stop => Some("TB"),
            Self::Result => Some("TB"),
            Self::ResidentSlip | Self::Receipt | Self::ReturnSlip => None,
        }
    }
}

/// What a paper says. One shape for every kind: a paper uses the parts its form has.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The authority (People's Committee) as it was called then.
    pub organ: String,
    /// The reception as it was called then.
    pub desk: String,
    /// The place in front of the date.
    pub place: String,
    /// Where the reception was found and called then; empty where it had not been entered.
    #[serde(default)]
    pub desk_address: String,
    #[serde(default)]
    pub desk_phone: String,
    /// Version of the calendar whose hours the reception kept.
    #[serde(default)]
    pub calendar: Option<String>,
    /// Where the money stands, on a paper that ends a dossier.
    #[serde(default)]
    pub money: Option<Money>,
    /// What went back with a withdrawal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Returned>,
    pub issued_at: i64,
    /// Running number of the year, for kinds that are numbered, with the symbol after the stroke.
    pub number: Option<(i64, String)>,
    pub code: Option<String>,
    pub temporary_code: Option<String>,
    pub lookup_code: String,
    /// Where the resident looks the dossier up.
    pub lookup_url: String,
    pub applicant: Option<Person>,
    /// The organisation that the applicant files for.
    #[serde(default)]
    pub organisation: Option<Organisation>,
    pub matter: String,
    pub papers: Vec<PaperListed>,
    pub term: Option<Term>,
    /// Key of the procedure's case whose term it is; none for the general one.
    #[serde(default)]
    pub case: Option<String>,
    /// Code of the delivered dossier whose error this one repairs, free of charge.
    #[serde(default)]
    pub corrects: Option<String>,
    pub received_at: Option<Instant>,
    pub accept_by: Option<Instant>,
    pub due_at: Option<Instant>,
    pub new_due_at: Option<Instant>,
    pub deadline: Option<Instant>,
    /// What the resident let run out, when that stopped the dossier.
    #[serde(default)]
    pub ran_out: Option<RanOut>,
    pub clock_pauses: bool,
    pub items: Vec<SupplementItem>,
    pub reason: String,
    pub basis: String,
    pub granted: bool,
    pub result_name: String,
    pub officer: Option<Officer>,
    /// Number in the register of the day.
    pub book_ordinal: Option<i64>,
}

/// What went back with a withdrawal: none of what was not spoken of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    pub papers: Option<PapersBack>,
    pub money: Option<MoneyBack>,
    /// To whom, how much and how money went back.
    pub refund: Option<Payment>,
}

/// What was asked of the resident in time and did not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RanOut {
    /// A supplement.
    Supplement,
    /// A financial duty.
    Duty,
}

/// A person on a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
    pub address: String,
    pub phone: String,
}

/// An organisation on a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// The tax number.
    pub number: String,
    pub name: String,
    pub address: String,
}

/// Who signs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Officer {
    pub name: String,
    pub title: String,
    /// In whose place, where the paper is signed so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<InPlaceOf>,
}

/// In whose place a paper is signed, by which right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InPlaceOf {
    pub kind: MandateKind,
    pub name: String,
    pub title: String,
}

impl Office {
    /// Issues a paper of a dossier: facts, number and audit row, in the act's transaction.
    pub(crate) async fn issue_paper(
        &self,
        tx: &mut Tx,
        who: &Who,
        row: &DossierRow,
        kind: PaperKind,
        particulars: impl FnOnce(Facts) -> Facts,
    ) -> Result<Uuid> {
        let now = self.now();
        let mut facts = particulars(self.facts_of(who, row)?);
        if let Some(symbol) = kind.symbol() {
            let period = now.day().year().to_string();
            let number = counters::next_number(tx, row.resolving_office, kind.key(), &period).await?;
            facts.number = Some((number, symbol.to_string()));
        }
        if kind == PaperKind::Stop {
            let events = events::events_of(tx, row.office_id, row.id).await?;
            facts.money = Some(money(events.iter().map(|event| &event.body)));
        }
        let rules_day = facts.received_at.unwrap_or(now).day();
        let paper = PaperRow {
            office_id: row.office_id,
            dossier_id: row.id,
            id: self.new_id(),
            kind: kind.key().into(),
            rules: Circular::on(rules_day).key().into(),
            number: facts.number.as_ref().map(|(number, symbol)| format!("{number:02}/{symbol}")),
            issued_at: now.0,
            for_resident: true,
            body: serde_json::to_value(&facts).map_err(|e| Error::Broken(e.to_string()))?,
        };
        papers::insert_paper(tx, &paper).await?;
        let detail = json!({ "paper": paper.id, "kind": kind.key() });
        audit::record(self, tx, who, "issue_paper", &Object::of(row), detail).await?;
        Ok(paper.id)
    }

    /// What every paper of a dossier says.
    fn facts_of(&self, who: &Who, row: &DossierRow) -> Result<Facts> {
        let (now, books) = (self.now(), self.books());
        let authority = books.places.by_id(row.resolving_office).ok_or(Error::NotFound)?;
        let desk = books.places.one_stop_of(row.resolving_office, now.day());
        let procedure = self.procedure_of(row)?;
        let officer = who.staff().map(|staff| Officer {
            name: staff.name.clone(),
            in_place_of: who.acting_for.and_then(|acting| {
                let mandate = staff.mandates.iter().find(|one| one.id == acting.mandate)?;
                Some(InPlaceOf {
                    kind: mandate.kind,
                    name: mandate.from_name.clone(),
                    title: mandate.from_title.clone(),
                })
            }),
            title: staff
                .positions
                .iter()
                .find(|p| books.places.authority_of(p.office) == Some(authority.id))
                .map_or(String::new(), |p| p.title.clone()),
        });
        let code = row.code.clone().or_else(|| row.temporary_code.clone()).unwrap_or_default();
        let contact = desk.and_then(|desk| books.places.contact_of(desk.id));
        Ok(Facts {
            desk_address: contact.map(|contact| contact.address.clone()).unwrap_or_default(),
            desk_phone: contact.map(|contact| contact.phone.clone()).unwrap_or_default(),
            calendar: Some(books.places.calendar_of(row.resolving_office, now.day()).version().to_owned()),
            organ: authority.name.clone(),
            desk: desk.map_or_else(|| authority.name.clone(), |desk| desk.name.clone()),
            place: place_of(&authority.name),
            issued_at: now.0,
            code: row.code.clone(),
            temporary_code: row.temporary_code.clone(),
            lookup_code: row.lookup_code.clone(),
            lookup_url: format!("{}/tra-cuu?ma={code}", self.config().public_url),
            applicant: Some(Person {
                name: row.applicant_name.clone(),
                address: row.applicant_address.clone(),
                phone: row.applicant_phone.clone(),
            }),
            organisation: row.organisation_name.clone().map(|name| Organisation {
                number: row.organisation_number.clone().unwrap_or_default(),
                name,
                address: row.organisation_address.clone().unwrap_or_default(),
            }),
            matter: row.procedure_name.clone(),
            papers: row.papers_listed.clone(),
            term: self.term_of_dossier(&procedure, row)?,
            case: row.state.case.clone(),
            received_at: row.state.received,
            due_at: row.state.due,
            result_name: procedure.result_name(),
            officer,
            book_ordinal: row.code.as_deref().and_then(|code| code.rsplit('-').next()?.parse().ok()),
            ..Facts::default()
        })
    }

    /// A paper to print. A look by staff is recorded; who may not see personal numbers finds the telephone masked.
    ///
    /// **Permissions**: the dossier's resident, for papers meant for residents; staff of its unit with
    /// [`Task::ReadDossier`]; when it is closed and its office has ended, staff of the unit that continues it.
    /// In full with [`Task::RevealPersonalData`] there.
    pub async fn open_paper(&self, who: &Who, id: Uuid) -> Result<PaperRow> {
        let mut tx = self.db().read().await?;
        let mut paper = papers::paper_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let row = self.find_dossier(&mut tx, paper.dossier_id).await?;
        drop(tx);
        if let Some(resident) = who.resident() {
            let own = resident.answers_for(&row) && paper.for_resident;
            return if own { Ok(paper) } else { Err(Error::NotFound) };
        }
        self.may_with(who, Task::ReadDossier, &row)?;
        self.record_view(who, audit::view_act(&row, "view_paper"), &Object::of(&row), json!({ "paper": id })).await?;
        if self.may_with(who, Task::RevealPersonalData, &row).is_err() {
            if let Some(phone) = paper.body.pointer_mut("/applicant/phone") {
                *phone = masked_phone(phone.as_str().unwrap_or_default()).into();
            }
            // That of a household business is its owner's own number.
            if let Some(number) = paper.body.pointer_mut("/organisation/number") {
                let masked = TaxNumber::parse(number.as_str().unwrap_or_default()).map(|number| number.masked());
                *number = masked.unwrap_or_else(|_| "•••".into()).into();
            }
        }
        Ok(paper)
    }
}

/// A telephone number of which too little is left to call it.
fn masked_phone(phone: &str) -> String {
    match Phone::parse(phone) {
        Ok(phone) => phone.masked(),
        Err(_) if phone.is_empty() => String::new(),
        Err(_) => "•••".into(),
    }
}

/// The place that a paper is dated from: the unit's own name.
pub fn place_of(authority: &str) -> String {
    ["xã ", "thị trấn ", "huyện ", "phường "]
        .into_iter()
        .find_map(|kind| authority.split_once(kind).map(|(_, name)| name.to_string()))
        .unwrap_or_else(|| authority.to_string())
}

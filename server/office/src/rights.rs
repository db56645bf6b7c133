//! Who may do what. Deny unless a line here allows.
//!
//! A right is a role in an office's unit: the office itself, its one-stop shop and its divisions count as one unit,
//! the way a People's Committee works. What a *state* allows is another question: `domain::dossier` answers it.
// long because every right is one table, read from top to bottom.

use crate::{
    Error, Office, Result, Who,
    catalogue::ProcedureVersion,
    who::{Actor, Mandate, Resident},
};
use domain::{dossier::ActKind, mandate::MandateKind, role::Role};
use store::{
    Tx,
    dossiers::{self, DossierRow},
    organisations::OrganisationRow,
};
use uuid::Uuid;

/// Everything that can be asked of the office. Every server function and route names one of these, or is open to
/// anyone; the test of the rights matrix fails on one that does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Task {
    /// An act on a dossier.
    Dossier(ActKind),
    /// The work queues, with names masked to what a line needs.
    ReadQueues,
    /// A dossier with its papers and its timeline; personal numbers stay masked.
    ReadDossier,
    /// Personal numbers and telephone numbers in full, with a reason.
    RevealPersonalData,
    /// An internal note.
    WriteNote,
    /// A scan or a result on a dossier.
    AttachFile,
    /// The word that no other file is waited for in place of one that a scan took away.
    LetFileGo,
    /// The register (form 07) and its export.
    ReadRegister,
    /// A sensitive dossier, whatever is done with it: beside the right to that, and only for the roles whose steps the
    /// dossier passes; see [`Office::may_with`].
    ReadSensitive,
    /// Who did and saw what.
    ReadAudit,
    /// The proof of an account at the counter, whose a dossier is that was filed under another's number, and who
    /// represents an organisation by its paper.
    ProveAccounts,
    /// What is stuck, on one page.
    ReadStuck,
    /// Something stuck, taken in hand.
    TakeOverStuck,
    /// What an import could not structure.
    ReadImportRemarks,
    /// Who works in the unit, with which role from when to when; who comes and who goes.
    ManageStaff,
    /// The offices of the unit: where each is found and called, who continues whom, and one that comes.
    ManageUnits,
    /// The calendar of the unit: a year prepared, compared with what holds, and published.
    ManageCalendars,
    /// What the unit switches off for some days, and on.
    ManageFeatures,
    /// What the unit adds to procedures: compared with what holds, and published. Where it is held in every unit, also
    /// new versions of what all of them share.
    ManageProcedures,
    /// The record of the unit, searched by who did what and when.
    SearchAudit,
    /// A message that its carrier refused is sent anew, or its resident was told otherwise.
    ResendMessage,
    /// Giving another the right to act in one's place; a leader also in the place of others of the unit.
    Delegate,
    /// Naming the colleague who does one's work while one is away; who may delegate also for others.
    MarkAbsence,
    /// The texts that the unit's reasons begin with.
    KeepSharedReasons,
    /// One's own of them, and reading the unit's.
    KeepOwnReasons,
    /// Closing units and letting others continue them: in every unit concerned, or in one above it.
    Reorganise,
    /// Asking a payer for money, on a dossier or at the counter, and cancelling what was asked.
    AskPayment,
    /// The tray of money, what came, what goes back.
    ReadMoney,
    /// Laying money where it belongs, statements and reconciliation.
    MatchMoney,
    /// Asking for money to go back.
    AskRefund,
    /// Deciding about a refund that somebody else asked for.
    DecideRefund,
    /// Sending a refund that was approved, with the payee's account in full.
    SendRefund,
    /// The accounts that payers send their money to.
    ManageBankAccounts,
}

impl Task {
    /// Every task, for the matrix.
    pub fn all() -> Vec<Self> {
        let acts = ActKind::ALL.iter().copied().map(Self::Dossier);
        let others = [
            Self::ReadQueues,
            Self::ReadDossier,
            Self::RevealPersonalData,
            Self::WriteNote,
            Self::AttachFile,
            Self::LetFileGo,
            Self::ReadRegister,
            Self::ReadSensitive,
            Self::ReadAudit,
            Self::ProveAccounts,
            Self::ReadStuck,
            Self::TakeOverStuck,
            Self::ReadImportRemarks,
            Self::ManageStaff,
            Self::ManageUnits,
            Self::ManageCalendars,
            Self::ManageFeatures,
            Self::ManageProcedures,
            Self::SearchAudit,
            Self::ResendMessage,
            Self::Delegate,
            Self::MarkAbsence,
            Self::KeepSharedReasons,
            Self::KeepOwnReasons,
            Self::Reorganise,
            Self::AskPayment,
            Self::ReadMoney,
            Self::MatchMoney,
            Self::AskRefund,
            Self::DecideRefund,
            Self::SendRefund,
            Self::ManageBankAccounts,
        ];
        acts.chain(others).collect()
    }

    /// A stable name, for the matrix and the audit log.
    pub fn key(self) -> String {
        match self {
            Self::Dossier(kind) => kind.key().into(),
            Self::ReadQueues => "read_queues".into(),
            Self::ReadDossier => "read_dossier".into(),
            Self::RevealPersonalData => "reveal_personal_data".into(),
            Self::WriteNote => "write_note".into(),
            Self::AttachFile => "attach_file".into(),
            Self::LetFileGo => "let_file_go".into(),
            Self::ReadRegister => "read_register".into(),
            Self::ReadSensitive => "read_sensitive".into(),
            Self::ReadAudit => "read_audit".into(),
            Self::ProveAccounts => "prove_accounts".into(),
            Self::ReadStuck => "read_stuck".into(),
            Self::TakeOverStuck => "take_over_stuck".into(),
            Self::ReadImportRemarks => "read_import_remarks".into(),
            Self::ManageStaff => "manage_staff".into(),
            Self::ManageUnits => "manage_units".into(),
            Self::ManageCalendars => "manage_calendars".into(),
            Self::ManageFeatures => "manage_features".into(),
            Self::ManageProcedures => "manage_procedures".into(),
            Self::SearchAudit => "search_audit".into(),
            Self::ResendMessage => "resend_message".into(),
            Self::Delegate => "delegate".into(),
            Self::MarkAbsence => "mark_absence".into(),
            Self::KeepSharedReasons => "keep_shared_reasons".into(),
            Self::KeepOwnReasons => "keep_own_reasons".into(),
            Self::Reorganise => "reorganise".into(),
            Self::AskPayment => "ask_payment".into(),
            Self::ReadMoney => "read_money".into(),
            Self::MatchMoney => "match_money".into(),
            Self::AskRefund => "ask_refund".into(),
            Self::DecideRefund => "decide_refund".into(),
            Self::SendRefund => "send_refund".into(),
            Self::ManageBankAccounts => "manage_bank_accounts".into(),
        }
    }

    /// The roles that may do it in their own unit.
    pub const fn roles(self) -> &'static [Role] {
        use Role::{
            Accountant, Administrator, Cashier, CentreDirector, CivilStatus, Controller, Leader, Reception, Records,
            Specialist,
        };
        match self {
            Self::Dossier(kind) => roles_of_act(kind),
            Self::ReadQueues | Self::ReadDossier => {
                &[Reception, Specialist, CivilStatus, CentreDirector, Leader, Records, Accountant, Cashier, Controller]
            }
            Self::RevealPersonalData => &[Reception, Specialist, CivilStatus, CentreDirector, Leader, Records],
            Self::WriteNote => {
                &[Reception, Specialist, CivilStatus, CentreDirector, Leader, Records, Accountant, Cashier]
            }
            Self::AttachFile => &[Reception, Specialist, CivilStatus, CentreDirector, Records],
            // Whoever handles its files, and whoever decides.
            Self::LetFileGo => &[Reception, Specialist, CivilStatus, CentreDirector, Leader, Records],
            Self::ReadRegister => &[Reception, CentreDirector, Leader, Records, Controller],
            Self::ReadSensitive => &[Reception, Specialist, CivilStatus, CentreDirector, Leader, Records],
            Self::ReadAudit => &[Controller, Administrator],
            Self::ProveAccounts => &[Reception, CentreDirector],
            Self::ReadStuck => &[CentreDirector, Leader, Controller, Administrator],
            Self::TakeOverStuck => &[CentreDirector, Leader, Administrator],
            Self::ReadImportRemarks => &[Administrator, Controller],
            Self::ManageStaff
            | Self::ManageUnits
            | Self::ManageCalendars
            | Self::ManageFeatures
            | Self::ManageProcedures
            | Self::ManageBankAccounts
            | Self::Reorganise => &[Administrator],
            // Whoever asks for fees and duties, and whoever takes money.
            Self::AskPayment => &[Reception, Specialist, CivilStatus, CentreDirector, Accountant, Cashier],
            Self::ReadMoney => &[CentreDirector, Leader, Accountant, Cashier, Controller],
            // The books are the accountant's; the cash is not.
            Self::MatchMoney => &[Accountant],
            Self::AskRefund => &[Reception, CentreDirector, Accountant],
            Self::DecideRefund => &[CentreDirector, Leader],
            Self::SendRefund => &[Accountant, Cashier],
            Self::SearchAudit => &[Administrator, Controller],
            // Whoever speaks with the resident, and whoever sees the page of what is stuck.
            Self::ResendMessage => &[Reception, CentreDirector, Administrator],
            Self::Delegate => &LENDERS,
            Self::KeepSharedReasons => &[CentreDirector, Leader],
            // Whoever asks, refuses or apologises.
            Self::KeepOwnReasons => &[Reception, Specialist, CivilStatus, CentreDirector, Leader],
            Self::MarkAbsence => {
                &[Reception, Specialist, CivilStatus, CentreDirector, Leader, Records, Accountant, Cashier]
            }
        }
    }

    /// Whether the office that continues one which has ended does it with the closed dossiers of that one: they are
    /// read, repaired and settled, and nothing else.
    const fn outlives_the_office(self) -> bool {
        matches!(
            self,
            Self::ReadDossier
                | Self::RevealPersonalData
                | Self::ReadAudit
                | Self::SearchAudit
                | Self::ProveAccounts
                | Self::Dossier(ActKind::OpenCorrection | ActKind::SettleWithdrawal)
        )
    }
}

/// The roles whose rights may be lent.
pub const LENDERS: [Role; 2] = [Role::Leader, Role::CentreDirector];

/// The acts that a role may lend: its own on a dossier that is there.
pub fn lendable(role: Role) -> Vec<ActKind> {
    // The answer of a unit that was asked is given by its own people.
    let no_dossier_of_ones_own = [ActKind::ReceiveAtCounter, ActKind::AnswerOpinion];
    let lends = |kind: &ActKind| !no_dossier_of_ones_own.contains(kind) && roles_of_act(*kind).contains(&role);
    if LENDERS.contains(&role) { ActKind::ALL.iter().copied().filter(lends).collect() } else { Vec::new() }
}

const fn roles_of_act(kind: ActKind) -> &'static [Role] {
    use Role::{Accountant, Cashier, CentreDirector, CivilStatus, Leader, Reception, Records, Specialist};
    match kind {
        // A resident's own acts, checked against the dossier's owner; staff never do them in a resident's name.
        ActKind::Submit | ActKind::Rate => &[],
        ActKind::ReceiveAtCounter | ActKind::Accept | ActKind::RefuseToAccept => &[Reception, CentreDirector],
        // At the counter a resident may bring the missing paper, or ask for the dossier back.
        ActKind::AnswerSupplement | ActKind::AskWithdrawal => &[Reception, CentreDirector],
        ActKind::AskSupplement => &[Reception, Specialist, CivilStatus, CentreDirector],
        ActKind::Assign => &[Reception, CentreDirector, Leader],
        // Whoever examines may hand on what they hold; see `Office::may_act`.
        ActKind::Route => &[Reception, CentreDirector, Leader, Specialist, CivilStatus],
        ActKind::AskDuty => &[Reception, Specialist, CivilStatus, CentreDirector],
        ActKind::DutyMet => &[Reception, Accountant, Cashier, CentreDirector],
        ActKind::SuspendClock | ActKind::ResumeClock => &[Specialist, CivilStatus, CentreDirector],
        ActKind::AskOpinion | ActKind::RecallOpinion => &[Specialist, CivilStatus, CentreDirector],
        // In the unit that was asked; see `Office::may_answer`.
        ActKind::AnswerOpinion => &[Specialist, CivilStatus, CentreDirector, Leader],
        ActKind::SubmitForApproval => &[Specialist, CivilStatus],
        ActKind::Approve | ActKind::Sign | ActKind::DecideNotToGrant => &[Leader],
        ActKind::ReturnForRework => &[Leader, CentreDirector],
        ActKind::FinishAtOnce => &[Reception, CivilStatus, CentreDirector],
        ActKind::IssueResult => &[Records, CivilStatus],
        ActKind::Redate | ActKind::Stop => &[CentreDirector, Leader],
        ActKind::DeclineWithdrawal | ActKind::ConfirmWithdrawal | ActKind::SettleWithdrawal => {
            &[Reception, CentreDirector]
        }
        ActKind::Deliver => &[Reception, CentreDirector],
        ActKind::CorrectResult | ActKind::OpenCorrection => &[CivilStatus, Specialist, CentreDirector, Leader],
        ActKind::NotePayment => &[Accountant, Cashier, Reception],
        // The program's own: clocks that run out, hand-overs, dangerous files, copies.
        ActKind::ExpireSupplement | ActKind::ExpireDuty | ActKind::PassOn | ActKind::RemoveFile | ActKind::NoteSync => {
            &[]
        }
    }
}

/// The roles that may have to do with the dossiers of a sensitive procedure.
pub(crate) fn readers_of(procedure: &ProcedureVersion) -> Vec<Role> {
    let may = Task::ReadSensitive.roles();
    procedure.roles_passed().into_iter().filter(|role| may.contains(role)).collect()
}

impl Resident {
    /// The organisation, when the person acts for it today: as its representative, or as an employee within the days that
    /// the representative named.
    pub fn acts_for(&self, organisation: Uuid) -> Option<&OrganisationRow> {
        self.organisations.iter().find(|row| row.id == organisation)
    }

    /// Whether a dossier is the person's to see and to act on: filed for themselves, or for an organisation that they act
    /// for today. Who filed it for an organisation and acts for it no more sees it no more.
    pub fn answers_for(&self, row: &DossierRow) -> bool {
        match row.organisation_id {
            None => row.account_id == Some(self.account),
            Some(organisation) => self.acts_for(organisation).is_some(),
        }
    }
}

impl Office {
    /// Whether this person may do it in the unit of `office`.
    pub fn may(&self, who: &Who, task: Task, office: i64) -> Result<()> {
        match &who.actor {
            Actor::System => Ok(()),
            Actor::Anyone => Err(Error::SignInFirst),
            Actor::Resident(_) | Actor::Operator(_) => Err(Error::Forbidden),
            Actor::Staff(staff) => {
                let books = self.books();
                let unit = books.places.authority_of(office);
                let allowed = staff.positions.iter().any(|position| {
                    task.roles().contains(&position.role)
                        && unit.is_some()
                        && books.places.authority_of(position.office) == unit
                });
                if allowed { Ok(()) } else { Err(Error::Forbidden) }
            }
        }
    }

    /// Whether this person may do it with that dossier: in one of [`Office::units_answering`]. With a sensitive one only
    /// who also holds [`Task::ReadSensitive`] there, in a role whose steps it passes.
    pub fn may_with(&self, who: &Who, task: Task, row: &DossierRow) -> Result<()> {
        if task == Task::Dossier(ActKind::AnswerOpinion) {
            return self.may_answer(who, row);
        }
        let own = self.may_in(who, task, row, row.resolving_office);
        let own = match self.heir_for(task, row) {
            Some(heir) if own.is_err() => self.may_in(who, task, row, heir),
            _ => own,
        };
        match task {
            Task::Dossier(kind) if own.is_err() && self.lent_for(who, row, kind).is_some() => Ok(()),
            _ => own,
        }
    }

    /// Whether this person may give an opinion that a unit of theirs is asked for on that dossier. On a sensitive one nobody
    /// is asked.
    fn may_answer(&self, who: &Who, row: &DossierRow) -> Result<()> {
        let task = Task::Dossier(ActKind::AnswerOpinion);
        let in_asked_unit = self.units_answering(task, row).iter().any(|unit| self.may(who, task, *unit).is_ok());
        if in_asked_unit && !row.sensitive { Ok(()) } else { Err(Error::Forbidden) }
    }

    fn may_in(&self, who: &Who, task: Task, row: &DossierRow, office: i64) -> Result<()> {
        self.may(who, task, office)?;
        if row.sensitive && who.staff().is_some() {
            self.may_handle(who, self.procedure_of(row)?.as_ref(), office)?;
        }
        Ok(())
    }

    /// Whether this member of staff may handle dossiers of a procedure in the unit of `office`: any of them, unless they
    /// are sensitive. Those are for the roles whose steps they pass, and for the leader.
    pub fn may_handle(&self, who: &Who, procedure: &ProcedureVersion, office: i64) -> Result<()> {
        if !procedure.is_sensitive() {
            return Ok(());
        }
        let staff = who.staff().ok_or(Error::Forbidden)?;
        let (books, readers) = (self.books(), readers_of(procedure));
        let unit = books.places.authority_of(office).ok_or(Error::Forbidden)?;
        let allowed = staff.positions.iter().any(|position| {
            readers.contains(&position.role) && books.places.authority_of(position.office) == Some(unit)
        });
        if allowed { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// Which of these dossiers this person may not read.
    pub(crate) async fn unreadable(&self, tx: &mut Tx, who: &Who, ids: &[Uuid]) -> Result<Vec<Uuid>> {
        let rows = dossiers::dossiers_by_ids(tx, ids).await?;
        let closed = rows.iter().filter(|row| self.may_with(who, Task::ReadDossier, row).is_err());
        Ok(closed.map(|row| row.id).collect())
    }

    /// The sensitive procedures whose dossiers this person may read, with each unit where that is so.
    pub(crate) fn readable_sensitive(&self, who: &Who, units: &[i64]) -> Vec<(i64, Vec<Uuid>)> {
        let books = self.books();
        let sensitive: Vec<_> = books.catalogue.sensitive().collect();
        let readable = |unit: i64| {
            let heirs = books.places.successors_of(unit);
            // The closed dossiers of an office that has ended are read where it is continued.
            let here = |version: &ProcedureVersion| {
                std::iter::once(unit).chain(heirs.iter().copied()).any(|at| self.may_handle(who, version, at).is_ok())
            };
            sensitive.iter().filter(|version| here(version)).map(|version| version.id).collect::<Vec<_>>()
        };
        units.iter().map(|unit| (*unit, readable(*unit))).filter(|(_, versions)| !versions.is_empty()).collect()
    }

    /// The same for numbers on a page that opens no dossier. Who reads queues counts what those show: more would tell that
    /// a sensitive dossier is there. Who reads none has nothing to hold a number against, and counts all of them.
    pub(crate) fn countable_sensitive(&self, who: &Who, offices: &[i64]) -> Option<Vec<(i64, Vec<Uuid>)>> {
        let with_queues = self.units_for(who, Task::ReadQueues);
        if with_queues.is_empty() {
            return None;
        }
        let books = self.books();
        let reads_queues = |office: &i64| {
            let heirs = books.places.successors_of(*office);
            with_queues.contains(office) || heirs.iter().any(|heir| with_queues.contains(heir))
        };
        let (read, unread): (Vec<i64>, Vec<i64>) = offices.iter().copied().partition(reads_queues);
        let every: Vec<Uuid> = books.catalogue.sensitive().map(|version| version.id).collect();
        let unread = unread.into_iter().filter(|_| !every.is_empty()).map(|office| (office, every.clone()));
        Some(self.readable_sensitive(who, &read).into_iter().chain(unread).collect())
    }

    /// The mandate that lends this person the right to that kind of act on that dossier. One of the unit that resolves
    /// it now, today; the giver's positions were looked at when the person came in. It opens no sensitive dossier: that is
    /// read by a role of one's own.
    pub(crate) fn lent_for<'a>(&self, who: &'a Who, row: &DossierRow, kind: ActKind) -> Option<&'a Mandate> {
        let unit = self.books().places.authority_of(row.resolving_office)?;
        if row.sensitive {
            self.may_handle(who, self.procedure_of(row).ok()?.as_ref(), row.resolving_office).ok()?;
        }
        let lends = |mandate: &&Mandate| {
            mandate.kind.lends()
                && mandate.unit == unit
                && mandate.scope.covers(kind, &row.procedure_code)
                && lendable(mandate.role).contains(&kind)
        };
        who.staff()?.mandates.iter().find(lends)
    }

    /// The mandate under which this person does that kind of act on that dossier: one that lends the right where no
    /// position gives it, a deputy's where it covers the act, else that of the absent colleague who holds the dossier.
    pub fn mandate_for<'a>(&self, who: &'a Who, row: &DossierRow, kind: ActKind) -> Option<&'a Mandate> {
        let staff = who.staff().filter(|_| kind != ActKind::AnswerOpinion)?;
        let by_position = self.may_by_position(who, Task::Dossier(kind), row);
        let lent = self.lent_for(who, row, kind);
        lent.filter(|lent| !by_position || lent.kind == MandateKind::Deputy).or_else(|| {
            let unit = self.books().places.authority_of(row.resolving_office)?;
            let stands_in = |mandate: &&Mandate| {
                let holds = Some(mandate.from) == row.assignee && mandate.unit == unit && !mandate.kind.lends();
                // What the absent person could not do is not done in their place.
                let holds = holds && Task::Dossier(kind).roles().contains(&mandate.role);
                holds && mandate.scope.covers_procedure(&row.procedure_code)
            };
            staff.mandates.iter().find(stands_in).filter(|_| row.assignee != Some(staff.id))
        })
    }

    /// Whether a position alone gives that right over the dossier.
    fn may_by_position(&self, who: &Who, task: Task, row: &DossierRow) -> bool {
        let offices = std::iter::once(row.resolving_office).chain(self.heir_for(task, row));
        offices.into_iter().any(|office| self.may_in(who, task, row, office).is_ok())
    }

    /// The units that answer for a dossier when that is to be done with it: that of its resolving office; once that has
    /// ended and the dossier is closed, for what is still done with it, also that of the office that continues it.
    /// An opinion is the answer of the units that were asked for one; whether it is still waited for, the state says.
    pub(crate) fn units_answering(&self, task: Task, row: &DossierRow) -> Vec<i64> {
        let books = self.books();
        if task == Task::Dossier(ActKind::AnswerOpinion) {
            let today = self.now().day();
            let asked = row.state.opinions.iter();
            // A division answers for its unit.
            return asked
                .filter_map(|one| books.places.continuing(&one.office, today))
                .filter_map(|office| books.places.authority_of(office.id))
                .collect();
        }
        let offices = std::iter::once(row.resolving_office).chain(self.heir_for(task, row));
        offices.filter_map(|office| books.places.authority_of(office)).collect()
    }

    /// Those units, and the ended ones whose closed dossiers they answer for.
    pub(crate) fn with_ended(&self, units: &[i64]) -> Vec<i64> {
        let books = self.books();
        let ended = books.places.authorities_ended_before(self.now().day()).into_iter();
        let theirs = ended.filter(|unit| books.places.successors_of(*unit).iter().any(|heir| units.contains(heir)));
        units.iter().copied().chain(theirs).collect()
    }

    /// Who does that now with the closed dossier of an office that has ended.
    fn heir_for(&self, task: Task, row: &DossierRow) -> Option<i64> {
        if !task.outlives_the_office() || !row.state.status.is_terminal() {
            return None;
        }
        self.continuing_office(row).ok().map(|office| office.id).filter(|heir| *heir != row.resolving_office)
    }

    /// Whether this is done at the terminal of the machine, or by the program itself.
    pub(crate) fn may_operate(&self, who: &Who) -> Result<()> {
        match &who.actor {
            Actor::System | Actor::Operator(_) => Ok(()),
            Actor::Anyone => Err(Error::SignInFirst),
            Actor::Resident(_) | Actor::Staff(_) => Err(Error::Forbidden),
        }
    }

    /// The units (their authorities' ids) where this person may do it.
    pub fn units_for(&self, who: &Who, task: Task) -> Vec<i64> {
        let Some(staff) = who.staff() else { return Vec::new() };
        let books = self.books();
        let mut units: Vec<i64> = staff
            .positions
            .iter()
            .filter(|position| task.roles().contains(&position.role))
            .filter_map(|position| books.places.authority_of(position.office))
            .collect();
        units.sort_unstable();
        units.dedup();
        units
    }
}

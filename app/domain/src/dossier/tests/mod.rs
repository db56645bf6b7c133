//! Tests of the state machine, and the small office they play in.

mod particulars;
mod properties;
mod table;
mod transitions;
mod views;

use super::*;
use crate::{money::Dong, role::Role, time::Instant, working_time::Pause};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// Monday 23/11/2026, 08:00.
fn monday() -> Instant {
    Instant::parse_local("2026-11-23T08:00").unwrap()
}

fn hours(count: i64) -> Instant {
    monday().plus_ms(count * HOUR)
}

fn step(kind: StepKind, role: Role) -> WorkStep {
    WorkStep { kind, role }
}

/// Examine, verify, approve, sign, issue.
fn long_flow() -> Vec<WorkStep> {
    vec![
        step(StepKind::Examine, Role::Specialist),
        step(StepKind::Verify, Role::CivilStatus),
        step(StepKind::Approve, Role::Leader),
        step(StepKind::Sign, Role::Leader),
        step(StepKind::Issue, Role::Records),
    ]
}

fn reception(steps: Vec<WorkStep>) -> Reception {
    Reception {
        code: "H15.50.05.13-261123-0007".into(),
        received: None,
        due: monday().plus_ms(4 * DAY),
        steps,
        case: None,
    }
}

fn item() -> SupplementItem {
    SupplementItem {
        path_or_paper: "giay-chung-sinh".into(), what: "Giấy chứng sinh".into(), why: "Chưa có".into()
    }
}

fn collector() -> Collector {
    Collector { name: "Mang Thị Bích".into(), is_applicant: true, identity_paper: None, authority: None }
}

fn payment(at: Instant) -> Payment {
    Payment {
        payer: "Mang Thị Bích".into(),
        amount: Dong(50_000),
        way: PaymentWay::Transfer,
        on: at.day(),
        proof: "FT26330".into(),
    }
}

fn posted(at: Instant) -> Posted {
    Posted { carrier: "Bưu điện xã".into(), tracking: "EL123456789VN".into(), on: at.day() }
}

fn submit() -> Act {
    Act::Submit { channel: Channel::Online, source: Source::ProvincialPortal, corrects: None }
}

fn receive(steps: Vec<WorkStep>) -> Act {
    Act::ReceiveAtCounter {
        channel: Channel::Counter,
        source: Source::OneStopShop,
        corrects: None,
        reception: reception(steps),
    }
}

/// The number of the first opinion that is waited for.
fn open_number(dossier: Option<&Dossier>) -> u32 {
    dossier.and_then(|dossier| dossier.open_opinions().next()).map_or(1, |open| open.number)
}

/// Papers are back; money that was paid stays, for a reason.
fn settlement(dossier: Option<&Dossier>) -> Settlement {
    let all_back = Settlement::papers_returned();
    if dossier.is_some_and(Dossier::has_money) {
        Settlement { money: MoneyBack::Kept, reason: "có lý do".into(), ..all_back }
    } else {
        all_back
    }
}

/// Papers wait at the counter; of money that was paid nothing is said yet.
fn left_open(dossier: &Dossier) -> Settlement {
    let money = if dossier.has_money() { MoneyBack::Later } else { MoneyBack::NothingPaid };
    Settlement { papers: PapersBack::ToFetch, money, ..Settlement::papers_returned() }
}

/// An act of that kind with particulars that fit the dossier at `at`.
fn sample(kind: ActKind, dossier: Option<&Dossier>, at: Instant) -> Act {
    let why = || "có lý do".to_owned();
    let due = dossier.and_then(|dossier| dossier.due).unwrap_or(at).plus_ms(DAY);
    let redated_due = dossier.and_then(|dossier| dossier.redated_due).map(|due| due.plus_ms(DAY));
    match kind {
        ActKind::Submit => submit(),
        ActKind::ReceiveAtCounter => Act::ReceiveAtCounter {
            channel: Channel::Counter,
            source: Source::OneStopShop,
            corrects: None,
            reception: Reception { due: at.plus_ms(4 * DAY), ..reception(long_flow()) },
        },
        ActKind::Accept => Act::Accept(Reception { due: at.plus_ms(4 * DAY), ..reception(long_flow()) }),
        ActKind::RefuseToAccept => Act::RefuseToAccept { reason: why() },
        ActKind::AskSupplement => Act::AskSupplement {
            items: vec![item()],
            stage: match dossier.map(|dossier| dossier.status) {
                Some(Status::Registered) => SupplementStage::BeforeAcceptance,
                Some(Status::Accepted) => SupplementStage::AtCounter,
                _ => SupplementStage::AtExamination,
            },
            reason: why(),
            basis: why(),
            approved_by: None,
            respond_by: at.plus_ms(20 * DAY),
        },
        ActKind::AnswerSupplement => Act::AnswerSupplement { due: Some(due), redated_due },
        ActKind::ExpireSupplement => Act::ExpireSupplement,
        ActKind::Assign => {
            let has_it = dossier.is_some_and(|dossier| dossier.assignee.as_deref() == Some("so-minh-thu"));
            let to = if has_it { "la-mo-y-thoa" } else { "so-minh-thu" };
            Act::Assign { to: to.into(), step_due: Some(at.plus_ms(DAY)) }
        }
        ActKind::Route => {
            let step = dossier.filter(|dossier| dossier.status == Status::Processing).map_or(0, |d| 1 - d.step.min(1));
            Act::Route { step, to: Some("ksor-y-bluh".into()), step_due: None }
        }
        ActKind::AskDuty => {
            Act::AskDuty { amount_note: "Lệ phí trước bạ".into(), respond_by: Some(at.plus_ms(20 * DAY)) }
        }
        ActKind::DutyMet => Act::DutyMet { due, redated_due, paid: payment(at) },
        ActKind::ExpireDuty => Act::ExpireDuty,
        ActKind::SuspendClock => Act::SuspendClock { exclusion: Exclusion::Verification, basis: why() },
        ActKind::AskOpinion => Act::AskOpinion {
            office: format!("xa-{}", dossier.map_or(0, |dossier| dossier.opinions.len())),
            question: why(),
            files: Vec::new(),
            respond_by: at.plus_ms(2 * DAY),
        },
        ActKind::AnswerOpinion => {
            Act::AnswerOpinion { number: open_number(dossier), stance: Stance::Disagree, words: why() }
        }
        ActKind::RecallOpinion => Act::RecallOpinion { number: open_number(dossier), reason: why() },
        ActKind::ResumeClock => Act::ResumeClock { due, redated_due },
        ActKind::SubmitForApproval => {
            Act::SubmitForApproval { proposal: Proposal::Grant, note: String::new(), to: None, step_due: None }
        }
        ActKind::Approve => Act::Approve { to: None, step_due: None, reference: None },
        ActKind::Sign => Act::Sign { to: None, step_due: None, reference: None },
        ActKind::ReturnForRework => Act::ReturnForRework { reason: why(), step_due: Some(at.plus_ms(DAY)) },
        ActKind::DecideNotToGrant => Act::DecideNotToGrant { reason: why(), to: None, step_due: None, reference: None },
        ActKind::FinishAtOnce => Act::FinishAtOnce { reference: None },
        ActKind::IssueResult => Act::IssueResult { reference: Some("giay-1".into()) },
        ActKind::Redate => Act::Redate {
            new_due: dossier.and_then(Dossier::current_due).unwrap_or(at).plus_ms(DAY),
            reason: why(),
            latest_allowed: at.plus_ms(DAY),
        },
        ActKind::Stop => Act::Stop { reason: why() },
        ActKind::AskWithdrawal => Act::AskWithdrawal { reason: String::new() },
        ActKind::DeclineWithdrawal => Act::DeclineWithdrawal { reason: why() },
        ActKind::ConfirmWithdrawal => Act::ConfirmWithdrawal(settlement(dossier)),
        ActKind::SettleWithdrawal => Act::SettleWithdrawal(settlement(dossier)),
        ActKind::Deliver => {
            Act::Deliver { collector: collector(), method: DeliveryMethod::Post, posted: Some(posted(at)) }
        }
        ActKind::CorrectResult => Act::CorrectResult { reason: why(), to: None, step_due: None },
        ActKind::OpenCorrection => {
            let count = dossier.map_or(0, |dossier| dossier.corrections.len());
            Act::OpenCorrection { dossier: format!("ho-so-{count}"), reason: why() }
        }
        ActKind::PassOn => {
            let count = dossier.map_or(0, |dossier| dossier.last_seq);
            Act::PassOn { from_office: "huyen-dong-xuan".into(), to_office: format!("co-quan-{count}"), basis: why() }
        }
        ActKind::Rate => Act::Rate { rating: Rating::Satisfied, why: vec![], words: String::new() },
        ActKind::RemoveFile => Act::RemoveFile { question: "giay-to".into(), name: "giay-khai-sinh.pdf".into() },
        ActKind::NotePayment => Act::NotePayment {
            state: match dossier {
                Some(dossier) if dossier.payment == PaymentState::Paid => PaymentState::Refunded,
                _ => PaymentState::Paid,
            },
            paid: Some(payment(at)),
            reason: why(),
        },
        ActKind::NoteSync => Act::NoteSync {
            target: SyncTarget::NationalPortal,
            state: match dossier.and_then(|dossier| dossier.synced.get(&SyncTarget::NationalPortal)) {
                Some(SyncState::Done) => SyncState::Failed,
                _ => SyncState::Done,
            },
        },
    }
}

/// A dossier and its record, moved an hour at a time.
#[derive(Clone)]
struct Play {
    dossier: Option<Dossier>,
    record: Vec<Recorded>,
    now: Instant,
}

impl Play {
    fn new() -> Self {
        Self { dossier: None, record: Vec::new(), now: monday() }
    }

    /// A dossier that repairs another one's error, just received.
    fn correcting() -> Self {
        let mut play = Self::new();
        let Act::ReceiveAtCounter { channel, source, reception, .. } = receive(long_flow()) else { unreachable!() };
        let corrects = Some("ho-so-goc".into());
        play.done(&Act::ReceiveAtCounter { channel, source, corrects, reception });
        play
    }

    /// Plays sample acts of these kinds; every one must be taken.
    fn of(kinds: &[ActKind]) -> Self {
        let mut play = Self::new();
        for kind in kinds {
            let act = sample(*kind, play.dossier.as_ref(), play.now);
            play.done(&act);
        }
        play
    }

    /// Plays an act an hour later.
    fn act(&mut self, act: &Act) -> Result<(), Refusal> {
        let at = self.now;
        self.now = at.plus_ms(HOUR);
        let (dossier, mut recorded) = apply(self.dossier.clone(), act, at)?;
        self.record.append(&mut recorded);
        self.dossier = Some(dossier);
        Ok(())
    }

    /// Plays an act that must be taken.
    fn done(&mut self, act: &Act) -> &Dossier {
        if let Err(refusal) = self.act(act) {
            panic!("{act:?} was refused: {refusal:?}");
        }
        self.dossier.as_ref().unwrap()
    }

    fn waited(mut self, ms: i64) -> Self {
        self.now = self.now.plus_ms(ms);
        self
    }

    fn state(&self) -> &Dossier {
        self.dossier.as_ref().unwrap()
    }
}

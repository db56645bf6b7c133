//! A dossier's life, event sourced.
//!
//! [`decide`] answers an [`Act`] with the [`Event`]s it causes or with a [`Refusal`]; [`evolve`] folds one recorded
//! event into the state; [`replay`] rebuilds the state from the whole record. All three are pure: who may act, what
//! the due date is and how a refusal is worded are decided elsewhere.
//!
//! Sources: decree 118/2025/NĐ-CP on the one-stop shop, circular 03/2025/TT-VPCP (forms 01–07), and the ten status
//! codes of the national public service portal. Choices made where those texts leave room:
//!
//! - A term's clock starts at reception, so a supplement asked before acceptance pauses nothing.
//! - A supplement limit that passes leads to 8 at every stage, before acceptance too; an answer that arrives late but
//!   before the office has stopped the dossier is still taken.
//! - A second request for supplement needs a stated basis: everything missing is to be asked for at once.
//! - A result exists when it is issued. A withdrawal may be asked until then; while one waits for the clerk no act
//!   may produce a result or let a limit expire.
//! - A withdrawal says what becomes of papers and money. What it leaves open keeps the dossier at the counter in 7 until
//!   it is settled; nothing else is done with it.
//! - Stopping by hand (form 05) needs an accepted dossier without a result; before acceptance the office refuses (3).
//! - Three due moments are kept: the first promise (`original_due`, never changes), the legal one (`due`, moved only
//!   by pauses) and the promise of form 04 (`redated_due`, once). Lateness is judged against the legal one.
//! - A due moment never moves earlier.
//! - Intervals that the law leaves out while the office works on (verification, opinion, posting…) pause the clock
//!   within 4; until they end, nothing is decided and no further pause begins.
//! - An opinion of another unit has a limit of its own and moves no clock; what the law leaves out of the term is
//!   suspended beside it. One request to a unit is open at a time, and a decision lets the open ones lapse.
//! - A dossier is moved freely between working steps only. Approval, signature and issue are reached by deciding, so
//!   no decision of the flow is skipped; where a flow has none, the specialist issues or refuses to grant.
//! - Correcting an undelivered result (9 → 4) runs the old clock on; an error found after handover opens another
//!   dossier, linked and free of charge, because 10 is final. Neither a fee nor a financial duty is asked in it.
//! - Passing on to a successor office keeps the code, the step and the clock, and frees the assignment.
//! - Payment and synchronisation are axes of their own ([`PaymentState`], [`SyncState`]): recording them never
//!   changes the status, so they, the rating and the link to a correction may be recorded on a closed dossier.

mod act;
mod circular;
pub mod control_slip;
mod decide;
mod event;
mod evolve;
mod flow;
mod money;
mod opinion;
mod permitted;
mod refusal;
mod settlement;
mod state;
mod status;
pub mod timeline;

#[cfg(test)]
mod tests;

pub use act::{
    Act, ActKind, Collector, DeliveryMethod, Payment, PaymentWay, Posted, Proposal, Rating, RatingReason, Reception,
    SupplementItem,
};
pub use circular::Circular;
pub use decide::{apply, decide};
pub use event::{ANSWER_FILES, Event, RESULT_FILE, Recorded, is_residents_matter, is_waited_for};
pub use evolve::{evolve, replay};
pub use flow::{StaffRef, WorkStep, usual_steps};
pub use money::{Fees, Money, money};
pub use opinion::{OpinionEnd, OpinionRecord, Stance};
pub use permitted::{leads_to, openings, payments_open, permitted, routes};
pub use refusal::Refusal;
pub use settlement::{MoneyBack, PapersBack, Settlement};
pub use state::{CorrectionLink, Dossier, OpenDuty, OpenSupplement, PauseRecord, ResultRecord, Timeliness, timeliness};
pub(crate) use status::keyed;
pub use status::{
    Channel, ClockState, Exclusion, PauseKind, PaymentState, ResultKind, Source, Status, StepKind, SubState,
    SupplementStage, SyncState, SyncTarget,
};

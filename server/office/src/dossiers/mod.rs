//! Acts on dossiers, one function each, named as in `domain::dossier` and on the screens.

mod clocks;
mod correction;
mod ending;
mod money;
mod notes;
mod passing;
mod processing;
mod reading;
mod reception;
mod supplement;
mod terms;
mod withdrawal;

pub use correction::{Linked, ReplacedBy};
pub use ending::RESULT_FILE;
pub use reading::DossierView;
pub(crate) use reception::Applicant;
pub use reception::Submitted;
pub use store::{
    dossiers::{DossierRow, PaperListed},
    events::EventRow,
    mandates::MandateRow,
    mentions::MentionRow,
    notes::NoteRow,
    opinions::OpinionRow,
    papers::PaperRow,
    ratings::RatingRow,
    results::ResultRow,
    staff::ColleagueRow,
    uploads::UploadRow,
};
pub use supplement::{Request, is_of_answer, with_answer};

//! Islands: the parts that run in the browser. Each makes a plain form faster or kinder, and none is needed.
//!
//! Words come from the server as props, or from [`crate::problems`], which both sides share; nothing here is a sentence
//! of its own. An island stops when its page has been swapped away.

mod autosave;
#[cfg(feature = "hydrate")]
mod browser;
mod copy_code;
mod field_check;
mod news;
mod upload_now;

pub use autosave::{Autosave, SaveWords};
pub use copy_code::CopyCode;
pub use field_check::FieldCheck;
#[cfg(feature = "ssr")]
pub use field_check::checked_fields;
pub use news::{NEWS_LINE, News};
pub use upload_now::{UploadNow, UploadWords};

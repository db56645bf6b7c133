//! The meaning a colour carries.

/// The meaning a colour carries. A tone never stands alone: words and, for a tag, an icon go with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Under way.
    Info,
    /// Done, or on time.
    Success,
    /// Somebody has something to do, or a date is near.
    Warn,
    /// A mistake, a refusal, or overdue.
    Error,
    /// The clock stands still.
    Paused,
    /// Neither good nor bad: a draft, a withdrawn matter.
    #[default]
    Grey,
}

impl Tone {
    /// The last part of a class name: `tag-info`, `notice-warn`.
    pub fn name(self) -> &'static str {
        match self {
            Tone::Info => "info",
            Tone::Success => "success",
            Tone::Warn => "warn",
            Tone::Error => "error",
            Tone::Paused => "paused",
            Tone::Grey => "grey",
        }
    }
}

//! What a record says in words that no rule reads.

use serde::{Deserialize, Serialize};

/// Words of the record that were not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unstructured {
    /// Which field, such as `cach_thuc_thuc_hien[0].thoi_gian`.
    pub field: String,
    pub text: String,
    pub why: Why,
}

/// Why words were not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A field that every record should have is absent or blank.
    Absent,
    /// The text ends in ` […]`.
    TextCut,
    UnknownChannel,
    /// `Khác`, `1 Khác`: the unit was lost.
    TermUnitUnknown,
    /// The note names another term than the field.
    TermInWords,
    /// Several terms in one record, by case or channel.
    SeveralTerms,
    FeeNotStated,
    FeeSetByProvince,
    /// Zero with words that say something else.
    FeeInWords,
    FeeForeign,
    FeeUnread,
    /// Amounts stand in the note.
    FeeStepsInWords,
    OddCode,
    PapersInOneRow,
    HeadingOutOfOrder,
    NoteAmongPapers,
    /// Cases were told apart only by a code that occurs again; the text is how often.
    CasesByRepeatedCode,
    OddResultCode,
    LinkIsNoAddress,
    NotADate,
    /// In force before it was issued.
    DatesOutOfOrder,
    /// A value outside the known list.
    UnknownValue,
    /// An office or level that ended on 30/06/2025 is named.
    FormerLevel,
}

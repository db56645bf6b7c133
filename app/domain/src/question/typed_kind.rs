//! Questions that are answered by typing, read one by one.

use super::answer::Answer;
use super::checks;
use super::form::{DateRule, Options, QuestionKind};
use super::problem::ProblemKind;
use super::typed::{several_lines, visible};
use crate::money::Dong;
use crate::text::clean;
use crate::time::Day;
use std::fmt;

/// Largest amount of money that is no slip of the finger.
const MOST_MONEY: i64 = 1_000_000_000_000_000;

/// A kind of question that is answered by typing into a box (a date: into three) and is read without the rest of its
/// form. [`super::parse()`] reads such a question through [`TypedKind::parse`], and so does the browser while the
/// person still stands at the box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypedKind {
    Text { max: usize },
    LongText { max: usize },
    Number { min: i64, max: i64 },
    Money,
    Date { partial: bool, when: DateRule },
    Person,
    CitizenId,
    Phone,
}

/// The other kinds: what is chosen, uploaded, or put together from parts.
pub(super) enum Composed<'q> {
    Choice(&'q Options),
    Many(&'q Options),
    Address,
    File { max_files: usize },
    Group { min: usize, max: usize },
}

/// Which of the two a kind is.
pub(super) fn split(kind: &QuestionKind) -> Result<TypedKind, Composed<'_>> {
    Ok(match kind {
        QuestionKind::Text { max } => TypedKind::Text { max: *max },
        QuestionKind::LongText { max } => TypedKind::LongText { max: *max },
        QuestionKind::Number { min, max } => TypedKind::Number { min: *min, max: *max },
        QuestionKind::Money => TypedKind::Money,
        QuestionKind::Date { partial, when } => TypedKind::Date { partial: *partial, when: *when },
        QuestionKind::Person => TypedKind::Person,
        QuestionKind::CitizenId { .. } => TypedKind::CitizenId,
        QuestionKind::Phone => TypedKind::Phone,
        QuestionKind::Choice { options } => return Err(Composed::Choice(options)),
        QuestionKind::Many { options } => return Err(Composed::Many(options)),
        QuestionKind::Address => return Err(Composed::Address),
        QuestionKind::File { max_files, .. } => return Err(Composed::File { max_files: *max_files }),
        QuestionKind::Group { min, max, .. } => return Err(Composed::Group { min: *min, max: *max }),
    })
}

impl TypedKind {
    /// The same kind; `None` for a question that is not answered by typing.
    pub fn of(kind: &QuestionKind) -> Option<Self> {
        split(kind).ok()
    }

    /// Reads back what [`fmt::Display`] wrote.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let kind = words.next()?;
        let mut number = || words.next()?.parse::<i64>().ok();
        let mut most = || number().and_then(|most| usize::try_from(most).ok());
        Some(match kind {
            "text" => Self::Text { max: most()? },
            "long_text" => Self::LongText { max: most()? },
            "number" => Self::Number { min: number()?, max: number()? },
            "money" => Self::Money,
            "date" => Self::Date {
                partial: number()? == 1,
                when: match number()? {
                    0 => DateRule::Any,
                    1 => DateRule::NotFuture,
                    _ => DateRule::NotPast,
                },
            },
            "person" => Self::Person,
            "citizen_id" => Self::CitizenId,
            "phone" => Self::Phone,
            _ => return None,
        })
    }

    /// The parts of an answer of this kind, each behind the answer's path; `""` is the answer itself.
    pub const fn parts(self) -> &'static [&'static str] {
        match self {
            Self::Date { .. } => &[".day", ".month", ".year"],
            _ => &[""],
        }
    }

    /// Reads what was typed into the boxes, in the order of [`TypedKind::parts`]; `None` when there is nothing to see.
    /// `today` is the day in Việt Nam.
    pub fn parse(self, boxes: &[Option<&str>], today: Day) -> Result<Option<Answer>, ProblemKind> {
        let typed = |index: usize| boxes.get(index).copied().flatten().and_then(visible);
        let text = typed(0);
        let answer = match self {
            Self::Date { partial, when } => return date([text, typed(1), typed(2)], partial, when, today),
            Self::Text { max } => text.map(|text| checks::within(clean(text), max).map(Answer::Text)),
            Self::LongText { max } => text.map(|text| checks::within(several_lines(text), max).map(Answer::Text)),
            Self::Number { min, max } => text.map(|text| number(text, min, max).map(Answer::Number)),
            Self::Money => text.map(|text| number(text, 0, MOST_MONEY).map(|amount| Answer::Money(Dong(amount)))),
            Self::Person => text.map(|text| checks::person(text).map(Answer::Person)),
            Self::CitizenId => text.map(|text| checks::citizen_id(text).map(Answer::CitizenId)),
            Self::Phone => text.map(|text| checks::phone(text).map(Answer::Phone)),
        };
        answer.transpose()
    }
}

/// A few words, so that a page can tell the browser what its boxes are without the weight of a format.
impl fmt::Display for TypedKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { max } => write!(f, "text {max}"),
            Self::LongText { max } => write!(f, "long_text {max}"),
            Self::Number { min, max } => write!(f, "number {min} {max}"),
            Self::Money => f.write_str("money"),
            Self::Date { partial, when } => {
                let when = match when {
                    DateRule::Any => 0,
                    DateRule::NotFuture => 1,
                    DateRule::NotPast => 2,
                };
                write!(f, "date {} {when}", u8::from(*partial))
            }
            Self::Person => f.write_str("person"),
            Self::CitizenId => f.write_str("citizen_id"),
            Self::Phone => f.write_str("phone"),
        }
    }
}

fn number(text: &str, min: i64, max: i64) -> Result<i64, ProblemKind> {
    checks::whole_number(text).and_then(|number| checks::between(number, min, max))
}

fn date(parts: [Option<&str>; 3], partial: bool, when: DateRule, today: Day) -> Result<Option<Answer>, ProblemKind> {
    let [day, month, year] = parts;
    if parts == [None; 3] {
        return Ok(None);
    }
    let date = checks::date(day, month, year, partial)?;
    match when {
        DateRule::NotFuture if date.earliest() > today => Err(ProblemKind::InTheFuture),
        DateRule::NotPast if date.latest() < today => Err(ProblemKind::InThePast),
        _ => Ok(Some(Answer::Date(date))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_with_nothing_to_see_is_no_answer_and_no_mistake() {
        let today = Day(20_000);
        for kind in [TypedKind::Person, TypedKind::Money, TypedKind::Phone, TypedKind::Text { max: 5 }] {
            assert_eq!(kind.parse(&[Some(" \u{200b} ")], today), Ok(None));
            assert_eq!(kind.parse(&[None], today), Ok(None));
        }
        let date = TypedKind::Date { partial: false, when: DateRule::Any };
        assert_eq!(date.parse(&[Some(" "), None, Some("")], today), Ok(None));
    }

    #[test]
    fn a_kind_written_in_a_page_is_read_back() {
        let kinds = [
            TypedKind::Text { max: 200 },
            TypedKind::LongText { max: 2000 },
            TypedKind::Number { min: -1, max: 20 },
            TypedKind::Money,
            TypedKind::Date { partial: true, when: DateRule::NotFuture },
            TypedKind::Date { partial: false, when: DateRule::Any },
            TypedKind::Date { partial: false, when: DateRule::NotPast },
            TypedKind::Person,
            TypedKind::CitizenId,
            TypedKind::Phone,
        ];
        for kind in kinds {
            assert_eq!(TypedKind::from_text(&kind.to_string()), Some(kind));
        }
        assert_eq!(TypedKind::from_text("text"), None);
    }

    #[test]
    fn the_boxes_of_a_date_stand_in_the_order_of_its_parts() {
        let date = TypedKind::Date { partial: false, when: DateRule::NotFuture };
        assert_eq!(date.parts(), [".day", ".month", ".year"]);
        let today = Day::from_ymd(2026, 11, 23).expect("a day");
        assert_eq!(date.parse(&[Some("24"), Some("11"), Some("2026")], today), Err(ProblemKind::InTheFuture));
        assert!(matches!(date.parse(&[Some("23"), Some("11"), Some("2026")], today), Ok(Some(Answer::Date(_)))));
    }
}

//! The serial of a receipt (ký hiệu biên lai; Nghị định 123/2020/NĐ-CP as changed by 70/2025/NĐ-CP).

use super::serde_as_text;
use crate::{dossier::keyed, time::Day};
use std::fmt;

keyed! {
    /// How the receipts of a serial come into being. The key is the letter behind the year.
    SerialForm {
        /// Biên lai điện tử.
        Electronic = "E",
        /// Biên lai tự in: printed by the office when it is issued.
        SelfPrinted = "T",
        /// Biên lai đặt in: printed in books ahead.
        PrintedAhead = "P",
    }
}

/// A serial: `AA-26E`, or `01AA-26P` of books that the tax department had printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serial {
    /// Two digits in front, of books of the tax department.
    department: Option<u8>,
    letters: [char; 2],
    /// The last two digits of the year.
    year: u8,
    form: SerialForm,
}

/// Why a text is not a serial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SerialProblem {
    /// Nothing typed.
    Empty,
    /// Neither six nor eight characters.
    WrongLength {
        /// How many were typed.
        characters: usize,
    },
    /// The first two of eight characters are no number from 01 to 99.
    BadDepartment,
    /// A letter that serials do not have.
    BadLetter(char),
    /// No hyphen behind the letters.
    NoHyphen,
    /// The year is not two digits.
    BadYear,
    /// The last character is none of E, T and P.
    UnknownForm(char),
    /// Two digits in front belong to books printed ahead alone.
    DepartmentWithoutBook,
}

/// The letters that serials are made of: those of the Vietnamese alphabet without marks.
pub const SERIAL_LETTERS: &str = "ABCDEGHKLMNPQRSTUVXY";
/// The century that two digits of a year belong to: electronic receipts began in 2020.
const CENTURY: i32 = 2000;

impl Serial {
    /// Reads a serial; case and outer spaces are forgiven.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, SerialProblem> {
        let characters: Vec<char> = typed.trim().chars().map(|c| c.to_ascii_uppercase()).collect();
        let (department, own) = match characters.len() {
            0 => return Err(SerialProblem::Empty),
            6 => (None, characters.as_slice()),
            8 => {
                let (front, own) = characters.split_at(2);
                let number = two_digits(front).filter(|number| *number > 0).ok_or(SerialProblem::BadDepartment)?;
                (Some(number), own)
            }
            characters => return Err(SerialProblem::WrongLength { characters }),
        };
        let [first, second, hyphen, tens, ones, form] = *own else {
            return Err(SerialProblem::WrongLength { characters: characters.len() });
        };
        if let Some(bad) = [first, second].into_iter().find(|letter| !SERIAL_LETTERS.contains(*letter)) {
            return Err(SerialProblem::BadLetter(bad));
        }
        if hyphen != '-' {
            return Err(SerialProblem::NoHyphen);
        }
        let year = two_digits(&[tens, ones]).ok_or(SerialProblem::BadYear)?;
        let form = SerialForm::from_key(form.encode_utf8(&mut [0; 4])).ok_or(SerialProblem::UnknownForm(form))?;
        if department.is_some() && form != SerialForm::PrintedAhead {
            return Err(SerialProblem::DepartmentWithoutBook);
        }
        Ok(Self { department, letters: [first, second], year, form })
    }

    /// How its receipts come into being.
    pub const fn form(self) -> SerialForm {
        self.form
    }

    /// The year of the serial: of electronic receipts the year of issue, of printed ones the year of printing.
    pub const fn year(self) -> i32 {
        CENTURY + self.year as i32
    }

    /// The number of the tax department that had the books printed; none of an office's own receipts.
    pub const fn department(self) -> Option<u8> {
        self.department
    }

    /// Whether a receipt of that day may bear the serial. An electronic one belongs to its year, and its numbers begin at
    /// 1 each year; what was printed is used up in later years too, and never before.
    pub fn holds_on(self, day: Day) -> bool {
        match self.form {
            SerialForm::Electronic => day.year() == self.year(),
            SerialForm::SelfPrinted | SerialForm::PrintedAhead => day.year() >= self.year(),
        }
    }
}

fn two_digits(characters: &[char]) -> Option<u8> {
    let [tens, ones] = *characters else { return None };
    let digit = |c: char| c.to_digit(10).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(tens)? * 10 + digit(ones)?)
}

impl fmt::Display for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(department) = self.department {
            write!(f, "{department:02}")?;
        }
        let [first, second] = self.letters;
        write!(f, "{first}{second}-{:02}{}", self.year, self.form.key())
    }
}

serde_as_text!(Serial);

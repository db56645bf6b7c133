//! Rows of a file of separated values (RFC 4180), read strictly: each with the line it begins on, and a quotation mark out of
//! place is a fault, since it would swallow the rows behind it.

use super::{Problem, StatementError};

/// A row, and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Line of the file, from 1.
    pub line: usize,
    pub fields: Vec<String>,
}

impl Row {
    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.fields.iter().all(|field| field.trim().is_empty())
    }

    /// The field of a column; an empty one when the row has no such column.
    pub fn field(&self, column: usize) -> &str {
        self.fields.get(column).map_or("", |field| field.trim())
    }
}

/// More fields than the rows of a statement have: all of them are held at once, and an empty one takes more than its separator.
const MOST_FIELDS: usize = 2_000_000;

/// Reads all rows, blank ones too.
pub(super) fn rows(text: &str, separator: char) -> Result<Vec<Row>, StatementError> {
    let mut letters = text.chars().peekable();
    let (mut rows, mut line, mut held) = (Vec::new(), 1, 0);
    while letters.peek().is_some() {
        let mut row = Row { line, fields: Vec::new() };
        loop {
            let mut field = String::new();
            let quoted = letters.next_if_eq(&'"').is_some();
            let opened = line;
            if quoted {
                loop {
                    match letters.next() {
                        Some('"') if letters.next_if_eq(&'"').is_some() => field.push('"'),
                        Some('"') => break,
                        Some(letter) => {
                            line += usize::from(letter == '\n');
                            field.push(letter);
                        }
                        None => return Err(Problem::Quotes.at(opened)),
                    }
                }
            }
            // Behind a closed quotation mark, only the end of the field may stand.
            let ends = loop {
                match letters.next() {
                    None => break true,
                    Some('\n') => break true,
                    Some('\r') => {
                        // Both ends of a line of old and new systems.
                        letters.next_if_eq(&'\n');
                        break true;
                    }
                    Some(letter) if letter == separator => break false,
                    // It closed too late: the fault is where it opened.
                    Some(letter) if quoted && !letter.is_whitespace() => return Err(Problem::Quotes.at(opened)),
                    Some('"') => return Err(Problem::Quotes.at(line)),
                    Some(letter) => field.push(letter),
                }
            };
            row.fields.push(field);
            held += 1;
            if held > MOST_FIELDS {
                return Err(Problem::TooLarge.at(row.line));
            }
            if ends {
                break;
            }
        }
        line += 1;
        rows.push(row);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, Vec<String>)> {
        rows(text, ',').expect("rows").into_iter().map(|row| (row.line, row.fields)).collect()
    }

    fn row(line: usize, fields: &[&str]) -> (usize, Vec<String>) {
        (line, fields.iter().map(|field| (*field).to_owned()).collect())
    }

    #[test]
    fn every_row_knows_the_line_it_begins_on() {
        let expected = vec![row(1, &["a", "b"]), row(2, &[""]), row(3, &["c\nd", "e \"f\""]), row(5, &["g", ""])];
        assert_eq!(read("a,b\n\n\"c\nd\",\"e \"\"f\"\"\"\ng,"), expected);
        let expected = vec![row(1, &["a"]), row(2, &["b"]), row(3, &["c"])];
        assert_eq!(read("a\r\nb\rc\r\n"), expected, "ends of lines of every system");
        assert_eq!(read(""), vec![]);
    }

    #[test]
    fn a_file_of_separators_alone_is_not_held() {
        let separators = ",".repeat(MOST_FIELDS - 1);
        assert_eq!(rows(&separators, ',').map(|rows| rows.len()), Ok(1));
        assert_eq!(rows(&format!("a\n{separators}"), ','), Err(Problem::TooLarge.at(2)));
    }

    #[test]
    fn a_quotation_mark_out_of_place_is_a_fault_where_it_stands() {
        for (text, line) in [("a\n\"b,c\nd", 2), ("a,b\"c\n", 1), ("a\nb\n\"c\"d,e", 3), ("a\n\"b,c\nd,\"e,f", 2)] {
            assert_eq!(rows(text, ','), Err(Problem::Quotes.at(line)), "{text}");
        }
    }
}

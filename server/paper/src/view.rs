//! From facts to what a template reads: dates and numbers spelled out, letters that cannot be printed replaced.

use serde_json::{Map, Value, json};

use crate::data::{Paper, PaperNumber};
use crate::date::PaperDate;
use crate::{Look, PaperError, qr, world};

/// Stands for a letter that no face has.
const UNPRINTABLE: char = '□';

/// The data file of a template: `paper`, `look`, `form` (number of the form or null), `circular` and `qr` (SVG or null).
pub(crate) fn of(paper: &Paper, look: &Look) -> Result<Value, PaperError> {
    let facts = spelled(serde_json::to_value(paper)?)?;
    let qr = paper.lookup_url().map(qr::svg).transpose()?;
    Ok(json!({
        "paper": facts,
        "look": look,
        "form": paper.kind().form_number(look.rules),
        "circular": look.rules.circular(),
        "qr": qr,
    }))
}

/// A name for the document that follows from its content alone.
pub(crate) fn identity(view: &Value) -> Result<String, PaperError> {
    Ok(serde_json::to_string(view)?)
}

/// The letters of `paper` that would print as `□`, each once, in order of first use.
pub fn unprintable(paper: &Paper) -> Vec<char> {
    let mut found = Vec::new();
    if let Ok(facts) = serde_json::to_value(paper) {
        collect(&facts, &mut found);
    }
    found
}

fn collect(value: &Value, found: &mut Vec<char>) {
    match value {
        Value::String(text) => {
            for letter in text.chars() {
                if printed(letter) == Some(UNPRINTABLE) && letter != UNPRINTABLE && !found.contains(&letter) {
                    found.push(letter);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| collect(field, found)),
        _ => {}
    }
}

/// Dates become their spellings, numbers their text; only these two structures have these fields and no others.
fn spelled(value: Value) -> Result<Value, PaperError> {
    Ok(match value {
        Value::String(text) => Value::String(text.chars().filter_map(printed).collect()),
        Value::Array(items) => Value::Array(items.into_iter().map(spelled).collect::<Result<_, _>>()?),
        Value::Object(fields) if fields.contains_key("year") => {
            let date: PaperDate = serde_json::from_value(Value::Object(fields))?;
            let date = date.checked()?;
            json!({ "long": date.long(), "moment": date.moment(), "short": date.short(), "time": date.time() })
        }
        Value::Object(fields) if fields.contains_key("symbol") => {
            let number: PaperNumber = serde_json::from_value(Value::Object(fields))?;
            Value::String(number.text().chars().filter_map(printed).collect())
        }
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(name, field)| Ok((name, spelled(field)?)))
                .collect::<Result<Map<_, _>, PaperError>>()?,
        ),
        other => other,
    })
}

/// The letter to print for `letter`, if any: PDF/A forbids letters without a glyph and private ones.
fn printed(letter: char) -> Option<char> {
    match letter {
        '\n' => Some('\n'),
        '\t' => Some(' '),
        // A non-breaking hyphen looks like a hyphen, and the faces lack it.
        '\u{2011}' => Some('-'),
        // Invisible: soft hyphen, zero-width spaces and joiners, marks of direction, byte order mark.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => None,
        control if control.is_control() => None,
        private if ('\u{e000}'..='\u{f8ff}').contains(&private) => Some(UNPRINTABLE),
        known if world::has_glyph(known) => Some(known),
        _ => Some(UNPRINTABLE),
    }
}

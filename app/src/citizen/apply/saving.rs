//! Saving a topic and where to go from there.

use crate::{acts::id, context::office};
use domain::question::{QuestionKind, Scope, Typed, parse, shown_topics};
use office::{Uuid, Who, drafts::Draft};

/// Button: save and go on.
pub const ON: &str = "tiep";
/// Button: the answers are right as they are, go on in spite of a warning.
pub const STILL_RIGHT: &str = "van-dung";
/// Button: save and leave.
pub const LATER: &str = "de-sau";
/// Button: save and stay, before a file is sent without script.
pub const STAY: &str = "o-lai";
/// Not a button: the save while typing.
pub const WHILE_TYPING: &str = "tu-luu";
/// Buttons of groups: `them:<group>`, `bot:<group>:<index>`.
const ADD: &str = "them:";
const REMOVE: &str = "bot:";

/// What a topic's form sent.
pub struct Entered {
    pub draft: String,
    pub topic: String,
    pub typed: Typed,
    pub go: String,
    /// Paths of the questions that were on the screen, joined by commas.
    pub shown: String,
    /// `xem-lai` when the topic was opened from the review.
    pub back: String,
    /// The form's own id.
    pub command: String,
}

/// The value of the button that adds an item to a group.
pub fn add_button(group: &str) -> String {
    format!("{ADD}{group}")
}

/// The value of the button that takes an item out of a group.
pub fn remove_button(group: &str, index: usize) -> String {
    format!("{REMOVE}{group}:{index}")
}

/// Opens a draft, and answers where to go: a new one to its first topic, one already begun to the list of its topics.
pub async fn begin(
    who: &Who,
    procedure: &str,
    office_id: i64,
    organisation: Option<Uuid>,
    command: Uuid,
) -> office::Result<String> {
    let key = office().start_draft_for(who, procedure, office_id, organisation, command).await?;
    let draft = office().draft(who, key).await?;
    // What is known of an organisation stands there from the beginning.
    let untouched = draft.row.version == 1 && draft.uploads.is_empty();
    let topics = shown_topics(&draft.form, &draft.typed);
    Ok(match topics.first().filter(|_| untouched) {
        Some(first) => format!("/ban-nhap/{key}/muc/{}", first.id),
        None => format!("/ban-nhap/{key}"),
    })
}

/// Saves, and answers where to go. A topic's problems are first shown when the resident wants to go on and every
/// question that the answers brought up had been on the screen.
pub async fn save(who: &Who, entered: Entered) -> office::Result<String> {
    let Entered { draft: key, topic, mut typed, go, shown, back, command } = entered;
    let office = office();
    let here = here(&key, &topic, &back);
    let jump = regroup(&mut typed, &go);
    let asked: Vec<&str> = shown.split(',').filter(|path| !path.is_empty()).collect();
    let goes_on = go == ON || go == STILL_RIGHT;
    // The saves while typing come from one page again and again, each with more than the one before.
    let command = if go == WHILE_TYPING { None } else { Some(id(&command)?) };
    let saved = office.save_topic(who, id(&key)?, &topic, typed, false, command).await?;
    if go == LATER {
        return Ok(format!("/ban-nhap/{key}"));
    }
    // The name of the group came with the button: only what can stand in an address goes into one.
    if let Some(path) = jump.filter(|path| path.bytes().all(|byte| byte.is_ascii_graphic())) {
        return Ok(format!("{here}#{path}"));
    }
    if !goes_on {
        return Ok(here);
    }
    let parsed = parse(&saved.form, &saved.typed, office.now().day(), Scope::Topic(&topic));
    // Only questions that the answers brought up stand in the way: they are asked, not complained of.
    let was_asked = |path: &str| asked.iter().any(|one| path == *one || path.starts_with(&format!("{one}.")));
    if let Some(first) = parsed.problems.first().filter(|_| !parsed.problems.iter().any(|p| was_asked(&p.path))) {
        return Ok(format!("{}#{}", with_query(&here, "hoi-them=1"), first.path));
    }
    // Saved once more under the same answers: from now on the topic shows its problems.
    let answers = of_topic(&saved, &topic);
    let saved = office.save_topic(who, id(&key)?, &topic, answers, true, None).await?;
    if !parsed.problems.is_empty() || (!parsed.warnings.is_empty() && go != STILL_RIGHT) {
        return Ok(here);
    }
    if back == REVIEW {
        return Ok(format!("/ban-nhap/{key}/xem-lai"));
    }
    let topics = shown_topics(&saved.form, &saved.typed);
    let next = topics.iter().skip_while(|one| one.id != topic).nth(1);
    Ok(match next {
        Some(next) => format!("/ban-nhap/{key}/muc/{}", next.id),
        None => format!("/ban-nhap/{key}/xem-lai"),
    })
}

/// Answers of earlier dossiers that were chosen for a topic, and what was typed in it.
pub struct Chosen {
    pub draft: String,
    pub topic: String,
    pub typed: Typed,
    /// Paths of the questions.
    pub take: Vec<String>,
    /// Everything that is offered.
    pub all: bool,
    /// Where the topic was opened from.
    pub back: String,
    pub command: String,
}

/// Saves what was typed, fills in what was chosen, and answers where to go.
pub async fn prefill(who: &Who, chosen: Chosen) -> office::Result<String> {
    let Chosen { draft: key, topic, typed, take, all, back, command } = chosen;
    let (office, draft) = (office(), id(&key)?);
    // As a save while typing: the topic itself is not done by it.
    let saved = office.save_topic(who, draft, &topic, typed, false, None).await?;
    let chosen = match all {
        true => office.prefill_offers(who, &saved, &topic).await?.into_iter().map(|offer| offer.path).collect(),
        false => take.into_iter().collect(),
    };
    office.prefill_draft(who, draft, &topic, &chosen, id(&command)?).await?;
    Ok(here(&key, &topic, &back))
}

/// Files the draft, and answers where to go.
pub async fn submit(who: &Who, draft: &str, declared: bool, command: &str) -> office::Result<String> {
    let filed = office().submit_draft(who, id(draft)?, declared, id(command)?).await?;
    Ok(format!("/ho-so/{}/da-nop", filed.dossier))
}

/// Value of `ve` when a topic was opened from the review.
pub const REVIEW: &str = "xem-lai";

fn here(draft: &str, topic: &str, back: &str) -> String {
    let page = format!("/ban-nhap/{draft}/muc/{topic}");
    if back == REVIEW { format!("{page}?ve={REVIEW}") } else { page }
}

fn with_query(page: &str, pair: &str) -> String {
    format!("{page}{}{pair}", if page.contains('?') { '&' } else { '?' })
}

/// The stored answers of one topic. Files are not among them: they are no text.
fn of_topic(draft: &Draft, topic: &str) -> Typed {
    let is_file = |path: &str| {
        draft.form.question(path).is_some_and(|question| matches!(question.kind, QuestionKind::File { .. }))
    };
    let stored = draft.row.typed.iter();
    stored
        .filter(|(path, _)| draft.form.owner(path).is_some_and(|(owner, _)| owner.id == topic) && !is_file(path))
        .map(|(path, text)| (path.clone(), text.clone()))
        .collect()
}

/// Adds or takes out the item of a group that the button names; answers where the page should stand then.
fn regroup(typed: &mut Typed, go: &str) -> Option<String> {
    if let Some(group) = go.strip_prefix(ADD) {
        let count = count_of(typed, group);
        typed.insert(format!("{group}.count"), (count + 1).to_string());
        return Some(format!("{group}.{count}"));
    }
    let (group, index) = go.strip_prefix(REMOVE)?.rsplit_once(':')?;
    let index: usize = index.parse().ok()?;
    let count = count_of(typed, group);
    if index >= count {
        return Some(group.to_owned());
    }
    let prefix = format!("{group}.");
    let items: Vec<(String, String)> = typed
        .iter()
        .filter(|(path, _)| path.starts_with(&prefix))
        .map(|(path, text)| (path.clone(), text.clone()))
        .collect();
    typed.retain(|path, _| !path.starts_with(&prefix));
    for (path, text) in items {
        let Some((at, part)) = path[prefix.len()..].split_once('.') else { continue };
        let Ok(at) = at.parse::<usize>() else { continue };
        match at.cmp(&index) {
            std::cmp::Ordering::Less => typed.insert(path, text),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => typed.insert(format!("{prefix}{}.{part}", at - 1), text),
        };
    }
    typed.insert(format!("{group}.count"), (count - 1).to_string());
    Some(group.to_owned())
}

fn count_of(typed: &Typed, group: &str) -> usize {
    typed.get(&format!("{group}.count")).and_then(|count| count.trim().parse().ok()).unwrap_or(0).min(MOST_ITEMS)
}

/// More items than any form allows; a guard against a forged count.
const MOST_ITEMS: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    fn members() -> Typed {
        let pairs = [("m.count", "3"), ("m.0.name", "A"), ("m.1.name", "B"), ("m.2.name", "C"), ("n", "x")];
        pairs.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
    }

    #[test]
    fn an_item_taken_out_moves_the_later_ones_up() {
        let mut typed = members();
        assert_eq!(regroup(&mut typed, &remove_button("m", 1)).as_deref(), Some("m"));
        let expected = [("m.0.name", "A"), ("m.1.name", "C"), ("m.count", "2"), ("n", "x")];
        assert_eq!(typed.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_new_item_comes_last_and_is_where_the_page_goes() {
        let mut typed = members();
        assert_eq!(regroup(&mut typed, &add_button("m")).as_deref(), Some("m.3"));
        assert_eq!(typed.get("m.count").map(String::as_str), Some("4"));
    }

    #[test]
    fn an_item_that_is_not_there_takes_nothing_out() {
        let mut typed = members();
        regroup(&mut typed, &remove_button("m", 9));
        assert_eq!(typed, members());
    }
}

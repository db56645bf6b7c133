//! How long it takes: the local term with its source, an example from today, the national record beside it.

use super::{fees, prose::prose, wording};
use crate::{
    citizen::about::opening,
    context::office,
    format,
    words::{t, tf},
};
use domain::{
    procedure::{
        local::{FilingPlace, LocalPart, LocalTerm},
        term::{Channel, TermLine, TermShown},
    },
    time::Instant,
    working_time::{self, Calendar},
};
use leptos::prelude::*;
use office::catalogue::ProcedureVersion;
use std::sync::Arc;
use ui::{Inset, Section};

/// The section of terms.
#[component]
pub fn Terms(procedure: Arc<ProcedureVersion>) -> impl IntoView {
    let local = procedure.local.as_ref().map(local_terms);
    let recorded = recorded_terms(&procedure.imported.terms);
    view! { <Section id="thoi-han" title=t("Bao lâu có kết quả")>{local} {recorded}</Section> }
}

/// When a dossier received now is due, in words; `None` when no day can be told.
pub fn example(calendar: &Calendar, now: Instant, term: &LocalTerm) -> Option<String> {
    let due = working_time::due(calendar, now, &term.term(), None, &[]).ok()?;
    let due_words = format::until(due.due);
    let mut words = if due.starts.day() == now.day() {
        tf("Ví dụ: Trung tâm nhận đủ giấy tờ bây giờ thì hẹn trả trước {hạn}.", &[("hạn", &due_words)])
    } else {
        tf(
            "Ví dụ: Trung tâm nhận đủ giấy tờ lúc {nhận} thì hẹn trả trước {hạn}.",
            &[("nhận", &format::until(due.starts)), ("hạn", &due_words)],
        )
    };
    if due.provisional {
        words.push(' ');
        words.push_str(t("Lịch nghỉ năm đó chưa công bố nên ngày này có thể đổi."));
    }
    Some(words)
}

fn local_terms(local: &LocalPart) -> AnyView {
    let office = office();
    let now = office.now();
    let here = [FilingPlace::Here, FilingPlace::Counter].iter().any(|place| local.is_filed_at(*place, now.day()));
    let first = opening::centres(&office.books().places, now.day()).into_iter().next();
    let calendar = first.map(|centre| office.books().places.calendar_of(centre.id, now.day())).filter(|_| here);
    let example = calendar
        .and_then(|calendar| example(&calendar, now, &local.term))
        .map(|words| view! { <Inset><p>{words}</p></Inset> });
    let others = local
        .other_terms
        .iter()
        .map(|line| {
            let case = line.case.as_deref().map(wording::case);
            let channel = line.channel.map(|channel| wording::channel(Some(channel)));
            let which = [case, channel].into_iter().flatten().collect::<Vec<_>>().join(", ");
            view! {
                <li>
                    {which}": "<strong>{format::term(&line.term.term())}</strong>
                    <span class="muted">{format!(" ({})", line.term.source)}</span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let others = (!others.is_empty()).then(|| view! { <ul>{others}</ul> });
    let answer = here.then(|| {
        let hours = local.acceptance_hours.to_string();
        tf("Nộp trực tuyến: Trung tâm xem và trả lời trong {n} giờ làm việc.", &[("n", &hours)])
    });
    let answer = answer.filter(|_| local.is_filed_at(FilingPlace::Here, now.day()));
    view! {
        <p><strong>{format::sentence_case(&format::term(&local.term.term()))}</strong>"."</p>
        {example}
        <p class="small muted">{tf("Căn cứ: {căn cứ}.", &[("căn cứ", local.term.source.trim_end_matches('.'))])}</p>
        {others}
        {answer.map(|words| view! { <p>{words}</p> })}
    }
    .into_any()
}

/// What the national record writes where its list of units has none that fits.
const UNNAMED: &str = "Khác";

fn recorded_terms(terms: &[TermLine]) -> AnyView {
    if terms.is_empty() {
        return view! { <p>{t("Danh mục quốc gia không ghi thời hạn.")}</p> }.into_any();
    }
    let lines = by_term(terms)
        .into_iter()
        .map(|(channels, line)| {
            let channels = wording::channels(&channels);
            let term = wording::recorded_term(&line.term);
            let note = Some(note_of(line)).filter(|note| !note.is_empty()).map(prose);
            view! { <li><span class="muted">{channels}": "</span><strong>{term}</strong>{note}</li> }
        })
        .collect_view();
    let verbatim =
        |is: fn(&str) -> bool| terms.iter().any(|line| matches!(&line.term, TermShown::Verbatim(words) if is(words)));
    let bare = verbatim(|words| words == UNNAMED);
    let without_unit = verbatim(|words| words.ends_with(UNNAMED) && words != UNNAMED);
    let unread = bare.then(|| {
        t("“Khác” là nguyên văn của danh mục: ô thời hạn không ghi số ngày. Thời hạn nằm trong lời ghi bên cạnh hoặc trong các bước.")
    });
    let unit = without_unit.then(|| {
        t("Số kèm chữ “Khác” là nguyên văn của danh mục. Danh mục không ghi đơn vị là ngày hay giờ, nên trang này không đoán.")
    });
    let said = [unread, unit].into_iter().flatten().map(|words| view! { <p class="small muted">{words}</p> });
    view! {
        <h3>{t("Danh mục quốc gia ghi")}</h3>
        <ul>{lines}</ul>
        {said.collect_view()}
    }
    .into_any()
}

/// The note beside a term; one about money stands with the fees.
fn note_of(line: &TermLine) -> &str {
    if fees::speaks_of_money(&line.note) { "" } else { &line.note }
}

/// Each different term once, with its note and the ways of filing it is for.
fn by_term(terms: &[TermLine]) -> Vec<(Vec<Option<Channel>>, &TermLine)> {
    let mut grouped: Vec<(Vec<Option<Channel>>, &TermLine)> = Vec::new();
    for line in terms {
        match grouped.iter_mut().find(|(_, one)| one.term == line.term && note_of(one) == note_of(line)) {
            Some((channels, _)) if channels.contains(&line.channel) => {}
            Some((channels, _)) => channels.push(line.channel),
            None => grouped.push((vec![line.channel], line)),
        }
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::working_time::TermUnit;

    fn term(unit: TermUnit, amount: Option<u32>) -> LocalTerm {
        LocalTerm { unit, amount, cutoff_15h: unit == TermUnit::SameDay, source: "Luật".into() }
    }

    fn said(at: &str, term: &LocalTerm) -> String {
        example(Calendar::official(), Instant::parse_local(at).unwrap(), term).unwrap()
    }

    #[test]
    fn three_working_days_skip_the_holiday_of_24_november() {
        let words = said("2026-11-23T09:00", &term(TermUnit::WorkingDays, Some(3)));
        assert_eq!(words, "Ví dụ: Trung tâm nhận đủ giấy tờ bây giờ thì hẹn trả trước 17:00 thứ Sáu, 27/11/2026.");
    }

    #[test]
    fn at_night_the_example_begins_with_the_next_opening() {
        let words = said("2026-11-23T20:00", &term(TermUnit::SameDay, None));
        assert_eq!(
            words,
            "Ví dụ: Trung tâm nhận đủ giấy tờ lúc 07:00 thứ Tư, 25/11/2026 thì hẹn trả trước 17:00 thứ Tư, 25/11/2026."
        );
    }

    #[test]
    fn a_year_without_a_calendar_is_said_to_be_uncertain() {
        let words = said("2030-05-06T09:00", &term(TermUnit::WorkingDays, Some(3)));
        assert!(words.ends_with("có thể đổi."), "{words}");
    }

    #[test]
    fn a_term_that_is_the_same_on_several_channels_is_said_once_and_another_note_apart() {
        let line = |channel, amount, note: &str| TermLine {
            case: None,
            channel: Some(channel),
            term: TermShown::Structured { amount, unit: TermUnit::WorkingDays },
            note: note.into(),
        };
        let terms = [
            line(Channel::Online, 10, "xã"),
            line(Channel::Online, 15, "tỉnh"),
            line(Channel::Post, 10, "xã"),
            line(Channel::Counter, 10, ""),
        ];
        let grouped = by_term(&terms);
        assert_eq!(grouped.len(), 3);
        assert_eq!(grouped[0].0, [Some(Channel::Online), Some(Channel::Post)]);
    }
}

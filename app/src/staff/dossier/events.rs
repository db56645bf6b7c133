//! The timeline as staff read it: what, when, by whom, in which role.

use super::steps;
use crate::{
    context::office,
    format, reorganisation_words, status,
    words::{t, tf},
};
use domain::{
    dossier::{Event, Payment, Proposal, ResultKind},
    role::Role,
    time::Instant,
};
use leptos::prelude::*;
use office::dossiers::{DossierView, EventRow};
use ui::{Glyph, Timeline, TimelineEntry, Tone};

/// Every event, the newest first.
pub(super) fn events(view: &DossierView, full: bool) -> AnyView {
    let lines = view.events.iter().rev().map(|event| entry(view, event, full)).collect_view();
    let body = view! { <Timeline label=t("Quá trình giải quyết")>{lines}</Timeline> };
    super::part(t("Quá trình giải quyết"), "qua-trinh", body.into_any())
}

fn entry(view: &DossierView, event: &EventRow, full: bool) -> AnyView {
    let (tone, glyph) = look(&event.body);
    let more = more(view, &event.body, full);
    let who = actor(view, event);
    let when = format::moment(Instant(event.at));
    let title = title_of(&event.body);
    match more {
        Some(words) => view! { <TimelineEntry title when who tone glyph><p>{words}</p></TimelineEntry> }.into_any(),
        None => view! { <TimelineEntry title when who tone glyph/> }.into_any(),
    }
}

/// Name and role of whoever did it.
fn actor(view: &DossierView, event: &EventRow) -> String {
    let role = event.actor_role.as_deref().and_then(Role::from_key).map(status::role);
    match (event.actor_kind.as_str(), role) {
        ("staff", Some(role)) => format!("{} – {role}{}", event.actor_name, mandate(view, event)),
        ("staff", None) => format!("{}{}", event.actor_name, mandate(view, event)),
        ("resident", _) => tf("{tên} – người nộp", &[("tên", &event.actor_name)]),
        _ => t("Phần mềm, theo hạn đã định").into(),
    }
}

/// In whose place it was done, and by which paper.
fn mandate(view: &DossierView, event: &EventRow) -> String {
    let row = event.mandate_id.and_then(|id| view.mandates.iter().find(|mandate| mandate.id == id));
    let Some((row, place)) = row.and_then(|row| Some((row, status::in_place_of(row)?))) else { return String::new() };
    if row.paper.is_empty() { format!(", {place}") } else { format!(", {place} ({})", row.paper) }
}

/// What happened, in one phrase.
pub(super) const fn title_of(event: &Event) -> &'static str {
    match event {
        Event::Submitted { .. } => t("Nộp hồ sơ"),
        Event::ReceivedAtCounter { corrects: Some(_), .. } => t("Tiếp nhận để sửa sai sót"),
        Event::ReceivedAtCounter { .. } => t("Tiếp nhận tại quầy"),
        Event::Accepted { .. } => t("Tiếp nhận hồ sơ"),
        Event::AcceptanceRefused { .. } => t("Từ chối tiếp nhận"),
        Event::SupplementAsked { .. } => t("Yêu cầu bổ sung"),
        Event::SupplementAnswered { .. } => t("Đã bổ sung"),
        Event::SupplementExpired { .. } => t("Hết hạn bổ sung, dừng giải quyết"),
        Event::Assigned { .. } => t("Phân công"),
        Event::Routed { .. } => t("Chuyển xử lý"),
        Event::DutyAsked { .. } => t("Yêu cầu nghĩa vụ tài chính"),
        Event::DutyMet { .. } => t("Đã thực hiện nghĩa vụ tài chính"),
        Event::DutyExpired { .. } => t("Hết hạn nghĩa vụ tài chính, dừng giải quyết"),
        Event::ClockSuspended { .. } => t("Tạm dừng tính hạn"),
        Event::ClockResumed { .. } => t("Tính hạn tiếp"),
        Event::OpinionAsked { .. } => t("Lấy ý kiến phối hợp"),
        Event::OpinionAnswered { .. } => t("Có ý kiến phối hợp"),
        Event::OpinionRecalled { .. } => t("Thu hồi yêu cầu ý kiến"),
        Event::SubmittedForApproval { .. } => t("Trình lãnh đạo"),
        Event::Approved { .. } => t("Lãnh đạo duyệt"),
        Event::Signed { .. } => t("Lãnh đạo ký"),
        Event::ReturnedForRework { .. } => t("Trả lại để làm lại"),
        Event::DecidedNotToGrant { .. } => t("Quyết định không đủ điều kiện giải quyết"),
        Event::ResultIssued { .. } => t("Phát hành kết quả"),
        Event::Redated { .. } => t("Xin lỗi và hẹn lại"),
        Event::Stopped { .. } => t("Dừng giải quyết"),
        Event::WithdrawalAsked { .. } => t("Người nộp xin rút hồ sơ"),
        Event::WithdrawalDeclined { .. } => t("Không đồng ý cho rút"),
        Event::Withdrawn { .. } => t("Đã rút hồ sơ"),
        Event::WithdrawalSettled { .. } => t("Trả giấy tờ, giải quyết tiền"),
        Event::Delivered { .. } => t("Trả kết quả"),
        Event::ResultWithdrawnForCorrection { .. } => t("Thu hồi kết quả để sửa"),
        Event::CorrectionOpened { .. } => t("Mở hồ sơ sửa sai sót"),
        Event::PassedOn { .. } => t("Chuyển cơ quan kế thừa"),
        Event::Rated { .. } => t("Người nộp đánh giá"),
        Event::FileRemoved { .. } => t("Đã bỏ tệp có mã độc, chờ gửi tệp khác"),
        Event::PaymentNoted { .. } => t("Ghi nhận phí, lệ phí"),
        Event::SyncNoted { .. } => t("Ghi nhận đồng bộ"),
    }
}

const fn look(event: &Event) -> (Tone, Glyph) {
    match event {
        Event::Submitted { .. } => (Tone::Info, Glyph::Envelope),
        Event::ReceivedAtCounter { .. } | Event::Accepted { .. } => (Tone::Info, Glyph::Tick),
        Event::AcceptanceRefused { .. } => (Tone::Error, Glyph::MinusCircle),
        Event::SupplementAsked { .. } => (Tone::Warn, Glyph::PaperPlus),
        Event::SupplementAnswered { .. } => (Tone::Info, Glyph::Paper),
        Event::DutyAsked { .. } | Event::PaymentNoted { .. } => (Tone::Warn, Glyph::Banknote),
        Event::DutyMet { .. } => (Tone::Info, Glyph::Banknote),
        Event::ClockSuspended { .. } => (Tone::Paused, Glyph::Pause),
        Event::ClockResumed { .. } => (Tone::Info, Glyph::Clock),
        Event::OpinionAsked { .. } | Event::OpinionAnswered { .. } => (Tone::Info, Glyph::Building),
        Event::ResultIssued { result: ResultKind::Granted, .. } => (Tone::Success, Glyph::PaperTick),
        Event::ResultIssued { .. } | Event::DecidedNotToGrant { .. } => (Tone::Grey, Glyph::Paper),
        Event::Delivered { .. } => (Tone::Success, Glyph::Hand),
        Event::Redated { .. } => (Tone::Warn, Glyph::Calendar),
        Event::Stopped { .. } | Event::SupplementExpired { .. } | Event::DutyExpired { .. } => {
            (Tone::Grey, Glyph::Square)
        }
        Event::Withdrawn { .. }
        | Event::WithdrawalSettled { .. }
        | Event::WithdrawalAsked { .. }
        | Event::ReturnedForRework { .. } => (Tone::Grey, Glyph::ArrowBack),
        Event::ResultWithdrawnForCorrection { .. } | Event::CorrectionOpened { .. } => (Tone::Warn, Glyph::Pen),
        Event::FileRemoved { .. } => (Tone::Warn, Glyph::PaperPlus),
        Event::Approved { .. } | Event::Signed { .. } => (Tone::Info, Glyph::Check),
        Event::Rated { .. } => (Tone::Grey, Glyph::Star),
        _ => (Tone::Grey, Glyph::ChevronRight),
    }
}

/// The particulars that a colleague needs.
fn more(view: &DossierView, event: &Event, full: bool) -> Option<String> {
    let words = match event {
        Event::Submitted { channel, .. } => status::channel(*channel).to_string(),
        Event::ReceivedAtCounter { reception, .. } | Event::Accepted { reception } => {
            tf("Mã {mã}. Hẹn trả {lúc}.", &[("mã", &reception.code), ("lúc", &format::until(reception.due))])
        }
        Event::SupplementAsked { round, items, reason, respond_by, .. } => {
            let items = items.iter().map(|item| item.what.as_str()).collect::<Vec<_>>().join("; ");
            tf(
                "Lần {n}, chờ đến {lúc}: {mục}. Lý do: {lý do}.",
                &[
                    ("n", &round.to_string()),
                    ("lúc", &format::until(*respond_by)),
                    ("mục", &items),
                    ("lý do", reason.trim_end_matches('.')),
                ],
            )
        }
        Event::DutyMet { due, paid, .. } => {
            let due = tf("Hẹn trả {lúc}.", &[("lúc", &format::until(*due))]);
            format!("{} {due}", paid.as_ref().map(payment).unwrap_or_default())
        }
        Event::SupplementAnswered { due: Some(due), .. } | Event::ClockResumed { due, .. } => {
            tf("Hẹn trả {lúc}.", &[("lúc", &format::until(*due))])
        }
        Event::Assigned { to, step_due, .. } => {
            format!("{}{}", staff_name(view, to), by_when(*step_due))
        }
        Event::Routed { step, to, step_due } => {
            let to = to.as_ref().map(|to| format!(", {}", staff_name(view, to))).unwrap_or_default();
            format!("{}{to}{}", steps::name_of(view, *step), by_when(*step_due))
        }
        Event::Approved { next: Some(next), step_due, .. } | Event::Signed { next: Some(next), step_due, .. } => {
            format!("{}{}", steps::name_of(view, *next), by_when(*step_due))
        }
        Event::DutyAsked { amount_note, respond_by } => {
            let limit = respond_by.map(|at| tf("Chờ đến {lúc}.", &[("lúc", &format::until(at))])).unwrap_or_default();
            format!("{}. {limit}", amount_note.trim_end_matches('.'))
        }
        Event::ClockSuspended { exclusion, basis } => {
            tf("Chờ {việc}. {căn cứ}", &[("việc", status::exclusion(*exclusion)), ("căn cứ", basis)])
        }
        Event::OpinionAsked { office, question, respond_by, .. } => tf(
            "{cơ quan}, trả lời trước {lúc}. {câu hỏi}",
            &[("cơ quan", &office_name(office)), ("lúc", &format::until(*respond_by)), ("câu hỏi", question)],
        ),
        Event::OpinionAnswered { number, stance, words } => {
            let office = view.row.state.opinion(*number).map(|one| office_name(&one.office)).unwrap_or_default();
            let parts = [("cơ quan", office.as_str()), ("ý kiến", status::stance(*stance)), ("lời", words)];
            tf("{cơ quan}: {ý kiến}. {lời}", &parts)
        }
        Event::OpinionRecalled { reason, .. } => reason.clone(),
        Event::SubmittedForApproval { proposal, note, .. } => {
            let proposal = match proposal {
                Proposal::Grant => t("Đề nghị giải quyết."),
                Proposal::Deny => t("Đề nghị không giải quyết."),
            };
            format!("{proposal} {note}")
        }
        Event::ResultIssued { version, result, reason, .. } => {
            let kind = match result {
                ResultKind::Granted => t("Giải quyết theo đề nghị."),
                ResultKind::NotGranted => t("Không đủ điều kiện."),
            };
            let version = (*version > 1).then(|| tf("Bản sửa lần {n}.", &[("n", &version.to_string())]));
            format!("{kind} {} {reason}", version.unwrap_or_default())
        }
        Event::Redated { old_due, new_due, reason } => tf(
            "Từ {cũ} sang {mới}. Lý do: {lý do}",
            &[("cũ", &format::until(*old_due)), ("mới", &format::until(*new_due)), ("lý do", reason)],
        ),
        Event::AcceptanceRefused { reason }
        | Event::ReturnedForRework { reason, .. }
        | Event::DecidedNotToGrant { reason, .. }
        | Event::Stopped { reason }
        | Event::WithdrawalAsked { reason }
        | Event::WithdrawalDeclined { reason }
        | Event::ResultWithdrawnForCorrection { reason, .. }
        | Event::CorrectionOpened { reason, .. } => reason.clone(),
        Event::Delivered { collector, method, posted } => {
            let authority = collector.authority.as_deref().unwrap_or_default();
            let who = if collector.is_applicant { t("người nộp") } else { t("người nhận thay") };
            let number = collector.identity_paper.as_deref().map(|number| identity(number, full)).unwrap_or_default();
            let post = posted.as_ref().map(status::posted).unwrap_or_default();
            tf(
                "{tên} ({ai}), {cách}. {số} {giấy} {bưu chính}",
                &[
                    ("tên", &collector.name),
                    ("ai", who),
                    ("cách", &status::delivery(*method).to_lowercase()),
                    ("số", &number),
                    ("giấy", authority),
                    ("bưu chính", &post),
                ],
            )
        }
        Event::Rated { rating, .. } => {
            let more = view.rating.as_ref().and_then(status::rating_more).unwrap_or_default();
            tf("{mức}. {thêm}", &[("mức", status::rating(*rating)), ("thêm", &more)])
        }
        Event::PaymentNoted { state, paid, reason } => {
            let paid = paid.as_ref().map(payment).unwrap_or_default();
            format!("{}. {paid} {reason}", status::payment(*state))
        }
        Event::PassedOn { from_office, to_office, basis } => {
            reorganisation_words::passed_on(from_office, to_office, basis)
        }
        Event::Withdrawn { papers, money, reason } | Event::WithdrawalSettled { papers, money, reason } => {
            let said = [papers.map(status::papers_back), money.map(status::money_back)];
            let said = said.into_iter().flatten().map(|words| format!("{words}. ")).collect::<String>();
            format!("{said}{reason}")
        }
        Event::FileRemoved { name, .. } => name.clone(),
        _ => return None,
    };
    Some(words.trim().to_string()).filter(|words| !words.is_empty())
}

/// An office by its key, as events keep it.
pub(super) fn office_name(key: &str) -> String {
    let books = office().books();
    books.places.by_key(key).map(|office| format::sentence_case(&office.name)).unwrap_or_default()
}

/// Until when a step is to be done, as the end of a phrase.
fn by_when(step_due: Option<Instant>) -> String {
    step_due.map(|at| tf(", xong trước {lúc}", &[("lúc", &format::until(at))])).unwrap_or_default()
}

/// Who paid how much, how, when and by which proof.
fn payment(paid: &Payment) -> String {
    let proof = if paid.proof.is_empty() { String::new() } else { tf(", số {số}", &[("số", &paid.proof)]) };
    tf(
        "{tên} nộp {tiền}, {cách}, ngày {ngày}{số}.",
        &[
            ("tên", &paid.payer),
            ("tiền", &format::money(paid.amount)),
            ("cách", &status::payment_way(paid.way).to_lowercase()),
            ("ngày", &format::day(paid.on)),
            ("số", &proof),
        ],
    )
}

/// The paper a collector showed. Its number is personal, so it is masked until it is shown in full for a reason.
fn identity(paper: &str, full: bool) -> String {
    let shown = if full { paper.to_string() } else { without_digits(paper) };
    tf("Giấy tờ: {số}.", &[("số", &shown)])
}

/// A text with its digits hidden, but for the last two; of a personal number also its first four stay, as everywhere.
fn without_digits(text: &str) -> String {
    let all = text.chars().filter(char::is_ascii_digit).count();
    let first = if all == 12 { 4 } else { 0 };
    let mut seen = 0;
    let hide = |letter: char| {
        if !letter.is_ascii_digit() {
            return letter;
        }
        seen += 1;
        if seen <= first || seen + 2 > all { letter } else { '•' }
    };
    text.chars().map(hide).collect()
}

/// The name behind an opaque id.
fn staff_name(view: &DossierView, id: &str) -> String {
    let found = view.colleagues.iter().find(|colleague| colleague.staff_id.to_string() == id);
    found.map_or_else(|| t("Người đã chuyển đi").into(), |colleague| colleague.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_collectors_paper_is_masked_and_its_words_are_not() {
        assert_eq!(without_digits("054190004321"), "0541••••••21");
        assert_eq!(without_digits("Hộ chiếu B1234567"), "Hộ chiếu B•••••67");
        assert_eq!(without_digits("Thẻ căn cước"), "Thẻ căn cước");
    }
}

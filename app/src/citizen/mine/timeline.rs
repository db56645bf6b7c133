//! The life of a dossier in plain words.

use super::promise_of;
use crate::{
    format,
    reorganisation_words::{office_name, passed_on},
    status,
    words::{t, tf},
};
use domain::{
    dossier::{
        Event, MoneyBack, PapersBack, Recorded, ResultKind, Status, StepKind, is_residents_matter,
        timeline::{Entry, Seen, entries},
    },
    time::Instant,
};
use leptos::prelude::*;
use office::dossiers::DossierView;
use ui::{Glyph, Moment, Timeline, TimelineEntry, Tone};

/// One line, worded.
struct Line {
    title: String,
    more: Vec<String>,
    tone: Tone,
    glyph: Glyph,
}

/// What happened, as a text.
pub(crate) struct Told {
    pub at: Instant,
    pub title: String,
    pub more: Vec<String>,
}

/// The timeline, the newest first; what is still to come stands above it.
pub fn timeline(view: &DossierView) -> AnyView {
    let lines = seen(view)
        .into_iter()
        .enumerate()
        .map(|(index, entry)| {
            let open = !view.row.state.status.is_terminal();
            let moment = if index == 0 && open { Moment::Now } else { Moment::Past };
            entry_view(&entry, moment)
        })
        .collect_view();
    let planned = planned(view);
    view! { <Timeline label=t("Quá trình giải quyết")>{planned} {lines}</Timeline> }.into_any()
}

/// The same as texts: what happened, the newest first.
pub(crate) fn told(view: &DossierView) -> Vec<Told> {
    let worded = |entry: Entry| {
        let Line { title, more, .. } = words_of(&entry.seen);
        Told { at: entry.at, title, more: more.into_iter().filter(|line| !line.trim().is_empty()).collect() }
    };
    seen(view).into_iter().map(worded).collect()
}

/// What a resident sees of a dossier's events, the newest first.
fn seen(view: &DossierView) -> Vec<Entry> {
    let recorded: Vec<Recorded> = view
        .events
        .iter()
        .map(|row| Recorded { seq: row.seq as u64, at: Instant(row.at), event: row.body.clone() })
        .collect();
    let mut seen = entries(&recorded);
    // A result that staff were preparing is no matter of the resident's, nor is what another unit answers with.
    let of_staff = |seq: u64| {
        let told = recorded.iter().find(|one| one.seq == seq).map(|one| &one.event);
        let Some(Event::FileRemoved { question, .. }) = told else { return false };
        !is_residents_matter(question)
    };
    seen.retain(|entry| !of_staff(entry.seq));
    seen.reverse();
    seen
}

/// The steps that are still to come, the last first, and the promised end.
fn planned(view: &DossierView) -> Vec<AnyView> {
    let state = &view.row.state;
    if !matches!(state.status, Status::Accepted | Status::Processing) {
        return Vec::new();
    }
    let mut planned = Vec::new();
    if let Some(due) = promise_of(view) {
        let when = tf("Trước {lúc}", &[("lúc", &format::until(due))]);
        planned.push(
            view! { <TimelineEntry title=t("Trả kết quả") when moment=Moment::Planned glyph=Glyph::PaperTick/> }
                .into_any(),
        );
    }
    let from = if state.status == Status::Processing { state.step + 1 } else { 0 };
    let steps = state.steps.iter().skip(from).rev();
    planned.extend(steps.map(|step| {
        let title = step_words(step.kind);
        let who = status::holder(step.role);
        view! { <TimelineEntry title who moment=Moment::Planned/> }.into_any()
    }));
    planned
}

const fn step_words(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Examine => t("Xem xét hồ sơ"),
        StepKind::Verify => t("Xác minh"),
        StepKind::Opinion => t("Hỏi ý kiến cơ quan khác"),
        StepKind::Approve => t("Lãnh đạo quyết định"),
        StepKind::Sign => t("Ký kết quả"),
        StepKind::Issue => t("Đóng dấu, phát hành"),
    }
}

fn entry_view(entry: &Entry, moment: Moment) -> AnyView {
    let Line { title, more, tone, glyph } = words_of(&entry.seen);
    let when = format::moment(entry.at);
    let datetime = entry.at.to_string();
    let more =
        more.into_iter().filter(|line| !line.trim().is_empty()).map(|line| view! { <p>{line}</p> }).collect_view();
    view! { <TimelineEntry title when datetime tone glyph moment>{more}</TimelineEntry> }.into_any()
}

fn words_of(seen: &Seen) -> Line {
    let line = |title: String, more: Vec<String>, tone, glyph| Line { title, more, tone, glyph };
    let due = |at: Instant| tf("Hẹn trả kết quả: trước {lúc}.", &[("lúc", &format::until(at))]);
    let reason = |words: &str| tf("Lý do: {lý do}", &[("lý do", words)]);
    match seen {
        Seen::Submitted { channel } => line(
            tf("Đã nộp hồ sơ ({cách})", &[("cách", &crate::status::channel(*channel).to_lowercase())]),
            vec![],
            Tone::Info,
            Glyph::Envelope,
        ),
        Seen::Accepted { code, due: at, .. } => {
            line(tf("Đã tiếp nhận hồ sơ {mã}", &[("mã", code)]), vec![due(*at)], Tone::Info, Glyph::Tick)
        }
        Seen::NotAccepted { reason: why } => line(
            t("Trung tâm không tiếp nhận được hồ sơ").into(),
            vec![reason(why), t("Phiếu từ chối có trong mục Giấy tờ.").into()],
            Tone::Error,
            Glyph::MinusCircle,
        ),
        Seen::SupplementAsked { items, reason: why, respond_by } => {
            let mut more: Vec<String> =
                items.iter().enumerate().map(|(index, item)| format!("{}. {}", index + 1, item.what)).collect();
            more.push(reason(why));
            let title = tf(
                "Cần bổ sung {n} nội dung trước {lúc}",
                &[("n", &items.len().to_string()), ("lúc", &format::until(*respond_by))],
            );
            line(title, more, Tone::Warn, Glyph::PaperPlus)
        }
        Seen::SupplementAnswered { due: at } => {
            line(t("Đã gửi bổ sung").into(), at.iter().map(|at| due(*at)).collect(), Tone::Info, Glyph::Upload)
        }
        Seen::SupplementExpired => line(
            t("Dừng giải quyết vì quá ngày bổ sung").into(),
            vec![t("Ông/bà vẫn có thể nộp lại từ đầu.").into()],
            Tone::Grey,
            Glyph::Square,
        ),
        Seen::InHandsOf { role } => {
            let holder = role.map_or(t("Trung tâm"), status::holder);
            line(tf("{ai} đang giải quyết", &[("ai", holder)]), vec![], Tone::Info, Glyph::User)
        }
        Seen::DutyAsked { amount_note, respond_by } => line(
            t("Cần nộp tiền").into(),
            std::iter::once(amount_note.clone())
                .chain(respond_by.map(|at| tf("Nộp trước {lúc}.", &[("lúc", &format::until(at))])))
                .collect(),
            Tone::Warn,
            Glyph::Banknote,
        ),
        Seen::DutyMet { due: at, amount } => {
            let amount = amount.map(|amount| tf("Đã nhận {tiền}.", &[("tiền", &format::money(amount))]));
            let more = amount.into_iter().chain([due(*at)]).collect();
            line(t("Đã nộp tiền").into(), more, Tone::Success, Glyph::Banknote)
        }
        Seen::DutyExpired => line(t("Dừng giải quyết vì quá hạn nộp tiền").into(), vec![], Tone::Grey, Glyph::Square),
        Seen::ClockSuspended { exclusion } => line(
            tf("Tạm dừng tính hạn: chờ {gì}", &[("gì", status::exclusion(*exclusion))]),
            vec![],
            Tone::Paused,
            Glyph::Pause,
        ),
        Seen::ClockResumed { due: at } => line(t("Tính hạn tiếp").into(), vec![due(*at)], Tone::Info, Glyph::Clock),
        Seen::OpinionAsked { office } => line(
            tf("Đang lấy ý kiến {cơ quan}", &[("cơ quan", &office_name(office))]),
            vec![t("Trung tâm tự hỏi cơ quan này. Ông/bà không phải làm gì thêm.").into()],
            Tone::Info,
            Glyph::Building,
        ),
        Seen::OpinionAnswered { office } => line(
            tf("{cơ quan} đã cho ý kiến", &[("cơ quan", &office_name(office))]),
            vec![],
            Tone::Info,
            Glyph::Building,
        ),
        Seen::OpinionRecalled { office } => line(
            tf("Không cần chờ ý kiến {cơ quan} nữa", &[("cơ quan", &office_name(office))]),
            vec![],
            Tone::Info,
            Glyph::Building,
        ),
        Seen::ResultIssued { version, result, reason: why } => {
            let title = match (result, version) {
                (ResultKind::Granted, 1) => t("Đã có kết quả"),
                (ResultKind::Granted, _) => t("Đã có kết quả sau khi sửa"),
                (ResultKind::NotGranted, _) => t("Đã có văn bản trả lời: không đủ điều kiện giải quyết"),
            };
            let why = if why.is_empty() { vec![] } else { vec![reason(why)] };
            line(title.into(), why, Tone::Success, Glyph::PaperTick)
        }
        Seen::Redated { old_due, new_due, reason: why } => line(
            t("Trung tâm xin lỗi và hẹn lại").into(),
            vec![
                tf("Hẹn cũ: {lúc}.", &[("lúc", &format::until(*old_due))]),
                reason(why),
                tf("Ngày hẹn mới: {lúc}.", &[("lúc", &format::until(*new_due))]),
            ],
            Tone::Warn,
            Glyph::Calendar,
        ),
        Seen::Stopped { reason: why } => {
            line(t("Đã dừng giải quyết").into(), vec![reason(why)], Tone::Grey, Glyph::Square)
        }
        Seen::WithdrawalAsked => line(t("Ông/bà đã xin rút hồ sơ").into(), vec![], Tone::Grey, Glyph::ArrowBack),
        Seen::WithdrawalDeclined { reason: why } => {
            line(t("Trung tâm chưa đồng ý cho rút").into(), vec![reason(why)], Tone::Warn, Glyph::ArrowBack)
        }
        Seen::Withdrawn { papers, money, reason: why } => {
            line(t("Đã rút hồ sơ").into(), settled(*papers, *money, why), Tone::Grey, Glyph::ArrowBack)
        }
        Seen::WithdrawalSettled { papers, money, reason: why } => line(
            t("Đã giải quyết giấy tờ, tiền của hồ sơ đã rút").into(),
            settled(*papers, *money, why),
            Tone::Success,
            Glyph::Hand,
        ),
        Seen::Delivered { method, to_applicant, posted } => {
            let whom = if *to_applicant {
                t("Đã nhận kết quả")
            } else {
                t("Người được nhờ đã nhận kết quả")
            };
            let way = tf("Cách nhận: {cách}.", &[("cách", &status::delivery(*method).to_lowercase())]);
            let more = std::iter::once(way).chain(posted.as_ref().map(status::posted)).collect();
            line(whom.into(), more, Tone::Success, Glyph::Hand)
        }
        Seen::BeingCorrected { reason: why } => {
            line(t("Trung tâm xin lỗi: kết quả đang được làm lại").into(), vec![reason(why)], Tone::Warn, Glyph::Pen)
        }
        Seen::CorrectionOpened { reason: why, .. } => line(
            t("Đã mở hồ sơ khác để sửa sai sót").into(),
            vec![reason(why), t("Ông/bà không phải nộp tiền cho hồ sơ sửa này.").into()],
            Tone::Warn,
            Glyph::Pen,
        ),
        Seen::PassedOn { from_office, to_office, basis } => line(
            tf("{cơ quan} tiếp tục giải quyết", &[("cơ quan", &office_name(to_office))]),
            vec![
                passed_on(from_office, to_office, basis),
                t("Mã hồ sơ và ngày hẹn trả giữ nguyên. Giấy tờ đã nhận vẫn có giá trị.").into(),
            ],
            Tone::Info,
            Glyph::Building,
        ),
        Seen::FileRemoved { name } => line(
            tf("Tệp “{tên}” có mã độc nên đã bỏ", &[("tên", name)]),
            vec![t("Gửi lại giấy tờ này bằng tệp khác, hoặc mang bản giấy tới quầy.").into()],
            Tone::Warn,
            Glyph::PaperPlus,
        ),
        Seen::Payment { state, amount, reason: why } => {
            let amount = amount.map(|amount| tf("Số tiền: {tiền}.", &[("tiền", &format::money(amount))]));
            let why = Some(why).filter(|why| !why.trim().is_empty()).map(|why| reason(why));
            let more = amount.into_iter().chain(why).collect();
            line(status::payment(*state).into(), more, Tone::Info, Glyph::Banknote)
        }
    }
}

/// What became of the resident's papers and money.
fn settled(papers: Option<PapersBack>, money: Option<MoneyBack>, why: &str) -> Vec<String> {
    let papers = papers.and_then(|papers| match papers {
        PapersBack::NothingKept => None,
        PapersBack::Returned => Some(t("Giấy tờ bản chính đã trả lại ông/bà.")),
        PapersBack::ToFetch => Some(t("Giấy tờ bản chính để tại quầy. Ông/bà đến nhận, mang theo thẻ căn cước.")),
    });
    let money = money.and_then(|money| match money {
        MoneyBack::NothingPaid => None,
        MoneyBack::Refunded => Some(t("Tiền đã nộp được hoàn lại.")),
        MoneyBack::Kept => Some(t("Tiền đã nộp không hoàn lại được.")),
        MoneyBack::Later => Some(t("Trung tâm sẽ trả lời về khoản tiền đã nộp.")),
    });
    let why = Some(why).filter(|why| !why.trim().is_empty()).map(|why| tf("Lý do: {lý do}", &[("lý do", why)]));
    papers.into_iter().chain(money).map(str::to_owned).chain(why).collect()
}

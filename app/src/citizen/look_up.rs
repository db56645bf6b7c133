//! Look-up with the two codes of the receipt: status and dates, no name and no matter.
//!
//! The form is sent with GET, because the answer belongs to no session. So the page is never stored, sends no
//! address to other hosts and is kept out of search engines; the log holds the route's pattern only.

use crate::{
    citizen::code::{Code, CodeKind},
    context::{office, resident},
    errors, format,
    status::{self, StatusWords},
    words::{t, tf},
};
use axum::http::{HeaderValue, StatusCode, header};
use domain::{dossier::Status, time::Instant};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;
use office::{Error, lookup::Found};
use ui::{
    Breadcrumb, Button, CitizenMain, Crumb, ErrorSummary, Notice, PageTitle, ProblemLink, Section, SummaryList,
    SummaryRow, Tag, TextField, Tone,
};

/// Longest code that is looked at, in characters.
const LONGEST: usize = 60;

/// What the form sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Typed {
    code: String,
    key: String,
    /// The form was sent, not just opened with a code.
    sent: bool,
}

/// `/tra-cuu`.
#[component]
pub fn LookUpPage() -> AnyView {
    keep_private();
    let query = use_query_map().get_untracked();
    let text = |name: &str| query.get(name).unwrap_or_default().trim().chars().take(LONGEST).collect::<String>();
    let typed = Typed { code: text("ma"), key: text("khoa"), sent: query.get("khoa").is_some() };
    if !typed.sent {
        return page(typed, None);
    }
    if typed.code.is_empty() || typed.key.is_empty() {
        errors::set_status(StatusCode::UNPROCESSABLE_ENTITY);
        return page(typed, None);
    }
    let (office, who) = (office(), resident());
    let reading = {
        let typed = typed.clone();
        async move {
            match office.look_up(&who, &typed.code, &typed.key).await {
                Err(Error::Broken(why)) => Err(Error::Broken(why)),
                answer => Ok(answer),
            }
        }
    };
    errors::page(reading, move |answer| page(typed, Some(answer)))
}

fn page(typed: Typed, answer: Option<Result<Found, Error>>) -> AnyView {
    let title = t("Tra cứu hồ sơ");
    let before = view! {
        <Breadcrumb label=t("Vị trí trang") crumbs=vec![Crumb::new(t("Trang chủ"), "/"), Crumb::here(title)]/>
    }
    .into_any();
    let (found, refused) = match answer {
        None => (None, None),
        Some(Ok(found)) => (Some(found), None),
        Some(Err(error)) => {
            errors::set_status(errors::status_of(&error));
            (None, Some(refusal(&error)))
        }
    };
    let code_missing = (typed.sent && typed.code.is_empty()).then(|| t("Nhập mã hồ sơ."));
    let key_missing = (typed.sent && typed.key.is_empty()).then(|| t("Nhập mã tra cứu, 4 ký tự in dưới mã hồ sơ."));
    let problems = [("ma", code_missing), ("khoa", key_missing)];
    let problems: Vec<_> = problems.into_iter().filter_map(|(id, words)| Some(ProblemLink::new(id, words?))).collect();
    let headline = tf("Còn {n} chỗ cần sửa trước khi đi tiếp.", &[("n", &problems.len().to_string())]);
    let refused = refused.map(|words| view! { <Notice tone=Tone::Error live=true id="loi"><p>{words}</p></Notice> });
    let found = found.map(|found| view! { <Answer found/> });
    view! {
        <Title text=title/>
        <Meta name="robots" content="noindex"/>
        <CitizenMain before>
            <ErrorSummary headline problems/>
            <PageTitle title/>
            {refused}
            {found}
            <form method="get" action="/tra-cuu">
                <TextField
                    id="ma"
                    label=t("Mã hồ sơ hoặc mã tạm")
                    hint=t("In ở góc trên Giấy tiếp nhận, ví dụ H15.50.05.13-261123-0007")
                    error=code_missing
                    value=typed.code
                    autocomplete="off"
                    width=24
                />
                <TextField
                    id="khoa"
                    label=t("Mã tra cứu")
                    hint=t("4 ký tự in dưới mã hồ sơ")
                    error=key_missing
                    value=typed.key
                    autocomplete="off"
                    width=8
                />
                <Button>{t("Tra cứu hồ sơ")}</Button>
            </form>
            <p>{t("Trang này chỉ hiện trạng thái và ngày hẹn. Muốn xem giấy tờ thì đăng nhập.")}</p>
            <p><a href="/ho-so">{t("Xem hồ sơ của tôi")}</a></p>
        </CitizenMain>
    }
    .into_any()
}

#[component]
fn Answer(found: Found) -> impl IntoView {
    let StatusWords { words, tone, glyph } = status::for_resident_of(found.status, found.granted);
    let next = next_words(&found, &office().config().hotline);
    let row = |label: &'static str, at: Option<Instant>| {
        at.map(|at| view! { <SummaryRow label>{format::moment(at)}</SummaryRow> })
    };
    let by = |label: &'static str, at: Option<Instant>| {
        at.map(|at| view! { <SummaryRow label>{format::sentence_case(&before_words(at))}</SummaryRow> })
    };
    let apology = found.redated_due.zip(found.due).map(|(new, old)| {
        view! {
            <Notice tone=Tone::Warn>
                <p>
                    {tf(
                        "Trung tâm xin lỗi vì chưa trả kết quả đúng hẹn {ngày cũ}. Ngày hẹn mới: {ngày mới}.",
                        &[("ngày cũ", &format::until(old)), ("ngày mới", &format::until(new))],
                    )}
                </p>
                <p>{t("Lý do ghi trong Văn bản xin lỗi và hẹn lại gửi người nộp.")}</p>
            </Notice>
        }
    });
    let running = found.finished.is_none() && !found.status.is_terminal();
    let due_label =
        if found.is_paused { t("Ngày hẹn trả (đang tạm dừng tính hạn)") } else { t("Ngày hẹn trả") };
    let due = found.redated_due.or(found.due).filter(|_| running || found.delivered.is_none());
    let desk =
        (!found.desk.is_empty()).then(|| view! { <SummaryRow label=t("Nơi hỏi")>{found.desk.clone()}</SummaryRow> });
    view! {
        <Section id="ket-qua-tra-cuu" title=t("Hồ sơ tìm thấy")>
            <p><Tag tone glyph words/></p>
            <p>{next}</p>
            {apology}
            <SummaryList>
                <SummaryRow label=CodeKind::Dossier.label()>
                    <Code kind=CodeKind::Dossier code=found.code.clone()/>
                </SummaryRow>
                {row(t("Đã nộp"), found.submitted)}
                {by(t("Trung tâm trả lời"), found.accept_by.filter(|_| found.status == Status::Registered))}
                {row(t("Tiếp nhận"), found.received)}
                {by(due_label, due)}
                {by(t("Hạn bổ sung"), found.respond_by)}
                {row(t("Giải quyết xong"), found.finished)}
                {row(t("Đã nhận kết quả"), found.delivered)}
                {desk}
            </SummaryList>
        </Section>
        <h2>{t("Tra cứu hồ sơ khác")}</h2>
    }
}

/// What it means and what to do, in one or two sentences.
fn next_words(found: &Found, hotline: &str) -> String {
    let due = found.redated_due.or(found.due);
    match found.status {
        Status::Registered => match found.accept_by {
            Some(by) => tf("Trung tâm xem và trả lời {trước}.", &[("trước", &before_words(by))]),
            None => t("Trung tâm đang xem hồ sơ.").into(),
        },
        Status::Accepted | Status::Processing => match due {
            Some(_) if found.is_late => tf(
                "Đã quá ngày hẹn trả. Trung tâm xin lỗi; gọi {số} để hỏi và đọc mã hồ sơ.",
                &[("số", hotline)],
            ),
            Some(_) if found.is_paused => t("Đang tạm dừng tính hạn. Ngày hẹn sẽ lùi theo thời gian chờ.").into(),
            Some(due) => tf("Hẹn trả kết quả: {trước}.", &[("trước", &before_words(due))]),
            None => t("Cơ quan đang giải quyết.").into(),
        },
        Status::NotAccepted => t("Lý do và cách làm tiếp ghi trong Phiếu từ chối.").into(),
        Status::SupplementAsked => match found.respond_by {
            Some(by) => tf(
                "Bổ sung giấy tờ {trước}. Giấy tờ cần bổ sung ghi trong mục Hồ sơ của tôi và trên phiếu yêu cầu.",
                &[("trước", &before_words(by))],
            ),
            None => t("Giấy tờ cần bổ sung ghi trong mục Hồ sơ của tôi và trên phiếu yêu cầu.").into(),
        },
        Status::DutyAsked => {
            t("Nộp tiền tại quầy, hoặc theo hướng dẫn trong thông báo. Nộp xong, cơ quan giải quyết tiếp.")
                .into()
        }
        Status::Withdrawn => t("Hồ sơ đã rút theo yêu cầu của người nộp.").into(),
        Status::Stopped => t("Hồ sơ đã dừng giải quyết. Vẫn có thể nộp lại từ đầu.").into(),
        Status::Done if found.granted => t("Nhận kết quả tại quầy. Mang theo thẻ căn cước và giấy hẹn.").into(),
        Status::Done => t("Nhận văn bản trả lời tại quầy. Lý do và căn cứ ghi trong văn bản.").into(),
        Status::Delivered if found.is_replaced => t(
            "Kết quả của hồ sơ này có sai sót; Trung tâm đã thay bằng kết quả mới. Người nộp xem kết quả mới trong mục Hồ sơ của tôi, hoặc hỏi Trung tâm.",
        )
        .into(),
        Status::Delivered => t("Hồ sơ đã xong.").into(),
    }
}

/// `trước 17:00 thứ Sáu, 27/11/2026`.
fn before_words(at: Instant) -> String {
    tf("trước {lúc}", &[("lúc", &format::until(at))])
}

fn refusal(error: &Error) -> String {
    match error {
        Error::NotFound => [
            t("Không tìm thấy hồ sơ với mã này."),
            t("Mã in ở góc trên Giấy tiếp nhận, ví dụ H15.50.05.13-261123-0007; mã tra cứu in ngay bên dưới."),
        ]
        .join(" "),
        other => errors::sentence(other),
    }
}

/// The codes stand in the address: no cache keeps the page, no other host learns where it was.
fn keep_private() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response.insert_header(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse_local(text).unwrap()
    }

    fn found(status: Status) -> Found {
        Found {
            code: "H15.50.05.13-261123-0007".into(),
            status,
            submitted: None,
            accept_by: Some(at("2026-11-25T17:00")),
            received: None,
            due: Some(at("2026-11-27T17:00")),
            redated_due: None,
            is_late: false,
            is_paused: false,
            finished: None,
            delivered: None,
            respond_by: None,
            granted: true,
            is_replaced: false,
            desk: String::new(),
        }
    }

    #[test]
    fn a_late_dossier_is_apologised_for_and_one_that_waits_is_said_to_wait() {
        let running = found(Status::Processing);
        assert_eq!(next_words(&running, "1022"), "Hẹn trả kết quả: trước 17:00 thứ Sáu, 27/11/2026.");
        let late = Found { is_late: true, is_paused: true, ..found(Status::Processing) };
        assert!(next_words(&late, "1022").starts_with("Đã quá ngày hẹn trả. Trung tâm xin lỗi"));
        let waits = Found { is_paused: true, ..found(Status::Processing) };
        assert_eq!(next_words(&waits, "1022"), "Đang tạm dừng tính hạn. Ngày hẹn sẽ lùi theo thời gian chờ.");
    }

    #[test]
    fn the_new_day_counts_once_a_dossier_is_redated() {
        let redated = Found { redated_due: Some(at("2026-12-02T17:00")), ..found(Status::Processing) };
        let words = next_words(&redated, "1022");
        assert_eq!(words, "Hẹn trả kết quả: trước 17:00 thứ Tư, 02/12/2026.");
    }

    #[test]
    fn a_result_that_stands_no_more_is_said_to_be_replaced() {
        let delivered = found(Status::Delivered);
        assert_eq!(next_words(&delivered, "1022"), "Hồ sơ đã xong.");
        let words = next_words(&Found { is_replaced: true, ..delivered }, "1022");
        assert!(words.starts_with("Kết quả của hồ sơ này có sai sót; Trung tâm đã thay bằng kết quả mới."), "{words}");
    }

    #[test]
    fn a_submitted_dossier_is_told_when_it_will_be_answered() {
        let words = next_words(&found(Status::Registered), "1022");
        assert_eq!(words, "Trung tâm xem và trả lời trước 17:00 thứ Tư, 25/11/2026.");
    }
}

//! New versions of procedures from a file: the file is laid down, the page shows what would change, and a second form, which
//! carries the file, publishes it.

use super::{PROCEDURES, versions};
use crate::{
    acts::particulars::TypedDay,
    context::{self, Beside, Retry, office},
    errors::{refused, sentence},
    format, rule_words,
    staff::admin::{Form, crumbs, wrong_field},
    words::{t, tf},
};
use domain::time::Day;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::{
    Error, Office, Who,
    import::Brings,
    procedure_files::{FILE_MOST, LaidFile, LaidProblem, LaidProcedure},
};
use ui::{DateField, ErrorSummary, FileField, Notice, PageTitle, ProblemLink, Section, Tone};

/// The address of the page.
pub(super) const FILE: &str = "/can-bo/quan-tri/thu-tuc/tep";
/// Where the file goes.
const LAY_DOWN: &str = "/can-bo/tai-len/thu-tuc";
/// The act that publishes.
const PUBLISH: &str = "procedures/publish_procedures";

/// What was sent before the page comes again.
#[derive(Default)]
struct Sent {
    /// The file, as it was sent or as the page wrote it out.
    file: Option<String>,
    first: TypedDay,
    /// What was wrong with the file or the day.
    wrong: Option<Error>,
}

/// The page, with what was sent.
#[component]
pub fn ProcedureFilePage() -> AnyView {
    let (office, who) = (office(), context::staff());
    let (sent, wrong_file) = (sent(), laid_error());
    let reading = async move {
        office.may_lay_down_procedures(&who)?;
        Ok(looked_at(&office, &who, sent))
    };
    super::super::super::page(reading, move |(sent, laid)| show(sent, laid, wrong_file))
}

/// The form that was sent last: the one with the file, or the one that publishes.
fn sent() -> Sent {
    let published = context::retry_of(PUBLISH);
    let beside = use_context::<Beside>();
    let typed = |field: &str| match (&published, &beside) {
        (Some(retry), _) => retry.typed(field),
        (None, Some(beside)) => beside.typed(field),
        (None, None) => None,
    };
    let part = |part: &str| typed(&format!("first[{part}]")).unwrap_or_default();
    let first = TypedDay { day: part("day"), month: part("month"), year: part("year") };
    Sent { file: typed("file"), first, wrong: None }
}

/// What was wrong with the file that was just laid down: its field and its sentence.
fn laid_error() -> Option<(&'static str, String)> {
    let retry = use_context::<Retry>().filter(|retry| retry.act == "upload")?;
    Some((wrong_field(&retry.error).unwrap_or("tep"), sentence(&retry.error)))
}

/// The file that was sent with what it would change.
fn looked_at(office: &Office, who: &Who, sent: Sent) -> (Sent, Option<LaidFile>) {
    let Some(text) = sent.file.clone() else { return (sent, None) };
    let looked = || -> office::Result<LaidFile> {
        let first = sent.first.read_if_typed("first")?.unwrap_or_else(|| office.now().day());
        office.look_at_procedures(who, &text, first)
    };
    match looked() {
        Ok(laid) => (sent, Some(laid)),
        Err(error) => (Sent { wrong: Some(error), ..sent }, None),
    }
}

fn show(sent: Sent, laid: Option<LaidFile>, wrong_file: Option<(&'static str, String)>) -> impl IntoView + use<> {
    let title = t("Bản mới của thủ tục từ tệp");
    let published = use_query_map().with_untracked(|query| query.get("da_cong_bo")).and_then(|codes| published(&codes));
    let preview = laid.as_ref().map(preview);
    let wrong = wrong_file.or_else(|| {
        let error = sent.wrong.as_ref()?;
        Some((wrong_field(error).unwrap_or("tep"), sentence(error)))
    });
    let form = lay_down_form(sent.first, wrong);
    let caption = t("Bước xử lý, thời hạn, nơi nộp, phí, bổ sung hồ sơ: các nội dung mọi đơn vị dùng chung");
    view! {
        <Title text=title/>
        {crumbs(Some((t("Thủ tục của đơn vị"), PROCEDURES)), title)}
        <PageTitle title caption/>
        {published}
        {preview}
        {form}
    }
}

/// What was published, each with the day from which it holds.
fn published(codes: &str) -> Option<AnyView> {
    let books = office().books();
    let lines = codes
        .split_whitespace()
        .filter_map(|code| books.catalogue.versions_of(code).pop())
        .map(|version| {
            let day = format::day(version.valid_from);
            let words = [("mã", version.code.as_str()), ("tên", version.name.as_str()), ("ngày", day.as_str())];
            let line = tf("{mã} {tên}: áp dụng từ {ngày}", &words);
            view! { <li>{line}</li> }
        })
        .collect::<Vec<_>>();
    if lines.is_empty() {
        return None;
    }
    let shown = view! {
        <Notice tone=Tone::Success title=t("Đã công bố") live=true><ul>{lines}</ul></Notice>
    };
    Some(shown.into_any())
}

/// The form that takes the file: nothing is published by it.
fn lay_down_form(first: TypedDay, wrong: Option<(&'static str, String)>) -> AnyView {
    let at = |field: &str| wrong.as_ref().filter(|(named, _)| *named == field).map(|(_, words)| words.clone());
    let (file_wrong, first_wrong) = (at("tep"), at("first"));
    let summary = wrong.as_ref().map(|(field, words)| {
        let problems = vec![ProblemLink::new(*field, words.clone())];
        view! { <ErrorSummary headline=t("Chưa so sánh được. Còn 1 chỗ cần sửa.") problems/> }
    });
    let names = ["first[day]", "first[month]", "first[year]"].map(str::to_owned);
    let (day, month, year) = (Some(first.day), Some(first.month), Some(first.year));
    let hint = tf(
        "Tệp JSON như của danh mục quốc gia, kèm phần chung (local) nếu có. Một hoặc nhiều thủ tục, nhiều nhất {n} KB.",
        &[("n", &(FILE_MOST / 1024).to_string())],
    );
    view! {
        <Section title=t("Chọn tệp và ngày áp dụng") id="chon-tep">
            <form class="staff-form" method="post" action=LAY_DOWN enctype="multipart/form-data">
                {summary}
                <input type="hidden" name="trang" value=FILE/>
                <DateField id="first" names legend=t("Áp dụng từ ngày") hint=t("Để trống thì áp dụng ngay hôm nay.")
                    error=first_wrong day_label=t("Ngày") month_label=t("Tháng") year_label=t("Năm") day month year/>
                <FileField id="tep" label=t("Tệp thủ tục") hint error=file_wrong accept="application/json,.json"/>
                <div class="button-row">
                    <button class="button button-secondary" type="submit">{t("Xem thay đổi")}</button>
                </div>
            </form>
        </Section>
    }
    .into_any()
}

/// What the file would change, and the form that publishes it.
fn preview(laid: &LaidFile) -> AnyView {
    let procedures = laid.procedures.iter().map(|one| of_procedure(one, laid.first)).collect_view();
    let publish = match (laid.changes_something(), laid.elsewhere.is_empty()) {
        (false, _) => {
            let words = rule_words::procedure_file(&LaidProblem::NothingNew);
            view! { {refused(PUBLISH)} <Notice>{words}</Notice> }.into_any()
        }
        (true, false) => {
            let words = rule_words::procedure_file(&LaidProblem::OtherUnits(laid.elsewhere.clone()));
            view! { {refused(PUBLISH)} <Notice tone=Tone::Warn>{words}</Notice> }.into_any()
        }
        (true, true) => publish_form(laid),
    };
    let title = tf("Thay đổi nếu áp dụng từ {ngày}", &[("ngày", &format::day(laid.first))]);
    view! { <Section title id="thay-doi">{procedures} {publish}</Section> }.into_any()
}

fn of_procedure(one: &LaidProcedure, first: Day) -> AnyView {
    let head = format!("{} {}", one.code, one.name);
    let change = match &one.brings {
        Brings::Same => view! { <p>{t("Không khác bản áp dụng ngày đó.")}</p> }.into_any(),
        Brings::New => {
            let said = match &one.is {
                Some(local) => versions::whole(local),
                None => {
                    view! { <p>{t("Tệp chỉ có bản ghi quốc gia: người dân đọc được, chưa nộp được.")}</p> }.into_any()
                }
            };
            view! { <p>{t("Thủ tục mới, chưa có bản nào.")}</p> {said} }.into_any()
        }
        Brings::Next { changes, .. } if changes.is_empty() => {
            view! { <p>{t("Giống bản trước, nhưng bản đó đã hết hạn: sẽ áp dụng lại.")}</p> }.into_any()
        }
        Brings::Next { since, changes } => {
            let titles = [
                tf("Bản từ {ngày}", &[("ngày", &format::day(*since))]),
                tf("Bản mới, từ {ngày}", &[("ngày", &format::day(first))]),
            ];
            let caption = t("Thay đổi so với bản áp dụng ngày đó");
            versions::table(changes, (one.was.as_ref(), one.is.as_ref()), titles, caption)
        }
    };
    let remarks = (!one.remarks.is_empty()).then(|| {
        let words = tf(
            "{n} đoạn của bản ghi quốc gia không tách được và sẽ hiện nguyên văn.",
            &[("n", &one.remarks.len().to_string())],
        );
        view! { <p class="sub">{words}</p> }
    });
    view! { <h3>{head}</h3> {change} {remarks} }.into_any()
}

fn publish_form(laid: &LaidFile) -> AnyView {
    let form = Form::new(PUBLISH);
    let (year, month, day) = laid.first.ymd();
    let hidden = [
        ("file", laid.text.clone()),
        ("seen", laid.seen.clone()),
        ("first[day]", day.to_string()),
        ("first[month]", month.to_string()),
        ("first[year]", year.to_string()),
    ];
    let words = view! {
        <Notice tone=Tone::Warn>
            {t("Hồ sơ, bản nháp đã có giữ nguyên bản cũ và ngày hẹn. Hôm nay đã có hồ sơ theo bản của hôm nay thì bản mới áp dụng từ ngày mai.")}
        </Notice>
    };
    let button = tf("Công bố, áp dụng từ {ngày}", &[("ngày", &format::day(laid.first))]);
    form.draw(&hidden, words.into_any(), button, "button")
}

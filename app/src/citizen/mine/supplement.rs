//! Answering a request for supplement on the spot: papers first, then the answers to correct.

use crate::{
    citizen::apply::{Asking, Upload, What, accepted_words, is_file, saved_words, saving, suggestions, upload_form},
    context::{self, office},
    errors, files, format,
    island::{Autosave, FieldCheck, SaveWords, checked_fields},
    problems::problem,
    words::{t, tf},
};
use domain::{
    dossier::SupplementItem,
    question::{Question, QuestionKind, Typed, problems_of_question},
    time::Instant,
};
use leptos::prelude::*;
use office::{
    Error,
    dossiers::{DossierView, UploadRow, is_of_answer, with_answer},
    error::Problem,
};
use std::collections::BTreeMap;
use ui::{Button, ButtonKind, ButtonRow, ErrorSummary, Glyph, ProblemLink, Section, UploadedFile, UploadedList};

/// How many files one missing paper may have.
const FILES_A_PAPER: usize = 10;

/// Id of the form with the corrected answers.
const FORM: &str = "tra-loi";

/// What was typed so far, and when it was kept.
pub type Kept = Option<(Typed, Instant)>;

/// The request with everything to answer it; nothing when none waits.
pub fn supplement(view: &DossierView, kept: Kept) -> Option<AnyView> {
    let asked = view.row.state.supplement.as_ref()?;
    let (asked_at, items) = (asked.asked, &asked.items);
    let question = |item: &SupplementItem| view.form.question(&item.path_or_paper).filter(|q| !is_file(q)).cloned();
    let corrected: Vec<(Question, &str)> =
        items.iter().filter_map(|item| Some((question(item)?, item.path_or_paper.as_str()))).collect();
    let save_first = if corrected.is_empty() { "" } else { FORM };
    let (mut lines, mut without) = (Vec::new(), Vec::new());
    for (index, item) in items.iter().enumerate() {
        let why = (!item.why.trim().is_empty()).then(|| view! { <p class="hint">{item.why.clone()}</p> });
        let given = if question(item).is_none() {
            let came = came(view, item, asked_at.0);
            if came.is_empty() {
                without.push(item.what.clone());
            }
            paper(view, item, came, index, save_first)
        } else {
            ().into_any()
        };
        lines.push(view! { <li><p><strong>{item.what.clone()}</strong></p>{why}{given}</li> });
    }
    let reason = tf("Lý do chung: {lý do}", &[("lý do", &asked.reason)]);
    let pauses = view.row.state.received.is_some();
    let pauses = pauses.then(|| view! { <p>{t("Thời gian chờ bổ sung không tính vào hạn giải quyết.")}</p> });
    let title = tf(
        "Cần bổ sung {n} nội dung trước {lúc}",
        &[("n", &items.len().to_string()), ("lúc", &format::until(asked.respond_by))],
    );
    let refused = refused().or_else(|| errors::refused("upload"));
    let form = answer_form(view, &corrected, kept, without);
    Some(
        view! {
            <Section id="bo-sung" title>
                {refused}
                <p>{reason}</p>
                {pauses}
                <ol>{lines}</ol>
                {form}
            </Section>
        }
        .into_any(),
    )
}

/// The answers to correct, and the buttons that keep or send them.
fn answer_form(view: &DossierView, corrected: &[(Question, &str)], kept: Kept, without: Vec<String>) -> AnyView {
    let today = office().now().day();
    let saved = kept.as_ref().map_or_else(String::new, |(_, at)| saved_words(*at));
    let typed = typed_now(view, kept);
    let mut errors = BTreeMap::new();
    if context::retry_of("answer_supplement").is_some() {
        for (_, path) in corrected {
            let wrong = problems_of_question(&view.form, path, &typed, today);
            errors.extend(wrong.iter().map(|one| (one.path.clone(), problem(&view.form, one))));
        }
    }
    let links = errors.iter().map(|(path, words)| ProblemLink::new(path.clone(), words.clone())).collect::<Vec<_>>();
    let headline = tf("Còn {n} chỗ cần sửa trước khi gửi.", &[("n", &links.len().to_string())]);
    let asking = Asking { form: &view.form, typed: &typed, errors, today };
    let fields = corrected.iter().map(|(question, path)| asking.field(question, path)).collect_view();
    let checked = checked_fields(corrected.iter().map(|(question, path)| (*path, question)));
    let suggested = corrected.iter().any(|(question, _)| matches!(question.kind, QuestionKind::Address));
    let suggested = suggested.then(|| suggestions(today));
    let correct = (!corrected.is_empty()).then(|| {
        view! {
            // The first button of a form is the one that Enter presses: it only keeps what was typed.
            <button type="submit" name="go" value=saving::STAY class="hidden-words" tabindex="-1" aria-hidden="true">
                {t("Lưu, gửi sau")}
            </button>
            <h3>{t("Khai lại nội dung cần sửa")}</h3>
            {fields}
            {suggested}
            <FieldCheck form_id=FORM.to_owned() fields=checked today=today.0/>
            <Autosave form_id=FORM.to_owned() words=SaveWords::of_answer(saved)/>
        }
    });
    let keep = (!corrected.is_empty()).then(|| {
        view! {
            <Button kind=ButtonKind::Secondary name="go" value=saving::STAY>{t("Lưu, gửi sau")}</Button>
        }
    });
    let without = (!without.is_empty()).then(|| {
        let words = tf("Chưa có tệp nào cho: {giấy}.", &[("giấy", &without.join("; "))]);
        view! { <p>{words}" "{t("Giấy nào mang tới quầy thì không cần tải lên.")}</p> }
    });
    let (key, seen) = (view.row.id.to_string(), view.row.version.to_string());
    let command = context::command_of("answer_supplement");
    view! {
        <ErrorSummary headline problems=links/>
        <form id=FORM method="post" action="/api/app/acts/dossiers_mine/answer_supplement" novalidate=true>
            <input type="hidden" name="trang" value=context::here()/>
            <input type="hidden" name="dossier" value=key/>
            <input type="hidden" name="seen" value=seen/>
            <input type="hidden" name="command" value=command/>
            {correct}
            {without}
            <p class="hint">{t("Gửi khi đã đủ. Sau khi gửi, Trung tâm xem tiếp hồ sơ.")}</p>
            <ButtonRow>
                <Button>{t("Gửi bổ sung")}</Button>
                {keep}
            </ButtonRow>
        </form>
    }
    .into_any()
}

/// Why the answer was not taken. What is wrong with the answers has its own list.
fn refused() -> Option<AnyView> {
    let retry = context::retry_of("answer_supplement")?;
    match &*retry.error {
        Error::Invalid(Problem::FormIncomplete { .. }) => None,
        _ => errors::refused("answer_supplement"),
    }
}

/// What stands in the form's boxes: what was typed into a form that was refused, else what was kept of an answer,
/// else the dossier's own.
fn typed_now(view: &DossierView, kept: Kept) -> Typed {
    let typed_again = context::retry_of("answer_supplement").map(|retry| {
        let typed = retry.typed_all().iter().filter_map(|(name, text)| {
            let path = name.strip_prefix("typed[")?.strip_suffix(']')?;
            Some((path.to_owned(), text.clone()))
        });
        typed.collect()
    });
    match typed_again.or(kept.map(|(kept, _)| kept)) {
        Some(answer) => with_answer(&view.form, &view.row, answer),
        None => view.row.typed.clone(),
    }
}

/// The files that have come for a paper since it was asked for.
fn came<'v>(view: &'v DossierView, item: &SupplementItem, asked_at: i64) -> Vec<&'v UploadRow> {
    let of_item = |row: &&UploadRow| {
        row.question == item.path_or_paper && row.created_at >= asked_at && row.finished_at.is_some()
    };
    view.uploads.iter().filter(of_item).collect()
}

/// The button that takes a file back: for what the resident laid down for this answer, until it is sent.
fn take_back(view: &DossierView, file: &UploadRow) -> Option<AnyView> {
    let asked = view.row.state.supplement.as_ref()?.asked;
    let who = context::resident();
    // A colleague of the same organisation takes back what they laid down themselves.
    if who.resident().is_none_or(|resident| resident.account != file.owner_id) || !is_of_answer(file, asked) {
        return None;
    }
    let (dossier, upload, name) = (view.row.id.to_string(), file.id.to_string(), file.name.clone());
    let form = view! {
        <form method="post" action="/api/app/acts/dossiers_mine/drop_answer_upload">
            <input type="hidden" name="trang" value=context::here()/>
            <input type="hidden" name="dossier" value=dossier/>
            <input type="hidden" name="upload" value=upload/>
            <input type="hidden" name="command" value=context::new_command()/>
            <Button kind=ButtonKind::Quiet glyph=Glyph::Trash hidden_words=name>{t("Xóa")}</Button>
        </form>
    };
    Some(form.into_any())
}

/// What has come for a paper, and a box for more.
fn paper(
    view: &DossierView,
    item: &SupplementItem,
    came: Vec<&UploadRow>,
    index: usize,
    save_first: &'static str,
) -> AnyView {
    let list: Vec<AnyView> = came
        .into_iter()
        .map(|row| {
            let (address, thumbnail) = (files::address(row), files::thumbnail(row));
            let (name, detail) = (row.name.clone(), files::detail(row));
            let take_back = take_back(view, row);
            view! { <UploadedFile name href=address detail thumbnail>{take_back}</UploadedFile> }.into_any()
        })
        .collect();
    let given = list.len();
    let list = (given > 0).then(|| {
        let label = tf("Tệp đã gửi: {giấy}", &[("giấy", &item.what)]);
        view! { <UploadedList label>{list}</UploadedList> }
    });
    let form = upload_form(Upload {
        action: format!("/tai-len/ho-so/{}", view.row.id),
        what: What::Answers(item.path_or_paper.clone()),
        id: format!("giay-{index}"),
        label: if given == 0 { t("Nộp bổ sung giấy này").into() } else { t("Thêm tệp").into() },
        hint: accepted_words(FILES_A_PAPER),
        error: None,
        optional: None,
        save_first,
    });
    view! { {list} {form} }.into_any()
}

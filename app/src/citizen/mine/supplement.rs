//! Answering a request for supplement on the spot: papers first, then the answers to correct.

use crate::{
    citizen::apply::{Asking, Upload, accepted_words, is_file, upload_form},
    context::{self, office},
    errors, format,
    words::{t, tf},
};
use domain::{
    dossier::SupplementItem,
    question::{Question, Typed},
};
use leptos::prelude::*;
use office::dossiers::DossierView;
use std::collections::BTreeMap;
use ui::{Button, Section, UploadedFile, UploadedList};

/// How many files one missing paper may have.
const FILES_A_PAPER: usize = 10;

/// The request with everything to answer it; nothing when none waits.
pub fn supplement(view: &DossierView) -> Option<AnyView> {
    let asked = view.row.state.supplement.as_ref()?;
    let (asked_at, items) = (asked.asked, &asked.items);
    let question = |item: &SupplementItem| view.form.question(&item.path_or_paper).filter(|q| !is_file(q)).cloned();
    let all = items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let why = (!item.why.trim().is_empty()).then(|| view! { <p class="hint">{item.why.clone()}</p> });
            let given = if question(item).is_none() { paper(view, item, asked_at.0, index) } else { ().into_any() };
            view! { <li><p><strong>{item.what.clone()}</strong></p>{why}{given}</li> }
        })
        .collect_view();
    let typed = typed_now(view);
    let asking = Asking { form: &view.form, typed: &typed, errors: BTreeMap::new(), today: office().now().day() };
    let corrected: Vec<(Question, &str)> =
        items.iter().filter_map(|item| Some((question(item)?, item.path_or_paper.as_str()))).collect();
    let fields = corrected.iter().map(|(question, path)| asking.field(question, path)).collect_view();
    let correct = (!corrected.is_empty()).then(|| view! { <h3>{t("Khai lại nội dung cần sửa")}</h3> });
    let reason = tf("Lý do chung: {lý do}", &[("lý do", &asked.reason)]);
    let pauses = view.row.state.received.is_some();
    let pauses = pauses.then(|| view! { <p>{t("Thời gian chờ bổ sung không tính vào hạn giải quyết.")}</p> });
    let title = tf(
        "Cần bổ sung {n} nội dung trước {lúc}",
        &[("n", &items.len().to_string()), ("lúc", &format::until(asked.respond_by))],
    );
    let (key, seen) = (view.row.id.to_string(), view.row.version.to_string());
    let command = super::dossier::command_of("answer_supplement");
    let refused = errors::refused("answer_supplement").or_else(|| errors::refused("upload"));
    Some(
        view! {
            <Section id="bo-sung" title>
                {refused}
                <p>{reason}</p>
                {pauses}
                <ol>{all}</ol>
                <form method="post" action="/api/app/acts/dossiers_mine/answer_supplement">
                    <input type="hidden" name="trang" value=context::here()/>
                    <input type="hidden" name="dossier" value=key/>
                    <input type="hidden" name="seen" value=seen/>
                    <input type="hidden" name="command" value=command/>
                    {correct}
                    {fields}
                    <p class="hint">{t("Gửi khi đã đủ. Sau khi gửi, Trung tâm xem tiếp hồ sơ.")}</p>
                    <Button>{t("Gửi bổ sung")}</Button>
                </form>
            </Section>
        }
        .into_any(),
    )
}

/// What stands in the form's boxes: what was typed into a form that was refused, else the dossier's answers.
fn typed_now(view: &DossierView) -> Typed {
    let mut typed = view.row.typed.clone();
    if let Some(retry) = context::retry_of("answer_supplement") {
        typed.extend(retry.typed_all().iter().filter_map(|(name, text)| {
            let path = name.strip_prefix("typed[")?.strip_suffix(']')?;
            Some((path.to_owned(), text.clone()))
        }));
    }
    typed
}

/// The files that have come for a paper since it was asked for, and a box for more.
fn paper(view: &DossierView, item: &SupplementItem, asked_at: i64, index: usize) -> AnyView {
    let came = view
        .uploads
        .iter()
        .filter(|row| row.question == item.path_or_paper && row.created_at >= asked_at && row.finished_at.is_some());
    let files: Vec<AnyView> = came
        .map(|row| {
            let address = format!("/tep/{}", row.id);
            let thumbnail = row.mime.starts_with("image/").then(|| address.clone());
            let (name, detail) = (row.name.clone(), format::size(row.size));
            view! { <UploadedFile name href=address detail thumbnail/> }.into_any()
        })
        .collect();
    let given = files.len();
    let list = (given > 0).then(|| {
        let label = tf("Tệp đã gửi: {giấy}", &[("giấy", &item.what)]);
        view! { <UploadedList label>{files}</UploadedList> }
    });
    let form = upload_form(Upload {
        action: format!("/tai-len/ho-so/{}", view.row.id),
        question: item.path_or_paper.clone(),
        id: format!("giay-{index}"),
        label: if given == 0 { t("Nộp bổ sung giấy này").into() } else { t("Thêm tệp").into() },
        hint: accepted_words(FILES_A_PAPER),
        error: None,
        optional: None,
        save_first: "",
    });
    view! { {list} {form} }.into_any()
}

//! Asking for a supplement, everything at once, and taking it in at the counter.

use super::forms::{Form, Go, Look, fold, id_of, plain};
use crate::words::{t, tf};
use domain::question::{Shown, papers_needed, review};
use leptos::prelude::*;
use office::dossiers::DossierView;

/// Key of a question or paper, and its words.
type Candidate = (String, String);

/// Lines the clerk may write beside those of the form.
const FREE_LINES: usize = 3;

/// The form that asks.
pub(super) fn ask(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "ask_supplement");
    let open = form.came_back();
    let (papers, questions) = candidates(view);
    let (from_questions, from_free) = (papers.len(), papers.len() + questions.len());
    let papers = lines(&form, &papers, 0);
    let ticked_below = (from_questions..from_free).any(|index| form.typed(&field(index, "on")).is_some());
    let questions = lines(&form, &questions, from_questions);
    let free = (0..FREE_LINES).map(|line| free_line(&form, from_free + line, line + 1)).collect_view();
    let second = view.row.state.supplement_round >= 1;
    let round = (view.row.state.supplement_round + 1).to_string();
    let basis = second.then(|| {
        form.reason(
            "basis",
            t("Căn cứ yêu cầu thêm lần nữa"),
            t("Từ lần thứ hai phải ghi: việc gì mới phát sinh mà lần trước chưa thể biết."),
        )
    });
    let questions = (from_free > from_questions).then(|| {
        view! {
            <details class="details" open=ticked_below>
                <summary>{t("Nội dung khai cần sửa")}</summary>
                <div class="details-body"><ul class="staff-asked" role="list">{questions}</ul></div>
            </details>
        }
    });
    let id = id_of(form.act, "items");
    let error = form.wrong("items");
    let described = error.is_some().then(|| format!("{id}-error"));
    let nothing = error.map(|words| view! { <p class="error-line" id=described.clone()>{words}</p> });
    let fields = view! {
        <p>{tf("Yêu cầu lần {n}. Liệt kê một lần đủ mọi thứ còn thiếu; người nộp nhận Phiếu yêu cầu bổ sung (Mẫu 02).", &[("n", &round)])}</p>
        <fieldset class="field">
            <legend class="label">{t("Giấy tờ cần bổ sung")}</legend>
            <p class="hint">{t("Đánh dấu giấy tờ, rồi ghi vì sao cần: thiếu, mờ, hết hạn, không khớp.")}</p>
            <ul class="staff-asked" role="list">{papers}</ul>
        </fieldset>
        {questions}
        <fieldset class="field" id=id aria-describedby=described>
            <legend class="label">{t("Thứ khác còn thiếu")}</legend>
            {nothing}
            <ul class="staff-asked" role="list">{free}</ul>
        </fieldset>
        {form.reason("reason", t("Lý do chung"), t("Một câu để người nộp hiểu vì sao hồ sơ chưa đi tiếp được."))}
        {basis}
    };
    let form = form.draw(fields.into_any(), Go { words: t("Gửi yêu cầu bổ sung").into(), look });
    fold(t("Yêu cầu bổ sung"), look, open, form)
}

/// What was asked came to the counter.
pub(super) fn answer(view: &DossierView, look: Look) -> AnyView {
    let asked = view.row.state.supplement.as_ref().map(|open| open.items.as_slice()).unwrap_or_default();
    let asked = asked.iter().map(|item| item.what.clone()).collect::<Vec<_>>().join("; ");
    let words = tf(
        "Đã yêu cầu: {mục}. Tải bản chụp lên ở khung Tệp của hồ sơ, rồi xác nhận người nộp đã bổ sung đủ. Hạn tính tiếp từ lúc này.",
        &[("mục", &asked)],
    );
    plain(view, "answer_supplement_at_counter", t("Nhận bổ sung tại quầy"), words, look)
}

/// Papers and questions of the form that can be asked for, each with its key and label.
fn candidates(view: &DossierView) -> (Vec<Candidate>, Vec<Candidate>) {
    let answers = &view.parsed.answers;
    let papers = papers_needed(&view.form, answers);
    let papers: Vec<Candidate> =
        papers.into_iter().map(|paper| (paper.path.unwrap_or(paper.code), paper.name)).collect();
    if view.row.typed.is_empty() {
        return (papers, Vec::new());
    }
    let rows = review(&view.form, answers).into_iter().flat_map(|topic| topic.rows);
    let questions = rows
        .filter(|row| !matches!(row.value, Shown::Files(_) | Shown::Items(_)))
        .map(|row| {
            let label = match &row.item {
                Some((item, number)) => format!("{item} {number}: {}", row.label),
                None => row.label,
            };
            (row.path, label)
        })
        .filter(|(path, _)| !papers.iter().any(|(paper, _)| paper == path))
        .collect();
    (papers, questions)
}

/// Name of a part of a line.
fn field(index: usize, part: &str) -> String {
    format!("items[{index}][{part}]")
}

fn lines(form: &Form<'_>, candidates: &[Candidate], first: usize) -> AnyView {
    let lines = candidates.iter().enumerate().map(|(offset, (path, label))| {
        let index = first + offset;
        let (id, why_id) = (format!("bo-sung-{index}"), format!("bo-sung-{index}-vi-sao"));
        let checked = form.typed(&field(index, "on")).is_some();
        let why = form.typed(&field(index, "why"));
        let (path, label) = (path.clone(), label.clone());
        let what = label.clone();
        let why_label = tf("Vì sao cần: {mục}", &[("mục", &label)]);
        view! {
            <li class="staff-asked-line">
                <div class="choice">
                    <input type="checkbox" id=id.clone() name=field(index, "on") value="1" checked=checked/>
                    <label for=id>{label}</label>
                </div>
                <input type="hidden" name=field(index, "path") value=path/>
                <input type="hidden" name=field(index, "what") value=what/>
                <label class="hidden-words" for=why_id.clone()>{why_label}</label>
                <input
                    class="input"
                    type="text"
                    id=why_id
                    name=field(index, "why")
                    value=why
                    maxlength="300"
                    placeholder=t("Vì sao cần")
                />
            </li>
        }
        .into_any()
    });
    lines.collect::<Vec<_>>().into_any()
}

fn free_line(form: &Form<'_>, index: usize, number: usize) -> AnyView {
    let what_label = tf("Thứ còn thiếu {n}", &[("n", &number.to_string())]);
    let (what_id, why_id) = (format!("bo-sung-{index}"), format!("bo-sung-{index}-vi-sao"));
    let (what, why) = (form.typed(&field(index, "what")), form.typed(&field(index, "why")));
    view! {
        <li class="staff-asked-line">
            <div>
                <label class="hidden-words" for=what_id.clone()>{what_label.clone()}</label>
                <input
                    class="input"
                    type="text"
                    id=what_id
                    name=field(index, "what")
                    value=what
                    maxlength="300"
                    placeholder=what_label
                />
            </div>
            <label class="hidden-words" for=why_id.clone()>{t("Vì sao cần")}</label>
            <input
                class="input"
                type="text"
                id=why_id
                name=field(index, "why")
                value=why
                maxlength="300"
                placeholder=t("Vì sao cần")
            />
        </li>
    }
    .into_any()
}

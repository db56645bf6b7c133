//! What other units are asked: the form that asks, what was asked and answered, a reminder, and the way back.

use super::{
    super::own_form::OwnForm,
    events::office_name,
    forms::{Form, Go, Look, fold, id_of},
};
use crate::{
    context::{self, office},
    files, format, status,
    words::{t, tf},
};
use domain::{
    dossier::{ActKind, OpinionEnd, Stance},
    time::Instant,
};
use leptos::prelude::*;
use office::{
    answer_files::opinion_of,
    dossiers::{DossierView, OpinionRow, UploadRow},
};
use ui::{Checkboxes, Choice, Glyph, Select, Tag, TextField, Tone};

/// Working hours that are mostly asked for: three working days.
const USUAL_HOURS: &str = "24";

/// The form that asks.
pub(super) fn ask(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "ask_opinion");
    let open = form.came_back();
    let units = asked_from(view).into_iter();
    let units = units.map(|(id, name)| Choice::new(id.to_string(), format::sentence_case(&name))).collect();
    let files: Vec<Choice> =
        view.uploads.iter().map(|file| Choice::new(file.id.to_string(), file.name.clone())).collect();
    let chosen = form.chosen("files[]");
    let files = (!files.is_empty()).then(|| {
        view! {
            <Checkboxes
                id=id_of(form.act, "files")
                name="files[]"
                legend=t("Tệp gửi kèm")
                hint=t("Đơn vị được hỏi chỉ xem được câu hỏi và những tệp chọn ở đây.")
                error=form.wrong("files")
                options=files
                values=chosen
            />
        }
    });
    let due = view.row.state.current_due().map(|due| {
        let words = tf(
            "Hạn của hồ sơ vẫn tính: {lúc}. Luật cho không tính thời gian này thì dùng thêm Tạm dừng tính hạn.",
            &[("lúc", &format::until(due))],
        );
        view! { <p class="hint">{words}</p> }
    });
    let fields = view! {
        <Select
            id=id_of(form.act, "unit")
            name="unit"
            label=t("Đơn vị được hỏi")
            error=form.wrong("unit")
            blank=t("Chọn đơn vị")
            options=units
            value=form.typed("unit")
            required=true
        />
        {form.reason("question", t("Cần hỏi điều gì"), t("Ghi đủ để đơn vị đó trả lời được mà không phải hỏi lại. Không ghi số định danh."))}
        {files}
        <TextField
            id=id_of(form.act, "hours")
            name="hours"
            label=t("Trả lời trong mấy giờ làm việc")
            hint=t("8 giờ là một ngày làm việc, tính theo lịch của đơn vị được hỏi.")
            error=form.wrong("hours")
            value=form.typed("hours").unwrap_or_else(|| USUAL_HOURS.into())
            max_length=3
            required=true
        />
        {due}
    };
    let form = form.draw(fields.into_any(), Go { words: t("Gửi lấy ý kiến").into(), look });
    fold(t("Lấy ý kiến phối hợp"), look, open, form)
}

/// Who may be asked: other divisions of the own unit first, then other units.
fn asked_from(view: &DossierView) -> Vec<(i64, String)> {
    let (office, own) = (office(), view.row.resolving_office);
    let mut asked = office.divisions_to_ask(&context::staff(), own);
    asked.extend(office.units_to_ask(own));
    asked
}

/// Whether there is anybody to ask.
pub(super) fn can_ask(view: &DossierView) -> bool {
    !asked_from(view).is_empty()
}

/// The form that takes a request back.
pub(super) fn recall(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "recall_opinion");
    let open = form.came_back();
    let waiting = view.opinions.iter().filter(|one| one.ended_at.is_none());
    let options: Vec<Choice> = waiting.map(|one| Choice::new(one.id.to_string(), unit_name(one))).collect();
    let value = form.typed("opinion").or_else(|| options.first().map(|one| one.value.clone()));
    let fields = view! {
        <Select id=id_of(form.act, "opinion") name="opinion" label=t("Thu hồi yêu cầu gửi") options value required=true/>
        {form.reason("reason", t("Lý do thu hồi"), t("Đơn vị được hỏi không phải trả lời nữa."))}
    };
    let form = form.draw(fields.into_any(), Go { words: t("Thu hồi yêu cầu").into(), look });
    fold(t("Thu hồi yêu cầu ý kiến"), look, open, form)
}

/// What was asked and answered; nothing where nobody was asked.
pub(super) fn opinions(view: &DossierView) -> Option<AnyView> {
    if view.opinions.is_empty() {
        return None;
    }
    let may_remind = office().may_act(&context::staff(), &view.row, ActKind::AskOpinion).is_ok();
    let lines = view.opinions.iter().map(|one| line(view, one, may_remind)).collect::<Vec<_>>();
    let danger = promise_in_danger(view).map(|words| view! { <p class="hint">{words}</p> });
    let body = view! { {danger} <ul class="staff-notes" role="list">{lines}</ul> };
    Some(super::part(t("Ý kiến phối hợp"), "y-kien", body.into_any()))
}

/// That an answer may come behind the promised day, while the clock runs: what the law asks for is an apology in time with a
/// new day, which its resident is then told.
fn promise_in_danger(view: &DossierView) -> Option<String> {
    let state = &view.row.state;
    let due = state.current_due().filter(|_| state.open_pause().is_none() && !state.is_redated())?;
    let comes_behind = state.open_opinions().any(|opinion| opinion.respond_by > due);
    comes_behind.then(|| {
        tf(
            "Hạn trả lời ý kiến sau hạn của hồ sơ ({lúc}). Nếu không kịp thì dùng Xin lỗi và hẹn lại trước khi quá hạn.",
            &[("lúc", &format::until(due))],
        )
    })
}

fn line(view: &DossierView, row: &OpinionRow, may_remind: bool) -> AnyView {
    let moment = |at: i64| format::moment(Instant(at));
    let asked = tf("{tên} hỏi {lúc}", &[("tên", &row.asked_by_name), ("lúc", &moment(row.asked_at))]);
    let answer = row.stance.as_deref().and_then(Stance::from_key).map(|stance| {
        let by = row.answered_by.clone().unwrap_or_default();
        let head = tf("{ý kiến} – {tên}", &[("ý kiến", status::stance(stance)), ("tên", &by)]);
        view! { <p><strong>{head}</strong></p> }
    });
    let words = row.words.clone().filter(|words| !words.is_empty());
    let words = words.map(|words| view! { <p class="note-words">{words}</p> });
    let laid: Vec<&UploadRow> = view.uploads.iter().filter(|file| opinion_of(&file.question) == Some(row.id)).collect();
    let files = files::links(t("Tệp kèm ý kiến"), &laid);
    let remind = (may_remind && row.ended_at.is_none()).then(|| remind(row));
    let reminded = row.reminded_at.filter(|_| row.ended_at.is_none());
    let reminded = reminded.map(|at| {
        view! { <p class="sub">{tf("Đã nhắc {lúc}", &[("lúc", &moment(at))])}</p> }
    });
    view! {
        <li>
            <p>{unit_name(row)} " " {state_tag(row)}</p>
            <p class="sub">{asked}</p>
            <p class="note-words">{row.question.clone()}</p>
            {answer}
            {words}
            {files}
            {reminded}
            {remind}
        </li>
    }
    .into_any()
}

/// Where a request stands: by when it is to be answered, late, or how it ended.
pub(in crate::staff) fn state_tag(row: &OpinionRow) -> AnyView {
    let until = format::until(Instant(row.respond_by));
    let (tone, glyph, words) = match row.ended.as_deref().and_then(OpinionEnd::from_key) {
        Some(OpinionEnd::Answered) => (Tone::Success, Glyph::Tick, t("Đã trả lời").to_string()),
        Some(OpinionEnd::Recalled) => (Tone::Grey, Glyph::ArrowBack, t("Đã thu hồi").to_string()),
        Some(OpinionEnd::Lapsed) => (Tone::Grey, Glyph::Square, t("Không cần trả lời nữa").to_string()),
        None if row.respond_by < office().now().0 => {
            (Tone::Error, Glyph::Warning, tf("Quá hạn trả lời, hạn {lúc}", &[("lúc", &until)]))
        }
        None => (Tone::Info, Glyph::Clock, tf("Trả lời trước {lúc}", &[("lúc", &until)])),
    };
    view! { <Tag tone glyph words/> }.into_any()
}

fn remind(row: &OpinionRow) -> AnyView {
    let id = row.id.to_string();
    let form = OwnForm::of_line("opinions/remind_opinion", "opinion", &id);
    let problem = form.problem_on_top();
    let label = tf("Nhắc trả lời: {đơn vị}", &[("đơn vị", &unit_name(row))]);
    let fields = view! {
        {problem}
        <input type="hidden" name="opinion" value=id/>
        <input type="hidden" name="dossier" value=row.dossier_id.to_string()/>
    };
    let button = view! {
        <button class="button button-secondary" type="submit" aria-label=label>{t("Nhắc trả lời")}</button>
    };
    form.draw(fields, button)
}

pub(super) fn unit_name(row: &OpinionRow) -> String {
    let books = office().books();
    books.places.by_id(row.asked_unit).map(|office| office_name(&office.key)).unwrap_or_default()
}

//! The frame of an act's form: hidden parts, what was typed before, the sentence of a refusal, the button.

use crate::{
    context::{self, Retry},
    errors::{field_of, refused, sentence},
    words::{t, tf},
};
use domain::{reason::ReasonKind, time::Day};
use leptos::prelude::*;
use office::{Error, Uuid, dossiers::DossierView, reasons::ReasonRow};
use ui::{Choice, DateField, ErrorSummary, ProblemLink, Select, TextArea};

/// A form of one act on one dossier.
pub(super) struct Form<'a> {
    pub view: &'a DossierView,
    /// Name of the act's server function.
    pub act: &'static str,
    retry: Option<Retry>,
}

/// The button that does it.
pub(super) struct Go {
    pub words: String,
    pub look: Look,
}

/// A day to be typed in three boxes.
pub(super) struct DayField {
    /// Id of the first box.
    pub id: String,
    /// Form names of the three boxes: day, month, year.
    pub names: [&'static str; 3],
    pub legend: &'static str,
    pub hint: Option<String>,
    /// The field that a refusal names.
    pub field: &'static str,
    /// The day that stands there until another is typed.
    pub usual: Option<Day>,
}

/// How an act stands on the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// The next step: open, with the page's one main button and its key.
    Next,
    /// Folded away until wanted.
    Other,
    /// Folded away; cannot be undone.
    Final,
}

impl<'a> Form<'a> {
    pub fn new(view: &'a DossierView, act: &'static str) -> Self {
        Self { view, act, retry: context::retry_of(act) }
    }

    /// What was typed in that field before the act was refused.
    pub fn typed(&self, field: &str) -> Option<String> {
        self.retry.as_ref().and_then(|retry| retry.typed(field))
    }

    /// Everything that was chosen under that name.
    pub fn chosen(&self, field: &str) -> Vec<String> {
        let typed = self.retry.iter().flat_map(|retry| retry.typed_all());
        typed.filter(|(name, _)| name == field).map(|(_, value)| value.clone()).collect()
    }

    /// Whether this form comes again because it was refused.
    pub fn came_back(&self) -> bool {
        self.retry.is_some() || self.template().is_some()
    }

    /// The text of the library that was chosen to begin this act's reason with.
    fn template(&self) -> Option<&'a ReasonRow> {
        let kind = reason_kind(self.act)?;
        let chosen = chosen_template()?;
        self.view.reasons.iter().find(|row| row.kind == kind.key() && row.id == chosen.0 && self.act == chosen.1)
    }

    /// The list of texts for this act's reason: a form of its own that leads to this page with the text filled in.
    fn templates(&self) -> Option<AnyView> {
        let kind = reason_kind(self.act)?;
        let texts = self.view.reasons.iter().filter(|row| row.kind == kind.key());
        let options: Vec<Choice> = texts.map(|row| Choice::new(row.id.to_string(), row.title.clone())).collect();
        if options.is_empty() {
            return None;
        }
        let (id, action) = (format!("{}-mau", self.act), format!("/can-bo/ho-so/{}", self.view.row.id));
        let value = self.template().map(|row| row.id.to_string());
        Some(
            view! {
                <form class="staff-form staff-template" method="get" action=action>
                    <input type="hidden" name="viec" value=self.act/>
                    <Select
                        id
                        name="mau"
                        label=t("Mẫu lý do")
                        hint=t("Chọn trước khi gõ các ô dưới. Câu mẫu vẫn sửa được.")
                        options
                        value
                    />
                    <button class="button button-secondary" type="submit">{t("Dùng mẫu")}</button>
                </form>
            }
            .into_any(),
        )
    }

    /// The sentence of the refusal, when it is about what stands in that field.
    pub fn wrong(&self, field: &str) -> Option<String> {
        let retry = self.retry.as_ref()?;
        (wrong_field(retry)? == field).then(|| sentence(&retry.error))
    }

    /// A box for a reason; every form has its own id for it.
    pub fn reason(&self, name: &'static str, label: &'static str, hint: &'static str) -> AnyView {
        let id = id_of(self.act, name);
        let template = self.template().filter(|_| name == "reason").map(|row| row.words.clone());
        let (value, error) = (self.typed(name).or(template), self.wrong(name));
        view! { <TextArea id name label hint error rows=2 max_length=2000 value required=true/> }.into_any()
    }

    /// A day, as it was typed before or as it mostly is.
    pub fn day(&self, what: DayField) -> AnyView {
        let usual = what.usual.map(|usual| {
            let (year, month, day) = usual.ymd();
            [format!("{day:02}"), format!("{month:02}"), year.to_string()]
        });
        let [usual_day, usual_month, usual_year] = usual.map_or([None, None, None], |parts| parts.map(Some));
        let [day, month, year] = what.names.map(|name| self.typed(name));
        view! {
            <DateField
                id=what.id
                names=what.names.map(str::to_owned)
                legend=what.legend
                hint=what.hint
                error=self.wrong(what.field)
                day_label=t("Ngày")
                month_label=t("Tháng")
                year_label=t("Năm")
                day=day.or(usual_day)
                month=month.or(usual_month)
                year=year.or(usual_year)
            />
        }
        .into_any()
    }

    /// The form with these fields.
    pub fn draw(self, fields: AnyView, go: Go) -> AnyView {
        let row = &self.view.row;
        let hidden = [
            ("trang", context::here()),
            ("dossier", row.id.to_string()),
            ("seen", row.version.to_string()),
            ("command", context::new_command()),
        ];
        let hidden = hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).into_iter();
        let hidden = hidden.collect_view();
        let front = if OPINIONS.contains(&self.act) { OPINION_ACTS } else { ACTS };
        let action = format!("{front}{}", self.act);
        // Who came second is told at the top of the page, with what was typed; a problem of one field at that field.
        let elsewhere = |retry: &Retry| matches!(*retry.error, Error::Stale) || wrong_field(retry).is_some();
        let wrong = (!self.retry.as_ref().is_some_and(elsewhere)).then(|| refused(self.act)).flatten();
        let (class, key) = match go.look {
            Look::Next => ("button", Some("s")),
            Look::Other => ("button button-secondary", None),
            Look::Final => ("button button-danger", None),
        };
        let hint = key.map(|_| view! { <span class="hint-keys"><kbd>"Alt + S"</kbd></span> });
        let keep = (go.look == Look::Final).then(|| {
            let href = format!("/can-bo/ho-so/{}", row.id);
            view! { <a class="button button-secondary" href=href>{t("Giữ nguyên hồ sơ")}</a> }
        });
        let templates = self.templates();
        view! {
            {wrong}
            {templates}
            <form class="staff-form" method="post" action=action>
                {hidden}
                {fields}
                <div class="button-row">
                    <button class=class type="submit" accesskey=key>{go.words}</button>
                    {keep}
                    {hint}
                </div>
            </form>
        }
        .into_any()
    }
}

/// What a text of the library begins in that act.
fn reason_kind(act: &str) -> Option<ReasonKind> {
    match act {
        "ask_supplement" => Some(ReasonKind::Supplement),
        "refuse_to_accept" | "decide_not_to_grant" => Some(ReasonKind::Refusal),
        "redate_dossier" => Some(ReasonKind::Extension),
        _ => None,
    }
}

/// The text that the address asks for, and for which act.
fn chosen_template() -> Option<(Uuid, String)> {
    let here = context::here();
    let (_, query) = here.split_once('?')?;
    let value = |name: &str| query.split('&').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name));
    Some((value("mau")?.1.parse().ok()?, value("viec")?.1.to_string()))
}

/// Front part of the address of the acts on a dossier.
const ACTS: &str = "/api/app/acts/dossiers/";
/// The same of what other units are asked.
const OPINION_ACTS: &str = "/api/app/acts/opinions/";
const OPINIONS: [&str; 2] = ["ask_opinion", "recall_opinion"];
/// The same of the other acts of this page.
const OTHER_ACTS: [&str; 3] = [OPINION_ACTS, "/api/app/acts/notes/", "/api/app/acts/reveal/"];

/// The id of a field of an act's form.
pub(super) fn id_of(act: &str, field: &str) -> String {
    match field {
        "to[name]" => "collector-name".into(),
        "to[authority]" => "authority".into(),
        "to[identity_paper]" => "identity_paper".into(),
        "to[carrier]" => "carrier".into(),
        "on" if act == "deliver_dossier" => "posted-on".into(),
        "paid[payer]" => format!("{act}-payer"),
        "paid[amount]" => format!("{act}-amount"),
        "paid[way]" => format!("{act}-way"),
        "new_due" | "exclusion" | "proposal" | "words" | "case" | "hien" | "hien_ro" => field.into(),
        _ => format!("{act}-{field}"),
    }
}

/// What is wrong in one field of a form of this page that was refused: a link to that field, at the top of the page.
pub(super) fn problem_on_top() -> Option<AnyView> {
    let retry = use_context::<Retry>()?;
    let act = OTHER_ACTS.into_iter().chain([ACTS]).find_map(|front| retry.act.strip_prefix(front))?;
    let field = wrong_field(&retry)?;
    let id = match act {
        // Of this one the page has as many as files are waited for.
        "let_file_go" => format!("{act}-{}-{field}", retry.typed("upload").unwrap_or_default()),
        _ => id_of(act, field),
    };
    let link = ProblemLink::new(id, sentence(&retry.error));
    let headline = t("Việc vừa bấm chưa được ghi. Còn 1 chỗ cần sửa.");
    Some(view! { <ErrorSummary headline problems=vec![link]/> }.into_any())
}

fn wrong_field(retry: &Retry) -> Option<&'static str> {
    field_of(&retry.error, |field| retry.typed(field).is_some_and(|typed| typed.trim().is_empty()))
}

/// An act on the page: open when it is the next one or came back refused, else folded.
pub(super) fn fold(title: &'static str, look: Look, open: bool, form: AnyView) -> AnyView {
    if look == Look::Next {
        return view! { <div class="staff-act staff-act-next"><h3>{title}</h3>{form}</div> }.into_any();
    }
    view! {
        <details class="details staff-act" open=open>
            <summary>{title}</summary>
            <div class="details-body">{form}</div>
        </details>
    }
    .into_any()
}

/// A form of words and a button.
pub(super) fn plain(view: &DossierView, act: &'static str, title: &'static str, words: String, look: Look) -> AnyView {
    let form = Form::new(view, act);
    let open = form.came_back();
    let form = form.draw(view! { <p>{words}</p> }.into_any(), Go { words: title.into(), look });
    fold(title, look, open, form)
}

/// The question before what cannot be undone.
pub(super) fn sure(view: &DossierView, act: &str) -> AnyView {
    let code = view.row.code.as_deref().or(view.row.temporary_code.as_deref()).unwrap_or_default();
    let words = tf("{việc}: hồ sơ {mã}, {tên}?", &[("việc", act), ("mã", code), ("tên", &view.row.applicant_name)]);
    view! { <p><strong>{words}</strong></p> }.into_any()
}

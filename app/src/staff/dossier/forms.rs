//! The frame of an act's form: hidden parts, what was typed before, the sentence of a refusal, the button.

use crate::{
    context::{self, Retry},
    errors::{field_of, refused, sentence},
    words::t,
};
use domain::time::Day;
use leptos::prelude::*;
use office::{Error, dossiers::DossierView};
use ui::{Checkbox, DateField, ErrorSummary, ProblemLink, TextArea};

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

    /// Whether this form comes again because it was refused.
    pub fn came_back(&self) -> bool {
        self.retry.is_some()
    }

    /// The sentence of the refusal, when it is about what stands in that field.
    pub fn wrong(&self, field: &str) -> Option<String> {
        let retry = self.retry.as_ref()?;
        (wrong_field(retry)? == field).then(|| sentence(&retry.error))
    }

    /// A box for a reason; every form has its own id for it.
    pub fn reason(&self, name: &'static str, label: &'static str, hint: &'static str) -> AnyView {
        let id = id_of(self.act, name);
        let (value, error) = (self.typed(name), self.wrong(name));
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
        let action = format!("{ACTS}{}", self.act);
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
        view! {
            {wrong}
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

/// Front part of the address of the acts on a dossier.
const ACTS: &str = "/api/app/acts/dossiers/";
/// The same of the other acts of this page.
const OTHER_ACTS: [&str; 2] = ["/api/app/acts/notes/", "/api/app/acts/reveal/"];

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
    let link = ProblemLink::new(id_of(act, wrong_field(&retry)?), sentence(&retry.error));
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

/// One box to tick, as it was ticked before.
pub(super) fn tick(form: &Form<'_>, name: &'static str, label: &'static str) -> AnyView {
    let (id, checked, error) = (id_of(form.act, name), form.typed(name).is_some(), form.wrong(name));
    view! { <Checkbox id name label error checked/> }.into_any()
}

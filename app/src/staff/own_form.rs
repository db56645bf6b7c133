//! The frame of a staff form that belongs to no dossier: hidden parts, what was typed before, the sentence of a refusal.

use crate::{
    context::{self, Beside, Retry},
    errors::{field_of, sentence},
    words::t,
};
use domain::time::Day;
use leptos::prelude::*;
use ui::{DateField, ErrorSummary, Notice, ProblemLink, Tone};

/// A form of one act.
pub(crate) struct OwnForm {
    /// The act's place under `/api/app/acts/`: `mandates/delegate`.
    pub act: &'static str,
    /// What the ids of its fields begin with; a page may have the form once a line.
    front: String,
    retry: Option<Retry>,
    /// What was typed beside a file, when the page comes again for that.
    beside: Option<Beside>,
    is_wide: bool,
}

impl OwnForm {
    /// The page's one form for that act.
    pub fn new(act: &'static str) -> Self {
        Self { act, front: name_of(act).into(), retry: context::retry_of(act), beside: None, is_wide: false }
    }

    /// One of several forms for that act, told apart by a hidden field of that value.
    pub fn of_line(act: &'static str, field: &str, value: &str) -> Self {
        let retry = context::retry_of(act).filter(|retry| retry.typed(field).as_deref() == Some(value));
        Self { act, front: format!("{}-{value}", name_of(act)), retry, beside: None, is_wide: false }
    }

    /// The same as wide as the page: a table stands in it.
    pub fn wide(self) -> Self {
        Self { is_wide: true, ..self }
    }

    /// The same for a form that a file is sent from too: it keeps what was typed beside the file.
    pub fn with_file(self) -> Self {
        Self { beside: use_context::<Beside>(), ..self }
    }

    /// The id of a field.
    pub fn id(&self, field: &str) -> String {
        format!("{}-{field}", self.front)
    }

    /// Whether this form comes again with what was typed: it was refused, or a file was sent from it.
    pub fn came_back(&self) -> bool {
        self.retry.is_some() || self.beside.is_some()
    }

    /// What was typed in that field before the form came again.
    pub fn typed(&self, field: &str) -> Option<String> {
        match &self.retry {
            Some(retry) => retry.typed(field),
            None => self.beside.as_ref()?.typed(field),
        }
    }

    /// Everything that was chosen under that name.
    pub fn chosen(&self, field: &str) -> Vec<String> {
        let refused = self.retry.iter().flat_map(|retry| retry.typed_all());
        let refused = refused.filter(|(name, _)| name == field).map(|(_, value)| value.clone());
        let beside = self.beside.iter().filter(|_| self.retry.is_none()).flat_map(|beside| beside.all(field));
        refused.chain(beside).collect()
    }

    fn wrong_field(&self) -> Option<&'static str> {
        let retry = self.retry.as_ref()?;
        field_of(&retry.error, |field| retry.typed(field).is_some_and(|typed| typed.trim().is_empty()))
    }

    /// The sentence of the refusal, when it is about what stands in that field.
    pub fn wrong(&self, field: &str) -> Option<String> {
        let retry = self.retry.as_ref()?;
        (self.wrong_field()? == field).then(|| sentence(&retry.error))
    }

    /// What is wrong, for the top of the page: a link to the field, or the sentence where no field is to blame.
    pub fn problem_on_top(&self) -> Option<AnyView> {
        let retry = self.retry.as_ref()?;
        let words = sentence(&retry.error);
        Some(match self.wrong_field() {
            Some(field) => {
                let headline = t("Việc vừa bấm chưa được ghi. Còn 1 chỗ cần sửa.");
                view! { <ErrorSummary headline problems=vec![ProblemLink::new(self.id(field), words)]/> }.into_any()
            }
            None => view! { <Notice tone=Tone::Error live=true id="loi">{words}</Notice> }.into_any(),
        })
    }

    /// A day in three boxes, `{field}-day` and so on.
    pub fn day(&self, field: &'static str, legend: &'static str, usual: Option<Day>) -> AnyView {
        let usual = usual.map(|usual| {
            let (year, month, day) = usual.ymd();
            [format!("{day:02}"), format!("{month:02}"), year.to_string()]
        });
        let names = ["day", "month", "year"].map(|part| format!("{field}-{part}"));
        let [usual_day, usual_month, usual_year] = usual.map_or([None, None, None], |parts| parts.map(Some));
        let [day, month, year] = names.each_ref().map(|name| self.typed(name));
        view! {
            <DateField
                id=self.id(field)
                names
                legend
                error=self.wrong(field)
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

    /// The form with these fields and this button.
    pub fn draw(self, fields: impl IntoView, button: impl IntoView) -> AnyView {
        let action = format!("/api/app/acts/{}", self.act);
        let class = (!self.is_wide).then_some("staff-form");
        view! {
            <form class=class method="post" action=action>
                <input type="hidden" name="trang" value=context::here()/>
                <input type="hidden" name="command" value=self.typed("command").unwrap_or_else(context::new_command)/>
                {fields}
                <div class="button-row">{button}</div>
            </form>
        }
        .into_any()
    }
}

/// The last part of an act's place.
fn name_of(act: &'static str) -> &'static str {
    act.rsplit('/').next().unwrap_or(act)
}

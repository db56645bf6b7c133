//! A date in three boxes: day, month, year.

use leptos::prelude::*;

use crate::MaybeText;
use crate::choice::FieldSet;

/// A date in three boxes with the number keyboard. No native date picker: on phones set to English it shows the
/// month first.
///
/// The boxes have the ids `{id}`, `{id}-month`, `{id}-year` and the form names `{name}-day`, `{name}-month`,
/// `{name}-year`. The day has the plain id, so that an error can link to the first box.
#[component]
pub fn DateField(
    /// Id of the first box; ids of hint and error are built from it.
    #[prop(into)]
    id: String,
    /// Front part of the form names; the id when left out.
    #[prop(optional, into)]
    name: MaybeText,
    /// Form names of the three boxes, day first, where they are not built from `name`.
    #[prop(optional)]
    names: Option<[String; 3]>,
    /// What is asked.
    #[prop(into)]
    legend: String,
    /// Help, directly under the question.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong and how to put it right.
    #[prop(optional, into)]
    error: MaybeText,
    /// The word for "not required", after the question.
    #[prop(optional, into)]
    optional: MaybeText,
    /// The word over the day's box.
    #[prop(into)]
    day_label: String,
    /// The word over the month's box.
    #[prop(into)]
    month_label: String,
    /// The word over the year's box.
    #[prop(into)]
    year_label: String,
    /// The day as it was typed.
    #[prop(optional, into)]
    day: MaybeText,
    /// The month as it was typed.
    #[prop(optional, into)]
    month: MaybeText,
    /// The year as it was typed.
    #[prop(optional, into)]
    year: MaybeText,
    /// The date is the birthday of the person at the screen: the browser may fill it in.
    #[prop(optional)]
    own_birthday: bool,
    /// The question is also the heading of the page.
    #[prop(optional)]
    page_heading: bool,
) -> impl IntoView {
    let name = name.or(&id);
    let [day_name, month_name, year_name] =
        names.unwrap_or_else(|| ["day", "month", "year"].map(|part| format!("{name}-{part}")));
    let wrong = error.is_some();
    let part = |id: String, part: &'static str, name: String, label: String, value: MaybeText| {
        let year = part == "year";
        view! {
            <div class="date-part">
                <label for=id.clone()>{label}</label>
                <input
                    class=if year { "input input-4" } else { "input input-2" }
                    id=id
                    name=name
                    type="text"
                    inputmode="numeric"
                    maxlength=if year { "4" } else { "2" }
                    value=value.into_option()
                    autocomplete=own_birthday.then(|| format!("bday-{part}"))
                    aria-invalid=wrong.then_some("true")
                />
            </div>
        }
        .into_any()
    };
    let boxes = [
        part(id.clone(), "day", day_name, day_label, day),
        part(format!("{id}-month"), "month", month_name, month_label, month),
        part(format!("{id}-year"), "year", year_name, year_label, year),
    ];
    view! {
        <FieldSet id=id legend=legend hint=hint error=error optional=optional page_heading=page_heading>
            <div class="date-parts">{boxes.into_iter().collect_view()}</div>
        </FieldSet>
    }
}

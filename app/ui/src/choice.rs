//! Radio buttons and checkboxes, in a fieldset.

use leptos::prelude::*;

use crate::MaybeText;
use crate::field::{described_by, error_line, field_class, hint_line, invalid};

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What a person reads.
    pub label: String,
    /// Help under the label.
    pub hint: MaybeText,
}

impl Choice {
    /// A choice without a hint.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: MaybeText::default() }
    }

    /// The same choice with help under its label.
    pub fn hint(mut self, hint: impl Into<MaybeText>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// One answer out of a few.
#[component]
pub fn Radios(
    /// Id of the first radio button, so that an error can link to it; the others get `{id}-2`, `{id}-3`…
    #[prop(into)]
    id: String,
    /// Form name; the id when left out.
    #[prop(optional, into)]
    name: MaybeText,
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
    /// What can be chosen.
    options: Vec<Choice>,
    /// The value chosen before.
    #[prop(optional, into)]
    value: MaybeText,
    /// Side by side where there is room: for two or three short words.
    #[prop(optional)]
    inline: bool,
    /// The question is also the heading of the page.
    #[prop(optional)]
    page_heading: bool,
) -> impl IntoView {
    let name = name.or(&id);
    let items = items("radio", &id, &name, options, |choice| value.as_deref() == Some(choice));
    view! {
        <FieldSet id=id legend=legend hint=hint error=error optional=optional page_heading=page_heading>
            <div class=if inline { "choices choices-inline" } else { "choices" }>{items}</div>
        </FieldSet>
    }
}

/// Any number of answers out of a few.
#[component]
pub fn Checkboxes(
    /// Id of the first checkbox, so that an error can link to it; the others get `{id}-2`, `{id}-3`…
    #[prop(into)]
    id: String,
    /// Form name, sent once for each ticked box; the id when left out.
    #[prop(optional, into)]
    name: MaybeText,
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
    /// What can be chosen.
    options: Vec<Choice>,
    /// The values chosen before.
    #[prop(optional)]
    values: Vec<String>,
    /// Side by side where there is room.
    #[prop(optional)]
    inline: bool,
    /// The question is also the heading of the page.
    #[prop(optional)]
    page_heading: bool,
) -> impl IntoView {
    let name = name.or(&id);
    let items = items("checkbox", &id, &name, options, |choice| values.iter().any(|value| value == choice));
    view! {
        <FieldSet id=id legend=legend hint=hint error=error optional=optional page_heading=page_heading>
            <div class=if inline { "choices choices-inline" } else { "choices" }>{items}</div>
        </FieldSet>
    }
}

/// One box to tick, alone: a declaration, a consent.
#[component]
pub fn Checkbox(
    /// Id of the box; ids of hint and error are built from it.
    #[prop(into)]
    id: String,
    /// Form name; the id when left out.
    #[prop(optional, into)]
    name: MaybeText,
    /// What ticking the box says.
    #[prop(into)]
    label: String,
    /// Help under the label.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong and how to put it right, above the box.
    #[prop(optional, into)]
    error: MaybeText,
    /// What a ticked box sends.
    #[prop(default = "1".into(), into)]
    value: String,
    /// The box was ticked before.
    #[prop(optional)]
    checked: bool,
) -> impl IntoView {
    view! {
        <div class=field_class(&error)>
            {error_line(&id, &error)}
            <div class="choice">
                <input
                    type="checkbox"
                    id=id.clone()
                    name=name.or(&id)
                    value=value
                    checked=checked
                    aria-invalid=invalid(&error)
                    aria-describedby=described_by(&id, &hint, &error)
                />
                <label for=id.clone()>{label}</label>
                {hint_line(&id, &hint)}
            </div>
        </div>
    }
}

/// Question, hint and error around several controls that answer it together.
#[component]
pub(crate) fn FieldSet(
    /// Ids of hint and error are built from it.
    id: String,
    /// What is asked.
    legend: String,
    /// Help, directly under the question.
    hint: MaybeText,
    /// What is wrong and how to put it right.
    error: MaybeText,
    /// The word for "not required", after the question.
    optional: MaybeText,
    /// The question is also the heading of the page.
    page_heading: bool,
    /// The controls.
    children: Children,
) -> impl IntoView {
    let optional = optional.into_option().map(|words| view! { <span class="optional">{words}</span> });
    let legend = if page_heading {
        view! { <h1 class="label-heading">{legend}{optional}</h1> }.into_any()
    } else {
        view! { {legend}{optional} }.into_any()
    };
    view! {
        <fieldset class=field_class(&error) aria-describedby=described_by(&id, &hint, &error)>
            <legend class="label">{legend}</legend>
            {hint_line(&id, &hint)}
            {error_line(&id, &error)}
            {children()}
        </fieldset>
    }
}

fn items(
    kind: &'static str,
    id: &str,
    name: &str,
    options: Vec<Choice>,
    is_chosen: impl Fn(&str) -> bool,
) -> Vec<AnyView> {
    options
        .into_iter()
        .enumerate()
        .map(|(index, Choice { value, label, hint })| {
            let id = if index == 0 { id.to_owned() } else { format!("{id}-{}", index + 1) };
            // The first item shares its id with the question, whose hint already owns `{id}-hint`.
            let own = format!("{id}-item");
            let checked = is_chosen(&value);
            view! {
                <div class="choice">
                    <input
                        type=kind
                        id=id.clone()
                        name=name.to_owned()
                        value=value
                        checked=checked
                        aria-describedby=described_by(&own, &hint, &MaybeText::default())
                    />
                    <label for=id>{label}</label>
                    {hint_line(&own, &hint)}
                </div>
            }
            .into_any()
        })
        .collect()
}

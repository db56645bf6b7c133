//! One answer out of many, in a list that opens.

use leptos::prelude::*;

use crate::MaybeText;
use crate::choice::Choice;
use crate::field::{FieldShell, described_by, invalid};

/// One answer out of many. Up to about seven, prefer `Radios`.
#[component]
pub fn Select(
    /// Id of the list; ids of hint and error are built from it.
    #[prop(into)]
    id: String,
    /// Form name; the id when left out.
    #[prop(optional, into)]
    name: MaybeText,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// Help, directly under the label.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong and how to put it right.
    #[prop(optional, into)]
    error: MaybeText,
    /// The word for "not required", after the label.
    #[prop(optional, into)]
    optional: MaybeText,
    /// Words of the empty answer; no empty answer when left out.
    #[prop(optional, into)]
    blank: MaybeText,
    /// What can be chosen; hints are not shown.
    options: Vec<Choice>,
    /// The value chosen before.
    #[prop(optional, into)]
    value: MaybeText,
    /// The browser refuses to send the form while nothing is chosen.
    #[prop(optional)]
    required: bool,
    /// The label is also the heading of the page.
    #[prop(optional)]
    page_heading: bool,
) -> impl IntoView {
    let blank = blank.into_option().map(|words| view! { <option value="">{words}</option> });
    let items = options
        .into_iter()
        .map(|choice| {
            let selected = value.as_deref() == Some(choice.value.as_str());
            view! { <option value=choice.value selected=selected>{choice.label}</option> }
        })
        .collect_view();
    let list = view! {
        <select
            class="input select"
            id=id.clone()
            name=name.or(&id)
            required=required
            aria-invalid=invalid(&error)
            aria-describedby=described_by(&id, &hint, &error)
        >
            {blank}
            {items}
        </select>
    };
    view! {
        <FieldShell id=id label=label hint=hint error=error optional=optional page_heading=page_heading>
            {list}
        </FieldShell>
    }
}

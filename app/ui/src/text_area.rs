//! A box for several lines of text.

use leptos::prelude::*;

use crate::MaybeText;
use crate::field::{FieldShell, described_by, invalid};

/// A box for several lines of text.
#[component]
pub fn TextArea(
    /// Id of the box; ids of hint and error are built from it.
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
    /// What is wrong and how to put it right, directly above the box.
    #[prop(optional, into)]
    error: MaybeText,
    /// The word for "not required", after the label.
    #[prop(optional, into)]
    optional: MaybeText,
    /// What was typed before.
    #[prop(optional, into)]
    value: MaybeText,
    /// Height in lines.
    #[prop(default = 4)]
    rows: u8,
    /// Longest accepted text, in UTF-16 units, as browsers count.
    #[prop(optional)]
    max_length: Option<u32>,
    /// The browser refuses to send the form while the box is empty.
    #[prop(optional)]
    required: bool,
    /// The label is also the heading of the page.
    #[prop(optional)]
    page_heading: bool,
) -> impl IntoView {
    // A browser drops the first line break inside a textarea, so one is put in front of what was typed.
    let typed = value.into_option().map(|typed| format!("\n{typed}")).unwrap_or_default();
    let area = view! {
        <textarea
            class="input"
            id=id.clone()
            name=name.or(&id)
            rows=rows.to_string()
            maxlength=max_length.map(|length| length.to_string())
            required=required
            aria-invalid=invalid(&error)
            aria-describedby=described_by(&id, &hint, &error)
        >
            {typed}
        </textarea>
    };
    view! {
        <FieldShell id=id label=label hint=hint error=error optional=optional page_heading=page_heading>
            {area}
        </FieldShell>
    }
}

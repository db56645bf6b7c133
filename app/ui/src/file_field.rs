//! Handing in papers: the file input, and the list of what has arrived.

use leptos::prelude::*;

use crate::MaybeText;
use crate::field::{described_by, error_line, field_class, hint_line, invalid};
use crate::icon::{Glyph, Icon};

/// A plain file input that works without a script.
#[component]
pub fn FileField(
    /// Id of the input; ids of hint and error are built from it.
    #[prop(into)]
    id: String,
    /// Form name; the id when left out.
    #[prop(optional, into)]
    name: MaybeText,
    /// Which paper is asked for.
    #[prop(into)]
    label: String,
    /// Help, directly under the label: accepted kinds and largest size.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong and how to put it right.
    #[prop(optional, into)]
    error: MaybeText,
    /// The word for "not required", after the label.
    #[prop(optional, into)]
    optional: MaybeText,
    /// Accepted kinds, as the `accept` attribute: `image/jpeg,image/png,application/pdf`.
    #[prop(optional, into)]
    accept: MaybeText,
    /// More than one file at once.
    #[prop(optional)]
    multiple: bool,
    /// The browser refuses to send the form while no file is chosen.
    #[prop(optional)]
    required: bool,
    /// Between the error and the input: usually an `UploadedList`.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let optional = optional.into_option().map(|words| view! { <span class="optional">{words}</span> });
    view! {
        <div class=field_class(&error)>
            <label class="label" for=id.clone()>{label}{optional}</label>
            {hint_line(&id, &hint)}
            {error_line(&id, &error)}
            {children.map(|children| children())}
            <input
                class="file"
                type="file"
                id=id.clone()
                name=name.or(&id)
                accept=accept.into_option()
                multiple=multiple
                required=required
                aria-invalid=invalid(&error)
                aria-describedby=described_by(&id, &hint, &error)
            />
        </div>
    }
}

/// The files that have arrived, as a list of `UploadedFile`.
#[component]
pub fn UploadedList(
    /// What the list is, for screen readers.
    #[prop(into)]
    label: String,
    /// The files.
    children: Children,
) -> impl IntoView {
    view! { <ul class="uploads" role="list" aria-label=label>{children()}</ul> }
}

/// One file that has arrived.
#[component]
pub fn UploadedFile(
    /// Name of the file or of the page.
    #[prop(into)]
    name: String,
    /// Where the file can be opened.
    #[prop(optional, into)]
    href: MaybeText,
    /// Size, kind, hour of arrival.
    #[prop(optional, into)]
    detail: MaybeText,
    /// Address of a small picture of it; a drawn sheet when left out.
    #[prop(optional, into)]
    thumbnail: MaybeText,
    /// Something to know about the file, such as a blurred picture.
    #[prop(optional, into)]
    warning: MaybeText,
    /// Replace and delete: buttons or links of the caller.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let picture = match thumbnail.into_option() {
        Some(address) => view! { <img src=address alt="" width="56" height="56" loading="lazy" /> }.into_any(),
        None => view! { <Icon glyph=Glyph::Paper /> }.into_any(),
    };
    let name = match href.into_option() {
        Some(href) => view! { <a href=href>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let detail = detail.into_option().map(|words| view! { <p class="upload-detail">{words}</p> });
    let warning = warning.into_option().map(|words| {
        view! { <p class="upload-warning"><Icon glyph=Glyph::Warning />{words}</p> }
    });
    view! {
        <li class="upload">
            <div class="upload-picture">{picture}</div>
            <div class="upload-words"><p class="upload-name">{name}</p>{detail}{warning}</div>
            {children.map(|children| view! { <div class="upload-actions">{children()}</div> })}
        </li>
    }
}

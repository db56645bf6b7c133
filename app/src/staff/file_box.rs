//! The box from which staff send a file: its input and its button, in a form of its own or in one with other fields; and
//! what was wrong with the file that was sent last.

use crate::{context::Retry, errors::sentence, words::t};
use leptos::prelude::*;
use ui::{FileField, MaybeText, Notice, Tone};

/// What was wrong with the file that was sent from this page just now.
pub(super) fn refused_file() -> Option<AnyView> {
    let retry = use_context::<Retry>().filter(|retry| retry.act == "upload")?;
    Some(view! { <Notice tone=Tone::Error live=true id="loi-tep">{sentence(&retry.error)}</Notice> }.into_any())
}

/// The input for one file, and the button that sends it.
#[component]
pub(super) fn FileBox(
    /// Id of the input.
    #[prop(into)]
    id: String,
    /// What is taken, and what comes after it.
    hint: &'static str,
    /// What is wrong with what was picked.
    #[prop(optional, into)]
    error: MaybeText,
    /// Where the file goes, when the box stands in a form that goes elsewhere; without, its form is for the file alone.
    #[prop(optional)]
    address: Option<String>,
) -> AnyView {
    let alone = address.is_none();
    let (encoding, unchecked) = ((!alone).then_some("multipart/form-data"), !alone);
    view! {
        <FileField
            id
            name="tep"
            label=t("Chọn tệp")
            hint=hint
            error=error
            accept="application/pdf,image/jpeg,image/png"
            required=alone
        />
        <button
            class="button button-secondary"
            type="submit"
            formaction=address
            formenctype=encoding
            formnovalidate=unchecked
        >
            {t("Tải lên")}
        </button>
    }
    .into_any()
}

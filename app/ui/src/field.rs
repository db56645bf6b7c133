//! One labelled box: label, hint and error above it, in this order.

use leptos::prelude::*;

use crate::MaybeText;

/// The ids of the hint and of the error of the control `id`, as the value of `aria-describedby`.
///
/// The hint's element is `{id}-hint`, the error's is `{id}-error`. `None` when there is neither.
pub fn described_by(id: &str, hint: &MaybeText, error: &MaybeText) -> Option<String> {
    match (hint.is_some(), error.is_some()) {
        (true, true) => Some(format!("{id}-hint {id}-error")),
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (false, false) => None,
    }
}

/// The class of a field's outer box.
pub(crate) fn field_class(error: &MaybeText) -> &'static str {
    if error.is_some() { "field field-wrong" } else { "field" }
}

/// `aria-invalid="true"` when there is an error, no attribute otherwise.
pub(crate) fn invalid(error: &MaybeText) -> Option<&'static str> {
    error.is_some().then_some("true")
}

/// The hint's paragraph, if there is a hint.
pub(crate) fn hint_line(id: &str, hint: &MaybeText) -> AnyView {
    match hint.as_deref().map(str::to_owned) {
        Some(words) => view! { <p class="hint" id=format!("{id}-hint")>{words}</p> }.into_any(),
        None => ().into_any(),
    }
}

/// The error's paragraph, if there is an error.
pub(crate) fn error_line(id: &str, error: &MaybeText) -> AnyView {
    match error.as_deref().map(str::to_owned) {
        Some(words) => view! { <p class="error-line" id=format!("{id}-error")>{words}</p> }.into_any(),
        None => ().into_any(),
    }
}

/// A label; inside the page's only heading when the page asks one question alone.
fn label_line(id: &str, label: String, optional: MaybeText, page_heading: bool) -> AnyView {
    let optional = optional.into_option().map(|words| view! { <span class="optional">{words}</span> });
    let label = view! { <label class="label" for=id.to_owned()>{label}{optional}</label> };
    if page_heading { view! { <h1 class="label-heading">{label}</h1> }.into_any() } else { label.into_any() }
}

/// Label, hint and error around a control of the caller's own, such as one an island draws.
///
/// The caller gives its control `id=id` and `aria-describedby=described_by(id, hint, error)`.
#[component]
pub fn FieldShell(
    /// Id of the control inside.
    #[prop(into)]
    id: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// Help, directly under the label.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong and how to put it right, directly above the control.
    #[prop(optional, into)]
    error: MaybeText,
    /// The word for "not required", after the label.
    #[prop(optional, into)]
    optional: MaybeText,
    /// The label is also the heading of the page.
    #[prop(optional)]
    page_heading: bool,
    /// The control.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=field_class(&error)>
            {label_line(&id, label, optional, page_heading)} {hint_line(&id, &hint)} {error_line(&id, &error)} {children()}
        </div>
    }
}

/// A box for one line of text.
#[component]
pub fn TextField(
    /// Id of the input; ids of hint and error are built from it.
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
    /// `text` when left out; `tel`, `email`, `password`. Never `number` for ids and money.
    #[prop(optional, into)]
    kind: MaybeText,
    /// The keyboard a phone shows: `numeric`, `tel`, `email`.
    #[prop(optional, into)]
    inputmode: MaybeText,
    /// What the browser may fill in by itself: `name`, `tel`, `off`.
    #[prop(optional, into)]
    autocomplete: MaybeText,
    /// Width in characters: 4, 8, 12, 16 or 24. The full width when left out.
    #[prop(optional)]
    width: Option<u8>,
    /// Longest accepted text, in UTF-16 units, as browsers count.
    #[prop(optional)]
    max_length: Option<u32>,
    /// A unit after the box.
    #[prop(optional, into)]
    suffix: MaybeText,
    /// The browser refuses to send the form while the box is empty.
    #[prop(optional)]
    required: bool,
    /// The cursor stands here when the page opens: one box of a page at most.
    #[prop(optional)]
    autofocus: bool,
    /// The value may be read and copied, not changed.
    #[prop(optional)]
    readonly: bool,
    /// The label is also the heading of the page.
    #[prop(optional)]
    page_heading: bool,
) -> impl IntoView {
    let class = match width {
        Some(width) => format!("input input-{width}"),
        None => "input".to_owned(),
    };
    let input = view! {
        <input
            class=class
            id=id.clone()
            name=name.or(&id)
            type=kind.or("text")
            value=value.into_option()
            inputmode=inputmode.into_option()
            autocomplete=autocomplete.into_option()
            maxlength=max_length.map(|length| length.to_string())
            spellcheck="false"
            required=required
            autofocus=autofocus
            readonly=readonly
            aria-invalid=invalid(&error)
            aria-describedby=described_by(&id, &hint, &error)
        />
    };
    let input = match suffix.into_option() {
        Some(unit) => {
            view! { <div class="input-with-unit">{input}<span class="input-unit">{unit}</span></div> }.into_any()
        }
        None => input.into_any(),
    };
    view! {
        <FieldShell id=id label=label hint=hint error=error optional=optional page_heading=page_heading>
            {input}
        </FieldShell>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_control_is_described_by_its_hint_then_its_error() {
        let (words, none) = (MaybeText::from("x"), MaybeText::default());
        assert_eq!(described_by("ten", &words, &words).as_deref(), Some("ten-hint ten-error"));
        assert_eq!(described_by("ten", &words, &none).as_deref(), Some("ten-hint"));
        assert_eq!(described_by("ten", &none, &words).as_deref(), Some("ten-error"));
        assert_eq!(described_by("ten", &none, &none), None);
    }
}

//! A search form with one box: the address is the state.

use leptos::prelude::*;

use crate::MaybeText;
use crate::icon::{Glyph, Icon};

/// A search form with one box, sent with GET.
#[component]
pub fn SearchBox(
    /// Id of the box.
    #[prop(into)]
    id: String,
    /// Where the results are.
    #[prop(into)]
    action: String,
    /// Form name of the box.
    #[prop(default = "q".into(), into)]
    name: String,
    /// What can be searched for, above the box.
    #[prop(into)]
    label: String,
    /// The label is read aloud but not shown: in a bar.
    #[prop(optional)]
    label_hidden: bool,
    /// Help, directly under the label.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What was searched for.
    #[prop(optional, into)]
    value: MaybeText,
    /// Words of the button.
    #[prop(into)]
    button: String,
    /// Hidden inputs that keep the other filters.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let described_by = hint.is_some().then(|| format!("{id}-hint"));
    let named = label.clone();
    view! {
        <form class="search" role="search" aria-label=named method="get" action=action>
            <label class=if label_hidden { "hidden-words" } else { "label" } for=id.clone()>{label}</label>
            {crate::field::hint_line(&id, &hint)}
            <div class="search-line">
                <input
                    class="input"
                    type="search"
                    maxlength="100"
                    id=id
                    name=name
                    value=value.into_option()
                    autocomplete="off"
                    enterkeyhint="search"
                    aria-describedby=described_by
                />
                <button class="button" type="submit"><Icon glyph=Glyph::Search /><span>{button}</span></button>
            </div>
            {children.map(|children| children())}
        </form>
    }
}

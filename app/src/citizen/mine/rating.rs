//! How a resident rates the service.

use super::hidden;
use crate::{
    context::{self, Retry},
    status,
    words::{t, tf},
};
use domain::dossier::{ActKind, Rating, RatingReason};
use leptos::prelude::*;
use office::dossiers::DossierView;
use ui::{Button, Checkboxes, Choice, Radios, Section, TextArea};

/// Rating, once, after the result was handed over.
pub(super) fn rating(view: &DossierView) -> Option<AnyView> {
    if let Some(rating) = view.row.state.rating {
        let words = tf("Ông/bà đã đánh giá: {mức}. Trung tâm cảm ơn.", &[("mức", status::rating(rating))]);
        let more = view.rating.as_ref().and_then(status::rating_more).map(|more| view! { <p>{more}</p> });
        return Some(view! { <p>{words}</p> {more} }.into_any());
    }
    if !view.next_acts.contains(&ActKind::Rate) {
        return None;
    }
    let retry = context::retry_of("rate_dossier");
    let value = retry.as_ref().and_then(|retry| retry.typed("rating"));
    let typed = retry.as_ref().and_then(|retry| retry.typed("words"));
    let error = retry.as_ref().filter(|_| value.is_none()).map(|_| t("Chọn một mức đánh giá."));
    let ticked = retry.as_ref().map(ticked_before).unwrap_or_default();
    let reasons = RatingReason::ALL.iter().map(|one| Choice::new(one.key(), status::rating_reason(*one)));
    let reasons = reasons.collect::<Vec<_>>();
    let options = Rating::ALL.iter().map(|one| Choice::new(one.key(), status::rating(*one))).collect::<Vec<_>>();
    let hidden = hidden(view, "rate_dossier");
    Some(
        view! {
            <Section id="danh-gia" title=t("Đánh giá việc phục vụ")>
                <form method="post" action="/api/app/acts/dossiers_mine/rate_dossier">
                    {hidden}
                    <Radios id="rating" legend=t("Ông/bà có hài lòng không") options value error/>
                    <Checkboxes
                        id="why"
                        name="why[]"
                        legend=t("Điều gì cần làm tốt hơn")
                        optional=t("không bắt buộc")
                        options=reasons
                        values=ticked
                    />
                    <TextArea
                        id="words"
                        label=t("Góp ý")
                        hint=t("Cán bộ của Trung tâm đọc được đánh giá và góp ý này.")
                        optional=t("không bắt buộc")
                        value=typed
                    />
                    <Button>{t("Gửi đánh giá")}</Button>
                </form>
            </Section>
        }
        .into_any(),
    )
}

/// The reasons that were ticked before the rating was refused.
fn ticked_before(retry: &Retry) -> Vec<String> {
    retry.typed_all().iter().filter(|(name, _)| name == "why[]").map(|(_, value)| value.clone()).collect()
}

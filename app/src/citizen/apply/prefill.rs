//! The card that offers answers of one's own earlier dossiers, and the words over those that were taken.

use crate::{
    context, errors, format,
    staff::dossier::answer_words,
    words::{t, tf},
};
use domain::question::{Question, Typed};
use leptos::prelude::*;
use office::{drafts::Draft, prefill::Offer};
use ui::{Button, ButtonKind, Checkboxes, Choice, Notice, Section};

/// The address of the act, for the buttons of the card: they belong to the form of the topic, so that what was typed goes
/// with them.
const ACT: &str = "/api/app/acts/drafts/prefill_draft";

/// What may be filled in, with the dossier it comes from. Nothing is ticked before: to tick is to consent.
pub(super) fn card(offers: &[Offer]) -> Option<AnyView> {
    if offers.is_empty() {
        return None;
    }
    let retry = context::retry_of("prefill_draft");
    let error = retry.as_ref().map(|retry| errors::sentence(&retry.error));
    let options: Vec<Choice> = offers
        .iter()
        .map(|offer| {
            let label = format!("{}: {}", offer.label, answer_words(&offer.value, true));
            let from =
                tf("Hồ sơ {mã}, nộp ngày {ngày}", &[("mã", &offer.code), ("ngày", &format::day(offer.filed.day()))]);
            Choice::new(offer.path.clone(), label).hint(from)
        })
        .collect();
    let command = retry.and_then(|retry| retry.typed("prefill_command")).unwrap_or_else(context::new_command);
    Some(
        view! {
            <Section id="dien-san" title=t("Điền sẵn từ hồ sơ trước của ông/bà")>
                <input type="hidden" name="prefill_command" value=command/>
                <Checkboxes
                    id="take"
                    name="take[]"
                    legend=t("Chọn những gì muốn điền sẵn")
                    hint=t("Chỉ chép những gì ông/bà đánh dấu. Điền xong vẫn sửa được.")
                    options
                    error
                />
                <div class="button-row">
                    <Button kind=ButtonKind::Secondary formaction=ACT>{t("Điền các mục đã chọn")}</Button>
                    <Button kind=ButtonKind::Quiet formaction=ACT name="all" value="1">{t("Điền tất cả")}</Button>
                </div>
            </Section>
        }
        .into_any(),
    )
}

/// The answers of this topic that were filled in and not saved yet: from earlier dossiers, and said on an earlier topic.
pub(super) fn taken(draft: &Draft, topic: &str, said: &Typed) -> Option<AnyView> {
    let form = &draft.form;
    let is_here = |path: &&String| form.owner(path).is_some_and(|(owner, _)| owner.id == topic);
    let mut questions: Vec<&Question> = Vec::new();
    for question in draft.row.prefilled.iter().chain(said.keys()).filter(is_here).filter_map(|path| form.question(path))
    {
        if questions.iter().all(|known| known.id != question.id) {
            questions.push(question);
        }
    }
    let lines: Vec<_> = questions
        .into_iter()
        .map(|one| view! { <li><a href=format!("#{}", one.id)>{one.label.clone()}</a></li> })
        .collect();
    if lines.is_empty() {
        return None;
    }
    Some(view! { <Notice title=t("Đã điền sẵn, hãy kiểm tra") live=true><ul>{lines}</ul></Notice> }.into_any())
}

//! One's drafts and dossiers.

use super::{
    heading_of,
    next_thing::{lateness, next_thing},
};
use crate::{
    context::{self, office},
    errors, format,
    status::{self, StatusWords},
    words::t,
};
use domain::time::Instant;
use leptos::prelude::*;
use leptos_meta::Title;
use office::dossiers::DossierRow;
use ui::{CitizenMain, Empty, LinkButton, Notice, PageTitle, Section, SummaryCard, SummaryList, SummaryRow, Tag, Tone};

/// A card of the list.
struct Card {
    title: String,
    href: String,
    open_words: &'static str,
    code: Option<String>,
    status: StatusWords,
    due: Option<String>,
    next: String,
    late: Option<String>,
    /// The organisation it is for.
    organisation: Option<String>,
}

/// Everything of one's own.
#[component]
pub fn ListPage() -> impl IntoView {
    let (office, who) = (office(), context::resident());
    errors::page(
        async move {
            let drafts = office.my_drafts(&who).await?.into_iter().map(|draft| Card {
                title: crate::citizen::apply::heading_of(draft.sensitive, &draft.procedure_name),
                href: format!("/ban-nhap/{}", draft.row.id),
                open_words: t("Khai tiếp"),
                code: None,
                status: status::draft(),
                due: None,
                next: crate::citizen::apply::saved_words(Instant(draft.row.updated_at)),
                late: None,
                organisation: draft.organisation,
            });
            let drafts: Vec<Card> = drafts.collect();
            let now = office.now();
            let card = |row: DossierRow| {
                let accept_by = row.accept_by.map(Instant);
                // One dossier that cannot be told does not hide the others.
                let calendar = office.calendar_of_version(&row.calendar_version).ok();
                let open = row.state.finished.is_none() && !row.state.status.is_terminal();
                Card {
                    href: format!("/ho-so/{}", row.id),
                    open_words: t("Mở hồ sơ"),
                    status: status::for_resident(&row.state),
                    due: office.promise_of(&row).filter(|_| open).map(format::until),
                    next: next_thing(&row.state, accept_by),
                    late: calendar.filter(|_| open).and_then(|own| lateness(&row.state, accept_by, &own, now)),
                    title: heading_of(&row),
                    code: row.code.or(row.temporary_code),
                    organisation: row.organisation_name,
                }
            };
            let dossiers: Vec<Card> = office.my_dossiers(&who).await?.into_iter().map(card).collect();
            Ok((drafts, dossiers))
        },
        |(drafts, dossiers)| show(drafts, dossiers),
    )
}

fn show(drafts: Vec<Card>, dossiers: Vec<Card>) -> AnyView {
    let empty = (drafts.is_empty() && dossiers.is_empty()).then(|| {
        view! {
            <Empty words=t("Chưa có hồ sơ nào. Tìm thủ tục để bắt đầu.")>
                <LinkButton href="/thu-tuc">{t("Tìm thủ tục")}</LinkButton>
            </Empty>
        }
    });
    let part = |id: &'static str, title: &'static str, cards: Vec<Card>| {
        (!cards.is_empty()).then(|| {
            let cards = cards.into_iter().map(card).collect_view();
            view! { <Section id title>{cards}</Section> }
        })
    };
    view! {
        <Title text=t("Hồ sơ của tôi")/>
        <CitizenMain>
            <PageTitle title=t("Hồ sơ của tôi")/>
            {empty}
            {part("ban-nhap", t("Đang khai, chưa nộp"), drafts)}
            {part("da-nop", t("Đã nộp"), dossiers)}
        </CitizenMain>
    }
    .into_any()
}

fn card(card: Card) -> AnyView {
    let Card { title, href, open_words, code, status, due, next, late, organisation } = card;
    let late = late.map(|words| view! { <Notice tone=Tone::Error>{words}</Notice> });
    let code = code.map(|code| view! { <SummaryRow label=t("Mã hồ sơ")><code>{code}</code></SummaryRow> });
    let organisation = organisation.map(|name| view! { <SummaryRow label=t("Nộp cho")>{name}</SummaryRow> });
    let due = due.map(|due| view! { <SummaryRow label=t("Ngày hẹn trả")>{due}</SummaryRow> });
    view! {
        <SummaryCard title change_href=href change_words=open_words>
            {late}
            <SummaryList>
                <SummaryRow label=t("Trạng thái")>
                    <Tag tone=status.tone glyph=status.glyph words=status.words/>
                </SummaryRow>
                {organisation}
                {code}
                {due}
                <SummaryRow label=t("Việc tiếp theo")>{next}</SummaryRow>
            </SummaryList>
        </SummaryCard>
    }
    .into_any()
}

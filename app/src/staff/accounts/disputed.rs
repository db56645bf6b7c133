//! Dossiers and organisations that wait until a clerk has said whose they are.

use crate::{
    acts::accounts::{SettleDisputedDossier, SettleDisputedOrganisation},
    context, errors, format,
    staff::masked_number,
    words::{t, tf},
};
use domain::{organisation::TaxNumber, time::Instant};
use leptos::{prelude::*, server_fn::ServerFn};
use office::{
    organisations::DisputedOrganisationRow,
    proofs::{Belongs, DisputedRow},
};
use ui::{Button, ButtonKind, ButtonRow, Section, SummaryCard, SummaryList, SummaryRow};

/// The dossiers, each with its two ends; nothing when there is none.
pub(super) fn list(rows: &[DisputedRow]) -> AnyView {
    waiting(
        "settle_disputed_dossier",
        "cho-xem",
        t("Hồ sơ chờ xem là của ai"),
        t(
            "Các hồ sơ này nộp bằng số định danh đã chuyển về người có thẻ căn cước. Chưa ai xem được trực tuyến. Mở hồ sơ, gọi người nộp nếu cần, rồi chọn.",
        ),
        rows.iter().map(card).collect(),
    )
}

fn card(row: &DisputedRow) -> AnyView {
    let end = |belongs: Belongs, words: &'static str| {
        end(SettleDisputedDossier::PATH, ("dossier", row.dossier_id.to_string()), belongs, words, &row.code)
    };
    let owners = end(Belongs::Owner, t("Là hồ sơ của người có thẻ"));
    let others = end(Belongs::Nobody, t("Là hồ sơ của người khác"));
    let (open, dossier) = (tf("Mở hồ sơ {mã}", &[("mã", &row.code)]), format!("/can-bo/ho-so/{}", row.dossier_id));
    let (procedure, applicant) = (row.procedure_name.clone(), row.applicant_name.clone());
    let since = format::moment(Instant(row.since));
    view! {
        <SummaryCard title=tf("Hồ sơ {mã}", &[("mã", &row.code)])>
            <SummaryList>
                <SummaryRow label=t("Thủ tục")>{procedure}</SummaryRow>
                <SummaryRow label=t("Người nộp khai")>{applicant}</SummaryRow>
                <SummaryRow label=t("Chờ từ")>{since}</SummaryRow>
                <SummaryRow label=t("Xem")><a href=dossier>{open}</a></SummaryRow>
            </SummaryList>
            <ButtonRow>
                {owners}
                {others}
            </ButtonRow>
        </SummaryCard>
    }
    .into_any()
}

/// The organisations, each with its two ends; nothing when there is none.
pub(super) fn organisations(rows: &[DisputedOrganisationRow]) -> AnyView {
    waiting(
        "settle_disputed_organisation",
        "to-chuc-cho-xem",
        t("Tổ chức chờ xem là của ai"),
        t(
            "Tài khoản cũ khai các tổ chức này bằng số định danh đã chuyển về người có thẻ. Chưa ai nộp hay xem được hồ sơ của tổ chức. Xem giấy đăng ký hoặc quyết định thành lập ghi ai là người đại diện, rồi chọn.",
        ),
        rows.iter().map(organisation_card).collect(),
    )
}

/// The cards under their heading; the refusal of an end alone when nothing waits.
fn waiting(
    act: &'static str,
    id: &'static str,
    title: &'static str,
    what: &'static str,
    cards: Vec<AnyView>,
) -> AnyView {
    let refused = errors::refused(act);
    if cards.is_empty() {
        return view! { {refused} }.into_any();
    }
    view! {
        <Section id title>
            {refused}
            <p>{what}</p>
            {cards}
        </Section>
    }
    .into_any()
}

/// The form of one end: `field` names what `of` identifies, `name` says it to who cannot see the card.
fn end(
    path: &'static str,
    (field, of): (&'static str, String),
    belongs: Belongs,
    words: &'static str,
    name: &str,
) -> AnyView {
    view! {
        <form method="post" action=path>
            <input type="hidden" name="trang" value="/can-bo/tai-khoan"/>
            <input type="hidden" name="command" value=context::new_command()/>
            <input type="hidden" name=field value=of/>
            <input type="hidden" name="belongs" value=belongs.key()/>
            <Button kind=ButtonKind::Secondary hidden_words=name.to_owned()>{words}</Button>
        </form>
    }
    .into_any()
}

fn organisation_card(row: &DisputedOrganisationRow) -> AnyView {
    let end = |belongs: Belongs, words: &'static str| {
        end(
            SettleDisputedOrganisation::PATH,
            ("organisation", row.organisation_id.to_string()),
            belongs,
            words,
            &row.name,
        )
    };
    let owners = end(Belongs::Owner, t("Người có thẻ là người đại diện"));
    let others = end(Belongs::Nobody, t("Là tổ chức của người khác"));
    let number = TaxNumber::parse(&row.number).map(|number| number.masked()).unwrap_or_default();
    let owner = format!("{} ({})", row.owner_name, masked_number(&row.owner_number));
    let (address, since) = (row.address.clone(), format::moment(Instant(row.since)));
    view! {
        <SummaryCard title=row.name.clone()>
            <SummaryList>
                <SummaryRow label=t("Mã số thuế")><span class="code">{number}</span></SummaryRow>
                <SummaryRow label=t("Địa chỉ của tổ chức")>{address}</SummaryRow>
                <SummaryRow label=t("Người có thẻ căn cước")>{owner}</SummaryRow>
                <SummaryRow label=t("Chờ từ")>{since}</SummaryRow>
            </SummaryList>
            <ButtonRow>
                {owners}
                {others}
            </ButtonRow>
        </SummaryCard>
    }
    .into_any()
}

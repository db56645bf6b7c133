//! Dossiers that wait until a clerk has said whose they are.

use crate::{
    acts::accounts::SettleDisputedDossier,
    context, errors, format,
    words::{t, tf},
};
use domain::time::Instant;
use leptos::{prelude::*, server_fn::ServerFn};
use office::proofs::{Belongs, DisputedRow};
use ui::{Button, ButtonKind, ButtonRow, Section, SummaryCard, SummaryList, SummaryRow};

/// The dossiers, each with its two ends; nothing when there is none.
pub(super) fn list(rows: &[DisputedRow]) -> AnyView {
    let refused = errors::refused("settle_disputed_dossier");
    if rows.is_empty() {
        return view! { {refused} }.into_any();
    }
    let cards = rows.iter().map(card).collect_view();
    view! {
        <Section id="cho-xem" title=t("Hồ sơ chờ xem là của ai")>
            {refused}
            <p>
                {t("Các hồ sơ này nộp bằng số định danh đã chuyển về người có thẻ căn cước. Chưa ai xem được trực tuyến. Mở hồ sơ, gọi người nộp nếu cần, rồi chọn.")}
            </p>
            {cards}
        </Section>
    }
    .into_any()
}

fn card(row: &DisputedRow) -> AnyView {
    let end = |belongs: Belongs, words: &'static str| {
        view! {
            <form method="post" action=SettleDisputedDossier::PATH>
                <input type="hidden" name="trang" value="/can-bo/tai-khoan"/>
                <input type="hidden" name="command" value=context::new_command()/>
                <input type="hidden" name="dossier" value=row.dossier_id.to_string()/>
                <input type="hidden" name="belongs" value=belongs.key()/>
                <Button kind=ButtonKind::Secondary hidden_words=row.code.clone()>{words}</Button>
            </form>
        }
    };
    let owners = end(Belongs::Owner, t("Là hồ sơ của người có thẻ"));
    let others = end(Belongs::Nobody, t("Là hồ sơ của người khác"));
    let (open, dossier) = (tf("Mở hồ sơ {mã}", &[("mã", &row.code)]), format!("/can-bo/ho-so/{}", row.dossier_id));
    let shown = |words: &str| match words {
        "" => t("Không hiện ở đây: hồ sơ cần giữ kín").to_string(),
        words => words.to_string(),
    };
    let (procedure, applicant) = (shown(&row.procedure_name), shown(&row.applicant_name));
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

//! The record of one dossier, for whoever may read it: who did and saw what, when and why. It is fetched when it is
//! asked for, because the look is recorded too.

use super::events;
use crate::{
    context::{self, office},
    format,
    record_words::{self, OTHER_ACT},
    status,
    words::{t, tf},
};
use domain::time::Instant;
use leptos::prelude::*;
use office::{
    audit::{AuditPage, AuditRow},
    dossiers::DossierView,
    reveal::RevealReason,
    rights::Task,
};
use ui::{Cell, Column, Details, Row, Table};

/// What the address says of the record: the newest page, or what is older than a row.
pub(super) fn asked(query: &str) -> Option<Option<i64>> {
    match query {
        "" => None,
        older => Some(older.parse().ok()),
    }
}

/// The folded record; nothing for whoever may not read it.
pub(super) fn audit(view: &DossierView, page: Option<&AuditPage>) -> Option<AnyView> {
    office().may_with(&context::staff(), Task::ReadAudit, &view.row).ok()?;
    let address = format!("/can-bo/ho-so/{}?nhat_ky=", view.row.id);
    let body = match page {
        None => view! { <p><a href=format!("{address}moi#nhat-ky")>{t("Mở nhật ký")}</a></p> }.into_any(),
        Some(page) => shown(view, page, &address),
    };
    let open = page.is_some();
    let view = view! {
        <div id="nhat-ky">
            <Details summary=t("Nhật ký xem và làm") open=open>
                <p class="sub">{t("Ai mở nhật ký cũng được ghi lại ở đây.")}</p>
                {body}
            </Details>
        </div>
    };
    Some(view.into_any())
}

fn shown(view: &DossierView, page: &AuditPage, address: &str) -> AnyView {
    let labels = [t("Lúc"), t("Ai"), t("Việc")];
    let [when, who, what] = labels;
    let lines = page
        .rows
        .iter()
        .map(|row| {
            let reason = reason_of(row).map(|reason| {
                view! { <p class="sub note-words">{tf("Lý do: {lý do}", &[("lý do", &reason)])}</p> }
            });
            let (moment, name, done) = (format::moment(Instant(row.at)), actor(row), act(view, row));
            view! {
                <Row>
                    <Cell label=when>{moment}</Cell>
                    <Cell label=who>{name}</Cell>
                    <Cell label=what>{done} {reason}</Cell>
                </Row>
            }
        })
        .collect_view();
    let older = page.older.map(|row| {
        view! { <p><a href=format!("{address}{row}#nhat-ky")>{t("Cũ hơn")}</a></p> }
    });
    let columns = labels.map(Column::new).to_vec();
    view! {
        <div class="queue-table">
            <Table caption=t("Nhật ký xem và làm") caption_hidden=true columns>{lines}</Table>
        </div>
        {older}
    }
    .into_any()
}

fn actor(row: &AuditRow) -> String {
    match row.actor_kind.as_str() {
        "staff" => row.actor_name.clone(),
        "resident" => tf("{tên} – người nộp", &[("tên", &row.actor_name)]),
        "anyone" => t("Người tra cứu, không đăng nhập").into(),
        "operator" => tf("Người vận hành {tên}", &[("tên", &row.actor_name)]),
        _ => t("Phần mềm, theo hạn đã định").into(),
    }
}

/// The reason that was given: of a list, with words beside it, or in words alone.
fn reason_of(row: &AuditRow) -> Option<String> {
    let said = row.detail["reason"].as_str()?;
    let listed = RevealReason::ALL.into_iter().find(|reason| reason.key() == said);
    let reason: &str = match listed {
        Some(reason) => status::reveal_reason(reason),
        None => said,
    };
    Some(match row.detail["words"].as_str().filter(|words| !words.is_empty()) {
        Some(words) => format!("{reason}: {words}"),
        None => reason.to_owned(),
    })
}

/// What was done. An act that moved the dossier is worded as its event is.
fn act(view: &DossierView, row: &AuditRow) -> String {
    let event = row.detail["seq"].as_i64().and_then(|seq| view.events.iter().find(|event| event.seq == seq));
    if let Some(event) = event {
        return events::title_of(&event.body).into();
    }
    match row.act.as_str() {
        "view_dossier" | "view_sensitive_dossier" if row.detail["in_full"] == true => {
            t("Mở hồ sơ, xem số định danh và số điện thoại đầy đủ").into()
        }
        "view_dossier" | "view_sensitive_dossier" => t("Mở hồ sơ").into(),
        "view_paper" | "view_sensitive_paper" => t("Mở văn bản").into(),
        "view_file" | "view_sensitive_file" => t("Mở tệp").into(),
        "view_audit" | "view_sensitive_audit" => t("Mở nhật ký").into(),
        "reveal_personal_data" => t("Xem số định danh, số điện thoại đầy đủ").into(),
        "export_control_slip" | "export_sensitive_control_slip" => t("Xuất phiếu kiểm soát").into(),
        "issue_paper" => t("Lập văn bản").into(),
        "write_note" => t("Ghi chú nội bộ").into(),
        "view_opinion" => t("Đơn vị được hỏi mở yêu cầu ý kiến").into(),
        "remind_opinion" => t("Nhắc đơn vị được hỏi ý kiến").into(),
        "assign_opinion" => t("Giao người trả lời ý kiến").into(),
        "see_mention" => t("Đã xem chỗ được nhắc đến").into(),
        "resend_message" => t("Gửi lại tin cho người nộp").into(),
        "match_person" => t("Tìm hồ sơ khác của người nộp").into(),
        "upload" => t("Thêm tệp").into(),
        "drop_upload" => t("Bỏ tệp").into(),
        "refuse_infected_file" => t("Không nhận tệp có mã độc").into(),
        "release_file" => t("Quét xong, cho mở tệp").into(),
        "remove_infected_file" => t("Bỏ tệp có mã độc").into(),
        "replace_result" => t("Kết quả được thay bằng kết quả của hồ sơ sửa sai sót").into(),
        "receive_other_matter" => t("Tiếp nhận là việc khác").into(),
        "look_up" => t("Tra cứu bằng mã").into(),
        other => record_words::act(other).unwrap_or(OTHER_ACT).into(),
    }
}

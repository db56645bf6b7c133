//! What the person, or the organisation they come for, has open for the same matter: offered before anything new is made.

use crate::{
    context::{self, office},
    format, status,
    words::{t, tf},
};
use domain::time::Instant;
use leptos::prelude::*;
use office::{counter::OpenMatters, rights::Task};
use ui::TextArea;

/// The open dossiers and drafts of the procedure, with what the clerk may do about each.
pub(super) fn open_matter(open: &OpenMatters, typed: &impl Fn(&str) -> String) -> Option<AnyView> {
    if open.dossiers.is_empty() && open.drafts.is_empty() {
        return None;
    }
    let title = if open.dossiers.is_empty() {
        t("Đang khai trực tuyến cùng thủ tục")
    } else {
        t("Đang có hồ sơ cùng thủ tục")
    };
    let dossiers = open
        .dossiers
        .iter()
        .map(|row| {
            let href = format!("/can-bo/ho-so/{}", row.id);
            let code = row.code.clone().or_else(|| row.temporary_code.clone()).unwrap_or_default();
            let state = status::for_staff(row.state.status).words;
            let readable = office().may_with(&context::staff(), Task::ReadDossier, row).is_ok();
            let code = match readable {
                true => view! { <a class="code" href=href>{code}</a> }.into_any(),
                // Filed while its procedure was a sensitive one: that it is there keeps a second from being made.
                false => t("Hồ sơ có thông tin được bảo vệ").into_any(),
            };
            view! { <li>{code} " – " {state}</li> }
        })
        .collect_view();
    let drafts = (!open.drafts.is_empty()).then(|| drafts(open, typed));
    let reason = typed("other_matter");
    let view = view! {
        <div class="staff-open-matter">
            <h2>{title}</h2>
            <ul>{dossiers}</ul>
            {drafts}
            <TextArea
                id="other_matter"
                label=t("Vì sao đây là việc khác")
                hint=t("Chỉ ghi khi đúng là việc khác, ví dụ: đăng ký cho con thứ hai. Câu này vào nhật ký.")
                rows=2
                max_length=500
                value=reason
            />
        </div>
    };
    Some(view.into_any())
}

/// What was begun online: handed in by its person, or set aside at their word.
fn drafts(open: &OpenMatters, typed: &impl Fn(&str) -> String) -> AnyView {
    let last = open.drafts.iter().map(|draft| draft.updated_at).max().unwrap_or_default();
    let words = tf(
        "Bản nháp nộp trực tuyến sửa lần cuối lúc {lúc}. Người dân có thể nộp bản nháp đó trên điện thoại ngay tại đây. Khi đó không lập hồ sơ mới.",
        &[("lúc", &format::moment(Instant(last)))],
    );
    let checked = !typed("set_drafts_aside").is_empty();
    view! {
        <p>{words}</p>
        <div class="choice">
            <input type="checkbox" id="set_drafts_aside" name="set_drafts_aside" value="1" checked=checked/>
            <label for="set_drafts_aside">
                {t("Người dân chọn nộp tại quầy; xóa bản nháp trực tuyến")}
            </label>
        </div>
    }
    .into_any()
}

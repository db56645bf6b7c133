//! What the applicant has open for the same matter beside a dossier that waits to be accepted: never two for one.

use crate::{
    format, status,
    words::{t, tf},
};
use domain::time::Instant;
use leptos::prelude::*;
use office::dossiers::{DossierRow, DossierView};
use ui::{Notice, Tone};

/// The other dossiers, with what to do about them.
pub(super) fn open_beside(view: &DossierView) -> Option<AnyView> {
    if view.open_beside.is_empty() {
        return None;
    }
    let lines = view.open_beside.iter().map(line).collect_view();
    let view = view! {
        <Notice tone=Tone::Warn title=t("Đang có hồ sơ cùng thủ tục")>
            <ul>{lines}</ul>
            <p>{t("Mở xem trước khi tiếp nhận. Cùng một việc thì chỉ giải quyết một hồ sơ. Hồ sơ kia từ chối tiếp nhận, ghi rõ mã hồ sơ đang giải quyết.")}</p>
        </Notice>
    };
    Some(view.into_any())
}

fn line(row: &DossierRow) -> AnyView {
    let code = row.code.clone().or_else(|| row.temporary_code.clone()).unwrap_or_default();
    let came = row.received_at.or(row.submitted_at).map(|at| format::moment(Instant(at))).unwrap_or_default();
    let words = tf(
        "{trạng thái}, {cách nộp}, {lúc}",
        &[
            ("trạng thái", status::for_staff(row.state.status).words),
            ("cách nộp", &status::channel(row.state.channel).to_lowercase()),
            ("lúc", &came),
        ],
    );
    let href = format!("/can-bo/ho-so/{}", row.id);
    view! { <li><a class="code" href=href>{code}</a> " – " {words}</li> }.into_any()
}

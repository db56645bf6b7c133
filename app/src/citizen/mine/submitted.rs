//! Right after filing: the code, and what happens next by when.

use super::{desk_of, matter_of, qr};
use crate::{
    acts::id,
    citizen::{
        apply::param,
        code::{Code, CodeKind},
    },
    context::{self, office},
    errors, format,
    words::{t, tf},
};
use domain::time::Instant;
use leptos::prelude::*;
use leptos_meta::Title;
use office::{dossiers::DossierView, papers::PaperKind};
use ui::{CitizenMain, ConfirmationPanel, LinkButton, Section};

/// The confirmation.
#[component]
pub fn SubmittedPage() -> impl IntoView {
    let (dossier, office, who) = (param("id"), office(), context::resident());
    errors::page(async move { office.my_dossier(&who, id(&dossier)?).await }, |view| show(&view))
}

fn show(view: &DossierView) -> AnyView {
    let row = &view.row;
    let kind = if row.temporary_code.is_some() { CodeKind::Temporary } else { CodeKind::Dossier };
    let code = row.temporary_code.clone().or_else(|| row.code.clone()).unwrap_or_default();
    let filed = row.submitted_at.map(|at| tf("Đã nộp lúc {lúc}", &[("lúc", &format::moment(Instant(at)))]));
    let title = filed.unwrap_or_else(|| t("Đã nộp hồ sơ").into());
    let desk = format::sentence_case(&desk_of(row.office_id));
    let answer = match row.accept_by {
        Some(at) => {
            tf("{trung tâm} xem và trả lời trước {lúc}.", &[("trung tâm", &desk), ("lúc", &format::until(Instant(at)))])
        }
        None => tf("{trung tâm} đang xem hồ sơ.", &[("trung tâm", &desk)]),
    };
    let slip = view.papers.iter().find(|paper| paper.kind == PaperKind::ResidentSlip.key());
    let slip = slip.map(|paper| {
        let href = format!("/giay-to/{}.pdf?tai=1", paper.id);
        view! { <LinkButton href kind=ui::ButtonKind::Secondary glyph=ui::Glyph::Download>{t("Tải phiếu ghi nhận")}</LinkButton> }
    });
    let address = format!("{}/tra-cuu?ma={code}", office().config().public_url);
    let picture = qr::svg(&address, t("Mã QR mở trang tra cứu hồ sơ này"));
    let picture = picture.map(|svg| view! { <div class="qr" inner_html=svg></div> });
    let (lookup, href) = (row.lookup_code.clone(), format!("/ho-so/{}", row.id));
    let procedure = (!row.sensitive).then(|| row.procedure_name.clone()).map(|name| view! { <p>{name}</p> });
    let matter = matter_of(row);
    view! {
        <Title text=title.clone()/>
        <CitizenMain>
            <ConfirmationPanel title>
                <p>{kind.label()}": "<Code kind code/></p>
                <p>{answer}</p>
            </ConfirmationPanel>
            {procedure}
            {matter}
            <Section id="tiep-theo" title=t("Việc gì tiếp theo")>
                <ol>
                    <li>{t("Trung tâm xem giấy tờ. Nếu đủ, Trung tâm tiếp nhận và cấp mã hồ sơ cùng ngày hẹn trả.")}</li>
                    <li>{t("Nếu thiếu, Trung tâm ghi rõ một lần những gì cần bổ sung. Ông/bà bổ sung ngay trên trang hồ sơ.")}</li>
                    <li>{t("Có kết quả, ông/bà tải về hoặc nhận tại quầy.")}</li>
                </ol>
            </Section>
            <Section id="tra-cuu" title=t("Giữ lại để tra cứu")>
                <p>{CodeKind::LookUp.label()}": "<Code kind=CodeKind::LookUp code=lookup/></p>
                <p>{t("Dùng mã hồ sơ và mã tra cứu để xem hồ sơ mà không cần đăng nhập. Không đưa mã tra cứu cho người lạ.")}</p>
                {picture}
            </Section>
            <div class="button-row">
                <LinkButton href>{t("Xem hồ sơ")}</LinkButton>
                {slip}
            </div>
        </CitizenMain>
    }
    .into_any()
}

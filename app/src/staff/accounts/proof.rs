//! What a proof did, and the slip with the code: once, for the clerk who drew it.

use crate::{
    context::{self, DRAW_COOKIE, office},
    format,
    island::{CopyCode, PRINT},
    words::{t, tf},
};
use domain::time::Instant;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use office::{
    Error, Uuid, passwords,
    proofs::{CodeSeen, ProofView},
};
use ui::{Breadcrumb, Crumb, Notice, PageTitle, Section, SummaryList, SummaryRow, Tone};

/// `/can-bo/tai-khoan/:proof`.
#[component]
pub fn ProofPage() -> AnyView {
    let id = use_params_map().with_untracked(|params| params.get("proof")).and_then(|id| id.parse::<Uuid>().ok());
    let Some(id) = id else { return super::super::problem_page(&Error::NotFound) };
    let (office, who, draw) = (office(), context::staff(), context::cookie(DRAW_COOKIE));
    super::super::page(async move { office.proof(&who, id, draw.as_deref()).await }, |view| show(&view))
}

fn show(view: &ProofView) -> AnyView {
    let title = t("Đã xác nhận tài khoản");
    let crumbs = vec![
        Crumb::new(t("Việc cần làm"), "/can-bo"),
        Crumb::new(t("Tài khoản người dân"), "/can-bo/tai-khoan"),
        Crumb::here(title),
    ];
    let taken = view.proof.taken_from.is_some().then(|| {
        view! { <p>{t("Số định danh đã chuyển về tài khoản này. Tài khoản cũ không vào được nữa; mọi nơi đang đăng nhập tài khoản cũ đã bị đăng xuất.")}</p> }
    });
    let waiting = (view.disputed > 0).then(|| {
        let words = tf("{n} hồ sơ nộp bằng số này đang chờ xem là của ai", &[("n", &view.disputed.to_string())]);
        view! { <p><a href="/can-bo/tai-khoan#cho-xem">{words}</a></p> }
    });
    let organisations = (view.organisations > 0).then(|| {
        let words =
            tf("{n} tổ chức khai bằng số này đang chờ xem là của ai", &[("n", &view.organisations.to_string())]);
        view! { <p><a href="/can-bo/tai-khoan#to-chuc-cho-xem">{words}</a></p> }
    });
    let code = match &view.code {
        CodeSeen::None => None,
        CodeSeen::Open { digits, until } => Some(slip(view, digits, *until)),
        CodeSeen::Hidden { until } => Some(told(tf(
            "Mã đã cấp, dùng được đến {lúc}. Mã chỉ hiện trên máy vừa cấp, trong 10 phút. Mất phiếu thì cấp mã mới.",
            &[("lúc", &format::moment(*until))],
        ))),
        CodeSeen::Over => Some(told(t("Mã in lần này đã dùng, đã thay bằng mã mới, hoặc đã hết hạn.").into())),
    };
    let proof = &view.proof;
    let (name, number) = (view.name.clone(), view.number.clone());
    let (given_by, at) = (
        format!("{}, {}", proof.staff_name.as_deref().unwrap_or_default(), view.office),
        format::moment(Instant(proof.at)),
    );
    view! {
        <Title text=title/>
        <Breadcrumb label=t("Đường dẫn") crumbs/>
        <PageTitle title/>
        <SummaryList>
            <SummaryRow label=t("Họ và tên")>{name}</SummaryRow>
            <SummaryRow label=t("Số định danh cá nhân")><span class="code">{number}</span></SummaryRow>
            <SummaryRow label=t("Mức định danh")>{t("Mức 1: đã đối chiếu thẻ căn cước tại quầy.")}</SummaryRow>
            <SummaryRow label=t("Người xác nhận")>{given_by}</SummaryRow>
            <SummaryRow label=t("Lúc")>{at}</SummaryRow>
        </SummaryList>
        {taken}
        {waiting}
        {organisations}
        {code}
    }
    .into_any()
}

fn told(words: String) -> AnyView {
    view! { <Notice tone=Tone::Info>{words}</Notice> }.into_any()
}

/// The slip: as wide as the small paper of a receipt printer, and nothing else of the page comes out of it.
fn slip(view: &ProofView, digits: &str, until: Instant) -> AnyView {
    let (first, second) = digits.split_at(digits.len() / 2);
    let office = office();
    let config = office.config();
    let address = format!("{}/dat-mat-khau", config.public_url.trim_end_matches('/'));
    let sample = config.demo.then(|| view! { <p class="small">{t("BẢN MẪU — KHÔNG CÓ GIÁ TRỊ PHÁP LÝ")}</p> });
    let given = tf("Cấp cho {tên}.", &[("tên", &view.name)]);
    let choose = tf("Đặt mật khẩu mới, ít nhất {n} ký tự.", &[("n", &passwords::LEAST.to_string())]);
    let ends = tf("Mã dùng một lần, đến {lúc}.", &[("lúc", &format::moment(until))]);
    let (place, code) = (view.office.clone(), format!("{first} {second}"));
    view! {
        <Section id="phieu" title=t("Phiếu đặt mật khẩu")>
            <p class="hint">{t("In phiếu đưa người dân, hoặc đọc mã cho họ ghi. Mã chỉ hiện ở đây trong 10 phút.")}</p>
            <div class="account-slip">
                {sample}
                <p><strong>{place}</strong></p>
                <h3>{t("Mã đặt mật khẩu")}</h3>
                <p class="account-slip-code">{code}</p>
                <p>{given}</p>
                <ol>
                    <li>{t("Mở trang:")} " " <span class="account-slip-address">{address}</span></li>
                    <li>{t("Nhập số định danh trên thẻ căn cước, rồi nhập mã trên.")}</li>
                    <li>{choose}</li>
                </ol>
                <p>{ends}</p>
                <p>{t("Không đưa mã cho ai. Cán bộ không gọi điện hỏi mã này. Mất phiếu thì mang thẻ căn cước ra quầy.")}</p>
            </div>
            <nav class="links" aria-label=t("In phiếu")>
                <CopyCode
                    code=String::new()
                    words=t("In phiếu").to_owned()
                    which=String::new()
                    done=String::new()
                    way=PRINT.to_owned()
                />
                <p>{t("Để in: chọn In trong trình duyệt, hoặc bấm Ctrl và P.")}</p>
            </nav>
        </Section>
    }
    .into_any()
}

//! The account of the resident who is signed in.

use crate::{
    acts::sessions::SignOut,
    context::{here, resident},
    errors::{self, error_page},
    words::t,
};
use domain::person::{CitizenId, Phone};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use office::Error;
use ui::{Button, ButtonKind, CitizenMain, PageTitle, SummaryList, SummaryRow};

/// `/tai-khoan`.
#[component]
pub fn AccountPage() -> AnyView {
    let Some(resident) = resident().resident().cloned() else { return error_page(&Error::SignInFirst) };
    let number = CitizenId::parse(&resident.citizen_id).map(|number| number.masked()).unwrap_or_default();
    let phone = resident.phone.as_deref().and_then(|phone| Phone::parse(phone).ok()).map(|phone| phone.masked());
    let phone = phone.unwrap_or_else(|| t("Chưa có").into());
    let title = t("Tài khoản");
    view! {
        <Title text=title/>
        <CitizenMain>
            <PageTitle title/>
            {errors::refused("sign_out")}
            <SummaryList>
                <SummaryRow label=t("Họ và tên")>{resident.name}</SummaryRow>
                <SummaryRow label=t("Số định danh cá nhân")><span class="code">{number}</span></SummaryRow>
                <SummaryRow label=t("Số điện thoại")>{phone}</SummaryRow>
                <SummaryRow label=t("Mức định danh")>{level_words(resident.level)}</SummaryRow>
            </SummaryList>
            <p><a href="/ho-so">{t("Hồ sơ của tôi")}</a></p>
            <form method="post" action=SignOut::PATH>
                <input type="hidden" name="trang" value=here()/>
                <Button kind=ButtonKind::Secondary>{t("Đăng xuất")}</Button>
            </form>
            <p>{t("Máy dùng chung: nhớ đăng xuất trước khi rời máy.")}</p>
        </CitizenMain>
    }
    .into_any()
}

/// What the level of an account means.
const fn level_words(level: i64) -> &'static str {
    match level {
        0 => t("Mức 0: số định danh tự khai, chưa đối chiếu thẻ căn cước."),
        1 => t("Mức 1: số định danh đã đối chiếu."),
        _ => t("Mức 2: đã xác thực tại nơi cấp căn cước."),
    }
}

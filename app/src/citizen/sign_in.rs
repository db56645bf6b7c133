//! The residents' door.

use crate::{
    acts::sessions::SignIn,
    context::{IDENTITY_DOOR, encode, here, is_local, office, resident, retry_of},
    errors::{AtTheDoor, identity_refused},
    words::{t, tf},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use ui::{Button, ButtonKind, CitizenMain, Inset, LinkButton, PageTitle, Section, TextField};

/// `/dang-nhap`; `den` says where to go next.
#[component]
pub fn SignInPage() -> AnyView {
    let next = next_page();
    if resident().resident().is_some() {
        leptos_axum::redirect(next.as_deref().unwrap_or("/ho-so"));
        return ().into_any();
    }
    let typed = retry_of("sign_in").and_then(|retry| retry.typed("citizen_id"));
    let provider = through_provider(next.as_deref());
    let sign_up = match &next {
        Some(next) => format!("/dang-ky?den={}", encode(next)),
        None => "/dang-ky".into(),
    };
    let going_on = next.is_some().then(|| view! { <p>{t("Đăng nhập xong sẽ trở lại việc đang làm.")}</p> });
    let title = t("Đăng nhập");
    let door = AtTheDoor::of("sign_in");
    view! {
        <Title text=title/>
        <CitizenMain>
            {door.on_top()}
            {identity_refused()}
            <PageTitle title/>
            {going_on}
            {provider}
            <form method="post" action=SignIn::PATH>
                <input type="hidden" name="trang" value=here()/>
                <input type="hidden" name="den" value=next/>
                <TextField
                    id="citizen_id"
                    label=t("Số định danh cá nhân")
                    hint=t("12 chữ số trên thẻ căn cước")
                    value=typed
                    inputmode="numeric"
                    autocomplete="username"
                    width=16
                    required=true
                />
                <TextField
                    id="password"
                    label=t("Mật khẩu")
                    error=door.at("password")
                    kind="password"
                    autocomplete="current-password"
                    width=24
                    required=true
                />
                <Button>{t("Đăng nhập")}</Button>
            </form>
            <Inset><p>{level_0()}</p></Inset>
            <Section id="chua-co" title=t("Chưa có tài khoản")>
                <p><a href=sign_up>{t("Đăng ký tài khoản")}</a></p>
                <p>{t("Không cần tài khoản để xem thủ tục, tra cứu hồ sơ, hoặc nộp tại quầy.")}</p>
            </Section>
            <Section id="quen-mat-khau" title=t("Quên mật khẩu")>
                <p>{t("Mang thẻ căn cước tới quầy của Trung tâm. Quầy xem thẻ và in cho ông/bà một mã đặt mật khẩu.")}</p>
                <p><a href="/dat-mat-khau">{t("Đã có mã: đặt mật khẩu mới")}</a></p>
            </Section>
        </CitizenMain>
    }
    .into_any()
}

/// The way through the identity provider, where there is one. Above the form: whoever has it needs no password.
fn through_provider(next: Option<&str>) -> Option<AnyView> {
    let (name, link) = provider_link(next)?;
    let own = tf(
        "Đã tự đăng ký tài khoản ở đây thì đăng nhập bằng mật khẩu ở dưới. Sau đó xác nhận bằng {tên} trong mục Tài khoản; hồ sơ đã nộp giữ nguyên.",
        &[("tên", &name)],
    );
    Some(view! { {link} <p>{own}</p> }.into_any())
}

/// What residents call the identity provider, and the link to it that then leads on; nothing where there is none.
pub(super) fn provider_link(next: Option<&str>) -> Option<(String, AnyView)> {
    let name = office().config().identity_provider.clone()?;
    let href = identity_door(next);
    let words = tf("Đăng nhập bằng {tên}", &[("tên", &name)]);
    let link = view! { <p><LinkButton href kind=ButtonKind::Secondary rel="external">{words}</LinkButton></p> };
    Some((name, link.into_any()))
}

/// The address that leads to the identity provider, and then on.
pub fn identity_door(next: Option<&str>) -> String {
    next.map_or_else(|| IDENTITY_DOOR.into(), |next| format!("{IDENTITY_DOOR}?den={}", encode(next)))
}

/// Where the visitor was going, if that is a page of ours.
pub fn next_page() -> Option<String> {
    use_query_map().get_untracked().get("den").filter(|page| is_local(page))
}

/// What an account of level 0 is.
pub const fn level_0() -> &'static str {
    t("Tài khoản tự đăng ký ở mức 0: số định danh do ông/bà tự khai. Trung tâm đối chiếu thẻ căn cước khi trả kết quả.")
}

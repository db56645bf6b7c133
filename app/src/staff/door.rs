//! The staff's door: login, password, one-time code.

use crate::{
    context,
    errors::AtTheDoor,
    words::{t, tf},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use ui::{CitizenMain, LinkButton, Notice, PageTitle, TextField, Tone};

/// Signing in. Whoever is signed in already is shown the way to the desk.
#[component]
pub fn DoorPage() -> impl IntoView {
    let title = t("Đăng nhập dành cho cán bộ");
    if let Some(staff) = context::staff().staff().cloned() {
        let words =
            tf("Đang đăng nhập với tên {tên}. Không phải người này thì đăng xuất trước.", &[("tên", &staff.name)]);
        return view! {
            <Title text=title/>
            <PageTitle title/>
            <Notice tone=Tone::Info>{words}</Notice>
            <p><LinkButton href="/can-bo">{t("Đến việc cần làm")}</LinkButton></p>
        }
        .into_any();
    }
    let retry = context::retry_of("sign_in_staff");
    let wanted = use_query_map().with_untracked(|query| query.get("den")).unwrap_or_default();
    let login = retry.as_ref().and_then(|retry| retry.typed("login")).filter(|login| !login.is_empty());
    // The cursor stands where something is to be typed: the login at first, then the password.
    let (type_login, type_password) = (login.is_none(), login.is_some());
    let door = AtTheDoor::of("sign_in_staff");
    view! {
        <Title text=title/>
        <CitizenMain>
            {door.on_top()}
            <PageTitle title/>
            <form class="staff-door" method="post" action="/api/app/acts/sessions/sign_in_staff">
                <input type="hidden" name="trang" value=context::here()/>
                <input type="hidden" name="den" value=wanted/>
                <TextField id="login" label=t("Tên đăng nhập") value=login autocomplete="username" width=24 required=true autofocus=type_login/>
                <TextField
                    id="password"
                    label=t("Mật khẩu")
                    error=door.at("password")
                    kind="password"
                    autocomplete="current-password"
                    width=24
                    required=true
                    autofocus=type_password
                />
                <TextField
                    id="code"
                    label=t("Mã dùng một lần")
                    error=door.at("code")
                    hint=t("6 chữ số trên ứng dụng xác thực. Không có điện thoại ở đây thì nhập một mã dự phòng chưa dùng.")
                    autocomplete="one-time-code"
                    width=12
                    required=true
                />
                <button class="button" type="submit">{t("Đăng nhập")}</button>
            </form>
            <p class="hint">
                {t("Mất điện thoại và hết mã dự phòng: liên hệ quản trị của đơn vị để được cấp lại. Không cho người khác mượn tài khoản.")}
            </p>
        </CitizenMain>
    }
    .into_any()
}

//! Where a member of staff is signed in, and signing out there.

use super::own_form::OwnForm;
use crate::{
    context::{office, visitor},
    device::device,
    format,
    words::{t, tf},
};
use leptos::prelude::*;
use leptos_meta::Title;
use office::my_sessions::OpenSession;
use ui::{Button, ButtonKind, PageTitle, Tag, Tone};

/// `/can-bo/phien`.
#[component]
pub fn SessionsPage() -> AnyView {
    let (office, visitor) = (office(), visitor());
    super::page(async move { office.my_sessions(&visitor.staff, visitor.staff_token.as_deref()).await }, |sessions| {
        show(&sessions)
    })
}

fn show(sessions: &[OpenSession]) -> impl IntoView + use<> {
    let title = t("Nơi đang đăng nhập");
    let all = OwnForm::new("sessions/end_other_staff_sessions");
    let problem = all.problem_on_top();
    let others = sessions.iter().filter(|session| !session.is_this).count();
    let all = (others > 1).then(|| {
        let words = tf("Đăng xuất {n} nơi khác", &[("n", &others.to_string())]);
        all.draw((), view! { <Button kind=ButtonKind::Secondary>{words}</Button> })
    });
    let lines = sessions.iter().map(line).collect_view();
    view! {
        <Title text=title/>
        {problem}
        <PageTitle title caption=t("Chỉ mình anh/chị thấy. Nơi nào không phải của mình thì đăng xuất nơi đó và báo quản trị cấp lại mật khẩu, mã.")/>
        <ul class="staff-notes" role="list">{lines}</ul>
        {all}
    }
}

fn line(session: &OpenSession) -> AnyView {
    let name = device(&session.agent);
    let this = session.is_this.then(|| view! { " " <Tag tone=Tone::Success words=t("Máy này")/> });
    let when = tf(
        "Đăng nhập {lúc đầu}. Dùng lần cuối {lúc cuối}. Địa chỉ mạng {địa chỉ}.",
        &[
            ("lúc đầu", &format::moment(session.since)),
            ("lúc cuối", &format::moment(session.used)),
            ("địa chỉ", &session.address),
        ],
    );
    let out = (!session.is_this).then(|| {
        let form = OwnForm::of_line("sessions/end_staff_session", "session", &session.key);
        let key = session.key.clone();
        let button = view! {
            <Button kind=ButtonKind::Secondary hidden_words=name.clone()>{t("Đăng xuất nơi này")}</Button>
        };
        form.draw(view! { <input type="hidden" name="session" value=key/> }, button)
    });
    view! { <li><p><strong>{name.clone()}</strong>{this}</p><p class="sub">{when}</p>{out}</li> }.into_any()
}

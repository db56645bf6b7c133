//! The frame of every page.

use crate::{
    context::{here, is_staff_page, office, visitor},
    words::{t, tf},
};
use leptos::prelude::*;
use office::{Who, queues::Queue, saved_views::SavedViewRow};
use ui::{
    CitizenFooter, CitizenHeader, DemoBand, FooterLinks, Glyph, PageLink, SearchBox, SideNav, SideNavItem, SkipLink,
    StaffBar, StaffMain,
};

/// Header, page and footer, for residents or for staff.
#[component]
pub fn Frame(children: Children) -> AnyView {
    let band = office().config().demo.then(|| {
        view! { <DemoBand words=t("Bản trình diễn — không phải cổng của cơ quan nhà nước")/> }
    });
    let skip = view! { <SkipLink words=t("Đến nội dung chính")/> };
    if is_staff_page() {
        view! { {skip} {band} <StaffFrame>{children()}</StaffFrame> }.into_any()
    } else {
        view! { {skip} {band} <CitizenFrame>{children()}</CitizenFrame> }.into_any()
    }
}

#[component]
fn CitizenFrame(children: Children) -> impl IntoView {
    let signed_in = visitor().resident.resident().map(|resident| resident.name.clone());
    let here = here();
    let at = move |path: &str| here.starts_with(path);
    let account = match &signed_in {
        Some(_) => view! {
            <PageLink href="/ho-so" words=t("Hồ sơ của tôi") current=at("/ho-so")/>
            <PageLink href="/tai-khoan" words=t("Tài khoản") current=at("/tai-khoan")/>
        }
        .into_any(),
        None => view! { <PageLink href="/dang-nhap" words=t("Đăng nhập") current=at("/dang-nhap")/> }.into_any(),
    };
    let hotline = office().config().hotline.clone();
    view! {
        <CitizenHeader home_href="/" agency=t("Một Cửa") above=t("Dịch vụ công xã, phường") nav_label=t("Trang chính")>
            <PageLink href="/thu-tuc" words=t("Thủ tục") current=at("/thu-tuc")/>
            <PageLink href="/tra-cuu" words=t("Tra cứu hồ sơ") current=at("/tra-cuu")/>
            {account}
        </CitizenHeader>
        {children()}
        <CitizenFooter>
            <p>{tf(
                "Cán bộ không hỏi mật khẩu, mã dùng một lần (OTP), không bảo cài phần mềm lạ. Nghi ngờ, gọi {số}.",
                &[("số", &hotline)],
            )}</p>
            <FooterLinks>
                <PageLink href="/thu-tuc" words=t("Danh mục thủ tục")/>
                <PageLink href="/tra-cuu" words=t("Tra cứu hồ sơ")/>
                <PageLink href="/lien-he" words=t("Nơi được giúp")/>
                <PageLink href="/can-bo" words=t("Dành cho cán bộ")/>
            </FooterLinks>
        </CitizenFooter>
    }
}

#[component]
fn StaffFrame(children: Children) -> AnyView {
    let visitor = visitor();
    let Some(staff) = visitor.staff.staff().cloned() else {
        return view! { <StaffBar home_href="/can-bo" agency=t("Một Cửa")>""</StaffBar> {children()} }.into_any();
    };
    let here = here();
    let path = here.split('?').next().unwrap_or_default().to_string();
    let who = visitor.staff.clone();
    let (office, reader) = (office(), who.clone());
    let nav = view! {
        <Suspense>
            {Suspend::new(async move {
                let counts = office.queue_counts(&reader).await.unwrap_or_default();
                let views = office.saved_views(&reader).await.unwrap_or_default();
                // Who may give no opinion is asked for none.
                let asked = office.count_opinions(&reader).await.ok();
                // Who has no queues is named in no note.
                let named = office.count_new_mentions(&reader).await.ok();
                view! { <StaffNav path who counts views named asked/> }
            })}
        </Suspense>
    }
    .into_any();
    view! {
        <StaffBar home_href="/can-bo" agency=t("Một Cửa")>
            <SearchBox
                id="tim-ho-so"
                action="/can-bo/viec/tat-ca"
                label=t("Tìm hồ sơ theo mã, tên, số định danh, điện thoại")
                label_hidden=true
                button=t("Tìm")
            />
            <form method="post" action="/api/app/acts/sessions/sign_out_staff" class="staff-menu">
                <a class="staff-keys-link" href="/can-bo/phim-tat" accesskey="k">
                    {t("Phím tắt")} " " <kbd aria-hidden="true">"Alt + K"</kbd>
                </a>
                <a href="/can-bo/phien">
                    {staff.name.clone()} <span class="hidden-words">{t(": nơi đang đăng nhập")}</span>
                </a>
                <button type="submit" class="button button-quiet">{t("Đăng xuất")}</button>
            </form>
        </StaffBar>
        <StaffMain nav>{children()}</StaffMain>
    }
    .into_any()
}

/// The queues and tools of the person signed in.
#[component]
fn StaffNav(
    path: String,
    who: Who,
    counts: Vec<(Queue, i64)>,
    views: Vec<SavedViewRow>,
    /// New notes that name the reader; none for who is named nowhere.
    named: Option<i64>,
    /// Opinions that the reader's unit is asked for; none for who gives none.
    asked: Option<i64>,
) -> impl IntoView {
    let item = move |href: String, glyph: Glyph, words: String, count: Option<i64>| {
        let count = count.filter(|n| *n > 0).map(crate::staff::capped);
        let current = path == href;
        view! { <SideNavItem href glyph words count current/> }
    };
    let queues = crate::staff::menu()
        .into_iter()
        .map(|(queue, words, glyph)| {
            let count = counts.iter().find(|(q, _)| *q == queue).map(|(_, n)| *n);
            item(format!("/can-bo/viec/{}", queue.key()), glyph, words.to_string(), count)
        })
        .collect_view();
    let named = named
        .map(|count| item(crate::staff::mentions::PATH.into(), Glyph::Info, t("Nhắc đến tôi").into(), Some(count)));
    let asked = asked.map(|count| {
        item(crate::staff::opinions::PATH.into(), Glyph::Building, t("Ý kiến phối hợp").into(), Some(count))
    });
    let has_views = !views.is_empty();
    let views = views
        .iter()
        .map(|view| item(crate::staff::saved_views::address_of(view), Glyph::Filter, view.name.clone(), None))
        .collect_view();
    let manage = has_views
        .then(|| item(crate::staff::saved_views::PATH.into(), Glyph::Pen, t("Sửa bộ lọc đã lưu").into(), None));
    let tools = crate::staff::tools_for(&office(), &who)
        .into_iter()
        .map(|(href, glyph, words)| item(href.to_string(), glyph, words.to_string(), None))
        .collect_view();
    view! { <SideNav label=t("Việc cần làm")>{queues}{asked}{named}{views}{manage}{tools}</SideNav> }
}

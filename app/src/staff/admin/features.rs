//! What the unit has on and off, and the forms that switch.

use super::{Form, crumbs, days_words};
use crate::{
    context::{self, office},
    words::{t, tf},
};
use domain::feature::Feature;
use leptos::prelude::*;
use leptos_meta::Title;
use office::features::{Closure, UnitFeatures};
use ui::{Choice, Glyph, PageTitle, Section, Select, Tag, Tone};

/// The address of the page.
pub(super) const FEATURES: &str = "/can-bo/quan-tri/tinh-nang";

/// The features of the units.
#[component]
pub fn FeaturesPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    super::super::page(async move { office.features(&who) }, |units| show(&units))
}

/// A feature, and what stays when it is off.
fn feature_words(feature: Feature) -> (&'static str, &'static str) {
    match feature {
        Feature::ApplyOnline => (
            t("Nộp hồ sơ trực tuyến"),
            t("Khi tắt: không ai bắt đầu hồ sơ trực tuyến mới gửi tới đơn vị. Bản nháp đã có vẫn khai và nộp được."),
        ),
        Feature::ShortMessages => (
            t("Tin nhắn SMS"),
            t(
                "Khi tắt: không lập tin nhắn SMS mới về hồ sơ của đơn vị. Tin đã lập vẫn gửi; thư điện tử và trang hồ sơ như cũ.",
            ),
        ),
        Feature::Organisations => (
            t("Nộp cho tổ chức, hộ kinh doanh"),
            t("Khi tắt: không nhận hồ sơ mới đứng tên tổ chức. Hồ sơ, bản nháp đã có vẫn làm tiếp."),
        ),
        Feature::ManyAtOnce => (t("Phân công, duyệt nhiều hồ sơ một lần"), t("Khi tắt: cán bộ làm từng hồ sơ.")),
    }
}

fn show(units: &[UnitFeatures]) -> impl IntoView + use<> {
    let title = t("Bật, tắt tính năng");
    let units = units.iter().map(of_unit).collect_view();
    view! {
        <Title text=title/>
        {crumbs(None, title)}
        <PageTitle title caption=t("Mọi tính năng đang bật, trừ khi đơn vị tắt trong những ngày dưới đây")/>
        {units}
    }
}

fn of_unit(unit: &UnitFeatures) -> AnyView {
    let today = office().now().day();
    let lines = unit
        .features
        .iter()
        .map(|(feature, closures)| {
            let (name, what) = feature_words(*feature);
            let is_off = closures.iter().any(|one| one.holds_on(today));
            let tag = match is_off {
                true => view! { <Tag tone=Tone::Warn glyph=Glyph::Pause words=t("Đang tắt")/> },
                false => view! { <Tag tone=Tone::Success glyph=Glyph::Tick words=t("Đang bật")/> },
            };
            let closures = closures.iter().map(closure_line).collect_view();
            view! {
                <li>
                    <p><strong>{name}</strong> " " {tag}</p>
                    <p class="sub">{what}</p>
                    {closures}
                </li>
            }
        })
        .collect::<Vec<_>>();
    let form = close_form(unit);
    view! {
        <Section title=unit.name.clone() id=format!("don-vi-{}", unit.unit)>
            <ul class="plain admin-parts">{lines}</ul>
        </Section>
        <Section title=t("Tắt một tính năng") id="tat">{form}</Section>
    }
    .into_any()
}

fn closure_line(closure: &Closure) -> AnyView {
    let id = closure.id.to_string();
    let form = Form::one_of("features/open_feature", "closure", &id);
    let words = tf(
        "Tắt {ngày}. Lý do: {lý do} ({tên})",
        &[
            ("ngày", &days_words(Some(closure.first), closure.last)),
            ("lý do", &closure.reason),
            ("tên", &closure.staff_name),
        ],
    );
    let form = form.draw(&[("closure", id)], ().into_any(), t("Bật lại").into(), "button button-secondary");
    view! { <p>{words}</p> {form} }.into_any()
}

fn close_form(unit: &UnitFeatures) -> AnyView {
    let id = unit.unit.to_string();
    let form = Form::one_of("features/close_feature", "unit", &id);
    let options = Feature::ALL.iter().map(|feature| Choice::new(feature.key(), feature_words(*feature).0)).collect();
    let fields = view! {
        <Select id=form.id("feature") name="feature" label=t("Tính năng") blank=t("Chọn tính năng")
            error=form.wrong("feature") options value=form.typed("feature")/>
        {form.day("first", "first", t("Tắt từ ngày"), t("Để trống thì tắt ngay hôm nay."), None)}
        {form.day("last", "last", t("Đến hết ngày"), t("Để trống thì tắt cho đến khi bật lại."), None)}
        {form.text("reason", "reason", t("Lý do"), t("Người dân và đồng nghiệp đọc được câu này."), "")}
    };
    form.draw(&[("unit", id)], fields.into_any(), t("Tắt tính năng").into(), "button")
}

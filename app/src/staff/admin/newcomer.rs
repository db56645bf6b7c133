//! Somebody who comes to work here.

use super::{Form, crumbs, role_choices, roster::ROSTER};
use crate::{
    context::{self, office},
    words::t,
};
use leptos::prelude::*;
use leptos_meta::Title;
use office::places::OfficeRow;
use ui::{Choice, PageTitle, Select};

/// The form.
#[component]
pub fn NewcomerPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    super::super::page(async move { office.offices_to_work_in(&who) }, |offices| show(&offices))
}

fn show(offices: &[OfficeRow]) -> impl IntoView + use<> {
    let title = t("Thêm cán bộ");
    let form = Form::new("roster/employ");
    let fields = view! {
        {form.text("name", "name", t("Họ và tên"), "", "")}
        {form.text("login", "login", t("Tên đăng nhập"), t("Chữ thường không dấu, ví dụ lan.ht. Không đổi được về sau."), "")}
        {form.text("phone", "phone", t("Điện thoại công vụ"), t("Không bắt buộc."), "")}
        {position_fields(&form, offices)}
    };
    let form = form.draw(&[], fields.into_any(), t("Thêm cán bộ").into(), "button");
    view! {
        <Title text=title/>
        {crumbs(Some((t("Cán bộ và vai trò"), ROSTER)), title)}
        <PageTitle title/>
        <p>{t("Phần mềm đặt mật khẩu đầu tiên và mã bí mật cho mã dùng một lần. Sau khi thêm, mật khẩu và mã hiện trong 10 phút để trao tận tay.")}</p>
        {form}
    }
}

/// Role, office, title and days.
pub(super) fn position_fields(form: &Form, offices: &[OfficeRow]) -> AnyView {
    let choices: Vec<Choice> =
        offices.iter().map(|office| Choice::new(office.id.to_string(), office.name.clone())).collect();
    let today = office().now().day();
    view! {
        <Select id="role" name="position[role]" label=t("Vai trò") blank=t("Chọn vai trò") options=role_choices()
            value=form.typed("position[role]") error=form.wrong("role")/>
        <Select id="office" name="position[office]" label=t("Làm việc ở") blank=t("Chọn cơ quan") options=choices
            value=form.typed("position[office]") error=form.wrong("office")/>
        {form.text("title", "position[title]", t("Chức danh trên giấy tờ"), t("Không bắt buộc. Ví dụ: Công chức Tư pháp – Hộ tịch."), "")}
        {form.day("from", "position[from]", t("Từ ngày"), "", Some(today))}
        {form.day("to", "position[to]", t("Đến hết ngày"), t("Để trống khi chưa định ngày kết thúc."), None)}
    }
    .into_any()
}

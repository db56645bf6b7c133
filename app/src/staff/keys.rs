//! The keys of the keyboard: a sheet to read and to print.

use crate::{context, words::t};
use leptos::prelude::*;
use leptos_meta::Title;
use office::Error;
use ui::{Cell, Column, PageTitle, Row, Section, Table};

/// The sheet.
#[component]
pub fn KeysPage() -> AnyView {
    if context::staff().staff().is_none() {
        return super::problem_page(&Error::SignInFirst);
    }
    let title = t("Phím tắt");
    let everywhere = [
        ("/", t("Đến ô tìm hồ sơ, hoặc ô lọc của danh sách")),
        ("Alt + K", t("Mở trang này")),
        ("Tab, Shift + Tab", t("Đến chỗ tiếp theo, trở lại chỗ trước")),
        ("Enter", t("Mở đường dẫn, bấm nút đang chọn")),
        ("Space", t("Đánh dấu ô, mở phần đang gập")),
    ];
    let list = [
        ("↓ ↑", t("Xuống, lên một hồ sơ trong danh sách")),
        ("Home, End", t("Hồ sơ đầu, hồ sơ cuối của trang")),
        ("Enter", t("Mở hồ sơ")),
    ];
    let counter = [
        ("Alt + T", t("Đến ô thủ tục")),
        ("Alt + Q", t("Đến ô quét thẻ căn cước")),
        ("Enter", t("Điền từ thẻ, chọn thủ tục; chưa tiếp nhận")),
        ("Alt + S", t("Tiếp nhận và lập Mẫu 01")),
        ("Enter", t("Ngay sau khi tiếp nhận: in Mẫu 01")),
        ("Alt + N", t("Ngay sau khi tiếp nhận: người tiếp theo")),
    ];
    view! {
        <Title text=title/>
        <PageTitle title caption=t("Mọi việc của cán bộ làm được chỉ bằng bàn phím")/>
        <Section title=t("Ở mọi trang") id="moi-trang">{sheet(t("Ở mọi trang"), &everywhere)}</Section>
        <Section title=t("Trong danh sách hồ sơ") id="danh-sach">{sheet(t("Trong danh sách hồ sơ"), &list)}</Section>
        <Section title=t("Tiếp nhận tại quầy") id="quay">{sheet(t("Tiếp nhận tại quầy"), &counter)}</Section>
        <p class="sub">
            {t("Phím Alt theo trình duyệt: Firefox dùng Alt + Shift, máy Mac dùng Control + Option. Phím / và các mũi tên cần trang đã tải xong.")}
        </p>
    }
    .into_any()
}

fn sheet(caption: &'static str, keys: &[(&'static str, &'static str)]) -> AnyView {
    let labels = [t("Phím"), t("Làm gì")];
    let rows = keys
        .iter()
        .map(|&(key, what)| {
            view! {
                <Row>
                    <Cell heading=true label=labels[0]><kbd>{key}</kbd></Cell>
                    <Cell label=labels[1]>{what}</Cell>
                </Row>
            }
        })
        .collect_view();
    view! { <Table caption caption_hidden=true columns=labels.map(Column::new).to_vec() keep=true>{rows}</Table> }
        .into_any()
}

//! The procedures and what one's units say of them: the list. New versions that all units share come from a file.

mod fees;
pub mod file;
pub mod one;
mod versions;

use super::crumbs;
use crate::{
    context::{self, office},
    words::t,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::local_parts::{LineFilter, ProcedureLine, ProcedureLines};
use ui::{Cell, Choice, Column, Empty, FilterBar, LinkButton, PageTitle, Pager, Row, Select, Table, TextField};

/// The address of the list.
pub(super) const PROCEDURES: &str = "/can-bo/quan-tri/thu-tuc";

/// The list, narrowed by what stands in the address.
#[component]
pub fn ProceduresPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    let query = use_query_map();
    let typed = |name: &str| query.with_untracked(|query| query.get(name)).unwrap_or_default();
    let filter = LineFilter { words: typed("q"), own: typed("rieng") == "1" };
    let after = Some(typed("sau")).filter(|code| !code.is_empty());
    let narrowed = filter.clone();
    let is_later = after.is_some();
    let reading = async move { office.procedure_lines(&who, &filter, after.as_deref()) };
    super::super::page(reading, move |page| show(&page, &narrowed, is_later))
}

fn show(page: &ProcedureLines, filter: &LineFilter, is_later: bool) -> impl IntoView + use<> {
    let title = t("Thủ tục của đơn vị");
    let labels = [t("Mã"), t("Tên thủ tục"), t("Nội dung riêng")];
    let rows = page.lines.iter().map(|one| line(one, labels)).collect_view();
    let list = if page.lines.is_empty() {
        view! { <Empty words=t("Không có thủ tục nào khớp. Bỏ bớt điều kiện lọc.")/> }.into_any()
    } else {
        let columns = labels.map(Column::new).to_vec();
        view! { <div class="queue-table"><Table caption=title caption_hidden=true columns>{rows}</Table></div> }
            .into_any()
    };
    let states = vec![Choice::new("0", t("Mọi thủ tục")), Choice::new("1", t("Có nội dung riêng của đơn vị"))];
    let own = u8::from(filter.own).to_string();
    let address = |after: Option<&str>| {
        let after = after.map(|code| format!("&sau={}", context::encode(code))).unwrap_or_default();
        format!("{PROCEDURES}?q={}&rieng={own}{after}", context::encode(&filter.words))
    };
    let pager = (page.next.is_some() || is_later).then(|| {
        let (first, next) = (is_later.then(|| address(None)), page.next.as_deref().map(|code| address(Some(code))));
        view! {
            <Pager label=t("Các trang danh sách thủ tục") previous_href=first previous_words=t("Về trang đầu")
                next_href=next next_words=t("Trang sau")/>
        }
    });
    let words = filter.words.clone();
    let caption =
        t("Dữ liệu quốc gia và phần chung mọi đơn vị dùng như nhau. Ở đây chỉ thêm nội dung riêng của đơn vị");
    view! {
        <Title text=title/>
        {crumbs(None, title)}
        <PageTitle title caption/>
        <FilterBar label=t("Lọc danh sách") action=PROCEDURES>
            <TextField id="q" label=t("Tên hoặc mã thủ tục") value=words width=16/>
            <Select id="rieng" label=t("Hiện") options=states value=own/>
            <button class="button button-secondary" type="submit">{t("Lọc")}</button>
        </FilterBar>
        <p><LinkButton href=file::FILE>{t("Bản mới từ tệp")}</LinkButton></p>
        {list}
        {pager}
    }
}

fn line(one: &ProcedureLine, labels: [&'static str; 3]) -> AnyView {
    let [code_label, name_label, own_label] = labels;
    let own = match one.own.is_empty() {
        true => t("không").to_owned(),
        false => one.own.join(", "),
    };
    let to_come = one.to_come.then(|| view! { <p class="sub">{t("có bản sắp áp dụng")}</p> });
    let href = format!("{PROCEDURES}/{}", one.code);
    let (code, name) = (one.code.clone(), one.name.clone());
    view! {
        <Row>
            <Cell label=code_label><span class="code">{code}</span></Cell>
            <Cell heading=true label=name_label><a href=href>{name}</a></Cell>
            <Cell label=own_label>{own} {to_come}</Cell>
        </Row>
    }
    .into_any()
}

//! The offices of the unit: a tree with days, who continues whom, and where each is found and called.

use super::{Form, crumbs, days_words};
use crate::{
    context::{self, office},
    format,
    words::{t, tf},
};
use domain::time::Day;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use office::{
    Error,
    units::{SuccessionRow, UnitLine},
};
use std::collections::BTreeMap;
use ui::{Cell, Column, LinkButton, Notice, PageTitle, Row, Table, Tone};

/// The address of the tree.
pub(super) const UNITS: &str = "/can-bo/quan-tri/don-vi";

/// The tree.
#[component]
pub fn UnitsPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    super::super::page(async move { office.units(&who) }, |lines| show(&lines))
}

/// Where one office is found and called.
#[component]
pub fn ContactPage() -> AnyView {
    let id = use_params_map().with_untracked(|params| params.get("so")).and_then(|id| id.parse::<i64>().ok());
    let (office, who) = (office(), context::staff());
    let reading = async move {
        let line = office.units(&who)?.into_iter().find(|line| Some(line.office.id) == id);
        line.ok_or(Error::NotFound)
    };
    super::super::page(reading, |line| contact(&line))
}

fn show(lines: &[UnitLine]) -> impl IntoView + use<> {
    let title = t("Cơ quan, đơn vị");
    let labels = [t("Cơ quan"), t("Hoạt động"), t("Tiếp nối"), t("Địa chỉ, điện thoại")];
    let rows = lines.iter().map(|line| row(line, labels)).collect_view();
    let columns = labels.map(Column::new).to_vec();
    let added = use_query_map().with_untracked(|query| query.get("da_them")).and_then(|key| added(&key, lines));
    view! {
        <Title text=title/>
        {crumbs(None, title)}
        <PageTitle title/>
        {added}
        <p><LinkButton href=super::new_unit::NEW_UNIT>{t("Thêm cơ quan, đơn vị")}</LinkButton></p>
        <div class="queue-table"><Table caption=title caption_hidden=true columns>{rows}</Table></div>
    }
}

/// That an office was added, and what comes next where nobody works in its unit yet.
fn added(key: &str, lines: &[UnitLine]) -> Option<AnyView> {
    let books = office().books();
    let added = books.places.by_key(key)?;
    let day = format::day(Day(added.valid_from as i32));
    let words = tf("Đã thêm {tên}, hoạt động từ {ngày}.", &[("tên", &added.name), ("ngày", &day)]);
    let is_own = lines.iter().any(|line| line.office.id == added.id);
    let next = (!is_own).then(|| {
        t("Đơn vị này chưa có ai làm việc. Nhờ người vận hành máy chủ tạo tài khoản quản trị cho đơn vị trước ngày bắt đầu.")
    });
    let shown = view! { <Notice tone=Tone::Success live=true>{words} " " {next}</Notice> };
    Some(shown.into_any())
}

fn row(line: &UnitLine, labels: [&'static str; 4]) -> impl IntoView + use<> {
    let [name_label, days_label, chain_label, contact_label] = labels;
    let office = &line.office;
    let first = Some(office.valid_from).filter(|day| *day > 0).map(|day| Day(day as i32));
    let days = days_words(first, office.valid_to.map(|day| Day(day as i32)));
    let days = if days.is_empty() { t("không định ngày").to_string() } else { days };
    let before = successions(&line.continues, true);
    let after = successions(&line.continued_by, false);
    let chain = before.into_iter().chain(after).map(|words| view! { <li>{words}</li> }).collect_view();
    let contact = line.contact.as_ref();
    let address = contact.map(|one| one.address.clone()).filter(|address| !address.is_empty());
    let phone = contact.map(|one| super::super::phone_words(&one.phone, true)).filter(|phone| !phone.is_empty());
    let missing = (address.is_none() && phone.is_none()).then(|| t("Chưa có. "));
    let (id, href) = (format!("co-quan-{}", office.id), format!("{UNITS}/{}", office.id));
    let change = tf("Sửa địa chỉ, điện thoại của {tên}", &[("tên", &office.name)]);
    let depth = format!("admin-depth-{}", line.depth.min(3));
    let (name, organ) = (office.name.clone(), office.organ_id.clone());
    view! {
        <Row>
            <Cell heading=true label=name_label>
                <span id=id class=depth>{name}</span> " " <span class="sub code">{organ}</span>
            </Cell>
            <Cell label=days_label>{days}</Cell>
            <Cell label=chain_label><ul class="plain">{chain}</ul></Cell>
            <Cell label=contact_label>
                {missing} {address} " " {phone} " "
                <a href=href aria-label=change>{t("Sửa")}</a>
            </Cell>
        </Row>
    }
}

/// Which offices continue which, since when and by what: a line for each day and basis, with all their names.
fn successions(all: &[SuccessionRow], is_before: bool) -> Vec<String> {
    let books = office().books();
    let mut lines: BTreeMap<(i64, &str), Vec<String>> = BTreeMap::new();
    for one in all {
        let key = if is_before { &one.from_key } else { &one.to_key };
        let name = books.places.by_key(key).map_or_else(|| key.clone(), |office| office.name.clone());
        lines.entry((one.on_day, one.basis.as_str())).or_default().push(name);
    }
    let worded = |((day, basis), names): ((i64, &str), Vec<String>)| {
        let (day, names) = (format::day(Day(day as i32)), names.join("; "));
        let parts = [("tên", names.as_str()), ("ngày", day.as_str()), ("căn cứ", basis)];
        match is_before {
            true => tf("Từ {ngày}, tiếp nối {tên} ({căn cứ})", &parts),
            false => tf("Từ {ngày}, {tên} tiếp nối ({căn cứ})", &parts),
        }
    };
    lines.into_iter().map(worded).collect()
}

fn contact(line: &UnitLine) -> impl IntoView + use<> {
    let title = t("Địa chỉ và điện thoại");
    let form = Form::new("units/enter_contact");
    let (address, phone) =
        line.contact.as_ref().map(|one| (one.address.clone(), one.phone.clone())).unwrap_or_default();
    let phone = super::super::phone_words(&phone, true);
    let fields = view! {
        {form.text("address", "address", t("Địa chỉ"), t("Như nói với người từ xa đến: số nhà, thôn, gần đâu."), &address)}
        {form.text("phone", "phone", t("Điện thoại"), t("Để trống khi chưa có."), &phone)}
    };
    let place = [("place", line.office.id.to_string())];
    let form = form.draw(&place, fields.into_any(), t("Lưu địa chỉ, điện thoại").into(), "button");
    view! {
        <Title text=title/>
        {crumbs(Some((t("Cơ quan, đơn vị"), UNITS)), line.office.name.clone())}
        <PageTitle title caption=line.office.name.clone()/>
        <p>{t("Người dân thấy ở trang “Nơi được giúp” và trên giấy tờ lập từ nay. Giấy tờ đã lập giữ nội dung cũ.")}</p>
        {form}
    }
}

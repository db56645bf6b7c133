//! The front page: what do you need to do?

use super::{about::opening, catalogue::life_event::LIFE_EVENTS};
use crate::{
    context::{office, resident},
    words::t,
};
use domain::time::Day;
use leptos::prelude::*;
use leptos_meta::Title;
use office::catalogue::{Catalogue, ProcedureVersion};
use std::sync::Arc;
use ui::{Button, ButtonKind, CitizenMain, Glyph, SearchBox, Section, TextField, Tile, Tiles};

/// How many of the procedures people use most are named.
const NAMED: usize = 10;
/// How many life events get a tile; the others are named in a line.
const TILES: usize = 8;

/// `/`.
#[component]
pub fn HomePage() -> impl IntoView {
    let office = office();
    let (books, today) = (office.books(), office.now().day());
    let popular = named(&books.catalogue, today)
        .into_iter()
        .map(|procedure| {
            view! { <li><a href=format!("/thu-tuc/{}", procedure.code)>{procedure.name.clone()}</a></li> }
        })
        .collect_view();
    let (tiles, others): (Vec<_>, Vec<_>) = LIFE_EVENTS
        .iter()
        .filter(|event| books.catalogue.all(today).any(|procedure| event.holds(procedure)))
        .enumerate()
        .partition(|(at, _)| *at < TILES);
    let tiles = tiles
        .into_iter()
        .map(|(_, event)| view! { <Tile href=event.address() glyph=event.glyph title=event.title hint=event.hint/> })
        .collect_view();
    let others = others
        .into_iter()
        .map(|(_, event)| view! { <li><a href=event.address()>{event.title}</a></li> })
        .collect_view();
    let mine = match resident().resident() {
        Some(who) => view! { <Tile href="/ho-so" glyph=Glyph::List title=t("Hồ sơ của tôi") hint=who.name.clone()/> },
        None => view! {
            <Tile href="/ho-so" glyph=Glyph::List title=t("Hồ sơ của tôi") hint=t("Đăng nhập để xem và làm tiếp")/>
        },
    };
    let hours = opening::today_everywhere(&office).into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <Title text=t("Một Cửa: thủ tục ở xã, phường")/>
        <CitizenMain wide=true>
            <div class="opening">
                <h1>{t("Ông/bà cần làm gì?")}</h1>
                <SearchBox
                    id="tim-thu-tuc"
                    action="/thu-tuc"
                    label=t("Tìm thủ tục")
                    hint=t("Ví dụ: khai sinh, sao y, trợ cấp. Không cần gõ dấu.")
                    button=t("Tìm kiếm")
                />
                {hours}
            </div>
            <Tiles>
                {mine}
                <Tile
                    href="/lien-he"
                    glyph=Glyph::MapPin
                    title=t("Nơi được giúp")
                    hint=t("Địa điểm, giờ mở cửa, số điện thoại")
                />
            </Tiles>
            <Section id="viec-trong-doi" title=t("Chọn theo việc")>
                <Tiles>{tiles}</Tiles>
                <ul>{others}<li><a href="/thu-tuc">{t("Tất cả thủ tục")}</a></li></ul>
            </Section>
            <Section id="hay-dung" title=t("Thủ tục nhiều người làm")>
                <ul>{popular}</ul>
            </Section>
            <Section id="tra-cuu" title=t("Tra cứu hồ sơ")>
                <form method="get" action="/tra-cuu">
                    <TextField
                        id="ma-ho-so"
                        name="ma"
                        label=t("Mã hồ sơ")
                        hint=t("In ở góc trên Giấy tiếp nhận, ví dụ H15.50.05.13-261123-0007")
                        autocomplete="off"
                        width=24
                    />
                    <Button kind=ButtonKind::Secondary>{t("Tra cứu hồ sơ")}</Button>
                </form>
            </Section>
        </CitizenMain>
    }
}

/// The procedures that the front page names: of those people use most, one for each life event in turn, then the others.
fn named(catalogue: &Catalogue, today: Day) -> Vec<Arc<ProcedureVersion>> {
    let mut left: Vec<&Arc<ProcedureVersion>> =
        catalogue.all(today).filter(|procedure| procedure.is_popular()).collect();
    let mut named: Vec<Arc<ProcedureVersion>> = Vec::new();
    for event in &LIFE_EVENTS {
        if let Some(at) = left.iter().position(|procedure| event.holds(procedure)) {
            named.push(left.remove(at).clone());
        }
    }
    named.extend(left.into_iter().cloned());
    named.truncate(NAMED);
    named
}

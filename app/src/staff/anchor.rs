//! The anchor of the audit log on a day, to be printed, signed and put away.

use super::register::day_of;
use crate::{
    context::{self, office},
    format,
    words::{t, tf},
};
use domain::time::Day;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::anchors::Anchor;
use ui::{Empty, FilterBar, Glyph, PageTitle, SummaryList, SummaryRow, TextField};

/// Groups of digits in one line.
const A_LINE: usize = 4;

/// The anchor of yesterday, or of the day that is asked for.
#[component]
pub fn AnchorPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    let typed = use_query_map().with_untracked(|query| query.get("ngay")).unwrap_or_default();
    let asked = day_of(&typed);
    let wrong = (asked.is_none() && !typed.trim().is_empty()).then_some(typed);
    super::page(async move { office.read_audit_anchor(&who, asked).await }, move |(day, anchor)| {
        show(day, anchor.as_ref(), wrong)
    })
}

fn show(day: Day, anchor: Option<&Anchor>, wrong: Option<String>) -> impl IntoView + use<> {
    let title = tf("Dấu niêm nhật ký ngày {ngày}", &[("ngày", &format::day(day))]);
    let error = wrong.as_ref().map(|_| t("Ngày chưa đúng. Gõ theo dạng 23/11/2026."));
    let value = wrong.unwrap_or_else(|| format::day(day));
    let body = match anchor {
        None => view! { <Empty glyph=Glyph::Paper words=t("Đến hết ngày này nhật ký chưa có dòng nào.")/> }.into_any(),
        Some(anchor) => seal(anchor),
    };
    view! {
        <Title text=title.clone()/>
        <PageTitle title=title caption=t("Chép tay hoặc in, ký, cất nơi người quản trị máy chủ không sửa được")/>
        <FilterBar label=t("Chọn ngày") action="/can-bo/dau-niem">
            <TextField id="ngay" label=t("Ngày") error value width=12 inputmode="numeric" autocomplete="off"/>
            <button class="button button-secondary" type="submit">{t("Xem dấu niêm")}</button>
        </FilterBar>
        {body}
    }
}

fn seal(anchor: &Anchor) -> AnyView {
    let groups = anchor.groups();
    let lines = groups.chunks(A_LINE).map(|line| view! { <code>{line.join(" ")}</code> <br/> });
    let lines = lines.collect_view();
    let (rows, of_day) = (anchor.rows.to_string(), anchor.rows_of_day.to_string());
    let (day, check) = (format::day(anchor.day), anchor.check());
    let command = format!("motcua verify-audit --anchor {anchor}");
    view! {
        <SummaryList>
            <SummaryRow label=t("Ngày")>{day}</SummaryRow>
            <SummaryRow label=t("Số dòng của nhật ký")>
                {tf("{n} dòng, trong ngày {m} dòng", &[("n", &rows), ("m", &of_day)])}
            </SummaryRow>
            <SummaryRow label=t("Dấu niêm")>{lines}</SummaryRow>
            <SummaryRow label=t("Số kiểm tra")><span class="code">{check}</span></SummaryRow>
        </SummaryList>
        <p>{t("Sau này có thể kiểm tra nhật ký từ ngày ấy trở về trước có bị sửa không. Đưa dấu niêm đã cất cho người vận hành máy chủ đối chiếu bằng dòng lệnh:")}</p>
        <p class="anchor-line"><code>{command}</code></p>
        <p>{t("Người chép, ký tên: ..............................")}</p>
        <p>{t("Ngày, giờ chép: ..............................")}</p>
    }
    .into_any()
}

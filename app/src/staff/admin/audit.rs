//! The record of the unit, searched by dossier, person, kind and days. No dossier is opened for it.

use super::crumbs;
use crate::{
    context::{self, office},
    format,
    record_words::{self, OTHER_ACT},
    staff::register::day_of,
    status,
    words::{t, tf},
};
use domain::time::Day;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::{
    audit_search::{ActGroup, AuditFound, AuditQuery, FoundAct, Unknown},
    queues::Queue,
};
use ui::{
    Cell, Choice, Column, Empty, FilterBar, Glyph, Notice, PageTitle, Pager, Row, Select, Table, TextField, Tone,
};

/// The address of the search.
const SEARCH: &str = "/can-bo/quan-tri/nhat-ky";
/// Days that a search goes over when none are typed, both ends included.
const USUAL_DAYS: i32 = 7;

/// What stands in the address, as typed and as understood.
#[derive(Clone)]
struct Asked {
    query: AuditQuery,
    older: Option<(i64, i64)>,
    /// What was typed that is no day, to be typed again.
    wrong_from: Option<String>,
    wrong_to: Option<String>,
}

/// The search with what it found.
#[component]
pub fn AuditPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    let query = use_query_map();
    let typed = |name: &str| query.with_untracked(|query| query.get(name)).unwrap_or_default();
    let asked = asked(typed, office.now().day());
    let (query, older) = (asked.query.clone(), asked.older);
    super::super::page(async move { office.search_audit(&who, &query, older).await }, move |found| show(&found, &asked))
}

/// Reads the address. Where nothing, or no real day, is typed, the last days up to the other one stand in its place.
fn asked(typed: impl Fn(&str) -> String, today: Day) -> Asked {
    let (from, to) = (typed("tu"), typed("den"));
    let (typed_from, typed_to) = (day_of(&from), day_of(&to));
    let wrong = |text: String, day: Option<Day>| (day.is_none() && !text.trim().is_empty()).then_some(text);
    let last = typed_to.unwrap_or(today);
    let first = typed_from.unwrap_or(last.plus(1 - USUAL_DAYS));
    let older = typed("truoc");
    let older = older.split_once('-').and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    let query = AuditQuery {
        code: typed("ma"),
        login: typed("nguoi"),
        group: ActGroup::from_key(&typed("loai")),
        from: first.min(last),
        to: last.max(first),
    };
    Asked { query, older, wrong_from: wrong(from, typed_from), wrong_to: wrong(to, typed_to) }
}

fn show(found: &AuditFound, asked: &Asked) -> impl IntoView + use<> {
    let title = t("Tra cứu nhật ký");
    let between = tf("Từ {từ} đến {đến}", &[("từ", &format::day(found.from)), ("đến", &format::day(found.to))]);
    let wrong = (asked.wrong_from.is_some() || asked.wrong_to.is_some()).then(|| {
        let words = tf(
            "Có ngày chưa đúng nên nhật ký hiện từ {từ} đến {đến}.",
            &[("từ", &format::day(found.from)), ("đến", &format::day(found.to))],
        );
        view! { <Notice tone=Tone::Warn live=true>{words}</Notice> }
    });
    let shortened = (found.from > asked.query.from).then(|| {
        view! { <Notice tone=Tone::Warn>{t("Mỗi lần tra cứu nhiều nhất 92 ngày nên chỉ lấy những ngày cuối của khoảng.")}</Notice> }
    });
    let labels = [t("Lúc"), t("Ai"), t("Việc"), t("Đối tượng")];
    let rows = found.acts.iter().map(|one| line(one, labels)).collect_view();
    let list = if found.acts.is_empty() {
        let nothing = match found.unknown {
            Some(_) => t("Chưa tra cứu. Sửa ô có lời nhắc ở trên rồi bấm Tra cứu."),
            None => t("Không có dòng nào trong khoảng này. Mở rộng khoảng ngày hoặc bỏ bớt điều kiện."),
        };
        view! { <Empty glyph=Glyph::Search words=nothing/> }.into_any()
    } else {
        let columns = labels.map(Column::new).to_vec();
        view! { <div class="queue-table"><Table caption=title caption_hidden=true columns>{rows}</Table></div> }
            .into_any()
    };
    view! {
        <Title text=title/>
        {crumbs(None, title)}
        <PageTitle title caption=between/>
        <p>{t("Mỗi lần tra cứu cũng được ghi vào nhật ký. Tên người nộp và lời ghi riêng không hiện ở đây.")}</p>
        <p class="sub">
            {t("Việc đăng nhập và việc người vận hành làm tại máy chủ không thuộc cơ quan nào. Gõ tên đăng nhập của cán bộ để thấy.")}
        </p>
        {filters(found, asked)}
        {wrong}
        {shortened}
        {list}
        {pager(found, asked)}
    }
}

fn filters(found: &AuditFound, asked: &Asked) -> impl IntoView + use<> {
    let query = &asked.query;
    let (code_error, login_error) = match found.unknown {
        Some(Unknown::Dossier) => {
            (Some(t("Không tra được hồ sơ nào theo mã này ở đơn vị. Mã in ở góc trên Giấy tiếp nhận.")), None)
        }
        Some(Unknown::Person) => {
            (None, Some(t("Trong khoảng ngày này đơn vị không có cán bộ nào dùng tên đăng nhập đó.")))
        }
        Some(Unknown::WhoseDoor) => (None, Some(t("Việc đăng nhập được tra theo từng người: gõ tên đăng nhập."))),
        None => (None, None),
    };
    let error = |wrong: &Option<String>| wrong.as_ref().map(|_| t("Ngày chưa đúng. Gõ theo dạng 23/11/2026."));
    let (from_error, to_error) = (error(&asked.wrong_from), error(&asked.wrong_to));
    let from = asked.wrong_from.clone().unwrap_or_else(|| format::day(found.from));
    let to = asked.wrong_to.clone().unwrap_or_else(|| format::day(found.to));
    let groups: Vec<Choice> =
        ActGroup::ALL.into_iter().map(|group| Choice::new(group.key(), group_words(group))).collect();
    let (code, login, chosen) = (query.code.clone(), query.login.clone(), query.group.map(ActGroup::key));
    view! {
        <FilterBar label=t("Lọc nhật ký") action=SEARCH>
            <TextField id="ma" label=t("Mã hồ sơ") error=code_error value=code width=24 autocomplete="off"/>
            <TextField id="nguoi" label=t("Tên đăng nhập của cán bộ") error=login_error value=login width=16 autocomplete="off"/>
            <Select id="loai" label=t("Loại việc") blank=t("Tất cả") options=groups value=chosen/>
            <TextField id="tu" label=t("Từ ngày") error=from_error value=from width=12 inputmode="numeric" autocomplete="off"/>
            <TextField id="den" label=t("Đến ngày") error=to_error value=to width=12 inputmode="numeric" autocomplete="off"/>
            <button class="button button-secondary" type="submit">{t("Tra cứu")}</button>
        </FilterBar>
    }
}

/// The way to older lines, and back to the newest.
fn pager(found: &AuditFound, asked: &Asked) -> Option<AnyView> {
    let query = &asked.query;
    let address = |older: Option<(i64, i64)>| {
        let older = older.map(|(at, id)| format!("&truoc={at}-{id}")).unwrap_or_default();
        let (code, login) = (context::encode(&query.code), context::encode(&query.login));
        let group = query.group.map_or("", ActGroup::key);
        format!("{SEARCH}?ma={code}&nguoi={login}&loai={group}&tu={}&den={}{older}", found.from, found.to)
    };
    if found.older.is_none() && asked.older.is_none() {
        return None;
    }
    let (first, next) = (asked.older.map(|_| address(None)), found.older.map(|older| address(Some(older))));
    let view = view! {
        <Pager label=t("Các trang nhật ký") previous_href=first previous_words=t("Về mới nhất") next_href=next
            next_words=t("Cũ hơn")/>
    };
    Some(view.into_any())
}

fn line(one: &FoundAct, labels: [&'static str; 4]) -> impl IntoView + use<> {
    let [when_label, who_label, what_label, object_label] = labels;
    let actor = match one.actor_kind.as_str() {
        "staff" => one.actor_name.clone(),
        "resident" => t("Người nộp").into(),
        "anyone" => t("Người không đăng nhập").into(),
        "operator" => tf("Người vận hành {tên}", &[("tên", &one.actor_name)]),
        _ => t("Phần mềm, theo hạn đã định").into(),
    };
    let reason = one.reason.map(|reason| {
        let words = tf("Lý do: {lý do}", &[("lý do", status::reveal_reason(reason))]);
        view! { <span class="sub staff-under">{words}</span> }
    });
    let (when, act) = (format::moment(one.at), record_words::act(&one.act).unwrap_or(OTHER_ACT));
    let (kind, object) = object_words(one);
    view! {
        <Row>
            <Cell heading=true label=when_label>{when}</Cell>
            <Cell label=who_label>{actor}</Cell>
            <Cell label=what_label>{act} " " {reason}</Cell>
            <Cell label=object_label>{kind} " " <span class="code">{object}</span></Cell>
        </Row>
    }
}

const fn group_words(group: ActGroup) -> &'static str {
    match group {
        ActGroup::Views => t("Xem, tìm, xuất"),
        ActGroup::Reveals => t("Xem số đầy đủ"),
        ActGroup::Staff => t("Cán bộ, vai trò, ủy nhiệm"),
        ActGroup::Rules => t("Cơ quan, lịch, thủ tục"),
        ActGroup::Money => t("Tiền: thu, đối soát, hoàn"),
        ActGroup::Doors => t("Đăng nhập, đăng xuất"),
    }
}

/// What was acted on: the kind in words, and which one.
fn object_words(one: &FoundAct) -> (&'static str, String) {
    let kind = match one.object_kind.as_str() {
        "dossier" if one.object.is_empty() => t("hồ sơ có thông tin được bảo vệ"),
        kind => record_words::object(kind).unwrap_or_default(),
    };
    let object = match one.object_kind.as_str() {
        "queue" => list_words(&one.object).into(),
        _ => one.object.clone(),
    };
    (kind, object)
}

/// A list by the key that the record keeps: a queue, or one of the lists beside them.
fn list_words(key: &str) -> &'static str {
    match (Queue::from_key(key), key) {
        (Some(queue), _) => super::super::words_of(queue).0,
        (None, "approve_many") => t("Duyệt nhiều hồ sơ"),
        (None, "xin-y-kien") => t("Ý kiến phối hợp"),
        (None, "khoan-tien-chua-ro") => t("Khoản tiền chưa rõ"),
        (None, "tien-ve") => t("Tiền đã về"),
        (None, "hoan-tien") => t("Hoàn tiền"),
        (None, "doi-soat") => t("Đối soát"),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: &[(&str, &str)]) -> Asked {
        let typed = |name: &str| address.iter().find(|(one, _)| *one == name).map(|(_, text)| (*text).to_owned());
        asked(|name| typed(name).unwrap_or_default(), "2026-11-23".parse().expect("a day"))
    }

    fn days(asked: &Asked) -> (String, String) {
        (asked.query.from.to_string(), asked.query.to.to_string())
    }

    #[test]
    fn the_search_opens_on_the_last_week() {
        assert_eq!(days(&read(&[])), ("2026-11-17".into(), "2026-11-23".into()));
        assert_eq!(days(&read(&[("den", "10/11/2026")])), ("2026-11-04".into(), "2026-11-10".into()));
    }

    #[test]
    fn days_in_the_wrong_order_are_turned_round() {
        let asked = read(&[("tu", "20/11/2026"), ("den", "2026-11-16")]);
        assert_eq!(days(&asked), ("2026-11-16".into(), "2026-11-20".into()));
    }

    #[test]
    fn what_is_no_day_is_kept_to_be_typed_again() {
        let asked = read(&[("tu", "31/02/2026"), ("truoc", "5-7")]);
        assert_eq!((asked.wrong_from.as_deref(), asked.wrong_to), (Some("31/02/2026"), None));
        assert_eq!(asked.older, Some((5, 7)));
        assert_eq!(read(&[("truoc", "hôm qua")]).older, None);
    }
}

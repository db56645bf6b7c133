//! One procedure: what the unit says of it today, what a new version would change, its publication, and what was said
//! before; and what the last version of the rules that all units share changed.

use super::{PROCEDURES, fees, versions};
use crate::{
    acts::particulars::TypedDay,
    context::{self, office},
    errors::{refused, sentence},
    format,
    staff::admin::{Form, crumbs, wrong_field},
    words::{t, tf},
};
use domain::{
    money::Dong,
    procedure::unit_part::{CONTACT_MOST, FEES_MOST, NOTES_MOST, OwnFee, UnitPart, UnitPartField},
    time::Day,
    working_time::{Term, TermUnit},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use office::{
    Error, Office, Uuid, Who,
    catalogue::ProcedureVersion,
    local_parts::{Comparison, TypedFee, TypedPart, UnitPartVersion, UnitSays, UnitsSay},
};
use ui::{
    Cell, Choice, Column, DateField, ErrorSummary, Notice, PageTitle, ProblemLink, Radios, Row, Section, SummaryList,
    SummaryRow, Table, TextArea, TextField, Tone,
};

/// The act that publishes.
const PUBLISH: &str = "procedures/publish_local_part";

/// What the address asks to be compared.
struct Asked {
    unit: i64,
    part: TypedPart,
    first: TypedDay,
}

/// What was asked with what came of it.
struct Tried {
    asked: Asked,
    done: office::Result<Comparison>,
}

/// A procedure, with what the address asks to be compared.
#[component]
pub fn UnitProcedurePage() -> AnyView {
    let code = use_params_map().with_untracked(|params| params.get("ma")).unwrap_or_default();
    let (office, who, asked) = (office(), context::staff(), asked_in_address());
    let reading = async move {
        let says = office.units_say(&who, &code)?;
        // A unit that is not one's own is not compared.
        let asked = asked.filter(|asked| says.units.iter().any(|unit| unit.unit == asked.unit));
        let tried = asked.map(|mut asked| {
            fees::name_fees(&mut asked.part, &says.procedure);
            let done = compare(&office, &who, &code, &asked);
            Tried { asked, done }
        });
        Ok((says, tried))
    };
    super::super::super::page(reading, |(says, tried)| show(&says, tried.as_ref()))
}

fn asked_in_address() -> Option<Asked> {
    let query = use_query_map();
    let typed = |name: &str| query.with_untracked(|query| query.get(name)).unwrap_or_default();
    let unit = typed("don_vi").parse().ok()?;
    let first = TypedDay { day: typed("tu_ngay"), month: typed("tu_thang"), year: typed("tu_nam") };
    let part = TypedPart {
        online: typed("truc_tuyen") != "0",
        contact: typed("lien_he"),
        notes: typed("ghi_chu"),
        amount: typed("han"),
        // Which fee it is of, only the procedure knows.
        fees: (0..FEES_MOST)
            .map(|at| TypedFee {
                name: String::new(),
                amount: typed(&format!("phi_{at}")),
                source: typed(&format!("can_cu_{at}")),
            })
            .collect(),
    };
    Some(Asked { unit, part, first })
}

fn compare(office: &Office, who: &Who, code: &str, asked: &Asked) -> office::Result<Comparison> {
    let first = asked.first.read_if_typed("first")?.unwrap_or_else(|| office.now().day());
    office.compare_local_part(who, (asked.unit, code), &asked.part, first)
}

fn show(says: &UnitsSay, tried: Option<&Tried>) -> impl IntoView + use<> {
    let procedure = &says.procedure;
    let units = says
        .units
        .iter()
        .map(|unit| of_unit(procedure, unit, tried.filter(|tried| tried.asked.unit == unit.unit)))
        .collect::<Vec<_>>();
    let (name, code) = (procedure.name.clone(), procedure.code.clone());
    let public = format!("/thu-tuc/{code}");
    let last_change = versions::last_change(says);
    view! {
        <Title text=name.clone()/>
        {crumbs(Some((t("Thủ tục của đơn vị"), PROCEDURES)), code.clone())}
        <PageTitle title=name caption=code/>
        <p><a href=public>{t("Xem trang người dân đọc")}</a></p>
        {units}
        {last_change}
    }
}

fn of_unit(procedure: &ProcedureVersion, unit: &UnitSays, tried: Option<&Tried>) -> AnyView {
    let legal = laid_down(procedure);
    let has_fees = !procedure.open_fees().is_empty();
    let rows = FIELDS
        .into_iter()
        .filter(|field| is_shown(*field, &unit.held, has_fees))
        .map(|field| {
            let (label, words) = (field_words(field), value_words(field, &unit.held, legal));
            view! { <SummaryRow label>{words}</SummaryRow> }
        })
        .collect_view();
    let difference = tried.map(|tried| match &tried.done {
        Ok(change) => difference(procedure, unit, &tried.asked, change),
        Err(_) => ().into_any(),
    });
    let form = enter_form(procedure, unit, tried);
    let history = history(unit, legal, has_fees);
    let (title, id) = (unit.name.clone(), format!("don-vi-{}", unit.unit));
    view! {
        {difference}
        <Section title id><SummaryList>{rows}</SummaryList></Section>
        <Section title=t("Soạn bản mới") id=format!("soan-{}", unit.unit)>{form}</Section>
        <Section title=t("Các bản đã công bố") id=format!("ban-{}", unit.unit)>{history}</Section>
    }
    .into_any()
}

/// What a unit says, in the order of the form.
const FIELDS: [UnitPartField; 5] =
    [UnitPartField::Online, UnitPartField::Term, UnitPartField::Fees, UnitPartField::Contact, UnitPartField::Notes];

/// Amounts of fees are spoken of where there is a fee without one, or a version gave one.
fn is_shown(field: UnitPartField, part: &UnitPart, has_fees: bool) -> bool {
    field != UnitPartField::Fees || has_fees || !part.fees.is_empty()
}

const fn field_words(field: UnitPartField) -> &'static str {
    match field {
        UnitPartField::Online => t("Nộp trực tuyến"),
        UnitPartField::Term => t("Thời hạn giải quyết"),
        UnitPartField::Fees => t("Mức phí, lệ phí do tỉnh quy định"),
        UnitPartField::Contact => t("Hỏi ở đâu, gặp ai"),
        UnitPartField::Notes => t("Lưu ý cho người dân"),
    }
}

/// The general term as it is laid down.
fn laid_down(procedure: &ProcedureVersion) -> Option<Term> {
    procedure.local.as_ref().map(|local| local.term.term())
}

fn value_words(field: UnitPartField, part: &UnitPart, legal: Option<Term>) -> String {
    let or_none = |text: &str| if text.is_empty() { t("chưa có").to_owned() } else { text.to_owned() };
    match (field, part.term) {
        (UnitPartField::Online, _) if part.online => t("nhận, khi thủ tục được nộp trực tuyến").into(),
        (UnitPartField::Online, _) => t("không nhận, chỉ nhận tại quầy").into(),
        (UnitPartField::Contact, _) => or_none(&part.contact),
        (UnitPartField::Notes, _) => or_none(&part.notes),
        (UnitPartField::Fees, _) => {
            let line = |fee: &OwnFee| {
                let cost = if fee.amount == Dong(0) { t("không thu").to_owned() } else { format::money(fee.amount) };
                tf("{phí}: {mức} ({căn cứ})", &[("phí", &fee.name), ("mức", &cost), ("căn cứ", &fee.source)])
            };
            or_none(&part.fees.iter().map(line).collect::<Vec<_>>().join("; "))
        }
        (UnitPartField::Term, Some(own)) => {
            let own = Term { unit: own.unit, amount: own.amount, cutoff_15h: false };
            tf("{hạn}, ngắn hơn thời hạn chung", &[("hạn", &format::term(&own))])
        }
        (UnitPartField::Term, None) => match legal {
            Some(legal) => tf("theo thời hạn chung: {hạn}", &[("hạn", &format::term(&legal))]),
            None => t("theo danh mục quốc gia").into(),
        },
    }
}

/// What would change, and the form that publishes it.
fn difference(procedure: &ProcedureVersion, unit: &UnitSays, asked: &Asked, change: &Comparison) -> AnyView {
    let legal = laid_down(procedure);
    let title = tf("Thay đổi so với bản áp dụng ngày {ngày}", &[("ngày", &format::day(change.first))]);
    let id = format!("so-sanh-{}", unit.unit);
    if change.changed.is_empty() {
        let refused = refused(PUBLISH);
        return view! {
            <Section title id>
                {refused}
                <Notice>{t("Không có gì khác bản đang áp dụng ngày đó nên không có gì để công bố.")}</Notice>
            </Section>
        }
        .into_any();
    }
    let labels = [t("Nội dung"), t("Đang áp dụng"), t("Bản mới")];
    let [what_label, was_label, is_label] = labels;
    let rows = FIELDS
        .into_iter()
        .filter(|field| change.changed.contains(field))
        .map(|field| {
            let (was, is) = (value_words(field, &change.held, legal), value_words(field, &change.part, legal));
            let name = field_words(field);
            view! {
                <Row>
                    <Cell heading=true label=what_label>{name}</Cell>
                    <Cell label=was_label>{was}</Cell>
                    <Cell label=is_label><strong>{is}</strong></Cell>
                </Row>
            }
        })
        .collect_view();
    let columns = labels.map(Column::new).to_vec();
    let publish = publish_form(procedure, unit, asked, change);
    view! {
        <Section title id>
            <Table caption=t("Thay đổi") caption_hidden=true columns>{rows}</Table>
            {publish}
        </Section>
    }
    .into_any()
}

fn publish_form(procedure: &ProcedureVersion, unit: &UnitSays, asked: &Asked, change: &Comparison) -> AnyView {
    let id = unit.unit.to_string();
    let form = Form::one_of(PUBLISH, "unit", &id);
    let (year, month, day) = change.first.ymd();
    let mut hidden = vec![
        ("unit", id),
        ("code", procedure.code.clone()),
        ("held", change.held_id.map(|id: Uuid| id.to_string()).unwrap_or_default()),
        ("online", u8::from(change.part.online).to_string()),
        ("contact", change.part.contact.clone()),
        ("notes", change.part.notes.clone()),
        ("amount", asked.part.amount.trim().to_owned()),
        ("first[day]", day.to_string()),
        ("first[month]", month.to_string()),
        ("first[year]", year.to_string()),
    ];
    for (fee, [name, amount, source]) in change.part.fees.iter().zip(fees::SENT) {
        hidden.extend([(name, fee.name.clone()), (amount, fee.amount.0.to_string()), (source, fee.source.clone())]);
    }
    let words = view! {
        <Notice tone=Tone::Warn>
            {t("Hồ sơ đã tiếp nhận giữ nguyên ngày hẹn. Bản đã công bố không sửa được nữa; muốn đổi thì công bố bản mới.")}
        </Notice>
    };
    let button = tf("Công bố, áp dụng từ {ngày}", &[("ngày", &format::day(change.first))]);
    form.draw(&hidden, words.into_any(), button, "button")
}

/// The form whose fields go into the address: nothing is published by it.
fn enter_form(procedure: &ProcedureVersion, unit: &UnitSays, tried: Option<&Tried>) -> AnyView {
    let error: Option<&Error> = tried.and_then(|tried| tried.done.as_ref().err());
    let wrong = |field: &str| error.filter(|error| wrong_field(error) == Some(field)).map(sentence);
    let id = |field: &str| format!("{}-{field}", unit.unit);
    let typed = match tried {
        Some(tried) => tried.asked.part.clone(),
        None => TypedPart {
            online: unit.held.online,
            contact: unit.held.contact.clone(),
            notes: unit.held.notes.clone(),
            amount: unit.held.term.map(|own| own.amount.to_string()).unwrap_or_default(),
            fees: unit
                .held
                .fees
                .iter()
                .map(|own| TypedFee {
                    name: own.name.clone(),
                    amount: own.amount.to_string(),
                    source: own.source.clone(),
                })
                .collect(),
        },
    };
    let first = tried.map(|tried| tried.asked.first.clone()).unwrap_or_default();
    let summary = error.map(|error| {
        let at = wrong_field(error).unwrap_or("contact");
        let problems = vec![ProblemLink::new(id(at), sentence(error))];
        view! { <ErrorSummary headline=t("Chưa so sánh được. Còn 1 chỗ cần sửa.") problems/> }
    });
    let online = u8::from(typed.online).to_string();
    let online = if procedure.can_apply_online(office().now().day()) {
        let options = vec![Choice::new("1", t("Nhận trực tuyến")), Choice::new("0", t("Chỉ nhận tại quầy"))];
        view! {
            <Radios id=id("online") name="truc_tuyen" legend=t("Nộp trực tuyến")
                hint=t("Bản nháp đã có vẫn khai và nộp được.") options value=online/>
        }
        .into_any()
    } else {
        view! { <input type="hidden" name="truc_tuyen" value=online/> }.into_any()
    };
    let amount = amount_field(procedure, id("amount"), typed.amount, wrong("amount"));
    let fees = fees::fee_fields(procedure, &typed.fees, id, wrong);
    let names = ["tu_ngay", "tu_thang", "tu_nam"].map(str::to_owned);
    let (contact, notes) = (typed.contact, typed.notes);
    let (contact_wrong, notes_wrong, first_wrong) = (wrong("contact"), wrong("notes"), wrong("first"));
    let action = format!("{PROCEDURES}/{}", procedure.code);
    let hint = |most: usize| tf("Nhiều nhất {n} chữ cái. Người dân đọc được.", &[("n", &most.to_string())]);
    let (contact_hint, notes_hint) = (hint(CONTACT_MOST), hint(NOTES_MOST));
    let (contact_id, notes_id, first_id, unit_id) = (id("contact"), id("notes"), id("first"), unit.unit.to_string());
    let (day, month, year) = (Some(first.day), Some(first.month), Some(first.year));
    view! {
        <form class="staff-form" method="get" action=action>
            {summary}
            <input type="hidden" name="don_vi" value=unit_id/>
            {online}
            {amount}
            {fees}
            <TextField id=contact_id name="lien_he" label=field_words(UnitPartField::Contact) hint=contact_hint
                error=contact_wrong value=contact max_length=300 autocomplete="off"/>
            <TextArea id=notes_id name="ghi_chu" label=field_words(UnitPartField::Notes) hint=notes_hint
                error=notes_wrong rows=3 max_length=1000 value=notes/>
            <DateField id=first_id names legend=t("Áp dụng từ ngày") hint=t("Để trống thì áp dụng ngay hôm nay.")
                error=first_wrong day_label=t("Ngày") month_label=t("Tháng") year_label=t("Năm") day month year/>
            <div class="button-row">
                <button class="button button-secondary" type="submit">{t("Xem thay đổi")}</button>
            </div>
        </form>
    }
    .into_any()
}

/// The unit's own term, where there is a longer one to shorten.
fn amount_field(procedure: &ProcedureVersion, id: String, value: String, error: Option<String>) -> AnyView {
    let Some(legal) = procedure.may_be_shortened() else {
        return view! { <p class="sub">{t("Thời hạn của thủ tục này không rút ngắn được ở đây.")}</p> }.into_any();
    };
    let label = match legal.unit {
        TermUnit::WorkingDays => t("Thời hạn của đơn vị, số ngày làm việc"),
        TermUnit::CalendarDays => t("Thời hạn của đơn vị, số ngày"),
        TermUnit::WorkingHours | TermUnit::SameDay => t("Thời hạn của đơn vị, số giờ làm việc"),
    };
    let hint = tf(
        "Thời hạn chung là {hạn}. Nhập số nhỏ hơn, hoặc để trống nếu làm theo thời hạn chung. Trường hợp có thời hạn riêng không đổi.",
        &[("hạn", &format::term(&legal))],
    );
    view! { <TextField id name="han" label hint error value max_length=10 autocomplete="off"/> }.into_any()
}

fn history(unit: &UnitSays, legal: Option<Term>, has_fees: bool) -> AnyView {
    if unit.versions.is_empty() {
        return view! { <p>{t("Đơn vị chưa công bố bản nào.")}</p> }.into_any();
    }
    let today = office().now().day();
    let holding = unit.versions.iter().find(|one| one.valid_from <= today).map(|one| one.id);
    let lines = unit.versions.iter().map(|one| version_line(one, holding, today, (legal, has_fees))).collect_view();
    view! { <ul class="plain admin-parts">{lines}</ul> }.into_any()
}

fn version_line(
    one: &UnitPartVersion,
    holding: Option<Uuid>,
    today: Day,
    (legal, has_fees): (Option<Term>, bool),
) -> AnyView {
    let state = match (holding == Some(one.id), one.valid_from > today) {
        (true, _) => t("đang áp dụng"),
        (false, true) => t("chưa áp dụng"),
        (false, false) => t("đã có bản khác thay"),
    };
    let head = tf(
        "Bản {số}, áp dụng từ {ngày}: {tình trạng}",
        &[("số", &one.number.to_string()), ("ngày", &format::day(one.valid_from)), ("tình trạng", state)],
    );
    let by = tf("{tên} công bố ngày {ngày}", &[("tên", &one.staff_name), ("ngày", &format::day(one.created_at.day()))]);
    let says = FIELDS
        .into_iter()
        .filter(|field| is_shown(*field, &one.part, has_fees))
        .map(|field| {
            let words = value_words(field, &one.part, legal);
            view! { <li>{field_words(field)} ": " {words}</li> }
        })
        .collect_view();
    view! { <li><p><strong>{head}</strong></p> <ul>{says}</ul> <p class="sub">{by}</p></li> }.into_any()
}

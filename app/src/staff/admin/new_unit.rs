//! An office that comes to the unit, or a unit that will begin: what is typed goes into the address, the page shows what would be
//! added, and a second form adds it.

use super::{Form, crumbs, days_words, units::UNITS, wrong_field};
use crate::{
    acts::particulars::TypedDay,
    context::{self, office},
    errors::sentence,
    words::{t, tf},
};
use domain::{time::Day, unit::OfficeKind};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::{
    Error, Office, Who,
    new_offices::{kind_of_word, kind_word},
    office_entries::{ENTERED_KINDS, OfficeEntry, TypedOffice},
    places::OfficeRow,
};
use ui::{
    Choice, DateField, ErrorSummary, Notice, PageTitle, ProblemLink, Section, Select, SummaryList, SummaryRow,
    TextField, Tone,
};

/// The address of the form.
pub(super) const NEW_UNIT: &str = "/can-bo/quan-tri/don-vi/them";
/// The act that adds.
const ADD: &str = "units/add_office";

/// What the address asks to be looked at.
#[derive(Default)]
struct Asked {
    office: TypedOffice,
    first: TypedDay,
}

/// What was asked with what came of it.
struct Tried {
    asked: Asked,
    done: office::Result<(OfficeEntry, Day)>,
}

/// The form, with what the address asks to be looked at.
#[component]
pub fn NewUnitPage() -> AnyView {
    let (office, who, asked) = (office(), context::staff(), asked_in_address());
    let reading = async move {
        let units = office.units_to_add_to(&who)?;
        // A unit that is not one's own is not looked at.
        let asked = asked.filter(|asked| units.iter().any(|unit| unit.id == asked.office.unit));
        let tried = asked.map(|asked| {
            let done = look(&office, &who, &asked);
            Tried { asked, done }
        });
        Ok((units, tried))
    };
    super::super::page(reading, |(units, tried)| show(&units, tried.as_ref()))
}

fn asked_in_address() -> Option<Asked> {
    let query = use_query_map();
    let typed = |name: &str| query.with_untracked(|query| query.get(name)).unwrap_or_default();
    let office = TypedOffice {
        unit: typed("don_vi").parse().ok()?,
        kind: typed("loai"),
        key: typed("ma"),
        name: typed("ten"),
        organ: typed("ma_dinh_danh"),
        unit_code: typed("ma_hanh_chinh"),
        shop_name: typed("ten_mot_cua"),
        shop_organ: typed("ma_mot_cua"),
        address: typed("dia_chi"),
        phone: typed("dien_thoai"),
    };
    let first = TypedDay { day: typed("tu_ngay"), month: typed("tu_thang"), year: typed("tu_nam") };
    Some(Asked { office, first })
}

fn look(office: &Office, who: &Who, asked: &Asked) -> office::Result<(OfficeEntry, Day)> {
    let first = asked.first.read("first")?;
    Ok((office.preview_office(who, &asked.office, first)?, first))
}

fn show(units: &[OfficeRow], tried: Option<&Tried>) -> impl IntoView + use<> {
    let title = t("Thêm cơ quan, đơn vị");
    let preview = tried.and_then(|tried| match &tried.done {
        Ok((entry, first)) => Some(preview(&tried.asked.office, entry, *first)),
        Err(_) => None,
    });
    let form = enter_form(units, tried);
    view! {
        <Title text=title/>
        {crumbs(Some((t("Cơ quan, đơn vị"), UNITS)), title)}
        <PageTitle title/>
        <p>{t("Phòng của đơn vị, hoặc xã, phường mới sẽ bắt đầu hoạt động. Xem trước, rồi mới thêm.")}</p>
        {preview}
        {form}
    }
}

/// A kind as the form names it.
const fn kind_name(kind: OfficeKind) -> &'static str {
    match kind {
        OfficeKind::PeoplesCommittee => t("Ủy ban nhân dân của xã, phường mới"),
        OfficeKind::OneStopShop => t("Bộ phận một cửa"),
        OfficeKind::Secretariat => t("Văn phòng HĐND và UBND"),
        OfficeKind::Division => t("Phòng chuyên môn"),
        OfficeKind::Police => t("Công an"),
    }
}

/// What would be added, and the form that adds it.
fn preview(typed: &TypedOffice, entry: &OfficeEntry, first: Day) -> AnyView {
    let books = office().books();
    let or_none = |words: &str| if words.is_empty() { t("chưa có").to_owned() } else { words.to_owned() };
    let offices = entry
        .rows
        .iter()
        .map(|row| {
            let kind = kind_of_word(&row.kind).map_or("", kind_name);
            let above = row.parent_key.as_deref().map(|key| {
                let known = books.places.by_key(key).map(|office| office.name.clone());
                known.or_else(|| entry.rows.iter().find(|one| one.key == key).map(|one| one.name.clone()))
            });
            let above = above.flatten().unwrap_or_else(|| t("không thuộc cơ quan nào").into());
            let days = days_words(Some(first), None);
            let (name, key, organ, code) =
                (row.name.clone(), row.key.clone(), row.organ_id.clone(), row.unit_code.clone());
            let contact = (row.id == entry.contact.office_id).then(|| {
                let address = or_none(&entry.contact.address);
                let phone = or_none(&super::super::phone_words(&entry.contact.phone, true));
                view! {
                    <SummaryRow label=t("Địa chỉ")>{address}</SummaryRow>
                    <SummaryRow label=t("Điện thoại")>{phone}</SummaryRow>
                }
            });
            view! {
                <SummaryList>
                    <SummaryRow label=t("Tên")>{name}</SummaryRow>
                    <SummaryRow label=t("Loại cơ quan")>{kind}</SummaryRow>
                    <SummaryRow label=t("Thuộc")>{above}</SummaryRow>
                    <SummaryRow label=t("Mã trong phần mềm")><span class="code">{key}</span></SummaryRow>
                    <SummaryRow label=t("Mã định danh điện tử")><span class="code">{organ}</span></SummaryRow>
                    <SummaryRow label=t("Mã đơn vị hành chính")><span class="code">{code}</span></SummaryRow>
                    <SummaryRow label=t("Hoạt động")>{days}</SummaryRow>
                    {contact}
                </SummaryList>
            }
        })
        .collect_view();
    let form = Form::new(ADD);
    let (year, month, day) = first.ymd();
    let typed = typed.clone();
    let hidden = [
        ("unit", typed.unit.to_string()),
        ("kind", typed.kind),
        ("key", typed.key),
        ("name", typed.name),
        ("organ", typed.organ),
        ("unit_code", typed.unit_code),
        ("shop_name", typed.shop_name),
        ("shop_organ", typed.shop_organ),
        ("address", typed.address),
        ("phone", typed.phone),
        ("first[day]", day.to_string()),
        ("first[month]", month.to_string()),
        ("first[year]", year.to_string()),
    ];
    let words = view! {
        <Notice tone=Tone::Warn>
            {t("Tên, mã và ngày bắt đầu không sửa được nữa. Mã định danh đứng đầu mọi mã hồ sơ nơi này nhận: chỉ thêm khi tỉnh đã cấp mã.")}
        </Notice>
    };
    let name = entry.rows.first().map(|row| row.name.clone()).unwrap_or_default();
    let button = tf("Thêm {tên}", &[("tên", &name)]);
    let form = form.draw(&hidden, words.into_any(), button, "button");
    view! { <Section title=t("Sẽ thêm") id="se-them">{offices} {form}</Section> }.into_any()
}

/// The form whose fields go into the address: nothing is added by it.
fn enter_form(units: &[OfficeRow], tried: Option<&Tried>) -> AnyView {
    let error: Option<&Error> = tried.and_then(|tried| tried.done.as_ref().err());
    // The second form was refused: its sentence stands at the field too.
    let posted = Form::new(ADD);
    let wrong = |field: &str| match error {
        Some(error) => (wrong_field(error) == Some(field)).then(|| sentence(error)),
        None => posted.wrong(field),
    };
    let summary = error.map(|error| {
        let problems = vec![ProblemLink::new(wrong_field(error).unwrap_or("name"), sentence(error))];
        view! { <ErrorSummary headline=t("Chưa xem trước được. Còn 1 chỗ cần sửa.") problems/> }
    });
    let nothing = Asked::default();
    let asked = tried.map_or(&nothing, |tried| &tried.asked);
    let (office, first) = (asked.office.clone(), asked.first.clone());
    let kinds = ENTERED_KINDS.into_iter().map(|kind| Choice::new(kind_word(kind), kind_name(kind))).collect();
    let places = units.iter().map(|unit| Choice::new(unit.id.to_string(), unit.name.clone())).collect();
    let unit = match units {
        [only] => only.id.to_string(),
        _ => tried.map(|tried| tried.asked.office.unit.to_string()).unwrap_or_default(),
    };
    let names = ["tu_ngay", "tu_thang", "tu_nam"].map(str::to_owned);
    let (day, month, year) = (Some(first.day), Some(first.month), Some(first.year));
    let text = |id: &'static str, name: &'static str, label: &'static str, hint: &'static str, value: String| {
        let error = wrong(id);
        let hint = Some(hint.to_owned()).filter(|hint| !hint.is_empty());
        view! { <TextField id name label hint error value max_length=300 autocomplete="off"/> }.into_any()
    };
    let (kind_wrong, first_wrong) = (wrong("kind"), wrong("first"));
    view! {
        <form class="staff-form" method="get" action=NEW_UNIT>
            {summary}
            <Select id="unit" name="don_vi" label=t("Thuộc đơn vị")
                hint=t("Xã, phường mới thì chọn đơn vị mà nó đứng cạnh.") options=places value=unit/>
            <Select id="kind" name="loai" label=t("Loại cơ quan") blank=t("Chọn loại cơ quan") options=kinds
                value=office.kind error=kind_wrong/>
            {text("name", "ten", t("Tên cơ quan"), t("Như viết trên giấy tờ."), office.name)}
            {text("key", "ma", t("Mã trong phần mềm"), t("Chữ thường không dấu, chữ số, gạch nối, ví dụ xa-dong-xuan-kinh-te. Không đổi được về sau."), office.key)}
            {text("organ", "ma_dinh_danh", t("Mã định danh điện tử"), t("Do tỉnh cấp, ví dụ H15.50.05.04. Không đổi được về sau."), office.organ)}
            <DateField id="first" names legend=t("Hoạt động từ ngày") hint=t("Từ hôm nay, trong vòng một năm.")
                error=first_wrong day_label=t("Ngày") month_label=t("Tháng") year_label=t("Năm") day month year/>
            {text("address", "dia_chi", t("Địa chỉ"), t("Như nói với người từ xa đến. Không bắt buộc."), office.address)}
            {text("phone", "dien_thoai", t("Điện thoại"), t("Không bắt buộc."), office.phone)}
            <h2>{t("Chỉ khi thêm xã, phường mới")}</h2>
            {text("unit_code", "ma_hanh_chinh", t("Mã đơn vị hành chính"), t("5 chữ số, theo danh mục đơn vị hành chính."), office.unit_code)}
            {text("shop_name", "ten_mot_cua", t("Tên bộ phận một cửa đi kèm"), t("Ví dụ: Trung tâm Phục vụ hành chính công xã Đồng Xuân. Địa chỉ, điện thoại ở trên là của nơi này."), office.shop_name)}
            {text("shop_organ", "ma_mot_cua", t("Mã định danh của bộ phận một cửa"), "", office.shop_organ)}
            <div class="button-row">
                <button class="button button-secondary" type="submit">{t("Xem trước")}</button>
            </div>
        </form>
    }
    .into_any()
}

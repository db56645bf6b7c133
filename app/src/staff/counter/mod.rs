//! The counter: a walk-in received in one screen, from the card to form 01.
//!
//! Everything is one form. A scanner types the card's code and presses Enter; Enter anywhere presses the form's first
//! button, which fills in what can be filled (the card, the procedure) and brings the page back. So it works without
//! script, no personal data stands in an address, and nobody is received by a stray Enter. Scans go to the tray that
//! the form names (`office::trays`), so that a refused form loses none.

mod matter;
mod organisation;
mod papers;
mod person;

use super::case::case_field;
use crate::{
    context::{self, Retry, office},
    errors::{refused, sentence},
    files, format,
    words::{t, tf},
};
use domain::{
    dossier::{self, ActKind},
    feature::Feature,
    organisation::TaxNumber,
    procedure::term::Channel,
    time::Day,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::{
    Error, Office, Uuid, Who,
    catalogue::{ProcedureVersion, Search},
    counter::OpenMatters,
    dossiers::UploadRow,
    error::Problem,
    rights::Task,
};
use papers::Papers;
use person::{Person, Scan};
use std::{cell::RefCell, sync::Arc};
use ui::{Empty, PageTitle, Select};

/// Procedures found that are shown at once.
const FOUND: usize = 8;

/// What the page shows.
struct Counter {
    units: Vec<(i64, String)>,
    /// Words a procedure was looked for with, when they named no one procedure.
    asked: String,
    procedure: Option<Arc<ProcedureVersion>>,
    found: Vec<Arc<ProcedureVersion>>,
    /// Procedures that were asked for and are not received here today.
    elsewhere: Vec<Arc<ProcedureVersion>>,
    person: Person,
    scan: Scan,
    /// What the person has open already, after the office said so.
    open: OpenMatters,
    /// The tray of this form, and what lies in it.
    tray: (Uuid, Vec<UploadRow>),
    /// What of the tray a scan took away.
    infected: Vec<UploadRow>,
    retry: Option<Retry>,
}

/// The counter.
#[component]
pub fn CounterPage() -> AnyView {
    let asked = use_query_map().with_untracked(|query| query.get("thu_tuc")).unwrap_or_default().trim().to_string();
    let (office, who, retry) = (office(), context::staff(), context::retry_of("receive_at_counter"));
    super::page(async move { read(&office, &who, asked, retry).await }, show)
}

async fn read(office: &Office, who: &Who, asked: String, retry: Option<Retry>) -> office::Result<Counter> {
    who.staff().ok_or(Error::SignInFirst)?;
    let (books, today) = (office.books(), office.now().day());
    let units: Vec<(i64, String)> = office
        .units_for(who, Task::Dossier(ActKind::ReceiveAtCounter))
        .into_iter()
        .filter_map(|unit| Some((unit, books.places.open_authority(unit, today)?.name.clone())))
        .collect();
    let Some((first_unit, _)) = units.first() else { return Err(Error::Forbidden) };
    let typed = |field: &str| retry.as_ref().and_then(|retry| retry.typed(field)).unwrap_or_default();

    let Wanted { asked, procedure, found, elsewhere } = wanted_procedure(office, &typed, asked);
    let (person, scan) = person::read_card(&typed);
    let unit = typed("unit").parse().unwrap_or(*first_unit);
    let organisation = TaxNumber::parse(&typed("organisation[number]")).ok();
    let open = match (&procedure, &organisation) {
        (Some(procedure), Some(number)) if retry.is_some() => {
            office.open_matters_of_organisation(who, unit, number, &procedure.code).await?
        }
        (Some(procedure), None) if retry.is_some() => {
            office.open_matters(who, unit, &person.citizen_id, &procedure.code).await?
        }
        _ => OpenMatters::default(),
    };
    let tray = typed("tray").parse().ok();
    let lies_there = match tray {
        Some(tray) => office.tray(who, tray).await.ok(),
        None => None,
    };
    // A tray that is emptied, or somebody else's, is not taken up again.
    let tray = tray.filter(|_| lies_there.is_some()).unwrap_or_else(|| office.new_id());
    let infected = match lies_there {
        Some(_) => office.infected_in_tray(who, tray).await?,
        None => Vec::new(),
    };
    let tray = (tray, lies_there.unwrap_or_default());
    Ok(Counter { units, asked, procedure, found, elsewhere, person, scan, open, tray, infected, retry })
}

/// What the words for a procedure led to.
#[derive(Default)]
struct Wanted {
    /// The words, when they named no one procedure.
    asked: String,
    procedure: Option<Arc<ProcedureVersion>>,
    found: Vec<Arc<ProcedureVersion>>,
    elsewhere: Vec<Arc<ProcedureVersion>>,
}

/// The procedure: the one just chosen or typed, else the one of the form, else the address's. Words that fit several,
/// or none, leave what was there and show what was found. What is not received here today is never chosen: it is named
/// apart, with where it is filed.
fn wanted_procedure(office: &Office, typed: &impl Fn(&str) -> String, in_address: String) -> Wanted {
    let (books, today) = (office.books(), office.now().day());
    let is_here = |procedure: &Arc<ProcedureVersion>| is_received(procedure, today);
    let of_code = |words: &str| books.catalogue.in_force(words.split(' ').next().unwrap_or_default(), today);
    let words = match typed("thu_tuc").trim() {
        "" => in_address,
        words => words.to_string(),
    };
    let before = of_code(&typed("procedure"));
    let named = of_code(&typed("choose")).or_else(|| of_code(&words));
    let named = named.or_else(|| before.clone().filter(|_| words.is_empty()));
    let kept = before.filter(is_here);
    match named {
        Some(named) if is_here(&named) => return Wanted { procedure: Some(named), ..Wanted::default() },
        Some(named) => return Wanted { procedure: kept, elsewhere: vec![named], ..Wanted::default() },
        None => {}
    }
    let found = books.catalogue.search(&Search { words: words.clone(), ..Search::default() }, today);
    let (mut found, mut elsewhere): (Vec<_>, Vec<_>) = found.into_iter().partition(is_here);
    if words.is_empty() {
        elsewhere.clear();
    } else if let ([_], []) = (found.as_slice(), elsewhere.as_slice()) {
        return Wanted { procedure: found.pop(), ..Wanted::default() };
    }
    Wanted { asked: words, procedure: kept, found, elsewhere }
}

fn show(counter: Counter) -> impl IntoView {
    let title = t("Tiếp nhận tại quầy");
    view! {
        <Title text=title/>
        <PageTitle title/>
        {form(counter)}
    }
}

fn form(counter: Counter) -> AnyView {
    let Counter { units, asked, procedure, found, elsewhere, person, scan, open, tray: (tray, lying), infected, retry } =
        counter;
    let typed = |field: &str| retry.as_ref().and_then(|retry| retry.typed(field)).unwrap_or_default();
    let is_filling =
        retry.as_ref().is_some_and(|retry| matches!(*retry.error, Error::Invalid(Problem::Missing("procedure"))));
    let top = if is_filling { person::scan_notice(scan) } else { refused("receive_at_counter") };
    let command = typed("command").parse::<Uuid>().unwrap_or_else(|_| office().new_id());
    let code = procedure.as_ref().map(|procedure| procedure.code.clone()).unwrap_or_default();
    let came_back = retry.is_some() && typed("procedure") == code;
    let hidden = [
        ("trang", "/can-bo/quay".to_string()),
        ("command", command.to_string()),
        ("tray", tray.to_string()),
        ("procedure", code),
    ];
    let hidden = hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).into_iter();
    let hidden = hidden.collect_view();
    // What was told once is not told again: the papers may be received without these files.
    let gone = infected.iter().map(|file| view! { <input type="hidden" name="gone[]" value=file.id.to_string()/> });
    let gone = gone.collect_view();
    let scan_first = procedure.is_some();
    // The unit that was chosen, else the first: the one that the form is for as it stands.
    let receiving = typed("unit").parse().ok().or_else(|| units.first().map(|(unit, _)| *unit));
    let choice = procedure_field((procedure.as_deref(), receiving), &asked, &found, &elsewhere);
    let matter = matter::open_matter(&open, &typed);
    let has = |feature| units.iter().any(|(unit, _)| office().has_feature(feature, *unit));
    let organisation = has(Feature::Organisations).then(|| organisation::fields(retry.as_ref()));
    let may_tell = has(Feature::ShortMessages);
    let person = person::fields(person, scan, &typed("card"), (scan_first, may_tell));
    let list = match &procedure {
        Some(procedure) => {
            let papers = Papers { typed: &typed, came_back, tray: RefCell::new(lying) };
            let chosen = Some(typed("person[case]")).filter(|case| !case.is_empty());
            let wrong = wrong_case(retry.as_ref());
            let part = receiving.map(|unit| office().unit_part(&procedure.code, unit)).unwrap_or_default();
            let procedure_here = (&**procedure, &part);
            let case = case_field(procedure_here, dossier::Channel::Counter, "person[case]", chosen, wrong);
            view! { {case} <p class="hint">{papers::hint()}</p> {papers.list(procedure)} }.into_any()
        }
        None => view! { <p class="hint">{t("Chọn thủ tục để hiện giấy tờ phải nộp.")}</p> }.into_any(),
    };
    let unit = unit_field(&units, &typed("unit"));
    let infected = files::infected(&infected);
    view! {
        {top}
        {infected}
        <form
            class="staff-counter"
            method="post"
            enctype="multipart/form-data"
            action="/api/app/acts/counter/receive_at_counter"
        >
            {hidden}
            {gone}
            {matter}
            <div class="staff-counter-columns">
                <div>
                    <fieldset>
                        <legend>{t("Thủ tục")}</legend>
                        {choice}
                    </fieldset>
                    <fieldset>
                        <legend>{t("Người nộp hồ sơ")}</legend>
                        {unit}
                        {person}
                        {organisation}
                    </fieldset>
                </div>
                <fieldset>
                    <legend>{t("Giấy tờ nhận")}</legend>
                    {list}
                </fieldset>
            </div>
            <div class="button-row">
                <button class="button" type="submit" accesskey="s">
                    {t("Tiếp nhận và lập Mẫu 01")} " " <kbd aria-hidden="true">"Alt + S"</kbd>
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// What is said at the choice of a case, when the form was refused for it.
fn wrong_case(retry: Option<&Retry>) -> Option<String> {
    let error = &retry?.error;
    matches!(**error, Error::Invalid(Problem::Missing("case"))).then(|| sentence(error))
}

/// Whether it is received here today, by the person at this counter: sensitive matters not by everybody.
fn is_received(procedure: &ProcedureVersion, today: Day) -> bool {
    let (office, who) = (office(), context::staff());
    let units = office.units_for(&who, Task::Dossier(ActKind::ReceiveAtCounter));
    procedure.is_received_here(today) && units.iter().any(|unit| office.may_handle(&who, procedure, *unit).is_ok())
}

/// Which procedure. The button in front is the one that Enter presses.
fn procedure_field(
    (procedure, receiving): (Option<&ProcedureVersion>, Option<i64>),
    asked: &str,
    found: &[Arc<ProcedureVersion>],
    elsewhere: &[Arc<ProcedureVersion>],
) -> AnyView {
    let (office, today) = (office(), office().now().day());
    let options = office
        .books()
        .catalogue
        .all(today)
        .filter(|procedure| is_received(procedure, today))
        .map(|procedure| {
            let words = format!("{} {}", procedure.code, procedure.name);
            view! { <option value=words></option> }
        })
        .collect_view();
    let chosen = procedure.map(|procedure| {
        let term = match receiving {
            Some(unit) => office.term_in_unit(procedure, unit, dossier::Channel::Counter),
            None => procedure.term_of(Channel::Counter),
        };
        let term = term.map(|term| format::term(&term));
        let term = term.map(|term| tf("Thời hạn giải quyết: {hạn}.", &[("hạn", &term)]));
        view! {
            <p class="staff-chosen">
                <strong>{procedure.name.clone()}</strong>
                " "
                <span class="sub code">{procedure.code.clone()}</span>
            </p>
            <p class="sub">{term}</p>
        }
    });
    let lines = found
        .iter()
        .take(FOUND)
        .map(|procedure| {
            let (name, code, value) = (procedure.name.clone(), procedure.code.clone(), procedure.code.clone());
            view! {
                <li>
                    <button class="button button-quiet" type="submit" name="choose" value=value formnovalidate=true>
                        {name} " " <span class="sub code">{code}</span>
                    </button>
                </li>
            }
        })
        .collect_view();
    let heading = match (asked.is_empty(), found.is_empty()) {
        (true, false) => Some(t("Thủ tục hay dùng")),
        (false, false) => Some(t("Thủ tục tìm thấy")),
        (_, true) => None,
    };
    let heading = heading.map(|words| view! { <h2>{words}</h2> });
    let nothing = (!asked.is_empty() && found.is_empty() && elsewhere.is_empty())
        .then(|| view! { <Empty words=t("Không tìm thấy thủ tục nào. Thử tên khác hoặc mã thủ tục.")/> });
    let elsewhere = filed_elsewhere(elsewhere, today);
    let label = if chosen.is_some() { t("Đổi thủ tục") } else { t("Thủ tục người dân cần làm") };
    let type_first = chosen.is_none();
    let asked = asked.to_string();
    view! {
        {chosen}
        <div class="field">
            <label class="label" for="thu_tuc">{label} " " <kbd aria-hidden="true">"Alt + T"</kbd></label>
            <p class="hint">{t("Gõ vài chữ của tên, không cần dấu; hoặc mã thủ tục.")}</p>
            <div class="search-line">
                <input
                    class="input"
                    type="text"
                    id="thu_tuc"
                    name="thu_tuc"
                    list="moi-thu-tuc"
                    accesskey="t"
                    autocomplete="off"
                    autofocus=type_first
                    value=asked
                />
                <button class="button button-secondary" type="submit" name="fill" value="1" formnovalidate=true>
                    {t("Điền")} " " <kbd aria-hidden="true">"Enter"</kbd>
                </button>
            </div>
            <datalist id="moi-thu-tuc">{options}</datalist>
        </div>
        {heading}
        {nothing}
        <ul class="staff-found">{lines}</ul>
        {elsewhere}
    }
    .into_any()
}

/// What was asked for and is not received here today, with where it is filed.
fn filed_elsewhere(procedures: &[Arc<ProcedureVersion>], today: Day) -> Option<AnyView> {
    if procedures.is_empty() {
        return None;
    }
    let lines = procedures
        .iter()
        .take(FOUND)
        .map(|procedure| {
            let place = if procedure.is_filed_nationally(today) {
                t("Nộp trên Cổng Dịch vụ công quốc gia")
            } else if procedure.local.is_none() {
                t("Đơn vị chưa ghi nơi nộp và thời hạn")
            } else if procedure.is_received_here(today) {
                t("Thông tin được bảo vệ: cán bộ tiếp nhận phụ trách mới nhận")
            } else {
                t("Hôm nay không nhận ở đơn vị")
            };
            let href = format!("/thu-tuc/{}", procedure.code);
            let (name, code) = (procedure.name.clone(), procedure.code.clone());
            view! {
                <li>
                    <a href=href target="_blank" rel="noopener">{name}</a>
                    " "
                    <span class="sub code">{code}</span>
                    <p class="sub">{place}</p>
                </li>
            }
        })
        .collect_view();
    Some(view! { <h2>{t("Không nhận ở quầy này")}</h2> <ul class="staff-found">{lines}</ul> }.into_any())
}

/// The unit that receives: hidden when there is one.
pub(super) fn unit_field(units: &[(i64, String)], typed: &str) -> AnyView {
    if let [(unit, _)] = units {
        return view! { <input type="hidden" name="unit" value=unit.to_string()/> }.into_any();
    }
    let options = units.iter().map(|(unit, name)| ui::Choice::new(unit.to_string(), name.clone())).collect();
    let value = typed.to_string();
    view! { <Select id="unit" label=t("Nơi tiếp nhận") options value required=true/> }.into_any()
}

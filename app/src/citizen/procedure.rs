//! A procedure: what you get, what you need, how long, what it costs, where and how.

pub mod fees;
pub mod papers;
pub mod prose;
pub mod rules;
pub mod time;
pub mod wording;

use crate::{
    context::office,
    errors::error_page,
    format,
    island::{CopyCode, SHARE},
    words::{t, tf},
};
use domain::{
    dossier,
    procedure::{
        away::{self, Away},
        local::FilingPlace,
        term::Channel,
    },
    time::Day,
};
use fees::Fees;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use office::{Error, catalogue::ProcedureVersion};
use papers::{Checklist, Papers};
use rules::{Conditions, LegalBasis, Steps};
use std::sync::Arc;
use time::Terms;
use ui::{
    Breadcrumb, ButtonKind, ButtonRow, CitizenMain, Crumb, Glyph, LinkButton, Notice, PageTitle, Section, Tag,
    TextField, Tone,
};

/// `/thu-tuc/:ma`; with `?in=1` the list of papers to print.
#[component]
pub fn ProcedurePage() -> AnyView {
    let code = use_params_map().get_untracked().get("ma").unwrap_or_default();
    let (office, books) = (office(), office().books());
    let today = office.now().day();
    let Some(procedure) = books.catalogue.in_force(&code, today) else { return error_page(&Error::NotFound) };
    if use_query_map().get_untracked().get("in").is_some() {
        return view! { <Checklist procedure/> }.into_any();
    }
    let (words, tone, glyph) = wording::level_of(&procedure);
    let caption = [procedure.field(), &procedure.code].join(" · ");
    let before = view! {
        <Breadcrumb
            label=t("Vị trí trang")
            crumbs=vec![
                Crumb::new(t("Trang chủ"), "/"),
                Crumb::new(t("Danh mục thủ tục"), "/thu-tuc"),
                Crumb::here(procedure.code.clone()),
            ]
        />
    }
    .into_any();
    view! {
        <Title text=procedure.name.clone()/>
        <CitizenMain before>
            <PageTitle title=procedure.name.clone() caption><Tag tone glyph words/></PageTitle>
            <WhatNow procedure=procedure.clone() today/>
            <Gets procedure=procedure.clone()/>
            <Papers procedure=procedure.clone()/>
            <Terms procedure=procedure.clone()/>
            <Fees procedure=procedure.clone()/>
            <WhereAndHow procedure=procedure.clone() today/>
            <UnitsSay procedure=procedure.clone()/>
            <Steps procedure=procedure.clone()/>
            <Conditions procedure=procedure.clone()/>
            <LegalBasis procedure=procedure.clone()/>
            <Share code=procedure.code.clone()/>
        </CitizenMain>
    }
    .into_any()
}

/// A link to a place outside that the record names, through our own door, and the host it leads to.
fn way_out(procedure: &ProcedureVersion, away: Away, words: String) -> Option<(AnyView, String)> {
    let host = away::host(procedure.imported.address_of(away)?).to_owned();
    let href = format!("/thu-tuc/{}/ra-ngoai/{away}", procedure.code);
    Some((view! { <a href=href rel="external">{words}</a> }.into_any(), host))
}

/// The next step, and only one that works today.
#[component]
fn WhatNow(procedure: Arc<ProcedureVersion>, today: Day) -> impl IntoView {
    let meaning = procedure.local.as_ref().map(|local| wording::level_meaning(local.level));
    let meaning = meaning.map(|words| view! { <p class="small muted">{words}</p> });
    let print = format!("/thu-tuc/{}?in=1", procedure.code);
    let checklist = view! {
        <LinkButton href=print kind=ButtonKind::Secondary glyph=Glyph::Printer>{t("In giấy tờ cần mang")}</LinkButton>
    };
    let at_counter = procedure.local.as_ref().is_some_and(|local| local.is_filed_at(FilingPlace::Counter, today));
    if procedure.can_apply_online(today) {
        return view! {
            <ButtonRow>
                <LinkButton href=format!("/nop-ho-so/{}", procedure.code)>{t("Nộp hồ sơ")}</LinkButton>
                {checklist}
            </ButtonRow>
            {meaning}
            {at_counter.then(|| view! { <p class="small muted">{t("Muốn nộp tại quầy: mang bản chính giấy tờ tới Trung tâm.")}</p> })}
        }
        .into_any();
    }
    let said = if procedure.is_filed_nationally(today) {
        let link = way_out(&procedure, Away::NationalPortal, t("Mở Cổng Dịch vụ công quốc gia").to_owned());
        let link = link.map(|(link, host)| view! { <p>{link}" ("{host}")"</p> });
        view! {
            <p>{t("Thủ tục này nộp trên Cổng Dịch vụ công quốc gia, bằng tài khoản định danh điện tử.")}</p>
            {link}
            <p>{t("Không tự làm được thì mang bản chính giấy tờ tới Trung tâm, cán bộ chỉ cách nộp.")}</p>
        }
        .into_any()
    } else if at_counter {
        view! {
            <p>{t("Thủ tục này chưa nộp trực tuyến được. Mang bản chính giấy tờ tới quầy của Trung tâm.")}</p>
            <p><a href="/lien-he">{t("Xem địa điểm và giờ mở cửa")}</a></p>
        }
        .into_any()
    } else {
        view! {
            <p>{t("Ở đây chỉ xem được thông tin của thủ tục này. Hỏi Trung tâm nơi nộp trước khi đi.")}</p>
            <p><a href="/lien-he">{t("Xem số điện thoại và giờ mở cửa")}</a></p>
        }
        .into_any()
    };
    view! { <Notice tone=Tone::Info>{said}</Notice> <ButtonRow>{checklist}</ButtonRow> {meaning} }.into_any()
}

#[component]
fn Gets(procedure: Arc<ProcedureVersion>) -> impl IntoView {
    let results = &procedure.imported.results;
    let shown = if results.is_empty() {
        view! { <p>{procedure.result_name()}</p> }.into_any()
    } else {
        let items = results.iter().map(|result| view! { <li>{prose::bare(&result.name)}</li> }).collect_view();
        view! { <ul>{items}</ul> }.into_any()
    };
    view! { <Section id="ket-qua" title=t("Nhận được gì")>{shown}</Section> }
}

#[component]
fn WhereAndHow(procedure: Arc<ProcedureVersion>, today: Day) -> impl IntoView {
    let record = &procedure.imported.record;
    let facts = [
        (t("Nơi nhận"), &record.dia_chi_tiep_nhan),
        (t("Cơ quan thực hiện"), &record.co_quan_thuc_hien),
        (t("Cơ quan có thẩm quyền"), &record.co_quan_co_tham_quyen),
        (t("Cơ quan phối hợp"), &record.co_quan_phoi_hop),
    ]
    .into_iter()
    .filter_map(|(label, words)| Some((label, words.clone().filter(|words| !words.trim().is_empty())?)))
    .map(|(label, words)| {
        // A few words stand beside their label; a text stands under it.
        if words.contains('\n') {
            view! { <h3>{label}</h3> {prose::prose(&words)} }.into_any()
        } else {
            view! { <p>{label}": "{words}</p> }.into_any()
        }
    })
    .collect_view();
    let where_filed = wording::where_filed(&procedure, today);
    let channels = procedure.imported.channels.iter();
    let channels = channels.map(|channel| view! { <li>{wording::channel(Some(*channel))}</li> }).collect_view();
    view! {
        <Section id="noi-nop" title=t("Nộp ở đâu, bằng cách nào")>
            <p><strong>{where_filed}"."</strong></p>
            <p>{t("Danh mục quốc gia cho nộp:")}</p>
            <ul>{channels}</ul>
            {facts}
            <p><a href="/lien-he">{t("Địa điểm và giờ mở cửa của Trung tâm")}</a></p>
        </Section>
    }
}

/// What single units say of it, each by its name; nothing where none says anything of its own.
#[component]
fn UnitsSay(procedure: Arc<ProcedureVersion>) -> AnyView {
    let office = office();
    let said = office.units_that_say(&procedure.code);
    if said.is_empty() {
        return ().into_any();
    }
    let units = said
        .into_iter()
        .map(|(unit, name, part)| {
            let term = office.term_in_unit(&procedure, unit, dossier::Channel::Counter);
            let shorter = term.filter(|own| Some(*own) != procedure.term_of(Channel::Counter));
            let shorter = shorter.map(|own| tf("Làm nhanh hơn: {hạn}.", &[("hạn", &format::term(&own))]));
            let online = (!part.online).then(|| t("Không nhận trực tuyến; mang giấy tờ đến nộp tại quầy.").to_owned());
            let contact = Some(part.contact.clone()).filter(|words| !words.is_empty());
            let contact = contact.map(|words| tf("Hỏi: {nơi}", &[("nơi", &words)]));
            let notes = Some(part.notes.clone()).filter(|words| !words.is_empty());
            let fees = fees::own_lines(&procedure, &part);
            let lines =
                [shorter, online].into_iter().flatten().chain(fees).chain([contact, notes].into_iter().flatten());
            let lines = lines.map(|words| view! { <p>{words}</p> }).collect_view();
            let name = format::sentence_case(&name);
            view! { <h3>{name}</h3> {lines} }
        })
        .collect_view();
    view! { <Section id="rieng-tung-noi" title=t("Riêng ở từng nơi")>{units}</Section> }.into_any()
}

/// The address to pass on: shown, to be copied or read out; with script, buttons that copy it and share it.
#[component]
fn Share(code: String) -> impl IntoView {
    let address = format!("{}/thu-tuc/{code}", office().config().public_url.trim_end_matches('/'));
    let (words, which, done) =
        (t("Chép").to_owned(), t("địa chỉ trang").to_owned(), t("Đã chép địa chỉ trang.").to_owned());
    view! {
        <Section id="gui-nguoi-than" title=t("Gửi cho người thân")>
            <TextField
                id="dia-chi-trang"
                label=t("Địa chỉ trang này")
                hint=tf("Chép dòng dưới, hoặc đọc mã thủ tục {mã}.", &[("mã", &code)])
                value=address.clone()
                readonly=true
                autocomplete="off"
            />
            <ButtonRow>
                <CopyCode code=address.clone() words which=which.clone() done way=String::new()/>
                <CopyCode code=address words=t("Chia sẻ").to_owned() which done=String::new() way=SHARE.to_owned()/>
            </ButtonRow>
        </Section>
    }
}

//! Every way into the program is known and classified: an act or a route that nobody classified fails here.
// long because every act and every route is one table, classified.

use super::house::House;
use app::context::IDENTITY_DOOR;
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::{
    reorganisation::{By, Plan, Rule},
    role::Role,
};
use office::{Who, counter::WalkIn, sessions::Door, uploads::Holder, who::Trace};
use server::http::routes::{Open, ROUTES, Route};
use std::collections::BTreeSet;
use store::{
    opinions::{OpinionRow, insert_opinion},
    reorganisations::{ReorganisationRow, insert_reorganisation, save_reorganisation},
};

/// Who an act is open to before `office` looks closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ActOpen {
    /// Somebody who has not signed in.
    Anyone,
    /// A resident, for what is their own.
    Resident,
    /// Staff with the task of that key (see the rights matrix of `office`).
    Staff(&'static str),
    /// Any member of staff, for what is their own.
    StaffOwn,
}
use ActOpen::{Anyone, Resident, Staff, StaffOwn};

const ACTS: &[(&str, ActOpen)] = &[
    ("sessions/sign_up", Anyone),
    ("sessions/sign_in", Anyone),
    ("sessions/sign_in_staff", Anyone),
    ("sessions/sign_out", Anyone),
    ("sessions/sign_out_staff", Anyone),
    ("sessions/end_session", Resident),
    ("sessions/end_other_sessions", Resident),
    ("sessions/end_staff_session", StaffOwn),
    ("sessions/end_other_staff_sessions", StaffOwn),
    ("organisations/register_organisation", Resident),
    ("organisations/change_organisation", Resident),
    ("organisations/name_employee", Resident),
    ("organisations/end_employee", Resident),
    ("messages/choose_messages", Resident),
    ("messages/confirm_message_address", Resident),
    ("messages/resend_message", Staff("resend_message")),
    ("messages/tell_otherwise", Staff("resend_message")),
    ("stuck/take_over_stuck", Staff("take_over_stuck")),
    ("drafts/sign_in_and_save", Anyone),
    ("drafts/sign_in_and_submit", Anyone),
    ("dossiers_mine/sign_in_and_go_on", Anyone),
    ("drafts/start_draft", Resident),
    ("drafts/save_topic", Resident),
    ("drafts/prefill_draft", Resident),
    ("drafts/drop_draft", Resident),
    ("drafts/drop_upload", Resident),
    ("drafts/submit_draft", Resident),
    ("dossiers_mine/answer_supplement", Resident),
    ("dossiers_mine/drop_answer_upload", Resident),
    ("dossiers_mine/ask_withdrawal", Resident),
    ("dossiers_mine/rate_dossier", Resident),
    ("accounts/set_password_by_code", Anyone),
    ("accounts/unlink_identity", Resident),
    ("accounts/prove_account", Staff("prove_accounts")),
    ("accounts/settle_disputed_dossier", Staff("prove_accounts")),
    ("accounts/settle_disputed_organisation", Staff("prove_accounts")),
    ("accounts/change_representative", Staff("prove_accounts")),
    ("counter/receive_at_counter", Staff("receive_at_counter")),
    ("notes/write_note", Staff("write_note")),
    ("notes/let_file_go", Staff("let_file_go")),
    ("opinions/ask_opinion", Staff("ask_opinion")),
    ("opinions/recall_opinion", Staff("recall_opinion")),
    ("opinions/remind_opinion", Staff("ask_opinion")),
    ("opinions/assign_opinion", Staff("answer_opinion")),
    ("opinions/answer_opinion", Staff("answer_opinion")),
    ("notes/see_mention", Staff("read_queues")),
    ("bulk/assign_many", Staff("assign")),
    ("bulk/approve_many", Staff("approve")),
    ("reasons/add_reason", Staff("keep_own_reasons")),
    ("reasons/change_reason", Staff("keep_own_reasons")),
    ("reasons/retire_reason", Staff("keep_own_reasons")),
    ("saved_views/save_view", Staff("read_queues")),
    ("saved_views/rename_view", Staff("read_queues")),
    ("saved_views/remove_view", Staff("read_queues")),
    ("mandates/delegate", Staff("delegate")),
    ("mandates/mark_absence", Staff("mark_absence")),
    ("mandates/end_mandate", Staff("mark_absence")),
    ("reveal/reveal_personal_data", Staff("reveal_personal_data")),
    ("dossiers/accept_dossier", Staff("accept")),
    ("dossiers/refuse_to_accept", Staff("refuse_to_accept")),
    ("dossiers/ask_supplement", Staff("ask_supplement")),
    ("dossiers/answer_supplement_at_counter", Staff("answer_supplement")),
    ("dossiers/assign_dossier", Staff("assign")),
    ("dossiers/route_dossier", Staff("route")),
    ("dossiers/ask_duty", Staff("ask_duty")),
    ("dossiers/duty_met", Staff("duty_met")),
    ("dossiers/note_payment", Staff("note_payment")),
    ("dossiers/suspend_clock", Staff("suspend_clock")),
    ("dossiers/resume_clock", Staff("resume_clock")),
    ("dossiers/submit_for_approval", Staff("submit_for_approval")),
    ("dossiers/approve_dossier", Staff("approve")),
    ("dossiers/sign_dossier", Staff("sign")),
    ("dossiers/return_for_rework", Staff("return_for_rework")),
    ("dossiers/decide_not_to_grant", Staff("decide_not_to_grant")),
    ("dossiers/finish_at_once", Staff("finish_at_once")),
    ("dossiers/issue_result", Staff("issue_result")),
    ("dossiers/redate_dossier", Staff("redate")),
    ("dossiers/stop_dossier", Staff("stop")),
    ("dossiers/ask_withdrawal_at_counter", Staff("ask_withdrawal")),
    ("dossiers/confirm_withdrawal", Staff("confirm_withdrawal")),
    ("dossiers/settle_withdrawal", Staff("settle_withdrawal")),
    ("dossiers/decline_withdrawal", Staff("decline_withdrawal")),
    ("dossiers/deliver_dossier", Staff("deliver")),
    ("dossiers/correct_result", Staff("correct_result")),
    ("dossiers/open_correction", Staff("open_correction")),
    ("roster/employ", Staff("manage_staff")),
    ("roster/appoint", Staff("manage_staff")),
    ("roster/end_position", Staff("manage_staff")),
    ("roster/end_member", Staff("manage_staff")),
    ("roster/renew_member", Staff("manage_staff")),
    ("units/enter_contact", Staff("manage_units")),
    ("units/add_office", Staff("manage_units")),
    ("reorganisations/prepare_reorganisation", Staff("reorganise")),
    ("reorganisations/name_heirs", Staff("reorganise")),
    ("reorganisations/confirm_reorganisation", Staff("reorganise")),
    ("reorganisations/reopen_reorganisation", Staff("reorganise")),
    ("reorganisations/drop_reorganisation", Staff("reorganise")),
    ("features/close_feature", Staff("manage_features")),
    ("features/open_feature", Staff("manage_features")),
    ("procedures/publish_local_part", Staff("manage_procedures")),
    ("procedures/publish_procedures", Staff("manage_procedures")),
    ("calendars/draft_calendar", Staff("manage_calendars")),
    ("calendars/enter_calendar_basis", Staff("manage_calendars")),
    ("calendars/add_calendar_days", Staff("manage_calendars")),
    ("calendars/swap_calendar_days", Staff("manage_calendars")),
    ("calendars/remove_calendar_day", Staff("manage_calendars")),
    ("calendars/discard_calendar_draft", Staff("manage_calendars")),
    ("calendars/publish_calendar", Staff("manage_calendars")),
];

const COLLEAGUE: &str = "00000000-0000-7000-8000-000000000003";

/// A form with every field that any act asks for, so that none stops at a missing one.
const EVERYTHING: &str = "trang=%2F&dossier=00000000-0000-7000-8000-000000000001&draft=00000000-0000-7000-8000-000000000001&message=00000000-0000-7000-8000-000000000001\
    &upload=00000000-0000-7000-8000-000000000001&seen=1&command=00000000-0000-7000-8000-000000000002&code=1.001193&office=1\
    &office_id=1&new_due-day=1&new_due-month=12&new_due-year=2026\
    &topic=nguoi_khai&reason=x&words=x&to=00000000-0000-7000-8000-000000000003&unit=1&procedure=1.001193&name=x&session=x&link=x&told_how=x&prefill_command=00000000-0000-7000-8000-000000000002&organisation=00000000-0000-7000-8000-000000000001\
    &valid_from[day]=1&valid_from[month]=11&valid_from[year]=2026\
    &rating=satisfied&proposal=grant&note=x&basis=x&exclusion=opinion&method=counter&step=0&state=owed\
    &paid[payer]=x&paid[amount]=1000&paid[way]=cash&paid[on][day]=1&paid[on][month]=11&paid[on][year]=2026&amount_note=x&citizen_id=1&password=x&hien=call\
    &member=00000000-0000-7000-8000-000000000003&held=00000000-0000-7000-8000-000000000001&place=1\
    &form=authority&paper=x&acts[]=approve&first-day=24&first-month=11&first-year=2026&last-day=24&last-month=11&last-year=2026\
    &kind=supplement&title=x\
    &text=00000000-0000-7000-8000-000000000001&view=00000000-0000-7000-8000-000000000001&queue=qua-han\
    &mandate=00000000-0000-7000-8000-000000000001&item=held&note_id=00000000-0000-7000-8000-000000000001\
    &opinion=00000000-0000-7000-8000-000000000001&question=x&hours=8&stance=agree&closure=00000000-0000-7000-8000-000000000001\
    &plan=00000000-0000-7000-8000-000000000001\
    &organisation_number=0314409058&organisation_name=x&organisation_address=x&organisation_paper=x&paper_seen=1\
    &former=00000000-0000-7000-8000-000000000003";

/// What is said of papers and money; the counter means other papers by that name.
const SETTLED: &str = "&papers=returned&money=nothing_paid";

#[test]
fn every_server_function_is_classified_and_every_class_names_one() {
    let registered: BTreeSet<String> = server_fn::axum::server_fn_paths().map(|(path, _)| path.to_string()).collect();
    let classified: BTreeSet<String> = ACTS.iter().map(|(act, _)| format!("/api/app/acts/{act}")).collect();
    assert_eq!(registered, classified);
}

#[test]
fn every_staff_act_asks_for_a_task_of_the_rights_matrix() {
    let tasks: BTreeSet<String> = office::rights::Task::all().into_iter().map(|task| task.key()).collect();
    for (act, open) in ACTS {
        if let Staff(task) = open {
            assert!(tasks.contains(*task), "{act} names the unknown task {task}");
        }
    }
}

#[tokio::test]
async fn every_staff_act_is_open_to_the_roles_of_its_task_and_to_no_other() {
    let house = House::open().await;
    let mut cookies = Vec::new();
    for role in Role::ALL {
        cookies.push((role, house.staff(role).await));
    }
    let reception = cookies.iter().find(|(role, _)| *role == Role::Reception).expect("a clerk");
    let reception = house.who(&reception.1).await;
    let unit = house.office.books().places.by_key("xa-dong-xuan-ubnd").expect("a shipped office").id;
    let untouched = Tried::received(&house, &reception).await;
    for (act, open) in ACTS {
        let Staff(key) = open else { continue };
        let task = office::rights::Task::all().into_iter().find(|task| task.key() == *key).expect("a task");
        for (role, cookie) in &cookies {
            let may = task.roles().contains(role);
            // What one who may does moves the dossier: the next one gets another.
            let fresh = if may { Some(Tried::received(&house, &reception).await) } else { None };
            let body = form_of(&house, act, unit, fresh.as_ref().unwrap_or(&untouched));
            let status = house.post_as(&format!("/api/app/acts/{act}"), &body, cookie).await.status;
            // Who examines hands on what they hold, and takes nothing that was not given to them.
            let holds_nothing =
                *act == "dossiers/route_dossier" && matches!(role, Role::Specialist | Role::CivilStatus);
            let open = may && !holds_nothing;
            let said: &[StatusCode] = match open {
                true if DONE.contains(act) => &[StatusCode::SEE_OTHER],
                // Done, or refused in words for what this dossier or this form is.
                true => &[StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY, StatusCode::CONFLICT],
                false => &[StatusCode::FORBIDDEN],
            };
            // What other acts name beside a dossier is not there.
            let nowhere = open && !act.starts_with("dossiers/") && status == StatusCode::NOT_FOUND;
            assert!(said.contains(&status) || nowhere, "{act} answered {status} to {role:?}");
        }
    }
}

/// Acts that the forms of this test get done by whoever may.
const DONE: &[&str] = &[
    "counter/receive_at_counter",
    "reveal/reveal_personal_data",
    "dossiers/ask_withdrawal_at_counter",
    "dossiers/stop_dossier",
];

/// Acts beside those of `dossiers/` whose form names a dossier or a unit.
const OF_A_UNIT: &[&str] = &[
    "accounts/prove_account",
    "accounts/settle_disputed_dossier",
    "accounts/change_representative",
    "counter/receive_at_counter",
    "notes/write_note",
    "opinions/ask_opinion",
    "opinions/recall_opinion",
    "reveal/reveal_personal_data",
    "units/enter_contact",
    "units/add_office",
    "features/close_feature",
    "procedures/publish_local_part",
    "calendars/draft_calendar",
];

#[tokio::test]
async fn who_holds_every_role_elsewhere_does_nothing_in_this_unit() {
    let house = House::open().await;
    let cookie = house.staff(Role::Reception).await;
    let reception = house.who(&cookie).await;
    let unit = house.office.books().places.by_key("xa-dong-xuan-ubnd").expect("a shipped office").id;
    let tried = Tried::received(&house, &reception).await;
    let elsewhere = house.staff_at("xa-xuan-lanh-phuc-vu-hanh-chinh-cong", "xuan-lanh", &Role::ALL).await;
    assert!(OF_A_UNIT.iter().all(|act| ACTS.iter().any(|(known, _)| known == act)), "each is an act");
    for (act, _) in ACTS.iter().filter(|(act, _)| act.starts_with("dossiers/") || OF_A_UNIT.contains(act)) {
        // Two acts look at what was typed before they look at the unit.
        let body = form_of(&house, act, unit, &tried) + "&feature=organisations&year=2027";
        let status = house.post_as(&format!("/api/app/acts/{act}"), &body, &elsewhere).await.status;
        assert_eq!(status, StatusCode::FORBIDDEN, "{act}");
    }
    let id: office::Uuid = tried.dossier.parse().expect("an id");
    let view = house.office.dossier(&reception, id).await.expect("a dossier");
    // The request that it began with is the only one.
    assert_eq!((view.row.version, view.notes.len(), view.opinions.len()), (tried.seen, 0, 1));
}

/// The form of an act about that dossier and that unit.
fn form_of(house: &House, act: &str, unit: i64, tried: &Tried) -> String {
    let command = format!("&command={}", house.office.new_id());
    // The form of the counter calls by a name of its own what others number.
    if act == "counter/receive_at_counter" {
        return format!("trang=%2F&unit={unit}{command}&procedure=1.001612&person[name]=So+Minh+Thuan");
    }
    let body = EVERYTHING
        .replace(&format!("dossier={NOWHERE}"), &format!("dossier={}", tried.dossier))
        .replace("&seen=1&", &format!("&seen={}&", tried.seen))
        .replace("&command=00000000-0000-7000-8000-000000000002", &command);
    match act {
        "dossiers/confirm_withdrawal" | "dossiers/settle_withdrawal" => body + SETTLED,
        "dossiers/deliver_dossier" => body.replace(&format!("&to={COLLEAGUE}"), "&to[name]=x"),
        "accounts/prove_account"
        | "accounts/change_representative"
        | "calendars/draft_calendar"
        | "features/close_feature"
        | "units/add_office"
        | "procedures/publish_local_part" => body.replace("&unit=1&", &format!("&unit={unit}&")),
        // An office of another unit is nobody's here.
        "units/enter_contact" => {
            let books = house.office.books();
            let own = books.places.by_key("xa-dong-xuan-phuc-vu-hanh-chinh-cong").expect("a shipped office").id;
            body.replace("&place=1", &format!("&place={own}"))
        }
        _ => body,
    }
}

#[tokio::test]
async fn nobody_without_a_session_gets_anything_done() {
    let house = House::open().await;
    for (act, open) in ACTS.iter().filter(|(_, open)| *open != Anyone) {
        // One act names the person who collects where another names a colleague; one what an organisation is called where
        // others name one.
        let body = match *act {
            "dossiers/confirm_withdrawal" | "dossiers/settle_withdrawal" => EVERYTHING.to_string() + SETTLED,
            "dossiers/deliver_dossier" => EVERYTHING.replace(&format!("&to={COLLEAGUE}"), "&to[name]=x"),
            "counter/receive_at_counter" => {
                EVERYTHING.replace(&format!("&organisation={NOWHERE}"), "&organisation[name]=x")
            }
            _ => EVERYTHING.to_string(),
        };
        let answer = house.post(&format!("/api/app/acts/{act}"), &body).await;
        let refused = [
            StatusCode::UNAUTHORIZED,
            StatusCode::NOT_FOUND,
            StatusCode::FORBIDDEN,
            StatusCode::FOUND,
            StatusCode::SEE_OTHER,
        ];
        assert!(refused.contains(&answer.status), "{act} ({open:?}) answered {}", answer.status);
        if answer.status.is_redirection() {
            assert!(answer.header("location").contains("dang-nhap"), "{act} led to {}", answer.header("location"));
        }
    }
}

const NOWHERE: &str = "00000000-0000-7000-8000-000000000001";

/// What the routes are tried at: a dossier of Đồng Xuân with its paper and a file, what Đồng Xuân is asked about it, and a
/// reorganisation that Đồng Xuân goes on from.
struct Tried {
    dossier: String,
    /// The version of it on the screen.
    seen: i64,
    paper: String,
    upload: String,
    opinion: String,
    plan: String,
    heir: i64,
}

impl Tried {
    fn nothing() -> Self {
        let nowhere = || NOWHERE.to_string();
        let (dossier, paper, upload, opinion) = (nowhere(), nowhere(), nowhere(), nowhere());
        Self { dossier, seen: 1, paper, upload, opinion, plan: nowhere(), heir: 1 }
    }

    /// A walk-in of somebody whom no test signs in.
    async fn received(house: &House, reception: &Who) -> Self {
        let office = &house.office;
        let unit = office.books().places.by_key("xa-dong-xuan-ubnd").expect("a shipped office").id;
        let walk_in =
            WalkIn { procedure_code: "1.001612".into(), name: "Sô Minh Thuận".into(), ..WalkIn::default() };
        let id = office.receive_at_counter(reception, unit, walk_in, office.new_id()).await.expect("received");
        let upload = office.upload(reception, Holder::Dossier(id), "ban-quet", "a.png", PNG).await.expect("a file");
        let view = office.dossier(reception, id).await.expect("a dossier");
        let (paper, seen) = (view.papers[0].id, view.row.version);
        let asked = OpinionRow {
            office_id: unit,
            dossier_id: id,
            number: 1,
            id: office.new_id(),
            asked_unit: unit,
            asked_by: reception.subject(),
            asked_by_name: "Lan".into(),
            question: "Có chồng lấn không?".into(),
            files: Vec::new(),
            asked_at: office.now().0,
            respond_by: office.now().0,
            assignee: None,
            reminded_at: None,
            ended_at: None,
            ended: None,
            stance: None,
            words: None,
            answered_by: None,
        };
        let mut tx = office.db().write().await.expect("a transaction");
        insert_opinion(&mut tx, &asked).await.expect("a request");
        tx.commit().await.expect("written");
        let (dossier, paper, upload) = (id.to_string(), paper.to_string(), upload.id.to_string());
        Self { dossier, seen, paper, upload, opinion: asked.id.to_string(), plan: NOWHERE.into(), heir: unit }
    }

    /// A reorganisation that has begun: its list is read where it is continued.
    async fn begun(house: &House, by: &Who) -> String {
        let (office, heir) = (&house.office, "xa-dong-xuan-ubnd".to_string());
        let closes = "xa-xuan-lanh-ubnd".to_string();
        let (now, first) = (office.now(), office.books().places.by_key(&closes).expect("a shipped office").id);
        let rule = Rule { by: By::One, default: heir.clone(), lines: Vec::new() };
        let plan = Plan {
            day: now.day(),
            basis: "Nghị quyết số 15/NQ-HĐND".into(),
            closes: vec![closes],
            heirs: vec![heir],
            rule,
            onward: Vec::new(),
        };
        let row = ReorganisationRow {
            office_id: first,
            id: office.new_id(),
            on_day: i64::from(now.day().0),
            plan,
            made_by: by.subject(),
            made_at: now.0,
            confirmed_by: Some(by.subject()),
            confirmed_at: Some(now.0),
            begun_at: Some(now.0),
            open_at_begin: Some(0),
            finished_at: Some(now.0),
            dropped_at: None,
            version: 1,
        };
        let mut tx = office.db().write().await.expect("a transaction");
        insert_reorganisation(&mut tx, &row).await.expect("a plan");
        save_reorganisation(&mut tx, &row, 1).await.expect("begun");
        tx.commit().await.expect("written");
        row.id.to_string()
    }

    async fn ask(&self, house: &House, route: &Route, cookie: &str) -> StatusCode {
        self.ask_by(house, route.method, route, cookie).await
    }

    async fn ask_by(&self, house: &House, method: &str, route: &Route, cookie: &str) -> StatusCode {
        self.ask_from(house, [127, 0, 0, 1], method, route, cookie).await
    }

    /// The same from that address of the network.
    async fn ask_from(&self, house: &House, from: [u8; 4], method: &str, route: &Route, cookie: &str) -> StatusCode {
        let file = format!("{}.xlsx?tu=2026-01-01&den=2026-12-31", self.dossier);
        let address = route
            .address
            .replace("{upload}", &self.upload)
            .replace("{paper}", &format!("{}.pdf", self.paper))
            .replace("{dossier}", &self.dossier)
            .replace("{draft}", NOWHERE)
            .replace("{opinion}", &self.opinion)
            .replace("{code}", "9.999999")
            .replace("{away}", "cong-quoc-gia")
            .replace("{plan}", &self.plan)
            .replace("{heir}", &format!("{}.pdf", self.heir))
            .replace("{file}", &file);
        let request = Request::builder().method(method).uri(&address).header("sec-fetch-site", "same-origin");
        let request = request.header(header::COOKIE, cookie);
        let request = match method {
            // The one that asks why.
            "POST" if route.address.starts_with("/so-theo-doi/") => request
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from("tu=2026-01-01&den=2026-12-31&hien=call")),
            "POST" => request
                .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xxx")
                .header(header::ACCEPT, "application/json")
                .body(Body::from(if route.address == PROCEDURES { file_with(RECORD) } else { file_with(PNG) })),
            _ => request.body(Body::empty()),
        };
        // The answer's beginning says enough: a stream never ends.
        house.begin(from, request.expect("a request")).await.status()
    }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0";

/// Where a file of procedures is laid down, which has to be one.
const PROCEDURES: &str = "/can-bo/tai-len/thu-tuc";

const RECORD: &[u8] = br#"{"ma_tthc": "9.000100", "ten_tthc": "Mot thu tuc"}"#;

/// A form with one file.
fn file_with(bytes: &[u8]) -> Vec<u8> {
    let mut form = b"--xxx\r\ncontent-disposition: form-data; name=\"cau\"\r\n\r\nban-quet\r\n--xxx\r\n\
        content-disposition: form-data; name=\"tep\"; filename=\"b.png\"\r\n\r\n"
        .to_vec();
    form.extend_from_slice(bytes);
    form.extend_from_slice(b"\r\n--xxx--\r\n");
    form
}

const REFUSED: [StatusCode; 3] = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];

#[tokio::test]
async fn every_route_gives_a_stranger_nothing_but_what_is_everybody_s() {
    let house = House::open().await;
    let nothing = Tried::nothing();
    for route in ROUTES {
        let status = nothing.ask(&house, route, "").await;
        let what = format!("{} {} answered {status}", route.method, route.address);
        match route.open {
            // No identity provider is set up here, so its ways lead nowhere.
            Open::Everybody if route.address.starts_with(IDENTITY_DOOR) => {
                assert_eq!(status, StatusCode::NOT_FOUND, "{what}");
            }
            // A file that does not exist is nobody's.
            Open::Everybody if route.address.contains('{') => assert_eq!(status, StatusCode::NOT_FOUND, "{what}"),
            Open::Everybody | Open::ThisMachine => assert!(status.is_success(), "{what}"),
            // Acts are tried in a test of their own, with their forms.
            _ if route.address.starts_with("/api/") => {}
            Open::ByAct
            | Open::SignedIn
            | Open::Resident
            | Open::Staff(_)
            | Open::StaffWithBoth(..)
            | Open::ResidentOr(_) => {
                assert!(REFUSED.contains(&status) || status == StatusCode::SEE_OTHER, "{what}");
            }
        }
        if route.open == Open::ThisMachine {
            let request = Request::get(route.address).body(Body::empty()).expect("a request");
            assert!(!house.send_from([192, 0, 2, 7], request).await.status.is_success(), "{what}");
        }
        // The other way of asking, where it is no route of its own, is no way in: refused, or led to the door.
        let other = if route.method == "GET" { "POST" } else { "GET" };
        if ROUTES.iter().any(|one| (one.method, one.address) == (other, route.address)) {
            continue;
        }
        let status = nothing.ask_by(&house, other, route, "").await;
        let no_way_in = [StatusCode::METHOD_NOT_ALLOWED, StatusCode::SEE_OTHER];
        assert!(no_way_in.contains(&status), "{other} {} answered {status}", route.address);
    }
}

#[tokio::test]
async fn every_route_of_staff_opens_to_the_roles_of_its_task_and_to_no_other() {
    let house = House::open().await;
    let mut cookies = Vec::new();
    for role in Role::ALL {
        cookies.push((role, house.staff(role).await));
    }
    let of_reception = cookies.iter().find(|(role, _)| *role == Role::Reception).expect("a clerk");
    let token = of_reception.1.split_once('=').map(|(_, token)| token);
    let reception = house.office.who_of_token(Door::Staff, token, Trace::default()).await.expect("a clerk");
    let plan = Tried::begun(&house, &reception).await;
    let tried = Tried { plan, ..Tried::received(&house, &reception).await };
    for route in ROUTES {
        let (task, other) = match route.open {
            Open::Staff(task) | Open::ResidentOr(task) => (task, task),
            Open::StaffWithBoth(task, other) => (task, other),
            _ => continue,
        };
        // The form of the counter is an act: its answer is a page, and the test of acts tries it.
        if route.address.starts_with("/api/") {
            continue;
        }
        for (role, cookie) in &cookies {
            let status = tried.ask(&house, route, cookie).await;
            let what = format!("{} {} answered {status} to {role:?}", route.method, route.address);
            match task.roles().contains(role) && other.roles().contains(role) {
                true => assert!(status.is_success(), "{what}"),
                false => assert!(REFUSED.contains(&status), "{what}"),
            }
        }
    }
    // What is a resident's own is not staff's, whoever they are.
    for route in ROUTES.iter().filter(|route| route.open == Open::Resident) {
        for (role, cookie) in &cookies {
            let status = tried.ask(&house, route, cookie).await;
            assert!(REFUSED.contains(&status), "{} answered {status} to {role:?}", route.address);
        }
    }
}

#[tokio::test]
async fn from_outside_the_named_networks_no_route_and_no_act_opens_to_staff_whom_it_opens_to_inside() {
    let house = House::open_for_staff_in(&["127.0.0.1"]).await;
    let outside = [203, 0, 113, 9];
    let mut cookies = Vec::new();
    for role in Role::ALL {
        cookies.push((role, house.staff(role).await));
    }
    let holder = |may: &dyn Fn(&Role) -> bool| {
        let found = cookies.iter().find(|(role, _)| may(role));
        found.map(|(_, cookie)| cookie.clone()).expect("a role of the task")
    };
    let reception = house.who(&holder(&|role: &Role| *role == Role::Reception)).await;
    let plan = Tried::begun(&house, &reception).await;
    let tried = Tried { plan, ..Tried::received(&house, &reception).await };
    let mut routes = 0;
    for route in ROUTES {
        let cookie = match route.open {
            // The form of the counter is an act, as the one below.
            _ if route.address.starts_with("/api/") => continue,
            Open::Staff(task) | Open::ResidentOr(task) => holder(&|role: &Role| task.roles().contains(role)),
            Open::StaffWithBoth(task, other) => {
                holder(&|role: &Role| task.roles().contains(role) && other.roles().contains(role))
            }
            Open::SignedIn => holder(&|_: &Role| true),
            _ => continue,
        };
        let from_outside = tried.ask_from(&house, outside, route.method, route, &cookie).await;
        let inside = tried.ask(&house, route, &cookie).await;
        let what = format!("{} {} answered {inside} inside, {from_outside} outside", route.method, route.address);
        assert!(REFUSED.contains(&from_outside) || from_outside == StatusCode::SEE_OTHER, "{what}");
        assert!(inside.is_success(), "{what}");
        routes += 1;
    }
    assert!(routes >= 8, "{routes} routes of staff");
    // The same of an act: what the very same form does inside, it does not outside.
    let id: office::Uuid = tried.dossier.parse().expect("an id");
    let version = async || house.office.dossier(&reception, id).await.expect("a dossier").row.version;
    let seen = version().await;
    let body = format!("trang=%2F&dossier={id}&seen={seen}&command={}&reason=khong+con+can", house.office.new_id());
    let director = holder(&|role: &Role| *role == Role::CentreDirector);
    let post = || {
        Request::post("/api/app/acts/dossiers/stop_dossier")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, &director)
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.clone()))
            .expect("a request")
    };
    let answer = house.send_from(outside, post()).await;
    assert!(REFUSED.contains(&answer.status), "{}", answer.status);
    assert_eq!(version().await, seen);
    let answer = house.send_from([127, 0, 0, 1], post()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.header("location").contains(&tried.dossier), "{}", answer.header("location"));
    assert!(version().await > seen);
}

/// The table is the only place where an address is given to the router of the site; the bank of the demonstration is a
/// program of its own.
#[test]
fn no_route_is_made_beside_the_table() {
    let mut made = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                if !path.ends_with("demo_bank") {
                    folders.push(path);
                }
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for way in [".route(", ".route_service(", ".nest(", ".nest_service("] {
                made.extend((0..text.matches(way).count()).map(|_| format!("{name} {way}")));
            }
        }
    }
    assert_eq!(made, ["routes.rs .route("]);
}

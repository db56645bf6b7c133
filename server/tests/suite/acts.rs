//! Every way into the program is known and classified: an act or a route that nobody classified fails here.

use super::house::House;
use axum::http::StatusCode;
use std::collections::BTreeSet;

/// Who an act is open to before `office` looks closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Somebody who has not signed in.
    Anyone,
    /// A resident, for what is their own.
    Resident,
    /// Staff with the task of that key (see the rights matrix of `office`).
    Staff(&'static str),
}
use Open::{Anyone, Resident, Staff};

const ACTS: &[(&str, Open)] = &[
    ("sessions/sign_up", Anyone),
    ("sessions/sign_in", Anyone),
    ("sessions/sign_in_staff", Anyone),
    ("sessions/sign_out", Anyone),
    ("sessions/sign_out_staff", Anyone),
    ("drafts/sign_in_and_save", Anyone),
    ("drafts/sign_in_and_submit", Anyone),
    ("dossiers_mine/sign_in_and_go_on", Anyone),
    ("drafts/start_draft", Resident),
    ("drafts/save_topic", Resident),
    ("drafts/drop_draft", Resident),
    ("drafts/drop_upload", Resident),
    ("drafts/submit_draft", Resident),
    ("dossiers_mine/answer_supplement", Resident),
    ("dossiers_mine/drop_answer_upload", Resident),
    ("dossiers_mine/ask_withdrawal", Resident),
    ("dossiers_mine/rate_dossier", Resident),
    ("counter/receive_at_counter", Staff("receive_at_counter")),
    ("notes/write_note", Staff("write_note")),
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
    ("dossiers/decline_withdrawal", Staff("decline_withdrawal")),
    ("dossiers/deliver_dossier", Staff("deliver")),
    ("dossiers/correct_result", Staff("correct_result")),
    ("dossiers/open_correction", Staff("open_correction")),
];

const COLLEAGUE: &str = "00000000-0000-7000-8000-000000000003";

/// A form with every field that any act asks for, so that none stops at a missing one.
const EVERYTHING: &str = "trang=%2F&dossier=00000000-0000-7000-8000-000000000001&draft=00000000-0000-7000-8000-000000000001\
    &upload=00000000-0000-7000-8000-000000000001&seen=1&command=00000000-0000-7000-8000-000000000002&code=1.001193&office=1\
    &office_id=1&new_due-day=1&new_due-month=12&new_due-year=2026\
    &topic=nguoi_khai&reason=x&words=x&to=00000000-0000-7000-8000-000000000003&unit=1&procedure=1.001193&name=x\
    &rating=satisfied&proposal=grant&note=x&basis=x&exclusion=opinion&method=counter&step=0&state=owed\
    &paid[payer]=x&paid[amount]=1000&paid[way]=cash&paid[on][day]=1&paid[on][month]=11&paid[on][year]=2026&amount_note=x&citizen_id=1&password=x&hien=call";

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
async fn nobody_without_a_session_gets_anything_done() {
    let house = House::open().await;
    for (act, open) in ACTS.iter().filter(|(_, open)| *open != Anyone) {
        // One act names the person who collects where another names a colleague.
        let body = match *act {
            "dossiers/deliver_dossier" => EVERYTHING.replace(&format!("&to={COLLEAGUE}"), "&to[name]=x"),
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

#[tokio::test]
async fn plain_routes_are_listed_and_answer_strangers_with_nothing_personal() {
    let house = House::open().await;
    for route in server::http::PLAIN_ROUTES.iter().filter_map(|route| route.strip_prefix("GET ")) {
        let address = route
            .replace("{upload}", "00000000-0000-7000-8000-000000000001")
            .replace("{paper}", "00000000-0000-7000-8000-000000000001.pdf")
            .replace("{file}", "00000000-0000-7000-8000-000000000001.xlsx?tu=2026-01-01&den=2026-12-31");
        let answer = house.get(&address).await;
        let open = ["/healthz", "/readyz", "/metrics"].contains(&route);
        assert_eq!(answer.status.is_success(), open, "{address} answered {}", answer.status);
    }
}

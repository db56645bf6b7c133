//! What is held on residents, table by table and column by column, against the file of one's own data: each column goes out
//! under a name, or a reason stands here why it does not.
// long because every column of every table that holds something of a resident is named.

use super::house::House;
use std::collections::{BTreeMap, BTreeSet};
use store::copying::TABLES;

/// Where what a table holds goes.
enum Table {
    /// Nothing of it goes out, for that reason.
    Stays(&'static str),
    /// Each column for itself.
    Of(&'static [(&'static [&'static str], Column)]),
}

/// Where what a column holds goes.
enum Column {
    /// Into the facts, under that name.
    Out(&'static str),
    /// Nowhere, for that reason.
    Stays(&'static str),
}

use Column::{Out, Stays};
use Table::Of;

const KEY: Column = Stays("a key that the program finds its rows by");
const STEP: Column = Stays("how far the program is with its work on the row");
const RULES: Column = Stays("which version of a rule holds for it");
const SECRET: Column = Stays("a secret, and of no use to its owner but at the door");
const STAFF: Column =
    Stays("which colleague did it: the people of an office are told of by name where the law names them");

const HELD: &[(&str, Table)] = &[
    ("offices", Table::Stays("of offices")),
    ("office_successions", Table::Stays("of offices")),
    ("office_contacts", Table::Stays("of offices")),
    ("calendars", Table::Stays("rules")),
    ("calendar_drafts", Table::Stays("rules in the making, and colleagues")),
    ("feature_closures", Table::Stays("what a unit has switched off, and colleagues")),
    ("local_parts", Table::Stays("what units say of procedures, and colleagues")),
    ("procedure_versions", Table::Stays("rules")),
    ("import_remarks", Table::Stays("rules")),
    ("forms", Table::Stays("rules")),
    ("books", Table::Stays("a counter of the program")),
    ("counters", Table::Stays("counters of the program")),
    (
        "accounts",
        Of(&[
            (&["citizen_id"], Out("citizen_id")),
            (&["name"], Out("name")),
            (&["phone"], Out("phone")),
            (&["level"], Out("level")),
            (&["created_at"], Out("opened_at")),
            (&["id"], KEY),
            (&["password_hash"], SECRET),
            (&["lost_number", "lost_at"], Stays("an account that has lost its number is entered by nobody")),
        ]),
    ),
    (
        "account_proofs",
        Of(&[
            (&["at"], Out("at")),
            (&["how"], Out("how")),
            (&["level"], Out("level")),
            (&["office_id"], Out("office")),
            (&["staff_name"], Out("by")),
            (&["account_id", "id", "staff_id"], KEY),
            (&["taken_from"], Stays("the account of somebody else, who had the number before")),
        ]),
    ),
    ("account_codes", Table::Stays("hashes of codes; the proof of the same visit goes out")),
    (
        "identity_links",
        Of(&[
            (&["issuer"], Out("issuer")),
            (&["subject"], Out("subject")),
            (&["linked_at"], Out("linked_at")),
            (&["account_id"], KEY),
        ]),
    ),
    ("identity_attempts", Table::Stays("sign-ins that nobody has finished: hashes that end within minutes")),
    (
        "organisations",
        Of(&[
            (&["number"], Out("tax_number")),
            (&["name"], Out("name")),
            (&["address"], Out("address")),
            (&["account_id"], Out("is_represented_by_me")),
            (&["id"], KEY),
            (&["created_at"], Stays("of the organisation")),
        ]),
    ),
    (
        "organisation_members",
        Of(&[
            (&["valid_from"], Out("from")),
            (&["valid_to"], Out("to")),
            (&["named_at"], Out("named_at")),
            (&["ended_at"], Out("ended_at")),
            (&["organisation_id", "id", "account_id"], KEY),
        ]),
    ),
    (
        "disputed_organisations",
        Table::Stays("of two people who claim one thing: what was decided stands with who got it"),
    ),
    ("disputed_dossiers", Table::Stays("of two people who claim one thing: what was decided stands with who got it")),
    ("staff", Table::Stays("of colleagues, whose employer keeps their file")),
    ("recovery_codes", Table::Stays("of colleagues")),
    ("positions", Table::Stays("of colleagues")),
    ("mandates", Table::Stays("of colleagues")),
    ("reasons", Table::Stays("of colleagues")),
    ("saved_views", Table::Stays("of colleagues, for as long as they keep them")),
    ("stuck_claims", Table::Stays("of colleagues")),
    ("reorganisations", Table::Stays("of units")),
    ("handovers", Table::Stays("which unit goes on with a dossier: the dossier's events tell it")),
    (
        "sessions",
        Of(&[
            (&["created_at"], Out("since")),
            (&["seen_at"], Out("last_used")),
            (&["address"], Out("address")),
            (&["agent"], Out("browser")),
            (&["token_hash"], SECRET),
            (&["kind", "subject_id"], KEY),
            (&["idle_until", "absolute_until", "ended_at"], Stays("the file tells of places that are signed in still")),
        ]),
    ),
    ("limits", Table::Stays("wrong tries at the door of a number, by whomever, and forgotten soon")),
    (
        "drafts",
        Of(&[
            (&["procedure_code"], Out("procedure_code")),
            (&["typed"], Out("answers")),
            (&["prefilled"], Out("prefilled")),
            (&["created_at"], Out("begun_at")),
            (&["updated_at"], Out("saved_at")),
            (&["office_id", "id", "account_id", "organisation_id"], KEY),
            (&["procedure_version", "form_key", "form_version", "local_part"], RULES),
            (&["seen_topics", "version"], STEP),
            (&["submitted_as"], Stays("what was filed is a dossier")),
            (&["dropped_at"], Stays("what was dropped is shown to nobody and is emptied")),
        ]),
    ),
    ("blobs", Table::Stays("hashes of bytes; the bytes go out as files")),
    (
        "uploads",
        Of(&[
            (&["question"], Out("question")),
            (&["name"], Out("name")),
            (&["mime"], Out("kind")),
            (&["size"], Out("bytes")),
            (&["created_at"], Out("uploaded_at")),
            (&["sha256"], Out("file")),
            (&["office_id", "id", "owner_id", "draft_id", "dossier_id"], KEY),
            (&["finished_at", "dropped_at", "held_at", "infected_at", "let_go_at"], STEP),
        ]),
    ),
    (
        "dossiers",
        Of(&[
            (&["code"], Out("code")),
            (&["temporary_code"], Out("temporary_code")),
            (&["lookup_code"], Out("lookup_code")),
            (&["procedure_code"], Out("procedure_code")),
            (&["procedure_name"], Out("procedure")),
            (&["office_id"], Out("office")),
            (&["status"], Out("status")),
            (&["state"], Out("status_words")),
            (&["channel"], Out("channel")),
            (&["applicant_name"], Out("name")),
            (&["applicant_id"], Out("citizen_id")),
            (&["applicant_phone"], Out("phone")),
            (&["applicant_address"], Out("address")),
            (&["organisation_name"], Out("organisation")),
            (&["typed"], Out("typed")),
            (&["submitted_at"], Out("submitted_at")),
            (&["received_at"], Out("received_at")),
            (&["due_at"], Out("due_at")),
            (&["finished_at"], Out("finished_at")),
            (&["delivered_at"], Out("delivered_at")),
            (&["id", "account_id", "organisation_id", "corrects"], KEY),
            (&["organisation_number", "organisation_address"], Stays("of the organisation")),
            (&["procedure_version", "calendar_version", "form_key", "form_version", "local_part"], RULES),
            (&["resolving_office", "sub_state", "assignee", "holder_role"], Stays("at whose desk it lies today")),
            (&["queue_at", "updated_at", "version", "paused_at", "due_soon_at", "step_due_at", "accept_by"], STEP),
            (&["search_text"], Stays("made of what goes out already")),
            (&["papers_listed"], Stays("stands on form 01, which goes out")),
            (&["original_due_at"], Stays("stands on form 01, which goes out")),
            (&["source"], Stays("whether it was filed here or brought from elsewhere")),
            (&["sensitive"], Stays("said of the procedure, not of the person")),
        ]),
    ),
    ("dossier_codes", Table::Stays("the codes that dossiers have, once more")),
    (
        "dossier_events",
        Of(&[
            (&["at"], Out("at")),
            (&["body"], Out("what")),
            (&["office_id", "dossier_id", "seq", "command_id"], KEY),
            (&["device_at"], Stays("the clock of whichever machine it was done at")),
            (&["actor_kind", "actor_id", "actor_name", "actor_role", "acting_for", "mandate_id"], STAFF),
        ]),
    ),
    ("notes", Table::Stays("what colleagues say to each other while they work on a dossier")),
    ("mentions", Table::Stays("which colleague a note is for")),
    ("opinions", Table::Stays("what units ask each other; what came of it stands in the result")),
    (
        "papers",
        Of(&[
            (&["kind"], Out("kind")),
            (&["number"], Out("number")),
            (&["issued_at"], Out("issued_at")),
            (&["body"], Out("file")),
            (&["office_id", "dossier_id", "id"], KEY),
            (&["rules"], RULES),
            (&["for_resident"], Stays("those that are for the resident go out")),
        ]),
    ),
    (
        "results",
        Of(&[
            (&["version"], Out("version")),
            (&["granted"], Out("granted")),
            (&["title"], Out("title")),
            (&["issued_at"], Out("issued_at")),
            (&["replaced_at"], Out("replaced_at")),
            (&["office_id", "dossier_id", "paper_id", "upload_id"], KEY),
        ]),
    ),
    (
        "ratings",
        Of(&[
            (&["score"], Out("score")),
            (&["words"], Out("words")),
            (&["reasons"], Out("reasons")),
            (&["at"], Out("at")),
            (&["office_id", "dossier_id"], KEY),
        ]),
    ),
    (
        "answer_drafts",
        Of(&[
            (&["typed"], Out("typed_for_supplement")),
            (&["updated_at"], Out("at")),
            (&["office_id", "dossier_id"], KEY),
        ]),
    ),
    (
        "message_choices",
        Of(&[
            (&["means"], Out("means")),
            (&["email"], Out("email")),
            (&["phone"], Out("phone")),
            (&["pending_means", "pending_address"], Out("waits_for_code")),
            (&["quiet_from", "quiet_to"], Out("quiet")),
            (&["account_id"], KEY),
            (&["code_hash"], SECRET),
            (&["code_until", "updated_at"], STEP),
        ]),
    ),
    (
        "dossier_contacts",
        Of(&[
            (&["phone"], Out("told_at")),
            (&["agreed_at"], Stays("the moment of the reception, which goes out")),
            (&["office_id", "dossier_id"], KEY),
        ]),
    ),
    (
        "messages",
        Of(&[
            (&["means"], Out("means")),
            (&["address"], Out("address")),
            (&["state"], Out("state")),
            (&["body"], Out("words")),
            (&["created_at"], Out("made_at")),
            (&["office_id", "id", "dossier_id", "seq", "account_id"], KEY),
            (&["send_at", "attempts", "locked_until", "problem", "settled_at"], STEP),
            (&["told_how"], Stays("how a colleague told the person otherwise, for the colleagues")),
        ]),
    ),
    ("bank_accounts", Table::Stays("of units")),
    (
        "payment_requests",
        Of(&[
            (&["token"], Out("token")),
            (&["purpose"], Out("purpose")),
            (&["payer_name"], Out("payer")),
            (&["lines"], Out("lines")),
            (&["asked"], Out("asked")),
            (&["paid"], Out("paid")),
            (&["refunded"], Out("refunded")),
            (&["remaining"], Out("remaining")),
            (&["status"], Out("state")),
            (&["made_at"], Out("made_at")),
            (&["limit_at"], Out("limit_at")),
            (&["closed_at"], Out("closed_at")),
            (&["closed_as"], Out("closed_as")),
            (&["office_id", "id", "dossier_id", "account_id"], KEY),
            (&["made_by", "made_by_name"], STAFF),
            (&["version"], STEP),
        ]),
    ),
    (
        "credits",
        Of(&[
            (&["payer_name"], Out("payer")),
            (&["booked_at"], Out("booked_at")),
            (&["amount"], Out("amount")),
            (&["note", "payer_account"], Stays("of whoever paid, who may be somebody else")),
            (&["bank_ref", "source", "received_at", "currency"], Stays("between the bank and the office")),
            (&["office_id", "id", "account_id"], KEY),
            (&["used", "done_at"], STEP),
        ]),
    ),
    (
        "refunds",
        Of(&[
            (&["amount"], Out("amount")),
            (&["payee"], Out("payee")),
            (&["way"], Out("way")),
            (&["bin"], Out("bank")),
            (&["masked_account"], Out("account")),
            (&["reason"], Out("reason")),
            (&["state"], Out("state")),
            (&["asked_at"], Out("asked_at")),
            (&["decided_at"], Out("decided_at")),
            (&["ended_at"], Out("ended_at")),
            (
                &["account"],
                Stays("in full until the money is sent, and then forgotten; the file goes wherever it is taken"),
            ),
            (&["waived"], Stays("what the request asks no more, which its own figures show")),
            (&["remark"], Stays("what colleagues say of the last step to each other")),
            (&["asked_by", "asked_by_name", "decided_by", "decided_by_name"], STAFF),
            (&["office_id", "id", "request_id", "credit_id"], KEY),
            (&["sendings", "version"], STEP),
        ]),
    ),
    (
        "credit_parts",
        Of(&[
            (&["kind"], Out("kind")),
            (&["amount"], Out("amount")),
            (&["office_id", "credit_id", "id", "request_id", "refund_id"], KEY),
            (&["by_staff", "by_name", "reason"], STAFF),
            (&["at"], Stays("when the office laid it here; when it came goes out")),
        ]),
    ),
    ("money_tray", Table::Stays("what colleagues must look at; of whose money it is the request says")),
    ("statements", Table::Stays("of the office's accounts, line numbers and refused lines")),
    ("provider_events", Table::Stays("between the bank and the office")),
    ("commands", Table::Stays("what a form that is sent twice is answered, by keys alone")),
    ("jobs", Table::Stays("work of the program, by keys alone")),
    ("leases", Table::Stays("work of the program")),
    (
        "audit_rows",
        Of(&[
            (&["at"], Out("at")),
            (&["actor_name"], Out("by")),
            (&["act"], Out("act")),
            (&["detail"], Out("reason")),
            (&["id", "object_kind", "object_id", "office_id"], KEY),
            (&["actor_kind", "actor_id", "acting_for"], STAFF),
            (&["address", "request_id"], Stays("of the machine that it was done at: a colleague's")),
        ]),
    ),
    ("audit_seals", Table::Stays("hashes of the record")),
];

#[tokio::test]
async fn every_column_that_holds_something_of_a_resident_goes_out_or_says_why_not() {
    let house = House::open().await;
    let told = house.ask_database(
        "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '_sqlx_%'",
    );
    let mut there: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (table, column) in told.lines().filter_map(|line| line.split_once(' ')) {
        there.entry(table).or_default().insert(column);
    }
    let listed: BTreeSet<&str> = HELD.iter().map(|(table, _)| *table).collect();
    assert_eq!(listed.len(), HELD.len(), "a table stands twice");
    let tables: BTreeSet<&str> = TABLES.iter().copied().collect();
    assert_eq!(listed, tables, "a table is missing here, or is there no more");
    for (table, held) in HELD {
        let Of(columns) = held else { continue };
        let named: Vec<&str> = columns.iter().flat_map(|(names, _)| names.iter().copied()).collect();
        let once: BTreeSet<&str> = named.iter().copied().collect();
        assert_eq!(once.len(), named.len(), "a column of {table} stands twice");
        assert_eq!(Some(&once), there.get(table), "the columns of {table}");
    }
}

#[test]
fn what_is_said_to_go_out_has_a_name_in_the_facts_and_what_stays_has_a_reason() {
    let facts = include_str!("../../../app/src/citizen/my_data/facts.rs");
    for (table, held) in HELD {
        match held {
            Table::Stays(reason) => assert!(!reason.trim().is_empty(), "{table}"),
            Of(columns) => {
                for (names, column) in *columns {
                    match column {
                        Out(fact) => {
                            assert!(facts.contains(&format!("\"{fact}\":")), "{table}: no fact is called {fact}");
                        }
                        Stays(reason) => assert!(!reason.trim().is_empty(), "{table}: {names:?}"),
                    }
                }
                assert!(columns.iter().any(|(_, column)| matches!(column, Out(_))), "{table} gives nothing");
            }
        }
    }
}

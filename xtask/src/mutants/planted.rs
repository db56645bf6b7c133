//! The faults. Each is one guard that is gone, as small as it can be.

use super::Mutant;

/// Tests of `office`, on SQLite.
macro_rules! office {
    ($name:literal) => {
        &["-p", "office", "--test", "office", concat!("suite::", $name, "::sqlite")]
    };
}

/// Every fault.
pub const PLANTED: &[Mutant] = &[
    Mutant {
        name: "right not asked",
        harm: "staff of one commune act on the dossiers of another",
        file: "server/office/src/rights.rs",
        find: "&& books.places.authority_of(position.office) == unit",
        replace: "",
        test: office!("rights::rights_hold_on_a_real_dossier"),
    },
    Mutant {
        name: "view not logged",
        harm: "somebody reads a dossier and nobody ever knows",
        file: "server/office/src/dossiers/reading.rs",
        find: "self.record_view(who, view_act(&view.row, \"view_dossier\"), &Object::of(&view.row), detail).await?;",
        replace: "let _ = (detail, view_act(&view.row, \"view_dossier\"));",
        test: office!("record::every_look_of_staff_at_somebody_s_data_and_every_export_is_a_row"),
    },
    Mutant {
        name: "event skipped",
        harm: "the life of a dossier has a hole, and its state does not follow from its events",
        file: "server/office/src/act.rs",
        find: "events::insert_event(tx, row.office_id, row.id, &line).await?;",
        replace: "if event.seq != 2 { events::insert_event(tx, row.office_id, row.id, &line).await?; }",
        test: office!("story::a_dossier_goes_from_a_draft_to_a_rating"),
    },
    Mutant {
        name: "command not remembered",
        harm: "a double click of a clerk ends in a quarrel with oneself",
        file: "server/office/src/act.rs",
        find: "if commands::answer_of::<Value>(&mut tx, who.subject(), command).await?.is_some() {",
        replace: "if commands::answer_of::<Value>(&mut tx, who.subject(), Uuid::nil()).await?.is_some() {",
        test: office!("races::a_double_click_of_a_clerk_is_one_act_and_no_quarrel"),
    },
    Mutant {
        name: "number used again",
        harm: "two dossiers of one day carry one code",
        file: "server/store/src/counters.rs",
        find: "DO UPDATE SET value = counters.value + 1",
        replace: "DO UPDATE SET value = counters.value",
        test: office!("races::sixty_acceptances_at_once_get_sixty_codes_of_the_day"),
    },
    Mutant {
        name: "credit used twice",
        harm: "two people lay one transfer to two requests, and both are paid",
        file: "server/store/src/credits.rs",
        find: "AND $3 <= amount - used RETURNING used",
        replace: "RETURNING used",
        test: office!("payments::of_a_credit_no_more_is_used_than_came_whoever_lays_it_where_at_once"),
    },
    Mutant {
        name: "clock of a paid duty",
        harm: "a duty is paid by transfer, and the dossier goes on waiting for it",
        file: "server/office/src/payments/ledger.rs",
        find: "if !is_paid(&before) && is_paid(&after) {",
        replace: "if false {",
        test: office!("payments::a_duty_that_is_paid_lets_the_clock_run_on_by_itself"),
    },
    Mutant {
        name: "held file opened",
        harm: "a file that no scanner looked at reaches an office's PC",
        file: "server/office/src/open_upload.rs",
        find: "if row.held_at.is_some() {",
        replace: "if false {",
        test: office!("scanning::while_the_scanner_is_away_files_are_held_and_settled_when_it_is_back"),
    },
    Mutant {
        name: "infected file stored",
        harm: "a malicious program lies among the papers of a dossier",
        file: "server/office/src/scanning.rs",
        find: "Err(Problem::FileInfected { name: row.name.clone() }.into())",
        replace: "Ok(None)",
        test: office!("scanning::a_bad_file_is_never_stored_whoever_sends_it"),
    },
    Mutant {
        name: "link without the one before",
        harm: "a row of the record is taken out and the rest still fits",
        file: "server/office/src/audit.rs",
        find: "        before.to_string(),\n        seq.to_string(),",
        replace: "        String::new(),\n        String::new(),",
        test: office!("record::an_anchor_on_paper_catches_a_record_that_was_made_anew_whole"),
    },
    Mutant {
        name: "pause not subtracted",
        harm: "days a dossier waited for the resident count against the office",
        file: "app/domain/src/working_time/clock.rs",
        find: "self.0.get(next).is_some_and(|pause| pause.from < closing)",
        replace: "self.0.get(next).is_some_and(|pause| pause.from < closing && false)",
        test: &[
            "-p",
            "domain",
            "--test",
            "engines",
            "working_time::due::a_same_day_term_waits_for_a_closing_at_which_the_clock_runs",
        ],
    },
    Mutant {
        name: "clock shifted",
        harm: "every day begins an hour early, and with it every deadline",
        file: "app/domain/src/time.rs",
        find: "const OFFSET_MS: i64 = 7 * 60 * 60 * 1000;",
        replace: "const OFFSET_MS: i64 = 8 * 60 * 60 * 1000;",
        test: office!("clock::a_dossier_that_waits_over_its_due_moment_is_late_nowhere"),
    },
    Mutant {
        name: "state allowed",
        harm: "a leader approves what nobody examined",
        file: "app/domain/src/dossier/permitted.rs",
        find: "ActKind::Approve => sub_state == SubState::AwaitingApproval,",
        replace: "ActKind::Approve => true,",
        test: office!("story::a_dossier_goes_from_a_draft_to_a_rating"),
    },
    Mutant {
        name: "fee dropped",
        harm: "money that a resident paid stands nowhere",
        file: "app/domain/src/dossier/money.rs",
        find: "PaymentState::Paid => self.paid.0 += amount,",
        replace: "PaymentState::Paid => {}",
        test: office!("endings::fees_are_noted_beside_the_clock"),
    },
    Mutant {
        name: "mask off",
        harm: "an identity number stands in full where a mask is promised",
        file: "app/domain/src/person/citizen_id.rs",
        find: "format!(\"{}••••••{}\", &self.0[..4], &self.0[10..])",
        replace: "self.0.clone()",
        test: &[
            "-p",
            "server",
            "--test",
            "server",
            "suite::reveal::an_address_alone_shows_no_number_in_full_and_a_reason_of_the_list_does",
        ],
    },
    Mutant {
        name: "other sites let in",
        harm: "a page elsewhere acts in the name of whoever is signed in here",
        file: "server/src/http/mod.rs",
        find: "        .layer(CsrfLayer::new())\n",
        replace: "",
        test: &[
            "-p",
            "server",
            "--test",
            "server",
            "suite::trust::every_way_to_change_something_is_closed_to_other_sites",
        ],
    },
    Mutant {
        name: "changed data verified",
        harm: "a receipt whose amount somebody changed still passes for signed",
        file: "server/seal/src/xml/verify.rs",
        find: "Sha256::digest(&bytes).as_slice() != reference.digest",
        replace: "Sha256::digest(&bytes).is_empty()",
        test: &["-p", "seal", "--test", "seal", "suite::xml::the_time_of_signing_is_signed"],
    },
    Mutant {
        name: "signature let go unseen",
        harm: "a document goes out that nobody can verify",
        file: "server/seal/src/signer.rs",
        find: "if signature.is_of(message) { Ok(signature) } else { Err(SignError::broken(\"signature_wrong\")) }",
        replace: "Ok(signature)",
        test: &["-p", "seal", "--test", "seal", "suite::remote::a_service_that_answers_nonsense_is_broken"],
    },
    Mutant {
        name: "refused pin tried again",
        harm: "a token locks itself while a job repeats a wrong PIN",
        file: "server/seal/src/token.rs",
        find: "state.refusal = Some(error.clone());",
        replace: "state.refusal = None;",
        test: &["-p", "seal", "--test", "seal", "suite::token::a_wrong_pin_is_refused_and_tried_once_alone"],
    },
];

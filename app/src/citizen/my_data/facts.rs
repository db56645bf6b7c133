//! The facts of the file of one's own data, for a program to read.

use super::{Filed, lines::look_words};
use crate::{
    citizen::{message_line, mine::Told},
    staff::dossier::answer_words,
    status,
};
use domain::{
    question::review,
    time::{Day, Instant},
};
use office::{
    Office,
    dossiers::UploadRow,
    my_data::{Look, MyData, MyDossier, MyDraft, MyPayment},
};
use serde_json::{Value, json};

/// The account and what belongs to it, around the drafts and dossiers.
pub(super) fn facts(data: &MyData, dossiers: Vec<Value>, drafts: Vec<Value>) -> Value {
    let who = &data.resident;
    let organisations = data.organisations.iter().map(|one| {
        json!({
            "tax_number": one.row.number, "name": one.row.name, "address": one.row.address,
            "is_represented_by_me": one.represents,
        })
    });
    let sessions = data.sessions.iter().map(|one| {
        json!({
            "since": one.since.to_string(), "last_used": one.used.to_string(),
            "address": one.address, "browser": one.agent,
        })
    });
    let proofs = data.proofs.iter().map(|(proof, office)| {
        json!({
            "at": Instant(proof.at).to_string(), "how": proof.how, "level": proof.level, "office": office,
            "by": proof.staff_name,
        })
    });
    let links = data.links.iter().map(
        |one| json!({ "issuer": one.issuer, "subject": one.subject, "linked_at": Instant(one.linked_at).to_string() }),
    );
    let day = |day: i64| Day(day as i32).to_string();
    let standings = data.standings.iter().map(|one| {
        json!({
            "tax_number": one.number, "name": one.name, "from": day(one.valid_from), "to": one.valid_to.map(day),
            "named_at": Instant(one.named_at).to_string(), "ended_at": one.ended_at.map(|at| Instant(at).to_string()),
        })
    });
    let consents =
        data.consents.iter().map(|one| json!({ "at": one.at.to_string(), "answers": one.answers, "from": one.from }));
    let choice = &data.choice;
    json!({
        "made_at": data.made_at.to_string(),
        "account": {
            "name": who.name, "citizen_id": who.citizen_id, "phone": who.phone, "level": who.level,
            "opened_at": data.opened_at.to_string(),
            "proofs": proofs.collect::<Vec<_>>(),
            "identity_links": links.collect::<Vec<_>>(),
            "messages": {
                "means": choice.means.map(|means| means.key()), "email": choice.email, "phone": choice.phone,
                "waits_for_code": choice.pending.as_ref().map(|one| json!({
                    "means": one.means.key(), "address": one.address,
                })),
                "quiet": { "from": choice.quiet.from.to_string(), "to": choice.quiet.to.to_string() },
            },
            "looked_at": looks_facts(&data.looks),
        },
        "organisations": organisations.collect::<Vec<_>>(),
        "employed_by": standings.collect::<Vec<_>>(),
        "prefilled": consents.collect::<Vec<_>>(),
        "sessions": sessions.collect::<Vec<_>>(),
        "drafts": drafts,
        "dossiers": dossiers,
    })
}

/// A draft.
pub(super) fn draft_facts(draft: &MyDraft, name: &str, files: &[Filed]) -> Value {
    let row = &draft.row;
    json!({
        "procedure_code": row.procedure_code,
        "procedure": name,
        "begun_at": Instant(row.created_at).to_string(),
        "saved_at": Instant(row.updated_at).to_string(),
        "answers": row.typed,
        "prefilled": row.prefilled,
        "files": filed(&draft.files, files),
    })
}

/// A dossier.
pub(super) fn dossier_facts(
    office: &Office,
    mine: &MyDossier,
    told: &[Told],
    papers: &[Filed],
    files: &[Filed],
) -> Value {
    let view = &mine.view;
    let row = &view.row;
    let at = |at: Option<i64>| at.map(|at| Instant(at).to_string());
    let answers = review(&view.form, &view.parsed.answers).into_iter().flat_map(|topic| topic.rows);
    let answers =
        answers.map(|row| json!({ "path": row.path, "question": row.label, "answer": answer_words(&row.value, true) }));
    let told = told.iter().map(|one| json!({ "at": one.at.to_string(), "what": one.title, "more": one.more }));
    let messages = view.messages.iter().map(|one| {
        json!({
            "means": one.means, "address": one.address, "state": one.state, "words": message_line(one),
            "made_at": Instant(one.created_at).to_string(),
        })
    });
    let issued = view.papers.iter().zip(papers).map(|(paper, filed)| {
        json!({
            "kind": paper.kind, "name": filed.name, "number": paper.number, "file": filed.path,
            "issued_at": Instant(paper.issued_at).to_string(),
        })
    });
    let rating = view.rating.as_ref().map(|one| {
        json!({ "score": one.score, "reasons": one.reasons, "words": one.words, "at": Instant(one.at).to_string() })
    });
    let results = view.results.iter().map(|one| {
        json!({
            "version": one.version, "granted": one.granted, "title": one.title,
            "issued_at": Instant(one.issued_at).to_string(),
            "replaced_at": one.replaced_at.map(|at| Instant(at).to_string()),
        })
    });
    let places = office.books();
    json!({
        "code": row.code, "temporary_code": row.temporary_code, "lookup_code": row.lookup_code,
        "procedure_code": row.procedure_code, "procedure": row.procedure_name,
        "office": places.places.by_id(row.office_id).map(|one| one.name.clone()),
        "status": row.status, "status_words": status::for_resident(&row.state).words, "channel": row.channel,
        "applicant": {
            "name": row.applicant_name, "citizen_id": row.applicant_id, "phone": row.applicant_phone,
            "address": row.applicant_address,
        },
        "organisation": row.organisation_name,
        "submitted_at": at(row.submitted_at), "received_at": at(row.received_at), "due_at": at(row.due_at),
        "finished_at": at(row.finished_at), "delivered_at": at(row.delivered_at),
        "answers": answers.collect::<Vec<_>>(),
        "typed": row.typed,
        "events": told.collect::<Vec<_>>(),
        "papers": issued.collect::<Vec<_>>(),
        "files": filed(&view.uploads, files),
        "messages": messages.collect::<Vec<_>>(),
        "rating": rating,
        "results": results.collect::<Vec<_>>(),
        "replaced_by": view.replaced_by.as_ref().map(|by| &by.code),
        "told_at": mine.told_at,
        "payments": mine.payments.iter().map(payment_facts).collect::<Vec<_>>(),
        "typed_for_supplement": mine.kept.as_ref().map(|(typed, at)| json!({ "typed": typed, "at": at.to_string() })),
        "looked_at": looks_facts(&mine.looks),
    })
}

/// What was asked for, what came of it and from whom, and what goes back. Amounts are whole đồng; the number of an account is
/// masked, since the file goes wherever its owner takes it.
fn payment_facts(payment: &MyPayment) -> Value {
    let at = |at: Option<i64>| at.map(|at| Instant(at).to_string());
    let row = &payment.request;
    let lines =
        row.lines.iter().map(|line| json!({ "name": line.name, "quantity": line.quantity, "amount": line.amount.0 }));
    let received = payment.given.iter().map(|part| {
        json!({
            "kind": part.kind, "amount": part.amount, "payer": part.payer_name,
            "booked_at": Instant(part.booked_at).to_string(),
        })
    });
    let refunds = payment.refunds.iter().map(|one| {
        json!({
            "amount": one.amount, "payee": one.payee, "way": one.way, "bank": one.bin, "account": one.masked_account,
            "reason": one.reason, "state": one.state, "asked_at": Instant(one.asked_at).to_string(),
            "decided_at": at(one.decided_at), "ended_at": at(one.ended_at),
        })
    });
    json!({
        "token": row.token, "purpose": row.purpose, "payer": row.payer_name, "lines": lines.collect::<Vec<_>>(),
        "asked": row.asked, "paid": row.paid, "refunded": row.refunded, "remaining": row.remaining, "state": row.status,
        "made_at": Instant(row.made_at).to_string(), "limit_at": at(row.limit_at), "closed_at": at(row.closed_at),
        "closed_as": row.closed_as,
        "received": received.collect::<Vec<_>>(),
        "refunds": refunds.collect::<Vec<_>>(),
    })
}

fn filed(rows: &[UploadRow], files: &[Filed]) -> Vec<Value> {
    let fact = |(row, filed): (&UploadRow, &Filed)| {
        json!({
            "question": row.question, "name": row.name, "kind": row.mime, "bytes": row.size, "file": filed.path,
            "uploaded_at": Instant(row.created_at).to_string(),
        })
    };
    rows.iter().zip(files).map(fact).collect()
}

fn looks_facts(looks: &[Look]) -> Vec<Value> {
    let fact = |look: &Look| json!({ "at": look.at.to_string(), "by": look.name, "act": look.act, "reason": look.reason, "words": look_words(look) });
    looks.iter().map(fact).collect()
}

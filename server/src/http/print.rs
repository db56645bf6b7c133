//! From the facts the office keeps to a print: the one place where `office` and `paper` meet. The words that are
//! not a form's own come through the same seam as those of the screens.
// long because every paper is filled in from the same facts.

use super::State;
use app::{
    citizen::about::opening,
    format,
    problems::lower_first,
    status,
    words::{t, tf},
};
use domain::{
    dossier::{Circular, Money, MoneyBack, PapersBack, PaymentState},
    money::Dong,
    person::Phone,
    time::Instant,
};
use office::{
    Error, Office,
    papers::{Facts, Officer, PaperKind, RanOut, Returned},
};
use paper::{
    Addressee, ApologyAndRedate, Applicant, Head, ListedPaper, Look, Missing, PageSize, Paper, PaperDate, PaperNumber,
    Receipt, RefusalToAccept, ResidentSlip, ResultLetter, ReturnRecord, Rules, Signer, StopNotice, SupplementRequest,
};
use store::{dossiers::PaperListed, papers::PaperRow};

/// Prints a paper: its file name and its bytes.
pub async fn pdf(state: &State, row: PaperRow) -> Result<(String, Vec<u8>), Error> {
    let facts: Facts = serde_json::from_value(row.body).map_err(|e| Error::Broken(e.to_string()))?;
    let kind = PaperKind::from_key(&row.kind).ok_or(Error::NotFound)?;
    let circular =
        Circular::from_key(&row.rules).ok_or_else(|| Error::Broken("a paper without its circular".into()))?;
    let name = format!("{}-{}.pdf", row.kind, code_of(&facts));
    let hours = hours_of(&state.office, &facts).await?;
    let bytes = render(paper_of(&state.office, kind, facts, hours), state.office.config().demo, circular).await?;
    Ok((name, bytes))
}

/// Rendering is computation alone: off the async threads.
pub async fn render(paper: Paper, demo: bool, circular: Circular) -> Result<Vec<u8>, Error> {
    let rules = match circular {
        Circular::Tt01_2018 => Rules::Tt01_2018,
        Circular::Tt03_2025 => Rules::Tt03_2025,
    };
    tokio::task::spawn_blocking(move || paper::render(&paper, &Look { demo, rules }))
        .await
        .map_err(|e| Error::Broken(e.to_string()))?
        .map_err(|e| Error::Broken(e.to_string()))
}

/// A moment as papers take it.
pub fn date(at: Instant) -> PaperDate {
    let ((year, month, day), (hour, minute)) = (at.day().ymd(), at.time_of_day().hour_minute());
    PaperDate::at(year.unsigned_abs() as u16, month, day, hour as u8, minute as u8)
}

fn paper_of(office: &Office, kind: PaperKind, facts: Facts, hours: Option<String>) -> Paper {
    let issued = Instant(facts.issued_at);
    let phone = phone_of(office, &facts);
    let parts = Parts::of(&facts);
    let (code, term, stopped) = (code_of(&facts), term(&facts), stopped_for(&facts));
    let money = facts.money.as_ref().map(money_words);
    let received_at = date(facts.received_at.unwrap_or(issued));
    let due_at = date(facts.due_at.unwrap_or(issued));
    match kind {
        PaperKind::ResidentSlip => Paper::ResidentSlip(ResidentSlip {
            head: parts.head,
            temporary_code: code,
            lookup_code: facts.lookup_code,
            lookup_url: facts.lookup_url,
            applicant_name: parts.applicant.name,
            helped_by: None,
            matter: facts.matter,
            papers: facts.papers.iter().map(|paper| paper.name.clone()).collect(),
            submitted_at: date(issued),
            answer_by: date(facts.accept_by.unwrap_or(issued)),
            office: facts.desk,
            office_address: some(facts.desk_address),
            office_hours: hours,
            office_phone: phone,
            hotline: office.config().hotline.clone(),
        }),
        PaperKind::Receipt => Paper::Receipt(Receipt {
            head: parts.head,
            code,
            lookup_code: Some(facts.lookup_code),
            lookup_url: facts.lookup_url,
            desk: facts.desk.clone(),
            applicant: parts.applicant,
            presented_by: parts.presented_by,
            matter: match &facts.corrects {
                Some(code) => tf(
                    "{việc} – khắc phục sai sót của hồ sơ {mã}, không thu tiền",
                    &[("việc", &facts.matter), ("mã", code)],
                ),
                None => facts.matter,
            },
            papers: listed(&facts.papers),
            sets: 1,
            term,
            received_at,
            due_at,
            collect_at: facts.desk,
            book: Some(issued.day().year().to_string()),
            book_ordinal: facts.book_ordinal.and_then(|n| u32::try_from(n).ok()),
            copy: None,
            received_by: parts.officer.name,
            size: PageSize::A4,
        }),
        PaperKind::Supplement => Paper::Supplement(SupplementRequest {
            head: parts.head,
            code: Some(code),
            lookup_url: Some(facts.lookup_url),
            applicant: parts.applicant,
            matter: facts.matter,
            items: facts
                .items
                .into_iter()
                .map(|item| Missing { what: item.what, why: Some(item.why).filter(|why| !why.trim().is_empty()) })
                .collect(),
            reason: facts.reason,
            deadline: facts.deadline.map(date),
            clock_pauses: facts.clock_pauses,
            guidance: Some(
                t("Nộp bổ sung tại mục Hồ sơ của tôi, hoặc tại quầy. Mã hồ sơ giữ nguyên, không nộp phí lại.").into(),
            ),
            contact_name: parts.officer.name.clone(),
            contact_phone: phone,
            officer: parts.officer.name,
        }),
        PaperKind::Refusal => Paper::Refusal(RefusalToAccept {
            head: parts.head,
            code: Some(code),
            desk: facts.desk,
            applicant: parts.applicant,
            matter: facts.matter,
            reasons: paragraphs(&facts.reason),
            basis: paragraphs(&facts.basis),
            guidance: None,
            officer: parts.officer.name,
        }),
        PaperKind::Apology => Paper::Apology(ApologyAndRedate {
            head: parts.head,
            code,
            addressee: parts.addressee,
            matter: facts.matter,
            received_at,
            old_due_at: due_at,
            reason: facts.reason,
            new_due_at: date(facts.new_due_at.unwrap_or(issued)),
            ahead_of_time: facts.due_at.is_some_and(|due| issued <= due),
            recipients: vec![t("Lưu: VT, hồ sơ").into()],
            signer: parts.signer,
        }),
        PaperKind::Stop => Paper::Stop(StopNotice {
            head: parts.head,
            code,
            addressee: parts.addressee,
            matter: facts.matter,
            received_at,
            stopped_at: date(issued),
            reasons: stopped,
            basis: paragraphs(&facts.basis),
            money,
            guidance: Some(t("Giấy tờ đã nộp được trả lại tại quầy. Ông/bà có thể nộp lại hồ sơ từ đầu.").into()),
            recipients: vec![t("Lưu: VT, hồ sơ").into()],
            signer: parts.signer,
        }),
        PaperKind::Result => Paper::ResultLetter(ResultLetter {
            head: parts.head,
            subject: tf("trả lời hồ sơ {mã}", &[("mã", &code)]),
            code,
            addressee: parts.addressee,
            matter: facts.matter,
            received_at,
            granted: facts.granted,
            findings: if facts.granted {
                vec![tf("Hồ sơ đủ điều kiện giải quyết. Kết quả: {tên}.", &[("tên", &facts.result_name)])]
            } else {
                paragraphs(&facts.reason)
            },
            basis: paragraphs(&facts.basis),
            consequences: Vec::new(),
            complaint: (!facts.granted)
                .then(|| t("Nếu không đồng ý, ông/bà có quyền khiếu nại theo quy định của Luật Khiếu nại.").into()),
            recipients: vec![t("Lưu: VT, hồ sơ").into()],
            signer: parts.signer,
        }),
        PaperKind::ReturnSlip => {
            let returned = facts.returned.as_ref();
            let papers = returned.and_then(|returned| returned.papers);
            let originals = facts.papers.iter().filter(|paper| paper.originals > 0).cloned();
            let originals = originals.map(|paper| PaperListed { copies: 0, ..paper }).collect::<Vec<_>>();
            let listed = if papers == Some(PapersBack::Returned) { listed(&originals) } else { Vec::new() };
            let note = papers.filter(|_| listed.is_empty()).map(|papers| format!("{}.", status::papers_back(papers)));
            Paper::ReturnRecord(ReturnRecord {
                head: parts.head,
                code,
                applicant: parts.applicant,
                presented_by: parts.presented_by,
                matter: facts.matter,
                returned_at: date(issued),
                papers: listed,
                papers_note: note,
                money: returned.map(|returned| money_back(returned, &facts.reason)).unwrap_or_default(),
                officer: parts.officer.name,
            })
        }
    }
}

/// What every paper takes from the facts in the same way.
struct Parts {
    head: Head,
    applicant: Applicant,
    /// Who handed it in, when an organisation applies.
    presented_by: Option<String>,
    addressee: Addressee,
    officer: Officer,
    signer: Signer,
}

impl Parts {
    fn of(facts: &Facts) -> Self {
        let mut person = facts.applicant.clone().unwrap_or_default();
        // The organisation applies; the person hands in for it.
        let presented_by = facts.organisation.as_ref().map(|organisation| {
            let words = [("tên", organisation.name.as_str()), ("số", organisation.number.as_str())];
            person.address.clone_from(&organisation.address);
            std::mem::replace(&mut person.name, tf("{tên}, mã số thuế {số}", &words))
        });
        let some = |text: &str| some(text.to_owned());
        let officer = facts.officer.clone().unwrap_or_default();
        let number = facts.number.as_ref().map(|(ordinal, symbol)| PaperNumber {
            ordinal: u32::try_from(*ordinal).ok(),
            suffix: None,
            symbol: symbol.clone(),
        });
        Self {
            head: Head {
                parent_organ: some(&facts.organ).filter(|organ| *organ != facts.desk),
                organ: facts.desk.clone(),
                place: facts.place.clone(),
                date: date(Instant(facts.issued_at)),
                number,
            },
            applicant: Applicant {
                name: person.name.clone(),
                address: some(&person.address),
                phone: some(&Phone::national_of(&person.phone)),
                email: None,
            },
            presented_by,
            addressee: Addressee { name: person.name, address: some(&person.address) },
            signer: Signer { titles: titles_of(&officer), name: officer.name.clone() },
            officer,
        }
    }
}

/// The lines above a signature: in whose place, where a right was lent for it, then the signer's own title (Decree
/// 30/2020/NĐ-CP, annex I). A substitute signs in their own name.
fn titles_of(officer: &Officer) -> Vec<String> {
    let lent = officer.in_place_of.as_ref().filter(|place| place.kind.lends());
    let place = lent.map(|place| format!("{} {}", status::mandate_mark(place.kind), place.title));
    place.into_iter().chain(Some(officer.title.clone())).filter(|title| !title.trim().is_empty()).collect()
}

/// Where somebody calls about a paper: the reception, or the hotline where no number of its own was entered.
fn phone_of(office: &Office, facts: &Facts) -> String {
    match Phone::parse(&facts.desk_phone) {
        Ok(phone) => phone.display(),
        Err(_) => office.config().hotline.clone(),
    }
}

/// The hours that the reception kept when the paper was issued; none on a paper that did not keep its calendar.
async fn hours_of(office: &Office, facts: &Facts) -> Result<Option<String>, Error> {
    let Some(version) = facts.calendar.as_deref() else { return Ok(None) };
    let calendar = office.find_calendar(version).await?;
    Ok(Some(format::sentence_case(&opening::week(&calendar, Instant(facts.issued_at).day()))))
}

/// Where the money of a dossier stands, on the paper that ends it.
fn money_words(money: &Money) -> String {
    let paid = format::money_on_paper(money.fees_paid);
    let refunded = format::money_on_paper(money.fees_refunded);
    let amounts = [("đã nộp", paid.as_str()), ("hoàn lại", refunded.as_str())];
    let fees = match (money.fees_paid, money.fees_refunded) {
        (Dong(0), _) => match money.fees {
            PaymentState::NothingDue => t("Phí, lệ phí: chưa thu khoản nào."),
            PaymentState::Exempt => t("Phí, lệ phí: được miễn."),
            PaymentState::Owed => t("Phí, lệ phí: chưa nộp, không có khoản nào phải hoàn lại."),
            PaymentState::Paid => {
                t("Phí, lệ phí: đã nộp. Việc hoàn lại theo quy định của từng khoản; hỏi tại quầy, mang theo biên lai.")
            }
            PaymentState::Refunded => t("Phí, lệ phí: đã hoàn lại."),
        }
        .into(),
        (_, Dong(0)) => tf(
            "Phí, lệ phí: đã nộp {đã nộp}. Việc hoàn lại theo quy định của từng khoản; hỏi tại quầy, mang theo biên lai.",
            &amounts,
        ),
        (paid, refunded) if refunded < paid => tf(
            "Phí, lệ phí: đã nộp {đã nộp}, đã hoàn lại {hoàn lại}. Việc hoàn phần còn lại theo quy định của từng khoản; hỏi tại quầy, mang theo biên lai.",
            &amounts,
        ),
        _ => tf("Phí, lệ phí: đã nộp {đã nộp}, đã hoàn lại {hoàn lại}.", &amounts),
    };
    if money.duties_paid == Dong(0) {
        return fees;
    }
    let duties =
        tf("Nghĩa vụ tài chính: đã nộp {số tiền}.", &[("số tiền", &format::money_on_paper(money.duties_paid))]);
    format!("{fees} {duties}")
}

/// What becomes of the money of a withdrawn dossier: who got how much back, and why something stays.
fn money_back(returned: &Returned, reason: &str) -> Vec<String> {
    let refund = returned.refund.as_ref().filter(|_| returned.money == Some(MoneyBack::Refunded)).map(|paid| {
        let proof = if paid.proof.is_empty() { String::new() } else { tf(", số {số}", &[("số", &paid.proof)]) };
        tf(
            "Hoàn lại {tiền} cho {tên}, {cách}, ngày {ngày}{số}.",
            &[
                ("tiền", &format::money_on_paper(paid.amount)),
                ("tên", &paid.payer),
                ("cách", &lower_first(status::payment_way(paid.way))),
                ("ngày", &format::day(paid.on)),
                ("số", &proof),
            ],
        )
    });
    let said = returned.money.filter(|_| refund.is_none()).map(|money| format!("{}.", status::money_back(money)));
    let why = reason.trim().trim_end_matches('.');
    let why = (!why.is_empty()).then(|| tf("Lý do không hoàn lại: {lý do}.", &[("lý do", why)]));
    refund.into_iter().chain(said).chain(why).collect()
}

/// The term, with the case that it is the term of.
fn term(facts: &Facts) -> String {
    let term = facts.term.as_ref().map(format::term).unwrap_or_default();
    match &facts.case {
        Some(case) => tf("{hạn} ({trường hợp})", &[("hạn", &term), ("trường hợp", &lower_first(status::case(case)))]),
        None => term,
    }
}

/// Why a dossier is stopped: in the words that were written, or because something was not done in time.
fn stopped_for(facts: &Facts) -> Vec<String> {
    let day = facts.deadline.map(|at| format::day(at.day())).unwrap_or_default();
    let what = [("ngày", day.as_str()), ("việc", facts.reason.trim_end_matches('.'))];
    match facts.ran_out {
        Some(RanOut::Supplement) => vec![tf("Quá ngày {ngày} chưa nhận được bổ sung đã yêu cầu: {việc}.", &what)],
        Some(RanOut::Duty) => vec![tf("Quá ngày {ngày} chưa thực hiện nghĩa vụ tài chính: {việc}.", &what)],
        None => paragraphs(&facts.reason),
    }
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn code_of(facts: &Facts) -> String {
    facts.code.clone().or_else(|| facts.temporary_code.clone()).unwrap_or_default()
}

fn listed(papers: &[PaperListed]) -> Vec<ListedPaper> {
    let form = |paper: &PaperListed| match (paper.originals, paper.copies) {
        (0, _) => t("Bản chụp"),
        (_, 0) => t("Bản chính"),
        _ => t("Bản chính và bản sao"),
    };
    papers
        .iter()
        .map(|paper| ListedPaper {
            name: paper.name.clone(),
            form: Some(form(paper).into()),
            copies: (paper.originals + paper.copies).max(1),
        })
        .collect()
}

fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(fees: PaymentState, paid: i64, refunded: i64, duties: i64) -> String {
        let money = Money { fees, fees_paid: Dong(paid), fees_refunded: Dong(refunded), duties_paid: Dong(duties) };
        money_words(&money).replace('\u{a0}', " ")
    }

    #[test]
    fn form_05_says_where_the_money_stands() {
        use PaymentState::{NothingDue, Owed, Paid, Refunded};
        assert_eq!(words(NothingDue, 0, 0, 0), "Phí, lệ phí: chưa thu khoản nào.");
        assert!(words(Paid, 8_000, 0, 0).contains("đã nộp 8.000 đồng. Việc hoàn lại"));
        assert!(words(Owed, 8_000, 0, 0).contains("đã nộp 8.000 đồng"), "what was paid before is not denied");
        assert!(
            words(Paid, 8_000, 3_000, 0).contains("đã nộp 8.000 đồng, đã hoàn lại 3.000 đồng. Việc hoàn phần còn lại")
        );
        assert_eq!(
            words(Refunded, 8_000, 8_000, 500_000),
            "Phí, lệ phí: đã nộp 8.000 đồng, đã hoàn lại 8.000 đồng. Nghĩa vụ tài chính: đã nộp 500.000 đồng."
        );
        assert!(!words(Paid, 0, 0, 0).contains("0 đồng"), "no amount that nobody noted");
    }
}

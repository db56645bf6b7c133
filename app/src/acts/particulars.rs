//! What staff type beside an act, read into what the office takes: what is missing, who collected, who paid.

use domain::{
    dossier::{
        Collector, DeliveryMethod, MoneyBack, PapersBack, Payment, PaymentWay, Posted, Settlement, SupplementItem,
    },
    money::Dong,
    time::Day,
};
use office::error::Problem;
use serde::{Deserialize, Serialize};

/// One line of the form that asks for a supplement.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Asked {
    /// The line is ticked; a line the clerk writes needs no tick.
    #[serde(default)]
    pub on: String,
    /// Path of the question or key of the paper; empty for a line the clerk writes.
    #[serde(default)]
    pub path: String,
    #[serde(default)]
    pub what: String,
    #[serde(default)]
    pub why: String,
}

/// Who took the result, and how.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Handover {
    #[serde(default)]
    pub name: String,
    /// `other` when somebody collects for the applicant.
    #[serde(default)]
    pub collector: String,
    #[serde(default)]
    pub identity_paper: String,
    #[serde(default)]
    pub authority: String,
    #[serde(default)]
    pub method: String,
    /// Who carried it, by post.
    #[serde(default)]
    pub carrier: String,
    #[serde(default)]
    pub tracking: String,
    #[serde(default)]
    pub on: TypedDay,
}

/// Who paid what, and how.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Paid {
    #[serde(default)]
    pub payer: String,
    #[serde(default)]
    pub amount: String,
    #[serde(default)]
    pub way: String,
    #[serde(default)]
    pub proof: String,
    #[serde(default)]
    pub on: TypedDay,
}

/// A day typed in three boxes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct TypedDay {
    #[serde(default)]
    pub day: String,
    #[serde(default)]
    pub month: String,
    #[serde(default)]
    pub year: String,
}

impl TypedDay {
    /// The day, if there is such a day.
    pub fn read(&self, field: &'static str) -> Result<Day, Problem> {
        let number = |text: &str| text.trim().parse::<u16>().ok();
        let read = || {
            let (day, month) = (u8::try_from(number(&self.day)?).ok()?, u8::try_from(number(&self.month)?).ok()?);
            Day::from_ymd(i32::from(number(&self.year)?), month, day)
        };
        read().ok_or(Problem::DateInvalid(field))
    }
}

impl TypedDay {
    /// The day, or none where nothing was typed.
    pub fn read_if_typed(&self, field: &'static str) -> Result<Option<Day>, Problem> {
        let is_blank = [&self.day, &self.month, &self.year].into_iter().all(|part| part.trim().is_empty());
        if is_blank { Ok(None) } else { self.read(field).map(Some) }
    }
}

impl Handover {
    /// Who collected, how, and what the post says when it was the post.
    pub fn read(self) -> Result<(Collector, DeliveryMethod, Option<Posted>), Problem> {
        let method = DeliveryMethod::from_key(&self.method).unwrap_or(DeliveryMethod::Counter);
        let posted = match method {
            DeliveryMethod::Post => {
                let (carrier, tracking) = (clean(&self.carrier), clean(&self.tracking));
                Some(Posted { carrier, tracking, on: self.on.read("on")? })
            }
            DeliveryMethod::Counter | DeliveryMethod::Electronic => None,
        };
        let given = |text: String| Some(clean(&text)).filter(|text| !text.is_empty());
        let collector = Collector {
            name: clean(&self.name),
            is_applicant: self.collector != "other",
            identity_paper: given(self.identity_paper),
            authority: given(self.authority),
        };
        Ok((collector, method, posted))
    }
}

impl Paid {
    /// The payment.
    pub fn read(self) -> Result<Payment, Problem> {
        Ok(Payment {
            payer: clean(&self.payer),
            amount: Dong::parse(&self.amount).filter(|amount| *amount > Dong(0)).ok_or(Problem::AmountInvalid)?,
            way: PaymentWay::from_key(&self.way).ok_or(Problem::Missing("paid[way]"))?,
            on: self.on.read("on")?,
            proof: clean(&self.proof),
        })
    }
}

/// What becomes of the papers and the money of a withdrawn dossier. Who got how much back is read where money went back.
pub fn settlement(papers: &str, money: &str, paid: Paid, reason: String) -> Result<Settlement, Problem> {
    let papers = PapersBack::from_key(papers).ok_or(Problem::Missing("papers"))?;
    let money = MoneyBack::from_key(money).ok_or(Problem::Missing("money"))?;
    let refund = if money == MoneyBack::Refunded { Some(paid.read()?) } else { None };
    Ok(Settlement { papers, money, refund, reason })
}

/// What a form says for the general case of a procedure.
pub const GENERAL_CASE: &str = "chung";

/// The case that was chosen; none for the general one.
pub fn case_of(typed: String) -> Option<String> {
    Some(typed).filter(|case| !case.is_empty() && case != GENERAL_CASE)
}

/// The lines that were ticked, and those that were written.
pub fn asked_items(lines: Vec<Asked>) -> Vec<SupplementItem> {
    let wanted = |line: &Asked| if line.path.is_empty() { !line.what.trim().is_empty() } else { !line.on.is_empty() };
    let item = |line: Asked| SupplementItem {
        path_or_paper: line.path,
        what: line.what.trim().to_string(),
        why: line.why.trim().to_string(),
    };
    lines.into_iter().filter(wanted).map(item).collect()
}

fn clean(text: &str) -> String {
    domain::text::clean(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: &str, month: &str, year: &str) -> TypedDay {
        TypedDay { day: day.into(), month: month.into(), year: year.into() }
    }

    #[test]
    fn a_payment_is_read_as_people_write_money_and_days() {
        let typed = Paid {
            payer: " Ksor  H'Nay ".into(),
            amount: "1.250.000 đ".into(),
            way: "transfer".into(),
            proof: String::new(),
            on: day("05", "1", "2026"),
        };
        let paid = typed.clone().read().expect("a payment");
        assert_eq!((paid.payer.as_str(), paid.amount), ("Ksor H'Nay", Dong(1_250_000)));
        assert_eq!(paid.on.to_string(), "2026-01-05");
        for amount in ["", "0", "năm mươi", "-5"] {
            let wrong = Paid { amount: amount.into(), ..typed.clone() }.read();
            assert_eq!(wrong, Err(Problem::AmountInvalid), "{amount}");
        }
        assert_eq!(Paid { way: "gold".into(), ..typed.clone() }.read(), Err(Problem::Missing("paid[way]")));
        assert_eq!(Paid { on: day("30", "2", "2026"), ..typed }.read(), Err(Problem::DateInvalid("on")));
    }

    #[test]
    fn the_general_case_is_no_case_of_its_own() {
        assert_eq!(case_of(GENERAL_CASE.into()), None);
        assert_eq!(case_of(String::new()), None);
        assert_eq!(case_of("nha_o_rieng_le".into()).as_deref(), Some("nha_o_rieng_le"));
    }

    #[test]
    fn only_the_post_is_asked_for_its_particulars() {
        let counter = Handover { name: "Ksor H'Nay".into(), carrier: "Bưu điện".into(), ..Handover::default() };
        let (collector, method, posted) = counter.clone().read().expect("a handover");
        assert_eq!((collector.is_applicant, method, posted), (true, DeliveryMethod::Counter, None));
        let post = Handover { method: "post".into(), ..counter };
        assert_eq!(post.clone().read(), Err(Problem::DateInvalid("on")));
        let (_, _, posted) = Handover { on: day("2", "11", "2026"), ..post }.read().expect("a handover");
        assert_eq!(posted.map(|posted| posted.carrier).as_deref(), Some("Bưu điện"));
    }

    #[test]
    fn a_request_holds_ticked_lines_and_written_lines_alone() {
        let line = |on: &str, path: &str, what: &str| Asked {
            on: on.into(),
            path: path.into(),
            what: what.into(),
            why: " mờ ".into(),
        };
        let lines = vec![line("1", "birth_paper", "Giấy chứng sinh"), line("", "home", "Nơi ở"), line("", "", " ")];
        let items = asked_items(lines);
        assert_eq!(items.len(), 1);
        assert_eq!(items[0].why, "mờ");
        assert_eq!(asked_items(vec![line("", "", "Giấy ủy quyền")]).len(), 1);
    }
}

//! The case of a procedure that a dossier is received in: it decides the term.

use crate::{acts::particulars::GENERAL_CASE, format, status, words::t, words::tf};
use domain::{dossier::Channel, procedure::unit_part::UnitPart};
use leptos::prelude::*;
use office::catalogue::ProcedureVersion;
use ui::{Choice, Radios};

/// The choice of a case with the term of each, the general one first; nothing where the procedure knows no case.
///
/// `part` is what the unit says that receives it. Its id is `case` wherever it stands; `wrong` is the sentence of a refusal that is about it.
pub(super) fn case_field(
    (procedure, part): (&ProcedureVersion, &UnitPart),
    came: Channel,
    name: &'static str,
    typed: Option<String>,
    wrong: Option<String>,
) -> Option<AnyView> {
    let cases = procedure.cases();
    if cases.is_empty() {
        return None;
    }
    let term =
        |case: Option<&str>| procedure.term_in(part, case, came).map(|term| format::term(&term)).unwrap_or_default();
    let general = Choice::new(GENERAL_CASE, tf("Trường hợp chung: {hạn}", &[("hạn", &term(None))]));
    let others = cases.into_iter().map(|case| {
        Choice::new(case, tf("{trường hợp}: {hạn}", &[("trường hợp", status::case(case)), ("hạn", &term(Some(case)))]))
    });
    let options: Vec<Choice> = std::iter::once(general).chain(others).collect();
    let value = typed.unwrap_or_else(|| GENERAL_CASE.into());
    let hint = t("Quyết định thời hạn, ghi vào Mẫu 01. Không đổi được sau khi tiếp nhận.");
    Some(view! { <Radios id="case" name legend=t("Trường hợp của hồ sơ") hint error=wrong options value/> }.into_any())
}

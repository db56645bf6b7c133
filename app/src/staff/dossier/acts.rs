//! What this person may do with the dossier now: the next step open, the rest folded, nothing else.

use super::{
    super::case::case_field,
    ending,
    forms::{Form, Go, Look, fold, id_of, plain},
    handover, money, opinions, steps, supplement,
};
use crate::{
    context::{self, office},
    format, status,
    words::{t, tf},
};
use domain::dossier::{ActKind, Exclusion, Status, SubState};
use leptos::prelude::*;
use office::dossiers::DossierView;
use ui::{Choice, Radios, Select, TextArea};

/// The acts of this page, the way forward first, what ends a dossier last.
const ORDER: [ActKind; 29] = [
    ActKind::ConfirmWithdrawal,
    ActKind::SettleWithdrawal,
    ActKind::Accept,
    ActKind::Approve,
    ActKind::Sign,
    ActKind::SubmitForApproval,
    ActKind::IssueResult,
    ActKind::Deliver,
    ActKind::DutyMet,
    ActKind::ResumeClock,
    ActKind::AnswerSupplement,
    ActKind::Assign,
    ActKind::Route,
    ActKind::FinishAtOnce,
    ActKind::AskSupplement,
    ActKind::AskDuty,
    ActKind::NotePayment,
    ActKind::AskOpinion,
    ActKind::RecallOpinion,
    ActKind::SuspendClock,
    ActKind::ReturnForRework,
    ActKind::DeclineWithdrawal,
    ActKind::Redate,
    ActKind::CorrectResult,
    ActKind::OpenCorrection,
    ActKind::AskWithdrawal,
    ActKind::DecideNotToGrant,
    ActKind::RefuseToAccept,
    ActKind::Stop,
];

/// The part of the page with the acts.
pub(super) fn acts(view: &DossierView) -> AnyView {
    let has_place = |kind: &ActKind| match kind {
        ActKind::NotePayment => money::has_fees(view),
        ActKind::AskOpinion => opinions::can_ask(view),
        _ => true,
    };
    let mut kinds = ORDER.into_iter().filter(|kind| view.next_acts.contains(kind)).filter(has_place).peekable();
    if kinds.peek().is_none() {
        let words = if view.row.state.status.is_terminal() {
            t("Hồ sơ đã kết thúc, không còn việc phải làm.")
        } else {
            t("Hồ sơ đang ở bước của người khác. Cần trao đổi thì ghi vào phần Ghi chú nội bộ.")
        };
        return super::part(t("Việc tiếp theo"), "viec", view! { <p>{words}</p> }.into_any());
    }
    let asked = view.row.state.withdrawal_asked.then(|| {
        view! { <p><strong>{t("Người nộp đang xin rút hồ sơ. Trả lời yêu cầu này trước.")}</strong></p> }
    });
    let mut has_next = false;
    let forms = kinds
        .map(|kind| {
            let look = if has_next { look_of_other(kind) } else { look_of_first(view, kind) };
            has_next |= look == Look::Next;
            let form = form_of(view, kind, look);
            view! { {stands_in(view, kind, look)} {form} }
        })
        .collect::<Vec<_>>();
    super::part(t("Việc tiếp theo"), "viec", view! { {asked} {forms} }.into_any())
}

/// In whose place the next act would be done: said before it is.
fn stands_in(view: &DossierView, kind: ActKind, look: Look) -> Option<AnyView> {
    let who = context::staff();
    let mandate = office().mandate_for(&who, &view.row, kind).filter(|_| look == Look::Next).cloned()?;
    let place = format!("{} {}", status::mandate_mark(mandate.kind), mandate.from_name);
    let until = format::day(mandate.last);
    let words =
        tf("Việc này sẽ ghi {thay ai}, được làm đến hết ngày {ngày}.", &[("thay ai", &place), ("ngày", &until)]);
    Some(view! { <p class="sub">{words}</p> }.into_any())
}

/// Whether an act is the way forward from here.
fn look_of_first(view: &DossierView, kind: ActKind) -> Look {
    let (status, sub_state) = (view.row.state.status, view.row.state.sub_state);
    let is_next = match kind {
        ActKind::Assign => status == Status::Accepted || sub_state == SubState::AwaitingAssignment,
        ActKind::Accept
        | ActKind::Approve
        | ActKind::Sign
        | ActKind::SubmitForApproval
        | ActKind::IssueResult
        | ActKind::Deliver
        | ActKind::SettleWithdrawal
        | ActKind::DutyMet
        | ActKind::ResumeClock
        | ActKind::AnswerSupplement => true,
        _ => false,
    };
    if is_next { Look::Next } else { look_of_other(kind) }
}

const fn look_of_other(kind: ActKind) -> Look {
    match kind {
        ActKind::ConfirmWithdrawal | ActKind::DecideNotToGrant | ActKind::RefuseToAccept | ActKind::Stop => Look::Final,
        _ => Look::Other,
    }
}

fn form_of(view: &DossierView, kind: ActKind, look: Look) -> AnyView {
    match kind {
        ActKind::Accept => accept(view, look),
        ActKind::RefuseToAccept => refuse(view, look),
        ActKind::AskSupplement => supplement::ask(view, look),
        ActKind::AnswerSupplement => supplement::answer(view, look),
        ActKind::Assign => steps::assign(view, look),
        ActKind::Route => steps::route(view, look),
        ActKind::SubmitForApproval => submit(view, look),
        ActKind::Approve => approve(view, look),
        ActKind::Sign => steps::sign(view, look),
        ActKind::Deliver => handover::deliver(view, look),
        ActKind::ReturnForRework => return_for_rework(view, look),
        ActKind::AskDuty => money::ask_duty(view, look),
        ActKind::DutyMet => money::duty_met(view, look),
        ActKind::NotePayment => money::note_payment(view, look),
        ActKind::AskOpinion => opinions::ask(view, look),
        ActKind::RecallOpinion => opinions::recall(view, look),
        ActKind::SuspendClock => suspend(view, look),
        ActKind::ResumeClock => {
            let words = t("Việc phải chờ đã xong. Ngày hẹn trả được dời theo thời gian đã chờ.").into();
            plain(view, "resume_clock", t("Tính hạn tiếp"), words, look)
        }
        ActKind::FinishAtOnce => {
            let words = t("Dùng khi kết quả có ngay tại quầy. Tải tệp kết quả lên trước; không có tệp thì phần mềm lập văn bản kết quả.").into();
            plain(view, "finish_at_once", t("Giải quyết xong tại quầy"), words, look)
        }
        ActKind::IssueResult => steps::issue(view, look),
        other => ending::form_of(view, other, look),
    }
}

fn accept(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "accept_dossier");
    let open = form.came_back();
    let part = office().unit_part(&view.procedure.code, view.row.resolving_office);
    let (procedure, channel) = ((&*view.procedure, &part), view.row.state.channel);
    let case = case_field(procedure, channel, "case", form.typed("case"), form.wrong("case"));
    let fields = view! {
        <p>{t("Cấp mã hồ sơ, lập Giấy tiếp nhận (Mẫu 01) và bắt đầu tính hạn.")}</p>
        {case}
    };
    let form = form.draw(fields.into_any(), Go { words: t("Tiếp nhận").into(), look });
    fold(t("Tiếp nhận"), look, open, form)
}

fn refuse(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "refuse_to_accept");
    let open = form.came_back();
    let fields = view! {
        <p>{t("Hồ sơ đóng lại và không mở lại được; người nộp nhận Phiếu từ chối (Mẫu 03). Còn thiếu giấy tờ thì dùng Yêu cầu bổ sung.")}</p>
        {form.reason("reason", t("Lý do từ chối"), t("Viết để người nộp hiểu: thiếu điều kiện gì, theo quy định nào, muốn làm tiếp thì đến đâu."))}
    };
    let form = form.draw(fields.into_any(), Go { words: t("Từ chối tiếp nhận").into(), look });
    fold(t("Từ chối tiếp nhận"), look, open, form)
}

fn submit(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "submit_for_approval");
    let open = form.came_back();
    let options = vec![
        Choice::new("grant", t("Đề nghị giải quyết")),
        Choice::new("deny", t("Đề nghị không giải quyết, nêu lý do ở dưới")),
    ];
    let (proposal, note) = (form.typed("proposal").unwrap_or_else(|| "grant".into()), form.typed("note"));
    let fields = view! {
        <Radios id="proposal" legend=t("Đề nghị") error=form.wrong("proposal") options value=proposal/>
        <TextArea
            id=id_of(form.act, "note")
            name="note"
            label=t("Ý kiến thẩm tra")
            hint=t("Bắt buộc khi đề nghị không giải quyết.")
            error=form.wrong("note")
            rows=2
            max_length=2000
            value=note
        />
        <p class="hint">{t("Có dự thảo kết quả thì tải lên ở khung Tệp của hồ sơ trước khi trình.")}</p>
    };
    let form = form.draw(fields.into_any(), Go { words: t("Trình lãnh đạo").into(), look });
    fold(t("Trình lãnh đạo"), look, open, form)
}

fn approve(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "approve_dossier");
    let open = form.came_back();
    let note = view.events.iter().rev().find_map(|event| match &event.body {
        domain::dossier::Event::SubmittedForApproval { proposal, note, .. } => Some((*proposal, note.clone())),
        _ => None,
    });
    let proposal = note.map(|(proposal, note)| {
        let words = match proposal {
            domain::dossier::Proposal::Grant => t("Chuyên môn đề nghị giải quyết."),
            domain::dossier::Proposal::Deny => {
                t("Chuyên môn đề nghị không giải quyết. Duyệt là đồng ý trả lời không đủ điều kiện.")
            }
        };
        view! { <p>{words} " " {note}</p> }
    });
    let fields = view! {
        {proposal}
        <input type="hidden" name="ve" value="/can-bo/viec/cho-phe-duyet"/>
        <p>{steps::follows(view, ActKind::Approve)}</p>
    };
    let form = form.draw(fields.into_any(), Go { words: t("Duyệt").into(), look });
    fold(t("Duyệt"), look, open, form)
}

fn return_for_rework(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "return_for_rework");
    let open = form.came_back();
    let fields = form.reason("reason", t("Cần làm lại gì"), t("Người thẩm tra đọc câu này. Hạn vẫn tính tiếp."));
    let form = form.draw(fields, Go { words: t("Trả lại để làm lại").into(), look });
    fold(t("Trả lại để làm lại"), look, open, form)
}

fn suspend(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "suspend_clock");
    let open = form.came_back();
    let options = Exclusion::ALL
        .iter()
        .map(|one| Choice::new(one.key(), tf("Chờ {việc}", &[("việc", status::exclusion(*one))])))
        .collect();
    let value = form.typed("exclusion");
    let basis =
        form.reason("basis", t("Căn cứ"), t("Văn bản đã gửi, hoặc quy định cho phép không tính thời gian này."));
    let fields = view! {
        <Select id="exclusion" label=t("Chờ việc gì") error=form.wrong("exclusion") blank=t("Chọn") options value required=true/>
        {basis}
    };
    let form = form.draw(fields.into_any(), Go { words: t("Tạm dừng tính hạn").into(), look });
    fold(t("Tạm dừng tính hạn"), look, open, form)
}

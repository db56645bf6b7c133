//! What comes next with a dossier, in one sentence; and how late it is.

use crate::{
    format, status,
    words::{t, tf},
};
use domain::{
    dossier::{Dossier, OpinionRecord, ResultKind, Status},
    time::Instant,
    working_time::{Calendar, working_days_late},
};

/// What comes next, who does it and by when.
pub fn next_thing(dossier: &Dossier, accept_by: Option<Instant>) -> String {
    let by = |words, at: Instant| tf(words, &[("lúc", &format::until(at))]);
    match dossier.status {
        Status::Registered => accept_by.map_or_else(
            || t("Trung tâm đang xem hồ sơ.").into(),
            |at| by("Trung tâm xem và trả lời trước {lúc}.", at),
        ),
        Status::Accepted | Status::Processing if dossier.withdrawal_asked => {
            t("Đang chờ Trung tâm trả lời yêu cầu rút hồ sơ.").into()
        }
        Status::Accepted | Status::Processing => match dossier.current_due() {
            Some(_) if dossier.open_pause().is_some() => in_pause(dossier).into(),
            Some(at) => by("Hẹn trả kết quả: trước {lúc}.", at),
            None => t("Trung tâm đang giải quyết.").into(),
        },
        Status::SupplementAsked => dossier.supplement.as_ref().map_or_else(String::new, |asked| {
            tf(
                "Cần bổ sung {n} nội dung trước {lúc}.",
                &[("n", &asked.items.len().to_string()), ("lúc", &format::until(asked.respond_by))],
            )
        }),
        Status::DutyAsked => dossier.duty.as_ref().map_or_else(String::new, |duty| match duty.respond_by {
            Some(at) => {
                tf("Cần nộp: {gì}. Nộp trước {lúc}.", &[("gì", &duty.amount_note), ("lúc", &format::until(at))])
            }
            None => tf("Cần nộp: {gì}.", &[("gì", &duty.amount_note)]),
        }),
        Status::Done => match dossier.standing_result().map(|result| result.result) {
            Some(ResultKind::NotGranted) => t("Đã có văn bản trả lời. Xem văn bản và lý do trong trang hồ sơ.").into(),
            _ => t("Đã có kết quả. Tải về, hoặc nhận tại Trung tâm; mang theo thẻ căn cước và giấy hẹn.").into(),
        },
        Status::Delivered if dossier.rating.is_none() => t("Đã nhận kết quả. Mời ông/bà đánh giá.").into(),
        Status::Delivered => t("Hồ sơ đã xong.").into(),
        Status::NotAccepted => t("Trung tâm không tiếp nhận được hồ sơ này. Xem lý do và cách làm tiếp.").into(),
        Status::Stopped => t("Hồ sơ đã dừng giải quyết. Xem lý do; vẫn có thể nộp lại từ đầu.").into(),
        Status::Withdrawn if dossier.papers_to_fetch => {
            t("Hồ sơ đã rút. Giấy tờ bản chính chờ ông/bà tại quầy; mang theo thẻ căn cước khi đến nhận.").into()
        }
        Status::Withdrawn if dossier.money_to_settle => {
            t("Hồ sơ đã rút. Trung tâm đang xem khoản tiền đã nộp và sẽ trả lời ông/bà tại đây.").into()
        }
        Status::Withdrawn => t("Hồ sơ đã rút. Muốn làm lại thì nộp hồ sơ mới.").into(),
    }
}

/// What a pause means for the promise.
pub fn in_pause(dossier: &Dossier) -> &'static str {
    if dossier.pause_moves_promise() {
        t("Đang tạm dừng tính hạn. Ngày hẹn sẽ lùi theo thời gian chờ.")
    } else {
        t("Đang tạm dừng tính hạn.")
    }
}

/// The opinions that are waited for, each in a sentence: whose, since when, by when. Never what is asked.
///
/// `named` names an office by its key.
pub fn opinions_awaited(dossier: &Dossier, named: impl Fn(&str) -> String, now: Instant) -> Vec<String> {
    let sentence = |opinion: &OpinionRecord| {
        let words = if opinion.respond_by < now {
            t("{cơ quan}. Trung tâm hỏi lúc {lúc hỏi}; hạn trả lời {hạn} đã qua, Trung tâm vẫn chờ.")
        } else {
            t("{cơ quan}. Trung tâm hỏi lúc {lúc hỏi}; cơ quan này trả lời trước {hạn}.")
        };
        let (asked, limit) = (format::moment(opinion.asked), format::until(opinion.respond_by));
        tf(words, &[("cơ quan", &named(&opinion.office)), ("lúc hỏi", &asked), ("hạn", &limit)])
    };
    dossier.open_opinions().map(sentence).collect()
}

/// What waiting for an opinion means for the resident and for the promise. A promise that moves in a pause, or has passed,
/// is told elsewhere and not said to stand.
pub fn meanwhile(dossier: &Dossier, now: Instant) -> String {
    let stands = dossier.current_due().filter(|_| dossier.open_pause().is_none());
    match stands.filter(|due| !dossier.has_missed(*due, now)) {
        Some(due) => tf(
            "Trung tâm tự hỏi cơ quan này, ông/bà không phải làm gì thêm. Ngày hẹn trả không đổi: trước {lúc}.",
            &[("lúc", &format::until(due))],
        ),
        None => t("Trung tâm tự hỏi cơ quan này, ông/bà không phải làm gì thêm.").into(),
    }
}

/// How late a dossier is or was, with the apology; nothing when it is not.
pub fn lateness(dossier: &Dossier, accept_by: Option<Instant>, calendar: &Calendar, now: Instant) -> Option<String> {
    let promised = match dossier.status {
        Status::Registered => accept_by?,
        Status::Accepted | Status::Processing | Status::Done | Status::Delivered => dossier.current_due()?,
        _ => return None,
    };
    if !dossier.has_missed(promised, now) {
        return None;
    }
    let ended = dossier.finished.unwrap_or(now);
    let late = status::late_for_resident(working_days_late(calendar, promised, ended));
    let words = match dossier.status {
        Status::Registered => t("{trễ}. Trung tâm xin lỗi vì chưa trả lời trước {lúc}."),
        Status::Done | Status::Delivered => t("{trễ}. Trung tâm xin lỗi vì trả kết quả sau hẹn {lúc}."),
        _ => t("{trễ}. Trung tâm xin lỗi vì chưa trả kết quả đúng hẹn {lúc}."),
    };
    Some(tf(words, &[("trễ", &late), ("lúc", &format::until(promised))]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        dossier::{Act, Channel, Exclusion, Reception, Source, apply, usual_steps},
        time::{Day, TimeOfDay},
    };

    fn at(day: u8, hour: u32) -> Instant {
        Day::from_ymd(2026, 11, day).expect("a day").at(TimeOfDay::hm(hour, 0))
    }

    #[test]
    fn a_dossier_nobody_looked_at_in_time_is_late_in_working_days_with_an_apology() {
        let act = Act::Submit { channel: Channel::Online, source: Source::ProvincialPortal, corrects: None };
        let (dossier, _) = apply(None, &act, at(16, 9)).expect("filed");
        let limit = Some(at(17, 9));
        assert_eq!(lateness(&dossier, limit, Calendar::official(), at(17, 9)), None);
        let words = lateness(&dossier, limit, Calendar::official(), at(19, 8)).expect("late");
        assert!(words.starts_with("Trễ hẹn 2 ngày làm việc. Trung tâm xin lỗi"), "{words}");
        assert_eq!(next_thing(&dossier, limit), "Trung tâm xem và trả lời trước 09:00 thứ Ba, 17/11/2026.");
    }

    #[test]
    fn a_dossier_that_waits_over_its_promised_day_is_not_apologised_for() {
        let reception = Reception {
            code: "H15.50.05.13-261116-0001".into(),
            received: None,
            due: at(18, 17),
            steps: usual_steps(),
            case: None,
        };
        let (channel, source) = (Channel::Counter, Source::OneStopShop);
        let received = Act::ReceiveAtCounter { channel, source, corrects: None, reception };
        let assigned = Act::Assign { to: "so-minh-thu".into(), step_due: None };
        let waits = |since| {
            let suspended = Act::SuspendClock { exclusion: Exclusion::Verification, basis: "Xác minh".into() };
            let acts = [(received.clone(), at(16, 9)), (assigned.clone(), at(16, 10)), (suspended, since)];
            let play = |dossier, (act, at): &(Act, Instant)| apply(dossier, act, *at).ok().map(|(dossier, _)| dossier);
            acts.iter().try_fold(None, |dossier, act| play(dossier, act).map(Some)).flatten().expect("it waits")
        };
        let words = |dossier: &Dossier| lateness(dossier, None, Calendar::official(), at(20, 9));
        assert_eq!(words(&waits(at(18, 16))), None);
        assert!(next_thing(&waits(at(18, 16)), None).starts_with("Đang tạm dừng tính hạn."));
        assert!(words(&waits(at(19, 9))).is_some_and(|words| words.starts_with("Trễ hẹn 2 ngày làm việc.")));
    }

    #[test]
    fn an_opinion_that_is_waited_for_is_told_with_its_limit_and_leaves_the_promise() {
        let reception = Reception {
            code: "H15.50.05.13-261116-0001".into(),
            received: None,
            due: at(18, 17),
            steps: usual_steps(),
            case: None,
        };
        let (channel, source) = (Channel::Counter, Source::OneStopShop);
        let received = Act::ReceiveAtCounter { channel, source, corrects: None, reception };
        let assigned = Act::Assign { to: "so-minh-thu".into(), step_due: None };
        let asked = Act::AskOpinion {
            office: "xa-xuan-lanh-ubnd".into(),
            question: "Có chồng lấn không?".into(),
            files: Vec::new(),
            respond_by: at(17, 10),
        };
        let answered = Act::RecallOpinion { number: 1, reason: "Đã rõ".into() };
        let suspended = Act::SuspendClock { exclusion: Exclusion::Opinion, basis: "Luật".into() };
        let play = |acts: &[(Act, Instant)]| {
            let play = |dossier, (act, at): &(Act, Instant)| apply(dossier, act, *at).ok().map(|(dossier, _)| dossier);
            acts.iter().try_fold(None, |dossier, act| play(dossier, act).map(Some)).flatten().expect("allowed")
        };
        let named = |key: &str| if key == "xa-xuan-lanh-ubnd" { "Xã bên".to_string() } else { String::new() };
        let begun = [(received, at(16, 9)), (assigned, at(16, 10))];
        assert!(opinions_awaited(&play(&begun), named, at(16, 11)).is_empty());
        let waiting: Vec<_> = begun.into_iter().chain([(asked, at(16, 10))]).collect();
        let dossier = play(&waiting);
        let words = opinions_awaited(&dossier, named, at(16, 11));
        let expected =
            "Xã bên. Trung tâm hỏi lúc 10:00 ngày 16/11/2026; cơ quan này trả lời trước 10:00 thứ Ba, 17/11/2026.";
        assert_eq!(words, [expected]);
        assert!(meanwhile(&dossier, at(16, 11)).ends_with("Ngày hẹn trả không đổi: trước 17:00 thứ Tư, 18/11/2026."));
        let late = opinions_awaited(&dossier, named, at(17, 11));
        assert!(late[0].contains("đã qua"), "{late:?}");
        assert!(!meanwhile(&dossier, at(19, 9)).contains("không đổi"), "a promise that has passed");
        let paused = waiting.iter().cloned().chain([(suspended, at(16, 11))]).collect::<Vec<_>>();
        assert!(!meanwhile(&play(&paused), at(16, 12)).contains("không đổi"), "a promise that moves");
        let ended = waiting.into_iter().chain([(answered, at(16, 11))]).collect::<Vec<_>>();
        assert!(opinions_awaited(&play(&ended), named, at(16, 12)).is_empty());
    }
}

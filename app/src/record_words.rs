//! What the program keeps by a name of the code, in words: acts and objects of the record, kinds of background jobs.
//!
//! A name that has no words here stands on no page: it reads as something else. A test reads in `office` which names
//! are kept, so that none is without.

use crate::words::t;

/// An act of the record whose name is not known here, such as one that a newer program wrote.
pub const OTHER_ACT: &str = t("Việc khác");

/// What was done, by the name that the record keeps.
pub fn act(name: &str) -> Option<&'static str> {
    event(name)
        .or_else(|| desk(name))
        .or_else(|| money(name))
        .or_else(|| administration(name))
        .or_else(|| resident(name))
        .or_else(|| door(name))
}

/// What happened to a dossier: the names of its events.
fn event(name: &str) -> Option<&'static str> {
    let words = match name {
        "submitted" => t("Nộp hồ sơ"),
        "received_at_counter" => t("Tiếp nhận tại quầy"),
        "accepted" => t("Tiếp nhận hồ sơ"),
        "acceptance_refused" => t("Từ chối tiếp nhận"),
        "supplement_asked" => t("Yêu cầu bổ sung"),
        "supplement_answered" => t("Đã bổ sung"),
        "supplement_expired" => t("Hết hạn bổ sung, dừng giải quyết"),
        "assigned" => t("Phân công"),
        "routed" => t("Chuyển xử lý"),
        "duty_asked" => t("Yêu cầu nghĩa vụ tài chính"),
        "duty_met" => t("Đã thực hiện nghĩa vụ tài chính"),
        "duty_expired" => t("Hết hạn nghĩa vụ tài chính, dừng giải quyết"),
        "clock_suspended" => t("Tạm dừng tính hạn"),
        "clock_resumed" => t("Tính hạn tiếp"),
        "submitted_for_approval" => t("Trình lãnh đạo"),
        "approved" => t("Lãnh đạo duyệt"),
        "signed" => t("Lãnh đạo ký"),
        "returned_for_rework" => t("Trả lại để làm lại"),
        "decided_not_to_grant" => t("Quyết định không đủ điều kiện giải quyết"),
        "result_issued" => t("Phát hành kết quả"),
        "redated" => t("Xin lỗi và hẹn lại"),
        "stopped" => t("Dừng giải quyết"),
        "withdrawal_asked" => t("Người nộp xin rút hồ sơ"),
        "withdrawal_declined" => t("Không đồng ý cho rút"),
        "withdrawn" => t("Đã rút hồ sơ"),
        "withdrawal_settled" => t("Trả giấy tờ, giải quyết tiền"),
        "delivered" => t("Trả kết quả"),
        "result_withdrawn_for_correction" => t("Thu hồi kết quả để sửa"),
        "correction_opened" => t("Mở hồ sơ sửa sai sót"),
        "replace_result" => t("Kết quả được thay bằng kết quả của hồ sơ sửa sai sót"),
        "passed_on" => t("Chuyển cơ quan kế thừa"),
        "rated" => t("Người nộp đánh giá"),
        "payment_noted" => t("Ghi nhận phí, lệ phí"),
        "sync_noted" => t("Ghi nhận đồng bộ"),
        "file_removed" => t("Đã bỏ tệp có mã độc, chờ gửi tệp khác"),
        "opinion_asked" => t("Lấy ý kiến phối hợp"),
        "opinion_answered" => t("Có ý kiến phối hợp"),
        "opinion_recalled" => t("Thu hồi yêu cầu ý kiến"),
        _ => return None,
    };
    Some(words)
}

/// What staff do at their desks, and look at.
fn desk(name: &str) -> Option<&'static str> {
    let words = match name {
        "view_dossier" | "view_sensitive_dossier" => t("Mở hồ sơ"),
        "view_queue" => t("Mở danh sách việc"),
        "search_dossiers" => t("Tìm hồ sơ"),
        "view_register" => t("Mở sổ theo dõi"),
        "export_register" => t("Xuất sổ theo dõi"),
        "view_paper" | "view_sensitive_paper" => t("Mở văn bản"),
        "view_file" | "view_sensitive_file" => t("Mở tệp"),
        "view_audit" | "view_sensitive_audit" => t("Mở nhật ký của hồ sơ"),
        "view_audit_anchor" => t("Xem dấu niêm nhật ký"),
        "search_audit" => t("Tra cứu nhật ký"),
        "reveal_personal_data" => t("Xem số định danh, số điện thoại đầy đủ"),
        "export_control_slip" | "export_sensitive_control_slip" => t("Xuất phiếu kiểm soát"),
        "issue_paper" => t("Lập văn bản"),
        "write_note" => t("Ghi chú nội bộ"),
        "let_file_go" => t("Ghi lý do không chờ tệp khác"),
        "view_opinions" => t("Mở danh sách ý kiến phối hợp"),
        "view_opinion" => t("Mở yêu cầu ý kiến"),
        "remind_opinion" => t("Nhắc đơn vị được hỏi ý kiến"),
        "assign_opinion" => t("Giao người trả lời ý kiến"),
        "see_mention" => t("Đã xem chỗ được nhắc đến"),
        "view_mentions" => t("Mở danh sách được nhắc đến"),
        "resend_message" => t("Gửi lại tin cho người nộp"),
        "tell_otherwise" => t("Báo người nộp bằng cách khác"),
        "match_person" => t("Tìm hồ sơ của một người"),
        "match_organisation" => t("Tìm hồ sơ của một tổ chức"),
        "look_for_account" => t("Tìm tài khoản theo số định danh"),
        "look_for_organisation" => t("Tìm tổ chức theo mã số thuế"),
        "prove_account" => t("Xác nhận tài khoản"),
        "view_proof" => t("Xem phần xác nhận tài khoản"),
        "view_disputed_dossiers" => t("Xem hồ sơ chờ xem là của ai"),
        "settle_disputed_dossier" => t("Ghi hồ sơ là của ai"),
        "view_disputed_organisations" => t("Xem tổ chức chờ xem là của ai"),
        "settle_disputed_organisation" => t("Ghi tổ chức là của ai"),
        "set_draft_aside" => t("Bỏ bản nháp theo lời người nộp tại quầy"),
        "receive_other_matter" => t("Tiếp nhận là việc khác"),
        "take_over_stuck" => t("Nhận xử lý việc bị kẹt"),
        "add_reason" => t("Thêm mẫu lý do"),
        "change_reason" => t("Sửa mẫu lý do"),
        "retire_reason" => t("Bỏ mẫu lý do"),
        "save_view" => t("Lưu bộ lọc"),
        "rename_view" => t("Đổi tên bộ lọc"),
        "remove_view" => t("Bỏ bộ lọc đã lưu"),
        _ => return None,
    };
    Some(words)
}

/// What is done with money that comes by transfer, and looked at.
fn money(name: &str) -> Option<&'static str> {
    let words = match name {
        "request_fee" => t("Lập khoản phải nộp"),
        "cancel_payment_request" => t("Hủy khoản phải nộp"),
        "expire_payment_request" => t("Khoản phải nộp hết hạn"),
        "take_credit" => t("Ghi tiền về tài khoản"),
        "find_credit_differs" => t("Ngân hàng báo lại một khoản tiền với số khác"),
        "settle_credit" => t("Tự ghép tiền với khoản phải nộp"),
        "attach_credit" => t("Ghép tiền với khoản phải nộp"),
        "split_credit" => t("Chia tiền cho nhiều khoản phải nộp"),
        "ask_about_credit" => t("Hỏi về khoản tiền chưa rõ"),
        "close_money_line" => t("Ghi khoản tiền chưa rõ đã xong"),
        "reconcile" => t("Đối soát"),
        "import_statement" => t("Nhập sao kê ngân hàng"),
        "ask_refund" => t("Đề nghị hoàn tiền"),
        "decide_refund" => t("Duyệt hoàn tiền"),
        "refund_sent" => t("Chuyển tiền hoàn"),
        "refund_done" => t("Người nộp đã nhận tiền hoàn"),
        "refund_failed" => t("Tiền hoàn bị trả lại"),
        "give_up_refund" => t("Thôi hoàn tiền"),
        "add_bank_account" => t("Thêm tài khoản ngân hàng"),
        "end_bank_account" => t("Thôi dùng tài khoản ngân hàng"),
        "view_money_tray" => t("Mở danh sách khoản tiền chưa rõ"),
        "view_credits" => t("Mở danh sách tiền đã về"),
        "view_credit" => t("Mở một khoản tiền đã về"),
        "view_refunds" => t("Mở danh sách hoàn tiền"),
        "view_refund_account" => t("Xem số tài khoản nhận tiền hoàn"),
        _ => return None,
    };
    Some(words)
}

/// What administrators and operators do, and the program with their rules.
fn administration(name: &str) -> Option<&'static str> {
    let words = match name {
        "create_staff" => t("Thêm cán bộ"),
        "renew_staff" => t("Cấp lại mật khẩu, mã"),
        "end_staff" => t("Cho nghỉ, khóa tài khoản"),
        "appoint" => t("Giao vai trò"),
        "end_position" => t("Kết thúc vai trò"),
        "delegate" => t("Ủy nhiệm"),
        "mark_absence" => t("Báo vắng, giao người làm thay"),
        "end_mandate" => t("Kết thúc ủy nhiệm, làm thay"),
        "prepare_reorganisation" => t("Lập phương án sắp xếp đơn vị"),
        "name_heirs" => t("Ghi cách chia của phương án sắp xếp"),
        "confirm_reorganisation" => t("Chốt phương án sắp xếp đơn vị"),
        "reopen_reorganisation" => t("Mở lại phương án sắp xếp đơn vị"),
        "drop_reorganisation" => t("Bỏ phương án sắp xếp đơn vị"),
        "begin_reorganisation" => t("Đơn vị kết thúc hoạt động, bắt đầu chuyển hồ sơ"),
        "finish_reorganisation" => t("Sắp xếp đơn vị xong, hồ sơ đã chuyển hết"),
        "view_reorganisation_dossiers" => t("Xem mã hồ sơ của phương án sắp xếp"),
        "view_handover_list" => t("Xem danh sách bàn giao hồ sơ"),
        "add_office" => t("Thêm cơ quan"),
        "set_contact" => t("Sửa địa chỉ, điện thoại"),
        "import_calendar" => t("Nhập lịch làm việc"),
        "draft_calendar" => t("Lập bản nháp lịch làm việc"),
        "change_calendar_draft" => t("Sửa bản nháp lịch làm việc"),
        "discard_calendar_draft" => t("Bỏ bản nháp lịch làm việc"),
        "publish_calendar" => t("Công bố lịch làm việc"),
        "close_feature" => t("Tắt tính năng"),
        "open_feature" => t("Bật lại tính năng"),
        "publish_local_part" => t("Công bố nội dung riêng của thủ tục"),
        "lay_down_calendar" => t("Nhận lịch kèm phần mềm"),
        "import_procedures" => t("Nhập danh mục thủ tục"),
        "publish_procedures" => t("Công bố bản mới của thủ tục"),
        "backup" => t("Sao lưu dữ liệu"),
        _ => return None,
    };
    Some(words)
}

/// What residents do, and what becomes of their drafts and files.
fn resident(name: &str) -> Option<&'static str> {
    let words = match name {
        "start_draft" => t("Bắt đầu bản nháp"),
        "prefill_draft" => t("Điền sẵn từ hồ sơ trước"),
        "drop_draft" => t("Bỏ bản nháp"),
        "upload" => t("Thêm tệp"),
        "drop_upload" => t("Bỏ tệp"),
        "refuse_infected_file" => t("Không nhận tệp có mã độc"),
        "release_file" => t("Quét xong, cho mở tệp"),
        "remove_infected_file" => t("Bỏ tệp có mã độc"),
        "remove_bytes" => t("Xóa nội dung tệp không còn dùng"),
        "forget_draft" => t("Bỏ bản nháp để lâu không dùng"),
        "forget_tray" => t("Bỏ tệp tải lên tại quầy để lâu không dùng"),
        "look_up" => t("Tra cứu bằng mã"),
        "look_up_refused" => t("Tra cứu bằng mã không đúng"),
        "register_organisation" => t("Khai tổ chức"),
        "change_organisation" => t("Sửa tên, địa chỉ của tổ chức"),
        "change_representative" => t("Đổi người đại diện của tổ chức"),
        "name_employee" => t("Cử người nộp hồ sơ cho tổ chức"),
        "end_employee" => t("Thôi cử người nộp hồ sơ cho tổ chức"),
        "choose_messages" => t("Chọn cách nhận tin"),
        "confirm_message_address" => t("Xác nhận nơi nhận tin"),
        "export_my_data" => t("Người dân tải dữ liệu của mình"),
        _ => return None,
    };
    Some(words)
}

/// In, out, and refused at the door.
fn door(name: &str) -> Option<&'static str> {
    let words = match name {
        "sign_in" => t("Đăng nhập"),
        "sign_out" => t("Đăng xuất"),
        "end_session" => t("Đăng xuất một nơi khác"),
        "end_other_sessions" => t("Đăng xuất mọi nơi khác"),
        "password_refused" => t("Nhập lại mật khẩu không đúng"),
        "sign_in_refused" => t("Đăng nhập không thành"),
        "sign_in_locked" => t("Tạm khóa đăng nhập"),
        "sign_up" => t("Đăng ký tài khoản"),
        "enter_by_identity" => t("Đăng nhập bằng định danh điện tử"),
        "unlink_identity" => t("Bỏ liên kết định danh điện tử"),
        "set_password_by_code" => t("Đặt mật khẩu bằng mã của quầy"),
        "account_code_refused" => t("Mã đặt mật khẩu không đúng"),
        _ => return None,
    };
    Some(words)
}

/// The kind of what was acted on.
pub fn object(kind: &str) -> Option<&'static str> {
    let words = match kind {
        "dossier" => t("hồ sơ"),
        "draft" => t("bản nháp"),
        "staff" => t("cán bộ"),
        "mandate" => t("ủy nhiệm, làm thay"),
        "account" | "resident" => t("tài khoản người dân"),
        "person" => t("người có số"),
        "organisation" => t("tổ chức"),
        "office" => t("cơ quan"),
        "reorganisation" => t("phương án sắp xếp đơn vị"),
        "calendar" => t("lịch"),
        "catalogue" => t("danh mục thủ tục"),
        "queue" => t("danh sách"),
        "mentions" => t("danh sách được nhắc đến"),
        "disputed_dossiers" => t("hồ sơ chờ xem là của ai"),
        "disputed_organisations" => t("tổ chức chờ xem là của ai"),
        "reason" => t("mẫu lý do"),
        "saved_view" => t("bộ lọc đã lưu"),
        "register" => t("sổ theo dõi"),
        "audit" => t("nhật ký"),
        "upload" | "blob" => t("tệp"),
        "tray" => t("tệp tải lên tại quầy"),
        "stuck" => t("việc bị kẹt"),
        "payment_request" => t("khoản phải nộp"),
        "credit" => t("tiền về tài khoản"),
        "refund" => t("khoản hoàn tiền"),
        "statement" => t("sao kê ngân hàng"),
        "bank_account" => t("tài khoản ngân hàng"),
        "session" | "sign_in" => t("đăng nhập"),
        "look_up" => t("tra cứu bằng mã"),
        "database" => t("dữ liệu"),
        _ => return None,
    };
    Some(words)
}

/// A background job, as it stands on the page of what is stuck.
pub fn job(kind: &str) -> Option<&'static str> {
    let words = match kind {
        "verify_audit" => t("Kiểm tra nhật ký hằng ngày"),
        "release_bytes" => t("Xóa nội dung tệp không còn dùng"),
        "sweep_shelf" => t("Dọn kho tệp hằng ngày"),
        "forget_old" => t("Dọn dữ liệu hết thời hạn giữ"),
        _ => return None,
    };
    Some(words)
}

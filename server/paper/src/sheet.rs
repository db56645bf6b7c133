//! The register and the control slip as Excel workbooks. Text is written as text: nothing a person typed can become a
//! formula. Dates are real dates, so that the sheet sorts.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use crate::data::{ControlSlip, Outcome, Register};
use crate::date::PaperDate;
use crate::{Head, PaperError};

/// Excel's number for A4.
const A4: u8 = 9;
const FONT: &str = "Times New Roman";

/// A column: its heading and its width in characters.
type Column = (&'static str, f64);

const REGISTER: [Column; 16] = [
    ("STT", 6.0),
    ("Mã hồ sơ", 26.0),
    ("Tên thủ tục hành chính", 38.0),
    ("Số lượng hồ sơ (bộ)", 9.0),
    ("Tên cá nhân, tổ chức", 26.0),
    ("Địa chỉ", 34.0),
    ("Số điện thoại", 13.0),
    ("Cơ quan chủ trì giải quyết", 28.0),
    ("Ngày nhận hồ sơ", 12.0),
    ("Ngày hẹn trả kết quả", 12.0),
    ("Ngày chuyển hồ sơ đến cơ quan giải quyết", 14.0),
    ("Ngày nhận kết quả từ cơ quan giải quyết", 14.0),
    ("Ngày trả kết quả", 12.0),
    ("Phương thức nhận kết quả", 16.0),
    ("Ký nhận", 22.0),
    ("Ghi chú", 24.0),
];

const SLIP: [Column; 9] = [
    ("STT", 6.0),
    ("Bên giao", 30.0),
    ("Bên nhận", 30.0),
    ("Thời điểm giao, nhận", 18.0),
    ("Người giao", 24.0),
    ("Người nhận", 24.0),
    ("Kết quả giải quyết hồ sơ", 14.0),
    ("Nội dung", 34.0),
    ("Ghi chú", 24.0),
];

/// The register as a workbook of one sheet: heading, one row per dossier, headings repeated on every printed page.
///
/// # Errors
/// A date that does not exist, or text longer than a cell takes (32,767 letters).
pub fn register_xlsx(register: &Register) -> Result<Vec<u8>, PaperError> {
    let title = format!("SỔ THEO DÕI HỒ SƠ từ {} đến {}", register.from.short(), register.to.short());
    let mut sheet = Sheet::begin(&register.head, "Sổ theo dõi hồ sơ", &title, &REGISTER)?;
    for row in &register.rows {
        sheet.number(row.ordinal)?;
        sheet.text(&row.code)?;
        sheet.text(&row.procedure)?;
        sheet.number(row.sets)?;
        sheet.text(&row.name)?;
        sheet.text(row.address.as_deref().unwrap_or(""))?;
        sheet.text(row.phone.as_deref().unwrap_or(""))?;
        sheet.text(&row.resolved_by)?;
        for date in [Some(row.received_at), row.due_at, row.forwarded_at, row.result_at, row.returned_at] {
            sheet.day(date)?;
        }
        sheet.text(&row.method)?;
        sheet.text(row.collected_by.as_deref().unwrap_or(""))?;
        sheet.text(row.note.as_deref().unwrap_or(""))?;
        sheet.next_row();
    }
    sheet.finish()
}

/// The control slip as a workbook of one sheet, one row per handing over.
///
/// # Errors
/// As [`register_xlsx`].
pub fn control_slip_xlsx(slip: &ControlSlip) -> Result<Vec<u8>, PaperError> {
    let title = format!("PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ {}", slip.code);
    let mut sheet = Sheet::begin(&slip.head, "Phiếu kiểm soát", &title, &SLIP)?;
    let whole = slip.outcome.map_or(String::new(), |whole| format!("; kết quả: {}", outcome(whole)));
    sheet.under_title(&format!(
        "Hồ sơ của: {}; nội dung: {}; cơ quan giải quyết: {}; nhận: {}; hẹn trả: {}{whole}",
        slip.applicant_name,
        slip.matter,
        slip.resolved_by,
        moment_words(slip.received_at),
        moment_words(slip.due_at),
    ))?;
    for (step, ordinal) in slip.steps.iter().zip(1..) {
        sheet.number(ordinal)?;
        sheet.text(&step.from)?;
        sheet.text(&step.to)?;
        sheet.moment(step.at)?;
        sheet.text(&step.giver)?;
        sheet.text(step.receiver.as_deref().unwrap_or(""))?;
        sheet.text(step.result.as_ref().map_or("", |result| outcome(result.outcome)))?;
        sheet.text(step.result.as_ref().and_then(|result| result.text.as_deref()).unwrap_or(""))?;
        sheet.text(step.note.as_deref().unwrap_or(""))?;
        sheet.next_row();
    }
    sheet.finish()
}

/// `09:45 23/11/2026`, as the cells show it.
fn moment_words(date: PaperDate) -> String {
    let day = date.short();
    match (date.hour, date.minute) {
        (Some(hour), Some(minute)) => format!("{hour:02}:{minute:02} {day}"),
        _ => day,
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Early => "Trước hạn",
        Outcome::OnTime => "Đúng hạn",
        Outcome::Late => "Quá hạn",
    }
}

/// A sheet being filled from left to right, row by row.
struct Sheet {
    sheet: Worksheet,
    date: ExcelDateTime,
    title: String,
    row: u32,
    column: u16,
    last_column: u16,
    text: Format,
    number: Format,
    day: Format,
    moment: Format,
}

impl Sheet {
    /// Row of the column headings; above it stand the organ and the title.
    const HEADINGS: u32 = 3;

    fn begin(head: &Head, name: &str, title: &str, columns: &[Column]) -> Result<Sheet, PaperError> {
        let plain = Format::new().set_font_name(FONT).set_font_size(11);
        let bold = plain.clone().set_bold();
        let cell = plain.clone().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
        let heading = cell.clone().set_bold().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);

        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.write_string_with_format(0, 0, &head.organ, &bold)?;
        sheet.write_string_with_format(1, 0, title, &bold.clone().set_font_size(14))?;
        let mut last_column = 0;
        for ((text, width), column) in columns.iter().zip(0..) {
            sheet.write_string_with_format(Self::HEADINGS, column, *text, &heading)?;
            sheet.set_column_width(column, *width)?;
            last_column = column;
        }
        sheet.set_freeze_panes(Self::HEADINGS + 1, 0)?;
        sheet.set_repeat_rows(Self::HEADINGS, Self::HEADINGS)?;
        sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
        sheet.set_footer("&C&P/&N");

        Ok(Sheet {
            sheet,
            date: excel(head.date)?,
            title: title.to_owned(),
            row: Self::HEADINGS + 1,
            column: 0,
            last_column,
            number: cell.clone().set_align(FormatAlign::Center),
            day: cell.clone().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
            moment: cell.clone().set_num_format("hh:mm dd/mm/yyyy").set_align(FormatAlign::Center),
            text: cell,
        })
    }

    /// One line between the title and the headings.
    fn under_title(&mut self, text: &str) -> Result<(), PaperError> {
        self.sheet.write_string_with_format(Self::HEADINGS - 1, 0, text, &Format::new().set_font_name(FONT))?;
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), PaperError> {
        self.sheet.write_string_with_format(self.row, self.column, text, &self.text)?;
        self.column += 1;
        Ok(())
    }

    fn number(&mut self, number: u32) -> Result<(), PaperError> {
        self.sheet.write_number_with_format(self.row, self.column, number, &self.number)?;
        self.column += 1;
        Ok(())
    }

    fn day(&mut self, date: Option<PaperDate>) -> Result<(), PaperError> {
        match date {
            Some(date) => {
                let day = excel(PaperDate { hour: None, minute: None, ..date })?;
                self.sheet.write_datetime_with_format(self.row, self.column, &day, &self.day)?;
            }
            None => {
                self.sheet.write_blank(self.row, self.column, &self.day)?;
            }
        }
        self.column += 1;
        Ok(())
    }

    fn moment(&mut self, date: PaperDate) -> Result<(), PaperError> {
        self.sheet.write_datetime_with_format(self.row, self.column, &excel(date)?, &self.moment)?;
        self.column += 1;
        Ok(())
    }

    fn next_row(&mut self) {
        self.row += 1;
        self.column = 0;
    }

    fn finish(mut self) -> Result<Vec<u8>, PaperError> {
        self.sheet.autofilter(Self::HEADINGS, 0, self.row - 1, self.last_column)?;
        let mut book = Workbook::new();
        // The paper's own date: the same register gives the same bytes.
        book.set_properties(&DocProperties::new().set_title(&self.title).set_creation_datetime(&self.date));
        book.push_worksheet(self.sheet);
        Ok(book.save_to_buffer()?)
    }
}

fn excel(date: PaperDate) -> Result<ExcelDateTime, PaperError> {
    let date = date.checked()?;
    let day = ExcelDateTime::from_ymd(date.year, date.month, date.day)?;
    Ok(day.and_hms(u16::from(date.hour.unwrap_or(0)), date.minute.unwrap_or(0), 0)?)
}

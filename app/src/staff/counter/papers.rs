//! The papers of a walk-in: the record's, each with a tick, two counts and its scan; and lines for others.
//!
//! A line that is not ticked is one line high and one stop of the keyboard; its counts and its file box come with the
//! tick (by style alone: see `staff_pages.scss`).

use crate::{
    citizen::apply::ACCEPTED,
    context::office,
    files, format,
    words::{t, tf},
};
use domain::{procedure::paper::PaperLine, text};
use leptos::prelude::*;
use office::{catalogue::ProcedureVersion, dossiers::UploadRow, uploads::NAME_MOST};
use std::cell::RefCell;

/// Lines for papers that the record does not name.
const FREE_LINES: usize = 3;

/// What the form was sent with, and the scans that lie in the tray.
pub(super) struct Papers<'a> {
    pub typed: &'a dyn Fn(&str) -> String,
    /// The form was sent before with the papers of this procedure: its counts are the clerk's.
    pub came_back: bool,
    /// Each is shown once, at the paper it was scanned for.
    pub tray: RefCell<Vec<UploadRow>>,
}

impl Papers<'_> {
    /// The record's papers by case; then lines for others.
    pub fn list(&self, procedure: &ProcedureVersion) -> AnyView {
        let mut index = 0;
        let mut groups: Vec<AnyView> = Vec::new();
        let several = procedure.imported.cases.len() > 1;
        for case in &procedure.imported.cases {
            let first = index;
            let lines: Vec<AnyView> = case
                .papers
                .iter()
                .filter(|paper| !paper.is_note)
                .map(|paper| {
                    let line = self.listed_line(index, paper);
                    index += 1;
                    line
                })
                .collect();
            if lines.is_empty() {
                continue;
            }
            let list = view! { <ul class="staff-papers" role="list">{lines}</ul> }.into_any();
            let Some(name) = case.name.clone().filter(|_| several) else {
                groups.push(list);
                continue;
            };
            // Of several cases one is the person's: the first is open, and those with a tick.
            let open = groups.is_empty() || (first..index).any(|line| self.is_ticked(line));
            let count = tf("{n} giấy tờ", &[("n", &(index - first).to_string())]);
            groups.push(
                view! {
                    <details class="staff-case" open=open>
                        <summary>{name} " " <span class="sub">{count}</span></summary>
                        {list}
                    </details>
                }
                .into_any(),
            );
        }
        let free = (index..index + FREE_LINES).map(|line| self.free_line(line, line - index + 1)).collect_view();
        let left = self.left_over();
        view! {
            {groups}
            <h2>{t("Giấy tờ khác")}</h2>
            <ul class="staff-papers" role="list">{free}</ul>
            {left}
        }
        .into_any()
    }

    fn typed(&self, index: usize, part: &str) -> String {
        if self.came_back { (self.typed)(&field(index, part)) } else { String::new() }
    }

    fn is_ticked(&self, index: usize) -> bool {
        !self.typed(index, "on").is_empty()
    }

    fn listed_line(&self, index: usize, paper: &PaperLine) -> AnyView {
        let id = format!("giay-{index}");
        let name = text::clean(&paper.name);
        let checked = self.is_ticked(index);
        let usual = |has: bool| if has { "1" } else { "0" };
        let (originals, copies) = if self.came_back {
            (self.typed(index, "originals"), self.typed(index, "copies"))
        } else {
            (usual(paper.original).to_string(), usual(paper.copy).to_string())
        };
        let (files, has_files) = self.files_of(&name);
        let class = if has_files { "staff-paper has-files" } else { "staff-paper" };
        view! {
            <li class=class>
                <div class="choice">
                    <input type="checkbox" id=id.clone() name=field(index, "on") value="1" checked=checked/>
                    <label for=id><span class="clip">{name.clone()}</span></label>
                </div>
                <input type="hidden" name=field(index, "listed") value="1"/>
                <input type="hidden" name=field(index, "name") value=name.clone()/>
                <div class="staff-paper-more">
                    {counts(index, originals, copies)}
                    {self.file_box(index, &name)}
                </div>
                {files}
            </li>
        }
        .into_any()
    }

    fn free_line(&self, index: usize, number: usize) -> AnyView {
        let id = format!("giay-{index}");
        let label = tf("Giấy tờ khác {n}", &[("n", &number.to_string())]);
        let name = self.typed(index, "name");
        let (originals, copies) = (self.typed(index, "originals"), self.typed(index, "copies"));
        let (files, _) = self.files_of(&text::clean(&name));
        view! {
            <li class="staff-paper staff-paper-free">
                <div>
                    <label class="hidden-words" for=id.clone()>{label.clone()}</label>
                    <input class="input staff-paper-name" type="text" id=id name=field(index, "name") value=name maxlength="300" placeholder=label.clone() autocomplete="off"/>
                </div>
                <div class="staff-paper-more">
                    {counts(index, originals, copies)}
                    {self.file_box(index, &label)}
                </div>
                {files}
            </li>
        }
        .into_any()
    }

    /// The file box of a paper, with what was wrong with the file last chosen.
    fn file_box(&self, index: usize, paper: &str) -> AnyView {
        let id = format!("giay-{index}-tep");
        let problem = Some(self.typed(index, "scan_problem")).filter(|words| !words.is_empty());
        let described = problem.is_some().then(|| format!("{id}-error"));
        let wrong = problem.is_some().then_some("true");
        let problem = problem.map(|words| {
            let id = format!("{id}-error");
            view! { <p class="error-line" id=id>{words}</p> }
        });
        let label = tf("Tệp quét: {giấy}", &[("giấy", paper)]);
        view! {
            <div class="staff-paper-file">
                {problem}
                <label class="hidden-words" for=id.clone()>{label}</label>
                <input
                    type="file"
                    class="file"
                    id=id
                    name=field(index, "scan")
                    accept=ACCEPTED
                    multiple=true
                    aria-invalid=wrong
                    aria-describedby=described
                />
            </div>
        }
        .into_any()
    }

    /// What was scanned for that paper already; a tick takes it out again.
    fn files_of(&self, paper: &str) -> (Option<AnyView>, bool) {
        let question: String = paper.chars().take(NAME_MOST).collect();
        let files: Vec<UploadRow> = self.tray.borrow_mut().extract_if(.., |file| file.question == question).collect();
        let has_files = !files.is_empty();
        (has_files.then(|| file_list(&files)), has_files)
    }

    /// Scans whose paper is not on this page: the procedure was changed since.
    fn left_over(&self) -> Option<AnyView> {
        let left = self.tray.take();
        (!left.is_empty()).then(|| view! { <h2>{t("Tệp đã quét trước đó")}</h2> {file_list(&left)} }.into_any())
    }
}

fn field(index: usize, part: &str) -> String {
    format!("papers[{index}][{part}]")
}

fn file_list(lying: &[UploadRow]) -> AnyView {
    let lines = lying
        .iter()
        .map(|file| {
            let id = format!("bo-{}", file.id);
            let detail = format!("{}, {}", file.name, files::detail(file));
            let detail = match files::address(file) {
                Some(href) => view! { <a href=href target="_blank" rel="noopener">{detail}</a> }.into_any(),
                None => view! { <span>{detail}</span> }.into_any(),
            };
            let label = tf("Bỏ tệp {tên}", &[("tên", &file.name)]);
            view! {
                <li>
                    {detail}
                    <span class="choice">
                        <input type="checkbox" id=id.clone() name="tray_drop" value=file.id.to_string() aria-label=label/>
                        <label for=id>{t("Bỏ")}</label>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="staff-tray" role="list" aria-label=t("Tệp đã nhận")>{lines}</ul> }.into_any()
}

/// How many originals and copies.
fn counts(index: usize, originals: String, copies: String) -> AnyView {
    let one = |part: &'static str, words: &'static str, value: String| {
        let id = format!("giay-{index}-{part}");
        view! {
            <span class="staff-count">
                <label for=id.clone()>{words}</label>
                <input
                    class="input input-2"
                    type="text"
                    inputmode="numeric"
                    id=id
                    name=field(index, part)
                    value=value
                    maxlength="2"
                    autocomplete="off"
                />
            </span>
        }
    };
    view! { {one("originals", t("bản chính"), originals)} {one("copies", t("bản sao"), copies)} }.into_any()
}

/// The hint above the list: what a scan may be.
pub(super) fn hint() -> String {
    let most = format::size(office().config().upload_max_bytes);
    tf("Đánh dấu giấy tờ nhận; số bản và tệp quét hiện ra. Tệp PDF, JPG, PNG, tối đa {cỡ} mỗi tệp.", &[("cỡ", &most)])
}

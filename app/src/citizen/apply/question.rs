//! One question as a field, whatever its kind. Everything comes from the form's data.
// long because every kind of question is drawn in one place.

use super::{problems, saving};
use crate::words::{t, tf};
use domain::{
    question::{Form, Options, Question, QuestionKind, ShownQuestion, Source, Typed, shown_questions},
    time::Day,
    unit::{Hamlets, UnitKind, Units},
};
use leptos::prelude::*;
use std::collections::BTreeMap;
use ui::{
    Button, ButtonKind, Choice, DateField, Details, FieldShell, Radios, Select, TextArea, TextField, described_by,
};

/// More options than this open as a list.
const MOST_RADIOS: usize = 7;
/// Ids of the lists of suggestions of a page.
const HAMLETS: &str = "ds-thon";
const COMMUNES: &str = "ds-xa";
const PROVINCES: &str = "ds-tinh";

/// What fields are drawn from.
pub struct Asking<'a> {
    pub form: &'a Form,
    pub typed: &'a Typed,
    /// Words of the problem at each path; empty until problems are shown.
    pub errors: BTreeMap<String, String>,
    pub today: Day,
}

impl Asking<'_> {
    fn value(&self, path: &str) -> Option<String> {
        self.typed.get(path).cloned()
    }

    fn error(&self, path: &str) -> Option<String> {
        self.errors.get(path).cloned()
    }

    fn optional(&self, question: &Question, path: &str) -> Option<&'static str> {
        optional(self.form, self.typed, question, path)
    }

    /// Every question of a topic but those that take files. The items of a group stand in boxes of their own.
    pub fn fields(&self, shown: &[ShownQuestion<'_>]) -> Vec<AnyView> {
        let mut fields = Vec::new();
        let mut rest = shown;
        while let Some((first, after)) = rest.split_first() {
            rest = after;
            if let QuestionKind::Group { .. } = &first.question.kind {
                let prefix = format!("{}.", first.path);
                let inside = rest.iter().take_while(|one| one.path.starts_with(&prefix)).count();
                let (items, later) = rest.split_at(inside);
                fields.push(self.group(first, items));
                rest = later;
            } else if !is_file(first.question) {
                fields.push(self.field(first.question, &first.path));
            }
        }
        if shown.iter().any(|one| matches!(one.question.kind, QuestionKind::Address)) {
            fields.push(suggestions(self.today));
        }
        fields
    }

    /// One question that takes no files, with its help.
    pub fn field(&self, question: &Question, path: &str) -> AnyView {
        let field = self.control(question, path);
        let help = question.help.clone();
        let help = (!help.is_empty()).then(|| view! { <Details summary=t("Giải thích thêm")>{help}</Details> });
        view! { {field} {help} }.into_any()
    }

    fn control(&self, question: &Question, path: &str) -> AnyView {
        let (id, name) = (path.to_owned(), name_of(path));
        let (label, hint) = (question.label.clone(), question.hint.clone());
        let (error, value) = (self.error(path), self.value(path));
        let optional = self.optional(question, path);
        match &question.kind {
            QuestionKind::Text { .. } => {
                view! { <TextField id name label hint error optional value/> }.into_any()
            }
            QuestionKind::LongText { .. } => {
                view! { <TextArea id name label hint error optional value/> }.into_any()
            }
            QuestionKind::Number { .. } => {
                view! { <TextField id name label hint error optional value inputmode="numeric" width=8/> }.into_any()
            }
            QuestionKind::Money => {
                let suffix = t("đ");
                view! { <TextField id name label hint error optional value inputmode="numeric" width=16 suffix/> }
                    .into_any()
            }
            QuestionKind::Person => {
                let autocomplete = (question.source == Some(Source::FullName)).then_some("name");
                view! { <TextField id name label hint error optional value autocomplete/> }.into_any()
            }
            QuestionKind::CitizenId { .. } => view! {
                <TextField id name label hint error optional value inputmode="numeric" autocomplete="off" width=16/>
            }
            .into_any(),
            QuestionKind::Phone => view! {
                <TextField id name label hint error optional value kind="tel" inputmode="tel" autocomplete="tel" width=16/>
            }
            .into_any(),
            QuestionKind::Date { .. } => self.date(question, path),
            QuestionKind::Choice { options } => self.choice(question, options, path),
            QuestionKind::Many { options } => self.many(question, options, path),
            QuestionKind::Address => self.address(question, path),
            QuestionKind::File { .. } | QuestionKind::Group { .. } => ().into_any(),
        }
    }

    fn date(&self, question: &Question, path: &str) -> AnyView {
        let part = |part: &str| self.value(&format!("{path}.{part}"));
        let names = ["day", "month", "year"].map(|part| name_of(&format!("{path}.{part}")));
        view! {
            <DateField
                id=path.to_owned()
                names
                legend=question.label.clone()
                hint=question.hint.clone()
                error=self.error(path)
                optional=self.optional(question, path)
                day_label=t("Ngày")
                month_label=t("Tháng")
                year_label=t("Năm")
                day=part("day")
                month=part("month")
                year=part("year")
            />
        }
        .into_any()
    }

    fn choice(&self, question: &Question, options: &Options, path: &str) -> AnyView {
        let (id, name) = (path.to_owned(), name_of(path));
        let (label, hint) = (question.label.clone(), question.hint.clone());
        let (error, value, optional) = (self.error(path), self.value(path), self.optional(question, path));
        let offered = self.form.options(options);
        let options: Vec<Choice> = offered
            .iter()
            .map(|option| Choice::new(option.value.clone(), option.label.clone()).hint(option.hint.clone()))
            .collect();
        if options.len() > MOST_RADIOS && offered.iter().all(|option| option.hint.is_empty()) {
            let blank = t("Chọn trong danh sách");
            return view! { <Select id name label hint error optional blank options value/> }.into_any();
        }
        let inline = options.len() <= 3 && offered.iter().all(|option| option.label.chars().count() <= 12);
        view! { <Radios id name legend=label hint error optional options value inline/> }.into_any()
    }

    fn many(&self, question: &Question, options: &Options, path: &str) -> AnyView {
        let (hint, error) = (question.hint.clone().into(), self.error(path).into());
        let boxes = self
            .form
            .options(options)
            .iter()
            .enumerate()
            .map(|(index, option)| {
                // The first box has the question's id, so that a problem can lead to it.
                let id = if index == 0 { path.to_owned() } else { format!("{path}.{}", option.value) };
                let part = format!("{path}.{}", option.value);
                let ticked = self.typed.get(&part).is_some_and(|text| text == "on");
                let more = (!option.hint.is_empty()).then(|| view! { <p class="hint">{option.hint.clone()}</p> });
                view! {
                    <div class="choice">
                        <input type="checkbox" id=id.clone() name=name_of(&part) value="on" checked=ticked/>
                        <label for=id>{option.label.clone()}</label>
                        {more}
                    </div>
                }
            })
            .collect_view();
        let optional = self.optional(question, path);
        let body = view! { <div class="choices">{boxes}</div> }.into_any();
        fieldset(path, &question.label, optional, &hint, &error, body)
    }

    /// Smallest part first, as people say it. The lists of suggestions only suggest: any place may be typed.
    fn address(&self, question: &Question, path: &str) -> AnyView {
        let (hint, error) = (question.hint.clone().into(), self.error(path).into());
        let whole_optional = self.optional(question, path);
        let part = |part: &str, label: &'static str, list: Option<&'static str>, required: bool| {
            let whole = format!("{path}.{part}");
            // The first box has the question's id, so that a problem of the whole can lead to it.
            let id = if part == "house" { path.to_owned() } else { whole.clone() };
            let error = self.error(&whole).into();
            let invalid = self.errors.contains_key(&whole).then_some("true");
            let (name, value) = (name_of(&whole), self.value(&whole));
            let described = described_by(&id, &ui::MaybeText::default(), &error);
            let optional = (!required && whole_optional.is_none()).then(|| t("không bắt buộc"));
            view! {
                <FieldShell id=id.clone() label error optional>
                    <input
                        class="input"
                        type="text"
                        id=id
                        name=name
                        value=value
                        list=list
                        autocomplete="off"
                        spellcheck="false"
                        aria-invalid=invalid
                        aria-describedby=described
                    />
                </FieldShell>
            }
            .into_any()
        };
        let now = self.value(&format!("{path}.commune")).and_then(|typed| commune_now(&typed, self.today));
        let boxes = view! {
            {part("house", t("Số nhà, đường, tổ"), None, false)}
            {part("hamlet", t("Thôn, buôn, khu phố"), Some(HAMLETS), false)}
            {part("commune", t("Xã, phường"), Some(COMMUNES), true)}
            {now.map(|words| view! { <p class="hint">{words}</p> })}
            {part("province", t("Tỉnh, thành phố"), Some(PROVINCES), true)}
        };
        fieldset(&format!("{path}-nhom"), &question.label, whole_optional, &hint, &error, boxes.into_any())
    }

    fn group(&self, group: &ShownQuestion<'_>, inside: &[ShownQuestion<'_>]) -> AnyView {
        let QuestionKind::Group { max, item_label, .. } = &group.question.kind else { return ().into_any() };
        let path = group.path.clone();
        let (hint, error) = (group.question.hint.clone().into(), self.error(&path).into());
        let count = inside.iter().filter_map(|one| index_of(&one.path, &path)).max().map_or(0, |last| last + 1);
        let items = (0..count)
            .map(|index| {
                let title = format!("{item_label} {}", index + 1);
                let fields = inside
                    .iter()
                    .filter(|one| index_of(&one.path, &path) == Some(index) && !is_file(one.question))
                    .map(|one| self.field(one.question, &one.path))
                    .collect_view();
                view! {
                    <fieldset class="field" id=format!("{path}.{index}")>
                        <legend class="label">{title.clone()}</legend>
                        {fields}
                        <Button
                            kind=ButtonKind::Quiet
                            name="go"
                            value=saving::remove_button(&path, index)
                            hidden_words=problems::lower_first(&title)
                            formnovalidate=true
                        >
                            {t("Bỏ mục này")}
                        </Button>
                    </fieldset>
                }
            })
            .collect_view();
        let add_words = tf("Thêm {mục}", &[("mục", &problems::lower_first(item_label))]);
        let none = (count == 0).then(|| {
            let words = tf("Chưa có mục nào. Muốn khai thì bấm “{nút}”.", &[("nút", &add_words)]);
            view! { <p class="hint">{words}</p> }
        });
        let add = (count < *max).then(|| {
            view! {
                <Button kind=ButtonKind::Secondary name="go" value=saving::add_button(&path) formnovalidate=true>
                    {add_words}
                </Button>
            }
        });
        let body = view! {
            <input type="hidden" name=name_of(&format!("{path}.count")) value=count.to_string()/>
            {none}
            {items}
            {add}
        };
        let optional = self.optional(group.question, &path);
        let body = fieldset(&format!("{path}-nhom"), &group.question.label, optional, &hint, &error, body.into_any());
        view! { <div id=path>{body}</div> }.into_any()
    }
}

/// Whether the question takes files: those have forms of their own.
pub fn is_file(question: &Question) -> bool {
    matches!(question.kind, QuestionKind::File { .. })
}

/// The form name of a path.
fn name_of(path: &str) -> String {
    format!("typed[{path}]")
}

/// The word after the label of a question that need not be answered, by what was answered before it.
pub fn optional(form: &Form, typed: &Typed, question: &Question, path: &str) -> Option<&'static str> {
    let by_condition = || shown_questions(form, typed).iter().any(|one| one.path == path && one.required);
    let required = question.required || (question.required_if.is_some() && by_condition());
    (!required).then(|| t("không bắt buộc"))
}

/// Which item of a group a path belongs to.
fn index_of(path: &str, group: &str) -> Option<usize> {
    path.strip_prefix(group)?.strip_prefix('.')?.split('.').next()?.parse().ok()
}

/// A question answered in several boxes.
fn fieldset(
    id: &str,
    label: &str,
    optional: Option<&'static str>,
    hint: &ui::MaybeText,
    error: &ui::MaybeText,
    body: AnyView,
) -> AnyView {
    let class = if error.is_some() { "field field-wrong" } else { "field" };
    let described = described_by(id, hint, error);
    let optional = optional.map(|words| view! { <span class="optional">{words}</span> });
    let line = |class: &'static str, part: &str, words: &ui::MaybeText| {
        let id = format!("{id}-{part}");
        words.as_deref().map(|words| view! { <p class=class id=id>{words.to_owned()}</p> })
    };
    view! {
        <fieldset class=class aria-describedby=described>
            <legend class="label">{label.to_owned()}{optional}</legend>
            {line("hint", "hint", hint)}
            {line("error-line", "error", error)}
            {body}
        </fieldset>
    }
    .into_any()
}

/// `Xã Xuân Quang 1 nay thuộc xã …`, when the typed commune is an old one.
pub fn commune_now(typed: &str, today: Day) -> Option<String> {
    let units = Units::shipped();
    let found = units.find_by_name(typed, today);
    let best = found.iter().find(|found| {
        found.unit.kind.is_communal() && domain::text::fold(typed).contains(&domain::text::fold(&found.unit.name))
    })?;
    if best.unit.is_valid_on(today) || best.current.is_empty() {
        return None;
    }
    let now: Vec<String> = best.current.iter().map(|unit| problems::lower_first(&unit.full_name)).collect();
    Some(tf("{cũ} nay thuộc {mới}.", &[("cũ", &best.unit.full_name), ("mới", &now.join(t(" hoặc ")))]))
}

/// Places people here are likely to type, old names among them with what they belong to now.
pub fn suggestions(today: Day) -> AnyView {
    let units = Units::shipped();
    let commune_name = |code: &str| units.at(code, today).map(|unit| unit.full_name.clone()).unwrap_or_default();
    let hamlets = Hamlets::shipped().all().iter().filter(|hamlet| {
        hamlet.valid_from.is_none_or(|from| from <= today) && hamlet.valid_to.is_none_or(|to| today <= to)
    });
    let hamlets = hamlets
        .map(|hamlet| view! { <option value=hamlet.name.clone() label=format!("{}, {}", hamlet.name, commune_name(&hamlet.commune))></option> })
        .collect_view();
    let stands_today = |name: &str| units.all().iter().any(|unit| unit.full_name == name && unit.is_valid_on(today));
    let communes = units
        .all()
        .iter()
        .filter(|unit| unit.kind.is_communal() && (unit.is_valid_on(today) || !stands_today(&unit.full_name)))
        .map(|unit| {
            let label = commune_now(&unit.full_name, today).filter(|_| !unit.is_valid_on(today));
            view! { <option value=unit.full_name.clone() label=label></option> }
        })
        .collect_view();
    let provinces = units
        .all()
        .iter()
        .filter(|unit| matches!(unit.kind, UnitKind::Province) && unit.is_valid_on(today))
        .map(|unit| view! { <option value=unit.full_name.clone()></option> })
        .collect_view();
    view! {
        <datalist id=HAMLETS>{hamlets}</datalist>
        <datalist id=COMMUNES>{communes}</datalist>
        <datalist id=PROVINCES>{provinces}</datalist>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_commune_is_told_where_it_belongs_now() {
        let today = Day::from_ymd(2026, 11, 23).expect("a day");
        let words = commune_now("xã Xuân Quang 1", today).expect("an old commune");
        assert!(words.contains("nay thuộc xã Phú Mỡ"), "{words}");
        assert_eq!(commune_now("xã Xuân Lãnh", today), None);
        assert_eq!(commune_now("xã Ở Đâu Đó", today), None);
    }

    /// The forms shipped with the program.
    const FORMS: &[&str] = &[
        include_str!("../../../../server/seed/forms/chung.json"),
        include_str!("../../../../server/seed/forms/khai_sinh.json"),
        include_str!("../../../../server/seed/forms/trich_luc.json"),
        include_str!("../../../../server/seed/forms/tro_cap_xa_hoi.json"),
        include_str!("../../../../server/seed/forms/ket_hon.json"),
        include_str!("../../../../server/seed/forms/nhan_cha_me_con.json"),
        include_str!("../../../../server/seed/forms/khai_tu.json"),
        include_str!("../../../../server/seed/forms/tinh_trang_hon_nhan.json"),
        include_str!("../../../../server/seed/forms/ho_kinh_doanh.json"),
        include_str!("../../../../server/seed/forms/nha_o_rieng_le.json"),
        include_str!("../../../../server/seed/forms/khuyet_tat.json"),
        include_str!("../../../../server/seed/forms/huu_tri_xa_hoi.json"),
    ];

    fn drawn(form: &Form, typed: &Typed, topic: &str, errors: &[(&str, &str)]) -> String {
        let today = Day::from_ymd(2026, 11, 23).expect("a day");
        let errors = errors.iter().map(|(path, words)| ((*path).to_owned(), (*words).to_owned())).collect();
        let asking = Asking { form, typed, errors, today };
        let all = shown_questions(form, typed);
        let shown: Vec<ShownQuestion<'_>> = all.into_iter().filter(|one| one.topic.id == topic).collect();
        asking.fields(&shown).into_iter().map(RenderHtml::to_html).collect()
    }

    #[test]
    fn every_question_of_the_shipped_forms_has_a_box_that_sends_its_path_and_ids_of_its_own() {
        for text in FORMS {
            let form = Form::from_json(text).expect("a shipped form");
            let typed = Typed::new();
            for shown in shown_questions(&form, &typed) {
                let page = drawn(&form, &typed, &shown.topic.id, &[]);
                if !is_file(shown.question) {
                    assert!(page.contains(&format!("name=\"typed[{}", shown.path)), "{} {}", form.key, shown.path);
                    assert!(page.contains(&format!("id=\"{}\"", shown.path)), "{} {}", form.key, shown.path);
                }
                let mut ids: Vec<&str> =
                    page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
                let count = ids.len();
                ids.sort_unstable();
                ids.dedup();
                assert_eq!(ids.len(), count, "an id twice in {} {}", form.key, shown.topic.id);
            }
        }
    }

    #[test]
    fn what_was_typed_and_what_is_wrong_with_it_stand_together() {
        let form = Form::from_json(FORMS[1]).expect("a shipped form");
        let typed = Typed::from([("declarer.name".to_owned(), "Đỗ Thị \"Sen\"".to_owned())]);
        let page = drawn(&form, &typed, "nguoi_khai", &[("declarer.name", "Họ tên không có ký hiệu.")]);
        assert!(page.contains("value=\"Đỗ Thị &quot;Sen&quot;\""), "{page}");
        assert!(
            page.contains("Họ tên không có ký hiệu.")
                && page.contains("aria-describedby=\"declarer.name-hint declarer.name-error\"")
        );
    }

    #[test]
    fn a_number_is_said_to_be_optional_only_while_another_paper_is_chosen() {
        let form = Form::from_json(FORMS[4]).expect("a shipped form");
        let number = form.question("declarer.citizen_id").expect("a question");
        let said = |paper: &str| {
            let typed = Typed::from([("declarer.paper".to_owned(), paper.to_owned())]);
            optional(&form, &typed, number, "declarer.citizen_id")
        };
        assert_eq!(said("can_cuoc"), None);
        assert_eq!(said("ho_chieu"), Some(t("không bắt buộc")));
    }

    #[test]
    fn a_group_draws_each_item_with_a_button_that_takes_it_out() {
        let form = Form::from_json(FORMS[3]).expect("a shipped form");
        let group = form.topics.iter().flat_map(|topic| &topic.questions).find_map(|question| match &question.kind {
            QuestionKind::Group { questions, .. } => Some((question.id.clone(), questions[0].id.clone())),
            _ => None,
        });
        let (group, first) = group.expect("a group");
        let topic = form.owner(&group).map(|(topic, _)| topic.id.clone()).expect("a topic");
        let typed = Typed::from([(format!("{group}.count"), "2".to_owned())]);
        let page = drawn(&form, &typed, &topic, &[]);
        for part in [format!("typed[{group}.1.{first}"), saving::remove_button(&group, 1), saving::add_button(&group)] {
            assert!(page.contains(&part), "{part}");
        }
        assert!(page.contains(&format!("name=\"typed[{group}.count]\" value=\"2\"")), "{page}");
    }
}

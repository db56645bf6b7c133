//! A plan leaves nothing over, leads nothing two ways and has no gap of days.

use super::*;
use proptest::prelude::*;

const CLOSES: &str = "xa-dong-xuan-ubnd";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn unit(key: &str, code: &str, from: &str, to: Option<&str>) -> Standing {
    Standing { key: key.into(), unit_code: code.into(), from: day(from), to: to.map(day) }
}

fn units() -> Vec<Standing> {
    vec![
        unit(CLOSES, "22081", "2025-07-01", None),
        unit("xa-bac", "22082", "2026-11-01", None),
        unit("xa-nam", "22083", "2020-01-01", None),
        unit("xa-tay", "22081", "2020-01-01", None),
        unit("xa-cu", "22084", "2020-01-01", Some("2025-06-30")),
    ]
}

fn split() -> Plan {
    let line = |what: &str, to: &str| Line { what: what.into(), to: to.into() };
    Plan {
        day: day("2026-11-01"),
        basis: "Nghị quyết 15/NQ-HĐND".into(),
        closes: vec![CLOSES.into()],
        heirs: vec!["xa-bac".into(), "xa-nam".into()],
        rule: Rule { by: By::Hamlet, default: "xa-nam".into(), lines: vec![line("long ha", "xa-bac")] },
        onward: vec![Onward { position: "p1".into(), to: "xa-nam".into() }],
    }
}

fn facts(hamlet: &str) -> Facts {
    Facts { id: "1".into(), hamlet: hamlet.into(), ..Facts::default() }
}

#[test]
fn a_hamlet_is_known_with_and_without_the_word_of_its_kind() {
    let plan = split();
    for written in ["Thôn Long Hà", "long hà", "LONG HÀ", "Khu phố Long Hà"] {
        assert_eq!(plan.rule.landing(&facts(written)), Landing { to: "xa-bac", by_default: false }, "{written}");
    }
    for written in ["Thôn Long Hòa", "", "thôn"] {
        assert_eq!(plan.rule.landing(&facts(written)), Landing { to: "xa-nam", by_default: true }, "{written}");
    }
}

#[test]
fn a_sound_plan_is_taken_and_each_fault_is_told() {
    let check = |change: fn(&mut Plan)| {
        let mut plan = split();
        change(&mut plan);
        plan.check(&units())
    };
    use PlanProblem as P;
    assert_eq!(check(|_| {}), Ok(()));
    assert_eq!(check(|plan| plan.basis = "  ".into()), Err(P::NoBasis));
    assert_eq!(check(|plan| plan.basis = "ư".repeat(201)), Err(P::BasisTooLong));
    assert_eq!(check(|plan| plan.closes.clear()), Err(P::NothingCloses));
    assert_eq!(check(|plan| plan.heirs.clear()), Err(P::NoHeir));
    assert_eq!(check(|plan| plan.rule.default = "xa-la".into()), Err(P::NoDefault), "nothing is left over");
    assert_eq!(check(|plan| plan.rule.by = By::One), Err(P::ManyHeirs));
    assert_eq!(check(|plan| plan.closes.push("xa-la".into())), Err(P::UnknownUnit("xa-la".into())));
    assert_eq!(check(|plan| plan.closes.push("xa-cu".into())), Err(P::OtherEnd("xa-cu".into())), "a gap of days");
    assert_eq!(check(|plan| plan.day = day("2025-07-01")), Err(P::NotThere(CLOSES.into())));
    assert_eq!(check(|plan| plan.day = day("2026-10-31")), Err(P::HeirNotThere("xa-bac".into())));
    assert_eq!(check(|plan| plan.heirs.push("xa-cu".into())), Err(P::HeirNotThere("xa-cu".into())));
    assert_eq!(check(|plan| plan.heirs.push(CLOSES.into())), Err(P::HeirCloses(CLOSES.into())));
    assert_eq!(check(|plan| plan.heirs.push("xa-tay".into())), Err(P::Overlap("xa-tay".into())));
    assert_eq!(check(|plan| plan.rule.lines[0].to = "xa-cu".into()), Err(P::ForeignHeir("xa-cu".into())));
    assert_eq!(check(|plan| plan.onward[0].to = "xa-cu".into()), Err(P::ForeignHeir("xa-cu".into())));
    let twice = |plan: &mut Plan| plan.rule.lines.push(Line { what: "long ha".into(), to: "xa-nam".into() });
    assert_eq!(check(twice), Err(P::TwoWays("long ha".into())));
}

#[test]
fn a_unit_that_was_given_that_last_day_before_may_close_with_it() {
    let mut units = units();
    units[0].to = Some(day("2026-10-31"));
    assert_eq!(split().check(&units), Ok(()));
}

#[test]
fn dossiers_that_go_with_their_holder_go_where_the_holder_works_on() {
    let holder = |positions: &[&str]| Holder {
        id: "h1".into(),
        name: "Hoa".into(),
        positions: positions.iter().map(|one| (*one).to_owned()).collect(),
    };
    let mut plan = split();
    plan.onward = vec![
        Onward { position: "p1".into(), to: "xa-bac".into() },
        Onward { position: "p2".into(), to: "xa-nam".into() },
    ];
    assert_eq!(plan.check_holders(&[holder(&["p1"])]), Ok(()), "by hamlet nobody is asked");
    plan.rule = Rule { by: By::Assignee, default: "xa-nam".into(), lines: Vec::new() };
    let parted = Err(PlanProblem::Parted("Hoa".into()));
    assert_eq!(plan.check_holders(&[holder(&["p1"])]), parted, "no line names her, and she goes elsewhere");
    assert_eq!(plan.check_holders(&[holder(&["p1", "p2"])]), Ok(()), "in one of two units");
    assert_eq!(plan.check_holders(&[holder(&["p3"])]), Ok(()), "she works on nowhere");
    plan.rule.name(vec![Line { what: "h1".into(), to: "xa-bac".into() }]);
    assert_eq!(plan.check_holders(&[holder(&["p1"])]), Ok(()));
    assert_eq!(plan.check_holders(&[holder(&["p2"])]), parted);
}

#[test]
fn the_day_is_not_too_far_on_either_side() {
    let plan = split();
    assert_eq!(plan.check_day(plan.day.plus(BACK_DAYS)), Ok(()));
    assert_eq!(plan.check_day(plan.day.plus(BACK_DAYS + 1)), Err(PlanProblem::TooLate));
    assert_eq!(plan.check_day(plan.day.plus(-AHEAD_DAYS)), Ok(()));
    assert_eq!(plan.check_day(plan.day.plus(-AHEAD_DAYS - 1)), Err(PlanProblem::TooEarly));
}

#[test]
fn a_value_that_is_named_again_leads_where_it_was_named_last() {
    let mut rule = split().rule;
    rule.name(vec![Line { what: "tan phuoc".into(), to: "xa-bac".into() }]);
    rule.name(vec![Line { what: "long ha".into(), to: "xa-nam".into() }]);
    assert_eq!(rule.lines, [Line { what: "tan phuoc".into(), to: "xa-bac".into() }], "the rest is the default's");
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let heir = prop::sample::select(vec!["xa-bac", "xa-nam", "xa-tay"]);
    let line = ("[a-c]{0,2}", heir.clone()).prop_map(|(what, to)| Line { what, to: to.into() });
    let by = prop::sample::select(By::ALL.to_vec());
    (by, heir, prop::collection::vec(line, 0..8)).prop_map(|(by, default, lines)| {
        let mut rule = Rule { by, default: default.into(), lines: Vec::new() };
        rule.name(lines);
        rule
    })
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let word = || "[a-c]{0,2}";
    (word(), word(), word(), word(), word()).prop_map(|(id, commune, hamlet, field, assignee)| Facts {
        id,
        commune,
        hamlet,
        field,
        assignee,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_dossier_lands_in_exactly_one_unit_that_continues(rule in any_rule(), all in prop::collection::vec(any_facts(), 0..40)) {
        let heirs = ["xa-bac", "xa-nam", "xa-tay"];
        let landed = |heir: &str| all.iter().filter(|facts| rule.landing(facts).to == heir).count();
        prop_assert_eq!(heirs.iter().map(|heir| landed(heir)).sum::<usize>(), all.len());
        for facts in &all {
            let named = rule.lines.iter().filter(|line| line.what == facts.of(rule.by)).count();
            prop_assert!(named <= 1, "{} lines for one dossier", named);
            prop_assert_eq!(rule.landing(facts), rule.landing(&facts.clone()));
            if rule.by == By::One {
                prop_assert_eq!(rule.landing(facts).to, rule.default.as_str());
            }
        }
    }

    #[test]
    fn what_is_named_never_leads_two_ways(rule in any_rule()) {
        let mut values: Vec<&str> = rule.lines.iter().map(|line| line.what.as_str()).collect();
        values.dedup();
        prop_assert_eq!(values.len(), rule.lines.len());
    }
}

//! The arrows between the crates, read from cargo itself. A wrong arrow breaks the sentence that is printed.

use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

/// Each crate, the crates of ours it may use, and the sentence that would be broken by another.
const ARROWS: &[(&str, &[&str], &str)] = &[
    ("domain", &[], "the rules depend on nothing of ours"),
    ("ui", &[], "components know nothing of the domain"),
    ("store", &["domain"], "the shelves know the rules' values and nobody's rights"),
    ("office", &["domain", "store"], "the office acts on rules and shelves, and words nothing"),
    ("paper", &[], "prints know only what they are given"),
    ("seal", &["domain"], "whoever signs knows days and nothing of what is signed"),
    ("bank", &["domain"], "what banks say is read without shelves, rights and words"),
    ("app", &["domain", "ui", "office"], "screens reach the shelves through the office alone"),
    ("frontend", &["app"], "the browser side links the islands and nothing of the server"),
    (
        "server",
        &["domain", "app", "store", "office", "paper", "seal", "bank"],
        "the program joins what the others keep apart",
    ),
    ("xtask", &[], "the build depends on nothing it builds"),
];

/// Crates from outside that may be used by these crates of ours alone.
const FENCED: &[(&str, &[&str])] = &[
    ("sqlx", &["store"]),
    ("typst", &["paper"]),
    ("typst-pdf", &["paper"]),
    ("axum", &["app", "server"]),
    ("argon2", &["office"]),
    ("object_store", &["office"]),
    ("reqwest", &["office", "seal", "server"]),
    ("lettre", &["server"]),
    ("cryptoki", &["seal"]),
    ("bergshamra-c14n", &["seal"]),
    ("bergshamra-xml", &["seal"]),
    ("hmac", &["bank"]),
    ("roxmltree", &["bank"]),
];

/// Crates from outside that the browser must never load.
const NEVER_IN_THE_BROWSER: &[&str] = &["tokio", "sqlx", "regex", "chrono", "reqwest", "axum"];

fn packages() -> BTreeMap<String, Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo answers");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo's own JSON");
    let packages = metadata["packages"].as_array().expect("a list").iter();
    packages.map(|package| (package["name"].as_str().expect("a name").to_string(), package.clone())).collect()
}

/// What a crate builds with, test helpers apart.
fn dependencies(package: &Value) -> BTreeSet<String> {
    package["dependencies"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|dependency| dependency["kind"].is_null())
        .map(|dependency| dependency["name"].as_str().expect("a name").to_string())
        .collect()
}

#[test]
fn every_arrow_between_crates_is_drawn_in_the_table() {
    let packages = packages();
    let ours: BTreeSet<&str> = packages.keys().map(String::as_str).collect();
    let listed: BTreeSet<&str> = ARROWS.iter().map(|(name, ..)| *name).collect();
    assert_eq!(ours, listed, "a crate came or went: draw its arrows");
    for (name, allowed, sentence) in ARROWS {
        for dependency in dependencies(&packages[*name]).iter().filter(|d| ours.contains(d.as_str())) {
            assert!(allowed.contains(&dependency.as_str()), "{name} uses {dependency}, but {sentence}");
        }
    }
}

#[test]
fn some_crates_from_outside_stay_behind_one_of_ours() {
    let packages = packages();
    for (outside, allowed) in FENCED {
        for (name, package) in &packages {
            if dependencies(package).contains(*outside) {
                assert!(allowed.contains(&name.as_str()), "{name} uses {outside}, which belongs to {allowed:?}");
            }
        }
    }
}

#[test]
fn the_rules_and_the_components_pull_nothing_of_the_server_into_the_browser() {
    let packages = packages();
    for name in ["domain", "ui", "frontend"] {
        for never in NEVER_IN_THE_BROWSER {
            assert!(!dependencies(&packages[name]).contains(*never), "{name} uses {never}");
        }
    }
}

//! `cargo xtask bench`: how fast pages are on a modest phone, and how many the server gives a second.

mod lighthouse;
mod load;
mod visitor;

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use lighthouse::PageSpeed;
use load::Load;

use crate::client::Quality;
use crate::progress::Steps;
use crate::server::Running;
use crate::workspace::{Profile, Workspace};
use crate::{apt, browser, client, command, postgres, server, wasm_target};

/// What is measured: the pages that a resident meets first, of which the last has no address before somebody applies.
const PAGES: [&str; 4] = ["/", "/thu-tuc", "/thu-tuc/1.001193", "/tra-cuu"];

/// Below this line of the report stands what people wrote: why a target is missed. It is kept.
const REMARKS: &str = "## Misses and their causes";
/// What the browser tests count, and how.
const EFFORT: &str = include_str!("effort.md");

/// A page to measure.
struct Page {
    /// As the report calls it.
    name: String,
    path: String,
    /// The session it is asked for with.
    cookie: Option<String>,
}

/// Measures on fresh demonstration data, away from `./data`, and writes `docs/benchmarks.md`.
///
/// # Errors
/// When something cannot be built, or a page does not answer as it should.
pub fn run(workspace: &Workspace) -> Result<()> {
    let mut steps = Steps::new(6);
    steps.step("Tools", || {
        wasm_target::install_if_missing()?;
        apt::install_missing(apt::all().chain([apt::LIGHTHOUSE]))?;
        browser::install(workspace)
    })?;
    steps.step("Browser side", || client::build(workspace, Quality::Full))?;
    let program = steps.step("Server, optimised", || server::build(workspace, Profile::Release))?;

    let folder = tempfile::tempdir().context("no temporary folder")?;
    let database = format!("sqlite://{}", folder.path().join("bench.db").display());
    let with_data = |task| {
        let mut command = server::command(workspace, &program, task);
        command.env("DATABASE_URL", &database).env("MOTCUA_DATA", folder.path().join("data"));
        // Everything that is measured comes from one address.
        command.env("MOTCUA_REQUESTS_PER_SECOND", "0");
        command
    };
    let address = format!("127.0.0.1:{}", postgres::free_port()?);
    let running = steps.step("Server with demonstration data", || {
        command::run(&mut with_data("seed-demo"))?;
        Running::start(&mut with_data("serve"), &address)
    })?;
    let pages = pages(&address)?;
    let speeds: Vec<PageSpeed> = steps.step("Lighthouse, mobile, median of three", || {
        let measured = pages.iter().map(|page| {
            lighthouse::measure(workspace, &format!("http://{address}{}", page.path), page.cookie.as_deref())
        });
        measured.collect()
    })?;
    let loads: Vec<Load> = steps.step("Load", || {
        let yardstick = load::measure(&address, load::YARDSTICK, None);
        let of_pages = pages.iter().map(|page| load::measure(&address, &page.path, page.cookie.as_deref()));
        std::iter::once(yardstick).chain(of_pages).collect()
    })?;
    drop(running);

    let path = workspace.root.join("docs/benchmarks.md");
    let remarks = fs::read_to_string(&path).ok().and_then(|old| Some(old.split_once(REMARKS)?.1.to_owned()));
    let text = report(workspace, &pages, &speeds, &loads, remarks.as_deref())?;
    fs::write(&path, &text).with_context(|| format!("cannot write {}", path.display()))?;
    println!("\n{text}");
    Ok(())
}

fn pages(address: &str) -> Result<Vec<Page>> {
    let open = PAGES.iter().map(|path| Page { name: format!("`{path}`"), path: (*path).to_owned(), cookie: None });
    let (path, cookie) = visitor::begin_application(address)?;
    let step = Page { name: "a step of an application".into(), path, cookie: Some(cookie) };
    let pages: Vec<Page> = open.chain([step]).collect();
    for page in &pages {
        let status = visitor::ask(address, &page.path, page.cookie.as_deref(), None)?.status;
        if status != 200 {
            bail!("{} does not answer 200 but {status}", page.path);
        }
    }
    Ok(pages)
}

fn report(
    workspace: &Workspace,
    pages: &[Page],
    speeds: &[PageSpeed],
    loads: &[Load],
    remarks: Option<&str>,
) -> Result<String> {
    let date = command::output(Command::new("date").arg("+%d/%m/%Y"))?;
    let commit = command::output(workspace.command("git").args(["rev-parse", "--short", "HEAD"]))?;
    let machine = format!("{} × {}", processors(), processor_model());
    let mut text = format!(
        "# Benchmarks\n\nWritten by `cargo xtask bench` on {date} at commit {commit}: release build, SQLite, demonstration \
         data, server and clients on one machine ({machine}). Times differ between machines: compare within one run.\n\n\
         ## Page speed\n\nLighthouse, mobile (slow 4G, processor slowed four times), median of three.\n\n{}{}",
        lighthouse::HEADER,
        lighthouse::targets()
    );
    for (page, speed) in pages.iter().zip(speeds) {
        text += &speed.row(&page.name);
    }
    text += &format!("\n## Load\n\n{}\n\n{}", load::explanation(), load::HEADER);
    if let Some((yardstick, of_pages)) = loads.split_first() {
        text += &yardstick.row(&format!("`{}`", load::YARDSTICK), yardstick);
        for (page, load) in pages.iter().zip(of_pages) {
            text += &load.row(&page.name, yardstick);
        }
    }
    let missed: Vec<&str> = pages
        .iter()
        .zip(speeds)
        .filter(|(_, speed)| !speed.is_on_target())
        .map(|(page, _)| page.name.as_str())
        .collect();
    let verdict = match missed.as_slice() {
        [] => "Every page is on target.".to_owned(),
        missed => format!("Below target: {}.", missed.join(", ")),
    };
    text += &format!("\n{verdict}\n\n{EFFORT}\n{REMARKS}{}", remarks.unwrap_or("\n\nNone.\n"));
    Ok(text)
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn processor_model() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, model)| model));
    model.unwrap_or("unknown processor").to_owned()
}

/// The middle one of some measurements; of an even number the higher middle one.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_one_in_order() {
        assert_eq!(median(vec![9.0, 1.0, 5.0]), 5.0);
        assert_eq!(median(vec![2.0]), 2.0);
    }

    #[test]
    fn the_effort_in_the_report_is_what_the_browser_tests_hold_people_to() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let spec = fs::read_to_string(root.join("end2end/tests/effort.spec.ts")).unwrap();
        let limits = spec.split("toBeLessThanOrEqual(").skip(1);
        let limits: Vec<&str> = limits.filter_map(|rest| Some(rest.split_once(')')?.0)).collect();
        assert_eq!(limits.len(), 3, "actions at the counter; screens and actions of an application");
        for limit in limits {
            assert!(EFFORT.contains(&format!("≤ {limit} |")), "no line says at most {limit}");
        }
        assert!(fs::read_to_string(root.join("docs/benchmarks.md")).unwrap().contains(EFFORT));
    }
}

//! `cargo xtask bench`: how fast pages are on a modest phone, and how many the server gives a second.

mod lighthouse;
mod load;

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use lighthouse::PageSpeed;
use load::Load;

use crate::client::Quality;
use crate::progress::Steps;
use crate::server::Running;
use crate::workspace::{Profile, Workspace};
use crate::{browser, client, command, postgres, server, wasm_target};

/// What is measured when no page is named.
pub fn default_pages() -> Vec<String> {
    vec!["/".to_owned()]
}

/// Measures on fresh demonstration data, away from `./data`, and writes `docs/benchmarks.md`.
pub fn run(workspace: &Workspace, pages: &[String]) -> Result<()> {
    let mut steps = Steps::new(6);
    steps.step("Tools", || wasm_target::install_if_missing().and_then(|()| browser::install(workspace)))?;
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
    for page in pages {
        match running.status(page) {
            Some(200) => {}
            other => bail!("{page} does not answer 200 but {other:?}"),
        }
    }
    let speeds: Vec<PageSpeed> = steps.step("Lighthouse, mobile, median of three", || {
        pages.iter().map(|page| lighthouse::measure(workspace, &format!("http://{address}{page}"))).collect()
    })?;
    let loads: Vec<Load> = steps.step("Load", || pages.iter().map(|page| load::measure(&address, page)).collect())?;

    let text = report(workspace, pages, &speeds, &loads)?;
    let path = workspace.root.join("docs/benchmarks.md");
    fs::create_dir_all(workspace.root.join("docs"))?;
    fs::write(&path, &text).with_context(|| format!("cannot write {}", path.display()))?;
    println!("\n{text}");
    Ok(())
}

fn report(workspace: &Workspace, pages: &[String], speeds: &[PageSpeed], loads: &[Load]) -> Result<String> {
    let date = command::output(Command::new("date").arg("+%d/%m/%Y"))?;
    let commit = command::output(workspace.command("git").args(["rev-parse", "--short", "HEAD"]))?;
    let machine = format!("{} × {}", processors(), processor_model());
    let mut text = format!(
        "# Benchmarks\n\nWritten by `cargo xtask bench` on {date} at commit {commit}: release build, SQLite, demonstration \
         data, server and clients on one machine ({machine}).\n\n## Page speed\n\nLighthouse, mobile (slow 4G, processor \
         slowed four times), median of three.\n\n{}",
        lighthouse::HEADER
    );
    for (page, speed) in pages.iter().zip(speeds) {
        text += &speed.row(page);
    }
    text += &format!("\n## Load\n\n{}\n\n{}", load::explanation(), load::HEADER);
    for (page, load) in pages.iter().zip(loads) {
        text += &load.row(page);
    }
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
}

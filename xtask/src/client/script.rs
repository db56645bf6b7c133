//! WebAssembly and the JavaScript that loads it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use super::Quality;
use crate::stamp::{self, Inputs};
use crate::wasm_target::TARGET;
use crate::workspace::Workspace;
use crate::{command, node};

/// Features by name: with `--all-features` Binaryen writes compact imports, which Chromium 156 refuses.
const WASM_OPT_FLAGS: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The script before its files get their final names.
pub struct Script {
    /// Holds `frontend.js`, `frontend_bg.wasm` and perhaps `snippets/`.
    pub folder: PathBuf,
}

/// An old Node may be unable to run wasm-opt: that is as good as none. The byte budgets notice.
const UNOPTIMISED: &str = "the site works, its WebAssembly is about twice as big";

impl Script {
    /// Compiles the client and makes it loadable. Cargo decides what to compile again; the steps after it
    /// are skipped when they would see the same module.
    pub fn build(workspace: &Workspace, quality: Quality) -> Result<Script> {
        let module = compile(workspace, quality)?;
        let optimiser = match quality {
            Quality::Full => node::wasm_opt(workspace),
            Quality::Fast => None,
        };
        if quality == Quality::Full && optimiser.is_none() {
            println!("warning: wasm-opt is not here (it needs Node): {UNOPTIMISED}");
        }
        let folder = workspace.target.join("client").join(quality.name());
        let mut inputs = Inputs::default();
        inputs.add("module", &fs::read(&module).with_context(|| format!("cannot read {}", module.display()))?);
        inputs.add("flags", WASM_OPT_FLAGS.join(" ").as_bytes());
        inputs.add("optimiser", node::binaryen_version(workspace).unwrap_or_default().as_bytes());
        inputs.add("node", optimiser.as_ref().and_then(|_| node::version()).unwrap_or_default().as_bytes());
        inputs.add("optimised", &[u8::from(optimiser.is_some())]);
        let files_exist = || folder.join("frontend.js").is_file() && folder.join("frontend_bg.wasm").is_file();
        stamp::unless_done(workspace, &format!("script-{}", quality.name()), &inputs, files_exist, || {
            if folder.exists() {
                fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
            }
            bind(&module, &folder, quality)?;
            if let Some(optimiser) = &optimiser
                && let Err(error) = optimise(workspace, optimiser, &folder.join("frontend_bg.wasm"))
            {
                println!("warning: {error:#}: {UNOPTIMISED}");
            }
            Ok(())
        })?;
        Ok(Script { folder })
    }
}

fn compile(workspace: &Workspace, quality: Quality) -> Result<PathBuf> {
    let (profile, output) = match quality {
        Quality::Full => ("wasm-release", "wasm-release"),
        Quality::Fast => ("dev", "debug"),
    };
    let arguments = ["build", "--package", "frontend", "--target", TARGET, "--profile", profile];
    command::run(workspace.cargo().args(arguments))?;
    Ok(workspace.target.join(TARGET).join(output).join("frontend.wasm"))
}

/// What the `wasm-bindgen` program does with `--target web --no-typescript`.
fn bind(module: &Path, folder: &Path, quality: Quality) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name("frontend").web(true)?.typescript(false);
    bindgen.remove_name_section(quality == Quality::Full).remove_producers_section(true);
    bindgen.generate(folder).context("wasm-bindgen refused the module")?;
    let script = fs::read_to_string(folder.join("frontend.js"))?;
    // The page gives the hashed address to `init`; a name of its own in the script would ask for a file
    // that does not exist.
    if script.contains("frontend_bg.wasm") {
        bail!("the script names its module by itself: `init` would ignore the hashed name");
    }
    Ok(())
}

fn optimise(workspace: &Workspace, optimiser: &Path, module: &Path) -> Result<()> {
    let small = module.with_extension("small");
    let before = fs::metadata(module)?.len();
    command::run(workspace.command(optimiser).args(WASM_OPT_FLAGS).arg(module).arg("--output").arg(&small))?;
    let after = fs::metadata(&small)?.len();
    println!("      wasm-opt: {before} → {after} bytes");
    fs::rename(&small, module).with_context(|| format!("cannot write {}", module.display()))
}

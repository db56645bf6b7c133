//! .
#[derive(clap::Args)]
pub struct ImportProcedures {
    file: std::path::PathBuf,
}
impl ImportProcedures {
    pub async fn run(self, _s: crate::config::Settings) -> anyhow::Result<std::process::ExitCode> {
        let _ = self.file;
        Ok(std::process::ExitCode::SUCCESS)
    }
}

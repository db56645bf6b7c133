//! `motcua`: one program that runs a commune's one-stop shop.

fn main() -> std::process::ExitCode {
    server::cli::run()
}

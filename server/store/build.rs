//! `sqlx::migrate!` reads folders that lie outside this crate: tell cargo to look at them.
fn main() {
    println!("cargo:rerun-if-changed=../../migrations/sqlite");
    println!("cargo:rerun-if-changed=../../migrations/postgres");
}

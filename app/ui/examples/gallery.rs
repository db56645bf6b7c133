//! Prints one page with every component, to look at.
fn main() {}

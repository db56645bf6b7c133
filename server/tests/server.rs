//! The program as a whole. One binary: every suite is a module.

mod suite {
    mod acts;
    mod architecture;
    mod demo;
    mod explain;
    mod house;
    mod program;
    mod trust;
    mod web;
    mod words;
}

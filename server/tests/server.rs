//! The program as a whole. One binary: every suite is a module.

mod suite {
    mod acts;
    mod architecture;
    mod carriers;
    mod command_line;
    mod counter;
    mod demo;
    mod desk;
    mod explain;
    mod house;
    mod operate;
    mod operator;
    mod program;
    mod residents;
    mod reveal;
    mod sensitive;
    mod sheets;
    mod tls;
    mod trust;
    mod web;
    mod words;
}

//! The program as a whole. One binary: every suite is a module.

mod suite {
    mod acts;
    mod architecture;
    mod broken;
    mod carriers;
    mod command_line;
    mod complete_forms;
    mod counter;
    mod demo;
    mod demo_bank;
    mod desk;
    mod explain;
    mod house;
    mod identity;
    mod my_data;
    mod operate;
    mod operator;
    mod personal_data;
    mod program;
    mod record_words;
    mod records;
    mod residents;
    mod reveal;
    mod router;
    mod sensitive;
    mod sensitive_lists;
    mod sheets;
    mod tls;
    mod trust;
    mod web;
    mod words;
}

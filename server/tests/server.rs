//! The program as a whole. One binary: every suite is a module.

mod suite {
    mod explain;
}

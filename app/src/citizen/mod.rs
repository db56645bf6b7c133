//! Pages of residents.

pub mod about;
pub mod account;
pub mod apply;
pub mod catalogue;
pub mod code;
pub mod home;
pub mod look_up;
mod messages;
pub mod mine;
pub mod my_data;
pub mod new_password;
pub mod organisations;
pub mod procedure;
mod proof;
pub mod sign_in;
pub mod sign_up;

pub(crate) use messages::line as message_line;

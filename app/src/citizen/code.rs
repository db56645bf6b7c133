//! A code as it stands on a page: in one piece, with a button that copies it where script runs.

use crate::{island::CopyCode, words::t};
use leptos::prelude::*;

/// Which code it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// Mã hồ sơ.
    Dossier,
    /// Mã tạm.
    Temporary,
    /// Mã tra cứu.
    LookUp,
}

impl CodeKind {
    /// Its name, as a label.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Dossier => t("Mã hồ sơ"),
            Self::Temporary => t("Mã tạm"),
            Self::LookUp => t("Mã tra cứu"),
        }
    }

    const fn inside(self) -> &'static str {
        match self {
            Self::Dossier => t("mã hồ sơ"),
            Self::Temporary => t("mã tạm"),
            Self::LookUp => t("mã tra cứu"),
        }
    }

    const fn done(self) -> &'static str {
        match self {
            Self::Dossier => t("Đã chép mã hồ sơ."),
            Self::Temporary => t("Đã chép mã tạm."),
            Self::LookUp => t("Đã chép mã tra cứu."),
        }
    }
}

/// The code with its button.
#[component]
pub fn Code(kind: CodeKind, code: String) -> impl IntoView {
    let (words, which, done) = (t("Chép").to_owned(), kind.inside().to_owned(), kind.done().to_owned());
    view! {
        <span class="code-line">
            <code class="code">{code.clone()}</code>
            <CopyCode code words which done way=String::new()/>
        </span>
    }
}

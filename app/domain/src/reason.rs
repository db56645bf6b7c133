//! Texts kept to begin a reason with.

use crate::dossier::keyed;

keyed! {
    /// What a kept text is for.
    ReasonKind {
        /// Asking for a supplement: form 02.
        Supplement = "supplement",
        /// Refusing to accept, or deciding not to grant: form 03, or the written reply.
        Refusal = "refusal",
        /// Apologising and giving a new date: form 04.
        Extension = "extension",
    }
}

//! What a unit may switch off for some days, and on again. Everything is on unless somebody said otherwise.

use crate::dossier::keyed;

keyed! {
    /// A part of the program that a unit can do without.
    Feature {
        /// Residents begin applications to the unit online. What they have begun goes on.
        ApplyOnline = "apply_online",
        /// Residents are told by short message. By mail, on paper and on the site they are told as ever.
        ShortMessages = "short_messages",
        /// Something is filed for an organisation.
        Organisations = "organisations",
        /// Staff act on many dossiers in one sending.
        ManyAtOnce = "many_at_once",
    }
}

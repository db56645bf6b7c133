//! The general form: who, what, and the papers of the procedure's record, nothing else.

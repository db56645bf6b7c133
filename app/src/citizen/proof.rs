//! What is said of the proof of an account.

use crate::{
    context::office,
    format,
    words::{t, tf},
};
use domain::time::Instant;
use office::proofs::{BY_IDENTITY_PROVIDER, ProofRow};

/// Who has proven an account, and when.
pub(super) fn proof_words(proof: &ProofRow, place: &str) -> String {
    let at = format::moment(Instant(proof.at));
    if proof.how == BY_IDENTITY_PROVIDER {
        let name = office().config().identity_provider.clone().unwrap_or_else(|| t("Hệ thống định danh").into());
        return tf("{tên} đã xác nhận lúc {lúc}.", &[("tên", &name), ("lúc", &at)]);
    }
    tf("{nơi} đã xem thẻ căn cước lúc {lúc}.", &[("nơi", place), ("lúc", &at)])
}

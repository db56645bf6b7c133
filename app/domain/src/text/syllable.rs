//! Is a word a syllable that Vietnamese can spell? Used to tell a typing slip or an old font from a name.

use super::{
    fold,
    letter::{Tone, split_tones},
    normal::small,
};

const ONSETS: [&str; 27] = [
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "th", "tr", "ch", "qu", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x",
];

/// Rhymes of the written language, without tones.
const RHYMES: &str = " a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng \
    eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oam oan \
    oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt \
    ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya \
    uych uyên uyêt uynh uyn uyt uyu ư ưa ưc ưi ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ";

/// Rhymes that only follow `qu`.
const RHYMES_AFTER_QU: &str = " ynh yt ych yn it ";

/// Whether the word, accents and all, is a spelling of Vietnamese: `Đồng`, `quý`, but not `ddoongf`, `Ksơr`, `xuan`.
pub(super) fn is_syllable(word: &str) -> bool {
    let (letters, tones) = split_tones(&small(word));
    if tones.len() > 1 || !has_rhyme(&letters, |rhyme, rest| rhyme == rest) {
        return false;
    }
    let stopped = ["c", "ch", "p", "t"].iter().any(|coda| letters.ends_with(coda));
    // A syllable closed by a stop carries only the rising or the heavy tone.
    !stopped || matches!(tones.first(), Some(Tone::Rising | Tone::Heavy))
}

/// Whether the word could be a syllable typed without its accents: `xuan`, `dong`, `nguyen`.
pub(super) fn is_bare_syllable(word: &str) -> bool {
    has_rhyme(&fold(word), |rhyme, rest| rhyme == rest || folded_is(rhyme, rest))
}

/// Whether the letters are a rhyme, or an onset and a rhyme; `is` compares a rhyme of the language with what is left.
fn has_rhyme(letters: &str, is: impl Fn(&str, &str) -> bool) -> bool {
    let known =
        |rest: &str, list: &str| !rest.is_empty() && list.split(' ').any(|rhyme| !rhyme.is_empty() && is(rhyme, rest));
    if known(letters, RHYMES) {
        return true;
    }
    ONSETS.iter().any(|onset| {
        letters.strip_prefix(onset).is_some_and(|rest| {
            known(rest, RHYMES)
                || (*onset == "qu" && known(rest, RHYMES_AFTER_QU))
                || (*onset == "gi" && rest.is_empty())
        })
    })
}

/// Compares a rhyme, its accents dropped, with a bare text.
fn folded_is(rhyme: &str, bare: &str) -> bool {
    rhyme.chars().count() == bare.len() && fold(rhyme) == bare
}

//! VietQR: the payload that a banking app scans to fill in a transfer.
//!
//! EMVCo's merchant-presented QR code as NAPAS uses it for transfers (NAPAS 247): objects of a two-digit tag, a
//! two-digit length in bytes and a value, in ASCII, the last a checksum over everything before it. A code is read
//! strictly: who guesses at a broken one sends money to a stranger.

use super::{AccountNumber, Bin, TransferNote};
use crate::{dossier::keyed, money::Dong};

keyed! {
    /// What a transfer is sent to.
    Service {
        /// An account.
        Account = "QRIBFTTA",
        /// A card.
        Card = "QRIBFTTC",
        /// A payment that the payee pushed.
        Push = "QRPUSH",
    }
}

/// A transfer that a payer is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferOrder {
    /// The payee's bank.
    pub bin: Bin,
    /// The payee's account or card.
    pub account: AccountNumber,
    /// Which of the two it is.
    pub service: Service,
    /// How much, in whole đồng from 1; none makes a static code, whose payer types the amount.
    pub amount: Option<Dong>,
    /// The note that is filled in.
    pub note: Option<TransferNote>,
}

/// What a code says that was read. Wider than [`TransferOrder`]: codes of others have longer notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scanned {
    /// The payee's bank.
    pub bin: Bin,
    /// The payee's account or card.
    pub account: AccountNumber,
    /// What the transfer is sent to, when the code says it.
    pub service: Option<Service>,
    /// How much, in whole đồng from 1, unless the code is static.
    pub amount: Option<Dong>,
    /// The note (field 62-08), as it stands there.
    pub note: Option<String>,
}

/// Why no code can be made of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MakeProblem {
    /// The amount is zero or less.
    AmountBelowOne,
    /// The amount has more than 13 digits.
    AmountTooLarge,
}

/// Why a payload is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadProblem {
    /// Nothing to read.
    Empty,
    /// A character that is not printable ASCII.
    NotAscii,
    /// A tag or a length is not two digits, a length is zero or reaches beyond what holds it, or something is left
    /// over.
    BadLength,
    /// A tag occurs twice in one place.
    TagTwice,
    /// It does not begin with the format `01`.
    NotEmv,
    /// It does not end with a checksum.
    NoCrc,
    /// The checksum is that of the payload, but not in capitals.
    LowerCaseCrc,
    /// The checksum is not that of the payload.
    WrongCrc,
    /// Neither static (`11`) nor dynamic (`12`).
    BadInitiation,
    /// No account information, or that of another network than `A000000727`.
    OtherNetwork,
    /// No bank, or not six digits.
    BadBin,
    /// No account, or a number that none has.
    BadAccount,
    /// A service that is not known.
    BadService,
    /// No currency, or another than the đồng (`704`).
    OtherCurrency,
    /// The amount is not a whole number from 1, of 13 digits at most.
    BadAmount,
    /// No country, or another than Việt Nam.
    OtherCountry,
}

/// The network's application identifier.
const NETWORK: &str = "A000000727";
/// ISO 4217 number of the đồng.
const CURRENCY: &str = "704";
const COUNTRY: &str = "VN";
const FORMAT: &str = "01";
const STATIC: &str = "11";
const DYNAMIC: &str = "12";
/// Digits of the longest amount (EMVCo, object 54).
const AMOUNT_DIGITS: usize = 13;
/// Characters of the checksum's value.
const CRC_LENGTH: usize = 4;

/// The payload of a code.
///
/// # Errors
/// When the amount cannot stand in one.
pub fn make(order: &TransferOrder) -> Result<String, MakeProblem> {
    let amount = match order.amount {
        None => String::new(),
        Some(Dong(amount)) if amount < 1 => return Err(MakeProblem::AmountBelowOne),
        Some(Dong(amount)) => amount.to_string(),
    };
    if amount.len() > AMOUNT_DIGITS {
        return Err(MakeProblem::AmountTooLarge);
    }
    let payee = object("00", order.bin.as_str()) + &object("01", order.account.as_str());
    let account = object("00", NETWORK) + &object("01", &payee) + &object("02", order.service.key());
    let mut payload = object("00", FORMAT) + &object("01", if amount.is_empty() { STATIC } else { DYNAMIC });
    payload += &object("38", &account);
    payload += &object("53", CURRENCY);
    if !amount.is_empty() {
        payload += &object("54", &amount);
    }
    payload += &object("58", COUNTRY);
    if let Some(note) = &order.note {
        payload += &object("62", &object("08", note.as_str()));
    }
    payload += "6304";
    let crc = crc(payload.as_bytes());
    Ok(format!("{payload}{crc:04X}"))
}

/// Reads a payload.
///
/// # Errors
/// The first thing that is wrong with it; the form comes before the checksum, the checksum before the meaning.
pub fn read(payload: &str) -> Result<Scanned, ReadProblem> {
    if payload.is_empty() {
        return Err(ReadProblem::Empty);
    }
    if !payload.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Err(ReadProblem::NotAscii);
    }
    let top = Objects::read(payload)?;
    if top.0.first() != Some(&("00", FORMAT)) {
        return Err(ReadProblem::NotEmv);
    }
    check_crc(payload, &top)?;
    if !matches!(top.get("01"), None | Some(STATIC | DYNAMIC)) {
        return Err(ReadProblem::BadInitiation);
    }
    let network = Objects::read(top.get("38").ok_or(ReadProblem::OtherNetwork)?)?;
    if network.get("00") != Some(NETWORK) {
        return Err(ReadProblem::OtherNetwork);
    }
    let payee = Objects::read(network.get("01").ok_or(ReadProblem::BadAccount)?)?;
    let bin = payee.get("00").and_then(|bin| Bin::parse(bin).ok()).ok_or(ReadProblem::BadBin)?;
    let account = payee.get("01").and_then(|number| AccountNumber::parse(number).ok());
    let account = account.ok_or(ReadProblem::BadAccount)?;
    let service = match network.get("02") {
        None => None,
        Some(key) => Some(Service::from_key(key).ok_or(ReadProblem::BadService)?),
    };
    if top.get("53") != Some(CURRENCY) {
        return Err(ReadProblem::OtherCurrency);
    }
    let amount = top.get("54").map(read_amount).transpose()?;
    if top.get("58") != Some(COUNTRY) {
        return Err(ReadProblem::OtherCountry);
    }
    let note = match top.get("62") {
        None => None,
        Some(more) => Objects::read(more)?.get("08").map(str::to_owned),
    };
    Ok(Scanned { bin, account, service, amount, note })
}

/// CRC-16/CCITT-FALSE: polynomial 0x1021, initial value 0xFFFF, nothing reflected, nothing added at the end.
pub fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF_u16, |crc, byte| {
        (0..8).fold(
            crc ^ (u16::from(*byte) << 8),
            |crc: u16, _| {
                if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 }
            },
        )
    })
}

/// One object. What is put in here is ASCII and shorter than a hundred characters: 19 of an account, 25 of a note.
fn object(tag: &str, value: &str) -> String {
    format!("{tag}{:02}{value}", value.len())
}

/// The objects of a payload, or of the value of one, in their order.
struct Objects<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Objects<'a> {
    /// Takes ASCII apart, to its last character.
    fn read(text: &'a str) -> Result<Self, ReadProblem> {
        let (mut objects, mut rest): (Vec<(&str, &str)>, &str) = (Vec::new(), text);
        while !rest.is_empty() {
            let (tag, behind) = rest.split_at_checked(2).ok_or(ReadProblem::BadLength)?;
            let (length, behind) = behind.split_at_checked(2).ok_or(ReadProblem::BadLength)?;
            if !tag.bytes().chain(length.bytes()).all(|byte| byte.is_ascii_digit()) {
                return Err(ReadProblem::BadLength);
            }
            let length: usize = length.parse().map_err(|_| ReadProblem::BadLength)?;
            let (value, behind) = behind.split_at_checked(length).ok_or(ReadProblem::BadLength)?;
            if value.is_empty() {
                return Err(ReadProblem::BadLength);
            }
            if objects.iter().any(|(known, _)| *known == tag) {
                return Err(ReadProblem::TagTwice);
            }
            objects.push((tag, value));
            rest = behind;
        }
        Ok(Self(objects))
    }

    fn get(&self, tag: &str) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| *known == tag).map(|(_, value)| *value)
    }
}

/// The checksum stands last and is that of everything before its value, in capitals.
fn check_crc(payload: &str, top: &Objects<'_>) -> Result<(), ReadProblem> {
    let Some(&("63", told)) = top.0.last() else { return Err(ReadProblem::NoCrc) };
    let before = payload.len().checked_sub(CRC_LENGTH).and_then(|end| payload.get(..end));
    let (CRC_LENGTH, Some(before)) = (told.len(), before) else { return Err(ReadProblem::NoCrc) };
    let right = format!("{:04X}", crc(before.as_bytes()));
    if told == right {
        Ok(())
    } else if told.eq_ignore_ascii_case(&right) {
        Err(ReadProblem::LowerCaseCrc)
    } else {
        Err(ReadProblem::WrongCrc)
    }
}

fn read_amount(digits: &str) -> Result<Dong, ReadProblem> {
    let is_amount =
        digits.len() <= AMOUNT_DIGITS && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_amount {
        return Err(ReadProblem::BadAmount);
    }
    digits.parse().map(Dong).map_err(|_| ReadProblem::BadAmount)
}

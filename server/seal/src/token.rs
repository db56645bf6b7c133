//! A key on a token, a smart card or a hardware module, by PKCS#11: the key never leaves it. The module of the maker is a
//! library of this machine; SoftHSM2 is one without hardware.
//!
//! Every signature opens a session, signs and closes it, so a token may be pulled out and put back in between. One
//! signature is made at a time. A PIN that was refused is never tried again by the same [`TokenSigner`]: a token locks
//! itself after a few wrong ones.

use crate::{Algorithm, Certificate, Identity, Secret, SignError, Signature, Signer, Signing};
use cryptoki::{
    context::{CInitializeArgs, CInitializeFlags, Pkcs11},
    error::{Error, RvError},
    mechanism::Mechanism,
    object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle},
    session::{Session, UserType},
    slot::Slot,
    types::AuthPin,
};
use sha2::{Digest, Sha256};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

/// Where the key is.
#[derive(Debug, Clone)]
pub struct TokenSettings {
    /// The maker's library, such as `/usr/lib/softhsm/libsofthsm2.so`.
    pub module: PathBuf,
    /// The label of the token.
    pub token: String,
    /// The label of the private key on it.
    pub key: String,
    pub pin: Secret,
    /// The signer's certificate and those above it; when empty, the certificate that lies beside the key.
    pub chain: Vec<Certificate>,
}

/// A signer whose key lies on a token.
pub struct TokenSigner {
    inner: Arc<Inner>,
}

struct Inner {
    settings: TokenSettings,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    module: Option<Pkcs11>,
    /// What the token said when it refused the PIN.
    refusal: Option<SignError>,
}

impl TokenSigner {
    /// Makes ready; neither the module nor the token is touched yet.
    pub fn at(settings: TokenSettings) -> Self {
        Self { inner: Arc::new(Inner { settings, state: Mutex::default() }) }
    }

    /// Modules block, and tokens are slow: not on a thread that serves others.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner) -> Result<T, SignError> + Send + 'static,
    ) -> Result<T, SignError> {
        let inner = Arc::clone(&self.inner);
        match tokio::task::spawn_blocking(move || work(&inner)).await {
            Ok(done) => done,
            Err(_) => Err(SignError::broken("module_crashed")),
        }
    }
}

impl Signer for TokenSigner {
    fn identity(&self) -> Signing<'_, Identity> {
        Box::pin(self.work(|inner| inner.with_key(|_, key| key.identity())))
    }

    fn sign<'a>(&'a self, message: &'a [u8]) -> Signing<'a, Signature> {
        let message = message.to_vec();
        Box::pin(self.work(move |inner| inner.with_key(|session, key| key.sign(session, &message))))
    }
}

impl Inner {
    /// Opens a session, finds the key, and does this with it.
    fn with_key<T>(&self, work: impl FnOnce(&Session, &Key) -> Result<T, SignError>) -> Result<T, SignError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(refusal) = &state.refusal {
            return Err(refusal.clone());
        }
        let module = match &state.module {
            Some(module) => module.clone(),
            None => state.module.insert(self.load()?).clone(),
        };
        let slot = self.slot(&module)?;
        let session = module.open_ro_session(slot).map_err(trouble)?;
        if let Err(error) = self.log_in(&session) {
            if matches!(error, SignError::Refused(_)) {
                state.refusal = Some(error.clone());
            }
            return Err(error);
        }
        let key = self.key(&session)?;
        work(&session, &key)
    }

    fn load(&self) -> Result<Pkcs11, SignError> {
        let module = Pkcs11::new(&self.settings.module).map_err(|_| SignError::broken("module_absent"))?;
        match module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
            // Another signer of this process uses the same module.
            Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => Ok(module),
            Err(error) => Err(trouble(error)),
        }
    }

    fn slot(&self, module: &Pkcs11) -> Result<Slot, SignError> {
        for slot in module.get_slots_with_token().map_err(trouble)? {
            // A token that cannot be asked is not ours, or comes back by itself.
            let Ok(token) = module.get_token_info(slot) else { continue };
            if token.label() != self.settings.token {
                continue;
            }
            if token.user_pin_locked() {
                return Err(SignError::refused("pin_locked"));
            }
            return Ok(slot);
        }
        Err(SignError::unavailable("token_absent"))
    }

    fn log_in(&self, session: &Session) -> Result<(), SignError> {
        let pin = AuthPin::new(self.settings.pin.word().into());
        match session.login(UserType::User, Some(&pin)) {
            Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(()),
            Err(error) => Err(trouble(error)),
        }
    }

    fn key(&self, session: &Session) -> Result<Key, SignError> {
        let label = Attribute::Label(self.settings.key.as_bytes().to_vec());
        let found =
            session.find_objects(&[Attribute::Class(ObjectClass::PRIVATE_KEY), label.clone()]).map_err(trouble)?;
        let handle = match found.as_slice() {
            [key] => *key,
            [] => return Err(SignError::broken("key_absent")),
            _ => return Err(SignError::broken("key_ambiguous")),
        };
        let (mut algorithm, mut id) = (None, Vec::new());
        let attributes = [AttributeType::KeyType, AttributeType::Id];
        for attribute in session.get_attributes(handle, &attributes).map_err(trouble)? {
            match attribute {
                Attribute::KeyType(KeyType::RSA) => algorithm = Some(Algorithm::RsaSha256),
                Attribute::KeyType(KeyType::EC) => algorithm = Some(Algorithm::EcdsaSha256),
                Attribute::Id(bytes) => id = bytes,
                _ => {}
            }
        }
        let chain = match self.settings.chain.as_slice() {
            // PKCS#11 lays a key and its certificate under one id; where there is none, the label tells.
            [] => vec![certificate(session, if id.is_empty() { label } else { Attribute::Id(id) })?],
            chain => chain.to_vec(),
        };
        let identity = Identity::of(chain)?;
        match algorithm {
            None => Err(SignError::broken("key_kind_unknown")),
            Some(algorithm) if algorithm != identity.algorithm() => Err(SignError::broken("key_of_another")),
            Some(_) => Ok(Key { handle, identity }),
        }
    }
}

/// The one certificate that this attribute finds.
fn certificate(session: &Session, which: Attribute) -> Result<Certificate, SignError> {
    let found = session.find_objects(&[Attribute::Class(ObjectClass::CERTIFICATE), which]).map_err(trouble)?;
    let handle = *found.first().ok_or_else(|| SignError::broken("certificate_absent"))?;
    for attribute in session.get_attributes(handle, &[AttributeType::Value]).map_err(trouble)? {
        if let Attribute::Value(der) = attribute {
            return Certificate::from_der(der).map_err(|_| SignError::broken("certificate_unreadable"));
        }
    }
    Err(SignError::broken("certificate_absent"))
}

/// A key that was found.
struct Key {
    handle: ObjectHandle,
    identity: Identity,
}

impl Key {
    fn identity(&self) -> Result<Identity, SignError> {
        Ok(self.identity.clone())
    }

    fn sign(&self, session: &Session, message: &[u8]) -> Result<Signature, SignError> {
        let value = match self.identity.algorithm() {
            Algorithm::RsaSha256 => session.sign(&Mechanism::Sha256RsaPkcs, self.handle, message),
            // Few modules hash for ECDSA; all take the hash.
            Algorithm::EcdsaSha256 => session.sign(&Mechanism::Ecdsa, self.handle, Sha256::digest(message).as_slice()),
        };
        Ok(Signature { identity: self.identity.clone(), value: value.map_err(trouble)? })
    }
}

/// What an error of the module means for whoever wanted a signature.
fn trouble(error: Error) -> SignError {
    let Error::Pkcs11(code, _) = error else { return SignError::broken("module_unusable") };
    match code {
        RvError::TokenNotPresent | RvError::TokenNotRecognized | RvError::DeviceRemoved | RvError::SlotIdInvalid => {
            SignError::unavailable("token_absent")
        }
        RvError::SessionClosed | RvError::SessionHandleInvalid | RvError::SessionCount => {
            SignError::unavailable("session_lost")
        }
        RvError::DeviceError
        | RvError::DeviceMemory
        | RvError::HostMemory
        | RvError::FunctionCanceled
        | RvError::FunctionFailed
        | RvError::GeneralError => SignError::unavailable("token_in_trouble"),
        RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange => SignError::refused("pin_incorrect"),
        RvError::PinExpired | RvError::UserPinNotInitialized => SignError::refused("pin_not_set"),
        RvError::PinLocked => SignError::refused("pin_locked"),
        RvError::KeyFunctionNotPermitted | RvError::FunctionRejected | RvError::ActionProhibited => {
            SignError::refused("key_may_not_sign")
        }
        other => SignError::broken(format!("pkcs11_{other:?}").to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cryptoki::context::Function;

    #[test]
    fn each_trouble_of_a_token_says_whether_to_try_again() {
        let of = |code| trouble(Error::Pkcs11(code, Function::Sign));
        assert_eq!(of(RvError::DeviceRemoved), SignError::unavailable("token_absent"));
        assert_eq!(of(RvError::PinLocked), SignError::refused("pin_locked"));
        assert_eq!(of(RvError::MechanismInvalid), SignError::broken("pkcs11_mechanisminvalid"));
        assert_eq!(trouble(Error::NotSupported), SignError::broken("module_unusable"));
    }
}

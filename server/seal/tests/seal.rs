//! Signatures as others see them: xmlsec1 verifies them, SoftHSM2 and OpenSSL make them. One binary: every suite is a module.

mod suite {
    mod local;
    mod remote;
    mod support;
    mod token;
    mod xml;
}

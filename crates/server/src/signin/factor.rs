//! The second factor: the seam at which WebAuthn keys, certificates on USB keys or an identity provider join in.
//!
//! Acts with legal effect ask for it again (step-up). What ships now asks for the password again: it proves
//! that the person still sits there, and is *no* second factor in the sense of GB/T 22239-2019 8.1.4.1 d.

use std::pin::Pin;

use zhiheng_record::access::Account;

use super::password::Passwords;

/// The answer of a factor that asks somebody.
pub type Shown<'a> = Pin<Box<dyn Future<Output = bool> + Send + 'a>>;

/// Something by which a person shows again who they are.
pub trait Factor: Send + Sync {
    /// Its name, from which the texts of its page are made (`server-factor-<name>`).
    fn name(&self) -> &'static str;

    /// Whether it is a factor of its own, not the one of the login again.
    fn is_second(&self) -> bool;

    /// What the page must hand to the browser, such as a WebAuthn challenge; empty if nothing.
    fn challenge(&self, account: &Account) -> String;

    /// Whether `given`, what came back in the form, shows the person.
    fn shown<'a>(&'a self, account: &'a Account, passwords: &'a Passwords, given: &'a str) -> Shown<'a>;
}

/// The password again.
#[derive(Clone, Copy, Debug, Default)]
pub struct PasswordAgain;

impl Factor for PasswordAgain {
    fn name(&self) -> &'static str {
        "password"
    }

    fn is_second(&self) -> bool {
        false
    }

    fn challenge(&self, _account: &Account) -> String {
        String::new()
    }

    fn shown<'a>(&'a self, account: &'a Account, passwords: &'a Passwords, given: &'a str) -> Shown<'a> {
        Box::pin(passwords.check(given, account.password.as_deref()))
    }
}

//! Passwords: what can be one, hashing with argon2id, and checking without telling whether an account exists.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;
use zhiheng_base::Diagnostic;

use crate::settings::LoginSettings;

/// Longest password; longer ones only cost time.
const MAX: usize = 200;

/// Parts that make a long password easy to guess.
const COMMON: [&str; 16] = [
    "password", "123456", "qwerty", "abc123", "111111", "000000", "iloveyou", "admin", "letmein", "welcome",
    "woaini", "5201314", "zhiheng", "mima", "passw0rd", "1qaz2wsx",
];

/// What is wrong with a password that somebody wants to use; nothing if it can be one.
///
/// Length and what is easy to guess count, not classes of characters (ASVS 5.0 6.2.5: any composition is allowed).
pub fn weakness(password: &str, login: &str, least: usize) -> Option<Diagnostic> {
    let length = password.chars().count();
    if length < least {
        return Some(Diagnostic::error("ZH7523").arg("least", least));
    }
    if length > MAX {
        return Some(Diagnostic::error("ZH7524").arg("most", MAX));
    }
    let lower = password.to_lowercase();
    let different: std::collections::BTreeSet<char> = lower.chars().collect();
    // What remains after common parts and the login must still be worth something.
    let mut rest = lower.replace(&login.to_lowercase(), "");
    for common in COMMON {
        rest = rest.replace(common, "");
    }
    let run = lower.chars().zip(lower.chars().skip(1)).filter(|(a, b)| steps(*a, *b)).count();
    if different.len() < 5 || rest.chars().count() * 2 < least || run * 2 > length {
        return Some(Diagnostic::error("ZH7525"));
    }
    None
}

/// Whether the second character follows the first as in `aaaa`, `1234` or `dcba`.
fn steps(a: char, b: char) -> bool {
    (u32::from(a)).abs_diff(u32::from(b)) <= 1
}

/// Hashes and checks passwords, a few at a time: each takes its memory.
pub struct Passwords {
    params: Params,
    at_once: Semaphore,
    /// Checked when there is no account, so that the answer takes as long.
    decoy: String,
}

impl Passwords {
    /// With the settings' costs.
    ///
    /// # Errors
    ///
    /// When argon2 refuses the costs.
    pub fn new(settings: &LoginSettings) -> Result<Passwords, argon2::Error> {
        let params = Params::new(settings.hash_kib, settings.hash_passes, 1, None)?;
        let mut passwords = Passwords {
            params,
            at_once: Semaphore::new(settings.hashes_at_once.max(1)),
            decoy: String::new(),
        };
        passwords.decoy = passwords.hash_now("nobody's password").unwrap_or_default();
        Ok(passwords)
    }

    fn hash_now(&self, password: &str) -> Option<String> {
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params.clone());
        argon.hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
    }

    /// The hash of a password in PHC form, with a random salt.
    pub async fn hash(&self, password: &str) -> Option<String> {
        let _turn = self.at_once.acquire().await.ok()?;
        let (params, password) = (self.params.clone(), password.to_owned());
        let work = move || {
            let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
            argon.hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
        };
        tokio::task::spawn_blocking(work).await.ok()?
    }

    /// Whether `password` is the one that `kept` is the hash of. Without `kept` it takes as long and is never right.
    pub async fn check(&self, password: &str, kept: Option<&str>) -> bool {
        let Ok(_turn) = self.at_once.acquire().await else { return false };
        let known = kept.is_some();
        let kept = kept.unwrap_or(&self.decoy).to_owned();
        let password: String = password.chars().take(MAX).collect();
        let work = move || {
            let Ok(hash) = PasswordHash::new(&kept) else { return false };
            Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
        };
        tokio::task::spawn_blocking(work).await.unwrap_or(false) && known
    }
}

#[cfg(test)]
mod tests {
    use super::{Passwords, weakness};
    use crate::settings::LoginSettings;

    #[test]
    fn what_is_easy_to_guess_is_no_password() {
        let code = |password: &str| weakness(password, "longxi.zj", 12).map(|found| found.code.into_owned());
        for good in [
            "correct horse battery",
            "一二三木头人不许说话不许动",
            "tX9-mmq4-Lw02",
            "陇西质量科的茶杯里有三片叶子",
        ] {
            assert_eq!(code(good), None, "{good}");
        }
        assert_eq!(code("short"), Some("ZH7523".into()));
        assert_eq!(code(&"long and longer ".repeat(20)), Some("ZH7524".into()));
        for bad in [
            "aaaaaaaaaaaaaaaa",
            "123456789012345",
            "abcdefghijklmnop",
            "password12345678",
            "longxi.zj1234",
            "LONGXI.ZJlongxi.zj",
            "admin123456admin",
            "ababababababab",
        ] {
            assert_eq!(code(bad), Some("ZH7525".into()), "{bad}");
        }
    }

    #[tokio::test]
    async fn a_password_is_known_again_and_an_unknown_account_never_right() {
        let settings = LoginSettings { hash_kib: 64, hash_passes: 1, ..LoginSettings::default() };
        let passwords = Passwords::new(&settings).expect("costs");
        let kept = passwords.hash("correct horse battery").await.expect("a hash");
        assert!(kept.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{kept}");
        assert_ne!(
            passwords.hash("correct horse battery").await.expect("a hash"),
            kept,
            "the same salt twice"
        );
        assert!(passwords.check("correct horse battery", Some(&kept)).await);
        assert!(!passwords.check("correct horse batterx", Some(&kept)).await);
        assert!(!passwords.check("", Some(&kept)).await);
        assert!(!passwords.check("nobody's password", None).await);
        assert!(!passwords.check("x", Some("not a hash")).await);
    }
}

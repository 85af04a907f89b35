//! The first accounts, made by whoever has the machine: three administrators, since nobody can be given a right by somebody who
//! does not exist yet. Everything after that goes through the pages.

use jiff::Timestamp;
use zhiheng_base::{Date, Diagnostic};
use zhiheng_record::access::{NewAccount, NewGrant};
use zhiheng_record::{Access, Ledger, LedgerError};

use super::password::Passwords;
use super::secret;
use crate::authorize::{APART, Role};

/// Who gives rights from the console, in the ledger.
pub const CONSOLE: &str = "console";

/// Characters of a first password.
const FIRST: usize = 16;

/// An account to be made with a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First<'a> {
    /// Login.
    pub login: &'a str,
    /// Name or post.
    pub name: &'a str,
    /// Person number.
    pub person: &'a str,
    /// Role.
    pub role: Role,
    /// Region (12 digits).
    pub region: &'a str,
    /// Greatest sensitivity.
    pub level: crate::authorize::Level,
}

/// An account that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its id.
    pub account: String,
    /// Its first password, which has to be changed at the first login. It is kept nowhere.
    pub password: String,
}

/// Makes an account with a random password and gives it a role.
///
/// # Errors
///
/// As [`Access::add_account`] and [`Access::give`].
pub async fn make(
    (access, ledger): (&Access, &Ledger),
    passwords: &Passwords,
    first: &First<'_>,
    catalog: &str,
    (today, at): (Date, Timestamp),
) -> Result<Made, LedgerError> {
    let random = secret::random().map_err(|_| LedgerError::Random("no random numbers".to_owned()))?;
    let password: String = random.chars().take(FIRST).collect();
    let hash =
        passwords.hash(&password).await.ok_or_else(|| LedgerError::from(Diagnostic::error("ZH7500")))?;
    let new = NewAccount {
        login: first.login.to_owned(),
        name: first.name.to_owned(),
        person: first.person.to_owned(),
        password: Some(hash),
        must_change: true,
    };
    let account = access.add_account(new, at).await?;
    let grant = NewGrant {
        account: account.id.clone(),
        role: first.role.code().to_owned(),
        region: first.region.to_owned(),
        line: None,
        enterprise: None,
        level: first.level.code().to_owned(),
        since: today,
        until: None,
        reason: CONSOLE.to_owned(),
        by: CONSOLE.to_owned(),
        catalog: catalog.to_owned(),
    };
    access.give(ledger, grant, APART, at).await?;
    Ok(Made { account: account.id, password })
}

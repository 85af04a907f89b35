//! The first accounts, made by whoever has the machine: three administrators, since nobody can be given a right by somebody who
//! does not exist yet. Everything after that goes through the pages.

use jiff::Timestamp;
use zhiheng_base::{Date, Diagnostic};
use zhiheng_record::access::{NewAccount, NewGrant};
use zhiheng_record::{Access, Ledger, LedgerError};

use super::password::{Passwords, weakness};
use super::secret;
use crate::authorize::{APART, Level, Role};
use crate::settings::LoginSettings;

/// Who gives rights from the console, in the ledger.
pub const CONSOLE: &str = "console";

/// Characters of a first password.
const FIRST: usize = 16;

/// An account to be made with its roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First<'a> {
    /// Login.
    pub login: &'a str,
    /// Name or post.
    pub name: &'a str,
    /// Person number.
    pub person: &'a str,
    /// Roles.
    pub roles: &'a [Role],
    /// Region (12 digits).
    pub region: &'a str,
    /// Greatest sensitivity.
    pub level: Level,
    /// The enterprise whose account it is.
    pub enterprise: Option<&'a str>,
    /// Its password; without one a random one is made, which has to be changed at the first login.
    pub password: Option<&'a str>,
}

/// An account that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its id.
    pub account: String,
    /// The password that was made for it. It is kept nowhere.
    pub password: Option<String>,
}

/// Makes an account and gives it its roles; if one of them cannot be given, there is no account.
///
/// # Errors
///
/// ZH7523 to ZH7525 for a password that is none, and as [`Access::add_account`] and [`Access::give`].
pub async fn make(
    (access, ledger): (&Access, &Ledger),
    settings: &LoginSettings,
    first: &First<'_>,
    catalog: &str,
    (today, at): (Date, Timestamp),
) -> Result<Made, LedgerError> {
    let random = secret::random().map_err(|_| LedgerError::Random("no random numbers".to_owned()))?;
    let random: String = random.chars().take(FIRST).collect();
    let password = first.password.unwrap_or(&random);
    if let Some(weak) =
        weakness(password, first.login, settings.password_min).filter(|_| first.password.is_some())
    {
        return Err(weak.into());
    }
    let failed = || LedgerError::from(Diagnostic::error("ZH7500"));
    let passwords = Passwords::new(settings).map_err(|_| failed())?;
    let new = NewAccount {
        login: first.login.to_owned(),
        name: first.name.to_owned(),
        person: first.person.to_owned(),
        password: Some(passwords.hash(password).await.ok_or_else(failed)?),
        must_change: first.password.is_none(),
    };
    let account = access.add_account(new, at).await?.id;
    for role in first.roles {
        let grant = NewGrant {
            account: account.clone(),
            role: role.code().to_owned(),
            region: first.region.to_owned(),
            line: None,
            enterprise: first.enterprise.map(str::to_owned),
            level: first.level.code().to_owned(),
            since: today,
            until: None,
            reason: CONSOLE.to_owned(),
            by: CONSOLE.to_owned(),
            catalog: catalog.to_owned(),
        };
        if let Err(refused) = access.give(ledger, grant, APART, at).await {
            access.erase_account(&account, at).await?;
            return Err(refused);
        }
    }
    Ok(Made { account, password: first.password.is_none().then_some(random) })
}

//! Guessing costs time: after a few failures an account has to wait, longer each time, and never for good, so that nobody
//! can lock out somebody else.

use jiff::{SignedDuration, Timestamp};
use zhiheng_record::access::Account;

/// Longest wait.
const MOST: SignedDuration = SignedDuration::from_mins(15);

/// First wait.
const FIRST: SignedDuration = SignedDuration::from_secs(10);

/// How long the account still has to wait before its next login; nothing if it need not.
pub(crate) fn wait(account: &Account, free: u32, now: Timestamp) -> Option<SignedDuration> {
    let over = account.failed.checked_sub(free)?;
    let pause = FIRST.checked_mul(1 << over.min(20)).map_or(MOST, |pause| pause.min(MOST));
    let until = account.failed_at?.saturating_add(pause).ok()?;
    let left = until.duration_since(now);
    left.is_positive().then_some(left)
}

/// A wait in whole seconds, rounded up.
pub(crate) fn secs(wait: SignedDuration) -> i64 {
    wait.as_secs() + i64::from(wait.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::wait;
    use jiff::Timestamp;
    use zhiheng_record::access::{Account, AccountState};

    #[test]
    fn each_failure_doubles_the_wait_up_to_a_quarter_of_an_hour() {
        let failed_at = Timestamp::from_second(1_000_000).expect("a time");
        let of = |failed: u32, later: i64| {
            let account = Account {
                id: String::new(),
                login: String::new(),
                name: String::new(),
                person: String::new(),
                password: None,
                must_change: false,
                state: AccountState::Active,
                failed,
                failed_at: Some(failed_at),
                made_at: failed_at,
            };
            wait(&account, 5, Timestamp::from_second(1_000_000 + later).expect("a time"))
                .map(|left| left.as_secs())
        };
        assert_eq!([of(0, 0), of(4, 0)], [None, None]);
        assert_eq!([of(5, 0), of(5, 9), of(5, 10)], [Some(10), Some(1), None]);
        assert_eq!([of(6, 0), of(7, 0), of(8, 0)], [Some(20), Some(40), Some(80)]);
        assert_eq!([of(12, 0), of(4_000_000_000, 0)], [Some(900), Some(900)]);
    }
}

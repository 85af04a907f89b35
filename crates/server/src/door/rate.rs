//! How often: a token bucket for each address and account, as one number each (generic cell rate algorithm).

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Keys kept in one shard before those that are idle are thrown out.
const SHARD_MAX: usize = 4096;

/// Shards: one lock would be everybody's.
const SHARDS: usize = 16;

/// Limits how often something happens for each key. Time is a duration since the start of the program.
pub(crate) struct Rate {
    /// Time that one event costs.
    each: Duration,
    /// How far one may be ahead.
    burst: Duration,
    shards: Vec<Mutex<HashMap<u64, Duration>>>,
}

impl Rate {
    /// `per_minute` events a minute, of which a quarter minute's worth (at least five) may come at once.
    pub(crate) fn per_minute(per_minute: u32) -> Rate {
        let each = Duration::from_secs(60) / per_minute.max(1);
        let burst = each * (per_minute / 4).max(5);
        Rate { each, burst, shards: (0..SHARDS).map(|_| Mutex::default()).collect() }
    }

    /// Takes one event at `now`; `Err` says after how long the next one is taken.
    pub(crate) fn take(&self, key: &impl Hash, now: Duration) -> Result<(), Duration> {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let hash = hasher.finish();
        let Some(shard) = self.shards.get(hash as usize % SHARDS) else { return Ok(()) };
        let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        if shard.len() >= SHARD_MAX && !shard.contains_key(&hash) {
            shard.retain(|_, due| *due > now);
            // Still full: a flood from many addresses. The oldest debts are forgiven; other limits hold.
            if shard.len() >= SHARD_MAX {
                shard.clear();
            }
        }
        let due = shard.entry(hash).or_insert(now);
        let begin = (*due).max(now);
        let ahead = begin + self.each - now;
        if ahead > self.burst {
            return Err(ahead - self.burst);
        }
        *due = begin + self.each;
        Ok(())
    }
}

/// What counts as one address: an IPv6 customer has a whole /64.
pub(crate) fn of_address(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(four) => u128::from(u32::from(four)),
        IpAddr::V6(six) => (u128::from(six) >> 64) | (1 << 100),
    }
}

#[cfg(test)]
mod tests {
    use super::{Rate, of_address};
    use std::time::Duration;

    #[test]
    fn sixty_a_minute_are_fifteen_at_once_and_then_one_a_second() {
        let rate = Rate::per_minute(60);
        let at = Duration::from_millis;
        let taken = |from: u64| (0..100).filter(|_| rate.take(&1, at(from)).is_ok()).count();
        assert_eq!(taken(0), 15);
        assert_eq!(rate.take(&1, at(0)), Err(at(1000)));
        assert_eq!(rate.take(&1, at(400)), Err(at(600)));
        assert_eq!(taken(1000), 1);
        assert_eq!(taken(4000), 3);
        assert_eq!(taken(600_000), 15, "what was not used does not add up");
        assert_eq!(rate.take(&2, at(600_000)), Ok(()), "another key pays for the first");
    }

    #[test]
    fn many_addresses_do_not_fill_the_memory() {
        let rate = Rate::per_minute(60);
        for key in 0..200_000_u32 {
            rate.take(&key, Duration::from_secs(u64::from(key) / 1000)).expect("the first of its key");
        }
        let kept: usize = rate.shards.iter().map(|shard| shard.lock().expect("a lock").len()).sum();
        assert!(kept <= super::SHARDS * super::SHARD_MAX, "{kept}");
    }

    #[test]
    fn one_customer_is_one_address() {
        let of = |text: &str| of_address(text.parse().expect("an address"));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_ne!(of("::192.0.2.1"), of("192.0.2.1"));
    }
}

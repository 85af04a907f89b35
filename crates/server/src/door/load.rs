//! How many at once: connections of a door, connections of an address, requests under way.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::rate::of_address;
use crate::settings::Limits;

/// The counts of a door.
pub(crate) struct Load {
    connections: Arc<Semaphore>,
    requests: Arc<Semaphore>,
    addresses: Arc<Mutex<HashMap<u128, usize>>>,
    of_address: usize,
    queue: Duration,
}

/// A connection that is counted until it is dropped.
pub(crate) struct Place {
    _permit: OwnedSemaphorePermit,
    address: Option<u128>,
    addresses: Arc<Mutex<HashMap<u128, usize>>>,
}

impl Load {
    pub(crate) fn new(limits: &Limits) -> Load {
        Load {
            connections: Arc::new(Semaphore::new(limits.connections)),
            requests: Arc::new(Semaphore::new(limits.requests)),
            addresses: Arc::default(),
            of_address: limits.connections_of_address,
            queue: Duration::from_millis(limits.queue_millis),
        }
    }

    /// A place for a connection from `address`; `None` if all are taken. A proxy's address is not counted: it is
    /// everybody's.
    pub(crate) fn connect(&self, address: IpAddr, proxy: bool) -> Option<Place> {
        let permit = Arc::clone(&self.connections).try_acquire_owned().ok()?;
        let addresses = Arc::clone(&self.addresses);
        if proxy {
            return Some(Place { _permit: permit, address: None, addresses });
        }
        let key = of_address(address);
        let mut counts = addresses.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(key).or_default();
        if *count >= self.of_address {
            return None;
        }
        *count += 1;
        drop(counts);
        Some(Place { _permit: permit, address: Some(key), addresses })
    }

    /// A turn for a request, after a short wait; `None` if there are too many.
    pub(crate) async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        let turn = Arc::clone(&self.requests).acquire_owned();
        tokio::time::timeout(self.queue, turn).await.ok()?.ok()
    }

    /// Connections that are open.
    #[cfg(test)]
    fn open(&self, limits: &Limits) -> usize {
        limits.connections - self.connections.available_permits()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(key) = self.address else { return };
        let mut counts = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&key) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Load;
    use crate::settings::Limits;

    #[test]
    fn one_address_cannot_take_all_places() {
        let limits = Limits { connections: 5, connections_of_address: 2, ..Limits::default() };
        let load = Load::new(&limits);
        let [one, two]: [std::net::IpAddr; 2] = [[192, 0, 2, 1].into(), [192, 0, 2, 2].into()];
        let first = load.connect(one, false).expect("a place");
        let second = load.connect(one, false).expect("a place");
        assert!(load.connect(one, false).is_none());
        assert_eq!(load.open(&limits), 2, "a refused connection holds a place");
        let third = load.connect(two, false).expect("a place");
        let proxied: Vec<_> = (0..9).filter_map(|_| load.connect(one, true)).collect();
        assert_eq!(proxied.len(), 2, "as many as there are places left");
        drop((first, second, third, proxied));
        assert_eq!(load.open(&limits), 0);
        assert!(load.addresses.lock().expect("a lock").is_empty(), "addresses are kept for ever");
    }
}

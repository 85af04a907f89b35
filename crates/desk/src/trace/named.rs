//! Named queries and subscriptions: what clients of the REST binding have left with us.
//!
//! They are files, not entries of the ledger: a client can remove them, they hold the secret with which answers are signed, and
//! nothing follows from them. What is acknowledged lies on the disk (written, synced, renamed, folder synced).

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zhiheng_base::Diagnostic;

use super::capture::hex;
use super::cron::Schedule;
use super::owned::View;
use crate::trouble::Trouble;

/// Named queries, and subscriptions, of a project at most.
const MOST: usize = 1000;

/// A named query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// In whose view it is asked.
    pub view: View,
    /// Its name, one in each view.
    pub name: String,
    /// The query in JSON, as it was given.
    pub query: String,
    /// The account that made it.
    pub by: String,
    /// When.
    pub created: Timestamp,
}

/// When a subscription is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// As soon as something that fits was captured.
    Stream,
    /// At these times.
    Schedule(Schedule),
}

/// A subscription: the answers to a named query are sent to an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Its identifier.
    pub id: String,
    /// In whose view the query is.
    pub view: View,
    /// The name of the query.
    pub query: String,
    /// The account that made it; with its rights the query is asked.
    pub by: String,
    /// Where the answers go.
    pub dest: String,
    /// The secret with which they are signed.
    pub token: Option<String>,
    /// When they go.
    pub when: When,
    /// Also when there is nothing new.
    pub report_if_empty: bool,
    /// `GS1-EPC-Format` of the answers.
    pub format: Option<String>,
    /// When it was made.
    pub created: Timestamp,
    /// Events recorded before are not told.
    pub initial: Option<Timestamp>,
    /// Entries of the ledger before this one were told.
    pub since: u64,
    /// The time up to which events were told.
    pub min_record: Timestamp,
    /// When the receiver last took an answer.
    pub last_notified: Option<Timestamp>,
    /// Failures since.
    pub failures: u32,
}

/// Named queries and subscriptions of a project.
#[derive(Clone, Debug)]
pub struct Named {
    queries: PathBuf,
    subscriptions: PathBuf,
    turn: Arc<Mutex<()>>,
}

impl Named {
    /// Those in the folder `trace` of a project.
    pub fn new(trace: &Path) -> Named {
        Named {
            queries: trace.join("queries"),
            subscriptions: trace.join("subscriptions"),
            turn: Arc::default(),
        }
    }

    fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The queries in a view, by name.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn list(&self, view: &View) -> Result<Vec<Standing>, Trouble> {
        let mut all: Vec<Standing> = read_all(&self.queries)?;
        all.retain(|one| one.view == *view);
        all.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(all)
    }

    /// A query by its name.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn find(&self, view: &View, name: &str) -> Result<Option<Standing>, Trouble> {
        read(&self.path(view, name))
    }

    /// Keeps a query; false if there is one of its name.
    ///
    /// # Errors
    ///
    /// ZH9588 if there are too many, and those of the disk.
    pub fn add(&self, query: &Standing) -> Result<bool, Trouble> {
        let _turn = self.turn();
        let path = self.path(&query.view, &query.name);
        if path.exists() {
            return Ok(false);
        }
        room(&self.queries)?;
        write(&path, query)?;
        Ok(true)
    }

    /// Removes a query with its subscriptions; false if there is none.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn remove(&self, view: &View, name: &str) -> Result<bool, Trouble> {
        let _turn = self.turn();
        // First the subscriptions: one without its query would have nothing to ask.
        for own in self.subscriptions_of(view, name)? {
            gone(&self.subscription_path(&own.id))?;
        }
        gone(&self.path(view, name))
    }

    /// The subscriptions to a query, oldest first.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn subscriptions_of(&self, view: &View, name: &str) -> Result<Vec<Subscription>, Trouble> {
        let mut all = self.subscriptions()?;
        all.retain(|own| own.view == *view && own.query == name);
        Ok(all)
    }

    /// All subscriptions, oldest first.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn subscriptions(&self) -> Result<Vec<Subscription>, Trouble> {
        let mut all: Vec<Subscription> = read_all(&self.subscriptions)?;
        all.sort_by(|one, other| (one.created, &one.id).cmp(&(other.created, &other.id)));
        Ok(all)
    }

    /// Keeps a new subscription; false if its query is gone.
    ///
    /// # Errors
    ///
    /// ZH9588 if there are too many, and those of the disk.
    pub fn subscribe(&self, subscription: &Subscription) -> Result<bool, Trouble> {
        let _turn = self.turn();
        if !self.path(&subscription.view, &subscription.query).exists() {
            return Ok(false);
        }
        room(&self.subscriptions)?;
        write(&self.subscription_path(&subscription.id), subscription)?;
        Ok(true)
    }

    /// Keeps what has become of a subscription, unless it was removed meanwhile.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn note(&self, subscription: &Subscription) -> Result<(), Trouble> {
        let _turn = self.turn();
        let path = self.subscription_path(&subscription.id);
        if path.exists() { write(&path, subscription) } else { Ok(()) }
    }

    /// Removes a subscription; false if there is none.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn unsubscribe(&self, view: &View, name: &str, id: &str) -> Result<bool, Trouble> {
        let _turn = self.turn();
        let own = self.subscriptions_of(view, name)?.into_iter().find(|own| own.id == id);
        own.map_or(Ok(false), |own| gone(&self.subscription_path(&own.id)))
    }

    /// A name from outside must not lead to other files, so the file is named by its hash.
    fn path(&self, view: &View, name: &str) -> PathBuf {
        let of = match view {
            View::All => "",
            View::Of(enterprise) => enterprise,
        };
        let hash = Sha256::new().chain_update(of).chain_update([0]).chain_update(name).finalize();
        self.queries.join(format!("{}.json", hex(&hash)))
    }

    fn subscription_path(&self, id: &str) -> PathBuf {
        self.subscriptions.join(format!("{id}.json"))
    }
}

fn names(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
            .collect()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

fn read_all<T: DeserializeOwned>(folder: &Path) -> Result<Vec<T>, Trouble> {
    names(folder)?.iter().filter_map(|path| read(path).transpose()).collect()
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, Trouble> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn room(folder: &Path) -> Result<(), Trouble> {
    if names(folder)?.len() < MOST {
        return Ok(());
    }
    Err(Diagnostic::error("ZH9588").arg("most", MOST).into())
}

/// Writes a file so that it is there after a crash, whole.
fn write(path: &Path, value: &impl Serialize) -> Result<(), Trouble> {
    let Some(folder) = path.parent() else { return Ok(()) };
    fs::create_dir_all(folder)?;
    let part = path.with_extension("part");
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&part)?;
    file.write_all(&serde_json::to_vec_pretty(value)?)?;
    file.sync_all()?;
    fs::rename(&part, path)?;
    Ok(File::open(folder)?.sync_all()?)
}

fn gone(path: &Path) -> Result<bool, Trouble> {
    match fs::remove_file(path) {
        Ok(()) => {
            if let Some(folder) = path.parent() {
                File::open(folder)?.sync_all()?;
            }
            Ok(true)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(view: View, name: &str) -> Standing {
        let created = Timestamp::UNIX_EPOCH;
        Standing { view, name: name.to_owned(), query: "{}".to_owned(), by: "a1".to_owned(), created }
    }

    #[test]
    fn names_are_apart_by_view_and_lead_to_no_other_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let named = Named::new(folder.path());
        let own = View::Of("91621122MA00000001".to_owned());
        for name in ["recall", "../../escape", "a/b", "\u{8d28}", ""] {
            assert!(named.add(&standing(View::All, name)).expect("kept"), "{name}");
            assert!(!named.add(&standing(View::All, name)).expect("an answer"), "{name} twice");
            assert!(named.find(&own, name).expect("an answer").is_none());
        }
        assert!(named.add(&standing(own.clone(), "recall")).expect("kept"));
        assert_eq!(
            (named.list(&View::All).expect("a list").len(), named.list(&own).expect("a list").len()),
            (5, 1)
        );
        let files = fs::read_dir(folder.path().join("queries")).expect("a folder").count();
        assert_eq!(files, 6, "everything lies in one folder");
        assert!(named.remove(&own, "recall").expect("removed"));
        assert!(!named.remove(&own, "recall").expect("an answer"));
        assert!(
            named.find(&View::All, "recall").expect("an answer").is_some(),
            "another view's query is left alone"
        );
    }

    #[test]
    fn a_query_takes_its_subscriptions_along_and_none_comes_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let named = Named::new(folder.path());
        named.add(&standing(View::All, "q")).expect("kept");
        let subscription = Subscription {
            id: "0001".to_owned(),
            view: View::All,
            query: "q".to_owned(),
            by: "a1".to_owned(),
            dest: "https://client.example/in".to_owned(),
            token: Some("secret".to_owned()),
            when: When::Stream,
            report_if_empty: false,
            format: None,
            created: Timestamp::UNIX_EPOCH,
            initial: None,
            since: 0,
            min_record: Timestamp::UNIX_EPOCH,
            last_notified: None,
            failures: 0,
        };
        let orphan = Subscription { query: "other".to_owned(), ..subscription.clone() };
        assert!(!named.subscribe(&orphan).expect("an answer"), "a subscription without its query");
        assert!(named.subscribe(&subscription).expect("kept"));
        assert_eq!(named.subscriptions_of(&View::All, "q").expect("a list"), [subscription.clone()]);
        assert!(!named.unsubscribe(&View::All, "other", "0001").expect("an answer"));
        assert!(named.remove(&View::All, "q").expect("removed"));
        named.note(&Subscription { since: 9, ..subscription }).expect("noted");
        assert!(named.subscriptions().expect("a list").is_empty(), "a removed subscription came back");
    }
}

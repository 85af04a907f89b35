//! Colliding key prefixes, which cannot be made from outside: here runs keep eight bits of a key's hash.

use jiff::Timestamp;
use zhiheng_base::draft::Draft;

use super::{Begun, Ledger, Outcome};
use crate::entry::{Provenance, Submission};
use crate::sign::LedgerKey;

fn submission(id: &str) -> Submission {
    Submission {
        id: id.into(),
        by: "a".into(),
        at: Timestamp::UNIX_EPOCH,
        of: "t".into(),
        provenance: Provenance::Synthetic,
        basis: None,
        catalog: String::new(),
        files: Vec::new(),
        body: id.into(),
        key: vec!["no".into()],
    }
}

fn draft(n: u64, text: &str) -> Draft {
    let data = format!(r#"{{"no":"{n}","x":"{text}"}}"#).into_bytes();
    Draft { key: [0; 32], data, personal: Vec::new(), place: None }
}

async fn append(ledger: &Ledger, id: &str, drafts: Vec<Draft>) -> Vec<Outcome> {
    let Begun::Fresh(mut appender) = ledger.begin(submission(id)).await.expect("a submission") else {
        panic!("repeated");
    };
    let outcomes = appender.push(drafts).await.expect("outcomes");
    appender.commit().await.expect("a receipt");
    outcomes
}

#[tokio::test]
async fn colliding_prefixes_refuse_no_good_record() {
    for mask in [0xff, 1 << 63, 0] {
        let dir = tempfile::tempdir().expect("a folder");
        let url = dir.path().join("l.sqlite").display().to_string();
        let key = LedgerKey::from_seed("x.example", &[3; 32]).expect("a key");
        Ledger::create(&url, key.clone()).await.expect("a ledger").close().await;
        let ledger = Ledger::open_masked(&url, key, mask).await.expect("a ledger");
        let most = if mask == 0xff { 3000 } else { 300 };
        let outcomes = append(&ledger, "1", (0..most).map(|n| draft(n, "a")).collect()).await;
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::New(_))));
        let outcomes = append(&ledger, "2", (0..most).step_by(7).map(|n| draft(n, "a")).collect()).await;
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Same(_))));
        let outcomes = append(&ledger, "3", vec![draft(5, "b"), draft(most + 9, "a")]).await;
        assert!(matches!(outcomes[..], [Outcome::Different(6), Outcome::New(_)]), "{outcomes:?}");
        assert_eq!(ledger.find("t", &["17"]).await.expect("an answer"), Some(18));
        let at = Timestamp::UNIX_EPOCH;
        // A key that moves to one with the same prefix is still found.
        for n in 0..20 {
            let moved =
                ledger.correct(n + 1, draft(50_000 + n, "a"), "typo", "a", at, None).await.expect("moved");
            let found = ledger.find("t", &[&(50_000 + n).to_string()]).await.expect("an answer");
            assert_eq!(found, Some(moved.entry));
            let outcomes = append(&ledger, &format!("m{n}"), vec![draft(50_000 + n, "b")]).await;
            assert_eq!(outcomes, [Outcome::Different(moved.entry)]);
        }
        let verification = ledger.verify(|_, _| {}).await.expect("a verification");
        assert_eq!(verification.problems, [], "{mask:x}");
        ledger.rebuild(|_, _| {}).await.expect("a rebuild");
        assert!(ledger.verify(|_, _| {}).await.expect("a verification").is_sound());
    }
}

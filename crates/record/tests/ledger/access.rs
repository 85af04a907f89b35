//! Accounts, sessions, tokens, rights and the trail, on both databases.

use jiff::SignedDuration;
use zhiheng_base::Date;
use zhiheng_record::access::{
    Access, AccountState, Deed, DeedKind, NewAccount, NewGrant, NewSession, NewToken, TrailFilter,
};
use zhiheng_record::{EntryKind, Ledger};

use crate::home::{Home, assert_sound, at, code, on_both};

on_both!(
    an_account_from_first_login_to_erasure,
    a_session_ends_in_time_and_when_told,
    a_token_works_until_it_is_revoked,
    a_right_is_provable_and_gone_when_taken,
    a_right_written_by_hand_is_found,
    what_a_crash_left_open_is_finished,
    who_may_not_be_given_what,
    the_trail_shows_what_was_changed_in_it,
);

const DAY: Date = jiff::civil::date(2013, 6, 1);
const IDLE: SignedDuration = SignedDuration::from_mins(30);

impl Home {
    fn access_url(&self) -> String {
        if self.url.starts_with("postgres") {
            self.url.clone()
        } else {
            self.dir.path().join("access.sqlite").display().to_string()
        }
    }

    async fn access(&self) -> Access {
        Access::open(&self.access_url()).await.expect("an access database")
    }

    /// Runs a statement in the access database behind its back.
    async fn tamper_access(&self, statement: &str) -> u64 {
        let other = Home { url: self.access_url(), dir: tempfile::tempdir().expect("a folder") };
        other.tamper(statement).await
    }
}

async fn account(access: &Access, login: &str, person: &str) -> String {
    let new = NewAccount {
        login: login.to_owned(),
        name: format!("质量科 {login}"),
        person: person.to_owned(),
        password: Some("$argon2id$v=19$x".to_owned()),
        must_change: true,
    };
    access.add_account(new, at(0)).await.expect("an account").id
}

fn grant(account: &str, role: &str, by: &str) -> NewGrant {
    NewGrant {
        account: account.to_owned(),
        role: role.to_owned(),
        region: "621122000000".to_owned(),
        line: None,
        enterprise: None,
        level: "internal".to_owned(),
        since: jiff::civil::date(2013, 1, 1),
        until: Some(jiff::civil::date(2013, 12, 31)),
        reason: "岗位职责".to_owned(),
        by: by.to_owned(),
        catalog: "00".repeat(32),
    }
}

async fn open_session(access: &Access, account: &str, hash: &str, before: Option<&str>, seconds: i64) {
    let new = NewSession {
        hash: hash.to_owned(),
        account: account.to_owned(),
        client: "Chrome, Linux".to_owned(),
        ends_at: at(seconds + 12 * 3600),
    };
    access.open_session(&new, before, at(seconds)).await.expect("a session");
}

async fn alive(access: &Access, hash: &str, seconds: i64) -> bool {
    access.session(hash, IDLE, at(seconds)).await.expect("an answer").is_some()
}

async fn an_account_from_first_login_to_erasure(home: Home) {
    let access = home.access().await;
    let id = account(&access, "Longxi.ZJ", "P-1").await;
    assert_eq!(
        code(
            access
                .add_account(
                    NewAccount {
                        login: " longxi.zj ".into(),
                        name: "x".into(),
                        person: "P-2".into(),
                        password: None,
                        must_change: false
                    },
                    at(1)
                )
                .await
        ),
        "ZH4203"
    );
    for login in ["", "a b", "x\u{0}", "'; DROP TABLE account", &"x".repeat(61)] {
        let new = NewAccount {
            login: login.into(),
            name: String::new(),
            person: String::new(),
            password: None,
            must_change: false,
        };
        assert_eq!(code(access.add_account(new, at(1)).await), "ZH4204", "{login}");
    }
    let found = access.account_by_login("LONGXI.zj").await.expect("an answer").expect("an account");
    assert_eq!(
        (found.id.as_str(), found.must_change, found.state),
        (id.as_str(), true, AccountState::Active)
    );

    access.note_failure(&id, at(5)).await.expect("noted");
    access.note_failure(&id, at(7)).await.expect("noted");
    let found = access.account(&id).await.expect("an answer").expect("an account");
    assert_eq!((found.failed, found.failed_at), (2, Some(at(7))));
    access.note_success(&id).await.expect("noted");
    assert_eq!(access.account(&id).await.expect("an answer").expect("an account").failed, 0);

    open_session(&access, &id, "h1", None, 10).await;
    open_session(&access, &id, "h2", None, 10).await;
    access.set_password(&id, "$argon2id$new", false, Some("h2"), at(20)).await.expect("a password");
    assert!(!alive(&access, "h1", 21).await, "a session by the old password goes on");
    assert!(alive(&access, "h2", 21).await);

    access.set_locked(&id, true, at(30)).await.expect("locked");
    assert!(!alive(&access, "h2", 31).await);
    access.set_locked(&id, false, at(32)).await.expect("opened");
    assert!(!alive(&access, "h2", 33).await, "a session came back from the dead");

    access.erase_account(&id, at(40)).await.expect("erased");
    let found = access.account(&id).await.expect("an answer").expect("the id stays");
    assert_eq!(
        (found.login.as_str(), found.name.as_str(), found.password, found.state),
        ("", "", None, AccountState::Erased)
    );
    assert_eq!(code(access.set_locked(&id, false, at(41)).await), "ZH4202", "an erased account was opened");
    if !home.url.starts_with("postgres") {
        access.close().await;
        let folder = std::fs::read_dir(home.dir.path()).expect("a folder");
        for file in folder.flatten().map(|entry| entry.path()) {
            let bytes = std::fs::read(&file).expect("bytes");
            let holds = bytes.windows(9).any(|window| window == b"longxi.zj");
            assert!(!holds, "{} still holds the login", file.display());
        }
    }
}

async fn a_session_ends_in_time_and_when_told(home: Home) {
    let access = home.access().await;
    let id = account(&access, "zj", "P-1").await;
    open_session(&access, &id, "h1", None, 0).await;
    assert!(alive(&access, "h1", 29 * 60).await);
    // Used at minute 29, so idle only from there; the write is at most a minute behind.
    assert!(alive(&access, "h1", 58 * 60).await);
    assert!(!alive(&access, "h1", 58 * 60 + 31 * 60 + 1).await, "idle for longer than allowed");
    assert!(!alive(&access, "h0", 10).await);

    open_session(&access, &id, "h2", Some("h1"), 100).await;
    assert!(!alive(&access, "h1", 101).await, "the session of before the login is alive");
    for minute in 1..24 {
        assert!(alive(&access, "h2", 100 + minute * 30 * 60).await, "{minute}");
    }
    assert!(!alive(&access, "h2", 100 + 12 * 3600).await, "alive past its end, though in use");

    open_session(&access, &id, "h3", None, 200).await;
    open_session(&access, &id, "h4", None, 201).await;
    access.strengthen_session("h3", at(202)).await.expect("noted");
    let listed = access.sessions(&id, at(203)).await.expect("a list");
    let rows: Vec<_> = listed.iter().map(|each| (each.hash.as_str(), each.strong_at)).collect();
    assert_eq!(rows[..2], [("h4", None), ("h3", Some(at(202)))]);
    let other = account(&access, "other", "P-2").await;
    assert!(
        !access.close_session(&other, "h3").await.expect("an answer"),
        "a session of somebody else was ended"
    );
    assert!(access.close_session(&id, "h3").await.expect("an answer"));
    assert!(!alive(&access, "h3", 204).await);
    assert!(access.close_sessions(&id, None).await.expect("an answer") >= 1);
    assert!(!alive(&access, "h4", 204).await);
}

async fn a_token_works_until_it_is_revoked(home: Home) {
    let access = home.access().await;
    let id = account(&access, "lims", "P-1").await;
    let new = NewToken {
        hash: "t1".into(),
        account: id.clone(),
        name: "实验室系统".into(),
        scopes: vec!["read".into(), "submit".into()],
        ends_at: at(1000),
    };
    let token = access.add_token(&new, at(0)).await.expect("a token");
    let (found, account, _) = access.token("t1", at(10)).await.expect("an answer").expect("a token");
    assert_eq!(
        (found.id.as_str(), found.scopes.len(), account.id.as_str()),
        (token.as_str(), 2, id.as_str())
    );
    assert!(access.token("t1", at(1000)).await.expect("an answer").is_none(), "used past its end");
    assert!(!access.revoke_token("a0", &token, at(20)).await.expect("an answer"), "revoked by somebody else");
    access.set_locked(&id, true, at(20)).await.expect("locked");
    assert!(access.token("t1", at(21)).await.expect("an answer").is_none(), "used by a locked account");
    access.set_locked(&id, false, at(22)).await.expect("opened");
    assert!(access.revoke_token(&id, &token, at(23)).await.expect("an answer"));
    assert!(access.token("t1", at(24)).await.expect("an answer").is_none(), "used after it was revoked");
    assert_eq!(access.tokens(&id).await.expect("a list")[0].revoked_at, Some(at(23)));
}

async fn a_right_is_provable_and_gone_when_taken(home: Home) {
    let (ledger, access) = (home.create().await, home.access().await);
    let (id, admin) = (account(&access, "zj", "P-1").await, account(&access, "sec", "P-9").await);
    let given = access.give(&ledger, grant(&id, "handler", &admin), &[], at(5)).await.expect("a right");
    assert!(given.holds_on(DAY));
    assert!(
        !given.holds_on(jiff::civil::date(2012, 12, 31)) && !given.holds_on(jiff::civil::date(2014, 1, 1))
    );
    let entry = ledger.entry(given.entry.expect("an entry")).await.expect("the record");
    assert_eq!((entry.of.as_deref(), entry.by.as_str()), (Some("base.grant"), admin.as_str()));
    assert_eq!(entry.data["account"], id.as_str());
    assert_eq!(entry.data["role"], "handler");

    open_session(&access, &id, "h", None, 6).await;
    let (_, _, rights) = access.session("h", IDLE, at(7)).await.expect("an answer").expect("a session");
    assert_eq!(rights, [given.clone()]);

    assert_eq!(code(access.take(&ledger, &given.id, &admin, " ", at(8)).await), "ZH4040");
    let taken = access.take(&ledger, &given.id, &admin, "调离岗位", at(8)).await.expect("taken");
    assert!(!taken.holds_on(DAY));
    let history = ledger.history(given.entry.expect("an entry")).await.expect("a history");
    assert_eq!(
        history.last().map(|last| (last.kind, last.reason.as_deref())),
        Some((EntryKind::Withdraw, Some("调离岗位")))
    );
    // Again: nothing is written.
    let size = ledger.size().await.expect("a size");
    let again = access.take(&ledger, &given.id, &admin, "再次", at(9)).await.expect("taken");
    assert_eq!((again, ledger.size().await.expect("a size")), (taken, size));
    assert_eq!(access.check_grants(&ledger).await.expect("an answer"), []);
    assert_sound(&ledger).await;
}

async fn a_right_written_by_hand_is_found(home: Home) {
    let (ledger, access) = (home.create().await, home.access().await);
    let (id, admin) = (account(&access, "zj", "P-1").await, account(&access, "sec", "P-9").await);
    let first = access.give(&ledger, grant(&id, "reader", &admin), &[], at(1)).await.expect("a right");
    let second = access.give(&ledger, grant(&id, "handler", &admin), &[], at(2)).await.expect("a right");
    access.take(&ledger, &second.id, &admin, "结束", at(3)).await.expect("taken");
    let problems = async || access.check_grants(&ledger).await.expect("an answer").len();
    assert_eq!(problems().await, 0);
    let (one, two) = (&first.id, &second.id);
    for (change, back) in [
        (
            format!("UPDATE role_grant SET role = 'approver' WHERE id = '{one}'"),
            format!("UPDATE role_grant SET role = 'reader' WHERE id = '{one}'"),
        ),
        (
            format!("UPDATE role_grant SET region = '620000000000' WHERE id = '{one}'"),
            format!("UPDATE role_grant SET region = '621122000000' WHERE id = '{one}'"),
        ),
        (
            format!("UPDATE role_grant SET until_day = NULL WHERE id = '{one}'"),
            format!("UPDATE role_grant SET until_day = '2013-12-31' WHERE id = '{one}'"),
        ),
        (
            format!("UPDATE role_grant SET entry = 900 WHERE id = '{one}'"),
            format!("UPDATE role_grant SET entry = 1 WHERE id = '{one}'"),
        ),
        (
            format!("UPDATE role_grant SET taken_at = NULL WHERE id = '{two}'"),
            format!("UPDATE role_grant SET taken_at = 5 WHERE id = '{two}'"),
        ),
        (
            format!(
                "INSERT INTO role_grant SELECT 'g0', account, role, region, line, enterprise, level, since_day, until_day, reason, catalog, given_by, given_at, entry, taken_by, taken_at, taken_why, taken_entry FROM role_grant WHERE id = '{one}'"
            ),
            "DELETE FROM role_grant WHERE id = 'g0'".to_owned(),
        ),
    ] {
        assert_eq!(home.tamper_access(&change).await, 1, "{change}");
        assert!(problems().await >= 1, "not found: {change}");
        home.tamper_access(&back).await;
        assert_eq!(problems().await, 0, "{back}");
    }
}

async fn what_a_crash_left_open_is_finished(home: Home) {
    let (ledger, access) = (home.create().await, home.access().await);
    let (id, admin) = (account(&access, "zj", "P-1").await, account(&access, "sec", "P-9").await);
    let given = access.give(&ledger, grant(&id, "handler", &admin), &[], at(1)).await.expect("a right");
    let size = ledger.size().await.expect("a size");
    // As after a crash between the ledger's commit and the note in the table.
    home.tamper_access("UPDATE role_grant SET entry = NULL").await;
    assert!(!access.grant(&given.id).await.expect("an answer").expect("a right").holds_on(DAY));
    assert_eq!(access.settle(&ledger).await.expect("settled"), 1);
    assert_eq!(access.grant(&given.id).await.expect("an answer"), Some(given.clone()));
    assert_eq!(ledger.size().await.expect("a size"), size, "the record was written twice");
    // As after a crash before the ledger heard of it.
    home.tamper_access(&format!(
        "UPDATE role_grant SET taken_at = 9, taken_by = '{admin}', taken_why = '调离'"
    ))
    .await;
    assert_eq!(access.settle(&ledger).await.expect("settled"), 1);
    assert_eq!(access.settle(&ledger).await.expect("settled"), 0);
    assert_eq!(access.check_grants(&ledger).await.expect("an answer"), []);
    assert_eq!(ledger.size().await.expect("a size"), size + 1);
}

async fn who_may_not_be_given_what(home: Home) {
    let (ledger, access): (Ledger, Access) = (home.create().await, home.access().await);
    let admin = account(&access, "sec", "P-9").await;
    let own = account(&access, "sec-2", "P-9").await;
    let id = account(&access, "zj", "P-1").await;
    let second = account(&access, "zj-2", "P-1").await;
    let apart = [("system-admin", "security-admin")];
    let give = async |account: &str, role: &str| {
        code(access.give(&ledger, grant(account, role, &admin), &apart, at(1)).await)
    };
    assert_eq!(give("a-unknown", "reader").await, "ZH4202");
    assert_eq!(give(&admin, "reader").await, "ZH4205");
    assert_eq!(give(&own, "reader").await, "ZH4205", "to the same person's other account");
    assert_eq!(give(&id, "system-admin").await, "taken");
    assert_eq!(give(&id, "security-admin").await, "ZH4206");
    assert_eq!(give(&second, "security-admin").await, "ZH4206", "the other account of the same person");
    assert_eq!(give(&id, "reader").await, "taken");
    let held = access.grants(&id).await.expect("rights");
    let system = held.iter().find(|each| each.role == "system-admin").expect("the right");
    access.take(&ledger, &system.id, &admin, "轮换", at(2)).await.expect("taken");
    assert_eq!(give(&second, "security-admin").await, "taken");
}

async fn the_trail_shows_what_was_changed_in_it(home: Home) {
    let access = home.access().await;
    for n in 0..20 {
        let deed = Deed {
            n: 0,
            at: at(n * 86_400),
            kind: if n % 3 == 0 { DeedKind::Read } else { DeedKind::Login },
            account: (n % 4 != 0).then(|| format!("a{}", n % 2)),
            subject: format!("records/injury.case/{n}"),
            purpose: "核查投诉\u{0}".to_owned(),
            request: format!("r{n}"),
        };
        access.note(&deed).await.expect("noted");
    }
    let ask = async |filter: TrailFilter| -> Vec<u64> {
        access.trail(&filter).await.expect("deeds").iter().map(|deed| deed.n).collect()
    };
    assert_eq!(ask(TrailFilter { limit: 3, ..TrailFilter::default() }).await, [20, 19, 18]);
    assert_eq!(
        ask(TrailFilter { kind: Some(DeedKind::Read), before: Some(10), limit: 9, ..TrailFilter::default() })
            .await,
        [7, 4, 1]
    );
    assert_eq!(
        ask(TrailFilter { account: Some("a1".into()), limit: 2, ..TrailFilter::default() }).await,
        [20, 18]
    );
    assert_eq!(access.check_trail().await.expect("an answer"), None);

    for (change, back, place) in [
        ("UPDATE trail SET account = 'a9' WHERE n = 7", "UPDATE trail SET account = 'a0' WHERE n = 7", 7),
        (
            "UPDATE trail SET subject = 'x' WHERE n = 1",
            "UPDATE trail SET subject = 'records/injury.case/0' WHERE n = 1",
            1,
        ),
        ("UPDATE trail SET at = at + 1 WHERE n = 20", "UPDATE trail SET at = at - 1 WHERE n = 20", 20),
    ] {
        home.tamper_access(change).await;
        assert_eq!(access.check_trail().await.expect("an answer"), Some(place), "{change}");
        home.tamper_access(back).await;
    }
    assert_eq!(access.check_trail().await.expect("an answer"), None);

    assert_eq!(code(access.forget_trail(182, at(400 * 86_400)).await), "ZH4208");
    assert_eq!(access.forget_trail(183, at(193 * 86_400)).await.expect("an answer"), 10);
    assert_eq!(access.check_trail().await.expect("an answer"), None, "what was let go broke the chain");
    home.tamper_access("DELETE FROM trail WHERE n = 15").await;
    assert_eq!(access.check_trail().await.expect("an answer"), Some(16));
    assert_eq!(access.forget_trail(200, at(9000 * 86_400)).await.expect("an answer"), 8);
    assert_eq!(ask(TrailFilter { limit: 9, ..TrailFilter::default() }).await, [20]);
}

//! What the frame around handlers guarantees, with routes that no server should have.

use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::Response;
use jiff::{SignedDuration, Timestamp};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use zhiheng_base::RegionCode;
use zhiheng_record::access::{DeedKind, NewSession, TrailFilter};
use zhiheng_record::{Access, Ledger, LedgerKey};

use crate::authorize::{Action, Level, Role, Thing};
use crate::call::Call;
use crate::door::Door;
use crate::front::Log;
use crate::route::{Answer, Kind, OFFICERS, Of, Route, Verb, handler};
use crate::server::{Parts, start_with};
use crate::settings::{DoorSettings, Limits, LoginSettings, Settings};
use crate::signin::console::{First, make};
use crate::signin::session;

const TABLE: &[Route] = &[
    Route {
        id: "careless.show",
        method: Verb::Get,
        path: "/careless",
        doors: OFFICERS,
        action: Action::See,
        of: Of::Looked(Level::Personal),
        kind: Kind::Page,
        handler: handler!(careless),
    },
    Route {
        id: "patient.show",
        method: Verb::Get,
        path: "/patient/{region}",
        doors: OFFICERS,
        action: Action::See,
        of: Of::Looked(Level::Personal),
        kind: Kind::Page,
        handler: handler!(patient),
    },
    Route {
        id: "region.show",
        method: Verb::Get,
        path: "/r/{region}",
        doors: OFFICERS,
        action: Action::See,
        of: Of::Region("region", Level::Internal),
        kind: Kind::Page,
        handler: handler!(plain),
    },
    Route {
        id: "enterprise.show",
        method: Verb::Get,
        path: "/e/{enterprise}",
        doors: OFFICERS,
        action: Action::See,
        of: Of::Enterprise("enterprise", Level::Internal),
        kind: Kind::Page,
        handler: handler!(plain),
    },
    Route {
        id: "upload.send",
        method: Verb::Post,
        path: "/upload/{region}",
        doors: OFFICERS,
        action: Action::Submit,
        of: Of::Region("region", Level::Internal),
        kind: Kind::Upload,
        handler: handler!(upload),
    },
];

/// Where uploads of this test lie.
fn uploads() -> std::path::PathBuf {
    std::env::temp_dir().join(format!("zhiheng-uploads-{}", std::process::id()))
}

/// Names and sizes of what came.
async fn upload(call: Call) -> Answer {
    let (form, files) = crate::upload::read(&call, &uploads()).await?;
    let there =
        files.iter().all(|file| std::fs::metadata(&file.path).is_ok_and(|found| found.len() == file.size));
    let names: Vec<String> = files.iter().map(|file| format!("{} {}", file.name, file.size)).collect();
    Ok(Response::new(Body::from(format!("{}|{}|{there}", form.get("purpose"), names.join(",")))))
}

async fn plain(_call: Call) -> Answer {
    Ok(Response::new(Body::from("data")))
}

/// Loads and answers without having asked.
async fn careless(_call: Call) -> Answer {
    Ok(Response::new(Body::from("personal data")))
}

/// Asks first.
async fn patient(call: Call) -> Answer {
    let region = RegionCode::parse(call.param("region"))?;
    call.permit(&Thing::of_region(region, Level::Personal), "injury/1").await?;
    Ok(Response::new(Body::from("personal data")))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_without_having_asked_no_look_without_a_trace_no_upload_without_limits() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = |name: &str| dir.path().join(name).display().to_string();
    let key = LedgerKey::from_seed("test.example/quality", &[42; 32]).expect("a key");
    let ledger = Ledger::create(&path("ledger.sqlite"), key).await.expect("a ledger");
    let access = Access::open(&path("access.sqlite")).await.expect("an access database");
    let login = LoginSettings { hash_kib: 64, hash_passes: 1, ..LoginSettings::default() };
    let now = Timestamp::now();
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let first = First {
        login: "zj",
        name: "zj",
        person: "P-1",
        roles: &[Role::Handler],
        region: "621122000000",
        level: Level::Personal,
        enterprise: None,
        password: None,
    };
    let console = async |first: &First<'_>| {
        make((&access, &ledger), &login, first, &"0".repeat(64), (today, now)).await
    };
    // Roles that one person may not hold together, a password that is none: no account is left, and the login is free.
    let apart = First { roles: &[Role::SystemAdmin, Role::Handler], ..first.clone() };
    let weak = First { password: Some("123456789012"), ..first.clone() };
    for refused in [apart, weak] {
        console(&refused).await.expect_err("refused");
        assert!(access.account_by_login("zj").await.expect("an answer").is_none());
    }
    let made = console(&first).await.expect("an account");
    assert!(made.password.as_ref().is_some_and(|password| password.len() >= 16));
    let hash = "$argon2id$v=19$m=64,t=1,p=1$";
    let account = access.account(&made.account).await.expect("an answer").expect("an account");
    assert!(account.must_change && account.password.as_deref().is_some_and(|kept| kept.starts_with(hash)));
    access
        .set_password(&made.account, account.password.as_deref().expect("a hash"), false, None, now)
        .await
        .expect("set");
    let cookie = "A".repeat(43);
    let ends_at = now.saturating_add(SignedDuration::from_hours(1)).expect("a time");
    let new = NewSession {
        hash: session::hash(&cookie),
        account: made.account.clone(),
        client: "?".into(),
        ends_at,
    };
    access.open_session(&new, None, now).await.expect("a session");
    let log: Arc<Mutex<Vec<String>>> = Arc::default();
    let limits = Limits { body_pause_secs: 1, ..Limits::default() };
    let officers = DoorSettings { listen: ([127, 0, 0, 1], 0).into(), origin: None, limits };
    let settings = Settings { officers, login, ..Settings::default() };
    let mut parts = Parts::new(settings, access.clone(), ledger, &"0".repeat(64), "0.1.0");
    parts.log = Log::Kept(Arc::clone(&log));
    let running = start_with(parts, TABLE).await.expect("a server");
    let address = running.address(Door::Officers).expect("a door");
    let get = async |path: &str| -> (String, String) {
        let mut stream = tokio::net::TcpStream::connect(address).await.expect("a connection");
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nAccept: application/json\r\nCookie: zh-session={cookie}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.expect("written");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        (head.split(' ').nth(1).expect("a status").to_owned(), body.to_owned())
    };

    let (status, body) = get("/careless").await;
    assert_eq!(status, "500");
    assert!(!body.contains("personal data") && body.contains("ZH7500"), "{body}");
    assert!(
        log.lock().expect("a log").iter().any(|line| line.contains("without asking")),
        "the log does not say why"
    );

    for (path, wanted) in [
        ("/patient/621122000000", "200"),
        ("/patient/621121000000", "404"),
        ("/patient/nowhere", "422"),
        ("/r/621122000000", "200"),
        ("/r/621122101000", "200"),
        ("/r/621121000000", "404"),
        ("/r/621100000000", "404"),
        ("/r/610000000000", "404"),
        ("/r/nowhere", "404"),
        // Where the enterprise lies is not known from its address: a right for a county does not reach it.
        ("/e/91621122MA00000001", "404"),
    ] {
        let (status, body) = get(path).await;
        assert_eq!(status, wanted, "{path}: {body}");
    }
    let filter = |kind| TrailFilter { kind: Some(kind), limit: 20, ..TrailFilter::default() };
    let looks = access.trail(&filter(DeedKind::Read)).await.expect("deeds");
    let seen: Vec<_> = looks.iter().map(|deed| (deed.account.as_deref(), deed.subject.as_str())).collect();
    assert_eq!(seen, [(Some(made.account.as_str()), "injury/1")]);
    assert_eq!(looks[0].request.len(), 16);
    let refused = access.trail(&filter(DeedKind::Refused)).await.expect("deeds");
    assert_eq!(refused.len(), 5, "{refused:?}");

    std::fs::create_dir(uploads()).expect("a folder");
    let boundary = "XX";
    let csrf = crate::signin::csrf::token(&cookie);
    let send = async |path: &str, kind: &str, body: &[u8], claimed: usize| -> (String, String) {
        let mut stream = tokio::net::TcpStream::connect(address).await.expect("a connection");
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nAccept: application/json\r\nCookie: zh-session={cookie}\r\n\
             Origin: http://{address}\r\nContent-Type: {kind}\r\nContent-Length: {claimed}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.expect("written");
        let _ = stream.write_all(body).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        (head.split(' ').nth(1).expect("a status").to_owned(), body.to_owned())
    };
    let part = |head: &str, body: &str| {
        format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
    };
    let good = [
        part("name=\"purpose\"", "季度填报"),
        part("name=\"file\"; filename=\"../抽查.csv\"", "a,b\n1,2\n"),
        part("name=\"file\"; filename=\"\"", ""),
        format!("--{boundary}--\r\n"),
    ]
    .concat();
    let multipart = format!("multipart/form-data; boundary={boundary}");
    let path = format!("/upload/621122000000?csrf={csrf}");
    let (status, body) = send(&path, &multipart, good.as_bytes(), good.len()).await;
    assert_eq!((status.as_str(), body.as_str()), ("200", "季度填报|抽查.csv 8|true"));
    let many: String = (0..101).map(|n| part(&format!("name=\"f{n}\""), "x")).collect();
    for (what, path, kind, body, claimed, wanted) in [
        ("no token", "/upload/621122000000", multipart.as_str(), good.as_str(), good.len(), "403"),
        (
            "a sister county",
            &format!("/upload/621121000000?csrf={csrf}"),
            &multipart,
            &good,
            good.len(),
            "404",
        ),
        ("no form", &path, "text/plain", "x", 1, "422"),
        ("no end", &path, &multipart, &good[..good.len() - 10], good.len() - 10, "422"),
        ("too many parts", &path, &multipart, &many, many.len(), "422"),
        ("too large", &path, &multipart, "", 70_000_000, "413"),
        ("silent after a part", &path, &multipart, &good[..50], good.len(), "408"),
    ] {
        let (status, answer) = send(path, kind, body.as_bytes(), claimed).await;
        assert_eq!(status, wanted, "{what}: {answer}");
    }
    let left = std::fs::read_dir(uploads()).expect("a folder").count();
    assert_eq!(left, 0, "files of uploads stay behind");
    std::fs::remove_dir(uploads()).expect("removed");
}

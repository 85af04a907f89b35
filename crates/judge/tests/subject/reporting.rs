//! The credit report in three scopes.

use zhiheng_base::Lang;
use zhiheng_judge::subject::report::{Objection, Section};
use zhiheng_judge::subject::{CreditFile, CreditReport, Pins, Rules, Scope, report, verdict};

use super::{date, entry, scheme, shipped};

const HOLDER: &str = "91110000802100433B";

fn file() -> CreditFile {
    let rows = [
        "kind=basic number=1 on_day=2010-01-01 publicity=public holder_name=示例粉业厂 source=登记机关 person=某某 summary=法定代表人_11010519491231002X",
        "kind=basic number=2 on_day=2012-01-01 publicity=public holder_name=示例粉业有限公司 source=登记机关",
        "kind=penalty severity=general number=3 on_day=2012-02-01 publicity=public public_until=2015-02-01 source=监管所 amount=20000 objection=raised",
        "kind=penalty severity=light number=4 on_day=2012-03-01 publicity=public objection=upheld source=监管所",
        "kind=inspection number=5 on_day=2012-04-01 publicity=government source=监管所",
        "kind=inspection number=6 on_day=2012-04-02 source=监管所",
        "kind=third-party number=7 on_day=2012-05-01 publicity=self grade=AA source=第三方",
        "kind=certificate number=8 on_day=2012-06-01 until_day=2014-05-31 publicity=public source=认证机构",
        "kind=award number=9 on_day=2016-06-01 publicity=public source=政府",
    ];
    let mut entries: Vec<_> = rows.iter().zip(1..).map(|(cells, number)| entry(number, cells)).collect();
    entries[0].via = Some("80210043-3".into());
    CreditFile { holder: HOLDER.into(), doubtful: false, entries }
}

fn drawn(scope: Scope, day: &str) -> CreditReport {
    let catalog = shipped();
    let file = file();
    let mut verdicts = Vec::new();
    for id in ["credit.jiangsu", "credit.risk"] {
        let mut rules = Rules::new(scheme(catalog, id));
        let statements = file.statements(&mut rules);
        verdicts.push((scheme(catalog, id), verdict(&rules, HOLDER, &statements, date(day))));
    }
    let graded: Vec<_> = verdicts.iter().map(|(scheme, verdict)| (*scheme, verdict)).collect();
    let pins = Pins { ledger_size: 9, ledger_root: None, catalog: catalog.digest.clone() };
    report(catalog, &catalog.records["credit.statement"], &file, &graded, scope, date(day), pins)
}

fn entries(sections: &[Section]) -> Vec<u64> {
    let mut all: Vec<u64> =
        sections.iter().flat_map(|one| one.statements.iter().map(|one| one.entry)).collect();
    all.sort_unstable();
    all
}

#[test]
fn each_scope_sees_its_own() {
    let rows: [(Scope, &str, &[u64]); 7] = [
        // 4 is struck, 5 and 6 are for authorities, 7 for the enterprise, 9 has not happened.
        (Scope::Public, "2014-06-30", &[1, 2, 3, 8]),
        // The publicity of 3 includes its last day.
        (Scope::Public, "2015-02-01", &[1, 2, 3, 8]),
        (Scope::Public, "2015-02-02", &[1, 2, 8]),
        (Scope::Public, "2016-06-01", &[1, 2, 8, 9]),
        (Scope::Own, "2014-06-30", &[1, 2, 3, 4, 7, 8]),
        (Scope::Authority, "2014-06-30", &[1, 2, 3, 4, 5, 6, 7, 8]),
        (Scope::Public, "2009-12-31", &[]),
    ];
    for (scope, day, wanted) in rows {
        assert_eq!(entries(&drawn(scope, day).sections), wanted, "{scope:?} on {day}");
    }
}

#[test]
fn nothing_personal_or_internal_is_public() {
    let public = serde_json::to_string(&drawn(Scope::Public, "2014-06-30")).unwrap();
    let authority = serde_json::to_string(&drawn(Scope::Authority, "2014-06-30")).unwrap();
    let own = serde_json::to_string(&drawn(Scope::Own, "2014-06-30")).unwrap();
    for secret in ["某某", "11010519491231002X", "credit.risk", "person"] {
        assert!(!public.contains(secret), "{secret} in public");
        assert!(authority.contains(secret), "{secret} not for authorities");
    }
    assert!(!own.contains("credit.risk"));
    assert!(own.contains("11010519491231002X"));
}

#[test]
fn what_is_shown_is_marked_named_and_sourced() {
    let told = drawn(Scope::Authority, "2014-06-30");
    assert_eq!(told.name.as_deref(), Some("示例粉业有限公司"));
    assert_eq!(told.other_codes, ["80210043-3"]);
    assert_eq!(told.period, Some((date("2010-01-01"), date("2012-06-01"))));
    let all: Vec<_> = told.sections.iter().flat_map(|one| &one.statements).collect();
    let find = |number: u64| *all.iter().find(|one| one.entry == number).unwrap();
    assert_eq!(find(3).objection, Objection::Doubted);
    assert_eq!(find(4).objection, Objection::Struck);
    assert_eq!(find(1).via.as_deref(), Some("80210043-3"));
    // The certificate ended on 2014-05-31.
    assert!(find(8).ended);
    assert!(
        !drawn(Scope::Public, "2014-05-31")
            .sections
            .iter()
            .flat_map(|one| &one.statements)
            .any(|one| one.ended)
    );
    let severity = find(3).facts.iter().find(|fact| fact.field == "severity").unwrap();
    assert_eq!((severity.value.zh.as_str(), severity.value.en.as_str()), ("一般", "General"));
    let sources: Vec<(&str, u32)> = told.sources.iter().map(|(name, n)| (name.as_str(), *n)).collect();
    assert_eq!(sources.iter().map(|(_, n)| n).sum::<u32>(), 8);
    assert!(sources.contains(&("监管所", 4)), "{sources:?}");
    let sections: Vec<&str> = told.sections.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(sections, ["identity", "qualification", "supervision", "breach", "grading"]);
    for lang in [Lang::Zh, Lang::En] {
        assert!(told.front.iter().all(|node| !node.sentence(lang).contains("credit-")));
    }
}

#[test]
fn the_code_covers_every_part() {
    let told = drawn(Scope::Public, "2014-06-30");
    assert_eq!(told.code, drawn(Scope::Public, "2014-06-30").code);
    assert_eq!(told.code.len(), 19);
    assert!(told.verifies());
    let back: CreditReport = serde_json::from_str(&serde_json::to_string(&told).unwrap()).unwrap();
    assert!(back.verifies());
    let changes: [fn(&mut CreditReport); 6] = [
        |one| one.holder.push('X'),
        |one| one.pins.ledger_size += 1,
        |one| one.grades[0].grade = Some("AAA".into()),
        |one| _ = one.sections[0].statements.pop(),
        |one| one.sections[0].statements[0].facts[0].value.zh.push('1'),
        |one| one.scope = Scope::Own,
    ];
    for change in changes {
        let mut one = told.clone();
        change(&mut one);
        assert!(!one.verifies());
    }
    let mut none = told;
    none.code.clear();
    assert!(!none.verifies());
}

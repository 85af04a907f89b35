//! One enterprise, many codes.

use zhiheng_judge::subject::file::files;
use zhiheng_judge::subject::identity::Alias;
use zhiheng_judge::subject::{By, Identity, Match};

use super::{date, entry};

const ONE: &str = "9144030071526726XG";
const TWO: &str = "91110000802100433B";
/// A real code of 2015 that breaks its own rule.
const FUJIAN: &str = "91350100M0001TGQXM";

fn alias(entry: u64, alias: &str, holder: &str, since: &str, until: Option<&str>) -> Alias {
    Alias { entry, alias: alias.into(), holder: holder.into(), since: date(since), until: until.map(date) }
}

fn same(holder: &str, by: By, doubtful: bool) -> Match {
    Match::Same { holder: holder.into(), by, doubtful }
}

#[test]
fn codes_lead_to_their_holder() {
    let aliases = [
        alias(7, "110108000000016", TWO, "2010-01-01", None),
        alias(8, "示例粉业厂", TWO, "2010-01-01", Some("2015-12-31")),
        alias(9, FUJIAN, ONE, "2016-01-01", None),
        alias(10, "71522222X", TWO, "2010-01-01", None),
    ];
    let identity = Identity::new([ONE, TWO, FUJIAN, "no code"], aliases);
    let rows = [
        (ONE, "2014-01-01", same(ONE, By::Code, false)),
        // The organisation code of positions 9 to 17, with and without its hyphen.
        ("71526726-X", "2014-01-01", same(ONE, By::Organisation, false)),
        ("71526726X", "2014-01-01", same(ONE, By::Organisation, false)),
        ("71526726x", "2014-01-01", same(ONE, By::Organisation, false)),
        // An old registration number and a former name go by what a person confirmed.
        ("110108000000016", "2014-01-01", same(TWO, By::Alias(vec![7]), false)),
        ("示例粉业厂", "2015-12-31", same(TWO, By::Alias(vec![8]), false)),
        ("示例粉业厂", "2016-01-01", Match::Unknown),
        ("示例肥业厂", "2014-01-01", Match::Unknown),
        ("440301103097413", "2014-01-01", Match::Unknown),
        // A wrong check character is told; after the merger the successor answers.
        (FUJIAN, "2015-06-01", same(FUJIAN, By::Code, true)),
        (FUJIAN, "2016-01-01", same(ONE, By::Alias(vec![9]), true)),
    ];
    for (text, day, wanted) in rows {
        assert_eq!(identity.find(text, date(day)).unwrap(), wanted, "{text} on {day}");
    }
    assert_eq!(identity.find("911100008021004!3B", date("2014-01-01")).unwrap(), Match::Unknown);
    assert_eq!(identity.find("91110000802100433O", date("2014-01-01")).unwrap_err().code, "ZH1302");
}

#[test]
fn more_than_one_is_left_to_a_person() {
    // Two credit codes with one organisation code: another department registered the same body.
    let body = "5244030071526726X";
    let other = format!("{body}{}", zhiheng_base::code::uscc_check(body).unwrap());
    let identity = Identity::new([ONE, &other], []);
    let several = identity.find("71526726-X", date("2014-01-01")).unwrap();
    assert_eq!(several, Match::Several(vec![ONE.into(), other.clone()]));
    // A person has said which.
    let identity = Identity::new([ONE, &other], [alias(3, "71526726-X", &other, "2010-01-01", None)]);
    let found = identity.find("71526726X", date("2014-01-01")).unwrap();
    assert_eq!(found, same(&other, By::Alias(vec![3]), false));
    // Circles and contradictions lead nowhere.
    let circle = [alias(1, ONE, TWO, "2010-01-01", None), alias(2, TWO, ONE, "2010-01-01", None)];
    let identity = Identity::new([ONE, TWO], circle);
    assert!(matches!(identity.find(ONE, date("2014-01-01")).unwrap(), Match::Several(_)));
    let two = [alias(1, FUJIAN, TWO, "2010-01-01", None), alias(2, FUJIAN, ONE, "2010-01-01", None)];
    let identity = Identity::new([ONE, TWO], two);
    assert_eq!(
        identity.find(FUJIAN, date("2014-01-01")).unwrap(),
        Match::Several(vec![TWO.into(), ONE.into()])
    );
}

#[test]
fn files_join_what_was_recorded_under_old_codes() {
    let identity = Identity::new([ONE], []);
    let rows = [
        entry(3, &format!("holder={ONE} kind=basic on_day=2016-01-01")),
        entry(1, "holder=71526726-X kind=penalty on_day=2012-01-01"),
        entry(2, "holder=12345678-9 kind=penalty on_day=2012-01-01"),
        entry(4, "holder=91110000802100433O kind=penalty on_day=2012-01-01"),
    ];
    let all = files(&identity, "holder", rows, date("2016-06-30"));
    let mine = &all.files[ONE];
    assert_eq!(mine.entries.iter().map(|one| one.entry).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(mine.other_codes(), ["71526726-X"]);
    assert_eq!(all.files["12345678-9"].entries.len(), 1);
    assert_eq!(all.problems.len(), 1);
}

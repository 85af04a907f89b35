//! Tests of checked codes: published vectors, real codes, and properties of the check characters.

use std::path::Path;

use proptest::prelude::*;

use super::*;

fn mismatch(expected: char) -> Verdict {
    Verdict::CheckMismatch { expected }
}

/// The diagnostic code of a malformed verdict, else `ok` or `mismatch`.
fn word(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Ok => "ok".to_owned(),
        Verdict::CheckMismatch { .. } => "mismatch".to_owned(),
        Verdict::Malformed(diagnostic) => diagnostic.code.to_string(),
    }
}

#[test]
fn credit_codes() {
    for text in ["9144030071526726XG", "91330100799655058B", "914403001922038216", "91110000802100433B"] {
        assert_eq!(uscc(text), Verdict::Ok, "{text}");
    }
    // Real and legal codes of Fujian that break the rule.
    assert_eq!(uscc("91350100M0001TGQXM"), mismatch('1'));
    assert_eq!(uscc("91350211M0000XUF46"), mismatch('R'));
    assert_eq!(uscc("91350203M0001FUE2P"), mismatch('J'));
    let table = [
        ("", "ZH1301"),
        ("9144030071526726X", "ZH1301"),
        ("9144030071526726XG0", "ZH1301"),
        ("9144030071526726Xg", "ZH1303"),
        ("9144030071526726XI", "ZH1302"),
        ("91440300O1526726XG", "ZH1302"),
        ("9144A30071526726XG", "ZH1302"),
        ("9144030071526726X信", "ZH1302"),
        ("９144030071526726XG", "ZH1401"),
        ("91440300 71526726XG", "ZH1402"),
        ("91440300-1526726XG", "ZH1302"),
    ];
    for (text, wanted) in table {
        assert_eq!(word(&uscc(text)), wanted, "{text}");
    }
    assert_eq!(organisation_of("9144030071526726XG").as_deref(), Some("71526726-X"));
    assert_eq!(organisation_of("9144030071526726XI"), None);
    assert_eq!(region_of("9144030071526726XG").unwrap().to_string(), "440300");
    assert_eq!(uscc_masked("9144030071526726XG"), "91440300**********");
    assert_eq!(uscc_masked("not a code"), "**********");
}

#[test]
fn organisation_codes() {
    assert_eq!(organisation_code("71526726-X"), Verdict::Ok);
    assert_eq!(organisation_code("71526726X"), Verdict::Ok);
    assert_eq!(organisation_code("71526726-1"), mismatch('X'));
    assert_eq!(word(&organisation_code("7152-6726X")), "ZH1301");
    assert_eq!(word(&organisation_code("71526726-x")), "ZH1303");
    assert_eq!(word(&organisation_code("71526726--")), "ZH1302");
    assert_eq!(word(&organisation_code("编号编号编号")), "ZH1301");
}

#[test]
fn registration_numbers() {
    assert_eq!(registration_number_15("110108000000016"), Verdict::Ok);
    assert_eq!(registration_number_15("440301103097413"), Verdict::Ok);
    assert_eq!(registration_number_15("440301103097414"), mismatch('3'));
    assert_eq!(word(&registration_number_15("44030110309741")), "ZH1301");
    // ISO 7064, MOD 11,10.
    assert_eq!(registration_check("0794"), Some('5'));
    assert_eq!(registration_check("07x4"), None);
}

#[test]
fn gs1_numbers() {
    for text in ["96385074", "036000291452", "6901234567892", "16901234567899", "4006381333931"] {
        assert_eq!(gtin(text), Verdict::Ok, "{text}");
    }
    assert_eq!(gtin("6901234567890"), mismatch('2'));
    assert_eq!(word(&gtin("690123456789")), "mismatch");
    assert_eq!(word(&gtin("69012345678")), "ZH1301");
    assert_eq!(word(&gtin("690123456789X")), "ZH1302");
    assert_eq!(gtin14("6901234567892").as_deref(), Some("06901234567892"));
    assert_eq!(gln("6901234567892"), Verdict::Ok);
    assert_eq!(word(&gln("96385074")), "ZH1301");
    assert_eq!(sscc("106141412345678908"), Verdict::Ok);
    assert_eq!(sscc("106141412345678909"), mismatch('8'));
}

#[test]
fn citizen_numbers() {
    // The example of the standard.
    assert_eq!(citizen_id("11010519491231002X"), Verdict::Ok);
    assert_eq!(citizen_id("440524188001010014"), Verdict::Ok);
    assert_eq!(citizen_id("110105194912310020"), mismatch('X'));
    assert_eq!(word(&citizen_id("11010519491231002x")), "ZH1303");
    assert_eq!(word(&citizen_id("110105491231002")), "ZH1301");
    assert_eq!(word(&citizen_id("11010519490230002X")), "ZH1304");
    assert_eq!(word(&citizen_id("11010519491331002X")), "ZH1304");
    assert_eq!(citizen_masked("11010519491231002X"), "11****************");
    let shown = citizen_id("11010519490230002X").diagnostic("").unwrap();
    assert!(!shown.message(crate::Lang::En).contains("19490230"));
}

#[test]
fn a_wrong_check_character_is_a_warning() {
    let warning = uscc("91350100M0001TGQXM").diagnostic("91350100M0001TGQXM").unwrap();
    assert!(!warning.is_error());
    assert_eq!(warning.code, "ZH1305");
    assert!(uscc("91350100M0001TGQXM").is_acceptable() && !uscc("91350100M0001TGQXM").is_ok());
    assert_eq!(Verdict::Ok.diagnostic("x"), None);
}

/// Real credit codes of enterprises with the result that another validator gave.
#[test]
#[expect(clippy::print_stderr, reason = "says that it did not run")]
fn real_credit_codes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/ref/uscc_samples.csv");
    if !Path::new(path).exists() {
        assert!(std::env::var_os("CI").is_none(), "{path} is missing");
        eprintln!("did not run: {path} is missing");
        return;
    }
    let text = std::fs::read_to_string(path).unwrap();
    let mut n_codes = 0;
    for line in text.lines().skip(1) {
        let (code, result) = line.split_once(',').unwrap();
        let wanted = match result.trim() {
            "valid" => "ok",
            "InvalidChecksum" => "mismatch",
            other => panic!("unknown result {other}"),
        };
        assert_eq!(word(&uscc(code)), wanted, "{code}");
        n_codes += 1;
    }
    assert!(n_codes >= 20, "only {n_codes} codes");
}

proptest! {
    #[test]
    fn generated_credit_codes_pass_and_any_slip_shows(
        body in "[1-9ANY][1-9][0-9]{6}[0-9A-HJ-NP-RTUW-Y]{9}", place in 0_usize..17, other in "[0-9]"
    ) {
        let check = uscc_check(&body).unwrap();
        let code = format!("{body}{check}");
        prop_assert_eq!(uscc(&code), Verdict::Ok);
        let mut slipped = code.clone();
        slipped.replace_range(place..=place, &other);
        prop_assert_eq!(uscc(&slipped) == Verdict::Ok, slipped == code);
    }

    #[test]
    fn generated_digits_pass_and_any_slip_shows(body in "[0-9]{17}", place in 0_usize..12, slip in 1_u8..10) {
        type Pair = (fn(&str) -> Verdict, fn(&str) -> Option<char>);
        let kinds: [(Pair, usize); 3] =
            [((gtin, gs1_check), 12), ((sscc, gs1_check), 17), ((registration_number_15, registration_check), 14)];
        for ((judge, check), length) in kinds {
            let body = &body[..length];
            let code = format!("{body}{}", check(body).unwrap());
            prop_assert_eq!(judge(&code), Verdict::Ok);
            let mut bytes = code.into_bytes();
            bytes[place] = b'0' + (bytes[place] - b'0' + slip) % 10;
            prop_assert!(judge(std::str::from_utf8(&bytes).unwrap()) != Verdict::Ok);
        }
        let check = organisation_check(&body[..8]).unwrap();
        prop_assert_eq!(organisation_code(&format!("{}-{check}", &body[..8])), Verdict::Ok);
        prop_assert!(citizen_check(&body).is_some());
    }

    #[test]
    fn any_text_gets_a_verdict(text in "\\PC{0,20}") {
        let all = [uscc(&text), organisation_code(&text), registration_number_15(&text), gtin(&text), sscc(&text)];
        for verdict in all {
            if let Some(diagnostic) = verdict.diagnostic(&text) {
                prop_assert!(!diagnostic.message(crate::Lang::Zh).starts_with("«zh"));
            }
        }
        let _ = (citizen_id(&text), uscc_masked(&text), citizen_masked(&text), gtin14(&text), organisation_of(&text));
    }
}

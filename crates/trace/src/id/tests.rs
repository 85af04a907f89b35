//! Identifiers against the published normal forms, hand calculations and other programs.

use proptest::prelude::*;

use super::*;

/// The URNs of the published document with all GS1 keys, with the links that its hash was computed from.
const PUBLISHED: [(&str, &str); 22] = [
    ("urn:epc:id:sgtin:4012345.012345.12", "01/04012345123456/21/12"),
    ("urn:epc:id:sscc:4012345.0000000333", "00/040123450000003338"),
    ("urn:epc:id:grai:4012345.66666.87", "8003/0401234566666387"),
    ("urn:epc:id:giai:4012345.AAbb", "8004/4012345AAbb"),
    ("urn:epc:id:gsrn:4012345.9876540000", "8018/401234598765400000"),
    ("urn:epc:id:gsrnp:4012345.0000098765", "8017/401234500000987658"),
    ("urn:epc:id:gdti:4012345.55555.98", "253/401234555555498"),
    ("urn:epc:id:cpi:4012345.ABC.123", "8010/4012345ABC/8011/123"),
    ("urn:epc:id:sgcn:4012345.99999.44", "255/401234599999044"),
    ("urn:epc:id:ginc:4012345.333", "401/4012345333"),
    ("urn:epc:id:gsin:4012345.999987654", "402/40123459999876541"),
    ("urn:epc:id:itip:4012345.012345.01.02.999", "8006/040123451234560102/21/999"),
    ("urn:epc:id:upui:4012345.012345.AB12", "01/04012345123456/235/AB12"),
    ("urn:epc:class:lgtin:4054739.099914.20160711", "01/04054739999148/10/20160711"),
    ("urn:epc:idpat:sgtin:4054739.099914.*", "01/04054739999148"),
    ("urn:epc:idpat:grai:4012345.66666.*", "8003/04012345666663"),
    ("urn:epc:idpat:gdti:4012345.55555.*", "253/4012345555554"),
    ("urn:epc:idpat:sgcn:4012345.99999.*", "255/4012345999990"),
    ("urn:epc:idpat:cpi:4012345.ABC.*", "8010/4012345ABC"),
    ("urn:epc:idpat:itip:4012345.012345.01.02.*", "8006/040123451234560102"),
    ("urn:epc:id:sgln:4012345.00011.987", "414/4012345000115/254/987"),
    ("urn:epc:id:pgln:4000001.98765", "417/4000001987658"),
];

#[test]
fn published_normal_forms_both_ways() {
    for (urn, link) in PUBLISHED {
        let identifier = Identifier::read(urn).unwrap_or_else(|problem| panic!("{urn}: {problem:?}"));
        let link = format!("https://id.gs1.org/{link}");
        assert_eq!(identifier.link(), link, "{urn}");
        let again = Identifier::read(&link).expect("a link");
        assert_eq!(again, identifier, "{link}");
        assert_eq!(identifier.urn(&Prefixes::none()).as_deref(), Ok(urn), "the URN told its prefix");
        // a link does not tell where the company prefix ends
        assert_eq!(
            again.urn(&Prefixes::none()).map_err(|problem| problem.code),
            Err("ZH9506".into()),
            "{link}"
        );
        let (prefixes, left_out) =
            Prefixes::from_rows([("4012345", 7), ("4054739", 7), ("40000", 7), ("x", 7)]);
        assert_eq!(left_out, 1);
        if !urn.starts_with("urn:epc:id:upui") {
            assert_eq!(again.urn(&prefixes).as_deref(), Ok(urn), "{link}");
        }
        let elements = Elements::from(&identifier);
        for text in [elements.brackets(), elements.separated()] {
            let read = Elements::read(&text).and_then(|elements| elements.identifier());
            assert_eq!(read.as_ref(), Ok(&identifier), "{text}");
        }
    }
}

#[test]
fn one_carton_in_all_syntaxes() {
    // check digit by hand: 0401234511111, odd places from the right 9, even 15: 3 * 9 + 15 = 42, so 8
    let canonical = "https://id.gs1.org/01/04012345111118/21/9876";
    for text in [
        "urn:epc:id:sgtin:4012345.011111.9876",
        "https://id.gs1.org/01/04012345111118/21/9876",
        "http://zhuisu.example.cn/a/b/01/04012345111118/21/9876?17=260101&linkType=all#x",
        "https://example.com/gtin/4012345111118/ser/9876",
        "https://example.com/01/04012345111118/10/LOT/21/9876/",
        "https://example.com/01/04012345111118/22/2A/21/9876",
        "(01)04012345111118(21)9876",
        "(01)04012345111118(10)LOT(21)9876",
        "]C10104012345111118219876",
        "]d2010401234511111810LOT\u{1d}219876",
    ] {
        assert_eq!(
            Identifier::read(text).map(|identifier| identifier.link()).as_deref(),
            Ok(canonical),
            "{text}"
        );
    }
    let link =
        Link::read("https://x.example/01/04012345111118/10/L%2F1/21/9?17=260101&99=%zz&x=1").expect("a link");
    assert_eq!(link.lot.as_deref(), Some("L/1"));
    assert_eq!(link.attributes, [("17".to_owned(), "260101".to_owned())]);
}

#[test]
fn levels_and_classes() {
    for (text, level) in [
        ("urn:epc:id:sgtin:4012345.011111.9876", Level::Instance),
        ("urn:epc:class:lgtin:4012345.011111.L", Level::Lot),
        ("6901234567892", Level::Class),
        ("urn:epc:id:sgln:4012345.00011.0", Level::Instance),
        ("urn:epc:id:sscc:4012345.0000000333", Level::Instance),
    ] {
        assert_eq!(Identifier::read(text).map(|identifier| identifier.level()), Ok(level), "{text}");
    }
    let piece = Identifier::read("urn:epc:id:sgtin:4012345.011111.9876").expect("a piece");
    assert_eq!(Ok(piece.class()), Identifier::read("urn:epc:idpat:sgtin:4012345.011111.*"));
    // twelve digits and fourteen are the same goods; another indicator is another class
    assert_eq!(Identifier::read("614141777778"), Identifier::read("00614141777778"));
    assert_ne!(Identifier::read("10614141777775"), Identifier::read("00614141777778"));
}

#[test]
fn a_wrong_check_digit_is_told_and_kept() {
    let identifier = Identifier::read("https://id.gs1.org/01/06901234567893/10/A").expect("well formed");
    assert_eq!(identifier.link(), "https://id.gs1.org/01/06901234567893/10/A");
    let problem = identifier.problem().expect("a warning");
    assert_eq!((problem.code.as_ref(), problem.args["expected"].as_str()), ("ZH9503", "2"));
    assert_eq!(Identifier::read("(8013)1987654Ad4X4bL5ttr2310c2K").map(|model| model.problem()), Ok(None));
    let model = Identifier::read("(8013)1987654Ad4X4bL5ttr2310c2L").expect("well formed");
    assert_eq!(model.problem().expect("a warning").args["expected"], "2K");
}

#[test]
fn what_is_refused_and_why() {
    for (text, code) in [
        ("urn:epc:id:sgtin:4012345.11111.9876", "ZH9502"),
        ("urn:epc:id:sgtin:40123.01111111.9876", "ZH9501"),
        ("urn:epc:id:sgtin:4012345.011111", "ZH9501"),
        ("urn:epc:id:sgtin:4012345.011111.*", "ok: a star is a character of a serial"),
        ("urn:epc:id:sgtin:4012345.011111.a b", "ZH9504"),
        ("urn:epc:id:sgtin:4012345.011111.%2", "ZH9505"),
        ("urn:epc:id:sgtin:4012345.011111.123456789012345678901", "ZH9502"),
        ("urn:epc:id:xxxx:4012345.011111.1", "ZH9501"),
        ("urn:epc:idpat:sgtin:4012345.*.*", "ZH9501"),
        ("urn:epc:id:sscc:4012345.000000033", "ZH9502"),
        ("urn:epc:id:sgtin:4012345..1", "ZH9502"),
        ("urn:epc:id:sgtin:", "ZH9501"),
        ("urn:epc:", "ZH9501"),
        ("https://example.com/01/123/21/1", "ZH9502"),
        ("https://example.com/01/04012345111118/99/1", "ZH9501"),
        ("https://example.com/01/04012345111118/21", "ZH9501"),
        ("https://example.com/", "ZH9501"),
        ("https://", "ZH9501"),
        ("(02)04012345111118", "ZH9501"),
        ("(05)1", "ZH9507"),
        ("(01)0401234511111", "ZH9508"),
        ("]C1", "ZH9501"),
        ("]C199", "ZH9508"),
        ("123", "ZH9501"),
        ("", "ZH9501"),
        ("\u{6279}\u{6b21}", "ZH9501"),
    ] {
        let got = match Identifier::read(text) {
            Ok(_) => "ok: a star is a character of a serial".into(),
            Err(problem) => problem.code,
        };
        assert_eq!(got, code, "{text}");
    }
}

#[test]
fn patterns_of_queries() {
    let pieces = "urn:epc:id:sgtin:4012345.011111.9876";
    for (pattern, text, matches) in [
        ("urn:epc:idpat:sgtin:4012345.011111.9876", pieces, true),
        ("urn:epc:idpat:sgtin:4012345.011111.*", pieces, true),
        ("urn:epc:idpat:sgtin:4012345.*.*", pieces, true),
        ("urn:epc:idpat:sgtin:*.*.*", pieces, true),
        ("urn:epc:idpat:sgtin:4012345.011112.*", pieces, false),
        ("urn:epc:idpat:sgtin:401234.*.*", pieces, false),
        ("urn:epc:idpat:sgtin:401234.*.*", "https://id.gs1.org/01/04012345111118/21/9876", true),
        ("urn:epc:idpat:sgtin:4012345.*.*", "https://id.gs1.org/01/04012345111118/21/9876", true),
        ("urn:epc:idpat:grai:*.*.*", pieces, false),
        ("urn:epc:idpat:sgtin:*.*.*", "urn:epc:class:lgtin:4012345.011111.9876", false),
        ("urn:epc:idpat:lgtin:4012345.*.*", "urn:epc:class:lgtin:4012345.011111.9876", true),
        ("https://example.org/gtin/04012345111118/ser/9876", pieces, true),
        ("https://example.org/any", "https://example.org/any", true),
    ] {
        assert_eq!(
            Pattern::read(pattern).map(|pattern| pattern.matches(text)),
            Ok(matches),
            "{pattern} on {text}"
        );
    }
    assert!(Pattern::read("urn:epc:idpat:sgtin:*.011111.*").is_err());
}

#[test]
fn goods_codes_of_all_structures() {
    let goods = "https://id.gs1.org/01/06901234567892";
    for (text, structure, link, lot) in [
        ("6901234567892", Structure::BarCode, goods.to_owned(), None),
        (
            "(01)06901234567892(10)ABC(21)7(17)260101",
            Structure::Elements,
            format!("{goods}/21/7"),
            Some("ABC"),
        ),
        ("010690123456789210ABC", Structure::Elements, format!("{goods}/10/ABC"), Some("ABC")),
        (
            "http://www.example.cn/gtin/06901234567892/bat/Q4D593/ser/32a",
            Structure::MakerAddress,
            format!("{goods}/21/32a"),
            Some("Q4D593"),
        ),
        ("https://www.example.cn/gtin/6901234567892", Structure::MakerAddress, goods.to_owned(), None),
        (
            "http://platform.example.cn/0106901234567892OXjVB3",
            Structure::NationalAddress,
            format!("{goods}/21/OXjVB3"),
            None,
        ),
        (
            "http://platform.example.cn/010690123456789210ABC",
            Structure::NationalAddress,
            format!("{goods}/10/ABC"),
            Some("ABC"),
        ),
        (
            "https://id.gs1.org/01/06901234567892/10/A?17=260101",
            Structure::DigitalLink,
            format!("{goods}/10/A"),
            Some("A"),
        ),
    ] {
        let code = goods_code(text).unwrap_or_else(|problem| panic!("{text}: {problem:?}"));
        assert_eq!(
            (code.structure, code.identifier.link(), code.lot.as_deref()),
            (structure, link, lot),
            "{text}"
        );
    }
    let code = goods_code("(01)06901234567892(17)260101").expect("a goods code");
    assert_eq!(code.attributes, [("17".to_owned(), "260101".to_owned())]);
    for text in
        ["", "http://www.example.cn/", "hello", "http://www.example.cn/gtin/69", "(00)340123450000000000"]
    {
        assert!(goods_code(text).is_err() || text.starts_with("(00)"), "{text}");
    }
}

fn serial() -> impl Strategy<Value = String> {
    "[!-~]{1,20}"
        .prop_map(|text| text.chars().filter(|&c| character::is_in('X', c)).collect::<String>())
        .prop_filter("empty", |text| !text.is_empty())
}

#[test]
fn usual_links_are_known_by_sight() {
    let usual = |path: &str| usual(&format!("https://id.gs1.org/{path}")).map(str::to_owned);
    for path in [
        "01/04012345123456",
        "01/04012345123456/21/12",
        "01/04054739999148/10/20160711",
        "00/040123450000003338",
        "414/4012345000115",
        "414/4012345000115/254/987",
        "417/4000001987658",
    ] {
        assert!(usual(path).is_some(), "{path}");
    }
    for path in [
        "01/4012345123456",
        "01/04012345123456/",
        "01/04012345123456/21/",
        "01/04012345123456/21/a/10/b",
        "01/04012345123456/21/a%2F",
        "01/04012345123456/21/123456789012345678901",
        "01/04012345123456?17=300101",
        "01/04012345123456/22/a",
        "414/4012345000115/254/0",
        "414/4012345000115/21/1",
        "gtin/04012345123456",
        "8003/0401234566666387",
    ] {
        assert_eq!(usual(path), None, "{path}");
    }
    assert_eq!(link::usual("https://example.com/01/04012345123456"), None);
}

proptest! {
    #[test]
    fn a_usual_link_is_canonical_and_its_check_digit_is_that_of_the_key(
        ai in "00|01|414|417|8003",
        digits in "[0-9]{13}|[0-9]{14}|[0-9]{18}",
        after in "(/(10|21|254)/([-0-9A-Za-z._]{1,20}|[-0-9A-Za-z._~!%:]{0,22}))?",
    ) {
        let text = format!("https://id.gs1.org/{ai}/{digits}{after}");
        if let Some(body) = usual(&text) {
            let read = Identifier::read(&text).expect("an identifier");
            prop_assert_eq!(read.link(), text.clone());
            prop_assert_eq!(read.problem().is_none(), has_right_check(body));
        }
    }

    #[test]
    fn any_piece_survives_every_syntax(company in "[0-9]{6,12}", fill in "[0-9]{13}", serial in serial(), lot in any::<bool>()) {
        let reference = &fill[..13 - company.len()];
        let escaped = crate::uri::escape(&serial, "!'()*+,-.:;=_");
        let urn = if lot { format!("urn:epc:class:lgtin:{company}.{reference}.{escaped}") }
            else { format!("urn:epc:id:sgtin:{company}.{reference}.{escaped}") };
        let identifier = Identifier::read(&urn).expect("well formed");
        prop_assert!(identifier.problem().is_none());
        prop_assert_eq!(identifier.urn(&Prefixes::none()), Ok(urn.clone()));
        let again = Identifier::read(&identifier.link()).expect("a link");
        prop_assert_eq!(&again, &identifier);
        let mut prefixes = Prefixes::none();
        prefixes.learn(&identifier);
        prop_assert_eq!(again.urn(&prefixes), Ok(urn));
        let separated = Elements::from(&identifier).separated();
        prop_assert_eq!(Elements::read(&separated).and_then(|elements| elements.identifier()), Ok(identifier));
    }

    #[test]
    fn nothing_panics(text in "\\PC{0,60}") {
        let _ = Identifier::read(&text);
        let _ = Pattern::read(&text).map(|pattern| pattern.matches(&text));
        let _ = goods_code(&text);
    }

    #[test]
    fn nothing_panics_near_the_truth(start in prop::sample::select(vec!["urn:epc:id:sgtin:", "urn:epc:idpat:itip:", "urn:epc:id:cpi:", "https://a.b/01/", "https://a.b/8003/", "(01)", "]C1", "urn:epc:class:lgtin:"]), rest in "[0-9.*%/()A-F]{0,40}") {
        let text = format!("{start}{rest}");
        let _ = Identifier::read(&text).map(|identifier| (identifier.link(), identifier.urn(&Prefixes::none()), Elements::from(&identifier)));
        let _ = Pattern::read(&text).map(|pattern| pattern.matches(&text));
        let _ = goods_code(&text);
    }
}

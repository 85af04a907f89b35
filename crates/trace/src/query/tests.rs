//! Every family of parameters, on events whose fields are known.

use super::*;
use crate::{Limits, json};

fn events() -> Vec<Event> {
    let text = r#"{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ex":"https://ns.example.com/epcis/"}],
"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-01T00:00:00Z","epcisBody":{"eventList":[
{"type":"ObjectEvent","eventID":"urn:uuid:1","eventTime":"2026-01-02T00:00:00+08:00","eventTimeZoneOffset":"+08:00","action":"ADD",
 "bizStep":"commissioning","disposition":"active","epcList":["urn:epc:id:sgtin:4012345.011111.9876"],
 "quantityList":[{"epcClass":"urn:epc:class:lgtin:4012345.011111.L1","quantity":1500,"uom":"GRM"}],
 "readPoint":{"id":"urn:epc:id:sgln:4012345.00011.0","ex:dock":"7"},"bizLocation":{"id":"https://example.com/site"},
 "bizTransactionList":[{"type":"po","bizTransaction":"urn:epc:id:gdti:4012345.55555.98"}],
 "sourceList":[{"type":"owning_party","source":"urn:epc:id:pgln:4012345.00012"}],
 "destinationList":[{"type":"location","destination":"https://example.com/there"}],
 "persistentDisposition":{"set":["completeness_verified"],"unset":["stolen"]},
 "ilmd":{"ex:grade":"A","ex:batch":{"ex:size":12}},"ex:note":"hello","ex:count":5,"ex:when":"2026-01-01T00:00:00Z"},
{"type":"AggregationEvent","eventID":"urn:uuid:2","eventTime":"2026-01-03T00:00:00+08:00","eventTimeZoneOffset":"+08:00","action":"OBSERVE",
 "bizStep":"https://ref.gs1.org/cbv/BizStep-packing","parentID":"urn:epc:id:sscc:4012345.0000000333",
 "childEPCs":["urn:epc:id:sgtin:4012345.011111.1"],"childQuantityList":[{"epcClass":"urn:epc:class:lgtin:4012345.011111.L2","quantity":3}]},
{"type":"TransformationEvent","eventID":"urn:uuid:3","eventTime":"2026-01-04T00:00:00+08:00","eventTimeZoneOffset":"+08:00",
 "transformationID":"urn:epc:id:gdti:4012345.55555.77","inputEPCList":["urn:epc:id:sgtin:4012345.022222.1"],
 "outputEPCList":["urn:epc:id:sgtin:4012345.033333.1"],"inputQuantityList":[{"epcClass":"urn:epc:class:lgtin:4012345.022222.L3","quantity":2,"uom":"TNE"}],
 "outputQuantityList":[{"epcClass":"urn:epc:class:lgtin:4012345.033333.L4","quantity":1,"uom":"LTR"}]},
{"type":"ObjectEvent","eventID":"urn:uuid:4","eventTime":"2026-01-05T00:00:00+08:00","eventTimeZoneOffset":"+08:00","action":"OBSERVE",
 "epcList":["urn:epc:id:sgtin:4012345.011111.5"],"sensorElementList":[{"ex:kit":"K","sensorMetadata":{"time":"2026-01-04T23:00:00+08:00","deviceID":"urn:epc:id:giai:4000001.111","ex:meta":"M"},
 "sensorReport":[{"type":"Temperature","value":5,"minValue":4,"maxValue":8,"meanValue":5.5,"sDev":1,"percRank":90,"percValue":7,"uom":"CEL","ex:cv":123},
 {"type":"gs1:MT-Strange","stringValue":"ok","booleanValue":true,"hexBinaryValue":"0a1B","uriValue":"https://example.com/v","microorganism":"https://example.com/m","chemicalSubstance":"https://example.com/c","dataProcessingMethod":"https://example.com/d"}]}]},
{"type":"ObjectEvent","eventID":"urn:uuid:1","eventTime":"2026-01-02T00:00:00+08:00","eventTimeZoneOffset":"+08:00","action":"OBSERVE",
 "epcList":["urn:epc:id:sgtin:4012345.011111.9876"],"errorDeclaration":{"declarationTime":"2026-02-01T00:00:00Z","reason":"incorrect_data","correctiveEventIDs":["urn:uuid:9"],"ex:who":"me"}}
]}}"#;
    let outcome = json::read(text.as_bytes(), &Limits::default());
    assert!(outcome.is_sound(), "{:#?}", outcome.problems.list());
    outcome.document.expect("a document").events
}

fn spaces() -> Vec<(String, String)> {
    vec![("ex".to_owned(), "https://ns.example.com/epcis/".to_owned())]
}

fn read(text: &str) -> Result<Query, Vec<zhiheng_base::Diagnostic>> {
    let pairs: Vec<(String, String)> = text
        .split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Query::read(&pairs, &spaces())
}

/// Numbers of the events that fit, from 1.
fn found(text: &str) -> Vec<usize> {
    let query = read(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
    let mut masters = Masters::default();
    masters
        .below
        .insert("https://example.com/region".to_owned(), vec!["https://example.com/site".to_owned()]);
    let own = masters.attributes.entry("https://example.com/site".to_owned()).or_default();
    own.insert("https://ns.example.com/epcis/owner".to_owned(), vec!["me".to_owned()]);
    events()
        .iter()
        .zip(1..)
        .filter(|(event, n)| query.matches(event, i64::from(*n) * 1_000_000, &masters))
        .map(|(_, n)| n as usize)
        .collect()
}

#[test]
fn every_family_of_parameters() {
    for (text, wanted) in [
        ("eventType=ObjectEvent", vec![1, 4, 5]),
        ("eventType=AggregationEvent|TransformationEvent", vec![2, 3]),
        (
            "GE_eventTime=2026-01-02T16:00:00Z&LT_eventTime=2026-01-04T00:00:00%2B08:00"
                .replace("%2B", "+")
                .as_str(),
            vec![2],
        ),
        ("GE_recordTime=1970-01-01T00:00:04Z", vec![4, 5]),
        ("LT_recordTime=1970-01-01T00:00:02Z", vec![1]),
        ("EQ_action=ADD", vec![1]),
        ("EQ_bizStep=urn:epcglobal:cbv:bizstep:packing", vec![2]),
        ("EQ_bizStep=packing|commissioning", vec![1, 2]),
        ("EQ_disposition=active", vec![1]),
        ("EQ_persistentDisposition_set=completeness_verified", vec![1]),
        ("EQ_persistentDisposition_unset=https://ref.gs1.org/cbv/Disp-stolen", vec![1]),
        ("EQ_readPoint=https://id.gs1.org/414/4012345000115", vec![1]),
        ("EQ_bizLocation=https://example.com/site", vec![1]),
        ("WD_bizLocation=https://example.com/region", vec![1]),
        ("WD_readPoint=https://example.com/region", vec![]),
        ("EQ_transformationID=urn:epc:id:gdti:4012345.55555.77", vec![3]),
        ("MATCH_epc=urn:epc:idpat:sgtin:4012345.011111.*", vec![1, 2, 4, 5]),
        ("MATCH_epc=https://id.gs1.org/01/04012345111118/21/9876", vec![1, 5]),
        ("MATCH_parentID=urn:epc:idpat:sscc:4012345.*", vec![2]),
        ("MATCH_inputEPC=urn:epc:id:sgtin:4012345.022222.1", vec![3]),
        ("MATCH_outputEPC=urn:epc:id:sgtin:4012345.033333.1", vec![3]),
        ("MATCH_anyEPC=urn:epc:idpat:sscc:4012345.*|urn:epc:id:sgtin:4012345.033333.1", vec![2, 3]),
        ("MATCH_epcClass=urn:epc:class:lgtin:4012345.011111.L2", vec![2]),
        ("MATCH_inputEPCClass=urn:epc:class:lgtin:4012345.022222.L3", vec![3]),
        ("MATCH_outputEPCClass=urn:epc:class:lgtin:4012345.022222.L3", vec![]),
        ("MATCH_anyEPCClass=urn:epc:class:lgtin:4012345.033333.L4", vec![3]),
        ("EQ_quantity=3", vec![2]),
        ("GE_quantity=3&LT_quantity=2000", vec![1, 2]),
        ("EQ_quantity_KGM=1.5", vec![1]),
        ("GT_quantity_KGM=1.5", vec![3]),
        ("LE_quantity_EA=3", vec![2]),
        ("EQ_eventID=urn:uuid:1", vec![1, 5]),
        ("EXISTS_errorDeclaration=true", vec![5]),
        ("EXISTS_errorDeclaration=false", vec![1, 2, 3, 4]),
        ("GE_errorDeclarationTime=2026-02-01T00:00:00Z", vec![5]),
        ("LT_errorDeclaration_Time=2026-02-01T00:00:00Z", vec![]),
        ("EQ_errorReason=urn:epcglobal:cbv:er:incorrect_data", vec![5]),
        ("EQ_correctiveEventID=urn:uuid:9", vec![5]),
        ("EQ_bizTransaction_desadv=urn:epc:id:gdti:4012345.55555.98", vec![]),
        ("EQ_bizTransaction_po=urn:epc:id:gdti:4012345.55555.98", vec![1]),
        ("EQ_source_owning_party=urn:epc:id:pgln:4012345.00012", vec![1]),
        ("EQ_destination_location=https://example.com/there", vec![1]),
        ("EQ_destination_owning_party=https://example.com/there", vec![]),
        ("EXISTS_sensorElementList=true", vec![4]),
        ("EXISTS_sensorElement", vec![4]),
        ("GE_time=2026-01-04T00:00:00Z", vec![4]),
        ("LT_time=2026-01-04T00:00:00Z", vec![]),
        ("EQ_type=gs1:Temperature", vec![4]),
        ("EQ_deviceID=urn:epc:id:giai:4000001.111", vec![4]),
        ("EQ_stringValue=ok&EQ_booleanValue=true&EQ_hexBinaryValue=0A1b", vec![4]),
        ("EQ_uriValue=https://example.com/v&EQ_microorganism=https://example.com/m", vec![4]),
        ("EQ_chemicalSubstance=https://example.com/c&EQ_dataProcessingMethod=https://example.com/d", vec![4]),
        ("GE_value_KEL=278.15", vec![4]),
        ("GT_value_KEL=278.15", vec![]),
        ("LT_maxValue_FAH=46.4", vec![]),
        ("LE_maxValue_FAH=46.4", vec![4]),
        ("EQ_minValue_CEL=4&EQ_meanValue_CEL=5.50&EQ_percValue_CEL=7&EQ_percRank=90", vec![4]),
        ("EQ_sDev_FAH=1.8", vec![4]),
        ("GE_value_BAR=1", vec![]),
        ("EQ_ex:note=hello", vec![1]),
        ("GT_ex:count=4&LE_ex:count=5", vec![1]),
        ("EQ_ex:count=5.0", vec![1]),
        ("LT_ex:when=2026-01-01T00:00:01Z", vec![1]),
        ("EXISTS_ex:note", vec![1]),
        ("EQ_ILMD_ex:grade=A|B", vec![1]),
        ("EQ_INNER_ILMD_ex:size=12", vec![1]),
        ("GE_INNER_ILMD_ex:size=13", vec![]),
        ("EXISTS_INNER_ex:size", vec![]),
        ("EQ_readPoint_ex:dock=7", vec![1]),
        ("EQ_SENSORELEMENT_ex:kit=K", vec![4]),
        ("EQ_SENSORMETADATA_ex:meta=M", vec![4]),
        ("GT_SENSORREPORT_ex:cv=122", vec![4]),
        ("EXISTS_SENSORREPORT_ex:cv", vec![4]),
        ("EQ_ERROR_DECLARATION_ex:who=me", vec![5]),
        ("EXISTS_https://ns.example.com/epcis/note", vec![1]),
        ("HASATTR_bizLocation=ex:owner", vec![1]),
        ("EQ_ATTR_bizLocation_ex:owner=me|you", vec![1]),
        ("EQ_ATTR_bizLocation_ex:owner=you", vec![]),
        ("EQATTR_bizLocation_https://ns.example.com/epcis/owner=me", vec![1]),
        ("HASATTR_bizLocation_cbvmda:owner=", vec![]),
        // parameters are joined by “and”
        ("eventType=ObjectEvent&EQ_action=OBSERVE&EXISTS_sensorElementList=true", vec![4]),
    ] {
        assert_eq!(found(text), wanted, "{text}");
    }
}

#[test]
fn wrong_parameters_are_told() {
    for (text, code) in [
        ("EQ_nothing=1", "ZH9560"),
        ("nonsense", "ZH9560"),
        ("GT_bizStep=shipping", "ZH9560"),
        ("EQ_value=5", "ZH9560"),
        ("EQ_percRank_CEL=5", "ZH9560"),
        ("GE_eventTime=yesterday", "ZH9561"),
        ("EQ_action=EAT", "ZH9561"),
        ("eventType=Object", "ZH9561"),
        ("EQ_quantity=many", "ZH9561"),
        ("perPage=0", "ZH9561"),
        ("orderDirection=UP", "ZH9561"),
        ("EQ_quantity=1&EQ_quantity=2", "ZH9561"),
        ("MATCH_epc=urn:epc:idpat:sgtin:*.1.2", "ZH9561"),
        ("orderBy=eventTime&eventCountLimit=5&maxEventCount=6", "ZH9562"),
        ("eventCountLimit=5", "ZH9566"),
        ("nextPageToken=x", "ZH9564"),
        ("EQ_no:field=1", "ZH9565"),
    ] {
        let problems = read(text).expect_err(text);
        assert_eq!(problems.first().map(|problem| problem.code.as_ref()), Some(code), "{text}");
    }
}

#[test]
fn a_query_in_json_is_the_same() {
    let text = r#"{"@context":{"ex":"https://ns.example.com/epcis/"},"eventType":["ObjectEvent"],"GE_value_KEL":278.15,
"EQ_ex:note":["hello"],"EXISTS_errorDeclaration":true,"perPage":7}"#;
    let mut problems = crate::Problems::new();
    let value = json::parse(text.as_bytes(), &Limits::default(), &mut problems).expect("JSON");
    let wanted = read(
        "eventType=ObjectEvent&GE_value_KEL=278.15&EQ_ex:note=hello&EXISTS_errorDeclaration=true&perPage=7",
    );
    assert_eq!(Query::from_json(&value), wanted);
}

#[test]
fn order_and_tokens() {
    let sorted = |text: &str| {
        let query = read(text).expect("a query");
        let mut keys: Vec<(Key, u64)> =
            events().iter().zip(1..).map(|(event, n)| (query.key(event, n * 1_000_000), n as u64)).collect();
        query.sort(&mut keys);
        keys.into_iter().map(|(_, n)| n).collect::<Vec<_>>()
    };
    assert_eq!(sorted("perPage=2"), [1, 2, 3, 4, 5]);
    // DESC unless told otherwise; events 1 and 5 happened at one time
    assert_eq!(sorted("orderBy=eventTime"), [4, 3, 2, 5, 1]);
    assert_eq!(sorted("orderBy=eventTime&orderDirection=ASC"), [1, 5, 2, 3, 4]);
    // what has no such field comes last in either direction
    assert_eq!(sorted("orderBy=ex:count&orderDirection=ASC").first(), Some(&1));
    assert_eq!(sorted("orderBy=ex:count").first(), Some(&1));
    let token = Token { size: 1234, given: 60 };
    assert_eq!(Token::read(&token.text()), Some(token));
}

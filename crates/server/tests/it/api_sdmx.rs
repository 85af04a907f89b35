//! Tables of numbers in SDMX: the same numbers as in our own JSON, in messages that hang together. The official schemas are on no
//! registry from which tests could take them, so what the standard asks is asked here, member by member.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::client::Client;
use crate::figures::sampled;
use crate::world::World;

const ASKED: &str = "indicator=sampling.pass_rate&region=621100&period=2013&each=quarter&level=county";

async fn reader(world: &World) -> Client {
    let account = world.account("city").await;
    world.give(&account, "reader", "621100000000", "internal").await;
    world.sign_in("city").await.with("Accept-Language", "en")
}

/// Our own numbers by region and period as SDMX writes it.
async fn ours(client: &mut Client) -> BTreeMap<(String, String), Value> {
    let table = client.get(&format!("/api/v1/measures?{ASKED}")).await.json();
    let all = table["data"].as_array().expect("numbers").iter();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    all.map(|one| ((text(&one["region"]), text(&one["period"]).replace('Q', "-Q")), one.clone())).collect()
}

fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    cells.push(cell);
    cells
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn csv_and_json_say_what_our_own_numbers_say() {
    let world = World::new().await;
    sampled(&world, "621122", 40, 2).await;
    sampled(&world, "621123", 40, 20).await;
    sampled(&world, "621124", 5, 1).await;
    let mut client = reader(&world).await;
    let ours = ours(&mut client).await;
    assert_eq!(ours.len(), 28, "seven counties in four quarters");

    let csv = client.get(&format!("/api/v1/measures.sdmx.csv?{ASKED}")).await;
    assert_eq!(csv.header("content-type"), "application/vnd.sdmx.data+csv;version=2.0.0;charset=utf-8");
    let mut lines = csv.body.lines();
    let head = cells(lines.next().expect("titles"));
    assert_eq!(
        head[..7],
        ["STRUCTURE", "STRUCTURE_ID", "ACTION", "INDICATOR", "REF_AREA", "TIME_PERIOD", "OBS_VALUE"]
    );
    let mut seen = 0;
    for line in lines {
        let row: BTreeMap<String, String> = head.iter().cloned().zip(cells(line)).collect();
        let own = &ours[&(row["REF_AREA"].clone(), row["TIME_PERIOD"].clone())];
        let text = |name: &str| own[name].as_str().unwrap_or_default();
        assert_eq!(
            (row["STRUCTURE"].as_str(), row["STRUCTURE_ID"].as_str(), row["ACTION"].as_str()),
            ("datastructure", "ZHIHENG:MEASURES(1.0.0)", "I")
        );
        assert_eq!(row["INDICATOR"], "sampling-pass_rate");
        assert_eq!(
            (row["OBS_VALUE"].as_str(), row["NUMERATOR"].as_str(), row["DENOMINATOR"].as_str()),
            (text("value"), text("top"), text("bottom")),
            "{line}"
        );
        assert_eq!(
            (row["LOWER_BOUND"].as_str(), row["UPPER_BOUND"].as_str(), row["ADDRESS"].as_str()),
            (text("low"), text("high"), text("address"))
        );
        assert_eq!((row["CATALOG"].as_str(), row["UNIT_MEASURE"].as_str()), (text("catalog"), "PT"));
        seen += 1;
    }
    assert_eq!(seen, 28);
    // By hand: 38 of 40 in Longxi, a small sample in Weiyuan's neighbour, nothing elsewhere.
    let find = |region: &str| {
        csv.body.lines().find(|line| line.contains(&format!(",{region},2013-Q2,"))).expect("a row").to_owned()
    };
    assert!(find("621122").contains(",621122,2013-Q2,95.0,PT,38,40,"), "{}", find("621122"));
    let status = |region: &str| {
        cells(&find(region))[head.iter().position(|one| one == "OBS_STATUS").expect("a column")].clone()
    };
    assert_eq!(
        (status("621122").as_str(), status("621124").as_str(), status("621102").as_str()),
        ("A", "U", "O")
    );

    let mut asking = client.clone().with("Accept", "application/vnd.sdmx.data+json;version=2.0.0");
    let json = asking.get(&format!("/api/v1/measures?{ASKED}")).await;
    assert_eq!(json.header("content-type"), "application/vnd.sdmx.data+json;version=2.0.0;charset=utf-8");
    let message = json.json();
    for member in ["schema", "id", "test", "prepared", "contentLanguages", "sender"] {
        assert!(!message["meta"][member].is_null(), "meta.{member}");
    }
    let structure = &message["data"]["structures"][0];
    let dimensions = structure["dimensions"]["observation"].as_array().expect("dimensions");
    let attributes = structure["attributes"]["observation"].as_array().expect("attributes");
    let places: Vec<_> = dimensions.iter().map(|one| one["keyPosition"].as_u64()).collect();
    assert_eq!(places, [Some(0), Some(1), Some(2)]);
    let set = &message["data"]["dataSets"][0];
    assert_eq!((set["structure"].as_u64(), set["action"].as_str()), (Some(0), Some("Information")));
    let observations = set["observations"].as_object().expect("observations");
    assert_eq!(observations.len(), 28);
    for (key, cells) in observations {
        let key: Vec<usize> = key.split(':').map(|place| place.parse().expect("a place")).collect();
        let code = |at: usize| dimensions[at]["values"][key[at]]["id"].as_str().expect("a code").to_owned();
        let own = &ours[&(code(1), code(2))];
        let value = cells[0].as_f64().map(|value| format!("{value:.1}"));
        assert_eq!(value.as_deref(), own["value"].as_str());
        assert_eq!(cells.as_array().map(Vec::len), Some(1 + attributes.len()));
        let attribute = |name: &str| {
            let at = attributes.iter().position(|one| one["id"] == name).expect("an attribute");
            cells[at + 1].as_u64().map(|place| attributes[at]["values"][place as usize]["value"].clone())
        };
        for (name, own_name) in
            [("NUMERATOR", "top"), ("DENOMINATOR", "bottom"), ("LOWER_BOUND", "low"), ("ADDRESS", "address")]
        {
            assert_eq!(attribute(name).unwrap_or(Value::Null), own[own_name], "{name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_structure_names_everything_that_the_data_use() {
    let world = World::new().await;
    sampled(&world, "621122", 40, 2).await;
    let mut client = reader(&world).await;
    let asked = "indicator=sampling.pass_rate&region=621122&period=2013&each=quarter&by=level";
    let answer = client.get(&format!("/api/v1/structure.sdmx.json?{asked}")).await;
    assert_eq!(
        answer.header("content-type"),
        "application/vnd.sdmx.structure+json;version=2.0.0;charset=utf-8"
    );
    let message = answer.json();
    let data = &message["data"];
    let definition = &data["dataStructures"][0];
    assert_eq!(
        (definition["id"].as_str(), definition["agencyID"].as_str()),
        (Some("MEASURES_BY_LEVEL"), Some("ZHIHENG"))
    );
    let parts = &definition["dataStructureComponents"];
    let concepts: Vec<&str> = data["conceptSchemes"][0]["concepts"]
        .as_array()
        .expect("concepts")
        .iter()
        .filter_map(|one| one["id"].as_str())
        .collect();
    let lists: Vec<&Value> = data["codelists"].as_array().expect("lists").iter().collect();
    let dimensions = parts["dimensionList"]["dimensions"].as_array().expect("dimensions");
    assert_eq!(
        dimensions.iter().filter_map(|one| one["id"].as_str()).collect::<Vec<_>>(),
        ["INDICATOR", "REF_AREA", "LEVEL"]
    );
    let urn = |component: &Value| {
        component["conceptIdentity"].as_str().expect("a urn").rsplit('.').next().expect("an id").to_owned()
    };
    for (at, dimension) in dimensions.iter().enumerate() {
        assert_eq!(dimension["position"].as_u64(), Some(at as u64));
        assert!(concepts.contains(&urn(dimension).as_str()));
        let list = dimension["localRepresentation"]["enumeration"].as_str().expect("a list");
        assert!(
            lists.iter().any(|one| list
                == format!(
                    "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=ZHIHENG:{}(1.0.0)",
                    one["id"].as_str().expect("an id")
                )),
            "{list}"
        );
    }
    assert_eq!(parts["dimensionList"]["timeDimension"]["id"], "TIME_PERIOD");
    for component in parts["attributeList"]["attributes"]
        .as_array()
        .expect("attributes")
        .iter()
        .chain(parts["measureList"]["measures"].as_array().expect("measures"))
    {
        assert!(concepts.contains(&urn(component).as_str()), "{component}");
        assert!(!component["localRepresentation"]["format"]["dataType"].is_null());
    }
    // Identifiers are such as SDMX allows, in data and structure alike.
    let good = |id: &str| {
        !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_@$-".contains(&byte))
    };
    for code in lists.iter().flat_map(|list| list["codes"].as_array().expect("codes")) {
        assert!(good(code["id"].as_str().expect("a code")) && !code["names"]["zh"].is_null(), "{code}");
    }
    let message = client.get(&format!("/api/v1/measures.sdmx.json?{asked}")).await.json();
    let link = message["data"]["structures"][0]["links"][0]["urn"].as_str().expect("a urn").to_owned();
    assert_eq!(Some(link.as_str()), definition["links"][0]["urn"].as_str());
    for (dimension, list) in message["data"]["structures"][0]["dimensions"]["observation"]
        .as_array()
        .expect("dimensions")
        .iter()
        .zip(&lists)
    {
        assert_eq!(dimension["values"], list["codes"], "{}", dimension["id"]);
    }
    // Without the right there is no table.
    let (mut other, _) = world.signed_in("other", &[]).await;
    assert_eq!(other.clone().json().get(&format!("/api/v1/measures.sdmx.csv?{asked}")).await.status, 404);
    let answer = other.get("/api/v1/measures.sdmx.json?indicator=x").await;
    assert!([404, 422].contains(&answer.status), "{}", answer.body);
}

/// A number of the past is asked by the size of the ledger, in the address or beside it; and so are its rows and reasons.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_of_the_past_stay_as_they_were() {
    let world = World::new().await;
    sampled(&world, "621122", 40, 2).await;
    let mut client = reader(&world).await;
    let size = world.ledger.size().await.expect("a size");
    world
        .enter("later", "sampling.batch", &["task", "sample_no"], (0..10).map(|n| serde_json::json!({
            "task": "U", "sample_no": n.to_string(), "level": "county", "sampled_on": "2013-05-07", "sampled_in": "621122",
            "link": "production", "product": "flour", "producer_name": "示例面粉厂", "conclusion": "conform",
        })))
        .await;
    let number = "/api/v1/measures/sampling.pass_rate/621122/2013Q2";
    let parts = async |client: &mut Client, path: &str| {
        let data = client.get(path).await.json()["data"].clone();
        (
            data["top"].as_str().unwrap_or_default().to_owned(),
            data["bottom"].as_str().unwrap_or_default().to_owned(),
        )
    };
    assert_eq!(parts(&mut client, number).await, ("48".to_owned(), "50".to_owned()));
    for then in [format!("{number}?as_of={size}"), format!("{number}@{size}")] {
        assert_eq!(parts(&mut client, &then).await, ("38".to_owned(), "40".to_owned()), "{then}");
    }
    for (path, wanted) in
        [(format!("{number}/rows?limit=1000"), 50), (format!("{number}/rows?limit=1000&as_of={size}"), 40)]
    {
        assert_eq!(client.get(&path).await.json()["data"].as_array().map(Vec::len), Some(wanted), "{path}");
    }
}

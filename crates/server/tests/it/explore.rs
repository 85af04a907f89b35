//! Figures crosswise: every arrangement holds the figures that the API answers at the addresses that the page shows; what is not the
//! visitor's is not there, what cannot be shown is told at its field.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::figures::sampled;
use crate::world::World;

/// Three counties of a city: 38 of 40, 20 of 40, 4 of 5.
async fn city() -> (World, Client) {
    let world = World::new().await;
    sampled(&world, "621122", 40, 2).await;
    sampled(&world, "621123", 40, 20).await;
    sampled(&world, "621124", 5, 1).await;
    let account = world.account("city").await;
    world.give(&account, "reader", "621100000000", "internal").await;
    let client = world.sign_in("city").await;
    (world, client)
}

async fn good(client: &mut Client, path: &str) -> Answer {
    let answer = client.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    assert!(!answer.body.contains('«'), "{path} names a text that is not there");
    answer
}

/// Addresses of the API that a page shows.
fn addresses(body: &str) -> Vec<String> {
    body.split("href=\"/api/v1/measures?")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|rest| format!("/api/v1/measures?{}", rest.replace("&amp;", "&").replace("&#38;", "&")))
        .collect()
}

/// What the API answers there: printed values by `indicator/region/period`.
async fn answered(client: &mut Client, body: &str) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    for address in addresses(body) {
        let table = good(client, &address).await.json();
        for one in table["data"].as_array().expect("numbers") {
            let part = |name: &str| one[name].as_str().expect("a text").to_owned();
            let key = format!("{}/{}/{}", part("indicator"), part("region"), part("period"));
            found.insert(key, one["value"].clone());
        }
    }
    found
}

const TWO: &str = "indicator=sampling.pass_rate&indicator=sampling.batches&region=621100";

/// Rows, columns, the rest, rows and columns of figures.
const ARRANGED: [(&str, &str, &str, usize, usize); 6] = [
    (
        "region",
        "period",
        "indicator=sampling.pass_rate&region=621100&level=county&from=2013Q1&to=2013Q4",
        7,
        4,
    ),
    ("period", "region", "indicator=sampling.pass_rate&region=621100&level=county&from=2013&each=half", 2, 7),
    ("region", "indicator", "level=county&from=2013&to=2013", 7, 2),
    ("indicator", "region", "level=county&from=2013Q2", 2, 7),
    ("period", "indicator", "level=&from=2012&to=2013", 2, 2),
    ("indicator", "period", "level=&from=2013-04&to=2013-06", 2, 3),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_arrangement_holds_the_figures_of_the_api() {
    let (_world, mut client) = city().await;
    for (rows, columns, rest, n_rows, n_columns) in ARRANGED {
        let of = if rest.starts_with("indicator") { String::new() } else { format!("{TWO}&") };
        let path = format!("/explore?{of}{rest}&rows={rows}&columns={columns}");
        let page = good(&mut client, &path).await.body;
        let api = answered(&mut client, &page).await;
        let twin = good(&mut client, &format!("{path}&as=json")).await.json();
        let table = twin["table"]["rows"].as_array().expect("rows");
        assert_eq!(table.len(), n_rows, "{path}");
        let mut n = 0;
        for row in table {
            let cells = row.as_array().expect("cells");
            assert_eq!(cells.len(), n_columns + 1, "{path}");
            for cell in &cells[1..] {
                let (text, href) = (cell["text"].as_str().expect("a text"), cell["href"].as_str());
                let key = href.and_then(|href| href.strip_prefix("/m/")).expect("an address of a number");
                match api.get(key).unwrap_or_else(|| panic!("{path}: {key} is not in the API")) {
                    Value::String(value) => {
                        assert!(text.starts_with(value.as_str()), "{key}: {text} {value}")
                    }
                    _ => assert_eq!(text, "无数据", "{key}"),
                }
                n += 1;
            }
        }
        assert_eq!((n, api.len()), (n_rows * n_columns, n_rows * n_columns), "{path}");
        assert_eq!(twin["figures"].as_array().map(Vec::len), Some(n), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_quantity_is_chosen_and_the_table_leaves_as_files() {
    let (_world, mut client) = city().await;
    let asked = "/explore?indicator=sampling.pass_rate&region=621100&level=county&from=2013Q1&to=2013Q4";
    for (show, text) in
        [("value", "95.0%"), ("parts", "38 ÷ 40"), ("interval", "83.5–98.6"), ("records", "40")]
    {
        let page = good(&mut client, &format!("{asked}&show={show}")).await.body;
        let mark = format!("<a href=\"/m/sampling.pass_rate/621122/2013Q2\">{text}</a>");
        assert!(page.contains(&mark), "{show}: {page}");
    }
    // Five batches are few: said for this figure, beside the table.
    let page = good(&mut client, asked).await.body;
    assert!(page.contains("id=\"explore-remarks\"") && page.contains("基数小于规定下限"), "{page}");
    // The line of the command and the address of the API, word for word.
    let line = "zhiheng measure table sampling.pass_rate --region 621100 --period 2013-01-01..2013-12-31 --level county --each quarter";
    assert!(page.contains(line), "{page}");
    let address = "/api/v1/measures?indicator=sampling.pass_rate&region=621100&period=2013-01-01..2013-12-31&level=county&each=quarter";
    assert_eq!(addresses(&page), [address]);
    // A total has no second part.
    let total =
        good(&mut client, "/explore?indicator=sampling.batches&region=621100&from=2013&show=parts").await;
    assert!(total.body.contains(">40 批次</a>"), "{}", total.body);
    // It can be kept, and goes along as files.
    assert!(page.contains("/account/views?path=%2Fexplore%3Findicator%3Dsampling.pass_rate"), "{page}");
    let csv = client.get(&format!("{asked}&as=csv")).await;
    assert!(csv.header("content-type").starts_with("text/csv") && csv.body.starts_with('\u{feff}'));
    assert_eq!(csv.body.lines().count(), 8, "{}", csv.body);
    assert!(csv.body.contains("陇西县,无数据,95.0%"), "{}", csv.body);
    let book = client.get(&format!("{asked}&as=xlsx")).await;
    assert!(book.body.starts_with("PK"), "{}", book.status);
    let mut english = client.clone();
    english.cookies.insert("zh-lang".to_owned(), "en".to_owned());
    let page = good(&mut english, asked).await.body;
    assert!(page.contains("Figures crosswise") || page.contains("<h1>Analysis</h1>"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_must_not_be_shown_is_not_shown_here_either() {
    let (world, mut client) = city().await;
    let marks = [
        "image_overall",
        "image_trust",
        "expected_overall",
        "expected_reliable",
        "quality_overall",
        "quality_reliable",
        "quality_service",
        "value_for_price",
        "price_for_value",
        "satisfied_overall",
        "satisfied_expected",
        "satisfied_ideal",
        "loyal_again",
        "loyal_recommend",
    ];
    let answers = (0..20_usize).map(|at| {
        let mut data = json!({
            "survey": "S", "answer_no": at.to_string(), "asked_on": "2013-05-06", "lives_in": "621122",
            "subject": "product", "stratum": "s", "point": format!("p{}", at % 4), "weight": "1",
        });
        for (n, mark) in marks.iter().enumerate() {
            data[*mark] = json!(4 + (at * 3 + at * n) % 6);
        }
        data
    });
    world.enter("A-1", "satisfaction.answer", &["survey", "answer_no"], answers).await;
    let number = good(&mut client, "/m/satisfaction.index/621122/2013.json").await.json();
    assert!(number["value"].is_null(), "twenty answers are too few to be told: {number}");
    for show in ["value", "parts", "interval"] {
        let path =
            format!("/explore?indicator=satisfaction.index&region=621122&level=&from=2013&show={show}");
        let twin = good(&mut client, &format!("{path}&as=json")).await.json();
        assert_eq!(twin["table"]["rows"][0][1]["text"], "无数据", "{show}: {twin}");
        assert_eq!(twin["figures"][0]["top"], number["top"], "{show}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn places_that_are_not_ones_own_are_not_there() {
    let (world, _) = city().await;
    let (mut county, _) = world.signed_in("county", &["handler"]).await;
    // It begins with one's own place, and offers no other.
    let page = good(&mut county, "/explore").await.body;
    assert!(page.contains("value=\"621122\" selected") && !page.contains("621123"), "{page}");
    assert!(
        page.contains("href=\"/explore\"") && page.contains("aria-current=\"page\""),
        "it is in the menu"
    );
    for region in ["621123", "621100", "620000"] {
        for ending in ["", "&as=json", "&as=csv", "&as=xlsx"] {
            let path = format!("/explore?indicator=sampling.pass_rate&region={region}&from=2013{ending}");
            assert_eq!(county.get(&path).await.status, 404, "{path}");
        }
    }
    let (mut keeper, _) = world.signed_in("keeper", &["system-admin"]).await;
    assert!([403, 404].contains(&keeper.get("/explore").await.status));
    assert_eq!(world.officers().json().get("/explore").await.status, 401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_shown_is_told_at_its_field() {
    let (_world, mut client) = city().await;
    let rate = "indicator=sampling.pass_rate&region=621100";
    for (asked, field, code) in [
        ("region=nonsense".to_owned(), "region", "ZH1004"),
        (format!("{rate}&indicator=no.such"), "indicator", "ZH5005"),
        (format!("{rate}&from=x"), "from", "ZH1101"),
        (format!("{rate}&from=2013&to=2012"), "to", "ZH1104"),
        (format!("{rate}&from=2013&to=2014Q1"), "each", "ZH7592"),
        (format!("{rate}&from=2013&each=week"), "each", "ZH7540"),
        (format!("{rate}&level=hamlet"), "level", "ZH7541"),
        (format!("{rate}&level=nation"), "level", "ZH7591"),
        (format!("{rate}&rows=colour"), "rows", "ZH7590"),
        (format!("{rate}&show=all"), "show", "ZH7590"),
        (format!("{rate}&rows=period&columns=period"), "columns", "ZH7593"),
        (format!("{rate}&indicator=sampling.batches"), "indicator", "ZH7594"),
        (format!("{rate}&level=county&rows=period&columns=indicator"), "level", "ZH7594"),
        (format!("{rate}&from=2012&to=2013&rows=region&columns=indicator"), "from", "ZH7594"),
        // Some hundred and twenty townships in sixty months.
        (format!("{rate}&level=township&from=2009-01&to=2013-12"), "level", "ZH7595"),
    ] {
        let path = format!("/explore?{asked}");
        let page = client.get(&path).await;
        assert_eq!(page.status, 422, "{path}: {}", page.body);
        assert!(!page.body.contains('«'), "{path} names a text that is not there");
        let mark = [format!("href=\"#{field}\""), format!("id=\"{field}-wrong\"")];
        assert!(mark.iter().all(|mark| page.body.contains(mark.as_str())), "{path}: {}", page.body);
        let twin = client.clone().json().get(&format!("{path}&as=json")).await;
        assert_eq!((twin.status, twin.code().as_str()), (422, code), "{path}: {}", twin.body);
    }
    // What was typed comes back.
    let page = client.get(&format!("/explore?{rate}&from=2013Q9&to=2014")).await;
    assert!(page.body.contains("value=\"2013Q9\"") && page.body.contains("value=\"2014\""), "{}", page.body);
    // As large as a page holds, and no larger.
    let most = good(&mut client, &format!("/explore?{rate}&level=county&from=2002-01&to=2013-10")).await;
    assert!(most.body.len() < 1 << 20, "{}", most.body.len());
}

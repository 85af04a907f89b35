//! What an officer and a leader see: home, region, number, comparison, one page, search. Each with its twins, in both
//! languages, and nothing of a region that is not theirs.

use serde_json::json;

use crate::client::{Answer, Client};
use crate::world::World;

/// Batches of a county in the second quarter of 2013, `bad` of them failed.
pub(crate) async fn sampled(world: &World, county: &str, n: usize, bad: usize) {
    let batches = (0..n).map(|at| {
        let mut data = json!({
            "task": "T", "sample_no": format!("{county}-{at}"), "level": "county", "sampled_on": "2013-05-06", "sampled_in": county,
            "link": "production", "product": "flour", "producer_name": "示例面粉厂",
            "conclusion": if at < bad { "nonconform" } else { "conform" },
        });
        if at < bad {
            data["failed_items"] = json!(["灰分"]);
        }
        data
    });
    world.enter(&format!("S-{county}"), "sampling.batch", &["task", "sample_no"], batches).await;
}

/// Three counties of a city: 38 of 40, 20 of 40, 4 of 5.
async fn city() -> World {
    let world = World::new().await;
    sampled(&world, "621122", 40, 2).await;
    sampled(&world, "621123", 40, 20).await;
    sampled(&world, "621124", 5, 1).await;
    world
}

/// Somebody with a right for the whole city.
async fn of_city(world: &World, login: &str, role: &str) -> Client {
    let account = world.account(login).await;
    world.give(&account, role, "621100000000", "internal").await;
    world.sign_in(login).await
}

async fn good(client: &mut Client, path: &str) -> Answer {
    let answer = client.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    assert!(!answer.body.contains('«'), "{path} names a text that is not there");
    answer
}

fn main_part(body: &str) -> &str {
    body.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or_default()
}

/// The text of the first `<tag …class="name"…>` with what is inside up to `</tag>`.
fn rows(body: &str, table: &str) -> Vec<String> {
    let mark = format!("id=\"{table}\"");
    let rest = body.split(&mark).nth(1).unwrap_or_default();
    let rest =
        rest.split("<tbody>").nth(1).and_then(|rest| rest.split("</tbody>").next()).unwrap_or_default();
    rest.split("</tr>").map(plain).filter(|row| !row.is_empty()).collect()
}

fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_start_tells_how_things_stand() {
    let world = city().await;
    let stranger = good(&mut world.officers(), "/").await.body;
    assert!(stranger.contains("href=\"/login\"") && !stranger.contains("合格率"), "{stranger}");

    let mut city = of_city(&world, "city", "reader").await;
    let home = good(&mut city, "/").await.body;
    let text = plain(main_part(&home));
    // 62 of 85 conform: 72.94 %. No batch was taken a year before.
    assert!(text.contains("2013年第二季度，定西市产品质量监督抽查合格率为72.9%"), "{text}");
    assert!(text.contains("上年同期无数据") && text.contains("现在没有等您办的事项"), "{text}");
    let tiles = home.matches("<a class=\"tile ").count();
    assert_eq!(tiles, 7, "one tile for each county\n{home}");
    for (county, value) in [("621122", "95.0%"), ("621123", "50.0%"), ("621124", "80.0%")] {
        let tile = home.split(&format!("href=\"/r/{county}?period=2013\"")).nth(1).expect("a tile");
        assert!(tile.split("</a>").next().expect("its end").contains(value), "{county}");
    }
    // Four of five is a small sample, and is drawn so; a county without batches is dashed.
    assert!(
        home.contains(" few\" href=\"/r/621124?") && home.contains("class=\"tile s-0\" href=\"/r/621102?")
    );
    assert!(home.contains("/r/621100/brief?period=2013Q2"));

    // An officer of a county begins with the county and sees nothing of its sister.
    let (mut county, _) = world.signed_in("county", &["handler"]).await;
    let home = good(&mut county, "/").await.body;
    assert!(home.contains("95.0%") && !home.contains("621123") && !home.contains("72.9%"), "{home}");
    // Who keeps accounts has no figures.
    let (mut keeper, _) = world.signed_in("keeper", &["system-admin"]).await;
    let home = good(&mut keeper, "/").await.body;
    assert!(!plain(main_part(&home)).contains("%"), "{home}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_have_titles_tables_and_files() {
    let world = city().await;
    let mut client = of_city(&world, "city", "reader").await;
    let region = good(&mut client, "/r/621100?period=2013").await.body;
    assert!(region.contains("最高为陇西县（95.0%），最低为渭源县（50.0%）"), "{region}");
    let number = good(&mut client, "/m/sampling.pass_rate/621122/2013Q2").await.body;
    assert!(number.contains("95.0"), "{number}");
    // One quarter alone makes no line.
    assert!(!number.contains("<svg"), "{number}");
    for (path, kind, begins) in [
        ("/r/621100.svg?period=2013", "image/svg+xml", "<svg"),
        ("/r/621100.xlsx?period=2013", "application/vnd.openxmlformats", "PK"),
        ("/r/621100.csv?period=2013", "text/csv", "\u{feff}"),
        ("/r/621100.json?period=2013", "application/json", "{"),
        ("/m/sampling.pass_rate/621122/2013.xlsx", "application/vnd.openxmlformats", "PK"),
        ("/m/sampling.pass_rate/621122/2013/records?as=xlsx", "application/vnd.openxmlformats", "PK"),
        ("/r/621100/compare?period=2013&as=svg", "image/svg+xml", "<svg"),
        ("/r/621100/compare?period=2013&as=xlsx", "application/vnd.openxmlformats", "PK"),
        ("/r/621100/compare?period=2013&as=csv", "text/csv", "\u{feff}"),
        ("/r/621100/compare?period=2013&as=json", "application/json", "["),
        ("/r/621100/brief?period=2013&as=json", "application/json", "{"),
        ("/r/621100/brief?period=2013&as=xlsx", "application/vnd.openxmlformats", "PK"),
        ("/assess/assessment.county_2013/2013.xlsx", "application/vnd.openxmlformats", "PK"),
    ] {
        let answer = client.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert!(answer.header("content-type").starts_with(kind), "{path}: {}", answer.header("content-type"));
        assert!(answer.body.starts_with(begins), "{path}: {:.40}", answer.body);
        // A drawing that leaves the page carries its colours with it.
        assert!(!answer.body.contains("var(--"), "{path}");
    }
    for path in
        ["/m/sampling.pass_rate/621122/2013Q2.svg", "/r/621122/compare?period=2013&as=svg&level=province"]
    {
        assert_eq!(client.get(path).await.status, 404, "{path}");
    }
    // What stands in an address is no directive.
    let odd = client.get("/m/sampling.pass_rate/621122/2013;product=a%7D%20%7B%7Bvalue").await;
    assert!([200, 404, 422].contains(&odd.status) && !odd.body.contains("50.0"), "{}", odd.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn places_are_compared_as_far_as_the_data_carry() {
    let world = city().await;
    let mut client = of_city(&world, "city", "reader").await;
    let page = good(&mut client, "/r/621100/compare?period=2013").await.body;
    // Pooled 58 of 80: z = (0.95 − 0.5) / √(0.725 · 0.275 · 2/40) = 4.51, p < 0.00001, of three pairs the only one:
    // 38/40 against 4/5 and 20/40 against 4/5 are not carried.
    let text = plain(main_part(&page));
    assert!(text.contains("陇西县高于渭源县"), "{text}");
    // Small samples stand below, without a rank.
    let ranking = rows(&page, "ranking");
    let found: Vec<&str> = ranking.iter().map(String::as_str).take(3).collect();
    assert!(found[0].starts_with("1 陇西县 95.0% 83.5–98.6 40"), "{found:?}");
    assert!(found[1].starts_with("2 渭源县 50.0% 35.2–64.8 40"), "{found:?}");
    assert!(found[2].starts_with("临洮县 80.0%"), "{found:?}");
    assert_eq!(ranking.len(), 7, "{ranking:?}");
    // Marks are links; the figure is a group with a name.
    let figure = page.split("<svg").nth(1).expect("a figure");
    assert!(
        figure.contains("role=\"group\"") && figure.contains("<a href=\"/m/sampling.pass_rate/621122/2013\""),
        "{figure}"
    );
    assert!(page.matches("<details>").count() >= 2, "each figure has its table");
    // Another figure by the form; one that does not exist is an answer, not a fault.
    let other = good(&mut client, "/r/621100/compare?indicator=sampling.batches&period=2013").await;
    assert!(!other.body.contains("«"));
    assert_eq!(client.get("/r/621100/compare?indicator=no.such&period=2013").await.status, 422);
    assert_eq!(client.get("/r/621100/compare?period=nonsense").await.status, 422);
    let none = good(&mut client, "/r/621100/compare?period=1999").await.body;
    assert!(none.contains("没有“产品质量监督抽查合格率”的数据"), "{none}");
    let english = client.with("Cookie", "zh-lang=en");
    let mut english = english;
    english.cookies.insert("zh-lang".to_owned(), "en".to_owned());
    english.headers.clear();
    let page = good(&mut english, "/r/621100/compare?period=2013").await.body;
    assert!(page.contains("Compare places") && page.contains("lang=\"en\""), "{page}");
    for path in ["/", "/r/621100?period=2013", "/r/621100/brief?period=2013", "/search?q=pass"] {
        good(&mut english, path).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leader_reads_one_page() {
    let world = city().await;
    let mut client = of_city(&world, "chief", "leader").await;
    let page = good(&mut client, "/r/621100/brief?period=2013").await.body;
    let text = plain(main_part(&page));
    assert!(text.contains("2013年，定西市产品质量监督抽查合格率为72.9%"), "{text}");
    assert!(page.matches("<li class=\"card\">").count() <= 3 && page.contains("class=\"tiles"), "{page}");
    let data = client.get("/r/621100/brief?period=2013&as=json").await.body;
    let data: serde_json::Value = serde_json::from_str(&data).expect("JSON");
    assert_eq!(data["numbers"][0]["value"], "72.9%", "{data}");
    assert!(data["ask"].as_str().is_some_and(|ask| !ask.is_empty()), "{data}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn search_finds_what_may_be_opened() {
    let world = city().await;
    let (mut county, _) = world.signed_in("county", &["handler"]).await;
    let mut city = of_city(&world, "city", "reader").await;
    let found = async |client: &mut Client, typed: &str| {
        let typed: String = typed.bytes().map(|byte| format!("%{byte:02X}")).collect();
        main_part(&good(client, &format!("/search?q={typed}")).await.body).to_owned()
    };
    for typed in ["陇西", "longxi", "lxx", "621122"] {
        assert!(found(&mut county, typed).await.contains("href=\"/r/621122\""), "{typed}");
    }
    for typed in ["渭源", "wyx", "621123"] {
        assert!(!found(&mut county, typed).await.contains("/r/621123"), "{typed} is not hers");
        assert!(found(&mut city, typed).await.contains("href=\"/r/621123\""), "{typed}");
    }
    assert!(found(&mut county, "监督抽查合格率").await.contains("href=\"/i/sampling.pass_rate\""));
    assert!(
        found(&mut county, "jdcc").await.contains("没有找到")
            || !found(&mut county, "cpzl").await.contains("没有找到")
    );
    // A record by its key, and by its entry; the sister's is not there.
    assert!(found(&mut county, "T 621122-3").await.contains("/records/"));
    assert!(!found(&mut county, "T 621123-3").await.contains("/records/"));
    assert!(found(&mut city, "T/621123-3").await.contains("/records/"));
    for typed in ["", "   ", "<script>", "%", "'; --", "99999999999999999999999", &"长".repeat(300)] {
        let page = found(&mut county, typed).await;
        assert!(!page.contains("<script>"), "{typed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_region_is_not_there() {
    let world = city().await;
    let (mut county, _) = world.signed_in("county", &["handler"]).await;
    // A definition leads to one's own number, not to that of the city above.
    let definition = good(&mut county, "/i/sampling.pass_rate").await.body;
    assert!(definition.contains("href=\"/m/sampling.pass_rate/621122/2013\""), "{definition}");
    assert!(!definition.contains("621100"), "{definition}");
    for path in [
        "/r/621123/compare",
        "/r/621100/compare?period=2013",
        "/r/621100/brief",
        "/r/621123/brief?as=json",
        "/r/621123.svg?period=2013",
        "/r/621100.xlsx?period=2013",
        "/m/sampling.pass_rate/621123/2013.svg",
        "/m/sampling.pass_rate/621123/2013.xlsx",
    ] {
        assert_eq!(county.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reports_are_files_that_lead_back() {
    let world = city().await;
    let mut client = of_city(&world, "city", "reader").await;
    let list = good(&mut client, "/reports?period=2013").await.body;
    let path = "/reports/reports.quality-status/621100/2013.xlsx";
    assert!(list.contains(path), "{list}");
    let book = client.get(path).await;
    assert_eq!((book.status, &book.body[..2]), (200, "PK"));
    assert!(book.header("content-disposition").contains("quality-status-621100-2013.xlsx"));
    for (path, status) in [
        ("/reports/reports.no-such/621100/2013.xlsx", 404),
        ("/reports/reports.quality-status/621100/2013.exe", 404),
        ("/reports/reports.quality-status/621100/2013", 404),
        ("/reports/reports.quality-status/621100/20x3.xlsx", 422),
        ("/reports/reports.quality-status/621100/2013.xlsx?as_of=99999999", 422),
        ("/reports/reports.quality-status/620000/2013.xlsx", 404),
        ("/reports?region=620000", 404),
    ] {
        assert_eq!(client.get(path).await.status, status, "{path}");
    }
}

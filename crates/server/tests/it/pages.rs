//! From a region's page to the record, by the links that stand on the pages; and nothing of it for somebody from elsewhere.

use crate::client::Client;
use crate::figures::sampled;
use crate::world::World;

/// Ten batches of a county, `bad` of them failed.
pub(crate) async fn batches(world: &World, county: &str, bad: usize) {
    sampled(world, county, 10, bad).await;
}

/// Links of a page's main part.
fn links(body: &str) -> Vec<String> {
    let main = body.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or_default();
    main.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|href| href.replace("&amp;", "&").replace("&#38;", "&"))
        .collect()
}

async fn good(client: &mut Client, path: &str) -> String {
    let answer = client.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    assert!(!answer.body.contains('«'), "{path} names a text that is not there");
    answer.body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_number_leads_to_its_rows_and_records() {
    let world = World::new().await;
    batches(&world, "621122", 1).await;
    batches(&world, "621123", 4).await;
    let (mut client, _) = world.signed_in("officer", &["handler"]).await;

    let region = good(&mut client, "/r/621122?period=2013").await;
    let number = "/m/sampling.pass_rate/621122/2013".to_owned();
    assert!(links(&region).contains(&number), "{:?}", links(&region));
    let page = good(&mut client, &number).await;
    assert!(page.contains("90.0") && page.contains("9 ÷ 10") && page.contains("59.6–98.2"), "{page}");
    let rows = format!("{number}/records");
    assert!(links(&page).contains(&rows));
    let body = good(&mut client, &rows).await;
    let records: Vec<String> =
        links(&body).into_iter().filter(|href| href.starts_with("/records/")).collect();
    assert_eq!(records.len(), 10, "{body}");
    let record = good(&mut client, &records[0]).await;
    assert!(record.contains("示例面粉厂") && record.contains("灰分"), "{record}");

    // As data, the same number.
    let twin = client.get(&format!("{number}.json")).await;
    let measure: serde_json::Value = serde_json::from_str(&twin.body).expect("JSON");
    assert_eq!((measure["value"].as_str(), measure["top"].as_str()), (Some("90.0"), Some("9")));
    let csv = client.get(&format!("{rows}?as=csv")).await;
    assert_eq!(csv.body.lines().count(), 11, "{}", csv.body);

    // A later batch changes the page at once, and the old number stays under its ledger size.
    let before = measure["address"].as_str().expect("an address").to_owned();
    batches(&world, "621124", 0).await;
    good(&mut client, &format!("/m/{before}")).await;
    for path in [
        "/catalog",
        "/i/sampling.pass_rate",
        "/assess",
        "/assess/assessment.county_2013/2013?within=621122",
        "/assess/assessment.county_2013/2013/621122",
        "/cases",
    ] {
        good(&mut client, path).await;
    }

    let own = good(&mut client, "/assess/assessment.county_2013/2013").await;
    assert!(own.contains("621122") && !own.contains("621123"), "{own}");
    // The sister county, the city above and what does not exist are all the same: not there.
    let sister = good(&mut client, "/r/621122").await;
    assert!(!sister.contains("621123"));
    for path in [
        "/r/621123",
        "/r/621100",
        "/r/000000",
        "/r/nonsense",
        "/m/sampling.pass_rate/621123/2013",
        "/m/sampling.pass_rate/621100/2013/records",
        "/m/no.such/621122/2013x",
        "/records/12",
        "/records/4000000",
        "/records/x",
        "/cases/x",
        "/cases/a.b-621122-2014-0001",
        "/e/nobody",
        "/i/no.such",
        "/assess/assessment.county_2013/2013?within=621100",
        "/assess/assessment.county_2013/2013/621123",
    ] {
        let answer = client.get(path).await;
        assert!([404, 422].contains(&answer.status), "{path}: {}", answer.status);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn views_are_kept_by_name_and_are_ones_own() {
    let world = World::new().await;
    let (mut one, _) = world.signed_in("one", &["reader"]).await;
    let (mut two, _) = world.signed_in("two", &["reader"]).await;
    let path = "/r/621122?period=2013";
    let page = one.get(path).await;
    assert!(page.body.contains("/account/views?path=%2Fr%2F621122%3Fperiod%3D2013"), "{}", page.body);
    let form = one.get("/account/views?path=%2Fr%2F621122%3Fperiod%3D2013").await;
    assert_eq!(form.field("path"), path, "{}", form.body);
    let nameless = one.submit("/account", "/account/views", &[("name", " "), ("path", path)]).await;
    assert!(nameless.status == 422 && nameless.body.contains("ZH7554"), "{}", nameless.body);
    assert_eq!(nameless.field("path"), path, "{}", nameless.body);
    for elsewhere in ["https://evil.example/", "//evil.example/", "javascript:alert(1)"] {
        let answer = one.submit("/account", "/account/views", &[("name", "x"), ("path", elsewhere)]).await;
        assert_eq!(answer.status, 400, "{elsewhere}: {}", answer.body);
    }
    let kept = one.submit("/account", "/account/views", &[("name", "陇西<2013>"), ("path", path)]).await;
    assert_eq!((kept.status, kept.header("location")), (303, "/account/views"), "{}", kept.body);
    let home = one.get("/").await;
    assert!(
        home.body.contains("陇西&#60;2013&#62;") || home.body.contains("陇西&lt;2013&gt;"),
        "{}",
        home.body
    );
    assert!(!two.get("/").await.body.contains("陇西&"), "a view is its owner's");
    two.submit("/account", "/account/views/drop", &[("name-kept", "陇西<2013>")]).await;
    assert!(one.get("/account/views").await.body.contains("陇西"), "nobody drops another's");
    one.submit("/account", "/account/views/drop", &[("name-kept", "陇西<2013>")]).await;
    assert!(!one.get("/account/views").await.body.contains("陇西"));
}

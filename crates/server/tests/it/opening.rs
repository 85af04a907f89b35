//! A case opened on the page: by whoever holds the post, where they have the right, once however often the form is sent.

use zhiheng_record::CaseFilter;

use crate::client::{Answer, Client};
use crate::handin::officers;
use crate::world::World;

const FORM: &str = "/cases/new/sampling.sheet/arrive";

/// A name under which a form is taken once, as the page makes it.
fn once(letter: char) -> String {
    letter.to_string().repeat(43)
}

async fn sent(client: &mut Client, region: &str, sample: &str, once: &str) -> Answer {
    let fields = [
        ("task", "2013-S-01"),
        ("sample_no", sample),
        ("level", "county"),
        ("sampled_in", region),
        ("link", "production"),
        ("product", "flour"),
        ("product_name", "小麦粉"),
        ("laboratory", "示例检验所"),
        ("once", once),
    ];
    client.upload(FORM, FORM, &fields, &[]).await
}

async fn cases(world: &World) -> usize {
    world.ledger.cases(&CaseFilter::default()).await.expect("cases").len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_opens_one_case_where_its_sender_may() {
    let world = World::new().await;
    // the post reaches two counties, the right of the pages one
    officers(&world, &[("quality", "quality-officer", "621100"), ("chief", "head", "621122")]).await;
    let (mut quality, _) = world.signed_in("quality", &["sampler"]).await;
    let (mut chief, _) = world.signed_in("chief", &["handler"]).await;

    let list = quality.get("/cases/new").await;
    assert!(list.status == 200 && list.body.contains(FORM), "{}", list.body);
    let list = chief.get("/cases/new").await;
    assert!(list.status == 200 && !list.body.contains(FORM), "a head draws no samples: {}", list.body);
    for gone in
        ["/cases/new/sampling.sheet/sample", "/cases/new/sampling.sheet/none", "/cases/new/none/arrive"]
    {
        assert_eq!(quality.get(gone).await.status, 404, "{gone} opens no case");
    }

    let wrong = sent(&mut quality, "", "S-1", &once('a')).await;
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    assert!(
        wrong.body.contains("value=\"S-1\"") && wrong.body.contains(&once('a')),
        "what was typed is kept"
    );
    let other = sent(&mut quality, "621123", "S-1", &once('b')).await;
    assert_eq!(other.status, 404, "a county without a right: {}", other.body);
    let refused = sent(&mut chief, "621122", "S-1", &once('c')).await;
    assert_eq!(refused.status, 422, "not this post's step: {}", refused.body);
    assert_eq!(cases(&world).await, 0, "nothing was written");

    let opened = sent(&mut quality, "621122", "S-1", &once('d')).await;
    assert_eq!(opened.status, 303, "{}", opened.body);
    let case = opened.header("location").to_owned();
    assert!(case.starts_with("/cases/sampling.sheet-621122-2013-"), "{case}");
    assert_eq!(quality.get(&case).await.status, 200);

    // the answer was lost on the way, and the phone sends again
    let again = sent(&mut quality, "621122", "S-1", &once('d')).await;
    assert_eq!((again.status, again.header("location")), (303, case.as_str()), "{}", again.body);
    assert_eq!(cases(&world).await, 1);
    // another form under the same name is not taken for it
    let another = sent(&mut quality, "621122", "S-2", &once('d')).await;
    assert_eq!(another.status, 409, "{}", another.body);
    assert!(another.body.contains("ZH4045"), "{}", another.body);
    let next = sent(&mut quality, "621122", "S-2", &once('e')).await;
    assert_eq!(next.status, 303, "{}", next.body);
    assert_ne!(next.header("location"), case);
    assert_eq!(cases(&world).await, 2);
}

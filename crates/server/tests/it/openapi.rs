//! The description of the API, locked: a change of the API is seen in its difference.

use zhiheng_server::route::{Kind, table::routes};

use crate::world::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_description_is_the_table() {
    let world = World::new().await;
    let answer = world.public().get("/api/v1/openapi.json").await;
    assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    let json: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    let paths = json["paths"].as_object().expect("paths");
    let api: Vec<_> = routes().iter().filter(|route| route.kind == Kind::Api).collect();
    assert_eq!(paths.len(), api.len());
    for route in api {
        let method = route.method.http().as_str().to_lowercase();
        let operation = &paths[route.path][&method];
        assert_eq!(operation["operationId"], route.id.replace('.', "_"), "{route:?}");
        // A reference must lead somewhere.
        let schema = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].as_str();
        if let Some(name) = schema.and_then(|path| path.strip_prefix("#/components/schemas/")) {
            assert!(json["components"]["schemas"][name].is_object(), "{name}");
        } else {
            assert_eq!(route.id, "openapi.show", "{route:?} has no schema");
        }
    }
    let refs = answer.body.matches("#/components/schemas/").count();
    assert!(refs >= 4, "{refs}");
    for name in answer.body.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(json["components"]["schemas"][name].is_object(), "{name} is referred to and not there");
    }
    insta::assert_snapshot!(serde_json::to_string_pretty(&json).expect("text"));
}

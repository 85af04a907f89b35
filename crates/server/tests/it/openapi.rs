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
    let addresses: std::collections::BTreeSet<_> = api.iter().map(|route| route.path).collect();
    assert_eq!(paths.len(), addresses.len());
    for route in api {
        let method = route.method.http().as_str().to_lowercase();
        let operation = &paths[route.path][&method];
        assert_eq!(operation["operationId"], route.id.replace('.', "_"), "{route:?}");
        // A reference must lead somewhere.
        let schema = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].as_str();
        if let Some(name) = schema.and_then(|path| path.strip_prefix("#/components/schemas/")) {
            assert!(json["components"]["schemas"][name].is_object(), "{name}");
        } else {
            // The description itself, and forms that others define.
            let known = ["openapi.show", "api.sdmx-json", "api.sdmx-csv", "api.sdmx-structure"];
            assert!(known.contains(&route.id), "{route:?} has no schema");
        }
        let names: Vec<_> = (operation["parameters"].as_array().into_iter().flatten())
            .filter(|one| one["in"] == "header" && one["required"] == true)
            .filter_map(|one| one["name"].as_str())
            .collect();
        let wanted: &[&str] = if method == "post" { &["Idempotency-Key"] } else { &[] };
        assert_eq!(names, wanted, "{route:?}");
        let body = &operation["requestBody"]["content"]["application/json"];
        assert_eq!(body["example"].is_object(), method == "post", "{route:?} has no example");
    }
    let refs = answer.body.matches("#/components/schemas/").count();
    assert!(refs >= 4, "{refs}");
    for name in answer.body.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(json["components"]["schemas"][name].is_object(), "{name} is referred to and not there");
    }
    insta::assert_snapshot!(serde_json::to_string_pretty(&json).expect("text"));
}

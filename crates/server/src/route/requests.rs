//! What operations that change something take: their bodies, with an example that the tests send as it stands; their keys and marks.

use serde_json::Value;
use utoipa::openapi::path::{OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{ContentBuilder, Ref, Required};
use utoipa::{PartialSchema, ToSchema};
use zhiheng_base::Lang;

use super::openapi::{Schemas, parts_of};
use super::{Route, Verb};
use crate::api::cases::bulk::{CaseStepGiven, StepsGiven, Take};
use crate::api::cases::step::StepGiven;
use crate::api::handin::shapes::{CellGiven, CellsGiven, DecisionGiven, RowsGiven, SendGiven, WithdrawGiven};
use crate::text::Text;

/// A body that an operation takes.
struct Taken {
    route: &'static str,
    /// Name of its schema.
    name: &'static str,
    /// An example, JSON.
    example: &'static str,
    /// Other content types with a file as a whole.
    files: &'static [&'static str],
    /// Whether files come in parts beside it.
    parts: bool,
    /// Whether it can be held against what was seen.
    marked: bool,
}

const TAKEN: &[Taken] = &[
    Taken {
        route: "api.draft-make",
        name: "RowsGiven",
        example: include_str!("examples/rows.json"),
        files: &["text/csv", crate::pages::submit::XLSX],
        parts: true,
        marked: false,
    },
    Taken {
        route: "api.cells",
        name: "CellsGiven",
        example: r#"{"cells":[{"row":2,"column":"sampled_on","value":"2013-10-20"}]}"#,
        files: &[],
        parts: false,
        marked: true,
    },
    Taken {
        route: "api.send",
        name: "SendGiven",
        example: r#"{"explanation":"dates corrected after the sampling sheets","drop_missing":false}"#,
        files: &[],
        parts: false,
        marked: true,
    },
    Taken {
        route: "api.withdraw",
        name: "WithdrawGiven",
        example: r#"{"why":"the wrong quarter"}"#,
        files: &[],
        parts: false,
        marked: true,
    },
    Taken {
        route: "api.decision",
        name: "DecisionGiven",
        example: r#"{"act":"send_back","faults":"row 2: the day of sampling","mend_by":"2013-10-25"}"#,
        files: &[],
        parts: false,
        marked: true,
    },
    Taken {
        route: "api.step",
        name: "StepGiven",
        example: r#"{"form":{"received_on":"2013-10-20","seal_ok":true},"files":{"custody-sheet":["sheet"]}}"#,
        files: &[],
        parts: true,
        marked: true,
    },
    Taken {
        route: "api.steps",
        name: "StepsGiven",
        example: include_str!("examples/steps.json"),
        files: &[],
        parts: true,
        marked: false,
    },
];

/// Adds the schemas of all bodies.
pub(super) fn schemas(schemas: &mut Schemas) {
    macro_rules! of {
        ($($type:ty),*) => { $(schemas.insert(<$type>::name().into_owned(), <$type>::schema()); parts_of::<$type>(schemas);)* };
    }
    of!(
        RowsGiven,
        CellsGiven,
        CellGiven,
        SendGiven,
        WithdrawGiven,
        DecisionGiven,
        StepGiven,
        StepsGiven,
        CaseStepGiven,
        Take
    );
}

/// Statuses of success besides 200.
pub(super) fn more_statuses(route: &str) -> &'static [&'static str] {
    match route {
        "api.draft-make" => &["201"],
        "api.send" => &["202"],
        _ => &[],
    }
}

fn header(name: &'static str, required: Required) -> ParameterBuilder {
    let text = Text(Lang::En).say(&format!("server-param-{}", name.to_ascii_lowercase()));
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(required)
        .description(Some(text))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
}

/// Describes the body, key and mark of an operation.
pub(super) fn described(route: &Route, mut operation: OperationBuilder) -> OperationBuilder {
    if route.method == Verb::Post {
        operation = operation.parameter(header("Idempotency-Key", Required::True).build());
    }
    let taken = TAKEN.iter().find(|one| one.route == route.id);
    if taken.is_some_and(|taken| taken.marked) || route.method == Verb::Delete {
        operation = operation.parameter(header("If-Match", Required::False).build());
    }
    let Some(taken) = taken else { return operation };
    let example: Value = serde_json::from_str(taken.example).unwrap_or_default();
    let json =
        ContentBuilder::new().schema(Some(Ref::from_schema_name(taken.name))).example(Some(example)).build();
    let mut body = RequestBodyBuilder::new().required(Some(Required::True)).content("application/json", json);
    let binary = || {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
            .build()
    };
    if taken.parts {
        // The JSON as the part `body`, each file under a name of its own; for a hand-in the one part `file`.
        let first = if taken.files.is_empty() {
            ObjectBuilder::new().property("body", Ref::from_schema_name(taken.name)).required("body")
        } else {
            ObjectBuilder::new().property("file", binary()).required("file")
        };
        let parts = ContentBuilder::new().schema(Some(first.schema_type(Type::Object).build())).build();
        body = body.content("multipart/form-data", parts);
    }
    for kind in taken.files {
        body = body.content(*kind, ContentBuilder::new().schema(Some(binary())).build());
    }
    operation.request_body(Some(body.build()))
}

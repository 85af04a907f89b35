//! The OpenAPI document, from the same table as the router.

use std::collections::BTreeMap;

use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ComponentsBuilder, ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, PathsBuilder, Ref, RefOr, Required,
    ResponseBuilder, Schema,
};
use utoipa::{PartialSchema, ToSchema};
use zhiheng_base::Lang;

use super::table::routes;
use super::{Kind, Of, Route, Verb, requests};
use crate::api::cases::CaseWhole;
use crate::api::cases::bulk::StepsTaken;
use crate::api::changes::Changed;
use crate::api::figures::{Number, Reason, Row};
use crate::api::handin::drafts::Dropped;
use crate::api::handin::shapes::{DraftState, Finding, HandInReceipt, ReturnHead, ReturnWhole};
use crate::api::judged::{CaseListed, PlaceVerdict};
use crate::api::ledger::{EntryProof, Growth, Head};
use crate::api::open::{
    OpenChange, OpenEnterprise, OpenFile, OpenProof, OpenPublication, OpenRecall, OpenResult,
};
use crate::api::places::{IndicatorHead, Region};
use crate::api::recall::{Affected, AtSite, Exposed, Movement, Recipient, Scope};
use crate::api::records::RecordWhole;
use crate::api::signals::Signal;
use crate::api::tasks::TaskListed;
use crate::api::trace::{Found, Happened, Inside, Linked};
use crate::api::{Envelope, Listed, Me, Meta, Version, parameters};
use crate::problem::ProblemDetails;
use crate::text::Text;

/// Media type of problems.
const PROBLEM: &str = "application/problem+json";

/// Schemas by name.
pub(super) type Schemas = BTreeMap<String, RefOr<Schema>>;

/// What a route answers: its id, the name of its schema, and all schemas that this needs.
struct Answers {
    route: &'static str,
    name: &'static str,
    schemas: fn(&mut Schemas, &'static str),
}

macro_rules! answers {
    ($($route:literal $name:literal $envelope:ident $of:ty;)*) => {
        &[$(Answers {
            route: $route,
            name: $name,
            schemas: |schemas, name| {
                schemas.insert(name.to_owned(), $envelope::<$of>::schema());
                parts_of::<$of>(schemas);
            },
        },)*]
    };
}

/// Route, name, whether one or a list, of what. A row of the API without a line here has no schema, which a test
/// refuses.
const ANSWERS: &[Answers] = answers! {
    "version.read"    "VersionAnswer"     Envelope Version;
    "me.read"         "MeAnswer"          Envelope Me;
    "api.region"      "RegionAnswer"      Envelope Region;
    "api.indicators"  "IndicatorsAnswer"  Listed   IndicatorHead;
    "api.measures"    "MeasuresAnswer"    Listed   Number;
    "api.measure"     "MeasureAnswer"     Envelope Number;
    "api.rows"        "RowsAnswer"        Listed   Row;
    "api.explanation" "ExplanationAnswer" Envelope Reason;
    "api.verdicts"    "VerdictsAnswer"    Listed   PlaceVerdict;
    "api.signals"     "SignalsAnswer"     Listed   Signal;
    "api.tasks"       "TasksAnswer"       Listed   TaskListed;
    "api.cases"       "CasesAnswer"       Listed   CaseListed;
    "api.case"        "CaseAnswer"        Envelope CaseWhole;
    "api.step"        "StepAnswer"        Envelope CaseWhole;
    "api.steps"       "StepsAnswer"       Envelope StepsTaken;
    "api.record"      "RecordAnswer"      Envelope RecordWhole;
    "api.changes"     "ChangesAnswer"     Listed   Changed;
    "api.returns"     "ReturnsAnswer"     Listed   ReturnHead;
    "api.return"      "ReturnAnswer"      Envelope ReturnWhole;
    "api.draft-make"  "DraftMadeAnswer"   Envelope DraftState;
    "api.withdraw"    "WithdrawnAnswer"   Envelope ReturnWhole;
    "api.decision"    "DecidedAnswer"     Envelope ReturnWhole;
    "api.drafts"      "DraftsAnswer"      Listed   DraftState;
    "api.draft"       "DraftAnswer"       Envelope DraftState;
    "api.findings"    "DraftFindingsAnswer" Listed Finding;
    "api.cells"       "MendedAnswer"      Envelope DraftState;
    "api.send"        "SentAnswer"        Envelope DraftState;
    "api.draft-drop"  "DroppedAnswer"     Envelope Dropped;
    "api.receipt"     "ReceiptAnswer"     Envelope HandInReceipt;
    "trace.history"   "HistoryAnswer"     Listed   Happened;
    "trace.up"        "UpAnswer"          Listed   Linked;
    "trace.down"      "DownAnswer"        Listed   Linked;
    "trace.contents"  "ContentsAnswer"    Listed   Inside;
    "trace.recall"    "RecallAnswer"      Envelope Scope;
    "trace.sites"     "SitesAnswer"       Listed   AtSite;
    "trace.recipients" "RecipientsAnswer" Listed   Recipient;
    "trace.things"    "AffectedAnswer"    Listed   Affected;
    "trace.balance"   "BalanceAnswer"     Listed   Movement;
    "trace.exposure"  "ExposureAnswer"    Listed   Exposed;
    "trace.check"     "FindingsAnswer"    Listed   Found;
    "api.checkpoint"  "CheckpointAnswer"  Envelope Head;
    "api.proof"       "ProofAnswer"       Envelope EntryProof;
    "api.consistency" "ConsistencyAnswer" Envelope Growth;
    "data.publications" "OpenPublicationsAnswer" Listed OpenPublication;
    "data.publication" "OpenPublicationAnswer" Envelope OpenPublication;
    "data.results"    "OpenResultsAnswer"    Listed OpenResult;
    "data.recalls"    "OpenRecallsAnswer"    Listed OpenRecall;
    "data.changes"    "OpenChangesAnswer"    Listed OpenChange;
    "data.enterprise" "OpenEnterpriseAnswer" Envelope OpenEnterprise;
    "data.downloads"  "OpenDownloadsAnswer"  Listed OpenFile;
    "data.verify"     "OpenProofAnswer"      Envelope OpenProof;
};

/// Answers in other forms than JSON of ours: route, content type, type.
const OTHER_MEDIA: &[(&str, &str, Type)] = &[
    ("api.sdmx-json", "application/vnd.sdmx.data+json", Type::Object),
    ("api.sdmx-csv", "application/vnd.sdmx.data+csv", Type::String),
    ("api.sdmx-structure", "application/vnd.sdmx.structure+json", Type::Object),
];

/// A type with the types in it.
pub(super) fn parts_of<T: ToSchema>(schemas: &mut Schemas) {
    schemas.insert(T::name().into_owned(), T::schema());
    let mut more = Vec::new();
    T::schemas(&mut more);
    schemas.extend(more);
}

/// The document.
pub(crate) fn document(version: &str) -> OpenApi {
    let mut paths = PathsBuilder::new();
    for route in routes().iter().filter(|route| route.kind == Kind::Api) {
        let schema = ANSWERS.iter().find(|one| one.route == route.id).map(|one| one.name);
        paths = paths.path(route.path, PathItem::new(method(route.method), operation(route, schema)));
    }
    let mut schemas = Schemas::new();
    parts_of::<Meta>(&mut schemas);
    requests::schemas(&mut schemas);
    ANSWERS.iter().for_each(|one| (one.schemas)(&mut schemas, one.name));
    let mut components =
        ComponentsBuilder::new().schema("Problem", ProblemDetails::schema()).security_scheme(
            "token",
            SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build()),
        );
    for (name, schema) in schemas {
        components = components.schema(name, schema);
    }
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Zhiheng")
                .version(version)
                .description(Some(Text(Lang::En).say("server-api-about")))
                .build(),
        )
        .paths(paths.build())
        .components(Some(components.build()))
        .build()
}

fn method(verb: Verb) -> HttpMethod {
    match verb {
        Verb::Get => HttpMethod::Get,
        Verb::Post => HttpMethod::Post,
        Verb::Delete => HttpMethod::Delete,
        Verb::Options => HttpMethod::Options,
    }
}

fn operation(route: &Route, schema: Option<&str>) -> OperationBuilder {
    let other = OTHER_MEDIA.iter().find(|(id, ..)| *id == route.id);
    let good = match (schema, other) {
        (Some(name), _) => ContentBuilder::new().schema(Some(Ref::from_schema_name(name))).build(),
        (None, Some((_, _, kind))) => {
            ContentBuilder::new().schema(Some(ObjectBuilder::new().schema_type(kind.clone()).build())).build()
        }
        (None, None) => {
            ContentBuilder::new().schema(Some(ObjectBuilder::new().schema_type(Type::Object).build())).build()
        }
    };
    let media = other.map_or("application/json", |(_, media, _)| *media);
    let text = Text(Lang::En).say(&route.title());
    let mut operation = OperationBuilder::new()
        .operation_id(Some(route.id.replace('.', "_")))
        .summary(Some(text.clone()))
        .response(
            "200",
            ResponseBuilder::new().description(text.clone()).content(media, good.clone()).build(),
        )
        .response("default", problem());
    for name in parts(route.path) {
        let parameter = ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()));
        operation = operation.parameter(parameter.build());
    }
    for asked in parameters::of(route.id) {
        let kind = if asked.whole { Type::Integer } else { Type::String };
        let mut schema = ObjectBuilder::new().schema_type(kind);
        if asked.whole {
            schema = schema.minimum(Some(0));
        }
        let parameter = ParameterBuilder::new()
            .name(asked.name)
            .parameter_in(ParameterIn::Query)
            .required(if asked.required { Required::True } else { Required::False })
            .description(Some(Text(Lang::En).say(&format!("server-param-{}", asked.name))))
            .schema(Some(schema.build()));
        operation = operation.parameter(parameter.build());
    }
    for status in requests::more_statuses(route.id) {
        let response = ResponseBuilder::new().description(text.clone()).content(media, good.clone());
        operation = operation.response(*status, response.build());
    }
    operation = requests::described(route, operation);
    if route.of != Of::Everybody {
        operation = operation.security(SecurityRequirement::new("token", [route.action.word()]));
    }
    operation
}

fn problem() -> utoipa::openapi::Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description("Problem").content(PROBLEM, content).build()
}

/// Names in braces of a path.
pub(crate) fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

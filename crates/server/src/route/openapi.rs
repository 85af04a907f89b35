//! The OpenAPI document, from the same table as the router.

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
use super::{Kind, Of, Route, Verb};
use crate::api::{Envelope, Me, Meta, Right, Version};
use crate::problem::ProblemDetails;
use crate::text::Text;

/// Media type of problems.
const PROBLEM: &str = "application/problem+json";

/// What a route answers, by id: name of a schema and the schema. A row of the API without a line here has no schema, which
/// a test refuses.
fn schemas() -> Vec<(&'static str, &'static str, RefOr<Schema>)> {
    vec![
        ("version.read", "VersionAnswer", Envelope::<Version>::schema()),
        ("me.read", "MeAnswer", Envelope::<Me>::schema()),
    ]
}

/// The document.
pub(crate) fn document(version: &str) -> OpenApi {
    let known = schemas();
    let mut paths = PathsBuilder::new();
    for route in routes().iter().filter(|route| route.kind == Kind::Api) {
        let schema = known.iter().find(|(id, _, _)| *id == route.id).map(|(_, name, _)| *name);
        paths = paths.path(route.path, PathItem::new(method(route.method), operation(route, schema)));
    }
    let mut components =
        ComponentsBuilder::new().schema("Problem", ProblemDetails::schema()).security_scheme(
            "token",
            SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build()),
        );
    let mut more = Vec::new();
    <Envelope<Version> as ToSchema>::schemas(&mut more);
    <Envelope<Me> as ToSchema>::schemas(&mut more);
    // What the generic envelope holds is not among its schemas.
    more.extend([named::<Version>(), named::<Me>(), named::<Meta>(), named::<Right>()]);
    for (name, schema) in more {
        components = components.schema(name, schema);
    }
    for (_, name, schema) in known {
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

fn named<T: ToSchema>() -> (String, RefOr<Schema>) {
    (T::name().into_owned(), T::schema())
}

fn method(verb: Verb) -> HttpMethod {
    match verb {
        Verb::Get => HttpMethod::Get,
        Verb::Post => HttpMethod::Post,
        Verb::Delete => HttpMethod::Delete,
    }
}

fn operation(route: &Route, schema: Option<&str>) -> OperationBuilder {
    let good = match schema {
        Some(name) => ContentBuilder::new().schema(Some(Ref::from_schema_name(name))).build(),
        None => {
            ContentBuilder::new().schema(Some(ObjectBuilder::new().schema_type(Type::Object).build())).build()
        }
    };
    let text = Text(Lang::En).say(&route.title());
    let mut operation = OperationBuilder::new()
        .operation_id(Some(route.id.replace('.', "_")))
        .summary(Some(text.clone()))
        .response("200", ResponseBuilder::new().description(text).content("application/json", good).build())
        .response("default", problem());
    for name in parts(route.path) {
        let parameter = ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()));
        operation = operation.parameter(parameter.build());
    }
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

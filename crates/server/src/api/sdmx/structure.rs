//! `GET /api/v1/structure.sdmx.json`: the structure of a table of numbers, with the code lists of its dimensions.

use serde_json::{Value as Json, json};
use zhiheng_base::Lang;

use super::{AGENCY, ATTRIBUTES, Dataset, VERSION, answered, both_names, concept, dataset, meta, named, urn};
use crate::api::parameters::check;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;

/// Content type of structures.
const KIND: &str = "application/vnd.sdmx.structure+json;version=2.0.0;charset=utf-8";
/// Schema of structure messages.
const SCHEMA: &str = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json";

/// `GET /api/v1/structure.sdmx.json`.
pub(crate) async fn show(call: Call) -> Answer {
    check(&call)?;
    let lang = call.view.lang;
    let desk = call.server.office()?.desk().await?;
    let data = dataset(&call, &desk).await?;
    let message = json!({
        "meta": meta(&call, "structure", SCHEMA),
        "data": {
            "dataStructures": [definition(&data, lang)],
            "codelists": lists(&data, lang),
            "conceptSchemes": [concepts(&data, lang)],
        },
    });
    answered(serde_json::to_vec(&message).map_err(Problem::ours)?, KIND)
}

/// What every maintained artefact begins with.
fn artefact(id: &str, name: String, names: &Json) -> Json {
    json!({ "id": id, "agencyID": AGENCY, "version": VERSION, "isExternalReference": false, "name": name, "names": names })
}

fn with(mut artefact: Json, member: &str, value: Json) -> Json {
    if let Some(members) = artefact.as_object_mut() {
        members.insert(member.to_owned(), value);
    }
    artefact
}

fn titled(id: &str, lang: Lang) -> Json {
    let [zh, en] = both_names("title");
    let name = if lang == Lang::Zh { &zh } else { &en };
    artefact(id, name.clone(), &json!({ "zh": zh, "en": en }))
}

fn identity(id: &str) -> String {
    format!("urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={AGENCY}:CONCEPTS({VERSION}).{id}")
}

fn list_id(dimension: &str) -> String {
    format!("CL_{dimension}")
}

fn definition(data: &Dataset, lang: Lang) -> Json {
    let coded = data.dimensions.iter().enumerate().filter(|(_, id)| *id != "TIME_PERIOD");
    let dimensions: Vec<Json> = coded
        .map(|(at, id)| {
            let list = list_id(id);
            let list = format!("urn:sdmx:org.sdmx.infomodel.codelist.Codelist={AGENCY}:{list}({VERSION})");
            json!({ "id": id, "position": at, "conceptIdentity": identity(id), "localRepresentation": { "enumeration": list } })
        })
        .collect();
    let attributes: Vec<Json> = (ATTRIBUTES.iter())
        .map(|id| {
            json!({
                "id": id,
                "conceptIdentity": identity(id),
                "usage": "optional",
                "attributeRelationship": { "observation": {} },
                "localRepresentation": { "format": { "dataType": kind(id) } },
            })
        })
        .collect();
    let components = json!({
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": dimensions,
            "timeDimension": {
                "id": "TIME_PERIOD",
                "conceptIdentity": identity("TIME_PERIOD"),
                "localRepresentation": { "format": { "dataType": "ObservationalTimePeriod" } },
            },
        },
        "measureList": {
            "id": "MeasureDescriptor",
            "measures": [{
                "id": "OBS_VALUE",
                "conceptIdentity": identity("OBS_VALUE"),
                "usage": "optional",
                "localRepresentation": { "format": { "dataType": "Decimal" } },
            }],
        },
        "attributeList": { "id": "AttributeDescriptor", "attributes": attributes },
    });
    let links = json!([{ "rel": "self", "urn": urn(&data.id) }]);
    with(with(titled(&data.id, lang), "links", links), "dataStructureComponents", components)
}

/// Type of an attribute's values.
fn kind(id: &str) -> &'static str {
    match id {
        "NUMERATOR" | "DENOMINATOR" | "LOWER_BOUND" | "UPPER_BOUND" => "Decimal",
        "RECORDS" => "BigInteger",
        "DEFINITION_SINCE" => "GregorianDay",
        _ => "String",
    }
}

/// The codes that occur, by dimension. Periods are times and have no list.
fn lists(data: &Dataset, lang: Lang) -> Vec<Json> {
    let coded = data.dimensions.iter().zip(&data.names).filter(|(id, _)| *id != "TIME_PERIOD");
    coded
        .map(|(id, names)| {
            let codes: Vec<Json> = names.iter().map(|(code, name)| named(code, name, lang)).collect();
            let names = json!({ "zh": concept(id, Lang::Zh), "en": concept(id, Lang::En) });
            let list = artefact(&list_id(id), concept(id, lang), &names);
            // Other regions, indicators and cuts have codes as well.
            with(with(list, "isPartial", json!(true)), "codes", json!(codes))
        })
        .collect()
}

fn concepts(data: &Dataset, lang: Lang) -> Json {
    let ids = data.dimensions.iter().map(String::as_str).chain(["OBS_VALUE"]).chain(ATTRIBUTES);
    let of = |id: &str| {
        let names = json!({ "zh": concept(id, Lang::Zh), "en": concept(id, Lang::En) });
        json!({ "id": id, "name": concept(id, lang), "names": names })
    };
    with(titled("CONCEPTS", lang), "concepts", json!(ids.map(of).collect::<Vec<_>>()))
}

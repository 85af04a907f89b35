//! Tables of numbers for statistical offices: SDMX 2.0 data messages in JSON and CSV, and the structure behind them. The numbers are
//! those of `/api/v1/measures`; attributes carry what belongs to them.

pub(crate) mod structure;

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response};
use serde_json::{Map, Value as Json, json};
use zhiheng_base::{Lang, Period, PeriodKind, csv as lines};
use zhiheng_catalog::model::{Indicator, Unit};
use zhiheng_desk::Desk;
use zhiheng_measure::Measure;
use zhiheng_measure::measure::Flag;

use super::figures::table;
use super::parameters::check;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Who maintains the structures.
const AGENCY: &str = "ZHIHENG";
/// Their version: it changes when dimensions, measures or attributes do.
const VERSION: &str = "1.0.0";
/// Content type of CSV.
pub(crate) const CSV: &str = "application/vnd.sdmx.data+csv;version=2.0.0;charset=utf-8";
/// Content type of data in JSON.
pub(crate) const JSON: &str = "application/vnd.sdmx.data+json;version=2.0.0;charset=utf-8";
/// Schema of data messages.
const SCHEMA: &str = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/2.0.0/sdmx-json-data-schema.json";

/// Attributes of an observation, in order. Their names, as those of all components, are the texts `api-sdmx-<id>`.
const ATTRIBUTES: [&str; 12] = [
    "UNIT_MEASURE",
    "NUMERATOR",
    "DENOMINATOR",
    "LOWER_BOUND",
    "UPPER_BOUND",
    "INTERVAL_METHOD",
    "RECORDS",
    "OBS_STATUS",
    "FLAGS",
    "DEFINITION_SINCE",
    "CATALOG",
    "ADDRESS",
];

/// A cell of the table in the words of SDMX.
struct Observation {
    /// Value of each dimension, in order.
    key: Vec<String>,
    value: Option<String>,
    /// Value of each attribute, in order.
    attributes: Vec<Option<String>>,
}

/// A table in the words of SDMX.
struct Dataset {
    id: String,
    /// Dimensions, in order; the last is the period.
    dimensions: Vec<String>,
    /// Names of their values, by dimension and code, in both languages.
    names: Vec<BTreeMap<String, [String; 2]>>,
    observations: Vec<Observation>,
}

/// An identifier of ours as one of SDMX, where points part levels.
fn code(id: &str) -> String {
    id.chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '@' | '$') { c } else { '-' })
        .collect()
}

/// A period as SDMX writes it (2.1, section 2, 4.2).
fn time(period: Period) -> String {
    let (start, days) = (period.start(), period.n_days());
    let text = period.to_string();
    match period.kind() {
        PeriodKind::Year | PeriodKind::Month | PeriodKind::Week => text,
        PeriodKind::Half => text.replace('H', "-S"),
        PeriodKind::Quarter => text.replace('Q', "-Q"),
        PeriodKind::Assessment { .. } => format!("{start}/P1Y"),
        PeriodKind::Days if days == 1 => start.to_string(),
        PeriodKind::Days => format!("{start}/P{days}D"),
    }
}

/// Status of an observation, as the code list `CL_OBS_STATUS` (2.2) has it.
fn status(measure: &Measure) -> &'static str {
    let has = |flag| measure.flags.contains(&flag);
    match &measure.value {
        None if has(Flag::Suppressed) => "Q",
        None => "O",
        Some(_) if has(Flag::Break) => "B",
        Some(_) if has(Flag::Small) || has(Flag::LowCoverage) => "U",
        Some(_) => "A",
    }
}

fn unit(indicator: &Indicator) -> String {
    match &indicator.unit {
        Unit::Percent => "PT".to_owned(),
        Unit::Points => "POINTS".to_owned(),
        Unit::Of(words) => words.get(Lang::En).to_owned(),
    }
}

/// The cells of a table, in the order of their keys.
async fn dataset(call: &Call, desk: &Desk) -> Result<Dataset, Problem> {
    let (table, by) = table(call, desk).await?;
    let indicator = desk.engine.indicator(call.query.get("indicator"))?;
    let mut dimensions = vec!["INDICATOR".to_owned(), "REF_AREA".to_owned()];
    dimensions.extend(by.iter().map(|id| code(id).to_ascii_uppercase()));
    dimensions.push("TIME_PERIOD".to_owned());
    let mut names = vec![BTreeMap::new(); dimensions.len()];
    let mut observations = Vec::with_capacity(table.len());
    for measure in &table {
        let address = &measure.address;
        let regions = &desk.catalog.regions;
        let both = |zh: &str, en: &str| [zh.to_owned(), en.to_owned()];
        let mut key = vec![
            (code(&address.indicator), both(&indicator.head.name.zh, &indicator.head.name.en)),
            (
                address.region.to_string(),
                [Lang::Zh, Lang::En]
                    .map(|lang| regions.title(address.region, lang).unwrap_or_default().to_owned()),
            ),
        ];
        for dimension in &by {
            let value = address.cuts.iter().find(|(id, _)| id == dimension).map(|(_, value)| value.as_str());
            key.push(match value {
                Some(value) => (code_of(value), cut_names(desk, &address.indicator, dimension, value)),
                None => ("_T".to_owned(), both_names("_t")),
            });
        }
        let period = address.period;
        key.push((time(period), [period.title(Lang::Zh), period.title(Lang::En)]));
        for (names, (code, name)) in names.iter_mut().zip(&key) {
            names.insert(code.clone(), name.clone());
        }
        observations.push(Observation {
            key: key.into_iter().map(|(code, _)| code).collect(),
            value: measure.value.clone(),
            attributes: attributes(measure, indicator),
        });
    }
    observations.sort_by(|a, b| a.key.cmp(&b.key));
    let id = match by.is_empty() {
        true => "MEASURES".to_owned(),
        false => format!(
            "MEASURES_BY_{}",
            by.iter().map(|id| code(id).to_ascii_uppercase()).collect::<Vec<_>>().join("_")
        ),
    };
    Ok(Dataset { id, dimensions, names, observations })
}

/// The value of a cut as a code: what is none is named by its characters, so that two values never share one.
fn code_of(value: &str) -> String {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if value.is_empty() {
        return "_X".to_owned();
    }
    let mut text = String::new();
    for c in value.chars() {
        match c {
            c if good(c) => text.push(c),
            c => text.push_str(&format!("@{:X}", u32::from(c))),
        }
    }
    text
}

fn cut_names(desk: &Desk, indicator: &str, dimension: &str, value: &str) -> [String; 2] {
    use zhiheng_catalog::model::FieldType;
    let field = zhiheng_catalog::names::field(&desk.catalog, indicator, dimension);
    let list = match field.map(|field| &field.kind) {
        Some(FieldType::Code { list }) => desk.catalog.lists.get(list),
        _ => None,
    };
    let item = list.and_then(|list| list.items.iter().find(|item| item.code == value));
    item.map_or_else(
        || [value.to_owned(), value.to_owned()],
        |item| [item.name.zh.clone(), item.name.en.clone()],
    )
}

fn attributes(measure: &Measure, indicator: &Indicator) -> Vec<Option<String>> {
    let exact = |decimal: Option<rust_decimal::Decimal>| decimal.map(|one| one.normalize().to_string());
    let flags: Vec<&str> = measure.flags.iter().map(|flag| flag.word()).collect();
    vec![
        Some(unit(indicator)),
        exact(measure.top),
        exact(measure.bottom),
        measure.low.clone(),
        measure.high.clone(),
        measure.interval.clone(),
        Some(measure.records.to_string()),
        Some(status(measure).to_owned()),
        (!flags.is_empty()).then(|| flags.join(" ")),
        Some(indicator.head.since.to_string()),
        Some(measure.catalog.clone()),
        Some(measure.address.to_string()),
    ]
}

/// `GET /api/v1/measures.sdmx.csv`: SDMX-CSV 2.0.
pub(crate) async fn csv(call: Call) -> Answer {
    check(&call)?;
    let desk = call.server.office()?.desk().await?;
    let data = dataset(&call, &desk).await?;
    let mut head = vec!["STRUCTURE".to_owned(), "STRUCTURE_ID".to_owned(), "ACTION".to_owned()];
    head.extend(data.dimensions.iter().cloned());
    head.push("OBS_VALUE".to_owned());
    head.extend(ATTRIBUTES.iter().map(|id| (*id).to_owned()));
    let mut text = lines::line(&head, ',') + "\r\n";
    let structure = format!("{AGENCY}:{}({VERSION})", data.id);
    for one in data.observations {
        let mut cells = vec!["datastructure".to_owned(), structure.clone(), "I".to_owned()];
        cells.extend(one.key);
        cells.push(one.value.unwrap_or_default());
        cells.extend(one.attributes.into_iter().map(Option::unwrap_or_default));
        text += &lines::line(&cells, ',');
        text += "\r\n";
    }
    answered(text.into_bytes(), CSV)
}

/// `GET /api/v1/measures.sdmx.json`: SDMX-JSON 2.0.
pub(crate) async fn json(call: Call) -> Answer {
    check(&call)?;
    let lang = call.view.lang;
    let desk = call.server.office()?.desk().await?;
    let data = dataset(&call, &desk).await?;
    let codes: Vec<Vec<&String>> = data.names.iter().map(|names| names.keys().collect()).collect();
    let values: Vec<Vec<&str>> = (0..ATTRIBUTES.len())
        .map(|at| {
            let all = data.observations.iter().filter_map(|one| one.attributes.get(at)?.as_deref());
            all.collect::<BTreeSet<_>>().into_iter().collect()
        })
        .collect();
    let mut observations = Map::new();
    for one in &data.observations {
        let places = one.key.iter().zip(&codes).filter_map(|(code, codes)| codes.binary_search(&code).ok());
        let key: Vec<String> = places.map(|place| place.to_string()).collect();
        let mut cells = vec![one.value.as_deref().map_or(Json::Null, figure)];
        for (value, values) in one.attributes.iter().zip(&values) {
            let place = value.as_deref().and_then(|value| values.binary_search(&value).ok());
            cells.push(place.map_or(Json::Null, |place| json!(place)));
        }
        observations.insert(key.join(":"), Json::Array(cells));
    }
    let dimensions = data.dimensions.iter().zip(&data.names).enumerate().map(|(at, (id, names))| {
        let values: Vec<Json> = names.iter().map(|(code, name)| named(code, name, lang)).collect();
        json!({ "id": id, "name": concept(id, lang), "keyPosition": at, "values": values })
    });
    let dimensions: Vec<Json> = dimensions.collect();
    let attributes = ATTRIBUTES.iter().zip(&values).map(|(id, values)| {
        let values: Vec<Json> = values.iter().map(|value| json!({ "value": value })).collect();
        json!({ "id": id, "name": concept(id, lang), "relationship": { "observation": {} }, "values": values })
    });
    let attributes: Vec<Json> = attributes.collect();
    let message = json!({
        "meta": meta(&call, "data", SCHEMA),
        "data": {
            "structures": [{
                "links": [{ "rel": "datastructure", "urn": urn(&data.id) }],
                "dataSets": [0],
                "dimensions": { "dataSet": [], "series": [], "observation": dimensions },
                "measures": { "observation": [{ "id": "OBS_VALUE", "name": concept("OBS_VALUE", lang) }] },
                "attributes": { "dataSet": [], "dimensionGroup": [], "series": [], "observation": attributes },
            }],
            "dataSets": [{ "structure": 0, "action": "Information", "observations": observations }],
        },
    });
    answered(serde_json::to_vec(&message).map_err(Problem::ours)?, JSON)
}

/// A printed figure as a number of JSON, digit by digit where that can be.
fn figure(text: &str) -> Json {
    serde_json::from_str::<serde_json::Number>(text).map_or_else(|_| json!(text), Json::Number)
}

/// A code with its name.
fn named(code: &str, [zh, en]: &[String; 2], lang: Lang) -> Json {
    let name = if lang == Lang::Zh { zh } else { en };
    json!({ "id": code, "name": name, "names": { "zh": zh, "en": en } })
}

/// Name of a component; that of a cut is the field's own.
fn concept(id: &str, lang: Lang) -> String {
    let of_ours =
        matches!(id, "INDICATOR" | "REF_AREA" | "TIME_PERIOD" | "OBS_VALUE") || ATTRIBUTES.contains(&id);
    if of_ours { Text(lang).say(&format!("api-sdmx-{}", id.to_ascii_lowercase())) } else { id.to_owned() }
}

/// The name in Chinese and in English.
fn both_names(id: &str) -> [String; 2] {
    [Lang::Zh, Lang::En].map(|lang| Text(lang).say(&format!("api-sdmx-{id}")))
}

fn urn(id: &str) -> String {
    format!("urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure={AGENCY}:{id}({VERSION})")
}

fn meta(call: &Call, what: &str, schema: &str) -> Json {
    json!({
        "schema": schema,
        "id": format!("{what}-{}", call.arrival.id),
        "test": false,
        "prepared": call.server.now().to_string(),
        "contentLanguages": ["zh", "en"],
        "sender": { "id": AGENCY, "name": call.server.ledger.origin() },
    })
}

pub(super) fn answered(bytes: Vec<u8>, kind: &'static str) -> Answer {
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    Ok(response)
}

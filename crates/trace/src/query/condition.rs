//! One parameter of a query by its name: what it asks of an event.

use zhiheng_base::Diagnostic;

use super::field::{Home, Place, Test, Wanted, spelled, spelled_kind};
use super::parse::{moment, number, only, truth, unknown, wrong};
use super::{Clock, Compare, Condition, Things};
use crate::event::Field;
use crate::id::{Pattern, canonical};
use crate::json::{MDA, STANDARD};

/// Understands a parameter that is about events.
pub(super) fn condition(
    name: &str,
    values: &[String],
    namespaces: &[(String, String)],
) -> Result<Condition, Diagnostic> {
    if let Some(known) = fixed(name, values) {
        return known;
    }
    if let Some(rest) = name.strip_prefix("HASATTR_") {
        // the attribute may stand in the name or be the values
        let (field, attribute) = match rest.split_once('_') {
            Some(both) => both,
            None => (rest, only(name, values)?),
        };
        return Ok(Condition::Attribute(field.to_owned(), whole(attribute, namespaces), None));
    }
    if let Some(rest) = name.strip_prefix("EQ_ATTR_").or_else(|| name.strip_prefix("EQATTR_")) {
        let (field, attribute) = rest.split_once('_').ok_or_else(|| unknown(name))?;
        let attribute = whole(attribute, namespaces);
        return Ok(Condition::Attribute(field.to_owned(), attribute, Some(values.to_vec())));
    }
    let (verb, rest) = name.split_once('_').ok_or_else(|| unknown(name))?;
    if verb == "EXISTS" {
        return extension(rest, Test::Exists, namespaces).map(Condition::Own);
    }
    let compare = compare(verb).ok_or_else(|| unknown(name))?;
    if let Some(known) = measured(name, rest, compare, values) {
        return known;
    }
    for (prefix, which) in [("bizTransaction_", 0), ("source_", 1), ("destination_", 2)] {
        if let (Some(kind), Compare::Equal) = (rest.strip_prefix(prefix), compare) {
            let wanted = values.iter().map(|text| canonical(text).into_owned()).collect();
            return Ok(Condition::Typed(which, spelled_kind(which, kind), wanted));
        }
    }
    if !rest.contains([':', '#', '/']) {
        return Err(unknown(name));
    }
    let test = match compare {
        Compare::Equal => Test::Text(values.to_vec()),
        _ => match number(name, values) {
            Ok(number) => Test::Number(compare, number),
            Err(_) => Test::Moment(compare, moment(name, values)?),
        },
    };
    extension(rest, test, namespaces).map(Condition::Own)
}

/// The name of an attribute with its prefix made whole, as master data has it.
fn whole(attribute: &str, namespaces: &[(String, String)]) -> String {
    let Some((prefix, rest)) = attribute.split_once(':').filter(|(_, rest)| !rest.starts_with("//")) else {
        return one_name(attribute);
    };
    let own = namespaces.iter().find(|(own, _)| own == prefix).map(|(_, space)| space.as_str());
    let standard = || STANDARD.iter().find(|(own, _)| *own == prefix).map(|(_, space)| *space);
    own.or_else(standard).map_or_else(|| one_name(attribute), |space| one_name(&format!("{space}{rest}")))
}

/// One spelling of the names of standard attributes, which are written with `#`, with `:`, and as `cbvmda:`.
pub(crate) fn one_name(attribute: &str) -> String {
    match attribute.strip_prefix(MDA) {
        Some(rest) => format!("{MDA}:{}", rest.trim_start_matches(['#', ':'])),
        None => attribute.to_owned(),
    }
}

fn compare(verb: &str) -> Option<Compare> {
    Some(match verb {
        "EQ" => Compare::Equal,
        "GT" => Compare::Greater,
        "GE" => Compare::AtLeast,
        "LT" => Compare::Less,
        "LE" => Compare::AtMost,
        _ => return None,
    })
}

/// Parameters whose whole name the standard fixes.
fn fixed(name: &str, values: &[String]) -> Option<Result<Condition, Diagnostic>> {
    let text =
        |place: Place| Ok(Condition::Text(place, values.iter().map(|text| place.spelled(text)).collect()));
    let within = |is_read_point| {
        Ok(Condition::Within(is_read_point, values.iter().map(|text| canonical(text).into_owned()).collect()))
    };
    let matches = |which| {
        let patterns = values.iter().map(|text| Pattern::read(text)).collect::<Result<Vec<_>, _>>();
        patterns
            .map(|patterns| Condition::Matches(which, patterns))
            .map_err(|_| wrong(name, &values.join("|")))
    };
    let sensor =
        |field: Field| Ok(Condition::Sensor(field, values.iter().map(|text| spelled(field, text)).collect()));
    Some(match name {
        "eventType" => {
            // older names, with the form of 1.2 that became an object event
            let known = [
                "ObjectEvent",
                "AggregationEvent",
                "TransactionEvent",
                "TransformationEvent",
                "AssociationEvent",
            ];
            match values.iter().find(|text| !known.contains(&text.as_str()) && !text.contains(':')) {
                Some(odd) => Err(wrong(name, odd)),
                None => Ok(Condition::Kind(values.to_vec())),
            }
        }
        "EQ_action" => match values.iter().find(|text| crate::event::Action::of_name(text).is_none()) {
            Some(odd) => Err(wrong(name, odd)),
            None => text(Place::Action),
        },
        "EQ_bizStep" => text(Place::BizStep),
        "EQ_disposition" => text(Place::Disposition),
        "EQ_persistentDisposition_set" => text(Place::LastingSet),
        "EQ_persistentDisposition_unset" => text(Place::LastingUnset),
        "EQ_readPoint" => text(Place::ReadPoint),
        "EQ_bizLocation" => text(Place::BizLocation),
        "WD_readPoint" => within(true),
        "WD_bizLocation" => within(false),
        "EQ_transformationID" => text(Place::Transformation),
        "EQ_eventID" => text(Place::Id),
        "EQ_errorReason" => text(Place::Reason),
        "EQ_correctiveEventID" => text(Place::Corrective),
        "MATCH_epc" => matches(Things::Epc),
        "MATCH_parentID" => matches(Things::Parent),
        "MATCH_inputEPC" => matches(Things::Input),
        "MATCH_outputEPC" => matches(Things::Output),
        "MATCH_anyEPC" => matches(Things::Any),
        "MATCH_epcClass" => matches(Things::Class),
        "MATCH_inputEPCClass" => matches(Things::InputClass),
        "MATCH_outputEPCClass" => matches(Things::OutputClass),
        "MATCH_anyEPCClass" => matches(Things::AnyClass),
        "EXISTS_errorDeclaration" => truth(name, values).map(|is| Condition::Exists(true, is)),
        "EXISTS_sensorElementList" | "EXISTS_sensorElement" => {
            truth(name, values).map(|is| Condition::Exists(false, is))
        }
        "EQ_type" => sensor(Field::Type),
        "EQ_deviceID" => sensor(Field::DeviceId),
        "EQ_dataProcessingMethod" => sensor(Field::DataProcessingMethod),
        "EQ_bizRules" => sensor(Field::BizRules),
        "EQ_microorganism" => sensor(Field::Microorganism),
        "EQ_chemicalSubstance" => sensor(Field::ChemicalSubstance),
        "EQ_stringValue" => sensor(Field::StringValue),
        "EQ_booleanValue" => {
            truth(name, values).map(|is| Condition::Sensor(Field::BooleanValue, vec![is.to_string()]))
        }
        "EQ_hexBinaryValue" => sensor(Field::HexBinaryValue),
        "EQ_uriValue" => sensor(Field::UriValue),
        _ => {
            let (verb, rest) = name.split_once('_')?;
            let clock = match rest {
                "eventTime" => Clock::Event,
                "recordTime" => Clock::Record,
                "errorDeclarationTime" | "errorDeclaration_Time" => Clock::Declaration,
                "time" => Clock::Sensor(Field::Time),
                "startTime" => Clock::Sensor(Field::StartTime),
                "endTime" => Clock::Sensor(Field::EndTime),
                _ => return None,
            };
            match verb {
                "GE" => moment(name, values).map(|at| Condition::Moment(clock, Compare::AtLeast, at)),
                "LT" => moment(name, values).map(|at| Condition::Moment(clock, Compare::Less, at)),
                _ => Err(unknown(name)),
            }
        }
    })
}

/// Parameters about amounts and readings, with or without a unit at the end.
fn measured(
    name: &str,
    rest: &str,
    compare: Compare,
    values: &[String],
) -> Option<Result<Condition, Diagnostic>> {
    let (field, unit) = match rest.split_once('_') {
        Some((field, unit)) => (field, Some(unit)),
        None => (rest, None),
    };
    let is_unit = |unit: &str| {
        (2..=4).contains(&unit.len())
            && unit.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    if unit.is_some_and(|unit| !is_unit(unit)) {
        return None;
    }
    let own = match field {
        "quantity" => {
            return Some(
                number(name, values)
                    .map(|wanted| Condition::Quantity(compare, wanted, unit.map(str::to_owned))),
            );
        }
        "value" => Field::Value,
        "minValue" => Field::MinValue,
        "maxValue" => Field::MaxValue,
        "meanValue" => Field::MeanValue,
        "sDev" => Field::SDev,
        "percValue" => Field::PercValue,
        "percRank" => Field::PercRank,
        _ => return None,
    };
    // a value without its unit says nothing; a rank has none
    if (own == Field::PercRank) != unit.is_none() {
        return Some(Err(unknown(name)));
    }
    Some(
        number(name, values).map(|wanted| Condition::Measured(own, compare, wanted, unit.map(str::to_owned))),
    )
}

const HOMES: [(&str, Home); 7] = [
    ("ILMD_", Home::Ilmd),
    ("SENSORELEMENT_", Home::SensorElement),
    ("SENSORMETADATA_", Home::SensorMetadata),
    ("SENSORREPORT_", Home::SensorReport),
    ("ERROR_DECLARATION_", Home::ErrorDeclaration),
    ("readPoint_", Home::ReadPoint),
    ("bizLocation_", Home::BizLocation),
];

/// An extension field by its name: a prefix that was declared, or the whole address.
pub(super) fn extension(
    text: &str,
    test: Test,
    namespaces: &[(String, String)],
) -> Result<Wanted, Diagnostic> {
    let (inner, rest) = text.strip_prefix("INNER_").map_or((false, text), |rest| (true, rest));
    let found = HOMES.iter().find_map(|(start, home)| Some((*home, rest.strip_prefix(start)?)));
    let (home, field) = found.unwrap_or((Home::Event, rest));
    let (prefix, local) = field.split_once(':').ok_or_else(|| unknown(text))?;
    let known = namespaces.iter().find(|(own, _)| own == prefix).map(|(_, space)| space.as_str());
    let standard = STANDARD.iter().find(|(own, _)| *own == prefix).map(|(_, space)| *space);
    let name = match known.or(standard) {
        Some(space) => format!("{space}{local}"),
        None if field.contains("//") || matches!(prefix, "urn" | "http" | "https") => field.to_owned(),
        None => return Err(Diagnostic::error("ZH9565").arg("prefix", prefix)),
    };
    Ok(Wanted { home, inner, name, test })
}

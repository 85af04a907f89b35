//! Readings of sensors: the fields that the standard names, in the order of the event hash.

use crate::node::{Node, Scalar};
use crate::vocabulary::Vocabulary;

/// What a sensor field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A moment.
    Time,
    /// A URI.
    Uri,
    /// A number.
    Number,
    /// Text.
    Text,
    /// Yes or no.
    Bool,
    /// Bytes in hexadecimal.
    Hex,
    /// A standard word or URI.
    Word(Vocabulary),
}

/// A field of `sensorMetadata` or `sensorReport`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // the names are the standard's
pub enum Field {
    Type,
    Exception,
    Time,
    StartTime,
    EndTime,
    DeviceId,
    DeviceMetadata,
    RawData,
    DataProcessingMethod,
    BizRules,
    Microorganism,
    ChemicalSubstance,
    Value,
    Component,
    StringValue,
    BooleanValue,
    HexBinaryValue,
    UriValue,
    MinValue,
    MaxValue,
    MeanValue,
    SDev,
    PercRank,
    PercValue,
    Uom,
    CoordinateReferenceSystem,
}

/// The fields of `sensorMetadata`, in the order of the hash.
pub(crate) const METADATA: [Field; 8] = [
    Field::Time,
    Field::StartTime,
    Field::EndTime,
    Field::DeviceId,
    Field::DeviceMetadata,
    Field::RawData,
    Field::DataProcessingMethod,
    Field::BizRules,
];

/// The fields of `sensorReport`, in the order of the hash; `bizRules` is not in the order and comes last.
pub(crate) const REPORT: [Field; 24] = [
    Field::Type,
    Field::Exception,
    Field::DeviceId,
    Field::DeviceMetadata,
    Field::RawData,
    Field::DataProcessingMethod,
    Field::Time,
    Field::Microorganism,
    Field::ChemicalSubstance,
    Field::Value,
    Field::Component,
    Field::StringValue,
    Field::BooleanValue,
    Field::HexBinaryValue,
    Field::UriValue,
    Field::MinValue,
    Field::MaxValue,
    Field::MeanValue,
    Field::SDev,
    Field::PercRank,
    Field::PercValue,
    Field::Uom,
    Field::CoordinateReferenceSystem,
    Field::BizRules,
];

impl Field {
    /// Its name in the standard.
    pub fn name(self) -> &'static str {
        match self {
            Field::Type => "type",
            Field::Exception => "exception",
            Field::Time => "time",
            Field::StartTime => "startTime",
            Field::EndTime => "endTime",
            Field::DeviceId => "deviceID",
            Field::DeviceMetadata => "deviceMetadata",
            Field::RawData => "rawData",
            Field::DataProcessingMethod => "dataProcessingMethod",
            Field::BizRules => "bizRules",
            Field::Microorganism => "microorganism",
            Field::ChemicalSubstance => "chemicalSubstance",
            Field::Value => "value",
            Field::Component => "component",
            Field::StringValue => "stringValue",
            Field::BooleanValue => "booleanValue",
            Field::HexBinaryValue => "hexBinaryValue",
            Field::UriValue => "uriValue",
            Field::MinValue => "minValue",
            Field::MaxValue => "maxValue",
            Field::MeanValue => "meanValue",
            Field::SDev => "sDev",
            Field::PercRank => "percRank",
            Field::PercValue => "percValue",
            Field::Uom => "uom",
            Field::CoordinateReferenceSystem => "coordinateReferenceSystem",
        }
    }

    /// What it holds.
    pub fn kind(self) -> FieldKind {
        match self {
            Field::Type => FieldKind::Word(Vocabulary::Measurement),
            Field::Exception => FieldKind::Word(Vocabulary::Alert),
            Field::Component => FieldKind::Word(Vocabulary::Component),
            Field::Time | Field::StartTime | Field::EndTime => FieldKind::Time,
            Field::Value
            | Field::MinValue
            | Field::MaxValue
            | Field::MeanValue
            | Field::SDev
            | Field::PercRank
            | Field::PercValue => FieldKind::Number,
            Field::StringValue | Field::Uom => FieldKind::Text,
            Field::BooleanValue => FieldKind::Bool,
            Field::HexBinaryValue => FieldKind::Hex,
            _ => FieldKind::Uri,
        }
    }

    /// The field of metadata or of a report by its name.
    pub(crate) fn of_name(name: &str, in_report: bool) -> Option<Field> {
        let fields: &[Field] = if in_report { &REPORT } else { &METADATA };
        fields.iter().copied().find(|field| field.name() == name)
    }
}

/// Fields and their values: the metadata of a sensor element, or one report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// The fields stated, in the order of the document.
    pub fields: Vec<(Field, Scalar)>,
    /// Extensions.
    pub extensions: Vec<Node>,
}

impl Measured {
    /// The value of a field.
    pub fn get(&self, field: Field) -> Option<&Scalar> {
        self.fields.iter().find(|(own, _)| *own == field).map(|(_, value)| value)
    }

    /// The value of a field as text.
    pub fn text(&self, field: Field) -> Option<&str> {
        self.get(field).map(Scalar::text)
    }
}

/// One set of readings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SensorElement {
    /// What holds for all its reports.
    pub metadata: Option<Measured>,
    /// The reports.
    pub reports: Vec<Measured>,
    /// Extensions.
    pub extensions: Vec<Node>,
}

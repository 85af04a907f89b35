//! The standard words of CBV 2.0 in their three spellings.
//!
//! `shipping` in JSON, `https://ref.gs1.org/cbv/BizStep-shipping` on the web, `urn:epcglobal:cbv:bizstep:shipping` in
//! older XML are one word. Text from an event stays as it was written; these functions translate.

use std::borrow::Cow;
use std::sync::LazyLock;

/// A field that takes standard words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vocabulary {
    /// What was done.
    BizStep,
    /// In which state the things are afterwards.
    Disposition,
    /// Kind of a business document.
    TransactionType,
    /// Kind of a source or destination.
    SourceType,
    /// Why an event is declared wrong.
    ErrorReason,
    /// What a sensor measured.
    Measurement,
    /// An alarm or a fault of a sensor.
    Alert,
    /// Which component of a vector or position.
    Component,
}

const BIZ_STEPS: &str = "accepting arriving assembling collecting commissioning consigning creating_class_instance \
cycle_counting decommissioning departing destroying disassembling dispensing encoding entering_exiting holding \
inspecting installing killing loading other packing picking receiving removing repackaging repairing replacing \
reserving retail_selling sampling sensor_reporting shipping staging_outbound stock_taking stocking storing \
transporting unloading unpacking void_shipping";
const DISPOSITIONS: &str = "active available completeness_inferred completeness_verified conformant container_closed \
container_open damaged destroyed dispensed disposed encoded expired in_progress in_transit inactive mismatch_class \
mismatch_instance mismatch_quantity needs_replacement no_pedigree_match non_conformant non_sellable_other \
partially_dispensed recalled reserved retail_sold returned sellable_accessible sellable_not_accessible stolen \
unavailable unknown";
const TRANSACTION_TYPES: &str =
    "bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt";
const SOURCE_TYPES: &str = "location owning_party possessing_party";
const ERROR_REASONS: &str = "did_not_occur incorrect_data";
const MEASUREMENTS: &str = "AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Altitude AmountOfSubstance \
AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum AngularVelocity Area Capacitance Conductance \
Conductivity Count Density Dimensionless DoseEquivalent DoseEquivalentRate DynamicViscosity ElectricCharge \
ElectricCurrent ElectricCurrentDensity ElectricFieldStrength Energy Exposure Force Frequency Illuminance Inductance \
Irradiance KinematicViscosity Length LinearMomentum Luminance LuminousFlux LuminousIntensity MagneticFlux \
MagneticFluxDensity MagneticVectorPotential Mass MassConcentration MassFlowRate MassPerAreaTime MemoryCapacity \
MolalityOfSolute MolarEnergy MolarMass MolarVolume Power Pressure RadiantFlux RadiantIntensity Radioactivity \
RelativeHumidity Resistance Resistivity SolidAngle SpecificVolume Speed SurfaceDensity SurfaceTension Temperature Time \
Torque Voltage Volume VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber";
const ALERTS: &str = "ALARM_CONDITION ERROR_CONDITION";
const COMPONENTS: &str = "altitude axial_distance azimuth easting elevation_angle height latitude longitude northing \
polar_angle spherical_radius x y z";

/// The web home of CBV.
const CBV: &str = "https://ref.gs1.org/cbv/";
/// The web home of the GS1 vocabulary.
const VOC: &str = "https://gs1.org/voc/";

/// The words of each field, in the order of their letters.
static LISTS: LazyLock<[Vec<&'static str>; 8]> = LazyLock::new(|| {
    Vocabulary::ALL.map(|field| {
        let mut words: Vec<&str> = field.words().split(' ').collect();
        words.sort_unstable();
        words
    })
});

impl Vocabulary {
    /// All fields, in their order.
    const ALL: [Vocabulary; 8] = [
        Vocabulary::BizStep,
        Vocabulary::Disposition,
        Vocabulary::TransactionType,
        Vocabulary::SourceType,
        Vocabulary::ErrorReason,
        Vocabulary::Measurement,
        Vocabulary::Alert,
        Vocabulary::Component,
    ];

    fn words(self) -> &'static str {
        match self {
            Vocabulary::BizStep => BIZ_STEPS,
            Vocabulary::Disposition => DISPOSITIONS,
            Vocabulary::TransactionType => TRANSACTION_TYPES,
            Vocabulary::SourceType => SOURCE_TYPES,
            Vocabulary::ErrorReason => ERROR_REASONS,
            Vocabulary::Measurement => MEASUREMENTS,
            Vocabulary::Alert => ALERTS,
            Vocabulary::Component => COMPONENTS,
        }
    }

    /// The start of the web spelling.
    fn web_start(self) -> (&'static str, &'static str) {
        match self {
            Vocabulary::BizStep => (CBV, "BizStep-"),
            Vocabulary::Disposition => (CBV, "Disp-"),
            Vocabulary::TransactionType => (CBV, "BTT-"),
            Vocabulary::SourceType => (CBV, "SDT-"),
            Vocabulary::ErrorReason => (CBV, "ER-"),
            Vocabulary::Measurement | Vocabulary::Alert => (VOC, ""),
            Vocabulary::Component => (CBV, "Comp-"),
        }
    }

    /// The start of the URN spelling, where there is one.
    fn urn_start(self) -> Option<&'static str> {
        Some(match self {
            Vocabulary::BizStep => "urn:epcglobal:cbv:bizstep:",
            Vocabulary::Disposition => "urn:epcglobal:cbv:disp:",
            Vocabulary::TransactionType => "urn:epcglobal:cbv:btt:",
            Vocabulary::SourceType => "urn:epcglobal:cbv:sdt:",
            Vocabulary::ErrorReason => "urn:epcglobal:cbv:er:",
            Vocabulary::Measurement | Vocabulary::Alert | Vocabulary::Component => return None,
        })
    }

    /// True if `word` is a standard word of this field.
    pub fn has(self, word: &str) -> bool {
        LISTS.get(self as usize).is_some_and(|words| words.binary_search(&word).is_ok())
    }

    /// The word after the start of any spelling, standard or not.
    fn tail(self, text: &str) -> Option<&str> {
        let (home, start) = self.web_start();
        let short = if home == CBV { "cbv:" } else { "gs1:" };
        text.strip_prefix(home)
            .or_else(|| text.strip_prefix(short))
            .and_then(|rest| rest.strip_prefix(start))
            .or_else(|| text.strip_prefix(self.urn_start()?))
    }

    /// The bare word of a standard term in any spelling; `None` for a term of somebody's own.
    pub fn bare(self, text: &str) -> Option<&str> {
        let word = self.tail(text).unwrap_or(text);
        self.has(word).then_some(word)
    }

    /// The web spelling. Terms of somebody's own come back unchanged.
    pub fn web(self, text: &str) -> Cow<'_, str> {
        let (home, start) = self.web_start();
        let word = match self.tail(text) {
            Some(word) => word,
            None if text.is_empty() || text.contains([':', '/']) => return text.into(),
            None => text,
        };
        format!("{home}{start}{word}").into()
    }

    /// The URN spelling, or the web spelling where there is no URN. Terms of somebody's own come back unchanged.
    pub fn urn(self, text: &str) -> Cow<'_, str> {
        match (self.urn_start(), self.bare(text)) {
            (Some(start), Some(word)) => format!("{start}{word}").into(),
            _ => self.web(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_have_the_standards_sizes() {
        // counted in the published JSON schema
        for (vocabulary, n_words) in [
            (Vocabulary::BizStep, 41),
            (Vocabulary::Disposition, 33),
            (Vocabulary::TransactionType, 13),
            (Vocabulary::SourceType, 3),
            (Vocabulary::ErrorReason, 2),
            (Vocabulary::Measurement, 72),
            (Vocabulary::Component, 14),
        ] {
            assert_eq!(vocabulary.words().split(' ').count(), n_words, "{vocabulary:?}");
        }
        for (place, field) in Vocabulary::ALL.into_iter().enumerate() {
            assert_eq!(field as usize, place);
            assert!(field.words().split(' ').all(|word| field.has(word)) && !field.has(""), "{field:?}");
            assert!(!field.has("shippin") && !field.has("x y"), "{field:?}");
        }
    }

    #[test]
    fn spellings_by_hand() {
        let step = Vocabulary::BizStep;
        let web = "https://ref.gs1.org/cbv/BizStep-shipping";
        for text in ["shipping", web, "urn:epcglobal:cbv:bizstep:shipping", "cbv:BizStep-shipping"] {
            assert_eq!((step.bare(text), step.web(text).as_ref()), (Some("shipping"), web), "{text}");
            assert_eq!(step.urn(text), "urn:epcglobal:cbv:bizstep:shipping");
        }
        assert_eq!(step.bare("https://example.com/shipping"), None);
        assert_eq!(step.web("https://example.com/shipping"), "https://example.com/shipping");
        assert_eq!(Vocabulary::Measurement.web("gs1:MT-Humidity"), "https://gs1.org/voc/MT-Humidity");
        assert_eq!(Vocabulary::Measurement.urn("Temperature"), "https://gs1.org/voc/Temperature");
        assert_eq!(Vocabulary::Disposition.bare("urn:epcglobal:cbv:bizstep:shipping"), None);
    }
}

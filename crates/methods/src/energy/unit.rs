//! Units in which amounts of energy carriers are recorded.

/// A unit of amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Unit {
    Kilogram,
    Tonne,
    TenThousandTonnes,
    CubicMetre,
    TenThousandCubicMetres,
    KilowattHour,
    TenThousandKilowattHours,
    Megajoule,
    Gigajoule,
}

const ALL: [(&str, Unit); 9] = [
    ("kg", Unit::Kilogram),
    ("t", Unit::Tonne),
    ("10^4t", Unit::TenThousandTonnes),
    ("m3", Unit::CubicMetre),
    ("10^4m3", Unit::TenThousandCubicMetres),
    ("kWh", Unit::KilowattHour),
    ("10^4kWh", Unit::TenThousandKilowattHours),
    ("MJ", Unit::Megajoule),
    ("GJ", Unit::Gigajoule),
];

impl Unit {
    /// The unit written as `text`: `kg`, `t`, `10^4t`, `m3`, `10^4m3`, `kWh`, `10^4kWh`, `MJ`, `GJ`.
    pub fn named(text: &str) -> Option<Self> {
        ALL.iter().find(|(name, _)| *name == text).map(|(_, unit)| *unit)
    }

    /// How the unit is written.
    pub fn name(self) -> &'static str {
        ALL.iter().find(|(_, unit)| *unit == self).map_or("", |(name, _)| name)
    }

    /// How many of `other` make one of `self`; `None` when one is mass and the other volume, and so on.
    ///
    /// Energy units do not turn into one another here: whether a kilowatt-hour counts as 3.6 MJ or as the fuel
    /// burnt for it must be said with the coefficient.
    ///
    /// ```
    /// use zhiheng_methods::energy::unit::Unit;
    /// assert_eq!(Unit::Tonne.in_units_of(Unit::Kilogram), Some(1000.0));
    /// assert_eq!(Unit::KilowattHour.in_units_of(Unit::Megajoule), None);
    /// ```
    pub fn in_units_of(self, other: Unit) -> Option<f64> {
        let ((here, size), (there, base)) = (self.measure(), other.measure());
        (here == there).then(|| size / base)
    }

    /// What it measures, and how many of the smallest unit of that it holds.
    fn measure(self) -> (&'static str, f64) {
        match self {
            Unit::Kilogram => ("mass", 1.0),
            Unit::Tonne => ("mass", 1e3),
            Unit::TenThousandTonnes => ("mass", 1e7),
            Unit::CubicMetre => ("volume", 1.0),
            Unit::TenThousandCubicMetres => ("volume", 1e4),
            Unit::KilowattHour => ("electricity", 1.0),
            Unit::TenThousandKilowattHours => ("electricity", 1e4),
            Unit::Megajoule => ("heat", 1.0),
            Unit::Gigajoule => ("heat", 1e3),
        }
    }
}

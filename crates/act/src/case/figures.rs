//! Figures that a step needs: what must be asked for, and what is written down of the answer.
//!
//! Nothing is measured here. [`wanted`] says which figures the form of a step lacks; whoever can measure fetches them and puts
//! them into [`Ask::figures`]. One figure may be asked for with another (the limit of a rule with the rule's number), so it is
//! asked again until nothing more is wanted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Formatter, Write as _};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use zhiheng_base::{Date, Decimal, Diagnostic, Period, RegionCode};
use zhiheng_catalog::model::{FigureField, FigureFrom, FigurePart, FigureWhen, Procedure, SchemeName, Step};
use zhiheng_catalog::{Formula, Value};

use super::ask::{Act, Ask, World};
use super::event::Event;
use super::fold::Case;
use super::form::{fits, of_field, of_form};
use super::names::{Names, plain, region_of};
use super::value::to_json;

/// A figure as it was fetched for a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Value; null if there is none.
    pub value: Value,
    /// The address at which it can be computed again.
    pub from: String,
    /// Size of the ledger that it was computed at.
    pub size: u64,
}

/// A figure as it stands in an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fetched {
    /// What the ledger said; null if nothing. The form may hold another value, with a reason.
    pub value: Json,
    /// The address at which it can be computed again.
    pub from: String,
    /// Size of the ledger that it was computed at.
    pub size: u64,
}

/// A figure that a step needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Field of the form.
    pub field: String,
    /// What is to be asked.
    pub of: Asked,
    /// Which part of the answer.
    pub part: FigurePart,
}

/// What is to be asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// An indicator's number.
    Measure {
        /// Indicator.
        indicator: String,
        /// Region.
        region: RegionCode,
        /// Period.
        period: Period,
        /// Dimension and value.
        cuts: Vec<(String, String)>,
    },
    /// What a scheme makes of a place.
    Scheme {
        /// Scheme.
        scheme: String,
        /// Place.
        region: RegionCode,
        /// Period.
        period: Period,
        /// Region whose places are ranked with it; the one above it if `None`.
        within: Option<RegionCode>,
    },
    /// A field of the one record that stands with these values; of a register the one that holds on the day.
    Record {
        /// Record type.
        of: String,
        /// Field and value.
        find: Vec<(String, Value)>,
        /// Field that is taken.
        field: String,
        /// Day of the step.
        on: Date,
    },
    /// The check of tables for disclosure.
    Disclosure {
        /// Addresses of the tables.
        tables: Vec<String>,
        /// Fewest contributors allowed in a cell.
        least: u64,
        /// Largest share of one contributor allowed, in percent.
        most_share: Option<Decimal>,
    },
}

impl Display for Asked {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Asked::Measure { indicator, region, period, cuts } => {
                write!(to, "{indicator}/{region}/{period}")?;
                cuts.iter().try_for_each(|(name, value)| write!(to, ";{name}={}", Encoded(value)))
            }
            Asked::Scheme { scheme, region, period, within } => {
                write!(to, "{scheme}/{region}/{period}")?;
                within.iter().try_for_each(|within| write!(to, ";within={within}"))
            }
            Asked::Record { of, find, field, on } => {
                write!(to, "{of}.{field}/{on}")?;
                find.iter().try_for_each(|(name, value)| write!(to, ";{name}={}", Encoded(&plain(value))))
            }
            Asked::Disclosure { tables, least, most_share } => {
                write!(to, "{};least={least}", tables.join(" "))?;
                most_share.iter().try_for_each(|share| write!(to, ";most_share={}", share.normalize()))
            }
        }
    }
}

/// A value within an address, as addresses of numbers write it.
struct Encoded<'a>(&'a str);

impl Display for Encoded<'_> {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|sign| {
            if !sign.is_control() && !matches!(sign, '/' | ';' | '=' | '@' | '%' | '~' | ' ' | '?' | '#') {
                return to.write_char(sign);
            }
            sign.encode_utf8(&mut [0; 4]).bytes().try_for_each(|byte| write!(to, "%{byte:02X}"))
        })
    }
}

/// The figures that the form of a step still lacks and that can be asked for by now, in the order of the form; none for acts
/// that have no form. For an opening the case is empty but for its procedure.
///
/// # Errors
///
/// ZH8246 where a period, region or limit that a figure is asked for with is none.
pub fn wanted(
    world: World<'_>,
    procedure: &Procedure,
    case: &Case,
    ask: &Ask,
) -> Result<Vec<Wanted>, Vec<Diagnostic>> {
    let Some(step) = step_of(procedure, case, ask) else { return Ok(Vec::new()) };
    let mut next = case.clone();
    next.sheet.extend(ask.form.iter().map(|(id, value)| (id.clone(), value.clone())));
    for (id, figure) in ask.figures.iter().filter(|(id, _)| !ask.form.contains_key(*id)) {
        next.sheet.insert(id.clone(), figure.value.clone());
    }
    // What this form is still to bring must not be read off an earlier form.
    let named = || step.form.iter().chain(&step.may);
    let pending = |id: &str| procedure.figure(id).is_some() && !ask.figures.contains_key(id);
    let open: BTreeSet<&str> = named().map(String::as_str).filter(|id| pending(id)).collect();
    next.sheet.retain(|id, _| !open.contains(id.as_str()));
    let names = Names { world, case: &next, on: ask.on, unit: "" };
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for figure in named().filter(|id| open.contains(id.as_str())).filter_map(|id| procedure.figure(id)) {
        match asked(figure, procedure, &names) {
            Ok(Some(of)) => found.push(Wanted { field: figure.field.clone(), of, part: figure.part }),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

fn step_of<'p>(procedure: &'p Procedure, case: &Case, ask: &Ask) -> Option<&'p Step> {
    let Act::Step(id) = &ask.act else { return None };
    match (case.events.is_empty(), id.is_empty()) {
        (true, true) => procedure.openings().next(),
        _ => procedure.step(id),
    }
}

/// What is to be asked for a figure; nothing as long as a name in it has no value.
fn asked(
    figure: &FigureField,
    procedure: &Procedure,
    names: &Names<'_>,
) -> Result<Option<Asked>, Diagnostic> {
    let wrong = |text: &dyn Display| {
        Diagnostic::error("ZH8246").arg("field", &figure.field).arg("value", text.to_string())
    };
    let own = |formula: &Option<Formula>| match formula {
        None => Ok(region_of(procedure, names.case)),
        Some(formula) => region_named(formula, names, &wrong),
    };
    let texts = |all: &[(String, Formula)]| -> Option<Vec<(String, Value)>> {
        let value = |formula: &Formula| Some(formula.eval(names)).filter(|value| *value != Value::Null);
        all.iter().map(|(name, formula)| Some((name.clone(), value(formula)?))).collect()
    };
    Ok(match &figure.from {
        FigureFrom::Measure { indicator, region: place, when: at, cuts } => {
            let (Some(region), Some(period), Some(cuts)) =
                (own(place)?, when(at, names, &wrong)?, texts(cuts))
            else {
                return Ok(None);
            };
            let mut cuts: Vec<_> = cuts.into_iter().map(|(name, value)| (name, plain(&value))).collect();
            cuts.sort();
            Some(Asked::Measure { indicator: indicator.clone(), region, period, cuts })
        }
        FigureFrom::Scheme { scheme, region: place, when: at, within } => {
            let scheme = match scheme {
                SchemeName::Id(id) => Some(id.clone()),
                SchemeName::Field(field) => names.case.sheet.get(field).map(plain),
            };
            let (Some(scheme), Some(region), Some(period)) =
                (scheme.filter(|id| !id.is_empty()), own(place)?, when(at, names, &wrong)?)
            else {
                return Ok(None);
            };
            let within = match within {
                None => None,
                Some(within) => match region_named(within, names, &wrong)? {
                    Some(within) => Some(within),
                    None => return Ok(None),
                },
            };
            Some(Asked::Scheme { scheme, region, period, within })
        }
        FigureFrom::Record { of, find, field } => {
            let Some(find) = texts(find) else { return Ok(None) };
            Some(Asked::Record { of: of.clone(), find, field: field.clone(), on: names.on })
        }
        FigureFrom::Disclosure { tables, least, most_share } => {
            let Some(Value::Text(text)) = names.case.sheet.get(tables) else { return Ok(None) };
            let tables = text.split_whitespace().map(str::to_owned).collect();
            let least = match least.eval(names) {
                Value::Integer(least) => u64::try_from(least).map_err(|_| wrong(&least))?,
                _ => return Ok(None),
            };
            let most_share = match most_share.as_ref().map(|share| share.eval(names)) {
                None => None,
                Some(Value::Null) => return Ok(None),
                Some(share) => share.to_decimal(),
            };
            Some(Asked::Disclosure { tables, least, most_share })
        }
    })
}

/// The region that a formula names.
fn region_named(
    formula: &Formula,
    names: &Names<'_>,
    wrong: &dyn Fn(&dyn Display) -> Diagnostic,
) -> Result<Option<RegionCode>, Diagnostic> {
    match formula.eval(names) {
        Value::Text(code) => RegionCode::parse(&code).map(Some).map_err(|_| wrong(&code)),
        _ => Ok(None),
    }
}

/// The period: of two days the year, half, quarter or month that they span, if they do.
fn when(
    at: &FigureWhen,
    names: &Names<'_>,
    wrong: &dyn Fn(&dyn Display) -> Diagnostic,
) -> Result<Option<Period>, Diagnostic> {
    let day = |formula: &Formula| match formula.eval(names) {
        Value::Date(day) => Some(day),
        _ => None,
    };
    match at {
        FigureWhen::Period(formula) => match formula.eval(names) {
            Value::Text(text) => Period::parse(&text).map(Some).map_err(|_| wrong(&text)),
            _ => Ok(None),
        },
        FigureWhen::Days(first, last) => {
            let (Some(first), Some(last)) = (day(first), day(last)) else { return Ok(None) };
            let days = Period::days(first, last).map_err(|_| wrong(&format_args!("{first}..{last}")))?;
            Ok(Some(calendar(days)))
        }
    }
}

/// The calendar's name of a stretch of days, where it has one: one number has one address.
fn calendar(days: Period) -> Period {
    use zhiheng_base::PeriodKind::{Half, Month, Quarter, Year};
    let named =
        [Year, Half, Quarter, Month].into_iter().filter_map(|kind| Period::of(kind, days.start()).ok());
    let same = |one: &Period| one.start() == days.start() && one.end() == days.end();
    named.into_iter().find(same).unwrap_or(days)
}

/// What fetched figures put onto the form beside what was typed.
pub(crate) struct Filled {
    /// Values by field, as they enter the event.
    pub(crate) form: Map<String, Json>,
    /// Where they are from.
    pub(crate) figures: BTreeMap<String, Fetched>,
}

/// Fills in the fields that nobody types.
///
/// Errors, all of them: ZH8206 a figure for a field that is none of the step's figures, ZH8243 somebody typed such a field,
/// ZH8244 what was typed differs from the ledger and no reason is given, ZH8245 a figure is missing, ZH8207 one does not fit.
pub(crate) fn filled_in(
    procedure: &Procedure,
    step: &Step,
    ask: &Ask,
    mut form: Map<String, Json>,
) -> Result<Filled, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let mut figures = BTreeMap::new();
    let named = || step.form.iter().chain(&step.may);
    for id in ask.figures.keys().filter(|id| procedure.figure(id).is_none() || !named().any(|one| one == *id))
    {
        let problem = of_field("ZH8206", procedure, step, id);
        problems.push(problem.arg("all", named().cloned().collect::<Vec<_>>().join(", ")));
    }
    for id in named() {
        let (Some(figure), Some(field)) = (procedure.figure(id), procedure.field(id)) else { continue };
        let typed = form.get(id).cloned();
        if typed.is_some() && !figure.may_differ {
            let problem = of_form("ZH8243", procedure, id);
            problems.push(problem.arg("from", figure.from.source()));
            continue;
        }
        let fetched = ask.figures.get(id);
        let is_none = fetched.is_none_or(|figure| figure.value == Value::Null);
        let Some(fetched) = fetched else {
            if typed.is_some() || (step.form.contains(id) && !field.optional) {
                let problem = of_field("ZH8245", procedure, step, id);
                problems.push(problem.arg("from", figure.from.source()));
            }
            continue;
        };
        if is_none && typed.is_none() && step.form.contains(id) && !field.optional {
            let problem = of_field("ZH8245", procedure, step, id);
            problems.push(problem.arg("from", &fetched.from));
            continue;
        }
        if !fits(field, &fetched.value) {
            problems.push(of_form("ZH8207", procedure, id));
            continue;
        }
        let value = to_json(field, &fetched.value);
        match typed {
            Some(typed) if typed != value => {
                if ask.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
                    let problem = of_form("ZH8244", procedure, id).arg("from", &fetched.from);
                    problems.push(problem.arg("value", plain(&fetched.value)));
                }
            }
            Some(_) => {}
            None if is_none => {}
            None => {
                form.insert(id.clone(), value.clone());
            }
        }
        let fetched = Fetched { value, from: fetched.from.clone(), size: fetched.size };
        figures.insert(id.clone(), fetched);
    }
    if problems.is_empty() { Ok(Filled { form, figures }) } else { Err(problems) }
}

impl Event {
    /// Where the value of a field is from, if nobody typed it.
    pub fn figure(&self, field: &str) -> Option<&Fetched> {
        self.figures.get(field)
    }
}

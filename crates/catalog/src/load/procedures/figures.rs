//! Fields that nobody types: where their value is known from, with every name, type and key checked.

use std::collections::BTreeSet;

use zhiheng_base::Diagnostic;

use super::super::definitions::{Kind, Raw, World};
use super::super::keys::SOURCES;
use super::super::node::Node;
use super::super::records::{field_named, formula};
use super::{steps, unknown};
use crate::Formula;
use crate::formula::{Scope, ValueType};
use crate::model::{
    Field, FieldType, FigureField, FigureFrom, FigurePart, FigureWhen, Indicator, IndicatorKind, Procedure,
    SchemeName,
};

/// The figures of a sheet, in the order of its fields.
pub(super) fn read(
    raw: &Raw<'_>,
    procedure: &Procedure,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<FigureField> {
    let Some(fields) = raw.node.sub("fields") else { return Vec::new() };
    let instances: BTreeSet<&str> =
        (procedure.steps.iter()).flat_map(|step| &step.start).map(|start| start.instance.as_str()).collect();
    let scope = steps::scope(procedure, &instances, world);
    let reader = Reader { raw, procedure, world, scope };
    let mut figures = Vec::new();
    for field in &procedure.fields {
        let node = fields.sub(&field.id).and_then(|node| node.sub("from"));
        let Some(node) = node else { continue };
        figures.extend(reader.figure(&node, field, problems));
    }
    for (figure, field) in figures.iter().filter_map(|one| Some((one, procedure.field(&one.field)?))) {
        let node = fields.sub(&field.id).and_then(|node| node.sub("from")).unwrap_or(fields);
        in_a_ring(figure, &figures, &node, problems);
    }
    figures
}

/// A figure that is asked for by itself, through others or at once, could never be fetched.
fn in_a_ring(figure: &FigureField, all: &[FigureField], node: &Node<'_>, problems: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    let mut queue = vec![figure];
    while let Some(one) = queue.pop() {
        for name in needed(&one.from) {
            if name == figure.field {
                problems.push(Diagnostic::error("ZH2964").arg("field", &figure.field).at(node.place()));
                return;
            }
            if seen.insert(name.clone()) {
                queue.extend(all.iter().find(|other| other.field == name));
            }
        }
    }
}

/// Fields of the sheet that a figure is asked for with.
fn needed(from: &FigureFrom) -> Vec<String> {
    let named = from.formulas().into_iter().flat_map(|(_, formula)| formula.names.iter().cloned());
    let own = match from {
        FigureFrom::Scheme { scheme: SchemeName::Field(field), .. } => Some(field.clone()),
        FigureFrom::Disclosure { tables, .. } => Some(tables.clone()),
        _ => None,
    };
    named.chain(own).collect()
}

/// What the names in a figure are looked up in.
struct Reader<'r, 'a> {
    raw: &'r Raw<'a>,
    procedure: &'r Procedure,
    world: &'r World<'a>,
    scope: Scope<'r>,
}

impl Reader<'_, '_> {
    fn figure(&self, node: &Node<'_>, field: &Field, problems: &mut Vec<Diagnostic>) -> Option<FigureField> {
        let word = kind(node, problems)?;
        let before = problems.len();
        let part = part(node, word, problems);
        let from = match word {
            "measure" => self.measure(node, field, part, problems),
            "scheme" => self.scheme(node, field, part, problems),
            "record" => self.record(node, field, problems),
            _ => self.disclosure(node, field, part, problems),
        };
        if problems.len() > before {
            return None;
        }
        Some(FigureField {
            field: field.id.clone(),
            from: from?,
            part: part?,
            may_differ: node.truth("may_differ").unwrap_or(false),
            line: node.origin().line,
        })
    }

    fn measure(
        &self,
        node: &Node<'_>,
        field: &Field,
        part: Option<FigurePart>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<FigureFrom> {
        let id = node.text("measure")?;
        let (region, when) = (self.text(node, "region", problems), self.when(node, problems));
        let cuts = self.texts(node, "cuts", problems);
        if !self.world.refers(Kind::Indicator, id, &self.raw.id, || node.at("measure"), problems) {
            return None;
        }
        let indicator = self.world.indicators.get(id)?;
        // Figures made of others are cut by what all of these are; whoever asks is told.
        if !indicator.by.is_empty() {
            let table = node.sub("cuts").unwrap_or(*node);
            for (name, _) in cuts.iter().filter(|(name, _)| !indicator.by.contains(name)) {
                let known = indicator.by.iter().map(String::as_str);
                problems.push(unknown("dimension", name, known).at(table.at_key(name)));
            }
        }
        let whole = match part {
            Some(FigurePart::Records) => true,
            Some(FigurePart::Value) => indicator.round.digits == 0,
            _ => counts(indicator),
        };
        fits(node, field, if whole { Holds::Whole } else { Holds::Number }, problems);
        Some(FigureFrom::Measure { indicator: id.to_owned(), region, when: when?, cuts })
    }

    fn scheme(
        &self,
        node: &Node<'_>,
        field: &Field,
        part: Option<FigurePart>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<FigureFrom> {
        let name = node.text("scheme")?;
        let (region, when) = (self.text(node, "region", problems), self.when(node, problems));
        let within = self.text(node, "within", problems);
        // An id has a dot, a field none.
        let scheme = if name.contains('.') {
            self.world.refers(Kind::Scheme, name, &self.raw.id, || node.at("scheme"), problems);
            SchemeName::Id(name.to_owned())
        } else {
            let of = field_named(node, "scheme", name, &self.procedure.fields, problems)?;
            is_text(node, "scheme", of, problems);
            SchemeName::Field(name.to_owned())
        };
        let holds = match part? {
            FigurePart::Points => Holds::Number,
            FigurePart::Rank => Holds::Whole,
            FigurePart::Veto => Holds::Truth,
            _ => Holds::Text,
        };
        fits(node, field, holds, problems);
        Some(FigureFrom::Scheme { scheme, region, when: when?, within })
    }

    fn record(&self, node: &Node<'_>, field: &Field, problems: &mut Vec<Diagnostic>) -> Option<FigureFrom> {
        let of = node.text("record")?;
        let find = self.any(node, "find", problems);
        if !self.world.refers(Kind::Record, of, &self.raw.id, || node.at("record"), problems) {
            return None;
        }
        let record = self.world.records.get(of)?;
        if find.is_empty() && node.sub("find").is_some_and(|find| find.entries().is_empty()) {
            problems.push(Diagnostic::error("ZH2006").arg("key", "find").at(node.at("find")));
        }
        let table = node.sub("find").unwrap_or(*node);
        for (name, formula) in &find {
            let Some(wanted) = record.field(name) else {
                let problem = super::super::records::no_field("find", name, &record.fields);
                problems.push(problem.at(table.at_key(name)));
                continue;
            };
            let alike = wanted.value_type() == formula.value_type && !wanted.many;
            if !alike {
                let problem = Diagnostic::error("ZH2315").arg("key", name);
                let problem = problem.arg("wanted", wanted.value_type().word());
                problems.push(problem.arg("found", formula.value_type.word()).at(table.at(name)));
            }
        }
        let id = node.text("field")?;
        let taken = field_named(node, "field", id, &record.fields, problems)?;
        let numbers = [ValueType::Integer, ValueType::Decimal];
        let alike =
            taken.value_type() == field.value_type() || (numbers == [taken.value_type(), field.value_type()]);
        if !alike {
            misfit(node, field, taken.value_type().word(), problems);
        }
        Some(FigureFrom::Record { of: of.to_owned(), find, field: id.to_owned() })
    }

    fn disclosure(
        &self,
        node: &Node<'_>,
        field: &Field,
        part: Option<FigurePart>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<FigureFrom> {
        let tables = node.text("disclosure")?;
        let of = field_named(node, "disclosure", tables, &self.procedure.fields, problems)?;
        is_text(node, "disclosure", of, problems);
        let numbers = [ValueType::Integer, ValueType::Decimal];
        let least = formula(node, "least", &self.scope, &[ValueType::Integer], problems);
        let most_share = match node.text("most_share") {
            Some(_) => Some(formula(node, "most_share", &self.scope, &numbers, problems)?),
            None => None,
        };
        let holds = if part? == FigurePart::LargestShare { Holds::Number } else { Holds::Whole };
        fits(node, field, holds, problems);
        Some(FigureFrom::Disclosure { tables: tables.to_owned(), least: least?, most_share })
    }

    /// A period, as one text or by its two days.
    fn when(&self, node: &Node<'_>, problems: &mut Vec<Diagnostic>) -> Option<FigureWhen> {
        let has = |key: &str| node.value(key).is_some();
        let missing = |key: &str| {
            let problem = Diagnostic::error("ZH2003").arg("key", key).arg("of", "from");
            problem.arg("sample", format!("{key} = \"…\"")).at(node.place())
        };
        if has("period") {
            for key in ["first", "last"].into_iter().filter(|key| has(key)) {
                let problem = Diagnostic::error("ZH2014").arg("first", "period").arg("second", key);
                problems.push(problem.at(node.at_key(key)));
            }
            return self.text(node, "period", problems).map(FigureWhen::Period);
        }
        if !has("first") && !has("last") {
            problems.push(missing("period"));
            return None;
        }
        if let Some(key) = ["first", "last"].into_iter().find(|key| !has(key)) {
            problems.push(missing(key));
            return None;
        }
        let first = formula(node, "first", &self.scope, &[ValueType::Date], problems);
        let last = formula(node, "last", &self.scope, &[ValueType::Date], problems);
        Some(FigureWhen::Days(first?, last?))
    }

    fn text(&self, node: &Node<'_>, key: &str, problems: &mut Vec<Diagnostic>) -> Option<Formula> {
        formula(node, key, &self.scope, &[ValueType::Text], problems)
    }

    fn texts(&self, node: &Node<'_>, key: &str, problems: &mut Vec<Diagnostic>) -> Vec<(String, Formula)> {
        let Some(table) = node.sub(key) else { return Vec::new() };
        let entries = table.entries();
        let each = entries.iter().filter_map(|(id, ..)| {
            Some(((*id).to_owned(), formula(&table, id, &self.scope, &[ValueType::Text], problems)?))
        });
        each.collect()
    }

    /// Name → formula of whatever type.
    fn any(&self, node: &Node<'_>, key: &str, problems: &mut Vec<Diagnostic>) -> Vec<(String, Formula)> {
        const ANY: [ValueType; 5] =
            [ValueType::Text, ValueType::Integer, ValueType::Decimal, ValueType::Date, ValueType::Bool];
        let Some(table) = node.sub(key) else { return Vec::new() };
        let entries = table.entries();
        let each = entries.iter().filter_map(|(id, ..)| {
            Some(((*id).to_owned(), formula(&table, id, &self.scope, &ANY, problems)?))
        });
        each.collect()
    }
}

/// The one word that says where the figure is from; the keys beside it are those of its kind.
fn kind(node: &Node<'_>, problems: &mut Vec<Diagnostic>) -> Option<&'static str> {
    let words: Vec<&(&str, &[&str], &[&str])> =
        SOURCES.iter().filter(|(word, ..)| node.value(word).is_some()).collect();
    let [(word, needed, also)] = words.as_slice() else {
        let all: Vec<&str> = SOURCES.iter().map(|(word, ..)| *word).collect();
        problems.push(Diagnostic::error("ZH2905").arg("all", all.join(", ")).at(node.place()));
        return None;
    };
    let before = problems.len();
    for key in needed.iter().filter(|key| node.value(key).is_none()) {
        let problem = Diagnostic::error("ZH2003").arg("key", key).arg("of", format!("from.{word}"));
        problems.push(problem.arg("sample", format!("{key} = \"…\"")).at(node.place()));
    }
    for (key, span, _) in node.entries() {
        let goes = key == *word || key == "may_differ" || key == "what" || needed.contains(&key);
        if !goes && !also.contains(&key) {
            let problem = Diagnostic::error("ZH2967").arg("key", key).arg("kind", word);
            let all: Vec<&str> = needed.iter().chain(*also).copied().collect();
            problems.push(problem.arg("all", all.join(", ")).at(node.file.place(span)));
        }
    }
    (problems.len() == before).then_some(*word)
}

/// The part that is taken, which must be one that such a figure has.
fn part(node: &Node<'_>, word: &str, problems: &mut Vec<Diagnostic>) -> Option<FigurePart> {
    use FigurePart::{
        Bottom, Cells, Grade, Hidden, HiddenMore, LargestShare, Points, Rank, Records, Smallest, Top, Value,
        Veto,
    };
    let known: &[FigurePart] = match word {
        "measure" => &[Value, Top, Bottom, Records],
        "scheme" => &[Points, Grade, Rank, Veto],
        "record" => &[Value],
        _ => &[Cells, Smallest, LargestShare, Hidden, HiddenMore],
    };
    let part = node.text("what").map_or(Some(Value), FigurePart::parse)?;
    if !known.contains(&part) {
        let all: Vec<&str> = known.iter().map(|part| part.word()).collect();
        let problem = node.wrong("what", "ZH2966").arg("what", part.word()).arg("kind", word);
        problems.push(problem.arg("all", all.join(", ")));
        return None;
    }
    Some(part)
}

/// What a figure is.
#[derive(Clone, Copy, PartialEq)]
enum Holds {
    Whole,
    Number,
    Text,
    Truth,
}

/// Whether the field can hold it.
fn fits(node: &Node<'_>, field: &Field, holds: Holds, problems: &mut Vec<Diagnostic>) {
    let good = !field.many
        && match (&field.kind, holds) {
            (FieldType::Decimal { .. } | FieldType::Money, Holds::Whole | Holds::Number) => true,
            (FieldType::Integer { .. }, Holds::Whole) => true,
            (FieldType::Text { .. } | FieldType::Code { .. }, Holds::Text) => true,
            (FieldType::Bool, Holds::Truth) => true,
            _ => false,
        };
    if !good {
        let word = match holds {
            Holds::Whole => ValueType::Integer.word(),
            Holds::Number => ValueType::Decimal.word(),
            Holds::Text => ValueType::Text.word(),
            Holds::Truth => ValueType::Bool.word(),
        };
        misfit(node, field, word, problems);
    }
}

fn misfit(node: &Node<'_>, field: &Field, found: &str, problems: &mut Vec<Diagnostic>) {
    let problem = Diagnostic::error("ZH2968").arg("field", &field.id);
    problems.push(problem.arg("type", field.value_type().word()).arg("found", found).at(node.place()));
}

/// Whether a field holds one text.
fn is_text(node: &Node<'_>, key: &str, field: &Field, problems: &mut Vec<Diagnostic>) {
    if !matches!(field.kind, FieldType::Text { .. }) || field.many {
        let problem = node.wrong(key, "ZH2968").arg("field", &field.id);
        problems.push(problem.arg("type", field.value_type().word()).arg("found", ValueType::Text.word()));
    }
}

/// Whether both parts of an indicator's number are whole.
fn counts(indicator: &Indicator) -> bool {
    matches!(
        indicator.kind,
        IndicatorKind::Count(_)
            | IndicatorKind::Register(_)
            | IndicatorKind::Proportion { weight: None, weights: None, .. }
    )
}

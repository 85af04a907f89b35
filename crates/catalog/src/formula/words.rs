//! Typed tree → a phrase that a reader without formulas understands, in both languages: fields by their titles, codes by
//! their names, `AND` as a word.

use zhiheng_base::words::say;
use zhiheng_base::{Lang, Words};

use super::{Binary, Expr, Formula, Function, Unary, Value};

/// What the names of a formula are called.
pub trait Called {
    /// The title of a field or number; `None` leaves it as it is written.
    fn name(&self, name: &str) -> Option<Words>;

    /// The name of a field's value, such as of a code.
    fn value(&self, name: &str, value: &str) -> Option<Words>;
}

impl Formula {
    /// The formula as a phrase.
    pub fn in_words(&self, called: &dyn Called) -> Words {
        match &self.expr {
            Expr::Constant(Value::Bool(true)) => told("formula-in-words-all", &[]),
            expr => Speaker(called).expr(expr),
        }
    }
}

struct Speaker<'c>(&'c dyn Called);

/// How closely a part holds together; what is looser stands in parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    Connective,
    Comparison,
    Sum,
    Product,
    Atom,
}

impl Bond {
    fn of(expr: &Expr) -> Bond {
        match expr {
            Expr::Binary(Binary::And | Binary::Or, ..) => Bond::Connective,
            Expr::Binary(Binary::Add | Binary::Subtract, ..) | Expr::Unary(Unary::Minus, _) => Bond::Sum,
            Expr::Binary(Binary::Multiply | Binary::Divide, ..) => Bond::Product,
            Expr::Binary(..) | Expr::IsNull { .. } | Expr::In { .. } | Expr::Like { .. } => Bond::Comparison,
            Expr::Unary(Unary::Not, _) | Expr::Case { .. } => Bond::Comparison,
            Expr::Call(function, _) if function.is_sentence() => Bond::Comparison,
            Expr::Name(_) | Expr::Constant(_) | Expr::Call(..) => Bond::Atom,
        }
    }
}

impl Function {
    fn is_sentence(self) -> bool {
        matches!(self, Function::Contains | Function::StartsWith)
    }
}

impl Binary {
    fn in_words(self) -> &'static str {
        match self {
            Binary::And => "formula-in-words-and",
            Binary::Or => "formula-in-words-or",
            Binary::Equal => "formula-in-words-equal",
            Binary::NotEqual => "formula-in-words-not-equal",
            Binary::Less => "formula-in-words-less",
            Binary::LessOrEqual => "formula-in-words-at-most",
            Binary::Greater => "formula-in-words-greater",
            Binary::GreaterOrEqual => "formula-in-words-at-least",
            Binary::Add => "formula-in-words-add",
            Binary::Subtract => "formula-in-words-subtract",
            Binary::Multiply => "formula-in-words-multiply",
            Binary::Divide => "formula-in-words-divide",
        }
    }
}

/// A message in both languages with arguments in both.
fn told(id: &str, args: &[(&str, &Words)]) -> Words {
    let in_lang = |lang: Lang| {
        let args: Vec<(&str, &str)> = args.iter().map(|(name, words)| (*name, words.get(lang))).collect();
        say(lang, id, &args)
    };
    Words::new(in_lang(Lang::Zh), in_lang(Lang::En))
}

fn same(text: impl ToString) -> Words {
    Words::new(text.to_string(), text.to_string())
}

impl Speaker<'_> {
    fn expr(&self, expr: &Expr) -> Words {
        match expr {
            Expr::Name(name) => self.0.name(name).unwrap_or_else(|| same(name)),
            Expr::Constant(value) => constant(value),
            Expr::Unary(Unary::Not, of) => told("formula-in-words-not", &[("a", &self.closed(of))]),
            Expr::Unary(Unary::Minus, of) => {
                told("formula-in-words-minus", &[("a", &self.part(of, Bond::Atom))])
            }
            Expr::Binary(op, a, b) => self.binary(*op, a, b),
            Expr::IsNull { of, negated } => {
                let id = if *negated { "formula-in-words-known" } else { "formula-in-words-empty" };
                told(id, &[("a", &self.part(of, Bond::Sum))])
            }
            Expr::In { of, choices, negated } => {
                let id = if *negated { "formula-in-words-none-of" } else { "formula-in-words-one-of" };
                let choices: Vec<Words> = choices.iter().map(|choice| self.against(of, choice)).collect();
                told(id, &[("a", &self.part(of, Bond::Sum)), ("list", &list(&choices))])
            }
            Expr::Like { of, pattern, negated } => {
                let id = if *negated { "formula-in-words-unlike" } else { "formula-in-words-like" };
                told(id, &[("a", &self.part(of, Bond::Sum)), ("pattern", &same(pattern))])
            }
            Expr::Case { arms, otherwise } => {
                let arm = |(when, then): &(Expr, Expr)| {
                    told("formula-in-words-when", &[("when", &self.expr(when)), ("then", &self.expr(then))])
                };
                let mut parts: Vec<Words> = arms.iter().map(arm).collect();
                let rest = otherwise.as_ref().map_or_else(|| constant(&Value::Null), |rest| self.expr(rest));
                parts.push(told("formula-in-words-otherwise", &[("then", &rest)]));
                joined("formula-in-words-clauses", &parts)
            }
            Expr::Call(function, args) => self.call(*function, args),
        }
    }

    fn binary(&self, op: Binary, a: &Expr, b: &Expr) -> Words {
        let (left, right) = match op {
            // One connective in a row needs no parentheses, two kinds do: not every language has a rule which binds first.
            Binary::And | Binary::Or => (self.beside(op, a), self.beside(op, b)),
            Binary::Add => (self.part(a, Bond::Sum), self.part(b, Bond::Sum)),
            Binary::Subtract => (self.part(a, Bond::Sum), self.part(b, Bond::Product)),
            Binary::Multiply => (self.part(a, Bond::Product), self.part(b, Bond::Product)),
            Binary::Divide => (self.part(a, Bond::Product), self.part(b, Bond::Atom)),
            _ => (self.against(b, a), self.against(a, b)),
        };
        told(op.in_words(), &[("a", &left), ("b", &right)])
    }

    /// An operand of a connective.
    fn beside(&self, op: Binary, expr: &Expr) -> Words {
        match expr {
            Expr::Binary(inner @ (Binary::And | Binary::Or), ..) if *inner != op => group(&self.expr(expr)),
            _ => self.expr(expr),
        }
    }

    /// What is compared with `other`: a code by its name.
    fn against(&self, other: &Expr, expr: &Expr) -> Words {
        if let (Expr::Name(name), Expr::Constant(Value::Text(value))) = (other, expr)
            && let Some(words) = self.0.value(name, value)
        {
            return words;
        }
        self.part(expr, Bond::Sum)
    }

    /// A part that stands where things of this bond may stand.
    fn part(&self, expr: &Expr, least: Bond) -> Words {
        let words = self.expr(expr);
        if Bond::of(expr) < least { group(&words) } else { words }
    }

    fn closed(&self, expr: &Expr) -> Words {
        self.part(expr, Bond::Atom)
    }

    fn call(&self, function: Function, args: &[Expr]) -> Words {
        let mut parts: Vec<Words> = args.iter().map(|arg| self.expr(arg)).collect();
        if let (Function::Contains, [of, value]) = (function, args) {
            parts = vec![self.expr(of), self.against(of, value)];
        }
        if matches!(function, Function::Least | Function::Greatest | Function::Coalesce) {
            let id = format!("formula-in-words-call-{}", function.name());
            return told(&id, &[("list", &list(&parts))]);
        }
        let nothing = Words::default();
        let at = |n: usize| parts.get(n).unwrap_or(&nothing);
        let id = format!("formula-in-words-call-{}", function.name().replace('_', "-"));
        told(&id, &[("a", at(0)), ("b", at(1))])
    }
}

fn group(words: &Words) -> Words {
    told("formula-in-words-group", &[("a", words)])
}

fn list(parts: &[Words]) -> Words {
    joined("formula-in-words-list", parts)
}

/// Parts one after the other by a message of two.
fn joined(id: &str, parts: &[Words]) -> Words {
    let mut parts = parts.iter();
    let first = parts.next().cloned().unwrap_or_default();
    parts.fold(first, |before, part| told(id, &[("a", &before), ("b", part)]))
}

fn constant(value: &Value) -> Words {
    match value {
        Value::Null => told("formula-in-words-nothing", &[]),
        Value::Bool(true) => told("formula-in-words-yes", &[]),
        Value::Bool(false) => told("formula-in-words-no", &[]),
        Value::Integer(whole) => same(whole),
        Value::Decimal(exact) => same(exact.normalize()),
        Value::Date(date) => same(date),
        Value::Text(text) => told("formula-in-words-text", &[("a", &same(text))]),
        Value::Texts(texts) => list(&texts.iter().map(same).collect::<Vec<_>>()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::{Scope, ValueType};
    use crate::model::IndicatorKind;

    struct Fields;

    impl Called for Fields {
        fn name(&self, name: &str) -> Option<Words> {
            match name {
                "conclusion" => Some(Words::new("结论", "conclusion")),
                "level" => Some(Words::new("级别", "level")),
                "tested" => Some(Words::new("检验数", "tested")),
                "made" => Some(Words::new("生产日期", "date of making")),
                _ => None,
            }
        }

        fn value(&self, name: &str, value: &str) -> Option<Words> {
            match (name, value) {
                ("conclusion", "conform") => Some(Words::new("合格", "conforming")),
                ("level", "city") => Some(Words::new("市级", "city")),
                _ => None,
            }
        }
    }

    fn both(text: &str) -> (String, String) {
        let scope = Scope::new("test")
            .with("conclusion", ValueType::Text)
            .with("level", ValueType::Text)
            .with("tested", ValueType::Integer)
            .with("other", ValueType::Integer)
            .with("sold", ValueType::Bool)
            .with("made", ValueType::Date)
            .with("items", ValueType::Texts);
        let words = Formula::parse(text, &scope).expect("a formula").in_words(&Fields);
        (words.zh, words.en)
    }

    #[test]
    fn formulas_read_as_phrases() {
        let cases = [
            ("TRUE", "全部记录", "all records"),
            ("conclusion = 'conform'", "结论为合格", "conclusion is conforming"),
            ("'conform' = conclusion", "合格为结论", "conforming is conclusion"),
            (
                "conclusion = 'conform' AND (level = 'city' OR level IS NULL)",
                "结论为合格，并且（级别为市级，或者没有填写级别）",
                "conclusion is conforming, and (level is city, or level is not filled in)",
            ),
            ("level NOT IN ('city', 'x')", "级别不是市级、“x”中的任何一个", "level is none of city, “x”"),
            (
                "tested - (other - 1) > 0",
                "检验数 － （other － 1）大于 0",
                "tested − (other − 1) is more than 0",
            ),
            (
                "tested * (other + 2) / 3 >= 1.50",
                "检验数 × （other ＋ 2） ÷ 3不小于 1.5",
                "tested × (other + 2) ÷ 3 is at least 1.5",
            ),
            ("NOT sold", "不是sold", "not sold"),
            (
                "NOT (sold AND tested > 1)",
                "不是（sold，并且检验数大于 1）",
                "not (sold, and tested is more than 1)",
            ),
            (
                "year(made) = 2013 AND contains(items, 'x')",
                "生产日期的年份为2013，并且items中有“x”",
                "year of date of making is 2013, and items has “x”",
            ),
            (
                "CASE WHEN tested = 0 THEN 1 ELSE tested END > 5",
                "（检验数为0时取 1；其余取 检验数）大于 5",
                "(1 if tested is 0; tested otherwise) is more than 5",
            ),
            (
                "coalesce(tested, other, 0) > 5",
                "检验数、other、0中第一个有值的大于 5",
                "the first known of tested, other, 0 is more than 5",
            ),
        ];
        for (text, zh, en) in cases {
            assert_eq!(both(text), (zh.to_owned(), en.to_owned()), "{text}");
        }
    }

    /// No formula of the shipped definitions keeps a field's identifier, and every word of it is there.
    #[test]
    fn shipped_formulas_have_words_for_all_their_names() {
        let catalog = crate::load(&[]).catalog;
        let mut n = 0;
        for indicator in catalog.indicators.values() {
            let record = catalog.record_behind(&indicator.head.id).and_then(|id| catalog.records.get(id));
            let names = crate::names::Named { catalog: &catalog, record };
            let mut formulas: Vec<&Formula> =
                indicator.kind.over().and_then(|over| over.filter.as_ref()).into_iter().collect();
            match &indicator.kind {
                IndicatorKind::Proportion { top, bottom, .. } | IndicatorKind::Ratio { top, bottom, .. } => {
                    formulas.extend([top, bottom]);
                }
                IndicatorKind::Sum { value, .. }
                | IndicatorKind::Mean { value, .. }
                | IndicatorKind::Reported { value, .. } => formulas.push(value),
                IndicatorKind::Derived { formula, .. } => formulas.push(formula),
                _ => {}
            }
            for formula in formulas {
                let words = formula.in_words(&names);
                for text in [&words.zh, &words.en] {
                    assert!(!text.contains('«') && !text.is_empty(), "{}: {text}", indicator.head.id);
                }
                let unnamed: Vec<&String> =
                    formula.names.iter().filter(|name| names.name(name).is_none()).collect();
                assert!(unnamed.is_empty(), "{}: {unnamed:?} in {}", indicator.head.id, formula.text);
                n += 1;
            }
        }
        assert!(n > 50, "{n} formulas");
    }
}

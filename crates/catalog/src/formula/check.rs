//! SQL tree → typed tree. Whatever is not named here is refused.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use sqlparser::ast::{
    BinaryOperator, CaseWhen, DataType, Expr as Sql, FunctionArg, FunctionArgExpr, FunctionArguments, Ident,
    Spanned, TypedString, UnaryOperator, Value as SqlValue,
};
use zhiheng_base::Diagnostic;

use super::compare::is_number;
use super::functions::Signature;
use super::problem::{FormulaProblem, range};
use super::scope::Scope;
use super::{Binary, Expr, FUNCTIONS, Formula, Function, Unary, Value, ValueType};
use crate::model::CodeList;
use crate::suggest::nearest;

/// Largest operand of `BETWEEN`, in nodes: it is written twice into the tree, so nesting would double it.
const BETWEEN_NODES_MAX: usize = 64;

/// A checked part: its type (`None` for a bare `NULL`) and the code list its values are from.
pub(super) struct Typed<'a> {
    pub(super) expr: Expr,
    pub(super) value_type: Option<ValueType>,
    pub(super) list: Option<&'a CodeList>,
}

/// The work in progress.
pub(super) struct Checker<'a, 's> {
    text: &'s str,
    scope: &'s Scope<'a>,
    names: BTreeSet<String>,
    problems: Vec<FormulaProblem>,
}

/// Checks the whole formula.
pub(super) fn check(text: &str, tree: &Sql, scope: &Scope<'_>) -> Result<Formula, Vec<FormulaProblem>> {
    let mut checker = Checker { text, scope, names: BTreeSet::new(), problems: Vec::new() };
    let typed = checker.expr(tree);
    match typed {
        Some(typed) if checker.problems.is_empty() => {
            let Some(value_type) = typed.value_type else {
                return Err(vec![FormulaProblem::new(Diagnostic::error("ZH2714"), 0..text.len())]);
            };
            let names = checker.names.into_iter().collect();
            Ok(Formula { text: text.to_owned(), expr: typed.expr, value_type, names })
        }
        _ => Err(checker.problems),
    }
}

fn plain<'a>(expr: Expr, value_type: ValueType) -> Option<Typed<'a>> {
    Some(Typed { expr, value_type: Some(value_type), list: None })
}

impl<'a> Checker<'a, '_> {
    /// Records a problem at a part of the tree; the part then has no type.
    pub(super) fn problem<T>(&mut self, at: &Sql, diagnostic: Diagnostic) -> Option<T> {
        let place = range(self.text, at.span());
        self.problems.push(FormulaProblem::new(diagnostic, place));
        None
    }

    pub(super) fn expr(&mut self, sql: &Sql) -> Option<Typed<'a>> {
        match sql {
            Sql::Nested(inner) => self.expr(inner),
            Sql::Identifier(ident) => self.name(sql, std::slice::from_ref(ident)),
            Sql::CompoundIdentifier(parts) => self.name(sql, parts),
            Sql::Value(value) => self.constant(sql, &value.value),
            Sql::TypedString(TypedString { data_type: DataType::Date, value, .. }) => match &value.value {
                SqlValue::SingleQuotedString(text) => self.date(sql, text),
                _ => self.refuse(sql, sql),
            },
            Sql::UnaryOp { op, expr } => self.unary(sql, *op, expr),
            Sql::BinaryOp { left, op, right } => self.binary(sql, left, op, right),
            Sql::IsNull(of) => self.is_null(of, false),
            Sql::IsNotNull(of) => self.is_null(of, true),
            Sql::InList { expr, list, negated } => self.in_list(expr, list, *negated),
            Sql::Between { expr, negated, low, high } => self.between(expr, *negated, low, high),
            Sql::Like { negated, any: false, expr, pattern, escape_char: None } => {
                self.like(expr, pattern, *negated)
            }
            Sql::Case { operand: None, conditions, else_result, .. } => {
                self.case(sql, conditions, else_result.as_deref())
            }
            Sql::Trim { trim_where: None, trim_what: None, expr, trim_characters: None } => {
                let of = self.expr(expr)?;
                self.expect_type(expr, &of, ValueType::Text, "trim")?;
                plain(Expr::Call(Function::Trim, vec![of.expr]), ValueType::Text)
            }
            Sql::Function(call) => {
                let FunctionArguments::List(list) = &call.args else { return self.refuse(sql, sql) };
                let extras = call.over.is_some()
                    || call.filter.is_some()
                    || call.null_treatment.is_some()
                    || !call.within_group.is_empty()
                    || call.uses_odbc_syntax
                    || !matches!(call.parameters, FunctionArguments::None)
                    || list.duplicate_treatment.is_some()
                    || !list.clauses.is_empty();
                if extras {
                    return self.refuse(sql, sql);
                }
                self.call(sql, &call.name.to_string(), &list.args)
            }
            _ => self.refuse(sql, sql),
        }
    }

    /// Anything outside the subset, by the name of its kind.
    fn refuse<T>(&mut self, at: &Sql, what: &Sql) -> Option<T> {
        let kind = match what {
            Sql::Subquery(_) | Sql::Exists { .. } | Sql::InSubquery { .. } | Sql::InUnnest { .. } => {
                "subquery"
            }
            Sql::AnyOp { .. } | Sql::AllOp { .. } => "subquery",
            Sql::Cast { .. } | Sql::Convert { .. } | Sql::TypedString(_) => "cast",
            Sql::Function(call) if call.over.is_some() => "window",
            Sql::Function(_) => "aggregate",
            Sql::Interval(_) => "interval",
            Sql::Case { .. } => "simple-case",
            Sql::Like { .. } | Sql::ILike { .. } | Sql::SimilarTo { .. } | Sql::RLike { .. } => "pattern",
            _ => "other",
        };
        self.problem(at, Diagnostic::error("ZH2705").arg("kind", kind).arg("text", what))
    }

    fn name(&mut self, at: &Sql, parts: &[Ident]) -> Option<Typed<'a>> {
        let text = parts.iter().map(|part| part.value.as_str()).collect::<Vec<_>>().join(".");
        if parts.iter().any(|part| part.quote_style.is_some()) {
            return self.problem(at, Diagnostic::error("ZH2713").arg("text", text));
        }
        // Inside the tree, and when printed, an indicator's dot is written as two underscores.
        let known = self.scope.get(&text).map(|name| (text.clone(), name)).or_else(|| {
            let dotted = text.replacen("__", ".", 1);
            self.scope.get(&dotted).map(|name| (dotted, name))
        });
        let Some((id, name)) = known else {
            let near = nearest(&text, self.scope.names());
            let all = self.scope.names().collect::<Vec<_>>().join(", ");
            let code = if near.is_some() { "ZH2706" } else { "ZH2720" };
            let diagnostic = Diagnostic::error(code)
                .arg("name", text)
                .arg("of", &self.scope.of)
                .arg("near", near.unwrap_or_default())
                .arg("all", shorten(all));
            return self.problem(at, diagnostic);
        };
        let inside = id.replace('.', "__");
        self.names.insert(inside.clone());
        Some(Typed { expr: Expr::Name(inside), value_type: Some(name.value_type), list: name.list })
    }

    fn constant(&mut self, at: &Sql, value: &SqlValue) -> Option<Typed<'a>> {
        match value {
            SqlValue::SingleQuotedString(text) => {
                plain(Expr::Constant(Value::Text(text.clone())), ValueType::Text)
            }
            SqlValue::Boolean(truth) => plain(Expr::Constant(Value::Bool(*truth)), ValueType::Bool),
            SqlValue::Null => Some(Typed { expr: Expr::Constant(Value::Null), value_type: None, list: None }),
            SqlValue::Number(digits, false) => {
                if digits.bytes().all(|b| b.is_ascii_digit()) {
                    if let Ok(whole) = digits.parse() {
                        return plain(Expr::Constant(Value::Integer(whole)), ValueType::Integer);
                    }
                } else if let Ok(exact) = Decimal::from_str_exact(digits) {
                    return plain(Expr::Constant(Value::Decimal(exact)), ValueType::Decimal);
                }
                self.problem(at, Diagnostic::error("ZH2715").arg("text", digits))
            }
            _ => self.refuse(at, at),
        }
    }

    /// A date written as text.
    pub(super) fn date(&mut self, at: &Sql, text: &str) -> Option<Typed<'a>> {
        let exact = text.len() == 10;
        match text.parse::<zhiheng_base::Date>() {
            Ok(date) if exact => plain(Expr::Constant(Value::Date(date)), ValueType::Date),
            _ => self.problem(at, Diagnostic::error("ZH2712").arg("text", text)),
        }
    }

    fn unary(&mut self, at: &Sql, op: UnaryOperator, of: &Sql) -> Option<Typed<'a>> {
        let typed = self.expr(of)?;
        match op {
            UnaryOperator::Not => {
                self.expect_type(of, &typed, ValueType::Bool, "NOT")?;
                plain(Expr::Unary(Unary::Not, Box::new(typed.expr)), ValueType::Bool)
            }
            UnaryOperator::Minus | UnaryOperator::Plus => {
                let value_type = self.expect_number(of, &typed, &op.to_string())?;
                let expr = match (op, typed.expr) {
                    (UnaryOperator::Plus, expr) => expr,
                    (_, Expr::Constant(Value::Integer(whole))) => Expr::Constant(Value::Integer(-whole)),
                    (_, Expr::Constant(Value::Decimal(exact))) => Expr::Constant(Value::Decimal(-exact)),
                    (_, expr) => Expr::Unary(Unary::Minus, Box::new(expr)),
                };
                plain(expr, value_type)
            }
            _ => self.refuse(at, at),
        }
    }

    fn binary(&mut self, at: &Sql, left: &Sql, op: &BinaryOperator, right: &Sql) -> Option<Typed<'a>> {
        let binary = match op {
            BinaryOperator::And => Binary::And,
            BinaryOperator::Or => Binary::Or,
            BinaryOperator::Eq => Binary::Equal,
            BinaryOperator::NotEq => Binary::NotEqual,
            BinaryOperator::Lt => Binary::Less,
            BinaryOperator::LtEq => Binary::LessOrEqual,
            BinaryOperator::Gt => Binary::Greater,
            BinaryOperator::GtEq => Binary::GreaterOrEqual,
            BinaryOperator::Plus => Binary::Add,
            BinaryOperator::Minus => Binary::Subtract,
            BinaryOperator::Multiply => Binary::Multiply,
            BinaryOperator::Divide => Binary::Divide,
            other => return self.problem(at, Diagnostic::error("ZH2721").arg("sign", other)),
        };
        // Both sides are checked before either is missed, so that both can complain.
        let (a, b) = (self.expr(left), self.expr(right));
        let (a, b) = (a?, b?);
        match binary {
            Binary::And | Binary::Or => {
                let first = self.expect_type(left, &a, ValueType::Bool, binary.sign());
                self.expect_type(right, &b, ValueType::Bool, binary.sign())?;
                first?;
                plain(Expr::Binary(binary, Box::new(a.expr), Box::new(b.expr)), ValueType::Bool)
            }
            Binary::Add | Binary::Subtract | Binary::Multiply | Binary::Divide => {
                let first = self.expect_number(left, &a, binary.sign());
                let second = self.expect_number(right, &b, binary.sign())?;
                let whole = first? == ValueType::Integer && second == ValueType::Integer;
                let result =
                    if whole && binary != Binary::Divide { ValueType::Integer } else { ValueType::Decimal };
                plain(Expr::Binary(binary, Box::new(a.expr), Box::new(b.expr)), result)
            }
            _ => {
                let (a, b) = self.alike(at, (left, a), (right, b), binary.sign())?;
                if a.value_type == Some(ValueType::Bool)
                    && !matches!(binary, Binary::Equal | Binary::NotEqual)
                {
                    return self.problem(at, Diagnostic::error("ZH2721").arg("sign", binary.sign()));
                }
                plain(Expr::Binary(binary, Box::new(a.expr), Box::new(b.expr)), ValueType::Bool)
            }
        }
    }

    fn is_null(&mut self, of: &Sql, negated: bool) -> Option<Typed<'a>> {
        let of = self.expr(of)?;
        plain(Expr::IsNull { of: Box::new(of.expr), negated }, ValueType::Bool)
    }

    fn in_list(&mut self, of: &Sql, list: &[Sql], negated: bool) -> Option<Typed<'a>> {
        let mut operand = self.expr(of)?;
        let mut choices = Vec::with_capacity(list.len());
        let mut whole = true;
        for choice in list {
            let typed = self.expr(choice);
            let Some(typed) = typed else {
                whole = false;
                continue;
            };
            match self.alike(choice, (of, operand), (choice, typed), "IN") {
                Some((a, b)) => {
                    operand = a;
                    choices.push(b.expr);
                }
                // The operand went with the failed pair; read it again for the next choice.
                None => {
                    whole = false;
                    operand = self.expr(of)?;
                }
            }
        }
        if !whole {
            return None;
        }
        plain(Expr::In { of: Box::new(operand.expr), choices, negated }, ValueType::Bool)
    }

    fn between(&mut self, of: &Sql, negated: bool, low: &Sql, high: &Sql) -> Option<Typed<'a>> {
        let (operand, a, b) = (self.expr(of), self.expr(low), self.expr(high));
        let (operand, a, b) = (operand?, a?, b?);
        if operand.expr.nodes() > BETWEEN_NODES_MAX {
            return self.problem(of, Diagnostic::error("ZH2703").arg("max", BETWEEN_NODES_MAX));
        }
        let again = Typed { expr: operand.expr.clone(), ..operand };
        let (operand, a) = self.alike(low, (of, operand), (low, a), "BETWEEN")?;
        let (again, b) = self.alike(high, (of, again), (high, b), "BETWEEN")?;
        if operand.value_type == Some(ValueType::Bool) {
            return self.problem(of, Diagnostic::error("ZH2721").arg("sign", "BETWEEN"));
        }
        let inside = Expr::Binary(
            Binary::And,
            Box::new(Expr::Binary(Binary::GreaterOrEqual, Box::new(operand.expr), Box::new(a.expr))),
            Box::new(Expr::Binary(Binary::LessOrEqual, Box::new(again.expr), Box::new(b.expr))),
        );
        let expr = if negated { Expr::Unary(Unary::Not, Box::new(inside)) } else { inside };
        plain(expr, ValueType::Bool)
    }

    fn like(&mut self, of: &Sql, pattern: &Sql, negated: bool) -> Option<Typed<'a>> {
        let typed = self.expr(of)?;
        self.expect_type(of, &typed, ValueType::Text, "LIKE")?;
        let Sql::Value(value) = pattern else { return self.refuse(pattern, pattern) };
        let SqlValue::SingleQuotedString(text) = &value.value else { return self.refuse(pattern, pattern) };
        plain(Expr::Like { of: Box::new(typed.expr), pattern: text.clone(), negated }, ValueType::Bool)
    }

    fn case(&mut self, at: &Sql, conditions: &[CaseWhen], otherwise: Option<&Sql>) -> Option<Typed<'a>> {
        let mut arms = Vec::with_capacity(conditions.len());
        let mut result: Option<ValueType> = None;
        let mut whole = true;
        for CaseWhen { condition, result: then } in conditions {
            let (when, then_typed) = (self.expr(condition), self.expr(then));
            let (Some(when), Some(then_typed)) = (when, then_typed) else {
                whole = false;
                continue;
            };
            if self.expect_type(condition, &when, ValueType::Bool, "WHEN").is_none() {
                whole = false;
            }
            match self.common(then, result, then_typed.value_type, "CASE") {
                Some(common) => result = common,
                None => whole = false,
            }
            arms.push((when.expr, then_typed.expr));
        }
        let otherwise = match otherwise {
            None => None,
            Some(sql) => {
                let typed = self.expr(sql)?;
                result = self.common(sql, result, typed.value_type, "CASE")?;
                Some(Box::new(typed.expr))
            }
        };
        if !whole {
            return None;
        }
        if result == Some(ValueType::Texts) {
            return self.refuse(at, at);
        }
        Some(Typed { expr: Expr::Case { arms, otherwise }, value_type: result, list: None })
    }

    fn call(&mut self, at: &Sql, name: &str, args: &[FunctionArg]) -> Option<Typed<'a>> {
        let Some(function) = Function::find(name) else {
            let near = nearest(name, FUNCTIONS.iter().map(|(known, _)| *known));
            let all = FUNCTIONS.map(|(known, _)| known).join(", ");
            let code = if near.is_some() { "ZH2707" } else { "ZH2722" };
            let diagnostic = Diagnostic::error(code)
                .arg("name", name)
                .arg("near", near.unwrap_or_default())
                .arg("all", all);
            return self.problem(at, diagnostic);
        };
        let mut typed = Vec::with_capacity(args.len());
        for arg in args {
            match arg {
                FunctionArg::Unnamed(FunctionArgExpr::Expr(sql)) => typed.push((sql, self.expr(sql))),
                _ => return self.refuse(at, at),
            }
        }
        let mut values = Vec::with_capacity(typed.len());
        for (sql, value) in typed {
            values.push((sql, value?));
        }
        self.apply(at, function, values)
    }

    fn apply(&mut self, at: &Sql, function: Function, values: Vec<(&Sql, Typed<'a>)>) -> Option<Typed<'a>> {
        let (least, most) = match function.signature() {
            Signature::Fixed(parameters, _) => (parameters.len(), parameters.len()),
            Signature::Alike(least) => (least, usize::MAX),
            Signature::Rounding => (2, 2),
            Signature::SameNumber => (1, 1),
        };
        if values.len() < least || values.len() > most {
            let diagnostic = Diagnostic::error("ZH2708")
                .arg("function", function.name())
                .arg("wanted", least)
                .arg("found", values.len());
            return self.problem(at, diagnostic);
        }
        let result = match function.signature() {
            Signature::Fixed(parameters, result) => {
                for (parameter, (sql, value)) in parameters.iter().zip(&values) {
                    self.expect_type(sql, value, parameter.value_type(), function.name())?;
                }
                Some(result)
            }
            Signature::Alike(_) => {
                let mut common = None;
                for (sql, value) in &values {
                    common = self.common(sql, common, value.value_type, function.name())?;
                }
                if matches!(common, Some(ValueType::Texts)) {
                    return self.refuse(at, at);
                }
                common
            }
            Signature::SameNumber => Some(self.expect_number(values[0].0, &values[0].1, function.name())?),
            Signature::Rounding => {
                let number = self.expect_number(values[0].0, &values[0].1, function.name())?;
                match values[1].1.expr {
                    Expr::Constant(Value::Integer(0..=12)) => Some(number),
                    _ => return self.problem(values[1].0, Diagnostic::error("ZH2723")),
                }
            }
        };
        let args = values.into_iter().map(|(_, value)| value.expr).collect();
        Some(Typed { expr: Expr::Call(function, args), value_type: result, list: None })
    }

    fn expect_number(&mut self, at: &Sql, typed: &Typed<'_>, by: &str) -> Option<ValueType> {
        match typed.value_type {
            Some(value_type) if is_number(value_type) => Some(value_type),
            Some(other) => self.wrong_type(at, by, "number", other),
            None => self.problem(at, Diagnostic::error("ZH2714")),
        }
    }

    fn expect_type(&mut self, at: &Sql, typed: &Typed<'_>, wanted: ValueType, by: &str) -> Option<()> {
        match typed.value_type {
            Some(found) if found == wanted => Some(()),
            // A bare NULL is unknown whatever the type.
            None if wanted == ValueType::Bool => Some(()),
            None => self.problem(at, Diagnostic::error("ZH2714")),
            Some(found) => self.wrong_type(at, by, wanted.word(), found),
        }
    }

    pub(super) fn wrong_type<T>(&mut self, at: &Sql, by: &str, wanted: &str, found: ValueType) -> Option<T> {
        let diagnostic =
            Diagnostic::error("ZH2709").arg("by", by).arg("wanted", wanted).arg("found", found.word());
        self.problem(at, diagnostic)
    }
}

/// At most the first 400 characters of a list of names.
fn shorten(all: String) -> String {
    match all.char_indices().nth(400) {
        Some((at, _)) => format!("{}, …", all[..at].rsplit_once(", ").map_or(&all[..at], |(head, _)| head)),
        None => all,
    }
}

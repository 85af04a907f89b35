//! Which types go together: comparisons, branches of `CASE`, arguments of one type.

use sqlparser::ast::Expr as Sql;
use zhiheng_base::Diagnostic;

use super::check::{Checker, Typed};
use super::{Expr, Value, ValueType};
use crate::model::CodeList;
use crate::suggest::nearest;

pub(super) fn is_number(value_type: ValueType) -> bool {
    matches!(value_type, ValueType::Integer | ValueType::Decimal)
}

impl<'a> Checker<'a, '_> {
    /// Makes two compared operands fit: numbers with numbers, texts beside dates read as dates, constants
    /// beside codes held against the list.
    pub(super) fn alike(
        &mut self,
        at: &Sql,
        (left, a): (&Sql, Typed<'a>),
        (right, b): (&Sql, Typed<'a>),
        by: &str,
    ) -> Option<(Typed<'a>, Typed<'a>)> {
        let (Some(first), Some(second)) = (a.value_type, b.value_type) else {
            return self.problem(at, Diagnostic::error("ZH2714"));
        };
        for (sql, found) in [(left, first), (right, second)] {
            if found == ValueType::Texts {
                return self.wrong_type(sql, by, "one", found);
            }
        }
        let (a, b) = match (first, second, &a.expr, &b.expr) {
            (ValueType::Date, ValueType::Text, _, Expr::Constant(Value::Text(text))) => {
                let text = text.clone();
                (a, self.date(right, &text)?)
            }
            (ValueType::Text, ValueType::Date, Expr::Constant(Value::Text(text)), _) => {
                let text = text.clone();
                (self.date(left, &text)?, b)
            }
            _ if first == second || (is_number(first) && is_number(second)) => (a, b),
            _ => {
                let diagnostic = Diagnostic::error("ZH2710")
                    .arg("by", by)
                    .arg("left", first.word())
                    .arg("right", second.word());
                return self.problem(at, diagnostic);
            }
        };
        if let Some(list) = a.list {
            self.code(right, &b, list)?;
        }
        if let Some(list) = b.list {
            self.code(left, &a, list)?;
        }
        Some((a, b))
    }

    /// A constant beside a code field must be a code of its list.
    fn code(&mut self, at: &Sql, typed: &Typed<'_>, list: &CodeList) -> Option<()> {
        let Expr::Constant(Value::Text(text)) = &typed.expr else { return Some(()) };
        if list.items.iter().any(|item| item.code == *text) {
            return Some(());
        }
        // A name in place of the code is the commonest slip, so it is the first guess.
        let near = list
            .find(text)
            .map(|item| item.code.as_str())
            .or_else(|| nearest(text, list.items.iter().map(|item| item.code.as_str())));
        let all: Vec<&str> = list.items.iter().take(40).map(|item| item.code.as_str()).collect();
        let code = if near.is_some() { "ZH2711" } else { "ZH2724" };
        let origin = &list.head.origin;
        let diagnostic = Diagnostic::error(code)
            .arg("text", text)
            .arg("list", &list.head.id)
            .arg("near", near.unwrap_or_default())
            .arg("all", all.join(", "))
            .rule(format!("{} ({}:{})", list.head.id, origin.file, origin.line));
        self.problem(at, diagnostic)
    }

    /// The type of two branches taken together.
    #[expect(clippy::option_option, reason = "the outer is a problem, the inner a bare NULL")]
    pub(super) fn common(
        &mut self,
        at: &Sql,
        so_far: Option<ValueType>,
        next: Option<ValueType>,
        by: &str,
    ) -> Option<Option<ValueType>> {
        match (so_far, next) {
            (None, other) | (other, None) => Some(other),
            (Some(a), Some(b)) if a == b => Some(Some(a)),
            (Some(a), Some(b)) if is_number(a) && is_number(b) => Some(Some(ValueType::Decimal)),
            (Some(a), Some(b)) => {
                let diagnostic =
                    Diagnostic::error("ZH2710").arg("by", by).arg("left", a.word()).arg("right", b.word());
                self.problem(at, diagnostic)
            }
        }
    }
}

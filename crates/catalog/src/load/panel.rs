//! The panel of a scheme: how many reviewers, and how one score comes of theirs.

use zhiheng_base::{Decimal, Diagnostic};

use super::node::Node;
use crate::model::{Item, Panel, Score, Settle};

/// Fewest sheets from which a highest and a lowest can be left out.
const TRIMMED_LEAST: u32 = 3;

/// The scheme's `panel`; nothing if it has none, or one that is wrong.
pub(super) fn read(scheme: &Node<'_>, items: &[Item], problems: &mut Vec<Diagnostic>) -> Option<Panel> {
    let node = scheme.sub("panel")?;
    let settle = match node.text("settle")? {
        "mean" => Settle::Mean,
        "trimmed" => Settle::Trimmed,
        _ => Settle::Median,
    };
    let reviewers = u32::try_from(node.whole("reviewers")?).ok()?;
    let apart = node.number("apart")?;
    if apart <= Decimal::ZERO || apart > Decimal::ONE {
        problems.push(node.wrong("apart", "ZH2913"));
    }
    if settle == Settle::Trimmed && reviewers < TRIMMED_LEAST {
        problems.push(node.wrong("reviewers", "ZH2914").arg("least", TRIMMED_LEAST));
    }
    if !items.iter().any(|item| matches!(item.score, Score::Judged { .. })) {
        problems.push(Diagnostic::error("ZH2915").at(scheme.at("panel")));
    }
    Some(Panel { stage: node.owned("stage")?, reviewers, settle, apart })
}

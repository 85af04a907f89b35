//! What the pages of a recall have in common: the question with the moment at which it is asked, and the addresses of the pages.

use zhiheng_base::Diagnostic;
use zhiheng_base::RegionCode;
use zhiheng_desk::trace::recall::{Recall, Seen};
use zhiheng_desk::trace::{Repository, View};
use zhiheng_trace::world::{Node, World};

use crate::api::escaped;
use crate::call::Call;
use crate::epcis::view::opened;
use crate::problem::Problem;

/// A question about a thing.
pub(super) struct Question {
    /// What was typed.
    pub(super) id: String,
    /// Size of the ledger as of which it is asked; now if there is none.
    pub(super) size: Option<u64>,
    /// Whose events are asked.
    pub(super) view: View,
    repository: std::sync::Arc<Repository>,
    catalog: std::sync::Arc<zhiheng_catalog::Catalog>,
}

impl Question {
    /// The question of a call, once it may be asked.
    pub(super) async fn of(call: &Call) -> Result<Question, Problem> {
        let (repository, view) = opened(call).await?;
        let size = match call.query.get("as_of") {
            "" => None,
            text => {
                let shown: String = text.chars().take(40).collect();
                let wrong = || Diagnostic::error("ZH9553").arg("value", shown);
                Some(text.parse().map_err(|_| Problem::from(wrong()))?)
            }
        };
        let id = call.query.get("id").trim().to_owned();
        let catalog = call.server.office()?.catalog().await;
        Ok(Question { id, size, view, repository, catalog })
    }

    /// Answers with the scope of recalling the thing. A thing that nobody named is not found.
    pub(super) async fn recall<T>(
        &self,
        ask: impl FnOnce(&Recall<'_>) -> T + Send,
    ) -> Result<Result<T, Diagnostic>, Problem> {
        let answer = |seen: Seen<'_>| {
            let thing = find(seen.world, &self.id)?;
            Ok(ask(&Recall::of(seen, &self.catalog.regions, thing)))
        };
        Ok(self.repository.look(&self.view, self.size, answer).await?)
    }

    /// The definitions with which it is answered.
    pub(super) fn catalog(&self) -> &zhiheng_catalog::Catalog {
        &self.catalog
    }

    /// The ledger below.
    pub(super) fn ledger(&self) -> &zhiheng_record::Ledger {
        self.repository.tracing().ledger()
    }

    /// The address of a page about the same thing, as of the same moment, with more to it.
    pub(super) fn href(&self, page: &str, more: &[(&str, &str)]) -> String {
        let mut href = format!("{page}?id={}", escaped(&self.id));
        for (name, value) in more {
            href += &format!("&{name}={}", escaped(value));
        }
        if let Some(size) = self.size {
            href += &format!("&as_of={size}");
        }
        href
    }

    /// The list of the places that a name of the query chooses.
    pub(super) fn places(&self, which: &str, of: RegionCode) -> String {
        self.href("/trace/places", &[(which, &of.to_string())])
    }
}

/// The thing that a text names.
pub(super) fn find(world: &World, text: &str) -> Result<Node, Diagnostic> {
    let shown: String = text.chars().take(120).collect();
    world.find(text).ok_or_else(|| Diagnostic::error("ZH9551").arg("value", shown))
}

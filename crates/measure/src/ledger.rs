//! The ledger of the record crate as a source of leaves.

use std::ops::Range;

use futures::TryStreamExt;
use zhiheng_base::Diagnostic;
use zhiheng_record::{Ledger, LedgerError};

use crate::lake::leaves::{Bundle, Leaves};

/// Bundles taken at once: 256 leaves each, so some megabytes.
const BUNDLES: usize = 64;

fn told(error: &LedgerError) -> Diagnostic {
    error.diagnostic().unwrap_or_else(|| Diagnostic::error("ZH5106").arg("cause", error))
}

impl Leaves for Ledger {
    async fn size(&self) -> Result<u64, Diagnostic> {
        Ledger::size(self).await.map_err(|error| told(&error))
    }

    async fn read(&self, range: Range<u64>) -> Result<Vec<Bundle>, Diagnostic> {
        let mut stream = std::pin::pin!(self.leaves(range));
        let mut bundles = Vec::new();
        while let Some((first, leaves)) = stream.try_next().await.map_err(|error| told(&error))? {
            bundles.push(Bundle { first, leaves });
            if bundles.len() == BUNDLES {
                break;
            }
        }
        Ok(bundles)
    }
}

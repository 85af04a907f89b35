//! The press: documents are made one at a time, beside the requests; whoever would wait too long is asked to come again.

use std::time::Duration;

use axum::http::StatusCode;
use tokio::sync::{OnceCell, Semaphore, SemaphorePermit};
use zhiheng_press::{FontSet, PressError, PressOptions, docx, letter_pdf, pdf, xlsx};
use zhiheng_publish::letter::Letter;
use zhiheng_publish::model::Report;

use crate::problem::Problem;

/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a report can become: the ending of the file, and its content type.
pub(crate) const FORMATS: [(&str, &str); 3] = [
    ("pdf", "application/pdf"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
];

/// The press of a server.
pub(crate) struct Press {
    turns: Semaphore,
    /// Fonts of documents, once one was made.
    fonts: OnceCell<FontSet>,
}

impl Default for Press {
    fn default() -> Press {
        Press { turns: Semaphore::new(1), fonts: OnceCell::new() }
    }
}

impl Press {
    /// A report in one of [`FORMATS`].
    pub(crate) async fn report(
        &self,
        report: Report,
        ending: &'static str,
        options: PressOptions,
    ) -> Result<Vec<u8>, Problem> {
        let _turn = self.turn().await?;
        if ending == "xlsx" {
            return aside(move || xlsx(&report, &options)).await;
        }
        let fonts = self.fonts().await?;
        aside(move || match ending {
            "docx" => docx(&report, &fonts, &options),
            _ => pdf(&report, &fonts, &options),
        })
        .await
    }

    /// A letter as PDF.
    pub(crate) async fn letter(&self, letter: Letter) -> Result<Vec<u8>, Problem> {
        let _turn = self.turn().await?;
        let fonts = self.fonts().await?;
        aside(move || letter_pdf(&letter, &fonts, &PressOptions::default())).await
    }

    async fn turn(&self) -> Result<SemaphorePermit<'_>, Problem> {
        let busy = || Problem::of(StatusCode::SERVICE_UNAVAILABLE, "ZH7508");
        let turn = tokio::time::timeout(PATIENCE, self.turns.acquire()).await;
        turn.map_err(|_| busy())?.map_err(|_| busy())
    }

    async fn fonts(&self) -> Result<FontSet, Problem> {
        let load = || aside(|| FontSet::load(&FontSet::folders(&[])));
        self.fonts.get_or_try_init(load).await.cloned()
    }
}

/// Work beside the requests. Fonts that are missing are the operator's to put right; whatever else stops the press is ours.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PressError> + Send + 'static,
) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await.map_err(Problem::ours)?;
    done.map_err(|error| match error.diagnostic() {
        Some(problem) => Problem::from(problem.clone()).with_status(StatusCode::SERVICE_UNAVAILABLE),
        None => Problem::ours(error),
    })
}

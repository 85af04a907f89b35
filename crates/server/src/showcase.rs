//! What is shown to the public: read once for each state of the ledger, so that nobody's question costs a pass over it.

use std::sync::Arc;

use tokio::sync::{Mutex, Semaphore};
use zhiheng_base::Date;
use zhiheng_desk::Desk;
use zhiheng_desk::open::Book;
use zhiheng_desk::party::Parties;

use crate::office::Office;
use crate::problem::Problem;

/// What is public, and what is needed to answer for it.
pub(crate) struct Showcase {
    book: Mutex<Option<Arc<Book>>>,
    /// Parties of cases, with the ledger size by which they were read.
    parties: Mutex<(u64, Arc<Parties>)>,
    /// Reports are drawn again one at a time.
    pub(crate) drawing: Semaphore,
}

impl Default for Showcase {
    fn default() -> Showcase {
        Showcase { book: Mutex::default(), parties: Mutex::default(), drawing: Semaphore::new(1) }
    }
}

impl Office {
    /// What is public on a day, as the ledger stands.
    pub(crate) async fn book(&self, on: Date) -> Result<Arc<Book>, Problem> {
        let size = self.pins().await.0.size().await?;
        let mut kept = self.showcase.book.lock().await;
        if let Some(book) = kept.as_ref().filter(|book| (book.size, book.day) == (size, on)) {
            return Ok(Arc::clone(book));
        }
        let desk = self.desk().await?;
        let book = Arc::new(Book::read(&desk, on, kept.as_deref()).await?);
        *kept = Some(Arc::clone(&book));
        Ok(book)
    }

    /// Whose cases there are; read once for each state of the ledger.
    pub(crate) async fn parties(&self, desk: &Desk) -> Result<Arc<Parties>, Problem> {
        let size = desk.ledger.size().await?;
        let mut kept = self.showcase.parties.lock().await;
        if kept.0 != size {
            *kept = (size, Arc::new(desk.parties(&kept.1).await?));
        }
        Ok(Arc::clone(&kept.1))
    }
}

//! Clocks: from a rule and facts to dates that a person can check.
//!
//! In reading order: [`Calendar`] (who works when, and until when that is known), [`Clock`] (the rule as data, read by
//! the catalog),
//! [`Facts`] (start, pauses, restarts, what was done), [`reckon`] (the dates, with what was counted),
//! [`Reckoning::state`] (running, paused, due, overdue on a day), [`Reckoning::intents`] (whom to remind when) and
//! [`Reckoning::lines`] (the explanation as sentences).
//!
//! The rules of counting are those of the Civil Code, articles 200 to 204 and 1259; where a definition departs
//! from them it says so.
//!
//! ```
//! use zhiheng_act::clock::{Calendar, Facts, reckon};
//! use zhiheng_base::Date;
//!
//! let calendar = Calendar::parse(include_str!("../../../catalog/base/holidays.csv"), "")?;
//! let catalog = zhiheng_catalog::load(&[]).catalog;
//! let order = &catalog.clocks["B3"];
//! let facts = Facts::on(Date::constant(2024, 1, 16));
//! // The sixtieth day, 16 March 2024, is a Saturday.
//! let due = reckon(order, &facts, &calendar).unwrap().due().unwrap();
//! assert_eq!(due, Date::constant(2024, 3, 18));
//! # Ok::<(), zhiheng_base::Diagnostic>(())
//! ```

mod calendar;
mod count;
mod examples;
mod explain;
mod facts;
mod intent;
mod reckon;
mod state;

pub use calendar::{Calendar, DayKind};
pub use count::{Festival, Stretch};
pub use examples::run_examples;
pub use intent::{Intent, IntentKind};
pub use reckon::{End, Kept, Moving, Reached, Reckoning, reckon};
pub use state::{Lapse, State};
pub use zhiheng_catalog::model::clock::{
    Bound, Clock, Counter, Ended, Example, Facts, Length, Limit, Mark, Moment, MonthDay, Pause, Reading,
    Rule, Sense, beijing_date,
};

//! Clocks: from a rule and facts to dates that a person can check.
//!
//! In reading order: [`Calendar`] (who works when, and until when that is known), [`Clock`] (the rule as data),
//! [`Facts`] (start, pauses, restarts, what was done), [`reckon`] (the dates, with what was counted),
//! [`Reckoning::state`] (running, paused, due, overdue on a day), [`Reckoning::intents`] (whom to remind when) and
//! [`Reckoning::lines`] (the explanation as sentences).
//!
//! The rules of counting are those of the Civil Code, articles 200 to 204 and 1259; where a definition departs
//! from them it says so.
//!
//! ```
//! use zhiheng_act::clock::{Calendar, Facts, clocks, reckon};
//! use zhiheng_base::Date;
//!
//! let calendar = Calendar::parse(include_str!("../../../catalog/base/holidays.csv"), "")?;
//! let (clocks, problems) = clocks(include_str!("../../../catalog/clocks/procedure.toml"), "procedure.toml");
//! assert!(problems.is_empty());
//! let order = clocks.iter().find(|clock| clock.id == "B3").unwrap();
//! let facts = Facts::on(Date::constant(2024, 1, 16));
//! // The sixtieth day, 16 March 2024, is a Saturday.
//! let due = reckon(order, &facts, &calendar).unwrap().due().unwrap();
//! assert_eq!(due, Date::constant(2024, 3, 18));
//! # Ok::<(), zhiheng_base::Diagnostic>(())
//! ```

mod calendar;
mod count;
mod define;
mod explain;
mod facts;
mod intent;
mod length;
mod reckon;
mod state;

pub use calendar::{Calendar, DayKind};
pub use count::{Festival, Stretch};
pub use define::{Clock, Counter, Example, Rule, Sense, clocks, run_examples};
pub use facts::{Ended, Facts, Moment, Pause, Reading, beijing_date};
pub use intent::{Intent, IntentKind};
pub use length::{Bound, Length, Limit, Mark, MonthDay};
pub use reckon::{End, Kept, Moving, Reached, Reckoning, reckon};
pub use state::{Lapse, State};

//! Numbers, places and times by their names, in both languages.

use zhiheng_base::words::say;
use zhiheng_base::{Lang, Period, Words};
use zhiheng_catalog::{Catalog, names};

use crate::address::{Address, Basis};

fn both(text: impl Fn(Lang) -> String) -> Words {
    Words::new(text(Lang::Zh), text(Lang::En))
}

/// The place of a number.
pub(super) fn region(catalog: &Catalog, address: &Address) -> Words {
    both(|lang| names::region(catalog, address.region, address.period.last_day(), lang))
}

/// A period.
pub(super) fn period(period: Period) -> Words {
    both(|lang| period.title(lang))
}

/// A number: what, where, when, of what part, as of which size of the ledger.
pub(super) fn title(catalog: &Catalog, address: &Address) -> Words {
    let (place, time) = (region(catalog, address), period(address.period));
    both(|lang| {
        let name = catalog.indicators.get(&address.indicator).map(|indicator| indicator.head.name.get(lang));
        let mut parts = vec![
            name.unwrap_or(&address.indicator).to_owned(),
            place.get(lang).to_owned(),
            time.get(lang).to_owned(),
        ];
        parts.extend(address.cuts.iter().map(|(dimension, value)| {
            let title = names::dimension(catalog, &address.indicator, dimension, lang);
            let value = names::value(catalog, &address.indicator, dimension, value, lang);
            say(lang, "explain-cut", &[("dimension", &title), ("value", &value)])
        }));
        if address.basis == Basis::AsThen {
            parts.push(say(lang, "explain-as-then", &[]));
        }
        parts.extend(address.as_of.map(|size| say(lang, "explain-as-of", &[("size", &size.to_string())])));
        parts.join(" · ")
    })
}

//! The same table elsewhere: the lines of the command and the addresses of the API that give these figures. Both take one
//! indicator at a time, so there are as many as there are indicators.

use zhiheng_base::Level;
use zhiheng_desk::Desk;

use super::asked::Asked;
use crate::api::escaped;
use crate::call::Call;
use crate::pages::sheet::{Cell, Section};
use crate::text::Text;

/// Both lists.
pub(super) fn sections(call: &Call, desk: &Desk, asked: &Asked) -> [Section; 2] {
    let t = Text(call.view.lang);
    let name = |id: &String| {
        let indicator = desk.catalog.indicators.get(id);
        indicator.map_or(id.as_str(), |one| one.head.name.get(call.view.lang)).to_owned()
    };
    let lines = asked.indicators.iter().map(|id| (name(id), Cell::of(command(asked, id))));
    let addresses = asked.indicators.iter().map(|id| {
        let address = api(asked, id);
        (name(id), Cell::to(address.clone(), address))
    });
    [
        Section::Facts(t.say("explore-command"), lines.collect()),
        Section::Facts(t.say("explore-api"), addresses.collect()),
    ]
}

/// `zhiheng measure table …`. Ids, codes and periods hold nothing that a shell would read otherwise.
fn command(asked: &Asked, indicator: &str) -> String {
    let mut line =
        format!("zhiheng measure table {indicator} --region {} --period {}", asked.region, asked.whole);
    for (flag, word) in narrowed(asked) {
        line += &format!(" --{flag} {word}");
    }
    line
}

/// `/api/v1/measures?…`.
fn api(asked: &Asked, indicator: &str) -> String {
    let period = escaped(&asked.whole.to_string());
    let mut address =
        format!("/api/v1/measures?indicator={}&region={}&period={period}", escaped(indicator), asked.region);
    for (name, word) in narrowed(asked) {
        address += &format!("&{name}={}", escaped(&word));
    }
    address
}

/// What both are told under the same names, if at all.
fn narrowed(asked: &Asked) -> impl Iterator<Item = (&'static str, String)> {
    let level = asked.level.map(|level| ("level", Level::word(level).to_owned()));
    let each = asked.each.map(|kind| ("each", kind.to_string()));
    level.into_iter().chain(each)
}

//! Colours by role: fixed for print, custom properties on the web. Roles differ in lightness, not in hue alone, so that a
//! grey print tells them apart; none is red against green.

/// Where colours come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Palette {
    /// The colours themselves.
    Print,
    /// `var(--zh-…)` with the print colour behind it.
    Web,
}

/// Name and print colour of every role.
pub const TOKENS: [(&str, &str); 13] = [
    ("ink", "#0b0c0c"),
    ("soft", "#484f53"),
    ("grid", "#dfe3e6"),
    ("paper", "#ffffff"),
    ("series", "#0f3d73"),
    ("band", "#d3e0ee"),
    ("warn", "#942514"),
    ("bar", "#3f6f9f"),
    ("tile-1", "#e6eef6"),
    ("tile-2", "#c3d6e8"),
    ("tile-3", "#8fb3d3"),
    ("tile-4", "#4a7fb0"),
    ("tile-5", "#0f3d73"),
];

/// The colour of a role.
pub(super) fn colour(role: &str, palette: Palette) -> String {
    let print = TOKENS.iter().find(|(name, _)| *name == role).map_or("#0b0c0c", |(_, colour)| colour);
    match palette {
        Palette::Print => print.to_owned(),
        Palette::Web => format!("var(--zh-{role},{print})"),
    }
}

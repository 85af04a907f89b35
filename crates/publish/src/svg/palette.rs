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
pub const TOKENS: [(&str, &str); 14] = [
    ("ink", "#0b0c0c"),
    ("soft", "#484f53"),
    ("grid", "#dfe3e6"),
    ("paper", "#ffffff"),
    ("series", "#0f3d73"),
    ("band", "#d3e0ee"),
    ("warn", "#942514"),
    ("bar", "#3f6f9f"),
    ("tile-1", "#eaf1f8"),
    ("tile-2", "#cdddec"),
    ("tile-3", "#a9c4de"),
    ("tile-4", "#7ba5cb"),
    ("tile-5", "#3f74aa"),
    ("tile-6", "#0f3d73"),
];

/// The colour of a role.
pub(super) fn colour(role: &str, palette: Palette) -> String {
    let print = TOKENS.iter().find(|(name, _)| *name == role).map_or("#0b0c0c", |(_, colour)| colour);
    match palette {
        Palette::Print => print.to_owned(),
        Palette::Web => format!("var(--zh-{role},{print})"),
    }
}

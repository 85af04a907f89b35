//! An address as a square of black and white, for papers that lead back to a page.

use qrcodegen::{QrCode, QrCodeEcc};

/// A square code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Square {
    /// What it says, for those who do not scan.
    pub(crate) address: String,
    /// Modules on a side, with the quiet zone of four around it (ISO/IEC 18004).
    pub(crate) side: i32,
    /// The black modules as the path of an SVG.
    pub(crate) path: String,
}

/// Modules of white around a code.
const QUIET: i32 = 4;

/// The code of an address; `None` if it is too long for one.
pub(crate) fn square(address: &str) -> Option<Square> {
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            path += &format!("M{},{}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    Some(Square { address: address.to_owned(), side: code.size() + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::square;

    #[test]
    fn a_code_has_its_three_corners_and_a_quiet_zone() {
        let it = square("https://q.example/receipts/sampling.batch:621122:2013Q4:0123456789abcdef").unwrap();
        // Version n has 17 + 4n modules.
        assert_eq!((it.side - 8 - 17) % 4, 0);
        let modules: Vec<&str> = it.path.split_terminator('z').collect();
        let far = it.side - 5;
        // Finder patterns: their outer corners are black, the modules diagonally inside them white.
        for (x, y) in [(4, 4), (far, 4), (4, far)] {
            assert!(modules.contains(&format!("M{x},{y}h1v1h-1").as_str()), "{x} {y}");
        }
        assert!(!modules.contains(&"M5,5h1v1h-1"));
        assert!(square(&"x".repeat(5000)).is_none());
    }
}

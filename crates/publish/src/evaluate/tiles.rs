//! Layout of a tile map: declared, or a grid as near to a square as it goes.

use std::collections::BTreeMap;

use zhiheng_base::RegionCode;

/// Largest row or column.
const SIDE_MAX: u16 = 60;

/// Reads `621102:1,2 621121:1,3`: region, row and column from 1. `None` if it is not shaped so, or two regions share a tile.
pub fn parse(text: &str) -> Option<BTreeMap<RegionCode, (u16, u16)>> {
    let mut tiles = BTreeMap::new();
    for part in text.split_whitespace() {
        let (code, place) = part.split_once(':')?;
        let (row, column) = place.split_once(',')?;
        let (row, column): (u16, u16) = (row.parse().ok()?, column.parse().ok()?);
        let good = (1..=SIDE_MAX).contains(&row) && (1..=SIDE_MAX).contains(&column);
        if !good || tiles.values().any(|&taken| taken == (row, column)) {
            return None;
        }
        tiles.insert(RegionCode::parse(code).ok()?, (row, column));
    }
    (!tiles.is_empty()).then_some(tiles)
}

/// The tile of the place at `at` among `n`, row by row.
pub fn automatic(at: usize, n: usize) -> (u16, u16) {
    let columns = (1..=n).find(|side| side * side >= n).unwrap_or(1);
    ((at / columns + 1) as u16, (at % columns + 1) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_are_read_strictly() {
        let tiles = parse("621102:1,2 621121:1,3").unwrap();
        assert_eq!(tiles[&RegionCode::parse("621102").unwrap()], (1, 2));
        assert_eq!(
            [parse(""), parse("621102:1,2 621121:1,2"), parse("621102:0,2"), parse("x:1,1")],
            [None, None, None, None]
        );
    }

    #[test]
    fn a_grid_is_nearly_square() {
        let places: Vec<_> = (0..7).map(|at| automatic(at, 7)).collect();
        assert_eq!(places, [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (3, 1)]);
    }
}

//! Long-hand arithmetic on decimal digits: slow, plain, and independent of the code it checks.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::super::Rounding;

/// Decimal digits, lowest first, without leading zeros; zero is empty.
type Digits = Vec<u8>;

/// An absolute count of units, in text, with the sign of the exact value.
pub(super) struct Rounded {
    pub(super) negative: bool,
    pub(super) count: String,
}

/// `top / bottom * 10^places`, rounded to an integer.
pub(super) fn quotient(top: Decimal, bottom: Decimal, places: u32, rounding: Rounding) -> Rounded {
    let (top_digits, bottom_digits) = aligned(top, bottom);
    let negative = top.is_sign_negative() != bottom.is_sign_negative();
    divide(negative, &shifted(top_digits, places), &bottom_digits, rounding)
}

/// `(a/b - c/d) * 10^places`, rounded to an integer.
pub(super) fn difference(
    (a, b): (Decimal, Decimal),
    (c, d): (Decimal, Decimal),
    places: u32,
    rounding: Rounding,
) -> Rounded {
    let ((a_digits, b_digits), (c_digits, d_digits)) = (aligned(a, b), aligned(c, d));
    let left = (a.is_sign_negative() != b.is_sign_negative(), product(&a_digits, &d_digits));
    let right = (c.is_sign_negative() != d.is_sign_negative(), product(&c_digits, &b_digits));
    let (negative, top) = match (left.0 == right.0, compare(&left.1, &right.1)) {
        (false, _) => (left.0, sum(&left.1, &right.1)),
        (true, Ordering::Less) => (!left.0, less(&right.1, &left.1)),
        (true, _) => (left.0, less(&left.1, &right.1)),
    };
    divide(negative, &shifted(top, places), &product(&b_digits, &d_digits), rounding)
}

/// Both absolute values as integers of the same unit.
fn aligned(left: Decimal, right: Decimal) -> (Digits, Digits) {
    let scale = left.scale().max(right.scale());
    let digits = |value: Decimal| {
        let text = value.mantissa().unsigned_abs().to_string();
        trimmed(shifted(text.bytes().rev().map(|b| b - b'0').collect(), scale - value.scale()))
    };
    (digits(left), digits(right))
}

fn trimmed(mut digits: Digits) -> Digits {
    while digits.last() == Some(&0) {
        digits.pop();
    }
    digits
}

fn shifted(mut digits: Digits, places: u32) -> Digits {
    digits.splice(0..0, vec![0; places as usize]);
    trimmed(digits)
}

fn compare(left: &Digits, right: &Digits) -> Ordering {
    left.len().cmp(&right.len()).then_with(|| left.iter().rev().cmp(right.iter().rev()))
}

fn sum(left: &Digits, right: &Digits) -> Digits {
    let (mut total, mut carry) = (Digits::new(), 0);
    for place in 0..=left.len().max(right.len()) {
        let digit = left.get(place).unwrap_or(&0) + right.get(place).unwrap_or(&0) + carry;
        total.push(digit % 10);
        carry = digit / 10;
    }
    trimmed(total)
}

/// `left - right`, for `left >= right`.
fn less(left: &Digits, right: &Digits) -> Digits {
    let (mut rest, mut borrow) = (Digits::new(), 0);
    for (place, &digit) in left.iter().enumerate() {
        let taken = right.get(place).unwrap_or(&0) + borrow;
        borrow = u8::from(digit < taken);
        rest.push(digit + 10 * borrow - taken);
    }
    trimmed(rest)
}

fn product(left: &Digits, right: &Digits) -> Digits {
    let mut columns = vec![0_u32; left.len() + right.len()];
    for (i, &a) in left.iter().enumerate() {
        for (j, &b) in right.iter().enumerate() {
            columns[i + j] += u32::from(a) * u32::from(b);
        }
    }
    let mut carry = 0;
    let digits = columns.iter().map(|column| {
        let total = column + carry;
        carry = total / 10;
        (total % 10) as u8
    });
    trimmed(digits.collect())
}

/// School division, digit by digit, then the rounding rule on twice the remainder.
fn divide(negative: bool, top: &Digits, bottom: &Digits, rounding: Rounding) -> Rounded {
    let (mut text, mut rest) = (String::from("0"), Digits::new());
    let mut last = 0;
    for &digit in top.iter().rev() {
        rest.insert(0, digit);
        rest = trimmed(rest);
        last = 0;
        while compare(&rest, bottom) != Ordering::Less {
            rest = less(&rest, bottom);
            last += 1;
        }
        text.push(char::from(b'0' + last));
    }
    let up = match (compare(&sum(&rest, &rest), bottom), rounding) {
        (Ordering::Less, _) => false,
        (Ordering::Greater, _) | (_, Rounding::HalfUp) => true,
        (Ordering::Equal, Rounding::Gbt8170) => last % 2 == 1,
    };
    let mut digits: Digits = text.bytes().rev().map(|b| b - b'0').collect();
    if up {
        digits = sum(&digits, &vec![1]);
    }
    let count: String = trimmed(digits).iter().rev().map(|&digit| char::from(b'0' + digit)).collect();
    Rounded { negative, count: if count.is_empty() { "0".to_owned() } else { count } }
}

//! Lengths on paper: whole thousandths of a point, so that layout is exact and the same on every machine.

/// Thousandths of a point (72 points are an inch).
pub(super) type Length = i32;

/// `points` points.
pub(super) const fn pt(points: i32) -> Length {
    points * 1000
}

/// `tenths` tenths of a point.
pub(super) const fn tenths(tenths: i32) -> Length {
    tenths * 100
}

/// `millimetres` millimetres.
pub(super) const fn mm(millimetres: i32) -> Length {
    millimetres * 720_000 / 254
}

//! Lengths on paper: whole thousandths of a point, so that layout is exact and the same on every machine.

/// Thousandths of a point (72 points are an inch).
pub(crate) type Length = i32;

/// `points` points.
pub(crate) const fn pt(points: i32) -> Length {
    points * 1000
}

/// `tenths` tenths of a point.
pub(crate) const fn tenths(tenths: i32) -> Length {
    tenths * 100
}

/// `millimetres` millimetres.
pub(crate) const fn mm(millimetres: i32) -> Length {
    millimetres * 720_000 / 254
}

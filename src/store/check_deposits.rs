//! Deposits against their money, as queries: each one finds what must not be there.

/// Name of a rule, and the query for a text naming each row that breaks it.
pub(super) const RULES: &[(&str, &str)] = &[
    (
        "a deposit is what its line asks for",
        "SELECT 'deposit ' || d.id FROM deposit d JOIN payment p ON p.id = d.payment_id WHERE p.kind <> 'deposit' \
         OR p.amount_minor <> d.amount_minor OR p.subscription_id <> d.subscription_id \
         UNION ALL SELECT 'payment ' || p.id FROM payment p WHERE p.kind = 'deposit' AND p.status <> 'cancelled' \
         AND NOT EXISTS (SELECT 1 FROM deposit d WHERE d.payment_id = p.id)",
    ),
    (
        "a deposit holds no less than nothing and no more than it asks for",
        "SELECT 'deposit ' || d.id FROM deposit d WHERE (SELECT COALESCE(SUM(a.amount_minor), 0) FROM allocation a \
         WHERE a.payment_id = d.payment_id AND a.source = 'receipt') NOT BETWEEN 0 AND d.amount_minor",
    ),
    (
        // What was kept before version 3 still stands on its line.
        "a deposit that was closed holds nothing",
        "SELECT 'deposit ' || d.id FROM deposit d WHERE d.state <> 'held' AND (SELECT COALESCE(SUM(a.amount_minor), 0) \
         FROM allocation a WHERE a.payment_id = d.payment_id AND a.source = 'receipt') \
         <> CASE WHEN d.activity_id IS NULL THEN d.kept_minor ELSE 0 END",
    ),
    (
        "what is kept of a deposit pays something",
        "SELECT 'deposit ' || d.id FROM deposit d WHERE d.activity_id IS NOT NULL AND d.kept_minor <> \
         (SELECT COALESCE(SUM(a.amount_minor), 0) FROM allocation a WHERE a.activity_id = d.activity_id \
         AND a.source = 'receipt' AND a.payment_id <> d.payment_id)",
    ),
    (
        "what is kept and returned of a deposit is no more than came for it",
        "SELECT 'deposit ' || d.id FROM deposit d WHERE d.kept_minor \
         + (SELECT COALESCE(SUM(f.amount_minor), 0) FROM refund f WHERE f.payment_id = d.payment_id) \
         > (SELECT COALESCE(SUM(a.amount_minor), 0) FROM allocation a \
         WHERE a.payment_id = d.payment_id AND a.amount_minor > 0 AND a.source = 'receipt') \
         OR (d.activity_id IS NOT NULL AND d.kept_minor \
         + (SELECT COALESCE(SUM(f.amount_minor), 0) FROM refund f WHERE f.activity_id = d.activity_id) \
         > -(SELECT COALESCE(SUM(a.amount_minor), 0) FROM allocation a WHERE a.payment_id = d.payment_id \
         AND a.activity_id = d.activity_id AND a.source = 'receipt'))",
    ),
];

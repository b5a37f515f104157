//! The rules that hold row by row, table by table: each table is walked once, beside the rows that belong to it.
//!
//! A walk in the order of the ids reads every page once, so a book ten times as large takes ten times as long; a rule of its
//! own for each would read the same million rows again.

use super::engine::Db;
use super::error::Result;

/// A table and what belongs to each of its rows, and the rules these are held against.
pub(super) struct Walk {
    /// What stands after FROM.
    from: &'static str,
    rules: &'static [Rule],
}

struct Rule {
    name: &'static str,
    /// What a row that breaks it is called.
    called: &'static str,
    is_broken: &'static str,
}

/// Every walk.
pub(super) const WALKS: &[Walk] = &[
    Walk {
        from: "(SELECT p.id, p.status, p.amount_minor, p.settled_minor, p.paid_on, COALESCE(SUM(a.amount_minor), 0) AS sum_minor, \
               MAX(CASE WHEN a.amount_minor > 0 AND NOT EXISTS (SELECT 1 FROM allocation x WHERE x.reverses_id = a.id) \
               THEN a.allocated_on END) AS last_on FROM payment p LEFT JOIN allocation a ON a.payment_id = p.id GROUP BY p.id) p",
        rules: &[
            Rule {
                name: "a payment is settled by the sum of its allocations",
                called: "'payment ' || p.id",
                is_broken: "p.settled_minor <> p.sum_minor",
            },
            Rule {
                name: "paid means fully allocated",
                called: "'payment ' || p.id",
                is_broken: "(p.status = 'paid' AND p.settled_minor < p.amount_minor) OR (p.amount_minor > 0 \
                            AND p.settled_minor = p.amount_minor AND p.status <> 'paid' AND p.status <> 'cancelled')",
            },
            Rule {
                name: "a payment was paid on the day its last part took effect",
                called: "'payment ' || p.id",
                is_broken: "p.status = 'paid' AND p.amount_minor > 0 AND p.paid_on IS DISTINCT FROM p.last_on",
            },
        ],
    },
    Walk {
        from: "(SELECT i.id, i.state, i.settled_minor, i.subtotal_minor, i.tax_minor, i.total_minor, \
               COALESCE(SUM(p.settled_minor), 0) AS lines_settled, COALESCE(SUM(p.net_minor), 0) AS lines_net, \
               COALESCE(SUM(p.tax_minor), 0) AS lines_tax FROM invoice i LEFT JOIN payment p ON p.invoice_id = i.id GROUP BY i.id) i",
        rules: &[
            Rule {
                name: "an invoice is settled by the sum of its lines",
                called: "'invoice ' || i.id",
                is_broken: "i.settled_minor <> i.lines_settled",
            },
            Rule {
                name: "an invoice is the sum of its lines",
                called: "'invoice ' || i.id",
                is_broken: "(i.state = 'issued' OR i.state = 'void') AND (i.subtotal_minor <> i.lines_net \
                            OR i.tax_minor <> i.lines_tax OR i.total_minor <> i.subtotal_minor + i.tax_minor)",
            },
        ],
    },
    Walk {
        from: "(SELECT r.number, r.state, r.amount_minor, r.allocated_minor, r.refunded_minor, \
               (SELECT COALESCE(SUM(a.amount_minor), 0) FROM allocation a WHERE a.receipt_id = r.id) AS sum_allocated, \
               (SELECT COALESCE(SUM(f.amount_minor), 0) FROM refund f WHERE f.receipt_id = r.id) AS sum_refunded FROM receipt r) r",
        rules: &[
            Rule {
                name: "a receipt is allocated by the sum of its allocations",
                called: "'receipt ' || r.number",
                is_broken: "r.allocated_minor <> r.sum_allocated",
            },
            Rule {
                name: "a receipt is refunded by the sum of its refunds",
                called: "'receipt ' || r.number",
                is_broken: "r.refunded_minor <> r.sum_refunded",
            },
            Rule {
                name: "allocated and refunded never exceed what was received",
                called: "'receipt ' || r.number",
                is_broken: "r.allocated_minor + r.refunded_minor > r.amount_minor \
                            OR (r.state <> 'cleared' AND r.allocated_minor + r.refunded_minor <> 0)",
            },
        ],
    },
    Walk {
        from: "allocation a JOIN payment p ON p.id = a.payment_id LEFT JOIN invoice i ON i.id = p.invoice_id \
               LEFT JOIN receipt r ON r.id = a.receipt_id",
        rules: &[
            Rule {
                name: "nothing is paid before its money came or its invoice was written",
                called: "'allocation ' || a.id",
                is_broken: "a.allocated_on < i.invoiced_on OR (a.amount_minor > 0 AND a.allocated_on < r.received_on)",
            },
            Rule {
                name: "an allocation is of the payer's own money",
                called: "'allocation ' || a.id",
                is_broken: "r.currency <> p.currency OR (r.group_id IS NOT NULL AND r.group_id IS DISTINCT FROM p.group_id)",
            },
            Rule {
                name: "a receipt pays only what its payer owes, those merged into one counted as one",
                called: "'receipt ' || r.number",
                // Most are of one customer, and nothing more is looked up for them.
                is_broken: "r.customer_id <> p.customer_id AND a.amount_minor > 0 \
                            AND (SELECT COALESCE(c.root_id, c.id) FROM customer c WHERE c.id = r.customer_id) \
                            <> (SELECT COALESCE(d.root_id, d.id) FROM customer d WHERE d.id = p.customer_id) \
                            AND NOT EXISTS (SELECT 1 FROM allocation x WHERE x.reverses_id = a.id)",
            },
            Rule {
                name: "an allocation says whether it is of a deposit",
                called: "'allocation ' || a.id",
                is_broken: "a.is_deposit <> CASE p.kind WHEN 'deposit' THEN 1 ELSE 0 END",
            },
        ],
    },
];

impl Walk {
    /// The name of each of its rules, and the rows that break it.
    pub(super) fn odd(&self, db: &Db) -> Result<Vec<(&'static str, Vec<String>)>> {
        let list = |one: fn(&Rule) -> String, between| self.rules.iter().map(one).collect::<Vec<_>>().join(between);
        let called = list(|rule| format!("CASE WHEN {} THEN {} END", rule.is_broken, rule.called), ", ");
        let any = list(|rule| format!("({})", rule.is_broken), " OR ");
        let mut odd: Vec<_> = self.rules.iter().map(|rule| (rule.name, Vec::new())).collect();
        db.each(&format!("SELECT {called} FROM {} WHERE {any}", self.from), &[], |row| {
            for (at, (_, rows)) in odd.iter_mut().enumerate() {
                rows.extend(row.opt_text(at)?);
            }
            Ok(())
        })?;
        Ok(odd)
    }
}

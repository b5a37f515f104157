-- Payments: what is owed, and how it comes and goes without money.

-- The next period follows the last.
COPY payment {acme_waiting} WITH kind = 'period', subscription_id = {acme_sub}, period_index = 3, period_start_on = '2026-04-01',
  period_end_on = '2026-05-01';

-- A period before all others is owed later.
COPY payment {acme_waiting} WITH kind = 'period', subscription_id = {acme_sub}, period_index = 0, period_start_on = '2025-12-15',
  period_end_on = '2026-01-01';

-- Two extra lines are about the same days.
COPY payment {acme_waiting} WITH subscription_id = {acme_sub}, period_start_on = '2026-03-01', period_end_on = '2026-04-01';
COPY payment {acme_waiting} WITH subscription_id = {acme_sub}, period_start_on = '2026-03-01', period_end_on = '2026-04-01';

-- An extra line comes to be about days that are billed, and a cancelled period too.
COPY payment {acme_waiting} WITH subscription_id = {acme_sub}, period_start_on = '2026-04-01', period_end_on = '2026-05-01';
UPDATE payment SET period_start_on = '2026-03-01' WHERE id = (SELECT MAX(id) FROM payment);
UPDATE payment SET kind = 'period', period_index = 2, status = 'cancelled' WHERE id = (SELECT MAX(id) FROM payment);
UPDATE payment SET period_start_on = '2026-02-15' WHERE id = (SELECT MAX(id) FROM payment);

-- A period is billed again after its invoice was void.
UPDATE invoice SET state = 'void', voided_on = '2026-03-05' WHERE id = {acme_mar_invoice};
COPY payment {acme_waiting} WITH kind = 'period', subscription_id = {acme_sub}, period_index = 2, period_start_on = '2026-03-01',
  period_end_on = '2026-04-01';

-- A waiting period is cut, and the rest of it is owed by another payment.
UPDATE payment SET period_end_on = '2026-03-20', unit_minor = 5000, net_minor = 5000, tax_minor = 500, amount_minor = 5500
  WHERE id = {ben_waiting};
COPY payment {ben_waiting} WITH period_start_on = '2026-03-20', period_end_on = '2026-04-05';

-- A waiting payment bills to nobody's group any more.
UPDATE payment SET group_id = NULL, version = version + 1 WHERE id = {ben_waiting};

-- An invoiced payment is on its way, fails, is on its way again and is withdrawn.
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id)
  VALUES ({acme_mar}, 'pending', 'processing', '2026-03-05', {activity});
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id)
  VALUES ({acme_mar}, 'processing', 'failed', '2026-03-05', {activity});
UPDATE payment SET attempt_count = attempt_count + 1 WHERE id = {acme_mar};
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id)
  VALUES ({acme_mar}, 'failed', 'processing', '2026-03-05', {activity});
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id)
  VALUES ({acme_mar}, 'processing', 'pending', '2026-03-05', {activity});
--? SELECT status = 'pending' AND paid_on IS NULL FROM payment WHERE id = {acme_mar}

-- A failure is taken back: the payment is on its way again.
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, reverses_id, activity_id)
  VALUES ({ana_mar}, 'failed', 'processing', '2026-03-05',
  (SELECT id FROM payment_change WHERE payment_id = {ana_mar} AND to_status = 'failed'), {activity});
--? SELECT status = 'processing' FROM payment WHERE id = {ana_mar}

-- A cancelled payment comes back, twice, each time by a row that takes back the cancelling.
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, reverses_id, activity_id)
  VALUES ({acme_dropped}, 'cancelled', 'pending', '2026-03-05', {dropping}, {activity});
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id)
  VALUES ({acme_dropped}, 'pending', 'cancelled', '2026-03-05', {activity});
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, reverses_id, activity_id)
  VALUES ({acme_dropped}, 'cancelled', 'pending', '2026-03-05', (SELECT MAX(id) FROM payment_change), {activity});
--? SELECT status = 'pending' FROM payment WHERE id = {acme_dropped}

-- A waiting payment is cancelled without ceremony.
UPDATE payment SET status = 'cancelled' WHERE id = {acme_waiting};

-- A cancelled period comes back where nothing took its place.
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id)
  VALUES ({ben_waiting}, 'pending', 'cancelled', '2026-03-05', {activity});
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, reverses_id, activity_id)
  VALUES ({ben_waiting}, 'cancelled', 'pending', '2026-03-05', (SELECT MAX(id) FROM payment_change), {activity});

-- A line of nothing is withdrawn from an issued invoice, and comes back.
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id)
  VALUES ({nothing}, 'paid', 'cancelled', '2026-03-05', {activity});
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, reverses_id, activity_id)
  VALUES ({nothing}, 'cancelled', 'paid', '2026-03-06', (SELECT MAX(id) FROM payment_change), {activity});
--? SELECT status = 'paid' AND paid_on = '2026-03-06' FROM payment WHERE id = {nothing}

-- A dispute is closed with an outcome, and another is opened.
UPDATE dispute SET closed_on = '2026-03-05', outcome = 'withdrawn' WHERE closed_on IS NULL;
INSERT INTO dispute (payment_id, opened_on, reason) VALUES ({acme_feb}, '2026-03-06', 'again');

-- What a credit note cancelled is owed again when the note is taken back.
COPY credit_note {credit} WITH invoice_id = {acme_mar_invoice}, number_seq = {next_credit}, number = 'x',
  net_minor = 10000, tax_minor = 1000, total_minor = 11000;
COPY credit_note_line 1 WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {acme_mar},
  net_minor = 10000, tax_minor = 1000, gross_minor = 11000;
COPY allocation {credited} WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {acme_mar},
  amount_minor = 11000, status_after = 'cancelled';
COPY allocation (SELECT MAX(id) FROM allocation) WITH amount_minor = -11000, status_before = 'cancelled', status_after = 'pending',
  reverses_id = (SELECT MAX(id) FROM allocation);
--? SELECT status = 'pending' AND settled_minor = 0 FROM payment WHERE id = {acme_mar}

-- The reason of an allocation of an erased customer goes.
UPDATE customer SET erased_on = '2026-03-05' WHERE id = {ana};
UPDATE allocation SET reason = 'erased' WHERE id = {paid_jan};

-- The reasons of what was about an erased customer go.
UPDATE customer SET erased_on = '2026-03-05';
UPDATE payment_change SET reason = 'erased';
UPDATE dispute SET reason = 'erased' WHERE closed_on IS NOT NULL;

-- The reason of a closed deposit of an erased customer goes.
UPDATE deposit SET state = 'returned', closed_on = '2026-03-05', reason = 'clean' WHERE id = {unpaid};
UPDATE customer SET erased_on = '2026-03-05';
UPDATE deposit SET reason = 'erased' WHERE id = {unpaid};

-- Payments: a period is owed once; what stands on an issued invoice stays as it was issued.

-- A period is owed a second time.
--! a day of a subscription is billed once
COPY payment {ana_mar} WITH invoice_id = NULL, line = NULL, status = 'pending';

-- Two payments share some days of a subscription.
--! a day of a subscription is billed once
COPY payment {acme_waiting} WITH kind = 'period', subscription_id = {acme_sub}, period_index = 3, period_start_on = '2026-03-31',
  period_end_on = '2026-05-01';

-- A payment holds all the days of another one.
--! a day of a subscription is billed once
COPY payment {acme_waiting} WITH kind = 'period', subscription_id = {acme_sub}, period_index = 3, period_start_on = '2025-12-01',
  period_end_on = '2027-01-01';

-- A payment that waits grows into the days of the next one.
--! a day of a subscription is billed once
COPY payment {ben_waiting} WITH period_index = 1, period_start_on = '2026-04-05', period_end_on = '2026-05-05';
UPDATE payment SET period_end_on = '2026-04-06' WHERE id = {ben_waiting};

-- A payment that waits moves back into the days of the one before.
--! a day of a subscription is billed once
COPY payment {ben_waiting} WITH period_index = 1, period_start_on = '2026-04-05', period_end_on = '2026-05-05';
UPDATE payment SET period_start_on = '2026-04-04' WHERE id = (SELECT MAX(id) FROM payment);

-- A payment that waits becomes one of another subscription whose days are billed.
--! a day of a subscription is billed once
UPDATE payment SET subscription_id = {ben_sub} WHERE id = {ben_waiting};

-- An extra line becomes a period whose days are billed.
--! a day of a subscription is billed once
COPY payment {acme_waiting} WITH subscription_id = {acme_sub}, period_index = 1, period_start_on = '2026-02-02', period_end_on = '2026-03-01';
UPDATE payment SET kind = 'period' WHERE id = (SELECT MAX(id) FROM payment);

-- A cancelled payment comes back where other days were billed in its place.
--! a day of a subscription is billed once
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id)
  VALUES ({ben_waiting}, 'pending', 'cancelled', '2026-03-05', {activity});
COPY payment {acme_waiting} WITH customer_id = {ben}, kind = 'period', subscription_id = {ben_new_sub}, period_index = 0,
  period_start_on = '2026-03-20', period_end_on = '2026-05-01';
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, reverses_id, activity_id)
  VALUES ({ben_waiting}, 'cancelled', 'pending', '2026-03-05', (SELECT MAX(id) FROM payment_change), {activity});

-- A payment is born paid.
--! a payment starts pending with nothing settled
COPY payment {acme_waiting} WITH status = 'paid', paid_on = '2026-03-05';

-- A payment is born with settled money.
--! a payment starts pending with nothing settled
COPY payment {draft_line} WITH line = 2, settled_minor = 100;

-- A payment is born with refunded money.
--! a payment starts pending with nothing settled
COPY payment {acme_waiting} WITH refunded_minor = 100;

-- A payment is born with the method of a receipt it never had.
--! a payment starts pending with nothing settled
COPY payment {acme_waiting} WITH method = 'cash';

-- A payment is born with failed attempts.
--! a payment starts pending with nothing settled
COPY payment {acme_waiting} WITH attempt_count = 3;

-- A line is added to an issued invoice.
--! an issued invoice takes no more lines
COPY payment {acme_waiting} WITH invoice_id = {acme_mar_invoice}, line = 2;

-- A waiting payment moves to an issued invoice.
--! an issued invoice takes no more lines
UPDATE payment SET invoice_id = {acme_mar_invoice}, line = 2 WHERE id = {acme_waiting};

-- A waiting payment moves to a void invoice.
--! an issued invoice takes no more lines
UPDATE payment SET invoice_id = {void_invoice}, line = 2 WHERE id = {acme_waiting};

-- A line leaves its issued invoice for a draft: one payment on two invoices.
--! a line of an issued invoice never changes
UPDATE payment SET invoice_id = {draft}, line = 2 WHERE id = {acme_mar};

-- A line leaves its issued invoice for a draft, and keeps its place.
--! a line of an issued invoice never changes
UPDATE payment SET invoice_id = {draft} WHERE id = {ana_deposit};

-- A line leaves its issued invoice for nowhere.
--! a line of an issued invoice never changes
UPDATE payment SET invoice_id = NULL, line = NULL WHERE id = {acme_mar};

-- A line of a void invoice is used again.
--! a line of an issued invoice never changes
UPDATE payment SET invoice_id = {draft}, line = 2 WHERE id = {withdrawn};

-- Two payments stand on one line.
--! UNIQUE constraint failed: payment.invoice_id, payment.line
COPY payment {draft_line} WITH text = 'again';

-- A payment goes to a customer who does not hold the subscription.
--! FOREIGN KEY constraint failed
UPDATE payment SET customer_id = {acme} WHERE id = {ben_waiting};

-- A line of an issued invoice changes its number in the file.
--! a line of an issued invoice never changes
UPDATE payment SET id = 900 WHERE id = {acme_mar};

-- A line of an issued invoice becomes an extra.
--! a line of an issued invoice never changes
UPDATE payment SET kind = 'extra' WHERE id = {acme_mar};

-- A line of an issued invoice goes to another customer.
--! a line of an issued invoice never changes
UPDATE payment SET customer_id = {ana} WHERE id = {acme_repair};

-- A line of an issued invoice is billed to a group.
--! a line of an issued invoice never changes
UPDATE payment SET group_id = {harbour} WHERE id = {acme_mar};

-- A line of an issued invoice becomes one of a subscription.
--! a line of an issued invoice never changes
UPDATE payment SET subscription_id = {acme_sub} WHERE id = {acme_repair};

-- A line of an issued invoice changes its currency.
--! a line of an issued invoice never changes
UPDATE payment SET currency = 'EUR' WHERE id = {acme_mar};

-- A line of an issued invoice becomes another period.
--! a line of an issued invoice never changes
UPDATE payment SET period_index = 9 WHERE id = {acme_mar};

-- The period of a line of an issued invoice starts later.
--! a line of an issued invoice never changes
UPDATE payment SET period_start_on = '2026-03-02' WHERE id = {acme_mar};

-- The period of a line of an issued invoice ends earlier.
--! a line of an issued invoice never changes
UPDATE payment SET period_end_on = '2026-03-31' WHERE id = {acme_mar};

-- A line of an issued invoice is due later.
--! a line of an issued invoice never changes
UPDATE payment SET due_on = '2026-06-01' WHERE id = {acme_mar};

-- A line of an issued invoice stands elsewhere on it.
--! a line of an issued invoice never changes
UPDATE payment SET line = 9 WHERE id = {acme_mar};

-- A line of an issued invoice says something else.
--! a line of an issued invoice never changes
UPDATE payment SET text = 'Gift' WHERE id = {acme_mar};

-- A line of an issued invoice names another asset.
--! a line of an issued invoice never changes
UPDATE payment SET serial = '77' WHERE id = {acme_mar};

-- A line of an issued invoice names another member.
--! a line of an issued invoice never changes
UPDATE payment SET member_name = 'Somebody' WHERE id = {acme_mar};

-- A line of an issued invoice says later that its member was exempt.
--! a line of an issued invoice never changes
UPDATE payment SET member_tax = 'exempt' WHERE id = {acme_mar};

-- A line of an issued invoice changes its quantity.
--! a line of an issued invoice never changes
UPDATE payment SET quantity_milli = 2000 WHERE id = {acme_mar};

-- A line of an issued invoice changes its price.
--! a line of an issued invoice never changes
UPDATE payment SET unit_minor = 1 WHERE id = {acme_mar};

-- A line of an issued invoice changes its net amount.
--! a line of an issued invoice never changes
UPDATE payment SET net_minor = 9999 WHERE id = {acme_mar};

-- A line of an issued invoice changes its tax rate.
--! a line of an issued invoice never changes
UPDATE payment SET tax_ppm = 0 WHERE id = {acme_mar};

-- A line of an issued invoice changes its tax.
--! a line of an issued invoice never changes
UPDATE payment SET tax_minor = 1001 WHERE id = {acme_mar};

-- A line of an issued invoice changes its amount.
--! a line of an issued invoice never changes
UPDATE payment SET amount_minor = 10999 WHERE id = {acme_mar};

-- A payment is deleted.
--! a payment is cancelled, never deleted
DELETE FROM payment WHERE id = {acme_waiting};

-- A payment is replaced by a cheaper one.
--! a payment is cancelled, never deleted
INSERT OR REPLACE INTO payment (id, kind, customer_id, currency, due_on, unit_minor, net_minor, tax_ppm, tax_minor, amount_minor)
  VALUES ({acme_waiting}, 'extra', {acme}, 'USD', '2026-03-05', 1, 1, 0, 0, 1);

-- An update replaces the payment that stands in its way.
--! a payment is cancelled, never deleted
COPY payment {draft_line} WITH line = 2;
UPDATE OR REPLACE payment SET line = 1 WHERE invoice_id = {draft} AND line = 2;

-- A payment says it is settled though nothing settles it.
--! what is settled on a payment is the sum of its allocations
UPDATE payment SET settled_minor = 100 WHERE id = {acme_feb};

-- A payment forgets what settles it.
--! what is settled on a payment is the sum of its allocations
UPDATE payment SET settled_minor = 0 WHERE id = {acme_jan};

-- A payment says it was refunded though nothing was.
--! what is refunded on a payment is the sum of its refunds
UPDATE payment SET refunded_minor = 100 WHERE id = {ana_jan};

-- A payment is paid without money.
--! CHECK constraint failed
UPDATE payment SET status = 'paid' WHERE id = {acme_mar};

-- A payment is paid without money, on the day of an allocation that was reversed.
--! a payment is paid on the day its last part took effect
UPDATE payment SET status = 'paid', paid_on = '2026-03-01' WHERE id = {acme_jan};

-- A payment of which a part is settled is paid, on the day of that part.
--! CHECK constraint failed: status <> 'paid' OR settled_minor = amount_minor
UPDATE payment SET status = 'paid', paid_on = (SELECT allocated_on FROM allocation WHERE id = {part_paid}) WHERE id = {acme_jan};

-- A payment that is not paid has a day on which it was.
--! a payment is paid on the day its last part took effect
UPDATE payment SET paid_on = '2026-02-01' WHERE id = {acme_mar};

-- A paid payment was paid earlier than it was.
--! a payment is paid on the day its last part took effect
UPDATE payment SET paid_on = '2025-12-01' WHERE id = {ana_jan};

-- A paid payment forgets when it was paid.
--! CHECK constraint failed: (status = 'paid') = (paid_on IS NOT NULL)
UPDATE payment SET paid_on = NULL WHERE id = {ana_jan};

-- A payment was paid in cash though its receipt says transfer.
--! a payment's method is that of the last receipt that stands
UPDATE payment SET method = 'cash' WHERE id = {ana_jan};

-- A payment forgets how it was paid.
--! a payment's method is that of the last receipt that stands
UPDATE payment SET method = NULL WHERE id = {ana_jan};

-- A paid payment is open again by hand.
--! CHECK constraint failed: amount_minor = 0 OR settled_minor < amount_minor
UPDATE payment SET status = 'pending', paid_on = NULL WHERE id = {ana_jan};

-- A paid payment is cancelled.
--! a payment cannot go from one of these states to the other
UPDATE payment SET status = 'cancelled', paid_on = NULL WHERE id = {ana_jan};

-- A payment fails without having been on its way.
--! a payment cannot go from one of these states to the other
UPDATE payment SET status = 'failed' WHERE id = {acme_mar};

-- A payment on its way is cancelled.
--! a line of an issued invoice is cancelled by a credit note
UPDATE payment SET status = 'cancelled' WHERE id = {ana_feb};

-- A cancelled payment is owed again by hand.
--! a payment cannot go from one of these states to the other
UPDATE payment SET status = 'pending' WHERE id = {acme_dropped};

-- A reversal of long ago brings a payment back a second time.
--! a payment cannot go from one of these states to the other
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, reverses_id, activity_id)
  VALUES ({acme_dropped}, 'cancelled', 'pending', '2026-03-05', {dropping}, {activity});
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id)
  VALUES ({acme_dropped}, 'pending', 'cancelled', '2026-03-05', {activity});
UPDATE payment SET status = 'pending' WHERE id = {acme_dropped};

-- A change that reverses nothing brings a cancelled payment back.
--! a payment cannot go from one of these states to the other
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id)
  VALUES ({acme_dropped}, 'cancelled', 'pending', '2026-03-05', {activity});

-- A cancelled payment is on its way.
--! a payment cannot go from one of these states to the other
UPDATE payment SET status = 'processing' WHERE id = {ana_repair};

-- A payment without an invoice is on its way.
--! only a payment on an issued invoice is paid or on its way
UPDATE payment SET status = 'processing' WHERE id = {acme_waiting};

-- A line of a draft is on its way.
--! only a payment on an issued invoice is paid or on its way
UPDATE payment SET status = 'processing' WHERE id = {draft_line};

-- A line of nothing on a draft is paid before it is issued.
--! only a payment on an issued invoice is paid or on its way
COPY payment {draft_line} WITH line = 2, unit_minor = 0, net_minor = 0, tax_minor = 0, amount_minor = 0;
UPDATE payment SET status = 'paid', paid_on = '2026-03-05' WHERE invoice_id = {draft} AND line = 2;

-- A payment of a void invoice is owed again.
--! a payment of a void invoice stays cancelled
COPY invoice {in_review} WITH state = 'draft';
COPY payment {acme_waiting} WITH invoice_id = (SELECT MAX(id) FROM invoice), line = 1, due_on = '2026-03-31';
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id)
  VALUES ((SELECT MAX(id) FROM payment), 'pending', 'cancelled', '2026-03-05', {activity});
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, reverses_id, activity_id)
  VALUES ((SELECT MAX(id) FROM payment), 'cancelled', 'pending', '2026-03-05', (SELECT MAX(id) FROM payment_change), {activity});
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice}, number = 'x' WHERE id = (SELECT MAX(id) FROM invoice);
UPDATE invoice SET state = 'void', voided_on = '2026-03-05' WHERE id = (SELECT MAX(id) FROM invoice);
UPDATE payment SET status = 'pending' WHERE id = (SELECT MAX(id) FROM payment);

-- A line of an issued invoice is cancelled while it is owed.
--! a line of an issued invoice is cancelled by a credit note over all of it
UPDATE payment SET status = 'cancelled' WHERE id = {acme_mar};

-- A line of an issued invoice is cancelled when a part of it is settled.
--! a line of an issued invoice is cancelled by a credit note over all of it
UPDATE payment SET status = 'cancelled' WHERE id = {acme_repair};

-- A change starts from a status the payment does not have.
--! a status change starts from the status the payment has
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id)
  VALUES ({acme_mar}, 'processing', 'pending', '2026-03-05', {activity});

-- A change reverses that of another payment.
--! a status change starts from the status the payment has
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id)
  VALUES ({acme_waiting}, 'pending', 'cancelled', '2026-03-05', {activity});
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, reverses_id, activity_id)
  VALUES ({acme_waiting}, 'cancelled', 'pending', '2026-03-05', {dropping}, {activity});

-- A change reverses one that went another way.
--! a status change starts from the status the payment has
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, reverses_id, activity_id)
  VALUES ({acme_jan}, 'pending', 'processing', '2026-03-05', {taken_change}, {activity});

-- A change is reversed twice.
--! UNIQUE constraint failed: payment_change.reverses_id
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, reverses_id, activity_id)
  VALUES ({acme_dropped}, 'cancelled', 'pending', '2026-03-05', {dropping}, {activity});
UPDATE payment SET status = 'cancelled' WHERE id = {acme_dropped};
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, reverses_id, activity_id)
  VALUES ({acme_dropped}, 'cancelled', 'pending', '2026-03-05', {dropping}, {activity});

-- A change that the payment refuses is kept all the same.
--! a status change takes effect or is not written
INSERT OR IGNORE INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id)
  VALUES ({acme_jan}, 'pending', 'paid', (SELECT allocated_on FROM allocation WHERE id = {part_paid}), {activity});

-- A change is changed.
--! a status change never changes
UPDATE payment_change SET reason = 'other' WHERE id = {dropping};

-- A change is deleted.
--! a status change is never deleted
DELETE FROM payment_change WHERE id = {dropping};

-- A dispute is deleted.
--! a dispute is closed, never deleted
DELETE FROM dispute WHERE closed_on IS NULL;

-- A dispute that is closed is opened again.
--! a dispute that is closed stays closed
UPDATE dispute SET closed_on = NULL, outcome = NULL WHERE closed_on IS NOT NULL;

-- A reason is erased of somebody who is not.
--! an allocation never changes: reverse it
UPDATE allocation SET reason = 'erased' WHERE id = {paid_jan};

-- Of an erased customer a reason is written anew.
--! an allocation never changes: reverse it
UPDATE customer SET erased_on = '2026-03-05' WHERE id = {ana};
UPDATE allocation SET reason = 'later' WHERE id = {paid_jan};

-- Of an erased customer more than the reason goes.
--! an allocation never changes: reverse it
UPDATE customer SET erased_on = '2026-03-05' WHERE id = {ana};
UPDATE allocation SET reason = 'erased', allocated_on = '2026-03-05' WHERE id = {paid_jan};

-- The reason of a status change is erased of somebody who is not.
--! a status change never changes: reverse it
UPDATE payment_change SET reason = 'erased';

-- The reason of a status change of an erased customer is written anew.
--! a status change never changes: reverse it
UPDATE customer SET erased_on = '2026-03-05';
UPDATE payment_change SET reason = 'later';

-- Of a status change of an erased customer more than the reason goes.
--! a status change never changes: reverse it
UPDATE customer SET erased_on = '2026-03-05';
UPDATE payment_change SET reason = 'erased', changed_on = '2026-01-02';

-- The reason of a dispute is erased of somebody who is not.
--! a dispute that is closed stays closed
UPDATE dispute SET reason = 'erased' WHERE closed_on IS NOT NULL;

-- The reason of a dispute of an erased customer is written anew.
--! a dispute that is closed stays closed
UPDATE customer SET erased_on = '2026-03-05';
UPDATE dispute SET reason = 'later' WHERE closed_on IS NOT NULL;

-- Of a dispute of an erased customer more than the reason goes.
--! a dispute that is closed stays closed
UPDATE customer SET erased_on = '2026-03-05';
UPDATE dispute SET reason = 'erased', opened_on = '2025-12-01' WHERE closed_on IS NOT NULL;

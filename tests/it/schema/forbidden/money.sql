-- Money in: receipts and what they pay, written once, taken back by the exact opposite.

-- A receipt is reversed at birth.
--! a receipt takes the next number and starts with nothing allocated
COPY receipt {euros} WITH number_seq = {next_receipt}, number = 'x', state = 'reversed';

-- A receipt has failed at birth.
--! a receipt takes the next number and starts with nothing allocated
COPY receipt {euros} WITH number_seq = {next_receipt}, number = 'x', state = 'failed', cleared_on = NULL;

-- A receipt is born with an allocation.
--! a receipt takes the next number and starts with nothing allocated
COPY receipt {euros} WITH number_seq = {next_receipt}, number = 'x', allocated_minor = 100;

-- A receipt is born with a refund.
--! a receipt takes the next number and starts with nothing allocated
COPY receipt {euros} WITH number_seq = {next_receipt}, number = 'x', refunded_minor = 100;

-- A receipt cleared before it was received.
--! CHECK constraint failed: cleared_on >= received_on
COPY receipt {euros} WITH number_seq = {next_receipt}, number = 'x', cleared_on = '2026-03-04';

-- A receipt is in another currency than its payer.
--! FOREIGN KEY constraint failed
COPY receipt {euros} WITH number_seq = {next_receipt}, number = 'x', currency = 'USD';

-- A receipt is of nobody.
--! CHECK constraint failed: (customer_id IS NULL) <> (group_id IS NULL)
COPY receipt {euros} WITH number_seq = {next_receipt}, number = 'x', customer_id = NULL;

-- A receipt is of a customer and of a group.
--! CHECK constraint failed: (customer_id IS NULL) <> (group_id IS NULL)
COPY receipt {whole} WITH number_seq = {next_receipt}, number = 'x', group_id = {harbour}, allocated_minor = 0;

-- A receipt changes its number in the file.
--! a receipt never changes
UPDATE receipt SET id = 900 WHERE id = {bounced};

-- A receipt becomes another customer's.
--! a receipt never changes
UPDATE receipt SET customer_id = {acme} WHERE id = {whole};

-- A receipt becomes a group's.
--! a receipt never changes
UPDATE receipt SET group_id = {harbour} WHERE id = {whole};

-- A receipt changes its currency.
--! a receipt never changes
UPDATE receipt SET currency = 'EUR' WHERE id = {whole};

-- A receipt changes its year.
--! a receipt never changes
UPDATE receipt SET number_year = 2025 WHERE id = {whole};

-- A receipt changes its running number.
--! a receipt never changes
UPDATE receipt SET number_seq = 99 WHERE id = {whole};

-- A receipt changes its number on paper.
--! a receipt never changes
UPDATE receipt SET number = 'x' WHERE id = {whole};

-- A receipt grows.
--! a receipt never changes
UPDATE receipt SET amount_minor = amount_minor + 1 WHERE id = {too_much};

-- A receipt arrived on another day.
--! a receipt never changes
UPDATE receipt SET received_on = '2025-12-31' WHERE id = {whole};

-- A receipt came by another method.
--! a receipt never changes
UPDATE receipt SET method = 'cash' WHERE id = {whole};

-- A receipt changes its reference.
--! a receipt never changes
UPDATE receipt SET reference = 'x' WHERE id = {whole};

-- A receipt is found under another reference.
--! a receipt never changes
UPDATE receipt SET reference_key = 'x' WHERE id = {whole};

-- A receipt changes its note.
--! a receipt never changes
UPDATE receipt SET note = 'x' WHERE id = {whole};

-- A receipt belongs to another activity.
--! a receipt never changes
UPDATE receipt SET activity_id = 1 WHERE id = {whole};

-- A receipt is deleted.
--! a receipt is never deleted
DELETE FROM receipt WHERE id = {bounced};

-- A receipt is replaced.
--! a receipt is never deleted
INSERT OR REPLACE INTO receipt (id, customer_id, currency, number_year, number_seq, number, state, amount_minor, received_on, method,
  activity_id) VALUES ({bounced}, {acme}, 'USD', 2026, 9, 'x', 'pending', 1, '2026-03-05', 'check', {activity});

-- A receipt that bounced clears after all.
--! a receipt cannot go from one of these states to the other
UPDATE receipt SET state = 'cleared', cleared_on = '2026-03-05' WHERE id = {bounced};

-- A receipt that was reversed is there again.
--! a receipt cannot go from one of these states to the other
UPDATE receipt SET state = 'cleared' WHERE id = {taken_back};

-- A receipt that cleared is pending again.
--! a receipt cannot go from one of these states to the other
UPDATE receipt SET state = 'pending', cleared_on = NULL WHERE id = {euros};

-- A check that bounced is on its way again.
--! a receipt cannot go from one of these states to the other
UPDATE receipt SET state = 'failed' WHERE id = {check};
UPDATE receipt SET state = 'pending' WHERE id = {check};

-- A receipt clears a second time, on another day.
--! a receipt clears once
UPDATE receipt SET cleared_on = '2026-03-06' WHERE id = {euros};

-- A receipt clears without a day.
--! CHECK constraint failed: (state IN ('cleared', 'reversed')) = (cleared_on IS NOT NULL)
UPDATE receipt SET state = 'cleared' WHERE id = {check};

-- A receipt is reversed while it pays something.
--! CHECK constraint failed: state = 'cleared' OR allocated_minor + refunded_minor = 0
UPDATE receipt SET state = 'reversed' WHERE id = {whole};

-- A receipt says it is allocated though nothing is.
--! what is allocated of a receipt is the sum of its allocations
UPDATE receipt SET allocated_minor = 100 WHERE id = {euros};

-- A receipt forgets what it pays, to pay it out again.
--! what is allocated of a receipt is the sum of its allocations
UPDATE receipt SET allocated_minor = 0 WHERE id = {whole};

-- A receipt says it was refunded though nothing was.
--! what is refunded of a receipt is the sum of its refunds
UPDATE receipt SET refunded_minor = 100 WHERE id = {euros};

-- Money is meant for a payment in another currency.
--! a receipt pays only what its own payer owes
COPY receipt {check} WITH customer_id = {emil}, currency = 'EUR', number_seq = {next_receipt}, number = 'x';
INSERT INTO pending_allocation (receipt_id, payment_id, amount_minor) VALUES ((SELECT MAX(id) FROM receipt), {acme_mar}, 100);

-- Money on its way is meant for more than it is.
--! money on its way is meant for no more than it is or is owed
INSERT INTO pending_allocation (receipt_id, payment_id, amount_minor) VALUES ({check}, {ana_mar}, 1);

-- Money on its way is meant for more than is owed.
--! money on its way is meant for no more than it is or is owed
COPY receipt {check} WITH number_seq = {next_receipt}, number = 'x', amount_minor = 50000;
INSERT INTO pending_allocation (receipt_id, payment_id, amount_minor) VALUES ((SELECT MAX(id) FROM receipt), {ana_mar}, 11001);

-- Money that is there is meant for something instead of paying it.
--! money on its way is meant for no more than it is or is owed
INSERT INTO pending_allocation (receipt_id, payment_id, amount_minor) VALUES ({too_much}, {ana_mar}, 100);

-- Money on its way is meant for what somebody else owes.
--! a receipt pays only what its own payer owes
COPY receipt {check} WITH number_seq = {next_receipt}, number = 'x';
INSERT INTO pending_allocation (receipt_id, payment_id, amount_minor) VALUES ((SELECT MAX(id) FROM receipt), {acme_mar}, 100);

-- Money on its way is meant for more than it was meant for.
--! what money on its way is meant for never changes
UPDATE pending_allocation SET amount_minor = amount_minor + 1 WHERE receipt_id = {check};

-- A receipt pays more of a payment than is owed.
--! no more of a payment is settled than is owed
COPY allocation {part_paid} WITH receipt_id = {too_much}, payment_id = {ana_mar}, customer_id = {ana}, amount_minor = 11001,
  allocated_on = '2026-03-05', status_before = 'failed', status_after = 'failed';

-- A receipt pays more than it is.
--! a receipt pays no more than it has left
COPY allocation {part_paid} WITH payment_id = {acme_mar}, amount_minor = 1, allocated_on = '2026-03-05';

-- A receipt pays with money that was refunded.
--! a receipt pays no more than it has left
COPY refund {refund} WITH payment_id = NULL, credit_note_id = NULL, amount_minor = 12000;
COPY allocation {part_paid} WITH receipt_id = {too_much}, payment_id = {ana_mar}, customer_id = {ana}, amount_minor = 1,
  allocated_on = '2026-03-05', status_before = 'failed', status_after = 'failed';

-- Over-allocation is skipped over and kept.
--! no more of a payment is settled than is owed
INSERT OR IGNORE INTO allocation (source, receipt_id, payment_id, customer_id, currency, amount_minor, allocated_on, status_before,
  status_after, activity_id)
  VALUES ('receipt', {too_much}, {ana_mar}, {ana}, 'USD', 11001, '2026-03-05', 'failed', 'failed', {activity});

-- More than a receipt is is skipped over and kept.
--! a receipt pays no more than it has left
INSERT OR IGNORE INTO allocation (source, receipt_id, payment_id, customer_id, currency, amount_minor, allocated_on, status_before,
  status_after, activity_id)
  VALUES ('receipt', {part}, {acme_mar}, {acme}, 'USD', 1, '2026-03-05', 'pending', 'pending', {activity});

-- A receipt pays a payment in another currency.
--! FOREIGN KEY constraint failed
COPY allocation {part_paid} WITH receipt_id = {too_much}, payment_id = {ana_mar}, customer_id = {ana}, amount_minor = 1,
  currency = 'EUR', allocated_on = '2026-03-05', status_before = 'failed', status_after = 'failed';

-- A receipt pays what another customer owes.
--! a receipt pays only what its own payer owes
COPY allocation {part_paid} WITH receipt_id = {too_much}, payment_id = {acme_mar}, amount_minor = 1, allocated_on = '2026-03-05';

-- A group's receipt pays what a customer outside owes.
--! a receipt pays no more than it has left
COPY allocation {part_paid} WITH receipt_id = {group_money}, payment_id = {acme_mar}, amount_minor = 1, allocated_on = '2026-03-05';

-- A receipt that has not cleared pays something.
--! only money that cleared pays something
COPY allocation {part_paid} WITH receipt_id = {check}, payment_id = {ana_feb}, customer_id = {ana}, amount_minor = 11000,
  allocated_on = '2026-03-05', status_before = 'processing', status_after = 'paid';

-- A receipt that bounced pays something.
--! only money that cleared pays something
COPY allocation {part_paid} WITH receipt_id = {bounced}, payment_id = {acme_mar}, amount_minor = 1, allocated_on = '2026-03-05';

-- A receipt that was reversed pays again.
--! only money that cleared pays something
COPY allocation {part_paid} WITH receipt_id = {taken_back}, payment_id = {acme_mar}, amount_minor = 1, allocated_on = '2026-03-05';

-- A receipt pays before it arrived.
--! money pays nothing before it arrived
COPY allocation {part_paid} WITH receipt_id = {too_much}, payment_id = {ana_mar}, customer_id = {ana}, amount_minor = 1,
  allocated_on = '2026-03-04', status_before = 'failed', status_after = 'failed';

-- A receipt pays before the invoice was issued.
--! an allocation is its payment's, of an issued invoice and not dated before it
COPY allocation {written_off} WITH allocated_on = '2026-03-04', amount_minor = 1;

-- A receipt pays a payment that has no invoice.
--! an allocation is its payment's, of an issued invoice and not dated before it
COPY allocation {written_off} WITH payment_id = {acme_waiting}, amount_minor = 1;

-- A line of a draft is settled.
--! an allocation is its payment's, of an issued invoice and not dated before it
COPY allocation {written_off} WITH payment_id = {draft_line}, amount_minor = 1;

-- A line of a void invoice is settled.
--! an allocation is its payment's, of an issued invoice and not dated before it
COPY allocation {written_off} WITH payment_id = {withdrawn}, amount_minor = 1, status_before = 'cancelled', status_after = 'pending';

-- A cancelled payment is settled.
--! no more of a payment is settled than is owed
COPY allocation {written_off} WITH payment_id = {ana_repair}, customer_id = {ana}, amount_minor = 1;

-- An allocation names another customer than the payment's.
--! an allocation is its payment's, of an issued invoice and not dated before it
COPY allocation {written_off} WITH customer_id = {ana}, amount_minor = 1;

-- An allocation starts from a status the payment does not have.
--! an allocation is its payment's, of an issued invoice and not dated before it
COPY allocation {written_off} WITH status_before = 'failed', status_after = 'failed', amount_minor = 1;

-- Rent is booked as a deposit, which is no income.
--! an allocation is its payment's, of an issued invoice and not dated before it
COPY allocation {written_off} WITH is_deposit = 1, amount_minor = 1;

-- A part of the money makes a payment paid.
--! a payment is paid when all of it is settled, and only then
COPY allocation {written_off} WITH status_after = 'paid', amount_minor = 1;

-- All of the money leaves a payment open.
--! a payment is paid when all of it is settled, and only then
COPY allocation {written_off} WITH amount_minor = 3400;

-- A write-off cancels a payment.
--! CHECK constraint failed: status_after <> 'cancelled' OR source = 'credit_note'
COPY allocation {written_off} WITH status_after = 'cancelled', amount_minor = 3400;

-- A write-off has no reason.
--! CHECK constraint failed: source <> 'write_off' OR reason <> ''
COPY allocation {written_off} WITH reason = '', amount_minor = 1;

-- A write-off names a receipt.
--! a receipt pays no more than it has left
COPY allocation {written_off} WITH receipt_id = {part}, amount_minor = 1;

-- A negative allocation reverses nothing.
--! CHECK constraint failed: (amount_minor < 0) = (reverses_id IS NOT NULL)
COPY allocation {part_paid} WITH amount_minor = -1;

-- A positive allocation says it reverses another.
--! a reversal is the exact opposite of the row it reverses
COPY allocation {written_off} WITH amount_minor = 1, reverses_id = {written_off};

-- A reversal is reversed.
--! only money that cleared pays something
COPY allocation {reversal} WITH amount_minor = 6000, reverses_id = {reversal}, status_before = 'pending', status_after = 'paid';

-- A part of an allocation is reversed.
--! a reversal is the exact opposite of the row it reverses
COPY allocation {part_paid} WITH amount_minor = -4999, reverses_id = {part_paid};

-- An allocation is reversed twice.
--! UNIQUE constraint failed: allocation.reverses_id
COPY allocation {part_paid} WITH amount_minor = -5000, reverses_id = {part_paid};
COPY allocation {part_paid} WITH receipt_id = {part};
COPY allocation {part_paid} WITH amount_minor = -5000, reverses_id = {part_paid};

-- A reversal takes the money from another payment.
--! a reversal is the exact opposite of the row it reverses
COPY allocation {written_off} WITH payment_id = {acme_mar}, amount_minor = 1000;
COPY allocation {written_off} WITH payment_id = {acme_mar}, amount_minor = -1000, reverses_id = {written_off};

-- A reversal gives the money to another receipt.
--! a reversal is the exact opposite of the row it reverses
COPY receipt {part} WITH number_seq = {next_receipt}, number = 'x', allocated_minor = 0;
COPY allocation {part_paid} WITH receipt_id = (SELECT MAX(id) FROM receipt), payment_id = {acme_mar}, allocated_on = '2026-03-05';
COPY allocation {part_paid} WITH receipt_id = (SELECT MAX(id) FROM receipt), amount_minor = -5000, reverses_id = {part_paid};

-- A reversal gives the money to another credit note.
--! a reversal is the exact opposite of the row it reverses
COPY allocation {credited} WITH amount_minor = -4400, credit_note_id = {euro_credit}, reverses_id = {credited};

-- A reversal of a receipt's money says it was written off.
--! a reversal is the exact opposite of the row it reverses
COPY allocation {part_paid} WITH source = 'write_off', reason = 'x', receipt_id = NULL, amount_minor = -5000, reverses_id = {part_paid};

-- A reversal leaves a cancelled payment with a hole in it.
--! a payment is paid when all of it is settled, and only then
COPY allocation (SELECT id FROM allocation WHERE status_after = 'cancelled') WITH amount_minor = -11000, status_before = 'pending',
  status_after = 'cancelled', reverses_id = (SELECT id FROM allocation WHERE status_after = 'cancelled');

-- An allocation changes.
--! an allocation never changes
UPDATE allocation SET amount_minor = 4000 WHERE id = {part_paid};

-- An allocation is deleted.
--! an allocation is never deleted
DELETE FROM allocation WHERE id = {part_paid};

-- An allocation is replaced.
--! an allocation is never deleted
REPLACE INTO allocation SELECT * FROM allocation WHERE id = {written_off};

-- A charge asks for more than is open.
--! an attempt charges at most what is open on an issued invoice
COPY charge_attempt {declined} WITH amount_minor = 11001, idempotency_key = 'k3';

-- A charge asks for what is paid.
--! an attempt charges at most what is open on an issued invoice
COPY charge_attempt {declined} WITH payment_id = {ana_jan}, amount_minor = 1, idempotency_key = 'k3';

-- A charge asks for what was withdrawn.
--! an attempt charges at most what is open on an issued invoice
COPY charge_attempt {declined} WITH payment_id = {withdrawn}, payment_method_id = NULL, amount_minor = 1, idempotency_key = 'k3';

-- A charge asks for what was cancelled on a draft.
--! an attempt charges at most what is open on an issued invoice
COPY charge_attempt {declined} WITH payment_id = {draft_line}, payment_method_id = NULL, amount_minor = 1, idempotency_key = 'k3';

-- A charge asks for what has no invoice.
--! an attempt charges at most what is open on an issued invoice
COPY charge_attempt {declined} WITH payment_id = {acme_waiting}, payment_method_id = NULL, amount_minor = 1, idempotency_key = 'k3';

-- A charge takes somebody else's card.
--! an attempt charges the debtor's own method
COPY charge_attempt {declined} WITH payment_id = {acme_mar}, idempotency_key = 'k3';

-- A second charge of a payment is under way at once.
--! UNIQUE constraint failed: charge_attempt.payment_id
COPY charge_attempt {created} WITH idempotency_key = 'k3';

-- A charge is made twice under one key.
--! UNIQUE constraint failed: charge_attempt.idempotency_key
COPY charge_attempt {declined} WITH attempted_on = '2026-03-05';

-- A charge that was declined is settled.
--! an attempt cannot go from one of these states to the other
UPDATE charge_attempt SET state = 'settled', decline_reason = NULL WHERE id = {declined};

-- A charge is declined without a reason.
--! CHECK constraint failed: (state = 'declined') = (decline_reason IS NOT NULL)
UPDATE charge_attempt SET state = 'sent' WHERE id = {created};
UPDATE charge_attempt SET state = 'declined' WHERE id = {created};

-- A charge changes its number.
--! what an attempt charges never changes
UPDATE charge_attempt SET id = 900 WHERE id = {created};

-- A charge asks for another payment.
--! what an attempt charges never changes
UPDATE charge_attempt SET payment_id = {ana_feb} WHERE id = {declined};

-- A charge took another method.
--! what an attempt charges never changes
UPDATE charge_attempt SET payment_method_id = {mandate} WHERE id = {created};

-- A charge is in another currency.
--! what an attempt charges never changes
UPDATE charge_attempt SET currency = 'EUR' WHERE id = {created};

-- A charge asks for more than it did.
--! what an attempt charges never changes
UPDATE charge_attempt SET amount_minor = 12000 WHERE id = {created};

-- A charge was made on another day.
--! what an attempt charges never changes
UPDATE charge_attempt SET attempted_on = '2026-03-04' WHERE id = {created};

-- A charge is repeated under a new key.
--! what an attempt charges never changes
UPDATE charge_attempt SET idempotency_key = 'k3' WHERE id = {created};

-- A charge went to another processor.
--! what an attempt charges never changes
UPDATE charge_attempt SET processor = 'other' WHERE id = {created};

-- A charge belongs to another activity.
--! what an attempt charges never changes
UPDATE charge_attempt SET activity_id = 1 WHERE id = {created};

-- A charge is deleted.
--! an attempt is never deleted
DELETE FROM charge_attempt WHERE id = {declined};

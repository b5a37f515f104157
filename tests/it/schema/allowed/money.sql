-- Money comes in, pays, goes back.

-- A receipt takes the next number, and the series goes on.
COPY receipt {euros} WITH number_seq = {next_receipt}, number = 'x';
--? SELECT last = {next_receipt} FROM number_series WHERE kind = 'receipt'

-- A part of a payment is paid, then the rest: payment, invoice and receipt follow.
COPY allocation {part_paid} WITH receipt_id = {too_much}, payment_id = {ana_mar}, customer_id = {ana}, amount_minor = 4000,
  allocated_on = '2026-03-05', status_before = 'failed', status_after = 'failed';
COPY allocation {part_paid} WITH receipt_id = {too_much}, payment_id = {ana_mar}, customer_id = {ana}, amount_minor = 7000,
  allocated_on = '2026-03-06', status_before = 'failed', status_after = 'paid';
--? SELECT status = 'paid' AND paid_on = '2026-03-06' AND settled_minor = 11000 AND method = 'bank_transfer' FROM payment WHERE id = {ana_mar}
--? SELECT settled_minor = 11000 FROM invoice WHERE id = {ana_mar_invoice}
--? SELECT allocated_minor = 11000 AND refunded_minor = 3000 FROM receipt WHERE id = {too_much}

-- The part that came first is written down last: the payment is paid on the day of the other.
COPY allocation {part_paid} WITH receipt_id = {too_much}, payment_id = {ana_mar}, customer_id = {ana}, amount_minor = 7000,
  allocated_on = '2026-03-06', status_before = 'failed', status_after = 'failed';
COPY allocation {part_paid} WITH receipt_id = {too_much}, payment_id = {ana_mar}, customer_id = {ana}, amount_minor = 4000,
  allocated_on = '2026-03-05', status_before = 'failed', status_after = 'paid';
--? SELECT status = 'paid' AND paid_on = '2026-03-06' FROM payment WHERE id = {ana_mar}

-- The method of a payment is its last receipt's.
COPY receipt {part} WITH number_seq = {next_receipt}, number = 'x', method = 'cash', allocated_minor = 0, received_on = '2026-03-05',
  cleared_on = '2026-03-05';
COPY allocation {part_paid} WITH receipt_id = (SELECT MAX(id) FROM receipt), amount_minor = 1, allocated_on = '2026-03-05';
--? SELECT method = 'cash' FROM payment WHERE id = {acme_jan}

-- What was paid is open again, and the money is free.
COPY allocation {paid_jan} WITH amount_minor = -11000, allocated_on = '2026-03-05', status_before = 'paid', status_after = 'pending',
  reverses_id = {paid_jan};
--? SELECT status = 'pending' AND paid_on IS NULL AND settled_minor = 0 FROM payment WHERE id = {ana_jan}
--? SELECT settled_minor = 20000 FROM invoice WHERE id = {ana_jan_invoice}
--? SELECT allocated_minor = 20000 FROM receipt WHERE id = {whole}

-- What was paid has failed again: undo restores the status before.
COPY allocation {part_paid} WITH receipt_id = {too_much}, payment_id = {ana_mar}, customer_id = {ana}, amount_minor = 11000,
  allocated_on = '2026-03-05', status_before = 'failed', status_after = 'paid';
COPY allocation (SELECT MAX(id) FROM allocation) WITH amount_minor = -11000, status_before = 'paid', status_after = 'failed',
  reverses_id = (SELECT MAX(id) FROM allocation);
--? SELECT status = 'failed' FROM payment WHERE id = {ana_mar}

-- A check clears, and pays what it was meant for.
UPDATE receipt SET state = 'cleared', cleared_on = '2026-03-06' WHERE id = {check};
COPY allocation {part_paid} WITH receipt_id = {check}, payment_id = {ana_feb}, customer_id = {ana}, amount_minor = 11000,
  allocated_on = '2026-03-06', status_before = 'processing', status_after = 'paid';
DELETE FROM pending_allocation WHERE receipt_id = {check};

-- What a check paid is on its way again when its clearing was a mistake.
UPDATE receipt SET state = 'cleared', cleared_on = '2026-03-06' WHERE id = {check};
COPY allocation {part_paid} WITH receipt_id = {check}, payment_id = {ana_feb}, customer_id = {ana}, amount_minor = 11000,
  allocated_on = '2026-03-06', status_before = 'processing', status_after = 'paid';
COPY allocation (SELECT MAX(id) FROM allocation) WITH amount_minor = -11000, status_before = 'paid', status_after = 'processing',
  reverses_id = (SELECT MAX(id) FROM allocation);
--? SELECT status = 'processing' FROM payment WHERE id = {ana_feb}

-- What a check paid is taken back under a clock that stands some days before the check came.
UPDATE receipt SET state = 'cleared', cleared_on = '2026-03-06' WHERE id = {check};
COPY allocation {part_paid} WITH receipt_id = {check}, payment_id = {ana_feb}, customer_id = {ana}, amount_minor = 11000,
  allocated_on = '2026-03-06', status_before = 'processing', status_after = 'paid';
COPY allocation (SELECT MAX(id) FROM allocation) WITH amount_minor = -11000, status_before = 'paid', status_after = 'processing',
  allocated_on = '2026-02-27', reverses_id = (SELECT MAX(id) FROM allocation);

-- What a credit note settled and money that went back are taken back under such a clock too.
COPY credit_note {credit} WITH invoice_id = {acme_mar_invoice}, number_seq = {next_credit}, number = 'x';
COPY credit_note_line 1 WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {acme_mar};
COPY allocation {credited} WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {acme_mar};
COPY allocation (SELECT MAX(id) FROM allocation) WITH amount_minor = -4400, allocated_on = '2026-03-04',
  reverses_id = (SELECT MAX(id) FROM allocation);
COPY refund {refund} WITH amount_minor = -3000, refunded_on = '2026-03-04', reverses_id = {refund};

-- A check bounces.
UPDATE receipt SET state = 'failed' WHERE id = {check};
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id)
  VALUES ({ana_feb}, 'processing', 'failed', '2026-03-06', {activity});

-- A check that cleared is taken back by the bank.
UPDATE receipt SET state = 'cleared', cleared_on = '2026-03-06' WHERE id = {check};
UPDATE receipt SET state = 'reversed' WHERE id = {check};

-- A check is meant for two payments, one of them in part.
COPY receipt {check} WITH number_seq = {next_receipt}, number = 'x', amount_minor = 15000;
INSERT INTO pending_allocation (receipt_id, payment_id, amount_minor) VALUES ((SELECT MAX(id) FROM receipt), {ana_mar}, 11000);
INSERT INTO pending_allocation (receipt_id, payment_id, amount_minor) VALUES ((SELECT MAX(id) FROM receipt), {ana_feb}, 4000);

-- A check of a group is meant for what its members owe.
COPY receipt {group_money} WITH number_seq = {next_receipt}, number = 'x', state = 'pending', cleared_on = NULL, allocated_minor = 0;
INSERT INTO pending_allocation (receipt_id, payment_id, amount_minor) VALUES ((SELECT MAX(id) FROM receipt), {ben_open}, 11000);

-- A check of a merged customer is meant for what the kept one owes.
UPDATE customer SET merged_into = {ana}, root_id = {ana} WHERE id = {twin};
COPY receipt {check} WITH customer_id = {twin}, number_seq = {next_receipt}, number = 'x';
INSERT INTO pending_allocation (receipt_id, payment_id, amount_minor) VALUES ((SELECT MAX(id) FROM receipt), {ana_mar}, 11000);

-- A merged customer's receipt pays what the kept one owes.
UPDATE customer SET merged_into = {ana}, root_id = {ana} WHERE id = {twin};
COPY receipt {too_much} WITH customer_id = {twin}, number_seq = {next_receipt}, number = 'x', allocated_minor = 0, refunded_minor = 0;
COPY allocation {part_paid} WITH receipt_id = (SELECT MAX(id) FROM receipt), payment_id = {ana_mar}, customer_id = {ana},
  amount_minor = 100, allocated_on = '2026-03-05', status_before = 'failed', status_after = 'failed';

-- The kept customer's receipt pays what a merged one owes.
UPDATE customer SET merged_into = {twin}, root_id = {twin} WHERE id = {acme};
COPY receipt {too_much} WITH customer_id = {twin}, number_seq = {next_receipt}, number = 'x', allocated_minor = 0, refunded_minor = 0;
COPY allocation {part_paid} WITH receipt_id = (SELECT MAX(id) FROM receipt), payment_id = {acme_mar}, allocated_on = '2026-03-05',
  amount_minor = 100;

-- A group's receipt pays two members' payments, the older one first.
COPY receipt {group_money} WITH number_seq = {next_receipt}, number = 'x', allocated_minor = 0;
COPY allocation {part_paid} WITH receipt_id = (SELECT MAX(id) FROM receipt), payment_id = {ben_open}, customer_id = {ben},
  amount_minor = 11000, allocated_on = '2026-03-05', status_after = 'paid';
COPY allocation {part_paid} WITH receipt_id = (SELECT MAX(id) FROM receipt), payment_id = {cleo_open}, customer_id = {cleo},
  amount_minor = 11000, allocated_on = '2026-03-05', status_after = 'paid';

-- A member pays the own line of the group's invoice.
COPY receipt {part} WITH customer_id = {ben}, number_seq = {next_receipt}, number = 'x', allocated_minor = 0;
COPY allocation {part_paid} WITH receipt_id = (SELECT MAX(id) FROM receipt), payment_id = {ben_open}, customer_id = {ben},
  amount_minor = 100, allocated_on = '2026-03-05';

-- The rest of a payment is written off.
COPY allocation {written_off} WITH amount_minor = 3400, status_after = 'paid';
--? SELECT status = 'paid' AND settled_minor = 4400 FROM payment WHERE id = {acme_small}

-- A write-off is taken back.
COPY allocation {written_off} WITH amount_minor = -1000, reverses_id = {written_off};
--? SELECT settled_minor = 0 FROM payment WHERE id = {acme_small}

-- Two credit notes over a line close to the cent.
COPY credit_note {credit} WITH number_seq = {next_credit}, number = 'x', net_minor = 6000, tax_minor = 600, total_minor = 6600;
COPY credit_note_line 1 WITH credit_note_id = (SELECT MAX(id) FROM credit_note), net_minor = 6000, tax_minor = 600, gross_minor = 6600;
COPY allocation {credited} WITH credit_note_id = (SELECT MAX(id) FROM credit_note), amount_minor = 6600, status_after = 'cancelled';
--? SELECT status = 'cancelled' AND settled_minor = 11000 FROM payment WHERE id = {acme_repair}
--? SELECT last = {next_credit} FROM number_series WHERE kind = 'credit_note'

-- A credit note that cancelled a payment is taken back: the payment is open again, and all of it can be credited once more.
COPY credit_note {credit} WITH number_seq = {next_credit}, number = 'x', net_minor = 6000, tax_minor = 600, total_minor = 6600;
COPY credit_note_line 1 WITH credit_note_id = (SELECT MAX(id) FROM credit_note), net_minor = 6000, tax_minor = 600, gross_minor = 6600;
COPY allocation {credited} WITH credit_note_id = (SELECT MAX(id) FROM credit_note), amount_minor = 6600, status_after = 'cancelled';
COPY allocation {credited} WITH credit_note_id = (SELECT MAX(id) FROM credit_note), amount_minor = -6600, status_before = 'cancelled',
  status_after = 'pending', reverses_id = (SELECT MAX(id) FROM allocation);
--? SELECT status = 'pending' AND settled_minor = 4400 FROM payment WHERE id = {acme_repair}
COPY credit_note {credit} WITH number_seq = {next_credit} + 1, number = 'y', net_minor = 6000, tax_minor = 600, total_minor = 6600;
COPY credit_note_line 1 WITH credit_note_id = (SELECT MAX(id) FROM credit_note), net_minor = 6000, tax_minor = 600, gross_minor = 6600;

-- A credit note settles a payment that is then paid.
COPY credit_note {credit} WITH number_seq = {next_credit}, number = 'x', net_minor = 6000, tax_minor = 600, total_minor = 6600;
COPY credit_note_line 1 WITH credit_note_id = (SELECT MAX(id) FROM credit_note), net_minor = 6000, tax_minor = 600, gross_minor = 6600;
COPY allocation {credited} WITH credit_note_id = (SELECT MAX(id) FROM credit_note), amount_minor = 6600, status_after = 'paid';

-- A credit note has a line for each line of a shared invoice.
COPY credit_note {credit} WITH invoice_id = (SELECT invoice_id FROM payment WHERE id = {ben_open}), number_seq = {next_credit}, number = 'x',
  net_minor = 8000, tax_minor = 800, total_minor = 8800;
COPY credit_note_line 1 WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {ben_open};
COPY credit_note_line 1 WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {cleo_open};
COPY allocation {credited} WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {ben_open}, customer_id = {ben};
COPY allocation {credited} WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {cleo_open}, customer_id = {cleo};

-- A credit note's settlement is taken back, and settles again later.
COPY allocation {credited} WITH amount_minor = -4400, reverses_id = {credited};
COPY allocation {credited} WITH allocated_on = '2026-03-06';

-- The rest of what was paid too much goes back.
COPY refund {refund} WITH payment_id = NULL, credit_note_id = NULL, amount_minor = 12000;
--? SELECT refunded_minor = 15000 FROM receipt WHERE id = {too_much}

-- All that a receipt paid of a payment goes back, after the credit note over it.
COPY refund {refund} WITH amount_minor = 8000;
--? SELECT refunded_minor = 11000 FROM payment WHERE id = {ana_repair}

-- A refund is taken back.
COPY refund {refund} WITH amount_minor = -3000, reverses_id = {refund};
--? SELECT refunded_minor = 0 FROM payment WHERE id = {ana_repair}
--? SELECT refunded_minor = 0 FROM receipt WHERE id = {too_much}

-- A charge goes its way, is settled and has a receipt.
UPDATE charge_attempt SET state = 'sent' WHERE id = {created};
UPDATE charge_attempt SET state = 'pending', processor_reference = 'pi_1' WHERE id = {created};
UPDATE charge_attempt SET state = 'settled', receipt_id = {too_much} WHERE id = {created};

-- A charge is declined, and another is made.
UPDATE charge_attempt SET state = 'sent' WHERE id = {created};
UPDATE charge_attempt SET state = 'declined', decline_reason = 'other', decline_kind = 'soft', decline_text = 'try later' WHERE id = {created};
COPY charge_attempt {declined} WITH state = 'created', decline_reason = NULL, decline_kind = NULL, idempotency_key = 'k3';

-- A charge asks for the open part of a payment, by hand and without a stored method.
COPY charge_attempt {declined} WITH payment_id = {acme_jan}, payment_method_id = NULL, amount_minor = 6000, idempotency_key = 'k3';

-- A merged customer's card pays what the kept one owes.
UPDATE customer SET merged_into = {twin}, root_id = {twin} WHERE id = {acme};
UPDATE customer SET merged_into = {twin}, root_id = {twin} WHERE id = {ana};
COPY charge_attempt {declined} WITH payment_id = {acme_mar}, idempotency_key = 'k3';

-- A deposit is returned.
COPY allocation {paid_deposit} WITH amount_minor = -20000, allocated_on = '2026-03-05', status_before = 'paid', status_after = 'pending', reverses_id = {paid_deposit};
UPDATE deposit SET state = 'returned', closed_on = '2026-03-05', activity_id = {activity} WHERE id = {deposit};

-- A deposit nobody paid falls.
UPDATE deposit SET state = 'returned', closed_on = '2026-03-05', reason = 'not owed' WHERE id = {unpaid};

-- A deposit is kept, and pays something.
COPY allocation {paid_deposit} WITH amount_minor = -20000, allocated_on = '2026-03-05', status_before = 'paid', status_after = 'pending', reverses_id = {paid_deposit};
COPY allocation {part_paid} WITH receipt_id = (SELECT receipt_id FROM allocation WHERE id = {paid_deposit}), payment_id = {ana_mar},
  customer_id = {ana}, amount_minor = 4000, allocated_on = '2026-03-05', status_before = 'failed', status_after = 'failed', activity_id = {activity};
UPDATE deposit SET state = 'kept', kept_minor = 4000, closed_on = '2026-03-05', reason = 'broken', activity_id = {activity} WHERE id = {deposit};

-- A part of a deposit is kept, and pays something.
COPY allocation {paid_deposit} WITH amount_minor = -20000, allocated_on = '2026-03-05', status_before = 'paid', status_after = 'pending', reverses_id = {paid_deposit};
COPY allocation {part_paid} WITH receipt_id = (SELECT receipt_id FROM allocation WHERE id = {paid_deposit}), payment_id = {ana_mar},
  customer_id = {ana}, amount_minor = 4000, allocated_on = '2026-03-05', status_before = 'failed', status_after = 'failed', activity_id = {activity};
UPDATE deposit SET state = 'partly_kept', kept_minor = 4000, closed_on = '2026-03-05', activity_id = {activity} WHERE id = {deposit};

-- A deposit of another subscription is taken.
COPY payment {ben_deposit} WITH subscription_id = {ben_sub};
INSERT INTO deposit (subscription_id, payment_id, amount_minor) VALUES ({ben_sub}, (SELECT MAX(id) FROM payment), 5000);

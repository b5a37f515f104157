-- Credit notes, refunds, deposits: never more than there was.

-- A credit note stands on a draft.
--! a credit note takes the next number and stands on an issued invoice
COPY credit_note {credit} WITH invoice_id = {draft}, number_seq = {next_credit}, number = 'x';

-- A credit note stands on a void invoice.
--! a credit note takes the next number and stands on an issued invoice
COPY credit_note {credit} WITH invoice_id = {void_invoice}, number_seq = {next_credit}, number = 'x';

-- A credit note is older than its invoice.
--! a credit note is not older than its invoice and never more than it
COPY credit_note {credit} WITH invoice_id = {acme_mar_invoice}, number_seq = {next_credit}, number = 'x', issued_on = '2026-02-28';

-- A credit note is over more than its invoice.
--! a credit note is not older than its invoice and never more than it
COPY credit_note {credit} WITH invoice_id = {acme_mar_invoice}, number_seq = {next_credit}, number = 'x', net_minor = 10001, tax_minor = 1000,
  total_minor = 11001;

-- Two credit notes are over more than their invoice.
--! a credit note is not older than its invoice and never more than it
COPY credit_note {credit} WITH number_seq = {next_credit}, number = 'x', net_minor = 6001, tax_minor = 600, total_minor = 6601;

-- A credit note is in another currency than its invoice.
--! FOREIGN KEY constraint failed
COPY credit_note {credit} WITH number_seq = {next_credit}, number = 'x', currency = 'EUR';

-- A credit note has no reason.
--! CHECK constraint failed: reason <> ''
COPY credit_note {credit} WITH number_seq = {next_credit}, number = 'x', reason = '';

-- A credit note changes.
--! a credit note never changes
UPDATE credit_note SET reason = 'x' WHERE id = {credit};

-- A credit note is deleted.
--! a credit note is never deleted
COPY credit_note {credit} WITH number_seq = {next_credit}, number = 'x';
DELETE FROM credit_note WHERE number = 'x';

-- A line of a credit note credits a line of another invoice.
--! a credit note never credits more than the line was
COPY credit_note {credit} WITH number_seq = {next_credit}, number = 'x';
COPY credit_note_line 1 WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {acme_mar};

-- The lines of a credit note are more than it.
--! a credit note never credits more than the line was
COPY credit_note_line 1 WITH net_minor = 1, tax_minor = 0, gross_minor = 1;

-- A line of a credit note credits more than the line was.
--! a credit note never credits more than the line was
COPY credit_note {credit} WITH invoice_id = {acme_small_invoice}, number_seq = {next_credit}, number = 'x';
COPY credit_note_line 1 WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {nothing}, net_minor = 1, tax_minor = 0,
  gross_minor = 1;

-- Credit notes give back more net than the line was.
--! a credit note never credits more than the line was
COPY credit_note {credit} WITH number_seq = {next_credit}, number = 'x', net_minor = 6001, tax_minor = 0, total_minor = 6001;
COPY credit_note_line 1 WITH credit_note_id = (SELECT MAX(id) FROM credit_note), net_minor = 6001, tax_minor = 0, gross_minor = 6001;

-- Credit notes give back more tax than the line had.
--! a credit note never credits more than the line was
COPY credit_note {credit} WITH number_seq = {next_credit}, number = 'x', net_minor = 0, tax_minor = 601, total_minor = 601;
COPY credit_note_line 1 WITH credit_note_id = (SELECT MAX(id) FROM credit_note), net_minor = 0, tax_minor = 601, gross_minor = 601;

-- A line of a credit note changes.
--! a credit note never changes
UPDATE credit_note_line SET text = 'x' WHERE id = 1;

-- A line of a credit note is deleted.
--! a credit note is never deleted
DELETE FROM credit_note_line WHERE credit_note_id = {euro_credit};

-- A credit note settles more of a line than it credits.
--! a credit note settles no more of a line than it credits
COPY allocation {credited} WITH amount_minor = 1;

-- A credit note settles a line it does not credit.
--! a credit note settles no more of a line than it credits
COPY allocation {credited} WITH payment_id = {acme_mar}, amount_minor = 1;

-- A credit note without lines settles something.
--! a credit note is the sum of its lines
COPY credit_note {credit} WITH invoice_id = {acme_mar_invoice}, number_seq = {next_credit}, number = 'x';
COPY allocation {credited} WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {acme_mar};

-- A credit note settles something before all its lines are written.
--! a credit note is the sum of its lines
COPY credit_note {credit} WITH invoice_id = {acme_mar_invoice}, number_seq = {next_credit}, number = 'x';
COPY credit_note_line 1 WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {acme_mar}, net_minor = 100,
  tax_minor = 10, gross_minor = 110;
COPY allocation {credited} WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {acme_mar}, amount_minor = 110;

-- A credit note splits net and tax in another way than its lines.
--! a credit note is the sum of its lines
COPY credit_note {credit} WITH invoice_id = {acme_mar_invoice}, number_seq = {next_credit}, number = 'x', net_minor = 4100, tax_minor = 300;
COPY credit_note_line 1 WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {acme_mar};
COPY allocation {credited} WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {acme_mar};

-- A credit note settles something before it was issued.
--! a credit note settles nothing before it is issued
COPY credit_note {credit} WITH invoice_id = {acme_mar_invoice}, number_seq = {next_credit}, number = 'x';
COPY credit_note_line 1 WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {acme_mar};
COPY allocation {credited} WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {acme_mar}, allocated_on = '2026-03-04';

-- A credit note in euros settles dollars.
--! FOREIGN KEY constraint failed
COPY allocation {credited} WITH credit_note_id = {euro_credit}, payment_id = {euro_payment}, customer_id = {emil};

-- A credit note over a part cancels all of a line.
--! a payment is paid when all of it is settled, and only then
COPY credit_note {credit} WITH invoice_id = {acme_mar_invoice}, number_seq = {next_credit}, number = 'x';
COPY credit_note_line 1 WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {acme_mar};
COPY allocation {credited} WITH credit_note_id = (SELECT MAX(id) FROM credit_note), payment_id = {acme_mar}, status_after = 'cancelled';

-- A refund is more than the receipt has left.
--! no more goes back than a receipt has left
COPY refund {refund} WITH payment_id = NULL, credit_note_id = NULL, amount_minor = 12001;

-- A refund takes money that pays something.
--! no more goes back than a receipt has left
COPY refund {refund} WITH receipt_id = {whole}, payment_id = {ana_jan}, credit_note_id = NULL, amount_minor = 1;

-- A refund is of money that has not cleared.
--! only money that cleared goes back
COPY refund {refund} WITH receipt_id = {check}, payment_id = NULL, credit_note_id = NULL, amount_minor = 1;

-- A refund is of money that was reversed.
--! only money that cleared goes back
COPY refund {refund} WITH receipt_id = {taken_back}, payment_id = NULL, credit_note_id = NULL, amount_minor = 1;

-- More of a payment is refunded than the receipt paid of it.
--! no more of a payment is refunded than the receipt paid of it
COPY refund {refund} WITH credit_note_id = NULL, amount_minor = 8001;

-- A payment is refunded that the receipt never paid.
--! no more of a payment is refunded than the receipt paid of it
COPY refund {refund} WITH payment_id = {ana_jan}, credit_note_id = NULL, amount_minor = 1;

-- More is refunded for a credit note than it credits.
--! no more is refunded for a credit note than it credits
COPY refund {refund} WITH payment_id = NULL, amount_minor = 8001;

-- Money goes back before it came.
--! money does not go back before it arrived
COPY refund {refund} WITH refunded_on = '2026-03-04', amount_minor = 1;

-- A refund is in another currency than its receipt.
--! FOREIGN KEY constraint failed
COPY refund {refund} WITH payment_id = NULL, credit_note_id = NULL, currency = 'EUR', amount_minor = 1;

-- A refund in euros is for a credit note in dollars.
--! FOREIGN KEY constraint failed
COPY refund {refund} WITH receipt_id = {euros}, payment_id = NULL, currency = 'EUR', amount_minor = 1;

-- A refund has no reason.
--! CHECK constraint failed: reason <> ''
COPY refund {refund} WITH reason = '', amount_minor = 1;

-- A part of a refund is reversed.
--! a reversal is the exact opposite of the row it reverses
COPY refund {refund} WITH amount_minor = -2999, reverses_id = {refund};

-- A refund is reversed twice.
--! UNIQUE constraint failed: refund.reverses_id
COPY refund {mistaken} WITH amount_minor = -1000, reverses_id = {mistaken};

-- A reversal of a refund puts the money on another receipt.
--! a reversal is the exact opposite of the row it reverses
COPY refund {refund} WITH receipt_id = {whole}, amount_minor = -3000, reverses_id = {refund};

-- A reversal of a refund forgets the payment.
--! a reversal is the exact opposite of the row it reverses
COPY refund {refund} WITH payment_id = NULL, amount_minor = -3000, reverses_id = {refund};

-- A reversal of a refund forgets the credit note.
--! a reversal is the exact opposite of the row it reverses
COPY refund {refund} WITH credit_note_id = NULL, amount_minor = -3000, reverses_id = {refund};

-- A negative refund reverses nothing.
--! CHECK constraint failed: (amount_minor < 0) = (reverses_id IS NOT NULL)
COPY refund {refund} WITH amount_minor = -1;

-- Over-refund is skipped over and kept.
--! no more goes back than a receipt has left
INSERT OR IGNORE INTO refund (receipt_id, currency, amount_minor, refunded_on, reason, activity_id)
  VALUES ({whole}, 'USD', 1, '2026-03-05', 'x', {activity});

-- A refund changes.
--! a refund never changes
UPDATE refund SET reason = 'x' WHERE id = {refund};

-- A refund is deleted.
--! a refund is never deleted
DELETE FROM refund WHERE id = {refund};

-- A deposit is closed at birth.
--! a deposit is held as its payment says
COPY payment {ben_deposit} WITH subscription_id = {ben_sub};
INSERT INTO deposit (subscription_id, payment_id, amount_minor, state, closed_on)
  VALUES ({ben_sub}, (SELECT MAX(id) FROM payment), 5000, 'returned', '2026-03-05');

-- A deposit is more than its payment.
--! a deposit is held as its payment says
COPY payment {ben_deposit} WITH subscription_id = {ben_sub};
INSERT INTO deposit (subscription_id, payment_id, amount_minor) VALUES ({ben_sub}, (SELECT MAX(id) FROM payment), 5001);

-- A deposit is of another subscription than its payment.
--! a deposit is held as its payment says
COPY payment {ben_deposit} WITH subscription_id = {ben_sub};
INSERT INTO deposit (subscription_id, payment_id, amount_minor) VALUES ({cleo_sub}, (SELECT MAX(id) FROM payment), 5000);

-- Rent is held as a deposit.
--! a deposit is held as its payment says
INSERT INTO deposit (subscription_id, payment_id, amount_minor) VALUES ({ben_sub}, {ben_open}, 11000);

-- A deposit changes its number.
--! what was taken as a deposit never changes
UPDATE deposit SET id = 900 WHERE id = {deposit};

-- A deposit shrinks.
--! what was taken as a deposit never changes
UPDATE deposit SET amount_minor = 10000 WHERE id = {deposit};

-- A deposit moves to another subscription.
--! what was taken as a deposit never changes
UPDATE deposit SET subscription_id = {ben_sub} WHERE id = {deposit};

-- A deposit moves to another payment.
--! what was taken as a deposit never changes
UPDATE deposit SET payment_id = {ana_jan} WHERE id = {deposit};

-- A deposit is kept in part, but none of it.
--! CHECK constraint failed: kept_minor BETWEEN
UPDATE deposit SET state = 'partly_kept', closed_on = '2026-03-05' WHERE id = {unpaid};

-- A deposit is returned while money stands on it.
--! what is kept of a deposit pays something, and the rest of it goes back
UPDATE deposit SET state = 'returned', closed_on = '2026-03-05', activity_id = {activity} WHERE id = {deposit};

-- A deposit is kept and pays nothing.
--! what is kept of a deposit pays something, and the rest of it goes back
COPY allocation {paid_deposit} WITH amount_minor = -20000, allocated_on = '2026-03-05', status_before = 'paid', status_after = 'pending', reverses_id = {paid_deposit};
UPDATE deposit SET state = 'kept', kept_minor = 20000, closed_on = '2026-03-05', activity_id = {activity} WHERE id = {deposit};

-- A part is kept of a deposit that nobody paid.
--! what is kept of a deposit pays something, and the rest of it goes back
UPDATE deposit SET state = 'partly_kept', kept_minor = 100, closed_on = '2026-03-05', activity_id = {activity} WHERE id = {unpaid};

-- A deposit that was returned is held again.
--! a deposit that is closed stays closed
UPDATE deposit SET state = 'returned', closed_on = '2026-03-05' WHERE id = {unpaid};
UPDATE deposit SET state = 'held', closed_on = NULL WHERE id = {unpaid};

-- A deposit that was returned is returned on another day.
--! a deposit that is closed stays closed
UPDATE deposit SET state = 'returned', closed_on = '2026-03-05' WHERE id = {unpaid};
UPDATE deposit SET closed_on = '2026-03-06' WHERE id = {unpaid};

-- A deposit is deleted.
--! a deposit is returned or kept, never deleted
DELETE FROM deposit WHERE id = {deposit};

-- The reason of a closed deposit is erased of somebody who is not.
--! a deposit that is closed stays closed
UPDATE deposit SET state = 'returned', closed_on = '2026-03-05', reason = 'clean' WHERE id = {unpaid};
UPDATE deposit SET reason = 'erased' WHERE id = {unpaid};

-- The reason of a closed deposit of an erased customer is written anew.
--! a deposit that is closed stays closed
UPDATE deposit SET state = 'returned', closed_on = '2026-03-05', reason = 'clean' WHERE id = {unpaid};
UPDATE customer SET erased_on = '2026-03-05';
UPDATE deposit SET reason = 'later' WHERE id = {unpaid};

-- Of a closed deposit of an erased customer more than the reason goes.
--! a deposit that is closed stays closed
UPDATE deposit SET state = 'returned', closed_on = '2026-03-05', reason = 'clean' WHERE id = {unpaid};
UPDATE customer SET erased_on = '2026-03-05';
UPDATE deposit SET reason = 'erased', closed_on = '2026-03-06' WHERE id = {unpaid};

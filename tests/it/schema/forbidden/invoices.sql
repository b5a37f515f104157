-- Invoices: issued once, the sum of their lines, frozen ever after.

-- An invoice is issued at birth.
--! an invoice starts as a draft
COPY invoice {in_review} WITH state = 'issued', number_year = 2026, number_seq = {next_invoice}, number = 'x';

-- An invoice is in review at birth, with no line anybody looked at.
--! an invoice starts as a draft
COPY invoice {in_review} WITH due_on = '2026-05-01';

-- A draft is born with settled money.
--! CHECK constraint failed: settled_minor = 0 OR state = 'issued'
COPY invoice {in_review} WITH state = 'draft', settled_minor = 100;

-- A draft is born overdue.
--! CHECK constraint failed: overdue_on IS NULL
COPY invoice {in_review} WITH state = 'draft', overdue_on = '2026-04-01';

-- An invoice without a line is issued.
--! an invoice is the sum of its lines
COPY invoice {in_review} WITH state = 'draft', subtotal_minor = 0, tax_minor = 0, total_minor = 0;
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice}, number = 'x' WHERE id = (SELECT MAX(id) FROM invoice);

-- The total of an invoice is not the sum of its lines.
--! an invoice is the sum of its lines
UPDATE invoice SET subtotal_minor = 9000, total_minor = 10000 WHERE id = {in_review};
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice}, number = 'x' WHERE id = {in_review};

-- The tax of an invoice is not the sum of its lines, though its total is.
--! an invoice is the sum of its lines
UPDATE invoice SET subtotal_minor = 9900, tax_minor = 1100 WHERE id = {in_review};
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice}, number = 'x' WHERE id = {in_review};

-- The total of an invoice is not the sum of its lines, though its net is.
--! an invoice is the sum of its lines
UPDATE invoice SET tax_minor = 900, total_minor = 10900 WHERE id = {in_review};
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice}, number = 'x' WHERE id = {in_review};

-- A line of an invoice is due on another day.
--! the lines of an invoice are its payer's
UPDATE payment SET due_on = '2026-04-01' WHERE invoice_id = {in_review};
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice}, number = 'x' WHERE id = {in_review};

-- A line of an invoice is another customer's.
--! the lines of an invoice are its payer's
UPDATE payment SET customer_id = {ana} WHERE invoice_id = {in_review};
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice}, number = 'x' WHERE id = {in_review};

-- A line of a customer's invoice is billed to a group.
--! the lines of an invoice are its payer's
UPDATE payment SET group_id = {harbour} WHERE invoice_id = {in_review};
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice}, number = 'x' WHERE id = {in_review};

-- A line of an invoice is cancelled before it is issued.
--! the lines of an invoice are its payer's
UPDATE payment SET status = 'cancelled' WHERE invoice_id = {in_review};
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice}, number = 'x' WHERE id = {in_review};

-- An invoice without a payer's name is issued.
--! CHECK constraint failed: state NOT IN ('issued', 'void')
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice}, number = 'x' WHERE id = {draft};

-- A void invoice comes back.
--! an invoice takes the next number, no other
UPDATE invoice SET state = 'issued' WHERE id = {void_invoice};

-- A void invoice becomes a draft again.
--! an invoice cannot go from one of these states to the other
UPDATE invoice SET state = 'draft' WHERE id = {void_invoice};

-- An issued invoice becomes a draft again.
--! an invoice cannot go from one of these states to the other
UPDATE invoice SET state = 'draft' WHERE id = {acme_mar_invoice};

-- A draft is void without ever having had a number.
--! an invoice cannot go from one of these states to the other
UPDATE invoice SET state = 'void', voided_on = '2026-03-05' WHERE id = {in_review};

-- A draft is void under a number nobody counted.
--! an invoice cannot go from one of these states to the other
UPDATE invoice SET state = 'void', voided_on = '2026-03-05', number_year = 2026, number_seq = 99, number = 'x' WHERE id = {in_review};

-- An invoice that was paid is void.
--! an invoice with settled money or a credit note cannot be voided
UPDATE invoice SET state = 'void', voided_on = '2026-03-05' WHERE id = {ana_jan_invoice};

-- An invoice with a credit note on it is void, though nothing is settled yet.
--! an invoice with settled money or a credit note cannot be voided
UPDATE invoice SET state = 'void', voided_on = '2026-03-05' WHERE id = {euro_invoice};

-- An invoice is void while money for it is on its way.
--! a payment cannot go from one of these states to the other
UPDATE invoice SET state = 'void', voided_on = '2026-03-05' WHERE id = (SELECT invoice_id FROM payment WHERE id = {ana_feb});

-- An issued invoice changes its number in the file.
--! an issued invoice never changes
UPDATE invoice SET id = 900 WHERE id = {acme_mar_invoice};

-- An issued invoice becomes one out of turn.
--! an issued invoice never changes
UPDATE invoice SET kind = 'out_of_turn' WHERE id = {acme_mar_invoice};

-- An issued invoice goes to another customer.
--! an issued invoice never changes
UPDATE invoice SET customer_id = {ana} WHERE id = {acme_mar_invoice};

-- An issued invoice goes to a group.
--! an issued invoice never changes
UPDATE invoice SET group_id = {harbour} WHERE id = {acme_mar_invoice};

-- An issued invoice changes its currency.
--! an issued invoice never changes
UPDATE invoice SET currency = 'EUR' WHERE id = {acme_mar_invoice};

-- An issued invoice changes its year.
--! an issued invoice never changes
UPDATE invoice SET number_year = 2025 WHERE id = {acme_mar_invoice};

-- An issued invoice changes its running number.
--! an issued invoice never changes
UPDATE invoice SET number_seq = 99 WHERE id = {acme_mar_invoice};

-- An issued invoice changes its number on paper.
--! an issued invoice never changes
UPDATE invoice SET number = 'x' WHERE id = {acme_mar_invoice};

-- An issued invoice changes its date.
--! an issued invoice never changes
UPDATE invoice SET invoiced_on = '2026-03-02' WHERE id = {acme_mar_invoice};

-- An issued invoice is due later.
--! an issued invoice never changes
UPDATE invoice SET due_on = '2026-06-01' WHERE id = {acme_mar_invoice};

-- An issued invoice changes its subtotal.
--! an issued invoice never changes
UPDATE invoice SET subtotal_minor = 9999 WHERE id = {acme_mar_invoice};

-- An issued invoice changes its tax.
--! an issued invoice never changes
UPDATE invoice SET tax_minor = 1001 WHERE id = {acme_mar_invoice};

-- An issued invoice changes its total.
--! an issued invoice never changes
UPDATE invoice SET total_minor = 12000 WHERE id = {acme_mar_invoice};

-- An issued invoice changes the name of its payer.
--! an issued invoice never changes
UPDATE invoice SET payer_name = 'Somebody' WHERE id = {acme_mar_invoice};

-- An issued invoice changes the address of its payer.
--! an issued invoice never changes
UPDATE invoice SET payer_address = 'Elsewhere' WHERE id = {acme_mar_invoice};

-- An issued invoice changes the tax number of its payer.
--! an issued invoice never changes
UPDATE invoice SET payer_tax_number = 'DE1' WHERE id = {acme_mar_invoice};

-- An issued invoice changes how tax was charged.
--! an issued invoice never changes
UPDATE invoice SET tax_treatment = 'exempt' WHERE id = {acme_mar_invoice};

-- An issued invoice changes what was owed with it.
--! an issued invoice never changes
UPDATE invoice SET account_minor = 1 WHERE id = {acme_mar_invoice};

-- An issued invoice changes what its payer had paid by then.
--! an issued invoice never changes
UPDATE invoice SET account_received_minor = 1 WHERE id = {acme_mar_invoice};

-- An issued invoice changes what its payer had been credited by then.
--! an issued invoice never changes
UPDATE invoice SET account_credited_minor = 1 WHERE id = {acme_mar_invoice};

-- An issued invoice changes the shop's head.
--! an issued invoice never changes
UPDATE invoice SET letterhead_id = 2 WHERE id = {acme_mar_invoice};

-- A voided invoice was voided on another day.
--! an issued invoice never changes
UPDATE invoice SET state = 'void', voided_on = '2026-03-05' WHERE id = {acme_mar_invoice};
UPDATE invoice SET voided_on = '2026-03-06' WHERE id = {acme_mar_invoice};

-- An invoice is voided on a day no calendar has.
--! CHECK constraint failed: voided_on IS date(voided_on)
UPDATE invoice SET state = 'void', voided_on = '2026-02-30' WHERE id = {acme_mar_invoice};

-- An invoice is voided on no day.
--! a void invoice carries the day of its void
UPDATE invoice SET state = 'void' WHERE id = {acme_mar_invoice};

-- The day of a void is written on an invoice that is not void.
--! an issued invoice never changes
UPDATE invoice SET voided_on = '2026-03-05' WHERE id = {acme_mar_invoice};

-- An issued invoice becomes the fee for another.
--! an issued invoice never changes
UPDATE invoice SET about_id = {acme_jan_invoice} WHERE id = {acme_mar_invoice};

-- A void invoice changes.
--! an issued invoice never changes
UPDATE invoice SET payer_name = 'Somebody' WHERE id = {void_invoice};

-- An invoice says it is settled while no line of it is.
--! what is settled on an invoice is what is settled on its lines
UPDATE invoice SET settled_minor = 100 WHERE id = {acme_mar_invoice};

-- An invoice became overdue a month after its due day.
--! an invoice became overdue on the day after its due day
UPDATE invoice SET overdue_on = '2026-04-30' WHERE id = {acme_mar_invoice};

-- An invoice becomes overdue a second time.
--! an invoice became overdue on the day after its due day
UPDATE invoice SET overdue_on = overdue_on WHERE id = {acme_jan_invoice};

-- An invoice was never overdue after all.
--! an invoice became overdue on the day after its due day
UPDATE invoice SET overdue_on = NULL WHERE id = {acme_jan_invoice};

-- A draft becomes overdue.
--! CHECK constraint failed: overdue_on IS NULL
UPDATE invoice SET overdue_on = '2026-04-01' WHERE id = {draft};

-- An issued invoice without lines left to point at it is deleted.
--! an issued invoice is never deleted
DELETE FROM invoice WHERE id = {acme_mar_invoice};

-- An issued invoice is replaced by a draft.
--! an issued invoice is never deleted
INSERT OR REPLACE INTO invoice (id, kind, customer_id, currency, invoiced_on, due_on, subtotal_minor, tax_minor, total_minor)
  VALUES ({acme_mar_invoice}, 'regular', {acme}, 'USD', '2026-03-01', '2026-03-31', 10000, 1000, 11000);

-- A draft with a line on it is deleted.
--! FOREIGN KEY constraint failed
DELETE FROM invoice WHERE id = {draft};

-- An issued invoice says later why it bears no tax.
--! an issued invoice never changes
UPDATE invoice SET tax_reason = 'school' WHERE id = {acme_jan_invoice};

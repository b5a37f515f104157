-- Invoices as they are made, issued and withdrawn.

-- An invoice in review is issued under the next number, and the series goes on.
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice}, number = 'x' WHERE id = {in_review};
--? SELECT last = {next_invoice} FROM number_series WHERE kind = 'invoice'

-- A year begins with number one.
INSERT INTO number_series (kind, year) VALUES ('invoice', 2027);
UPDATE invoice SET state = 'issued', number_year = 2027, number_seq = 1, number = '2027-0001' WHERE id = {in_review};
--? SELECT last = 1 FROM number_series WHERE kind = 'invoice' AND year = 2027

-- A draft is issued without review once its payer is written on it.
UPDATE invoice SET payer_name = 'Acme', letterhead_id = {letterhead}, state = 'issued', number_year = 2026, number_seq = {next_invoice},
  number = 'x' WHERE id = {draft};

-- A draft changes in every way while it is one.
UPDATE invoice SET kind = 'regular', invoiced_on = '2026-03-06', due_on = '2026-04-06', payer_name = 'Acme', payer_address = 'Quay',
  payer_tax_number = 'DE1', tax_treatment = 'exempt', account_minor = 1, account_received_minor = 0, account_credited_minor = 0, letterhead_id = {letterhead}, about_id = {acme_jan_invoice}, version = version + 1 WHERE id = {draft};

-- A draft takes a second line, and its lines change.
COPY payment {draft_line} WITH line = 2, text = 'More (SN 77)', serial = '77', member_name = 'Ruiz';
UPDATE payment SET unit_minor = 5000, net_minor = 5000, tax_minor = 500, amount_minor = 5500 WHERE invoice_id = {draft} AND line = 2;

-- A line moves from one draft to another.
UPDATE payment SET invoice_id = {in_review}, line = 2 WHERE id = {draft_line};

-- A draft is deleted once its lines have left it.
UPDATE payment SET invoice_id = NULL, line = NULL WHERE id = {draft_line};
DELETE FROM invoice WHERE id = {draft};

-- An invoice of a group is issued over lines of its members.
COPY invoice {group_invoice} WITH state = 'draft', number = NULL, number_seq = NULL, number_year = NULL, overdue_on = NULL,
  subtotal_minor = 15000, tax_minor = 1000, total_minor = 16000, due_on = '2026-05-01';
UPDATE payment SET invoice_id = (SELECT MAX(id) FROM invoice), line = 1 WHERE id = {ben_waiting};
UPDATE payment SET invoice_id = (SELECT MAX(id) FROM invoice), line = 2 WHERE id = {ben_deposit};
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice}, number = 'x' WHERE id = (SELECT MAX(id) FROM invoice);

-- A fee for a group's late invoice is an invoice of its own.
COPY invoice {group_invoice} WITH kind = 'out_of_turn', state = 'draft', number = NULL, number_seq = NULL, number_year = NULL,
  overdue_on = NULL, about_id = {group_invoice};

-- A line of nothing is paid when its invoice is issued.
COPY payment {acme_waiting} WITH invoice_id = {in_review}, line = 2, due_on = '2026-03-31', unit_minor = 0, net_minor = 0, tax_minor = 0,
  amount_minor = 0;
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice}, number = 'x' WHERE id = {in_review};
UPDATE payment SET status = 'paid', paid_on = '2026-03-05' WHERE invoice_id = {in_review} AND amount_minor = 0;

-- An open invoice is void, and all its lines are cancelled, the free one too.
COPY payment {acme_waiting} WITH invoice_id = {in_review}, line = 2, due_on = '2026-03-31', unit_minor = 0, net_minor = 0, tax_minor = 0,
  amount_minor = 0;
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice}, number = 'x' WHERE id = {in_review};
UPDATE payment SET status = 'paid', paid_on = '2026-03-05' WHERE invoice_id = {in_review} AND amount_minor = 0;
UPDATE invoice SET state = 'void', voided_on = '2026-03-05', version = version + 1 WHERE id = {in_review};
--? SELECT COUNT(*) = 2 FROM payment WHERE invoice_id = {in_review} AND status = 'cancelled' AND paid_on IS NULL

-- An invoice whose charge failed is void.
UPDATE invoice SET state = 'void', voided_on = '2026-03-05' WHERE id = {ana_mar_invoice};
--? SELECT status = 'cancelled' FROM payment WHERE id = {ana_mar}

-- A void invoice was overdue, and stays so.
UPDATE invoice SET state = 'void', voided_on = '2026-03-05' WHERE id = {acme_feb_invoice};
--? SELECT overdue_on = '2026-03-04' FROM invoice WHERE id = {acme_feb_invoice}

-- An invoice becomes overdue on the day after its due day.
UPDATE invoice SET overdue_on = '2026-04-01' WHERE id = {acme_mar_invoice};

-- What is settled on an invoice is written again as it is.
UPDATE invoice SET settled_minor = settled_minor WHERE id = {acme_jan_invoice};

-- A draft goes into review.
UPDATE invoice SET state = 'in_review' WHERE id = {draft};

-- What no Action makes yet, on top of two months at the desk (book.rs). `--= name:` gives a name to a row; `{name}` uses it.
-- `COPY table id WITH column = value, …;` inserts a row like that one but for the columns named.

--= activity: SELECT MAX(id) FROM activity
--= ana: SELECT id FROM customer WHERE last_name = 'Delgado'
--= acme: SELECT id FROM customer WHERE company_name = 'Acme'
--= ben: SELECT id FROM customer WHERE last_name = 'Berg'
--= cleo: SELECT id FROM customer WHERE last_name = 'Ito'
--= twin: SELECT id FROM customer WHERE last_name = 'Twin'
--= emil: SELECT id FROM customer WHERE last_name = 'Emil'
--= harbour: SELECT id FROM billing_group WHERE name = 'Harbour'
--= laptop: SELECT id FROM variant WHERE currency = 'USD'
--= ana_sub: SELECT id FROM subscription WHERE customer_id = {ana}
--= acme_sub: SELECT id FROM subscription WHERE customer_id = {acme}
--= ben_sub: SELECT MIN(id) FROM subscription WHERE customer_id = {ben}
--= ben_new_sub: SELECT MAX(id) FROM subscription WHERE customer_id = {ben}
--= cleo_sub: SELECT id FROM subscription WHERE customer_id = {cleo}
--= ana_jan: SELECT id FROM payment WHERE subscription_id = {ana_sub} AND period_index = 0
--= ana_feb: SELECT id FROM payment WHERE subscription_id = {ana_sub} AND period_index = 1
--= ana_mar: SELECT id FROM payment WHERE subscription_id = {ana_sub} AND period_index = 2
--= ana_deposit: SELECT id FROM payment WHERE kind = 'deposit' AND customer_id = {ana}
--= ben_deposit: SELECT id FROM payment WHERE kind = 'deposit' AND customer_id = {ben}
--= acme_jan: SELECT id FROM payment WHERE subscription_id = {acme_sub} AND period_index = 0
--= acme_feb: SELECT id FROM payment WHERE subscription_id = {acme_sub} AND period_index = 1
--= acme_mar: SELECT id FROM payment WHERE subscription_id = {acme_sub} AND period_index = 2
--= ben_open: SELECT MIN(id) FROM payment WHERE customer_id = {ben} AND status = 'pending'
--= ben_waiting: SELECT id FROM payment WHERE subscription_id = {ben_new_sub} AND kind = 'period'
--= ana_repair: SELECT MIN(id) FROM payment WHERE kind = 'extra' AND customer_id = {ana}
--= acme_repair: SELECT MIN(id) FROM payment WHERE kind = 'extra' AND customer_id = {acme}
--= acme_small: SELECT id FROM payment WHERE amount_minor = 4400
--= nothing: SELECT MAX(id) FROM payment WHERE amount_minor = 0
--= withdrawn: SELECT id FROM payment WHERE status = 'cancelled'
--= ana_jan_invoice: SELECT invoice_id FROM payment WHERE id = {ana_jan}
--= ana_mar_invoice: SELECT invoice_id FROM payment WHERE id = {ana_mar}
--= acme_jan_invoice: SELECT invoice_id FROM payment WHERE id = {acme_jan}
--= acme_feb_invoice: SELECT invoice_id FROM payment WHERE id = {acme_feb}
--= acme_mar_invoice: SELECT invoice_id FROM payment WHERE id = {acme_mar}
--= ana_repair_invoice: SELECT invoice_id FROM payment WHERE id = {ana_repair}
--= acme_repair_invoice: SELECT invoice_id FROM payment WHERE id = {acme_repair}
--= acme_small_invoice: SELECT invoice_id FROM payment WHERE id = {acme_small}
--= group_invoice: SELECT invoice_id FROM payment WHERE id = {ben_open}
--= cleo_open: SELECT id FROM payment WHERE customer_id = {cleo} AND invoice_id = {group_invoice}
--= void_invoice: SELECT invoice_id FROM payment WHERE id = {withdrawn}
--= whole: SELECT id FROM receipt WHERE reference = 'whole'
--= part: SELECT id FROM receipt WHERE reference = 'part'
--= check: SELECT id FROM receipt WHERE reference = 'check'
--= taken_back: SELECT id FROM receipt WHERE reference = 'taken back'
--= bounced: SELECT id FROM receipt WHERE reference = 'bounced'
--= group_money: SELECT id FROM receipt WHERE reference = 'group'
--= too_much: SELECT id FROM receipt WHERE reference = 'too much'
--= deposit: SELECT id FROM deposit WHERE payment_id = {ana_deposit}
--= unpaid: SELECT id FROM deposit WHERE payment_id = {ben_deposit}
--= order: SELECT MIN(id) FROM rental_order WHERE status = 'confirmed'
--= draft_order: SELECT id FROM rental_order WHERE status = 'draft'
--= draft_item: SELECT id FROM order_item WHERE order_id = {draft_order}
--= letterhead: SELECT id FROM letterhead
--= making: SELECT MIN(id) FROM activity WHERE customer_id IS NOT NULL
--= undoing: SELECT MIN(id) FROM activity WHERE undoes_id IS NOT NULL
--= undoable: SELECT MAX(id) FROM activity WHERE is_undoable = 1 AND id NOT IN (SELECT undoes_id FROM activity WHERE undoes_id IS NOT NULL)
--= told: SELECT MIN(activity_id) FROM activity_text
--= paid_jan: SELECT id FROM allocation WHERE payment_id = {ana_jan}
--= paid_deposit: SELECT id FROM allocation WHERE payment_id = {ana_deposit}
--= taken_allocation: SELECT MIN(id) FROM allocation WHERE receipt_id = {taken_back}
--= taken_change: SELECT reverses_id FROM payment_change WHERE reverses_id IS NOT NULL

INSERT INTO book_state (key, value) VALUES ('backed_up_on', '2026-03-05');
INSERT INTO operator (name, role) VALUES ('mia', 'manager'), ('tom', 'staff');
INSERT INTO message_template (kind, language, subject, body) VALUES ('invoice', 'en', 'Your invoice', 'Thank you.');
INSERT INTO segment (name, filter) VALUES ('Loyal', '{}'), ('New', '{}');
INSERT INTO bank_profile (name, content) VALUES ('House bank', '{}'), ('Other bank', '{}');
INSERT INTO font (digest, name, content) VALUES (printf('%064d', 1), 'Noto Sans CJK', x'00');
INSERT INTO letterhead (content) VALUES ('Harbour Rentals, Old Quay 1');
INSERT INTO seal (covers, digest) VALUES ('letterhead 1-1 0', 1);
INSERT INTO row_seal (kind, row_id, digest) VALUES ('operator', 1, 1);
INSERT INTO customer_class (name) VALUES ('Slow');
INSERT INTO collection_policy (class_id, invoice_kind) VALUES (2, 'regular'), (2, 'out_of_turn');
INSERT INTO customer_class (name) VALUES ('Empty');
INSERT INTO collection_policy (class_id, invoice_kind) VALUES (3, 'regular');
INSERT INTO product (name) VALUES ('Camera');
COPY variant {laptop} WITH name = 'spare';
--= spare: SELECT MAX(id) FROM variant
INSERT INTO address (customer_id, kind, line1, is_default, from_on) VALUES ({ana}, 'shipping', 'Boathouse', 1, '2026-01-01');
INSERT INTO known_payer (payer_key, customer_id, seen_on) VALUES ('DE02', {ana}, '2026-01-01');
INSERT INTO known_payer (payer_key, group_id, seen_on) VALUES ('DE03', {harbour}, '2026-01-01');
INSERT INTO price_change (subscription_id, from_on, price_minor) VALUES ({acme_sub}, '2026-06-01', 12000), ({acme_sub}, '2026-09-01', 13000);
INSERT INTO pause (subscription_id, from_on, to_on) VALUES ({cleo_sub}, '2026-05-01', '2026-06-01');
INSERT INTO pause (subscription_id, from_on) VALUES ({cleo_sub}, '2026-08-01');
INSERT INTO period_ahead (subscription_id, period_index, price_minor) VALUES ({cleo_sub}, 9, 12000);

-- A laptop is swapped inside the contract.
UPDATE subscription SET asset_id = 6 WHERE id = {ben_sub};
UPDATE asset SET state = 'in_stock' WHERE id = 3;
UPDATE asset SET state = 'rented' WHERE id = 6;
INSERT INTO asset_replacement (subscription_id, old_asset_id, new_asset_id, replaced_on) VALUES ({ben_sub}, 3, 6, '2026-03-05');
COPY asset 3 WITH serial = 'SN-7', state = 'in_stock';
COPY asset 3 WITH serial = 'SN-8', state = 'in_stock';
UPDATE asset SET state = 'retired' WHERE serial = 'SN-8';
--= free: SELECT id FROM asset WHERE serial = 'SN-3'
--= retired: SELECT id FROM asset WHERE serial = 'SN-8'

-- A draft of an order has two items and a subscription that is not active yet.
COPY order_item {draft_item} WITH position = 2;
--= spare_item: SELECT MAX(id) FROM order_item
COPY rental_order {draft_order} WITH note = 'nothing in it yet';
--= spare_order: SELECT MAX(id) FROM rental_order
COPY subscription {ana_sub} WITH order_id = {draft_order}, order_item_id = {draft_item}, asset_id = NULL, status = 'draft',
  activated_on = NULL, next_index = 0;
--= draft_sub: SELECT MAX(id) FROM subscription

-- Emil rents in euros, and has a group of that currency to himself.
INSERT INTO billing_group (name, currency, created_on, search_key) VALUES ('Quay', 'EUR', '2026-01-01', 'quay');
COPY variant {laptop} WITH name = 'in euros', currency = 'EUR';
--= quay: SELECT id FROM billing_group WHERE currency = 'EUR'
--= euro_variant: SELECT id FROM variant WHERE currency = 'EUR'
COPY rental_order {draft_order} WITH customer_id = {emil}, currency = 'EUR', billing_address_id = NULL;
--= euro_order: SELECT MAX(id) FROM rental_order
COPY order_item {draft_item} WITH order_id = {euro_order}, variant_id = {euro_variant}, currency = 'EUR';
UPDATE rental_order SET status = 'confirmed', version = version + 1 WHERE id = {euro_order};
COPY subscription {ana_sub} WITH order_id = {euro_order}, order_item_id = (SELECT MAX(id) FROM order_item), customer_id = {emil},
  currency = 'EUR', variant_id = {euro_variant}, asset_id = NULL;
--= euro_sub: SELECT MAX(id) FROM subscription
COPY invoice {ana_mar_invoice} WITH state = 'draft', customer_id = {emil}, currency = 'EUR', invoiced_on = '2026-03-05',
  due_on = '2026-03-05', overdue_on = NULL, number = NULL, number_seq = NULL, number_year = NULL;
--= euro_invoice: SELECT MAX(id) FROM invoice
COPY payment {ana_mar} WITH customer_id = {emil}, subscription_id = {euro_sub}, currency = 'EUR', invoice_id = {euro_invoice},
  due_on = '2026-03-05';
--= euro_payment: SELECT MAX(id) FROM payment
--= next_invoice: SELECT last + 1 FROM number_series WHERE kind = 'invoice'
--= next_receipt: SELECT last + 1 FROM number_series WHERE kind = 'receipt'
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice}, number = 'in euros' WHERE id = {euro_invoice};
COPY receipt {too_much} WITH customer_id = {emil}, currency = 'EUR', number_seq = {next_receipt}, number = 'in euros', allocated_minor = 0,
  reference = 'euros';
--= euros: SELECT MAX(id) FROM receipt

-- Invoices that wait: a draft, and one in review.
COPY invoice {acme_mar_invoice} WITH state = 'draft', number = NULL, number_seq = NULL, number_year = NULL, payer_name = '',
  letterhead_id = NULL, kind = 'out_of_turn';
--= draft: SELECT MAX(id) FROM invoice
COPY payment {acme_repair} WITH invoice_id = {draft}, due_on = '2026-03-31';
--= draft_line: SELECT MAX(id) FROM payment
COPY invoice {acme_mar_invoice} WITH state = 'draft', number = NULL, number_seq = NULL, number_year = NULL;
--= in_review: SELECT MAX(id) FROM invoice
COPY payment {acme_repair} WITH invoice_id = {in_review}, due_on = '2026-03-31';
UPDATE invoice SET state = 'in_review' WHERE id = {in_review};

-- Payments without an invoice: one waits, one was cancelled.
COPY payment {acme_repair} WITH invoice_id = NULL, line = NULL;
--= acme_waiting: SELECT MAX(id) FROM payment
COPY payment {acme_repair} WITH invoice_id = NULL, line = NULL;
--= acme_dropped: SELECT MAX(id) FROM payment
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, reason, activity_id)
  VALUES ({acme_dropped}, 'pending', 'cancelled', '2026-03-05', 'not needed', {activity});
--= dropping: SELECT MAX(id) FROM payment_change

-- A charge failed, another is under way.
INSERT INTO payment_method (customer_id, kind, brand, last_four, expires_year, expires_month, token, is_default, added_on)
  VALUES ({ana}, 'card', 'Visa', '4242', 2028, 12, 'tok_1', 1, '2026-01-01');
INSERT INTO payment_method (customer_id, kind, mandate_reference, mandate_on, added_on)
  VALUES ({ana}, 'direct_debit', 'M-1', '2026-01-01', '2026-01-01');
--= card: SELECT MIN(id) FROM payment_method
--= mandate: SELECT MAX(id) FROM payment_method
INSERT INTO charge_attempt (payment_id, payment_method_id, currency, amount_minor, state, attempted_on, offset_days, idempotency_key,
  decline_reason, decline_kind, activity_id)
  VALUES ({ana_mar}, {card}, 'USD', 11000, 'declined', '2026-03-01', 0, 'k1', 'declined', 'soft', {activity});
--= declined: SELECT MAX(id) FROM charge_attempt
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id)
  VALUES ({ana_mar}, 'pending', 'processing', '2026-03-01', {activity});
INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id)
  VALUES ({ana_mar}, 'processing', 'failed', '2026-03-01', {activity});
INSERT INTO charge_attempt (payment_id, payment_method_id, currency, amount_minor, state, attempted_on, offset_days, idempotency_key,
  activity_id) VALUES ({ana_mar}, {card}, 'USD', 11000, 'created', '2026-03-05', 4, 'k2', {activity});
--= created: SELECT MAX(id) FROM charge_attempt

-- A credit note over a part of what is open: 44.00 of 110.00.
INSERT INTO number_series (kind, year) VALUES ('credit_note', 2026);
INSERT INTO credit_note (invoice_id, currency, number_year, number_seq, number, issued_on, reason, net_minor, tax_minor, total_minor,
  letterhead_id) VALUES ({acme_repair_invoice}, 'USD', 2026, 1, 'CN-2026-0001', '2026-03-05', 'damaged', 4000, 400, 4400, {letterhead});
--= credit: SELECT MAX(id) FROM credit_note
INSERT INTO credit_note_line (credit_note_id, payment_id, text, net_minor, tax_minor, gross_minor)
  VALUES ({credit}, {acme_repair}, 'damaged', 4000, 400, 4400);
INSERT INTO allocation (source, credit_note_id, payment_id, customer_id, currency, amount_minor, allocated_on, status_before,
  status_after, activity_id) VALUES ('credit_note', {credit}, {acme_repair}, {acme}, 'USD', 4400, '2026-03-05', 'pending', 'pending', {activity});
--= credited: SELECT MAX(id) FROM allocation

-- A credit note over all of what was paid: the money is free, a part of it goes back, and one refund was a mistake.
COPY allocation (SELECT id FROM allocation WHERE payment_id = {ana_repair}) WITH amount_minor = -11000, status_before = 'paid',
  status_after = 'pending', reverses_id = (SELECT id FROM allocation WHERE payment_id = {ana_repair});
--= freed: SELECT MAX(id) FROM allocation
COPY credit_note {credit} WITH invoice_id = {ana_repair_invoice}, number_seq = 2, number = 'CN-2026-0002', net_minor = 10000,
  tax_minor = 1000, total_minor = 11000;
--= credit_all: SELECT MAX(id) FROM credit_note
COPY credit_note_line 1 WITH credit_note_id = {credit_all}, payment_id = {ana_repair}, net_minor = 10000, tax_minor = 1000,
  gross_minor = 11000;
COPY allocation {credited} WITH credit_note_id = {credit_all}, payment_id = {ana_repair}, customer_id = {ana}, amount_minor = 11000,
  status_after = 'cancelled';
INSERT INTO refund (receipt_id, payment_id, credit_note_id, currency, amount_minor, refunded_on, reason, activity_id)
  VALUES ({too_much}, {ana_repair}, {credit_all}, 'USD', 3000, '2026-03-05', 'charged incorrectly', {activity});
--= refund: SELECT MAX(id) FROM refund
COPY refund {refund} WITH amount_minor = 1000;
--= mistaken: SELECT MAX(id) FROM refund
COPY refund {mistaken} WITH amount_minor = -1000, reverses_id = {mistaken};

-- A credit note that was issued in euros, not applied; a part written off; disputes, promises, steps.
COPY credit_note {credit} WITH invoice_id = {euro_invoice}, currency = 'EUR', number_seq = 3, number = 'CN-2026-0003';
--= euro_credit: SELECT MAX(id) FROM credit_note
COPY credit_note_line 1 WITH credit_note_id = {euro_credit}, payment_id = {euro_payment};
INSERT INTO allocation (source, payment_id, customer_id, currency, amount_minor, allocated_on, status_before, status_after, reason,
  activity_id) VALUES ('write_off', {acme_small}, {acme}, 'USD', 1000, '2026-03-05', 'pending', 'pending', 'small', {activity});
--= written_off: SELECT MAX(id) FROM allocation
--= part_paid: SELECT MIN(id) FROM allocation WHERE receipt_id = {part}
--= reversal: SELECT id FROM allocation WHERE receipt_id = {taken_back} AND amount_minor < 0
INSERT INTO dispute (payment_id, opened_on, reason, closed_on, outcome) VALUES ({acme_jan}, '2026-02-01', 'broken', '2026-02-10', 'paid');
INSERT INTO dispute (payment_id, opened_on, reason) VALUES ({acme_feb}, '2026-03-01', 'broken');
INSERT INTO promise (invoice_id, made_on, promised_on) VALUES ({acme_mar_invoice}, '2026-03-05', '2026-04-15');
INSERT INTO collection_step (invoice_id, step, n, done_on) VALUES ({acme_jan_invoice}, 'notice', 1, '2026-02-02');
INSERT INTO collection_step (invoice_id, step, n, done_on, fee_invoice_id)
  VALUES ({acme_jan_invoice}, 'fee', 1, '2026-03-05', {acme_small_invoice}), ({acme_feb_invoice}, 'fee', 1, '2026-03-05', {acme_repair_invoice});
INSERT INTO outbox_message (dedup_key, kind, customer_id, invoice_id, message_id, queued_at)
  VALUES ('invoice:1', 'invoice', {ana}, {ana_jan_invoice}, '<1@here>', '2026-01-01T09:00:00Z');
INSERT INTO outbox_message (dedup_key, kind, group_id, message_id, queued_at, sent_at, state)
  VALUES ('invoice:8', 'invoice', {harbour}, '<8@here>', '2026-03-01T09:00:00Z', '2026-03-01T09:00:10Z', 'sent');
INSERT INTO bank_statement (account, file_name, from_on, to_on, currency, imported_on, activity_id)
  VALUES ('DE01', 'march.xml', '2026-03-01', '2026-03-05', 'USD', '2026-03-05', {activity});
INSERT INTO bank_line (statement_id, account, line_key, occurrence, booked_on, amount_minor, currency, state, receipt_id)
  VALUES (1, 'DE01', 'a', 1, '2026-03-05', 15000, 'USD', 'booked', {too_much});
INSERT INTO bank_line (statement_id, account, line_key, occurrence, booked_on, amount_minor, currency)
  VALUES (1, 'DE01', 'a', 2, '2026-03-05', 15000, 'USD');
--= booked_line: SELECT MIN(id) FROM bank_line
--= open_line: SELECT MAX(id) FROM bank_line
--= next_invoice: SELECT last + 1 FROM number_series WHERE kind = 'invoice'
--= next_receipt: SELECT last + 1 FROM number_series WHERE kind = 'receipt'
--= next_credit: SELECT last + 1 FROM number_series WHERE kind = 'credit_note'
INSERT INTO tax_change (old_ppm, new_ppm, from_on, told_on) VALUES (70000, 80000, '2026-07-01', '2026-03-05');

-- What is agreed, people and their records.

-- A draft of an order changes, is confirmed and cancelled.
UPDATE rental_order SET ordered_on = '2026-03-06', version = version + 1 WHERE id = {spare_order};
COPY order_item {spare_item} WITH order_id = {spare_order};
UPDATE order_item SET quantity = 3, price_minor = 9000, deposit_minor = 100 WHERE order_id = {spare_order};
UPDATE rental_order SET status = 'confirmed' WHERE id = {spare_order};
UPDATE rental_order SET note = 'called', billing_address_id = 2 WHERE id = {spare_order};
UPDATE order_item SET shipping_address_id = 3 WHERE order_id = {spare_order};
UPDATE rental_order SET status = 'cancelled' WHERE id = {spare_order};

-- A draft of an order is deleted with its items.
COPY order_item {spare_item} WITH order_id = {spare_order};
DELETE FROM order_item WHERE order_id = {spare_order};
DELETE FROM rental_order WHERE id = {spare_order};

-- An order whose invoices are all void is cancelled.
UPDATE invoice SET state = 'void', voided_on = '2026-03-05' WHERE id IN (SELECT invoice_id FROM payment WHERE id IN ({acme_feb}, {acme_mar}));
COPY allocation {part_paid} WITH amount_minor = -5000, allocated_on = '2026-03-05', reverses_id = {part_paid};
UPDATE invoice SET state = 'void', voided_on = '2026-03-05' WHERE id = {acme_jan_invoice};
UPDATE rental_order SET status = 'cancelled' WHERE customer_id = {acme};

-- An order that only waits for the group's billing day is cancelled.
UPDATE rental_order SET status = 'cancelled' WHERE id = (SELECT order_id FROM subscription WHERE id = {ben_new_sub});

-- A draft of a subscription becomes whatever is agreed, and is active.
UPDATE subscription SET frequency = 'year', start_on = '2026-05-01', anchor_day = 15, price_minor = 9000 WHERE id = {draft_sub};
UPDATE subscription SET status = 'active', activated_on = '2026-03-05' WHERE id = {draft_sub};

-- A subscription pauses, goes on, is suspended, goes on, is extended and ends.
UPDATE subscription SET status = 'paused', version = version + 1 WHERE id = {ana_sub};
UPDATE subscription SET status = 'active' WHERE id = {ana_sub};
UPDATE subscription SET status = 'suspended' WHERE id = {ana_sub};
UPDATE subscription SET status = 'active', end_on = '2027-06-01', next_index = 4, next_start_on = '2026-05-01' WHERE id = {ana_sub};
UPDATE subscription SET status = 'ended', end_reason = 'returned_early', ended_on = '2026-03-05', next_start_on = NULL WHERE id = {ana_sub};

-- A subscription is cancelled, and another one takes its asset.
UPDATE subscription SET status = 'cancelled', ended_on = '2026-03-05' WHERE id = {ana_sub};
UPDATE subscription SET asset_id = 1 WHERE id = {acme_sub};

-- An upgrade follows the subscription before.
COPY subscription {ana_sub} WITH previous_id = {ana_sub}, asset_id = {free};

-- An asset is bought, and gets its label.
COPY asset {free} WITH serial = 'LP 77';
UPDATE asset SET serial = 'LP-78' WHERE serial = 'LP 77';

-- An asset is sold to the customer who rents it.
UPDATE asset SET state = 'sold', version = version + 1 WHERE id = 1;
UPDATE subscription SET status = 'ended', end_reason = 'bought_out', ended_on = '2026-03-05' WHERE id = {ana_sub};

-- A subscription goes on without an asset.
UPDATE subscription SET asset_id = NULL WHERE id = {ana_sub};

-- Pauses follow each other day by day.
INSERT INTO pause (subscription_id, from_on, to_on) VALUES ({cleo_sub}, '2026-06-01', '2026-08-01');
INSERT INTO pause (subscription_id, from_on, to_on) VALUES ({cleo_sub}, '2026-04-01', '2026-05-01');

-- An open pause is closed, and a closed one grows up to the next.
UPDATE pause SET to_on = '2026-09-01' WHERE subscription_id = {cleo_sub} AND to_on IS NULL;
UPDATE pause SET to_on = '2026-08-01' WHERE subscription_id = {cleo_sub} AND to_on = '2026-06-01';

-- Two subscriptions pause on the same days.
INSERT INTO pause (subscription_id, from_on, to_on) VALUES ({ana_sub}, '2026-05-01', '2026-06-01');
UPDATE pause SET to_on = '2026-06-02' WHERE subscription_id = {ana_sub};

-- A customer is merged, the one that is kept is merged too, and all read as the last one.
UPDATE customer SET merged_into = {ana}, root_id = {ana} WHERE id = {twin};
UPDATE customer SET merged_into = {acme}, root_id = {acme} WHERE id = {ana};
--? SELECT root_id = {acme} FROM customer WHERE id = {twin}

-- A merge in the middle is undone: what was merged before reads as before.
UPDATE customer SET merged_into = {ana}, root_id = {ana} WHERE id = {twin};
UPDATE customer SET merged_into = {acme}, root_id = {acme} WHERE id = {ana};
UPDATE customer SET merged_into = NULL, root_id = NULL WHERE id = {ana};
--? SELECT root_id = {ana} FROM customer WHERE id = {twin}

-- A merge touches nobody who was merged into somebody else.
UPDATE customer SET merged_into = {acme}, root_id = {acme} WHERE id = {ana};
UPDATE customer SET merged_into = {acme}, root_id = {acme} WHERE id = {ben};
UPDATE customer SET merged_into = NULL, root_id = NULL WHERE id = {ana};
--? SELECT root_id = {acme} FROM customer WHERE id = {ben}

-- A customer without orders changes currency.
UPDATE customer SET currency = 'EUR' WHERE id = {twin};

-- A customer with orders is saved with the same currency.
UPDATE customer SET currency = 'USD', last_name = 'Other', version = version + 1 WHERE id = {ana};

-- The shop is saved with the same currency.
UPDATE shop SET currency = 'USD', name = 'Other', version = version + 1;
UPDATE shop SET legal_text = 'RCS Nantes 123 456 789', version = version + 1;

-- A customer is made in a class that says how late money is chased, and moves to another.
COPY customer {twin} WITH last_name = 'New';
UPDATE customer SET class_id = 2, version = version + 1 WHERE id = {twin};

-- A policy changes, and one of a class without customers goes.
UPDATE collection_policy SET grace_days = 3, late_fee_minor = 500 WHERE class_id = 1;
DELETE FROM collection_policy WHERE class_id = 2;

-- A customer leaves a group and joins another.
UPDATE group_membership SET left_on = '2026-03-05' WHERE customer_id = {ben};
INSERT INTO group_membership (group_id, customer_id, joined_on) VALUES ({harbour}, {ben}, '2026-03-06');

-- A default payment method is removed, and another becomes the default.
UPDATE payment_method SET is_default = 0, removed_on = '2026-03-05' WHERE id = {card};
UPDATE payment_method SET is_default = 1 WHERE id = {mandate};

-- Records are saved on top of the version that was read.
UPDATE billing_group SET version = version + 1 WHERE id = {harbour};
UPDATE customer_class SET version = version + 1 WHERE id = 1;
UPDATE product SET version = version + 1 WHERE id = 1;
UPDATE variant SET version = version + 1 WHERE id = {laptop};

-- A fee is taken again after thirty days.
INSERT INTO collection_step (invoice_id, step, n, done_on, fee_invoice_id)
  VALUES ({acme_jan_invoice}, 'fee', 2, '2026-03-06', {acme_mar_invoice});

-- What was done is undone, once.
COPY activity (SELECT MAX(id) FROM activity WHERE is_undoable = 1) WITH is_undoable = 0, digest = 'x',
  undoes_id = (SELECT MAX(id) FROM activity WHERE is_undoable = 1);

-- An activity has its text, and the text is erased.
COPY activity {activity} WITH text_digest = 'd', digest = 'x';
INSERT INTO activity_text (activity_id, salt, text) VALUES ((SELECT MAX(id) FROM activity), 's', 'x');
DELETE FROM activity_text WHERE activity_id = {told};

-- A line of a statement is booked, and open again when its receipt was a mistake.
UPDATE bank_line SET state = 'booked', receipt_id = {whole} WHERE id = {open_line};
UPDATE bank_line SET state = 'open', receipt_id = NULL WHERE id = {open_line};
DELETE FROM bank_line WHERE id = {open_line};

-- A message waits, is held, is sent.
UPDATE outbox_message SET state = 'held' WHERE id = 1;
UPDATE outbox_message SET state = 'queued' WHERE id = 1;
UPDATE outbox_message SET state = 'sending' WHERE id = 1;
UPDATE outbox_message SET state = 'sent', sent_at = '2026-03-05T09:00:00Z' WHERE id = 1;

-- Everything is saved again as it is, and nothing changes by it.
UPDATE rental_order SET status = status;
UPDATE subscription SET status = status, asset_id = asset_id;
UPDATE asset SET state = state;
UPDATE invoice SET state = state, settled_minor = settled_minor;
UPDATE payment SET status = status, paid_on = paid_on, method = method, settled_minor = settled_minor, refunded_minor = refunded_minor;
UPDATE receipt SET state = state, cleared_on = cleared_on, allocated_minor = allocated_minor, refunded_minor = refunded_minor;
UPDATE charge_attempt SET state = state;
UPDATE outbox_message SET state = state;
UPDATE customer SET class_id = class_id, merged_into = merged_into, root_id = root_id, currency = currency,
  has_billing_address = has_billing_address, subscription_count = subscription_count, lifetime_minor = lifetime_minor;
--? SELECT COUNT(*) = 3 FROM payment WHERE status = 'cancelled'

-- A customer has an address to send invoices to once there is one.
INSERT INTO address (customer_id, kind, line1, is_default, from_on) VALUES ({acme}, 'billing', 'Quay 1', 1, '2026-01-01');
--? SELECT has_billing_address = 1 FROM customer WHERE id = {acme}

-- A customer whose only address is closed has none.
UPDATE address SET to_on = '2026-03-05' WHERE id = 2;
--? SELECT has_billing_address = 0 FROM customer WHERE id = {ana}

-- A customer whose only address is erased has none.
UPDATE rental_order SET billing_address_id = NULL;
DELETE FROM address WHERE id = 2;
--? SELECT has_billing_address = 0 FROM customer WHERE id = {ana}

-- A customer whose only address is no longer the default has none to send invoices to.
UPDATE address SET is_default = 0 WHERE id = 2;
--? SELECT has_billing_address = 0 FROM customer WHERE id = {ana}

-- A customer whose only address becomes one for shipping has none to send invoices to.
UPDATE address SET is_default = 0 WHERE id = 3;
UPDATE address SET kind = 'shipping' WHERE id = 2;
--? SELECT has_billing_address = 0 FROM customer WHERE id = {ana}

-- A shipping address is nothing to send invoices to.
INSERT INTO address (customer_id, kind, line1, is_default, from_on) VALUES ({acme}, 'shipping', 'Quay 1', 1, '2026-01-01');
--? SELECT has_billing_address = 0 FROM customer WHERE id = {acme}

-- A customer counts a subscription that begins at once.
COPY subscription {ana_sub} WITH asset_id = NULL;
--? SELECT subscription_count = 2 FROM customer WHERE id = {ana}

-- A customer counts a subscription when it begins later.
UPDATE subscription SET status = 'active', activated_on = '2026-03-05' WHERE id = {draft_sub};
--? SELECT subscription_count = 2 FROM customer WHERE id = {ana}

-- A customer counts no subscription of an order that is cancelled.
UPDATE subscription SET status = 'active', activated_on = '2026-03-05' WHERE id = {draft_sub};
UPDATE rental_order SET status = 'cancelled' WHERE id = (SELECT order_id FROM subscription WHERE id = {draft_sub});
--? SELECT subscription_count = 1 FROM customer WHERE id = {ana}

-- A customer's lifetime value is what receipts paid, deposits and the rest left out.
COPY allocation {part_paid} WITH receipt_id = {too_much}, payment_id = {ana_mar}, customer_id = {ana}, amount_minor = 4000,
  allocated_on = '2026-03-05', status_before = 'failed', status_after = 'failed';
COPY allocation {paid_deposit} WITH amount_minor = -20000, allocated_on = '2026-03-05', status_before = 'paid', status_after = 'pending', reverses_id = {paid_deposit};
COPY allocation {written_off} WITH amount_minor = 1;
--? SELECT lifetime_minor = 15000 FROM customer WHERE id = {ana}
--? SELECT lifetime_minor = 5000 FROM customer WHERE id = {acme}

-- A subscription that is over runs again by undo.
UPDATE subscription SET status = 'ended', end_reason = 'completed', ended_on = '2026-03-05' WHERE id = {cleo_sub};
COPY activity {undoing} WITH undoes_id = {undoable}, digest = 'x';
UPDATE subscription SET status = 'active', end_reason = NULL, ended_on = NULL WHERE id = {cleo_sub};

-- An asset that was sold is in stock again by undo.
UPDATE asset SET state = 'sold' WHERE id = {free};
COPY activity {undoing} WITH undoes_id = {undoable}, digest = 'x';
UPDATE asset SET state = 'in_stock' WHERE id = {free};

-- A check that cleared is on its way again by undo.
UPDATE receipt SET state = 'cleared', cleared_on = '2026-03-06' WHERE id = {check};
COPY activity {undoing} WITH undoes_id = {undoable}, digest = 'x';
UPDATE receipt SET state = 'pending', cleared_on = NULL WHERE id = {check};
UPDATE receipt SET state = 'cleared', cleared_on = '2026-03-07' WHERE id = {check};

-- A check that bounced is on its way again by undo.
UPDATE receipt SET state = 'failed' WHERE id = {check};
COPY activity {undoing} WITH undoes_id = {undoable}, digest = 'x';
UPDATE receipt SET state = 'pending' WHERE id = {check};

-- A check that the bank took back is there again by undo.
UPDATE receipt SET state = 'cleared', cleared_on = '2026-03-06' WHERE id = {check};
UPDATE receipt SET state = 'reversed' WHERE id = {check};
COPY activity {undoing} WITH undoes_id = {undoable}, digest = 'x';
UPDATE receipt SET state = 'cleared' WHERE id = {check};

-- What was said of an attempt is taken back by undo.
UPDATE charge_attempt SET state = 'sent' WHERE id = {created};
UPDATE charge_attempt SET state = 'declined', decline_reason = 'other' WHERE id = {created};
COPY activity {undoing} WITH undoes_id = {undoable}, digest = 'x';
UPDATE charge_attempt SET state = 'sent', decline_reason = NULL WHERE id = {created};
UPDATE charge_attempt SET state = 'settled' WHERE id = {created};

-- A deposit that went back is held again by undo.
COPY allocation {paid_deposit} WITH amount_minor = -20000, allocated_on = '2026-03-05', status_before = 'paid', status_after = 'pending', reverses_id = {paid_deposit};
UPDATE deposit SET state = 'returned', closed_on = '2026-03-05', activity_id = {activity} WHERE id = {deposit};
COPY activity {undoing} WITH undoes_id = {undoable}, digest = 'x';
COPY allocation {paid_deposit} WITH allocated_on = '2026-03-05';
UPDATE deposit SET state = 'held', closed_on = NULL, activity_id = NULL WHERE id = {deposit};

-- A customer is exempt for a reason, and pays tax again.
UPDATE customer SET tax_treatment = 'exempt', tax_reason = 'school' WHERE id = {ana};
UPDATE customer SET tax_treatment = 'standard', tax_reason = '' WHERE id = {ana};

-- The serial number of an asset is written otherwise.
UPDATE asset SET serial = LOWER(serial) WHERE id = 3;

-- A tax rate is changed by law, comes into force, and is taken back.
INSERT INTO tax_change (old_ppm, new_ppm, from_on, told_on) VALUES (190000, 210000, '2026-04-01', '2026-03-05');
UPDATE tax_change SET applied_on = '2026-04-01' WHERE old_ppm = 190000;
DELETE FROM tax_change WHERE old_ppm = 190000;

-- A font is printed with no more; its row stays for the papers it is on.
UPDATE font SET place = NULL;

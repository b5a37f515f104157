-- People, records, the log.

-- A customer is merged into itself.
--! CHECK constraint failed: root_id IS NOT id
UPDATE customer SET merged_into = {twin}, root_id = {twin} WHERE id = {twin};

-- A customer is merged into one who pays in another currency.
--! FOREIGN KEY constraint failed
UPDATE customer SET merged_into = {emil}, root_id = {emil} WHERE id = {twin};

-- A merged customer reads as somebody else than the one it is merged into.
--! a merged customer has the root of the one it is merged into
UPDATE customer SET merged_into = {ana}, root_id = {acme} WHERE id = {twin};

-- A merged customer moves on to another root.
--! a merged customer has the root of the one it is merged into
UPDATE customer SET merged_into = {ana}, root_id = {ana} WHERE id = {twin};
UPDATE customer SET root_id = {acme} WHERE id = {twin};

-- A merged customer moves on to another customer, not to its root.
--! a merged customer has the root of the one it is merged into
UPDATE customer SET merged_into = {ana}, root_id = {ana} WHERE id = {twin};
UPDATE customer SET merged_into = {acme} WHERE id = {twin};

-- Two customers are merged into each other.
--! CHECK constraint failed: root_id IS NOT id
UPDATE customer SET merged_into = {ana}, root_id = {ana} WHERE id = {twin};
UPDATE customer SET merged_into = {twin}, root_id = {ana} WHERE id = {ana};

-- A customer is born merged.
--! a customer starts alone and with nothing
COPY customer {twin} WITH merged_into = {ana}, root_id = {ana};

-- A customer is born with an address nobody wrote.
--! a customer starts alone and with nothing
COPY customer {twin} WITH has_billing_address = 1;

-- A customer is born with a lifetime value.
--! a customer starts alone and with nothing
COPY customer {twin} WITH lifetime_minor = 100;

-- A customer is born with subscriptions.
--! a customer starts alone and with nothing
COPY customer {twin} WITH subscription_count = 1;

-- A customer forgets the address.
--! whether a customer has an address is told by the addresses
UPDATE customer SET has_billing_address = 0 WHERE id = {ana};

-- A customer counts more subscriptions than there are.
--! how many subscriptions a customer had is told by the subscriptions
UPDATE customer SET subscription_count = 2 WHERE id = {ana};

-- A customer's lifetime value grows without money.
--! the lifetime value of a customer is the sum of what receipts paid
UPDATE customer SET lifetime_minor = lifetime_minor + 1 WHERE id = {ana};

-- An address moves to another customer.
--! an address stays with its customer
UPDATE address SET customer_id = {acme} WHERE id = 1;

-- A customer who pays in euros joins a group that pays in dollars.
--! FOREIGN KEY constraint failed
UPDATE customer SET group_id = {harbour} WHERE id = {emil};

-- A customer with history is deleted.
--! FOREIGN KEY constraint failed
DELETE FROM customer WHERE id = {twin};

-- A customer is in two groups at once.
--! UNIQUE constraint failed: group_membership.customer_id
INSERT INTO group_membership (group_id, customer_id, joined_on) VALUES ({quay}, {ben}, '2026-03-05');

-- A customer has two default billing addresses.
--! UNIQUE constraint failed: address.customer_id, address.kind
COPY address 2 WITH line1 = 'Third Road 3';

-- A customer has two default payment methods.
--! UNIQUE constraint failed: payment_method.customer_id
UPDATE payment_method SET is_default = 1 WHERE id = {mandate};

-- A customer is made in a class that does not say how late money is chased.
--! a customer's class says how late money is chased
COPY customer {twin} WITH class_id = 3;

-- A customer moves to a class that does not say how late money is chased.
--! a customer's class says how late money is chased
UPDATE customer SET class_id = 3 WHERE id = {twin};

-- A policy of a class with customers is deleted.
--! a class keeps its two policies
DELETE FROM collection_policy WHERE class_id = 1 AND invoice_kind = 'regular';

-- A policy moves to another class.
--! a class keeps its two policies
DELETE FROM collection_policy WHERE class_id = 2;
UPDATE collection_policy SET class_id = 2 WHERE class_id = 1;

-- A policy becomes one of another kind of invoice.
--! a class keeps its two policies
UPDATE collection_policy SET invoice_kind = 'out_of_turn' WHERE class_id = 3;

-- A class has a third policy.
--! UNIQUE constraint failed: collection_policy.class_id, collection_policy.invoice_kind
INSERT INTO collection_policy (class_id, invoice_kind) VALUES (1, 'regular');

-- A book has two default classes.
--! UNIQUE constraint failed: customer_class.is_default
INSERT INTO customer_class (name, is_default) VALUES ('Other', 1);

-- A book has two shops.
--! CHECK constraint failed: id = 1
COPY shop 1 WITH id = 2;

-- The shop is deleted.
--! the shop is never deleted
DELETE FROM shop;

-- The pass forgets how far it has come.
--! how far the pass has come is never deleted
DELETE FROM pass_state;

-- A stale shop is saved over a newer one.
--! the record was changed meanwhile
UPDATE shop SET name = 'x', version = version WHERE id = 1;

-- A stale customer is saved over a newer one.
--! the record was changed meanwhile
UPDATE customer SET version = 1 WHERE id = {ben};

-- A stale group is saved over a newer one.
--! the record was changed meanwhile
UPDATE billing_group SET version = 1 WHERE id = {harbour};

-- A stale order is saved over a newer one.
--! the record was changed meanwhile
UPDATE rental_order SET version = 1 WHERE id = {order};

-- A stale subscription is saved over a newer one.
--! the record was changed meanwhile
UPDATE subscription SET version = 3 WHERE id = {ana_sub};

-- A stale asset is saved over a newer one.
--! the record was changed meanwhile
UPDATE asset SET version = 2 WHERE id = 1;

-- A stale class is saved over a newer one.
--! the record was changed meanwhile
UPDATE customer_class SET version = 1 WHERE id = 1;

-- A stale product is saved over a newer one.
--! the record was changed meanwhile
UPDATE product SET version = 1 WHERE id = 1;

-- A stale variant is saved over a newer one.
--! the record was changed meanwhile
UPDATE variant SET version = 0 WHERE id = {laptop};

-- A stale invoice is saved over a newer one.
--! the record was changed meanwhile
UPDATE invoice SET version = 1 WHERE id = {void_invoice};

-- A stale payment is saved over a newer one.
--! the record was changed meanwhile
UPDATE payment SET version = 1 WHERE id = {acme_mar};

-- A step of collection is taken twice: a second fee.
--! UNIQUE constraint failed: collection_step.invoice_id, collection_step.step, collection_step.n
INSERT INTO collection_step (invoice_id, step, n, done_on) VALUES ({acme_jan_invoice}, 'fee', 1, '2026-03-06');

-- Two fees are one invoice.
--! UNIQUE constraint failed: collection_step.fee_invoice_id
INSERT INTO collection_step (invoice_id, step, n, done_on, fee_invoice_id)
  VALUES ({acme_jan_invoice}, 'fee', 2, '2026-03-06', {acme_small_invoice});

-- A notice makes an invoice for a fee.
--! CHECK constraint failed: fee_invoice_id IS NULL OR step = 'fee'
INSERT INTO collection_step (invoice_id, step, n, done_on, fee_invoice_id)
  VALUES ({acme_jan_invoice}, 'notice', 2, '2026-03-06', {acme_mar_invoice});

-- A step of collection changes.
--! a collection step is taken once
UPDATE collection_step SET n = 2 WHERE step = 'fee' AND invoice_id = {acme_jan_invoice};

-- A step of collection is forgotten, to be taken again.
--! a collection step that was taken stays taken
DELETE FROM collection_step WHERE step = 'fee' AND invoice_id = {acme_jan_invoice};

-- A promise is for a day before it was made.
--! CHECK constraint failed: promised_on >= made_on
INSERT INTO promise (invoice_id, made_on, promised_on) VALUES ({acme_mar_invoice}, '2026-03-05', '2026-03-04');

-- A second dispute of a payment is open at once.
--! UNIQUE constraint failed: dispute.payment_id
INSERT INTO dispute (payment_id, opened_on, reason) VALUES ({acme_feb}, '2026-03-05', 'again');

-- A message is queued twice.
--! UNIQUE constraint failed: outbox_message.dedup_key
COPY outbox_message 1 WITH message_id = '<9@here>';

-- A message that was sent is sent again.
--! a message cannot go from one of these states to the other
UPDATE outbox_message SET state = 'queued' WHERE id = 2;

-- A line of a statement is imported twice.
--! UNIQUE constraint failed: bank_line.account, bank_line.line_key, bank_line.occurrence
COPY bank_line {open_line} WITH text = 'again';

-- Two lines of a statement are one receipt.
--! UNIQUE constraint failed: bank_line.receipt_id
UPDATE bank_line SET state = 'booked', receipt_id = {too_much} WHERE id = {open_line};

-- A line of a statement is open and has a receipt.
--! CHECK constraint failed: receipt_id IS NULL OR state = 'booked'
UPDATE bank_line SET receipt_id = {whole} WHERE id = {open_line};

-- A line in dollars is a receipt in euros.
--! FOREIGN KEY constraint failed
UPDATE bank_line SET state = 'booked', receipt_id = {euros} WHERE id = {open_line};

-- A line of a statement changes its number.
--! a line of a bank statement never changes
UPDATE bank_line SET id = 900 WHERE id = {open_line};

-- A line of a statement moves to another one.
--! a line of a bank statement never changes
UPDATE bank_line SET statement_id = 2 WHERE id = {open_line};

-- A line of a statement changes its account.
--! a line of a bank statement never changes
UPDATE bank_line SET account = 'DE09' WHERE id = {open_line};

-- A line of a statement changes its key, to be imported again.
--! a line of a bank statement never changes
UPDATE bank_line SET line_key = 'b' WHERE id = {open_line};

-- A line of a statement is counted anew.
--! a line of a bank statement never changes
UPDATE bank_line SET occurrence = 3 WHERE id = {open_line};

-- A line of a statement was booked on another day.
--! a line of a bank statement never changes
UPDATE bank_line SET booked_on = '2026-03-04' WHERE id = {open_line};

-- A line of a statement is over another amount.
--! a line of a bank statement never changes
UPDATE bank_line SET amount_minor = 1 WHERE id = {open_line};

-- A line of a statement changes its currency.
--! a line of a bank statement never changes
UPDATE bank_line SET currency = 'EUR' WHERE id = {open_line};

-- A line of a statement names another payer.
--! a line of a bank statement never changes
UPDATE bank_line SET payer_name = 'x' WHERE id = {open_line};

-- A line of a statement came from another account.
--! a line of a bank statement never changes
UPDATE bank_line SET payer_iban = 'x' WHERE id = {open_line};

-- A line of a statement says something else.
--! a line of a bank statement never changes
UPDATE bank_line SET text = 'x' WHERE id = {open_line};

-- A line of a statement that was booked is deleted, to be booked again.
--! a bank line that was booked is never deleted
DELETE FROM bank_line WHERE id = {booked_line};

-- An activity changes.
--! the activity log is append-only
UPDATE activity SET operator = 'tom' WHERE id = {activity};

-- An activity is deleted.
--! the activity log is append-only
DELETE FROM activity WHERE id = {activity};

-- An activity is replaced.
--! the activity log is append-only
REPLACE INTO activity SELECT * FROM activity WHERE id = {activity};

-- An activity is put in before others.
--! the activity log is append-only
COPY activity {activity} WITH id = -1, digest = 'x';

-- What may not be undone is undone.
--! that activity cannot be undone
COPY activity {activity} WITH undoes_id = 1, digest = 'x';

-- What is not there is undone.
--! that activity cannot be undone
COPY activity {activity} WITH undoes_id = 999, digest = 'x';

-- An activity is undone twice.
--! UNIQUE constraint failed: activity.undoes_id
COPY activity {activity} WITH undoes_id = (SELECT undoes_id FROM activity WHERE undoes_id IS NOT NULL), digest = 'x';

-- Two activities have one digest.
--! UNIQUE constraint failed: activity.digest
COPY activity {activity} WITH is_undoable = 0;

-- The text of an activity changes.
--! the text of an activity is erased, never changed
UPDATE activity_text SET text = 'x' WHERE activity_id = {told};

-- An activity gets a text afterwards.
--! the text of an activity is written with it
INSERT INTO activity_text (activity_id, salt, text) VALUES (1, 's', 'x');

-- A font that was added changes.
--! a font that papers were printed with never changes
UPDATE font SET content = x'01' WHERE id = 1;

-- A font that was added gets another name.
--! a font that papers were printed with never changes
UPDATE font SET name = 'Other' WHERE id = 1;

-- A font that was added is called by another digest.
--! a font that papers were printed with never changes
UPDATE font SET digest = printf('%064d', 2) WHERE id = 1;

-- A font that was added gets another number.
--! a font that papers were printed with never changes
UPDATE font SET id = 77 WHERE id = 1;

-- The same font is kept twice.
--! UNIQUE constraint failed: font.digest
INSERT INTO font (digest, name, content) VALUES (printf('%064d', 1), 'Noto Sans CJK', x'00');

-- A font that was added is deleted.
--! a font that papers were printed with never changes
DELETE FROM font WHERE id = 1;

-- A seal changes.
--! a seal never changes
UPDATE seal SET digest = 2 WHERE id = 1;

-- A letterhead changes.
--! a letterhead that was printed never changes
UPDATE letterhead SET content = 'x' WHERE id = 2;

-- A letterhead is deleted.
--! a letterhead that was printed never changes
DELETE FROM letterhead WHERE id = 2;

-- A customer who pays tax has a reason not to.
--! CHECK constraint failed: length(tax_reason)
UPDATE customer SET tax_reason = 'school' WHERE id = {ana};

-- What the law wants said is a book of its own.
--! CHECK constraint failed: length(legal_text) <= 2000
UPDATE shop SET legal_text = replace(hex(zeroblob(1001)), '0', 'x');

-- A tax rate changes to itself.
--! CHECK constraint failed: new_ppm <> old_ppm
INSERT INTO tax_change (old_ppm, new_ppm, from_on, told_on) VALUES (190000, 190000, '2026-04-01', '2026-03-05');

-- A tax rate is in force before its day.
--! CHECK constraint failed: applied_on >= from_on
INSERT INTO tax_change (old_ppm, new_ppm, from_on, told_on, applied_on) VALUES (190000, 210000, '2026-04-01', '2026-03-05', '2026-03-31');

-- A tax rate becomes two others on one day.
--! UNIQUE constraint failed: tax_change.old_ppm, tax_change.from_on
INSERT INTO tax_change (old_ppm, new_ppm, from_on, told_on) VALUES (190000, 210000, '2026-04-01', '2026-03-05');
INSERT INTO tax_change (old_ppm, new_ppm, from_on, told_on) VALUES (190000, 220000, '2026-04-01', '2026-03-05');

-- What a day at the counter found.

-- The end as agreed stands beside the day a contract was cancelled to; a period billed ahead keeps its price.
ALTER TABLE subscription ADD COLUMN agreed_end_on TEXT CHECK (agreed_end_on IS date(agreed_end_on));
UPDATE subscription SET agreed_end_on = (
  SELECT json_extract(a.details, '$.trail.before.end_on') FROM activity a
  WHERE a.subject = 'subscription:' || subscription.id AND a.action = 'cancel_subscription'
    AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id) ORDER BY a.id LIMIT 1)
WHERE ended_on IS NOT NULL AND ended_on = end_on AND status IN ('active', 'paused', 'suspended');
ALTER TABLE period_ahead ADD COLUMN price_minor INTEGER CHECK (price_minor BETWEEN 0 AND 100000000000);
UPDATE period_ahead SET price_minor = (
  SELECT COALESCE((SELECT c.price_minor FROM price_change c WHERE c.subscription_id = p.subscription_id
    AND c.from_on <= p.period_start_on ORDER BY c.from_on DESC LIMIT 1), s.price_minor)
  FROM payment p JOIN subscription s ON s.id = p.subscription_id
  WHERE p.subscription_id = period_ahead.subscription_id AND p.period_index = period_ahead.period_index
    AND p.kind = 'period' ORDER BY p.id LIMIT 1);

-- A contract keeps the price basis it was agreed with, whatever the shop says later.
ALTER TABLE subscription ADD COLUMN price_basis TEXT NOT NULL DEFAULT 'net' CHECK (price_basis IN ('net', 'gross'));
UPDATE subscription SET price_basis = 'gross' WHERE (SELECT price_basis FROM shop) = 'gross';
DROP TRIGGER subscription_frozen;
CREATE TRIGGER subscription_frozen BEFORE UPDATE OF
  id, order_id, order_item_id, customer_id, currency, frequency, start_on, anchor_day, price_minor, price_basis ON subscription
WHEN OLD.status <> 'draft'
BEGIN SELECT RAISE(ABORT, 'what was agreed for a subscription never changes'); END;

-- Contracts that need an asset wait on Today.
CREATE INDEX subscription_without_asset ON subscription (variant_id, start_on, id) WHERE asset_id IS NULL AND status IN ('active', 'paused', 'suspended');

-- What was taken back counts nowhere: subscriptions of an order that is cancelled, as that of an upgrade that was undone.
DROP TRIGGER subscription_counted;
DROP TRIGGER subscription_counted_again;
DROP TRIGGER customer_subscriptions_are_there;
UPDATE customer SET subscription_count = (SELECT COUNT(*) FROM subscription s JOIN rental_order o ON o.id = s.order_id
    WHERE s.customer_id = customer.id AND s.activated_on IS NOT NULL AND o.status <> 'cancelled')
WHERE id IN (SELECT customer_id FROM rental_order WHERE status = 'cancelled');
CREATE TRIGGER subscription_counted AFTER INSERT ON subscription
BEGIN
  UPDATE customer SET subscription_count = (SELECT COUNT(*) FROM subscription s JOIN rental_order o ON o.id = s.order_id
    WHERE s.customer_id = NEW.customer_id AND s.activated_on IS NOT NULL AND o.status <> 'cancelled') WHERE id = NEW.customer_id;
END;

CREATE TRIGGER subscription_counted_again AFTER UPDATE OF activated_on ON subscription
BEGIN
  UPDATE customer SET subscription_count = (SELECT COUNT(*) FROM subscription s JOIN rental_order o ON o.id = s.order_id
    WHERE s.customer_id = NEW.customer_id AND s.activated_on IS NOT NULL AND o.status <> 'cancelled') WHERE id = NEW.customer_id;
END;

CREATE TRIGGER order_counts_its_subscriptions AFTER UPDATE OF status ON rental_order
BEGIN
  UPDATE customer SET subscription_count = (SELECT COUNT(*) FROM subscription s JOIN rental_order o ON o.id = s.order_id
    WHERE s.customer_id = NEW.customer_id AND s.activated_on IS NOT NULL AND o.status <> 'cancelled') WHERE id = NEW.customer_id;
END;

CREATE TRIGGER customer_subscriptions_are_there BEFORE UPDATE OF subscription_count ON customer
WHEN NEW.subscription_count <> (SELECT COUNT(*) FROM subscription s JOIN rental_order o ON o.id = s.order_id
  WHERE s.customer_id = NEW.id AND s.activated_on IS NOT NULL AND o.status <> 'cancelled')
BEGIN SELECT RAISE(ABORT, 'how many subscriptions a customer had is told by the subscriptions'); END;

-- A payment is paid on the day its last part took effect, in whichever order the parts were written down.
DROP TRIGGER payment_paid_by_money;
CREATE TRIGGER payment_paid_by_money BEFORE UPDATE OF paid_on ON payment
WHEN NEW.paid_on IS NOT NULL AND NEW.amount_minor > 0
 AND NEW.paid_on IS NOT (SELECT MAX(a.allocated_on) FROM allocation a WHERE a.payment_id = NEW.id AND a.amount_minor > 0
                         AND NOT EXISTS (SELECT 1 FROM allocation x WHERE x.reverses_id = a.id))
BEGIN SELECT RAISE(ABORT, 'a payment is paid on the day its last part took effect'); END;

DROP TRIGGER allocation_takes_effect;
CREATE TRIGGER allocation_takes_effect AFTER INSERT ON allocation
BEGIN
  UPDATE payment SET settled_minor = settled_minor + NEW.amount_minor, status = NEW.status_after,
    paid_on = CASE WHEN NEW.status_after = 'paid' THEN (SELECT MAX(a.allocated_on) FROM allocation a
      WHERE a.payment_id = NEW.payment_id AND a.amount_minor > 0
        AND NOT EXISTS (SELECT 1 FROM allocation x WHERE x.reverses_id = a.id)) END,
    method = CASE WHEN NEW.receipt_id IS NULL THEN method
      WHEN NEW.amount_minor > 0 THEN (SELECT method FROM receipt WHERE id = NEW.receipt_id)
      ELSE (SELECT r.method FROM allocation a JOIN receipt r ON r.id = a.receipt_id
             WHERE a.payment_id = NEW.payment_id AND a.amount_minor > 0
               AND NOT EXISTS (SELECT 1 FROM allocation x WHERE x.reverses_id = a.id) ORDER BY a.id DESC LIMIT 1) END
   WHERE id = NEW.payment_id;
  UPDATE receipt SET allocated_minor = allocated_minor + NEW.amount_minor WHERE id = NEW.receipt_id;
  UPDATE customer SET lifetime_minor = lifetime_minor + NEW.amount_minor
   WHERE id = NEW.customer_id AND NEW.source = 'receipt' AND NEW.is_deposit = 0;
END;

UPDATE payment SET paid_on = (SELECT MAX(a.allocated_on) FROM allocation a WHERE a.payment_id = payment.id AND a.amount_minor > 0
    AND NOT EXISTS (SELECT 1 FROM allocation x WHERE x.reverses_id = a.id))
 WHERE status = 'paid' AND EXISTS (SELECT 1 FROM allocation b WHERE b.payment_id = payment.id AND b.amount_minor > 0
    AND b.allocated_on > payment.paid_on AND NOT EXISTS (SELECT 1 FROM allocation x WHERE x.reverses_id = b.id));

-- The serial number of a line stands beside its text: where the text ends with one of an asset of that contract. Other
-- lines keep it in their text alone.
ALTER TABLE payment ADD COLUMN serial TEXT NOT NULL DEFAULT '';
UPDATE payment SET serial = COALESCE((
  SELECT a.serial FROM asset a
   WHERE (a.id = (SELECT s.asset_id FROM subscription s WHERE s.id = payment.subscription_id)
      OR a.id IN (SELECT r.old_asset_id FROM asset_replacement r WHERE r.subscription_id = payment.subscription_id)
      OR a.id IN (SELECT r.new_asset_id FROM asset_replacement r WHERE r.subscription_id = payment.subscription_id))
     AND payment.text LIKE '% (SN %'
     AND substr(payment.text, length(payment.text) - length(a.serial) - 5) = ' (SN ' || a.serial || ')'
   ORDER BY a.id LIMIT 1), '')
WHERE subscription_id IS NOT NULL AND text LIKE '% (SN %)';
-- Whose line it is, as a group's invoice said it: on those issued before, what it says today.
ALTER TABLE payment ADD COLUMN member_name TEXT NOT NULL DEFAULT '';
UPDATE payment SET member_name = (SELECT CASE WHEN trim(c.company_name) <> '' THEN trim(c.company_name)
    ELSE trim(trim(c.first_name) || ' ' || trim(c.last_name)) END FROM customer c WHERE c.id = payment.customer_id)
 WHERE invoice_id IN (SELECT id FROM invoice WHERE kind = 'consolidated' AND state IN ('issued', 'void'));
DROP TRIGGER payment_frozen;
CREATE TRIGGER payment_frozen BEFORE UPDATE OF
  id, kind, customer_id, group_id, subscription_id, currency, period_index, period_start_on, period_end_on, due_on, invoice_id,
  line, text, serial, member_name, quantity_milli, unit_minor, net_minor, tax_ppm, tax_minor, amount_minor ON payment
WHEN (SELECT state FROM invoice WHERE id = OLD.invoice_id) IN ('issued', 'void')
BEGIN SELECT RAISE(ABORT, 'a line of an issued invoice never changes'); END;

-- The journal the ledger in memory follows.
-- Which rows changed that the ledger in memory holds: who knows a number takes in what came after it, and reads all anew
-- where that is told no more. The last ten thousand stay; never without the newest, or a number would come twice.
CREATE TABLE change (
  seq    INTEGER PRIMARY KEY,
  kind   TEXT NOT NULL CHECK (kind = 'payment' OR kind = 'invoice' OR kind = 'customer' OR kind = 'group'),
  row_id INTEGER NOT NULL
) STRICT;

-- What the ledger in memory holds of a row is told when it changes.
CREATE TRIGGER payment_told_new AFTER INSERT ON payment
BEGIN INSERT INTO change (kind, row_id) VALUES ('payment', NEW.id); END;
CREATE TRIGGER payment_told AFTER UPDATE OF status, group_id, invoice_id, due_on, amount_minor, settled_minor, paid_on, method ON payment
BEGIN INSERT INTO change (kind, row_id) VALUES ('payment', NEW.id); END;
CREATE TRIGGER invoice_told_new AFTER INSERT ON invoice
BEGIN INSERT INTO change (kind, row_id) VALUES ('invoice', NEW.id); END;
CREATE TRIGGER invoice_told AFTER UPDATE OF state, customer_id, group_id, invoiced_on, due_on, total_minor, settled_minor, number_seq ON invoice
BEGIN INSERT INTO change (kind, row_id) VALUES ('invoice', NEW.id); END;
CREATE TRIGGER invoice_told_gone AFTER DELETE ON invoice
BEGIN INSERT INTO change (kind, row_id) VALUES ('invoice', OLD.id); END;
CREATE TRIGGER customer_told_new AFTER INSERT ON customer
BEGIN INSERT INTO change (kind, row_id) VALUES ('customer', NEW.id); END;
CREATE TRIGGER customer_told AFTER UPDATE OF root_id, group_id, class_id, joined_on, lifetime_minor, subscription_count, closed_on, kind, sort_key ON customer
BEGIN INSERT INTO change (kind, row_id) VALUES ('customer', NEW.id); END;
CREATE TRIGGER customer_told_gone AFTER DELETE ON customer
BEGIN INSERT INTO change (kind, row_id) VALUES ('customer', OLD.id); END;
CREATE TRIGGER group_told_new AFTER INSERT ON billing_group
BEGIN INSERT INTO change (kind, row_id) VALUES ('group', NEW.id); END;
CREATE TRIGGER group_told AFTER UPDATE OF search_key ON billing_group
BEGIN INSERT INTO change (kind, row_id) VALUES ('group', NEW.id); END;
CREATE TRIGGER group_told_gone AFTER DELETE ON billing_group
BEGIN INSERT INTO change (kind, row_id) VALUES ('group', OLD.id); END;

CREATE TRIGGER change_pruned AFTER INSERT ON change
WHEN NEW.seq % 1000 = 0
BEGIN DELETE FROM change WHERE seq <= NEW.seq - 10000; END;

-- A deposit is closed by a step that says where its money went; what the shop says of tax on what is kept.
ALTER TABLE shop ADD COLUMN tax_on_damage INTEGER NOT NULL DEFAULT 0 CHECK (tax_on_damage IN (0, 1));
ALTER TABLE shop ADD COLUMN tax_on_cleaning INTEGER NOT NULL DEFAULT 1 CHECK (tax_on_cleaning IN (0, 1));
CREATE INDEX payment_open_deposit ON payment (subscription_id) WHERE kind = 'deposit' AND status <> 'paid' AND status <> 'cancelled';
CREATE TABLE deposit_new (
  id              INTEGER PRIMARY KEY,
  subscription_id INTEGER NOT NULL REFERENCES subscription (id),
  payment_id      INTEGER NOT NULL UNIQUE REFERENCES payment (id),
  amount_minor    INTEGER NOT NULL CHECK (amount_minor > 0),
  state           TEXT NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'returned', 'kept', 'partly_kept')),
  kept_minor      INTEGER NOT NULL DEFAULT 0,
  closed_on       TEXT CHECK (closed_on IS date(closed_on)),
  reason          TEXT NOT NULL DEFAULT '',
  activity_id     INTEGER REFERENCES activity (id),             -- the step that returned or kept it; NULL also where it was closed before version 3
  CHECK ((state = 'held') = (closed_on IS NULL)),
  CHECK (kept_minor BETWEEN 0 AND amount_minor AND (kept_minor > 0) = (state IN ('kept', 'partly_kept'))),
  CHECK (state <> 'held' OR activity_id IS NULL)
) STRICT;
INSERT INTO deposit_new (id, subscription_id, payment_id, amount_minor, state, kept_minor, closed_on, reason)
  SELECT id, subscription_id, payment_id, amount_minor, state, kept_minor, closed_on, reason FROM deposit;
DROP TABLE deposit;
ALTER TABLE deposit_new RENAME TO deposit;
CREATE UNIQUE INDEX deposit_one_held ON deposit (subscription_id) WHERE state = 'held';
CREATE INDEX deposit_by_subscription ON deposit (subscription_id, id);
CREATE INDEX deposit_by_state ON deposit (state, id);
CREATE INDEX deposit_by_closing ON deposit (closed_on, id) WHERE closed_on IS NOT NULL;
-- A deposit is the amount of its payment; it is returned or kept once, and then no money stands on it.
CREATE TRIGGER deposit_is_its_payment BEFORE INSERT ON deposit
WHEN NEW.state <> 'held' OR NOT EXISTS (
  SELECT 1 FROM payment WHERE id = NEW.payment_id AND kind = 'deposit' AND subscription_id = NEW.subscription_id
    AND amount_minor = NEW.amount_minor)
BEGIN SELECT RAISE(ABORT, 'a deposit is held as its payment says'); END;

CREATE TRIGGER deposit_frozen BEFORE UPDATE OF id, subscription_id, payment_id, amount_minor ON deposit
BEGIN SELECT RAISE(ABORT, 'what was taken as a deposit never changes'); END;

CREATE TRIGGER deposit_stays_closed BEFORE UPDATE ON deposit
WHEN OLD.state <> 'held' AND NOT (NEW.state = 'held' AND EXISTS (
   SELECT 1 FROM activity WHERE id = (SELECT MAX(id) FROM activity) AND undoes_id IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'a deposit that is closed stays closed'); END;

CREATE TRIGGER deposit_closes_with_its_money BEFORE UPDATE OF state ON deposit
WHEN NEW.state <> 'held'
 AND ((SELECT COALESCE(SUM(amount_minor), 0) FROM allocation WHERE payment_id = NEW.payment_id AND source = 'receipt') <> 0
   OR NEW.kept_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM allocation
                         WHERE activity_id = NEW.activity_id AND source = 'receipt' AND payment_id <> NEW.payment_id))
BEGIN SELECT RAISE(ABORT, 'what is kept of a deposit pays something, and the rest of it goes back'); END;

CREATE TRIGGER deposit_kept BEFORE DELETE ON deposit
BEGIN SELECT RAISE(ABORT, 'a deposit is returned or kept, never deleted'); END;

-- What an invoice says of its payer's account: money and credit apart.
ALTER TABLE invoice ADD COLUMN account_received_minor INTEGER;
ALTER TABLE invoice ADD COLUMN account_credited_minor INTEGER;
DROP TRIGGER invoice_frozen;
CREATE TRIGGER invoice_frozen BEFORE UPDATE OF
  id, kind, customer_id, group_id, currency, number_year, number_seq, number, invoiced_on, due_on, subtotal_minor, tax_minor,
  total_minor, payer_name, payer_address, payer_tax_number, tax_treatment, account_minor,
  account_received_minor, account_credited_minor, letterhead_id, about_id ON invoice
WHEN OLD.state IN ('issued', 'void')
BEGIN SELECT RAISE(ABORT, 'an issued invoice never changes'); END;

-- What was credited or given up is told apart from what was paid.
CREATE INDEX allocation_of_no_money ON allocation (source, payment_id, amount_minor) WHERE source <> 'receipt';

-- Lists are sorted in memory: indexes that served one order of one list alone go, that of amounts holds what finds one.
DROP INDEX customer_by_joined;
DROP INDEX customer_by_subscriptions;
DROP INDEX invoice_void;
DROP INDEX invoice_by_kind;
DROP INDEX invoice_by_total;
DROP INDEX payment_by_method;
DROP INDEX payment_by_amount;
CREATE INDEX payment_by_amount ON payment (amount_minor, due_on, id);

-- What rows were when they were saved, as digests (src/store/seal). Those that never change: ranges of their numbers in the
-- seal of the write that added them, each seal chained to the one before, the newest noted in book_state.
CREATE TABLE seal (
  id     INTEGER PRIMARY KEY,
  covers TEXT NOT NULL,                                         -- `receipt 7-7 1f0c…, activity 12-13 9a44…`
  digest INTEGER NOT NULL
) STRICT;

-- Those that may be edited: how each was saved last.
CREATE TABLE row_seal (
  kind   TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  digest INTEGER NOT NULL,
  PRIMARY KEY (kind, row_id)
) STRICT;

CREATE TRIGGER seal_frozen BEFORE UPDATE ON seal
BEGIN SELECT RAISE(ABORT, 'a seal never changes'); END;

-- Why a customer is exempt from tax, as its invoices said it; on a group's invoice how each member was taxed.
ALTER TABLE customer ADD COLUMN tax_reason TEXT NOT NULL DEFAULT '' CHECK (length(tax_reason) <= 300 AND (tax_reason = '' OR tax_treatment = 'exempt'));
ALTER TABLE invoice ADD COLUMN tax_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE payment ADD COLUMN member_tax TEXT NOT NULL DEFAULT '';
DROP TRIGGER invoice_frozen;
CREATE TRIGGER invoice_frozen BEFORE UPDATE OF
  id, kind, customer_id, group_id, currency, number_year, number_seq, number, invoiced_on, due_on, subtotal_minor, tax_minor,
  total_minor, payer_name, payer_address, payer_tax_number, tax_treatment, account_minor,
  account_received_minor, account_credited_minor, letterhead_id, about_id, tax_reason ON invoice
WHEN OLD.state IN ('issued', 'void')
BEGIN SELECT RAISE(ABORT, 'an issued invoice never changes'); END;
DROP TRIGGER payment_frozen;
CREATE TRIGGER payment_frozen BEFORE UPDATE OF
  id, kind, customer_id, group_id, subscription_id, currency, period_index, period_start_on, period_end_on, due_on, invoice_id,
  line, text, serial, member_name, member_tax, quantity_milli, unit_minor, net_minor, tax_ppm, tax_minor, amount_minor ON payment
WHEN (SELECT state FROM invoice WHERE id = OLD.invoice_id) IN ('issued', 'void')
BEGIN SELECT RAISE(ABORT, 'a line of an issued invoice never changes'); END;

-- LP-2, lp-2 and "LP 2" are one asset. Those that stand twice in an older book stay.
CREATE INDEX asset_by_serial ON asset (UPPER(REPLACE(REPLACE(serial, ' ', ''), '-', '')));
CREATE TRIGGER asset_serial_once BEFORE INSERT ON asset
WHEN EXISTS (SELECT 1 FROM asset WHERE UPPER(REPLACE(REPLACE(serial, ' ', ''), '-', '')) = UPPER(REPLACE(REPLACE(NEW.serial, ' ', ''), '-', '')))
BEGIN SELECT RAISE(ABORT, 'an asset has that serial number already'); END;

CREATE TRIGGER asset_serial_stays_once BEFORE UPDATE OF serial ON asset
WHEN UPPER(REPLACE(REPLACE(NEW.serial, ' ', ''), '-', '')) <> UPPER(REPLACE(REPLACE(OLD.serial, ' ', ''), '-', ''))
 AND EXISTS (SELECT 1 FROM asset WHERE UPPER(REPLACE(REPLACE(serial, ' ', ''), '-', '')) = UPPER(REPLACE(REPLACE(NEW.serial, ' ', ''), '-', '')))
BEGIN SELECT RAISE(ABORT, 'an asset has that serial number already'); END;

-- What the law wants on every invoice and credit note of the shop, in lines.
ALTER TABLE shop ADD COLUMN legal_text TEXT NOT NULL DEFAULT '' CHECK (length(legal_text) <= 2000);

-- A tax rate changed by law: from a day on, for contracts ordered by then.
CREATE TABLE tax_change (
  id         INTEGER PRIMARY KEY,
  old_ppm    INTEGER NOT NULL CHECK (old_ppm BETWEEN 1 AND 1000000),
  new_ppm    INTEGER NOT NULL CHECK (new_ppm BETWEEN 0 AND 1000000),
  from_on    TEXT NOT NULL CHECK (from_on IS date(from_on)),
  told_on    TEXT NOT NULL CHECK (told_on IS date(told_on)),
  applied_on TEXT CHECK (applied_on IS date(applied_on)),         -- when products and the shop got the new rate
  UNIQUE (old_ppm, from_on),
  CHECK (new_ppm <> old_ppm),
  CHECK (applied_on >= from_on)
) STRICT;

-- Several added fonts stand side by side; those of older papers stay.
ALTER TABLE font ADD COLUMN place INTEGER CHECK (place > 0);
DROP TRIGGER font_frozen;
CREATE TRIGGER font_frozen BEFORE UPDATE OF id, digest, name, content ON font
BEGIN SELECT RAISE(ABORT, 'a font that papers were printed with never changes'); END;

UPDATE font SET place = 1 WHERE id = (SELECT font_id FROM shop);
ALTER TABLE shop DROP COLUMN font_id;

-- Erasing a customer takes the reasons that staff typed; nothing else of these rows ever changes.
DROP TRIGGER allocation_frozen;
CREATE TRIGGER allocation_frozen BEFORE UPDATE ON allocation
WHEN NOT (NEW.reason = 'erased'
  AND (NEW.id, NEW.source, NEW.receipt_id, NEW.credit_note_id, NEW.payment_id, NEW.customer_id, NEW.is_deposit, NEW.currency, NEW.amount_minor, NEW.allocated_on, NEW.status_before, NEW.status_after, NEW.reverses_id, NEW.activity_id) IS (OLD.id, OLD.source, OLD.receipt_id, OLD.credit_note_id, OLD.payment_id, OLD.customer_id, OLD.is_deposit, OLD.currency, OLD.amount_minor, OLD.allocated_on, OLD.status_before, OLD.status_after, OLD.reverses_id, OLD.activity_id)
  AND EXISTS (SELECT 1 FROM customer WHERE id = OLD.customer_id AND erased_on IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'an allocation never changes: reverse it'); END;
DROP TRIGGER payment_change_frozen;
CREATE TRIGGER payment_change_frozen BEFORE UPDATE ON payment_change
WHEN NOT (NEW.reason = 'erased'
  AND (NEW.id, NEW.payment_id, NEW.from_status, NEW.to_status, NEW.changed_on, NEW.reverses_id, NEW.activity_id) IS (OLD.id, OLD.payment_id, OLD.from_status, OLD.to_status, OLD.changed_on, OLD.reverses_id, OLD.activity_id)
  AND EXISTS (SELECT 1 FROM customer WHERE id = (SELECT customer_id FROM payment WHERE id = OLD.payment_id) AND erased_on IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'a status change never changes: reverse it'); END;
DROP TRIGGER dispute_stays_closed;
CREATE TRIGGER dispute_stays_closed BEFORE UPDATE ON dispute
WHEN OLD.closed_on IS NOT NULL AND NOT (NEW.reason = 'erased'
  AND (NEW.id, NEW.payment_id, NEW.opened_on, NEW.closed_on, NEW.outcome) IS (OLD.id, OLD.payment_id, OLD.opened_on, OLD.closed_on, OLD.outcome)
  AND EXISTS (SELECT 1 FROM customer WHERE id = (SELECT customer_id FROM payment WHERE id = OLD.payment_id) AND erased_on IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'a dispute that is closed stays closed'); END;
DROP TRIGGER deposit_stays_closed;
CREATE TRIGGER deposit_stays_closed BEFORE UPDATE ON deposit
WHEN OLD.state <> 'held' AND NOT (NEW.state = 'held' AND EXISTS (
   SELECT 1 FROM activity WHERE id = (SELECT MAX(id) FROM activity) AND undoes_id IS NOT NULL))
 AND NOT (NEW.reason = 'erased'
  AND (NEW.id, NEW.subscription_id, NEW.payment_id, NEW.amount_minor, NEW.state, NEW.kept_minor, NEW.closed_on, NEW.activity_id) IS (OLD.id, OLD.subscription_id, OLD.payment_id, OLD.amount_minor, OLD.state, OLD.kept_minor, OLD.closed_on, OLD.activity_id)
  AND EXISTS (SELECT 1 FROM customer WHERE id = (SELECT customer_id FROM payment WHERE id = OLD.payment_id) AND erased_on IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'a deposit that is closed stays closed'); END;

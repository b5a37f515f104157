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
DROP TRIGGER payment_frozen;
CREATE TRIGGER payment_frozen BEFORE UPDATE OF
  id, kind, customer_id, group_id, subscription_id, currency, period_index, period_start_on, period_end_on, due_on, invoice_id,
  line, text, serial, quantity_milli, unit_minor, net_minor, tax_ppm, tax_minor, amount_minor ON payment
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

-- What a day at the counter found.

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

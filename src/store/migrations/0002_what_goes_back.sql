-- Fonts of the shop's own, periods ahead of their turn, the day of a void, deposits billed again, messages found by a
-- folded text, receipts and attempts that go back under an undo.

-- Names in other tables stay as they are written while a table is made anew.
PRAGMA legacy_alter_table = ON;

CREATE TABLE font (
  id         INTEGER PRIMARY KEY,
  digest     TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
  name       TEXT NOT NULL,
  content    BLOB NOT NULL
) STRICT;
CREATE TRIGGER font_frozen BEFORE UPDATE ON font
BEGIN SELECT RAISE(ABORT, 'a font that papers were printed with never changes'); END;

CREATE TRIGGER font_kept BEFORE DELETE ON font
BEGIN SELECT RAISE(ABORT, 'a font that papers were printed with never changes'); END;

ALTER TABLE shop ADD COLUMN font_id INTEGER REFERENCES font (id);

CREATE TABLE period_ahead (
  subscription_id INTEGER NOT NULL REFERENCES subscription (id),
  period_index    INTEGER NOT NULL CHECK (period_index >= 0),
  PRIMARY KEY (subscription_id, period_index)
) STRICT;

-- The day of a void is the day somebody voided it, billed it again, or cancelled the payment it was for.
ALTER TABLE invoice ADD COLUMN voided_on TEXT CHECK (voided_on IS date(voided_on));
UPDATE invoice SET voided_on = COALESCE(
  (SELECT MAX(a.business_on) FROM activity a
   WHERE a.subject = 'invoice:' || invoice.id AND a.action IN ('void_invoice', 'bill_again')),
  (SELECT MAX(a.business_on) FROM payment p JOIN activity a ON a.subject = 'payment:' || p.id
   WHERE p.invoice_id = invoice.id AND a.action = 'cancel_payment'), invoiced_on)
WHERE state = 'void';
CREATE TRIGGER invoice_voided_on_a_day BEFORE UPDATE OF state ON invoice
WHEN NEW.state = 'void' AND NEW.voided_on IS NULL
BEGIN SELECT RAISE(ABORT, 'a void invoice carries the day of its void'); END;

CREATE TRIGGER invoice_voided_once BEFORE UPDATE OF voided_on ON invoice
WHEN OLD.voided_on IS NOT NULL OR NEW.state <> 'void'
BEGIN SELECT RAISE(ABORT, 'an issued invoice never changes'); END;

-- A subscription may have more than one deposit, one after the other.
CREATE TABLE deposit_new (
  id              INTEGER PRIMARY KEY,
  subscription_id INTEGER NOT NULL REFERENCES subscription (id),
  payment_id      INTEGER NOT NULL UNIQUE REFERENCES payment (id),
  amount_minor    INTEGER NOT NULL CHECK (amount_minor > 0),
  state           TEXT NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'returned', 'kept', 'partly_kept')),
  kept_minor      INTEGER NOT NULL DEFAULT 0,
  closed_on       TEXT CHECK (closed_on IS date(closed_on)),
  reason          TEXT NOT NULL DEFAULT '',
  CHECK ((state = 'held') = (closed_on IS NULL)),
  CHECK (kept_minor = CASE state WHEN 'kept' THEN amount_minor WHEN 'partly_kept' THEN kept_minor ELSE 0 END),
  CHECK (state <> 'partly_kept' OR (kept_minor > 0 AND kept_minor < amount_minor))
) STRICT;
INSERT INTO deposit_new SELECT * FROM deposit;
DROP TABLE deposit;
ALTER TABLE deposit_new RENAME TO deposit;
CREATE UNIQUE INDEX deposit_one_held ON deposit (subscription_id) WHERE state = 'held';
CREATE INDEX deposit_by_subscription ON deposit (subscription_id, id);
CREATE INDEX deposit_by_state ON deposit (state, id);
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

CREATE TRIGGER deposit_kept BEFORE DELETE ON deposit
BEGIN SELECT RAISE(ABORT, 'a deposit is returned or kept, never deleted'); END;

-- `fold` is the program's own: it folds as it does when a message is queued.
ALTER TABLE outbox_message ADD COLUMN search_key TEXT NOT NULL DEFAULT '';
UPDATE outbox_message SET search_key = fold(recipient || ' ' || subject) WHERE recipient <> '';
CREATE INDEX outbox_by_search ON outbox_message (search_key);
CREATE INDEX outbox_by_state ON outbox_message (state, id);

DROP INDEX customer_by_email;
DROP INDEX customer_by_phone;
DROP INDEX payment_change_failed;
CREATE INDEX payment_change_failed ON payment_change (changed_on, payment_id) WHERE to_status = 'failed' AND COALESCE(reverses_id, 0) = 0;
DROP INDEX subscription_by_customer;
CREATE INDEX subscription_by_customer ON subscription (customer_id, start_on, id, activated_on);
DROP INDEX subscription_ending;
CREATE INDEX subscription_ending ON subscription (end_on, id, currency, price_minor) WHERE status <> 'draft' AND status <> 'ended' AND status <> 'cancelled';

DROP TRIGGER attempt_moves;
CREATE TRIGGER attempt_moves BEFORE UPDATE OF state ON charge_attempt
WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
  'created>sent', 'created>void', 'sent>pending', 'sent>settled', 'sent>declined', 'sent>needs_customer', 'sent>void',
  'pending>settled', 'pending>declined', 'pending>needs_customer', 'pending>void', 'needs_customer>void')
 AND NOT (OLD.state || '>' || NEW.state IN ('settled>sent', 'declined>sent') AND EXISTS (
   SELECT 1 FROM activity WHERE id = (SELECT MAX(id) FROM activity) AND undoes_id IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'an attempt cannot go from one of these states to the other'); END;

DROP TRIGGER receipt_clears_once;
CREATE TRIGGER receipt_clears_once BEFORE UPDATE OF cleared_on ON receipt
WHEN OLD.cleared_on IS NOT NULL AND NEW.cleared_on IS NOT OLD.cleared_on AND NEW.state <> 'pending'
BEGIN SELECT RAISE(ABORT, 'a receipt clears once'); END;

DROP TRIGGER receipt_moves;
CREATE TRIGGER receipt_moves BEFORE UPDATE OF state ON receipt
WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ('pending>cleared', 'pending>failed', 'cleared>reversed')
 AND NOT (OLD.state || '>' || NEW.state IN ('cleared>pending', 'failed>pending', 'reversed>cleared') AND EXISTS (
   SELECT 1 FROM activity WHERE id = (SELECT MAX(id) FROM activity) AND undoes_id IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'a receipt cannot go from one of these states to the other'); END;

PRAGMA legacy_alter_table = OFF;

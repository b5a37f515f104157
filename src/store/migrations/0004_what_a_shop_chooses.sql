-- Version 4: what a shop chooses for its contracts and papers. Not released yet: append to it.

-- A credit note is sent as an invoice is.
ALTER TABLE outbox_message ADD COLUMN credit_note_id INTEGER REFERENCES credit_note (id);

-- Contracts billed every half-year and every two years. A wider CHECK leaves every row as it is, so only the text of the
-- tables changes (sqlite.org/lang_altertable.html, 7); making three tables anew would write each contract of a book again.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(sql, '''month'', ''quarter'', ''year''', '''month'', ''quarter'', ''half_year'', ''year'', ''two_years''')
WHERE type = 'table' AND name IN ('customer', 'order_item', 'subscription');
PRAGMA writable_schema = RESET;

-- Who invoices of a customer or group go to, where it is not the one email address.
ALTER TABLE customer ADD COLUMN invoice_emails TEXT NOT NULL DEFAULT '' CHECK (length(invoice_emails) <= 2700);
ALTER TABLE billing_group ADD COLUMN invoice_emails TEXT NOT NULL DEFAULT '' CHECK (length(invoice_emails) <= 2700);

-- Version 4: what a shop chooses for its contracts and papers. Not released yet: append to it.

-- A credit note is sent as an invoice is.
ALTER TABLE outbox_message ADD COLUMN credit_note_id INTEGER REFERENCES credit_note (id);

-- Numbers of documents: in turn, with the document, never without.

-- An invoice skips a number.
--! an invoice takes the next number, no other
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice} + 1, number = 'x' WHERE id = {in_review};

-- An invoice takes a number again.
--! an invoice takes the next number, no other
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice} - 1, number = 'x' WHERE id = {in_review};

-- An invoice takes a number of a year that has no series.
--! an invoice takes the next number, no other
UPDATE invoice SET state = 'issued', number_year = 2027, number_seq = 1, number = 'x' WHERE id = {in_review};

-- Two invoices show the same number on paper.
--! UNIQUE constraint failed: invoice.number
UPDATE invoice SET state = 'issued', number_year = 2026, number_seq = {next_invoice}, number = '2026-0001' WHERE id = {in_review};

-- A receipt skips a number.
--! a receipt takes the next number
COPY receipt {euros} WITH number_seq = {next_receipt} + 1, number = 'x';

-- A receipt takes a number again.
--! a receipt takes the next number
COPY receipt {euros} WITH number = 'x';

-- A receipt takes a number of a year that has no series.
--! a receipt takes the next number
COPY receipt {euros} WITH number_year = 2027, number_seq = 1, number = 'x';

-- A credit note skips a number.
--! a credit note takes the next number
COPY credit_note {credit} WITH number_seq = {next_credit} + 1, number = 'x', total_minor = 110, net_minor = 100, tax_minor = 10;

-- A credit note takes a number again.
--! a credit note takes the next number
COPY credit_note {credit} WITH number_seq = {next_credit} - 1, number = 'x', total_minor = 110, net_minor = 100, tax_minor = 10;

-- A number is given away without an invoice.
--! a number is given with its document
UPDATE number_series SET last = last + 1 WHERE kind = 'invoice';

-- A number is given away without a receipt.
--! a number is given with its document
UPDATE number_series SET last = last + 1 WHERE kind = 'receipt';

-- A number is given away without a credit note.
--! a number is given with its document
UPDATE number_series SET last = last + 1 WHERE kind = 'credit_note';

-- A series goes back.
--! numbers go up by one
UPDATE number_series SET last = last - 1 WHERE kind = 'invoice';

-- A series goes on for a number that was given long ago.
--! numbers go up by one
UPDATE number_series SET last = 1 WHERE kind = 'invoice';

-- A series stands where it stood, as if a number were given twice.
--! numbers go up by one
UPDATE number_series SET last = last WHERE kind = 'invoice';

-- A series becomes that of another year.
--! a number is given with its document
UPDATE number_series SET year = 2028, last = last + 1 WHERE kind = 'invoice';

-- A series begins with a number that no document has.
--! numbers start at one
INSERT INTO number_series (kind, year, last) VALUES ('invoice', 2027, 7);

-- A series is begun again under the feet of its documents.
--! a number series is never deleted
INSERT OR REPLACE INTO number_series (kind, year, last) VALUES ('invoice', 2026, 0);

-- A series is deleted.
--! a number series is never deleted
DELETE FROM number_series WHERE kind = 'receipt';

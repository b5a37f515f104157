-- The journal of what changed, which the ledger in memory follows: every column it holds is told, whoever writes it.

-- A payment is told with another status.
DELETE FROM change;
UPDATE payment SET status = status WHERE id = {acme_waiting};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'payment' AND row_id = {acme_waiting}

-- A payment is told with another group_id.
DELETE FROM change;
UPDATE payment SET group_id = group_id WHERE id = {acme_waiting};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'payment' AND row_id = {acme_waiting}

-- A payment is told with another invoice_id.
DELETE FROM change;
UPDATE payment SET invoice_id = invoice_id WHERE id = {acme_waiting};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'payment' AND row_id = {acme_waiting}

-- A payment is told with another due_on.
DELETE FROM change;
UPDATE payment SET due_on = due_on WHERE id = {acme_waiting};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'payment' AND row_id = {acme_waiting}

-- A payment is told with another amount_minor.
DELETE FROM change;
UPDATE payment SET amount_minor = amount_minor WHERE id = {acme_waiting};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'payment' AND row_id = {acme_waiting}

-- A payment is told with another settled_minor.
DELETE FROM change;
UPDATE payment SET settled_minor = settled_minor WHERE id = {acme_waiting};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'payment' AND row_id = {acme_waiting}

-- A payment is told with another paid_on.
DELETE FROM change;
UPDATE payment SET paid_on = paid_on WHERE id = {acme_waiting};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'payment' AND row_id = {acme_waiting}

-- A payment is told with another method.
DELETE FROM change;
UPDATE payment SET method = method WHERE id = {acme_waiting};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'payment' AND row_id = {acme_waiting}

-- An invoice is told with another state.
DELETE FROM change;
UPDATE invoice SET state = state WHERE id = {draft};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'invoice' AND row_id = {draft}

-- An invoice is told with another customer_id.
DELETE FROM change;
UPDATE invoice SET customer_id = customer_id WHERE id = {draft};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'invoice' AND row_id = {draft}

-- An invoice is told with another group_id.
DELETE FROM change;
UPDATE invoice SET group_id = group_id WHERE id = {draft};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'invoice' AND row_id = {draft}

-- An invoice is told with another invoiced_on.
DELETE FROM change;
UPDATE invoice SET invoiced_on = invoiced_on WHERE id = {draft};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'invoice' AND row_id = {draft}

-- An invoice is told with another due_on.
DELETE FROM change;
UPDATE invoice SET due_on = due_on WHERE id = {draft};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'invoice' AND row_id = {draft}

-- An invoice is told with another total_minor.
DELETE FROM change;
UPDATE invoice SET total_minor = total_minor WHERE id = {draft};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'invoice' AND row_id = {draft}

-- An invoice is told with another settled_minor.
DELETE FROM change;
UPDATE invoice SET settled_minor = settled_minor WHERE id = {draft};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'invoice' AND row_id = {draft}

-- An invoice is told with another number_seq.
DELETE FROM change;
UPDATE invoice SET number_seq = number_seq WHERE id = {draft};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'invoice' AND row_id = {draft}

-- A customer is told with another root_id.
DELETE FROM change;
UPDATE customer SET root_id = root_id WHERE id = {cleo};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'customer' AND row_id = {cleo}

-- A customer is told with another group_id.
DELETE FROM change;
UPDATE customer SET group_id = group_id WHERE id = {cleo};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'customer' AND row_id = {cleo}

-- A customer is told with another class_id.
DELETE FROM change;
UPDATE customer SET class_id = class_id WHERE id = {cleo};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'customer' AND row_id = {cleo}

-- A customer is told with another joined_on.
DELETE FROM change;
UPDATE customer SET joined_on = joined_on WHERE id = {cleo};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'customer' AND row_id = {cleo}

-- A customer is told with another lifetime_minor.
DELETE FROM change;
UPDATE customer SET lifetime_minor = lifetime_minor WHERE id = {cleo};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'customer' AND row_id = {cleo}

-- A customer is told with another subscription_count.
DELETE FROM change;
UPDATE customer SET subscription_count = subscription_count WHERE id = {cleo};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'customer' AND row_id = {cleo}

-- A customer is told with another closed_on.
DELETE FROM change;
UPDATE customer SET closed_on = closed_on WHERE id = {cleo};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'customer' AND row_id = {cleo}

-- A customer is told with another kind.
DELETE FROM change;
UPDATE customer SET kind = kind WHERE id = {cleo};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'customer' AND row_id = {cleo}

-- A customer is told with another sort_key.
DELETE FROM change;
UPDATE customer SET sort_key = sort_key WHERE id = {cleo};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'customer' AND row_id = {cleo}

-- A group is told with another search_key.
DELETE FROM change;
UPDATE billing_group SET search_key = search_key WHERE id = {harbour};
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'group' AND row_id = {harbour}

-- A new payment is told.
DELETE FROM change;
COPY payment {acme_waiting} WITH text = 'More';
--? SELECT COUNT(*) = 1 FROM change WHERE kind = 'payment' AND row_id = (SELECT MAX(id) FROM payment)

-- A new invoice is told, and one that is gone.
DELETE FROM change;
COPY invoice {draft} WITH payer_name = 'Acme';
DELETE FROM invoice WHERE id = (SELECT MAX(id) FROM invoice);
--? SELECT COUNT(*) = 2 AND MIN(row_id) = (SELECT MAX(id) + 1 FROM invoice) FROM change WHERE kind = 'invoice'

-- A new customer is told, and one that is gone.
DELETE FROM change;
COPY customer {cleo} WITH subscription_count = 0, lifetime_minor = 0;
DELETE FROM customer WHERE id = (SELECT MAX(id) FROM customer);
--? SELECT COUNT(*) = 2 FROM change WHERE kind = 'customer'

-- A new group is told, and one that is gone.
DELETE FROM change;
COPY billing_group {harbour} WITH name = 'Pier';
DELETE FROM billing_group WHERE id = (SELECT MAX(id) FROM billing_group);
--? SELECT COUNT(*) = 2 FROM change WHERE kind = 'group'

-- Of what was told the last ten thousand stay, and they go by the thousand.
DELETE FROM change;
INSERT INTO change (seq, kind, row_id) VALUES (1, 'group', 1), (10999, 'group', 1);
--? SELECT COUNT(*) = 2 FROM change

-- Of what was told long ago nothing stays.
DELETE FROM change;
INSERT INTO change (seq, kind, row_id) VALUES (1000, 'group', 1), (1001, 'group', 1), (11000, 'group', 1);
--? SELECT COUNT(*) = 2 AND MIN(seq) = 1001 FROM change

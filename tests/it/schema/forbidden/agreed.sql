-- Orders, subscriptions, assets: what was agreed stays agreed.

-- A cancelled order is confirmed.
--! an order cannot go from one of these states to the other
UPDATE rental_order SET status = 'cancelled' WHERE id = {spare_order};
UPDATE rental_order SET status = 'confirmed' WHERE id = {spare_order};

-- A confirmed order becomes a draft again.
--! an order cannot go from one of these states to the other
UPDATE rental_order SET status = 'draft' WHERE id = {order};

-- An order with invoices is cancelled.
--! an order with invoices cannot be cancelled
UPDATE rental_order SET status = 'cancelled' WHERE id = {order};

-- A confirmed order changes its number.
--! only a draft of an order changes
UPDATE rental_order SET id = 900 WHERE id = {order};

-- A confirmed order goes to another customer.
--! only a draft of an order changes
UPDATE rental_order SET customer_id = {acme} WHERE id = {order};

-- A confirmed order changes its currency.
--! only a draft of an order changes
UPDATE rental_order SET currency = 'EUR' WHERE id = {order};

-- A confirmed order was taken on another day.
--! only a draft of an order changes
UPDATE rental_order SET ordered_on = '2025-12-31' WHERE id = {order};

-- A cancelled order is deleted.
--! only a draft of an order is deleted
UPDATE rental_order SET status = 'cancelled' WHERE id = {spare_order};
DELETE FROM rental_order WHERE id = {spare_order};

-- An order is in another currency than its customer.
--! FOREIGN KEY constraint failed
COPY rental_order {spare_order} WITH currency = 'EUR';

-- An item is priced in another currency than its order.
--! FOREIGN KEY constraint failed
COPY order_item {spare_item} WITH order_id = {spare_order}, currency = 'EUR', variant_id = {euro_variant};

-- An item is priced in another currency than its variant.
--! FOREIGN KEY constraint failed
COPY order_item {spare_item} WITH order_id = {spare_order}, variant_id = {euro_variant};

-- Two items of an order stand in one place.
--! UNIQUE constraint failed: order_item.order_id, order_item.position
COPY order_item {spare_item} WITH quantity = 2;

-- An item of a confirmed order changes its number.
--! only a draft of an order changes
UPDATE order_item SET id = 900 WHERE id = 1;

-- An item of a confirmed order moves to a draft.
--! only a draft of an order changes
UPDATE order_item SET order_id = {spare_order} WHERE id = 5;

-- An item of a confirmed order changes its currency.
--! only a draft of an order changes
UPDATE order_item SET currency = 'EUR' WHERE id = 1;

-- An item of a confirmed order becomes another thing.
--! only a draft of an order changes
UPDATE order_item SET variant_id = {spare} WHERE id = 1;

-- An item of a confirmed order becomes two.
--! only a draft of an order changes
UPDATE order_item SET asset_id = NULL, quantity = 2 WHERE id = 1;

-- An item of a confirmed order runs longer.
--! only a draft of an order changes
UPDATE order_item SET months = 24 WHERE id = 1;

-- An item of a confirmed order bills by the year.
--! only a draft of an order changes
UPDATE order_item SET frequency = 'year' WHERE id = 1;

-- An item of a confirmed order starts later.
--! only a draft of an order changes
UPDATE order_item SET start_on = '2026-02-01' WHERE id = 1;

-- An item of a confirmed order bills on another day.
--! only a draft of an order changes
UPDATE order_item SET anchor_day = 15 WHERE id = 1;

-- An item of a confirmed order costs less.
--! only a draft of an order changes
UPDATE order_item SET price_minor = 1 WHERE id = 1;

-- An item of a confirmed order is taxed in another way.
--! only a draft of an order changes
UPDATE order_item SET tax_ppm = 0 WHERE id = 1;

-- An item of a confirmed order takes no deposit.
--! only a draft of an order changes
UPDATE order_item SET deposit_minor = 0 WHERE id = 1;

-- An item of a confirmed order is deleted.
--! only a draft of an order changes
COPY order_item {spare_item} WITH order_id = {spare_order};
UPDATE rental_order SET status = 'confirmed' WHERE id = {spare_order};
DELETE FROM order_item WHERE order_id = {spare_order};

-- Two live subscriptions hold one asset.
--! UNIQUE constraint failed: subscription.asset_id
COPY subscription {ana_sub} WITH next_index = 0;

-- A paused subscription and a live one hold one asset.
--! UNIQUE constraint failed: subscription.asset_id
UPDATE subscription SET status = 'paused' WHERE id = {ana_sub};
UPDATE subscription SET asset_id = 1 WHERE id = {acme_sub};

-- A suspended subscription and a live one hold one asset.
--! UNIQUE constraint failed: subscription.asset_id
UPDATE subscription SET status = 'suspended' WHERE id = {ana_sub};
UPDATE subscription SET asset_id = 1 WHERE id = {acme_sub};

-- A subscription begins with an asset that is retired.
--! an asset that is retired or sold is not rented out
COPY subscription {ana_sub} WITH asset_id = {retired};

-- A subscription gets an asset that is retired in place of its own.
--! an asset that is retired or sold is not rented out
UPDATE subscription SET asset_id = {retired} WHERE id = {acme_sub};

-- A subscription gets an asset that is sold in place of its own.
--! an asset that is retired or sold is not rented out
UPDATE asset SET state = 'sold' WHERE id = {free};
UPDATE subscription SET asset_id = {free} WHERE id = {acme_sub};

-- A subscription is of another customer than its order.
--! FOREIGN KEY constraint failed
COPY subscription {ana_sub} WITH customer_id = {acme}, asset_id = NULL;

-- A subscription is of an item of another order.
--! FOREIGN KEY constraint failed
COPY subscription {ana_sub} WITH order_item_id = 2, asset_id = NULL;

-- A subscription that ended runs again.
--! a subscription cannot go from one of these states to the other
UPDATE subscription SET status = 'ended', end_reason = 'completed', ended_on = '2026-03-05' WHERE id = {acme_sub};
UPDATE subscription SET status = 'active', end_reason = NULL WHERE id = {acme_sub};

-- A subscription ends without a reason.
--! CHECK constraint failed: (status = 'ended') = (end_reason IS NOT NULL)
UPDATE subscription SET status = 'ended', ended_on = '2026-03-05' WHERE id = {acme_sub};

-- A subscription is cancelled without a day.
--! CHECK constraint failed: status NOT IN ('ended', 'cancelled')
UPDATE subscription SET status = 'cancelled' WHERE id = {acme_sub};

-- A subscription is active without a day.
--! CHECK constraint failed: status = 'draft' OR activated_on IS NOT NULL
UPDATE subscription SET status = 'active' WHERE id = {draft_sub};

-- A subscription changes its number.
--! what was agreed for a subscription never changes
UPDATE subscription SET id = 900 WHERE id = {cleo_sub};

-- A subscription moves to another order.
--! what was agreed for a subscription never changes
UPDATE subscription SET order_id = {draft_order} WHERE id = {ana_sub};

-- A subscription moves to another item.
--! what was agreed for a subscription never changes
UPDATE subscription SET order_item_id = {spare_item} WHERE id = {ana_sub};

-- A subscription goes to another customer.
--! what was agreed for a subscription never changes
UPDATE subscription SET customer_id = {acme} WHERE id = {ana_sub};

-- A subscription changes its currency.
--! what was agreed for a subscription never changes
UPDATE subscription SET currency = 'EUR' WHERE id = {ana_sub};

-- A subscription bills by the year.
--! what was agreed for a subscription never changes
UPDATE subscription SET frequency = 'year' WHERE id = {ana_sub};

-- A subscription starts later.
--! what was agreed for a subscription never changes
UPDATE subscription SET start_on = '2026-02-01' WHERE id = {ana_sub};

-- A subscription bills on another day.
--! what was agreed for a subscription never changes
UPDATE subscription SET anchor_day = 15 WHERE id = {ana_sub};

-- A subscription was agreed at another price.
--! what was agreed for a subscription never changes
UPDATE subscription SET price_minor = 1 WHERE id = {ana_sub};

-- A subscription is priced with the tax in it all at once.
--! what was agreed for a subscription never changes
UPDATE subscription SET price_basis = 'gross' WHERE id = {ana_sub};

-- A subscription is deleted.
--! a subscription is cancelled, never deleted
DELETE FROM subscription WHERE id = {draft_sub};

-- A subscription is replaced by one that holds its asset.
--! a subscription is cancelled, never deleted
COPY subscription {ben_new_sub} WITH asset_id = NULL;
UPDATE OR REPLACE subscription SET asset_id = 5 WHERE id = (SELECT MAX(id) FROM subscription);

-- An asset that was sold is back.
--! an asset cannot go from one of these states to the other
UPDATE asset SET state = 'sold' WHERE id = {free};
UPDATE asset SET state = 'in_stock' WHERE id = {free};

-- An asset that is with a customer is retired.
--! an asset cannot go from one of these states to the other
UPDATE asset SET state = 'retired' WHERE id = 1;

-- An asset has two prices from one day.
--! UNIQUE constraint failed: price_change.subscription_id, price_change.from_on
INSERT INTO price_change (subscription_id, from_on, price_minor) VALUES ({acme_sub}, '2026-06-01', 1);

-- Two pauses share some days.
--! two pauses of a subscription never overlap
INSERT INTO pause (subscription_id, from_on, to_on) VALUES ({cleo_sub}, '2026-05-31', '2026-07-01');

-- A pause begins inside one that is still open.
--! two pauses of a subscription never overlap
INSERT INTO pause (subscription_id, from_on, to_on) VALUES ({cleo_sub}, '2026-09-01', '2026-10-01');

-- A pause grows into the next one.
--! two pauses of a subscription never overlap
UPDATE pause SET to_on = '2026-08-02' WHERE subscription_id = {cleo_sub} AND to_on IS NOT NULL;

-- A pause moves back into the one before.
--! two pauses of a subscription never overlap
UPDATE pause SET from_on = '2026-05-31' WHERE subscription_id = {cleo_sub} AND to_on IS NULL;

-- A pause moves to a subscription that pauses then.
--! two pauses of a subscription never overlap
INSERT INTO pause (subscription_id, from_on) VALUES ({ana_sub}, '2026-05-01');
UPDATE pause SET subscription_id = {cleo_sub} WHERE subscription_id = {ana_sub};

-- An asset is replaced by itself.
--! CHECK constraint failed: old_asset_id <> new_asset_id
INSERT INTO asset_replacement (subscription_id, old_asset_id, new_asset_id, replaced_on) VALUES ({ben_sub}, 3, 3, '2026-03-05');

-- The shop changes its currency after its first order.
--! the currency is fixed with the first order
UPDATE shop SET currency = 'EUR';

-- A customer changes currency after the first order.
--! a customer's currency is fixed with the first order
UPDATE customer SET currency = 'EUR' WHERE id = {ana};

-- An asset has the serial number of another, written otherwise.
--! an asset has that serial number already
COPY asset 3 WITH serial = 'sn 7x', state = 'in_stock';
COPY asset 3 WITH serial = 'SN-7X', state = 'in_stock';

-- An asset takes the serial number of another, written otherwise.
--! an asset has that serial number already
UPDATE asset SET serial = 'sn 7' WHERE id = 3;

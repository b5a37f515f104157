-- The whole book, in reading order: the shop, its people, what is rented, what is owed, what was paid, the log.
--
-- New files are made from this text; older files reach it by src/store/migrations: a change here is a step there too.
-- Amounts are integers in minor units of the currency beside them. `_on` is a civil date of the shop (TEXT, ISO),
-- `_at` an instant (TEXT, UTC). Rates are parts per million. Codes are the words of src/domain.
--
-- Lists on rows that are written by the thousand (invoice, payment, receipt, allocation, and the indexes on them) are
-- spelled out: for an IN of three or more SQLite builds a small table in memory each time such a row is written, which
-- doubled its price. So an open payment is one whose status <> 'paid' AND status <> 'cancelled', here and in every query.
--
-- Three things another engine replaces word by word: `INTEGER PRIMARY KEY`, `INTEGER`, `) STRICT`; and it drops the
-- checks of the one form `CHECK (x IS date(x))`. Everything below the line "SQLite's own" is written anew for it.

---------------------------------------------------------------------------------------------------- the shop

-- What this program noted about the file itself (last quick check, last backup). Not the shop's.
CREATE TABLE book_state (
  key        TEXT PRIMARY KEY NOT NULL,
  value      TEXT NOT NULL
) STRICT;

-- The shop and its settings: one row.
CREATE TABLE shop (
  id                       INTEGER PRIMARY KEY CHECK (id = 1),
  name                     TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
  address                  TEXT NOT NULL DEFAULT '',            -- lines
  country                  TEXT NOT NULL CHECK (length(country) = 2),
  email                    TEXT NOT NULL DEFAULT '',
  phone                    TEXT NOT NULL DEFAULT '',
  website                  TEXT NOT NULL DEFAULT '',
  tax_number               TEXT NOT NULL DEFAULT '',
  registration_number      TEXT NOT NULL DEFAULT '',
  bank_name                TEXT NOT NULL DEFAULT '',
  bank_holder              TEXT NOT NULL DEFAULT '',
  iban                     TEXT NOT NULL DEFAULT '',
  bic                      TEXT NOT NULL DEFAULT '',
  bank_account             TEXT NOT NULL DEFAULT '',            -- account and routing number where there is no IBAN
  payment_instructions     TEXT NOT NULL DEFAULT '',
  logo                     BLOB,
  time_zone                TEXT NOT NULL,
  currency                 TEXT NOT NULL CHECK (length(currency) = 3),
  language                 TEXT NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'de', 'fr', 'es')),
  number_style             TEXT NOT NULL DEFAULT 'comma_point' CHECK (number_style IN ('comma_point', 'point_comma', 'space_comma')),
  date_style               TEXT NOT NULL DEFAULT 'day_first' CHECK (date_style IN ('day_first', 'month_first', 'iso', 'dotted')),
  price_basis              TEXT NOT NULL DEFAULT 'net' CHECK (price_basis IN ('net', 'gross')),
  tax_scope                TEXT NOT NULL DEFAULT 'document' CHECK (tax_scope IN ('document', 'line')),
  tax_ppm                  INTEGER NOT NULL DEFAULT 0 CHECK (tax_ppm BETWEEN 0 AND 1000000),
  lead_days                INTEGER NOT NULL DEFAULT 0 CHECK (lead_days BETWEEN 0 AND 90),
  invoice_number_format    TEXT NOT NULL DEFAULT '{year}-{seq:04}',
  credit_note_number_format TEXT NOT NULL DEFAULT 'CN-{year}-{seq:04}',
  receipt_number_format    TEXT NOT NULL DEFAULT 'R-{year}-{seq:04}',
  cancel_running_period    TEXT NOT NULL DEFAULT 'prorate' CHECK (cancel_running_period IN ('prorate', 'keep')),
  use_credit_unasked       INTEGER NOT NULL DEFAULT 0 CHECK (use_credit_unasked IN (0, 1)),
  early_return_ppm         INTEGER NOT NULL DEFAULT 500000 CHECK (early_return_ppm BETWEEN 0 AND 1000000),
  high_value_minor         INTEGER CHECK (high_value_minor >= 0),  -- NULL: the top tenth
  locked_until_on          TEXT CHECK (locked_until_on IS date(locked_until_on)),  -- the period lock
  is_demo                  INTEGER NOT NULL DEFAULT 0 CHECK (is_demo IN (0, 1)),
  version                  INTEGER NOT NULL DEFAULT 1,
  tax_on_damage            INTEGER NOT NULL DEFAULT 0 CHECK (tax_on_damage IN (0, 1)),      -- of a deposit kept for it
  tax_on_cleaning          INTEGER NOT NULL DEFAULT 1 CHECK (tax_on_cleaning IN (0, 1)),
  legal_text               TEXT NOT NULL DEFAULT '' CHECK (length(legal_text) <= 2000)       -- on every invoice and credit note, lines
) STRICT;

-- Fonts the shop added for names the built-in ones cannot show; a letterhead names the digest of its own.
CREATE TABLE font (
  id         INTEGER PRIMARY KEY,
  digest     TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
  name       TEXT NOT NULL,
  content    BLOB NOT NULL,
  place      INTEGER CHECK (place > 0)                         -- among those papers of today use; NULL: of older ones
) STRICT;

-- The shop's head and foot as printed on papers: one row for each state it ever had, so that an old paper prints as issued.
CREATE TABLE letterhead (
  id         INTEGER PRIMARY KEY,
  content    TEXT NOT NULL UNIQUE
) STRICT;

-- How far the scheduler pass has come, and who runs it now: one row.
CREATE TABLE pass_state (
  id             INTEGER PRIMARY KEY CHECK (id = 1),
  last_run_on    TEXT CHECK (last_run_on IS date(last_run_on)),
  last_run_at    TEXT,
  lease_holder   TEXT,
  lease_until_at TEXT
) STRICT;

-- The last number given per kind of document and year (year 0 where the format has none).
CREATE TABLE number_series (
  kind       TEXT NOT NULL CHECK (kind = 'invoice' OR kind = 'credit_note' OR kind = 'receipt'),
  year       INTEGER NOT NULL CHECK (year BETWEEN 0 AND 9999),
  last       INTEGER NOT NULL DEFAULT 0 CHECK (last >= 0),
  PRIMARY KEY (kind, year)
) STRICT;

-- Who works here.
CREATE TABLE operator (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
  role       TEXT NOT NULL DEFAULT 'manager' CHECK (role IN ('staff', 'manager')),
  pin_hash   TEXT,
  is_active  INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1))
) STRICT;

-- Wording of messages the shop changed; without a row the built-in text stands.
CREATE TABLE message_template (
  kind       TEXT NOT NULL,
  language   TEXT NOT NULL,
  subject    TEXT NOT NULL,
  body       TEXT NOT NULL,
  PRIMARY KEY (kind, language)
) STRICT;

---------------------------------------------------------------------------------------------------- customers

CREATE TABLE customer_class (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
  is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
  version    INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX customer_class_one_default ON customer_class (is_default) WHERE is_default = 1;

-- How a class's late money is chased, for regular and out-of-turn invoices apart.
CREATE TABLE collection_policy (
  class_id             INTEGER NOT NULL REFERENCES customer_class (id),
  invoice_kind         TEXT NOT NULL CHECK (invoice_kind IN ('regular', 'out_of_turn')),
  terms_days           INTEGER NOT NULL DEFAULT 0 CHECK (terms_days BETWEEN 0 AND 365),
  charge_cards         TEXT NOT NULL DEFAULT 'never' CHECK (charge_cards IN ('never', 'on_issue', 'on_due')),
  attempts_before      TEXT NOT NULL DEFAULT '',
  attempts_from_due    TEXT NOT NULL DEFAULT '',
  reminders_before     TEXT NOT NULL DEFAULT '',
  notices_after        TEXT NOT NULL DEFAULT '',
  threshold_minor      INTEGER NOT NULL DEFAULT 0 CHECK (threshold_minor >= 0),
  grace_days           INTEGER NOT NULL DEFAULT 0 CHECK (grace_days BETWEEN 0 AND 365),
  limit_after_days     INTEGER CHECK (limit_after_days BETWEEN 0 AND 3650),
  suspend_after_days   INTEGER CHECK (suspend_after_days BETWEEN 0 AND 3650),
  terminate_after_days INTEGER CHECK (terminate_after_days BETWEEN 0 AND 3650),
  late_fee_minor       INTEGER NOT NULL DEFAULT 0 CHECK (late_fee_minor >= 0),
  late_fee_ppm         INTEGER NOT NULL DEFAULT 0 CHECK (late_fee_ppm BETWEEN 0 AND 1000000),
  late_fee_repeats     TEXT NOT NULL DEFAULT 'once' CHECK (late_fee_repeats IN ('once', 'every_30_days')),
  late_fee_cap_minor   INTEGER CHECK (late_fee_cap_minor >= 0),
  review_required      INTEGER NOT NULL DEFAULT 0 CHECK (review_required IN (0, 1)),
  PRIMARY KEY (class_id, invoice_kind)
) STRICT;

-- One invoice and one payment for all members.
CREATE TABLE billing_group (
  id              INTEGER PRIMARY KEY,
  name            TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 300),
  contact_name    TEXT NOT NULL DEFAULT '',
  email           TEXT NOT NULL DEFAULT '',
  address         TEXT NOT NULL DEFAULT '',
  tax_number      TEXT NOT NULL DEFAULT '',
  currency        TEXT NOT NULL CHECK (length(currency) = 3),
  terms_days      INTEGER NOT NULL DEFAULT 30 CHECK (terms_days BETWEEN 0 AND 365),
  billing_day     INTEGER NOT NULL DEFAULT 1 CHECK (billing_day BETWEEN 1 AND 28),
  created_on      TEXT NOT NULL CHECK (created_on IS date(created_on)),
  last_billed_on  TEXT CHECK (last_billed_on IS date(last_billed_on)),  -- the newest billing day the pass has done
  search_key      TEXT NOT NULL,
  version         INTEGER NOT NULL DEFAULT 1,
  invoice_emails  TEXT NOT NULL DEFAULT '' CHECK (length(invoice_emails) <= 2700),   -- as of a customer
  UNIQUE (id, currency)
) STRICT;
CREATE INDEX billing_group_by_name ON billing_group (search_key, id);

CREATE TABLE customer (
  id                  INTEGER PRIMARY KEY,
  kind                TEXT NOT NULL CHECK (kind IN ('individual', 'business')),
  first_name          TEXT NOT NULL DEFAULT '' CHECK (length(first_name) <= 300),
  last_name           TEXT NOT NULL DEFAULT '' CHECK (length(last_name) <= 300),
  company_name        TEXT NOT NULL DEFAULT '' CHECK (length(company_name) <= 300),
  email               TEXT NOT NULL DEFAULT '',
  phone               TEXT NOT NULL DEFAULT '',
  registration_number TEXT NOT NULL DEFAULT '',
  vat_number          TEXT NOT NULL DEFAULT '',
  contact_person      TEXT NOT NULL DEFAULT '',
  terms_days          INTEGER CHECK (terms_days BETWEEN 0 AND 365),   -- a business's own; NULL: its class's
  tax_treatment       TEXT NOT NULL DEFAULT 'standard' CHECK (tax_treatment IN ('standard', 'exempt', 'reverse_charge')),
  class_id            INTEGER NOT NULL REFERENCES customer_class (id),
  group_id            INTEGER,
  currency            TEXT NOT NULL CHECK (length(currency) = 3),
  joined_on           TEXT NOT NULL CHECK (joined_on IS date(joined_on)),
  closed_on           TEXT CHECK (closed_on IS date(closed_on)),
  erased_on           TEXT CHECK (erased_on IS date(erased_on)),
  merged_into         INTEGER,
  root_id             INTEGER CHECK (root_id IS NOT id),              -- where merging ends; NULL: itself
  prefers_months      INTEGER CHECK (prefers_months BETWEEN 1 AND 600),
  prefers_frequency   TEXT CHECK (prefers_frequency IN ('month', 'quarter', 'half_year', 'year', 'two_years')),
  prefers_method      TEXT CHECK (prefers_method IN ('bank_transfer', 'card', 'direct_debit', 'check', 'cash')),
  prefers_channel     TEXT CHECK (prefers_channel IN ('email', 'phone', 'post', 'none')),
  prefers_text        TEXT NOT NULL DEFAULT '',                       -- categories, variants, colours
  has_billing_address INTEGER NOT NULL DEFAULT 0 CHECK (has_billing_address IN (0, 1)),   -- follows the table of addresses
  lifetime_minor      INTEGER NOT NULL DEFAULT 0,                     -- the sum of allocation_lifetime: what lists sort by
  subscription_count  INTEGER NOT NULL DEFAULT 0 CHECK (subscription_count >= 0),   -- activated ones, live and ended, of no cancelled order
  sort_key            TEXT NOT NULL,                                  -- folded name as lists sort it
  search_key          TEXT NOT NULL,                                  -- folded names, email, phone
  version             INTEGER NOT NULL DEFAULT 1,
  tax_reason          TEXT NOT NULL DEFAULT '' CHECK (length(tax_reason) <= 300 AND (tax_reason = '' OR tax_treatment = 'exempt')),   -- why it is exempt
  invoice_emails      TEXT NOT NULL DEFAULT '' CHECK (length(invoice_emails) <= 2700),   -- who invoices go to, parted by commas; '': the email
  UNIQUE (id, currency),
  FOREIGN KEY (group_id, currency) REFERENCES billing_group (id, currency),
  FOREIGN KEY (merged_into, currency) REFERENCES customer (id, currency),
  CHECK (kind = 'business' OR terms_days IS NULL OR terms_days = 0),
  CHECK (first_name <> '' OR last_name <> '' OR company_name <> '' OR erased_on IS NOT NULL),
  CHECK ((merged_into IS NULL) = (root_id IS NULL))
) STRICT;
CREATE INDEX customer_by_name ON customer (sort_key, id);
CREATE INDEX customer_by_search ON customer (search_key);
CREATE INDEX customer_by_lifetime ON customer (lifetime_minor DESC, id);
CREATE INDEX customer_by_group ON customer (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX customer_by_class ON customer (class_id);
CREATE INDEX customer_by_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX customer_without_address ON customer (id) WHERE has_billing_address = 0 AND closed_on IS NULL;
CREATE INDEX customer_by_root ON customer (root_id) WHERE root_id IS NOT NULL;

-- Who was in which group from when to when.
CREATE TABLE group_membership (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL REFERENCES billing_group (id),
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  joined_on   TEXT NOT NULL CHECK (joined_on IS date(joined_on)),
  left_on     TEXT CHECK (left_on IS date(left_on)),
  CHECK (left_on >= joined_on)
) STRICT;
CREATE UNIQUE INDEX group_membership_one_now ON group_membership (customer_id) WHERE left_on IS NULL;
CREATE INDEX group_membership_by_group ON group_membership (group_id);

-- Addresses with their history: a change closes the old row and opens a new one.
CREATE TABLE address (
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  kind        TEXT NOT NULL CHECK (kind IN ('billing', 'shipping')),
  label       TEXT NOT NULL DEFAULT '',
  line1       TEXT NOT NULL DEFAULT '',
  line2       TEXT NOT NULL DEFAULT '',
  postcode    TEXT NOT NULL DEFAULT '',
  city        TEXT NOT NULL DEFAULT '',
  region      TEXT NOT NULL DEFAULT '',
  country     TEXT NOT NULL DEFAULT '' CHECK (length(country) IN (0, 2)),
  is_default  INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
  from_on     TEXT NOT NULL CHECK (from_on IS date(from_on)),
  to_on       TEXT CHECK (to_on IS date(to_on)),
  CHECK (to_on >= from_on),
  CHECK (line1 <> '' OR city <> '' OR to_on IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX address_one_default ON address (customer_id, kind) WHERE is_default = 1 AND to_on IS NULL;
CREATE INDEX address_by_customer ON address (customer_id);

CREATE TABLE note (
  id                INTEGER PRIMARY KEY,
  customer_id       INTEGER NOT NULL REFERENCES customer (id),
  noted_on          TEXT NOT NULL CHECK (noted_on IS date(noted_on)),
  kind              TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'meeting', 'other')),
  summary           TEXT NOT NULL CHECK (length(summary) BETWEEN 1 AND 10000),
  follow_up_on      TEXT CHECK (follow_up_on IS date(follow_up_on)),
  follow_up_action  TEXT NOT NULL DEFAULT '',
  followed_up_on    TEXT CHECK (followed_up_on IS date(followed_up_on)),
  operator          TEXT NOT NULL
) STRICT;
CREATE INDEX note_by_customer ON note (customer_id, noted_on, id);
CREATE INDEX note_to_follow_up ON note (follow_up_on, id) WHERE follow_up_on IS NOT NULL AND followed_up_on IS NULL;

-- A saved filter that lists, reports and exports share.
CREATE TABLE segment (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
  filter     TEXT NOT NULL
) STRICT;

-- How a customer pays. A card is a token and four digits; its number never reaches this file.
CREATE TABLE payment_method (
  id                INTEGER PRIMARY KEY,
  customer_id       INTEGER NOT NULL REFERENCES customer (id),
  kind              TEXT NOT NULL CHECK (kind IN ('bank_transfer', 'card', 'direct_debit', 'check', 'cash')),
  brand             TEXT NOT NULL DEFAULT '' CHECK (length(brand) <= 30),
  last_four         TEXT NOT NULL DEFAULT '' CHECK (last_four = '' OR last_four GLOB '[0-9][0-9][0-9][0-9]'),
  expires_year      INTEGER CHECK (expires_year BETWEEN 2000 AND 2200),
  expires_month     INTEGER CHECK (expires_month BETWEEN 1 AND 12),
  processor         TEXT NOT NULL DEFAULT '',
  token             TEXT NOT NULL DEFAULT '',
  mandate_reference TEXT NOT NULL DEFAULT '',
  mandate_on        TEXT CHECK (mandate_on IS date(mandate_on)),
  is_default        INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
  added_on          TEXT NOT NULL CHECK (added_on IS date(added_on)),
  removed_on        TEXT CHECK (removed_on IS date(removed_on)),
  CHECK (is_default = 0 OR removed_on IS NULL)
) STRICT;
CREATE UNIQUE INDEX payment_method_one_default ON payment_method (customer_id) WHERE is_default = 1;
CREATE INDEX payment_method_by_customer ON payment_method (customer_id);
CREATE INDEX payment_method_expiring ON payment_method (expires_year, expires_month, id) WHERE kind = 'card' AND removed_on IS NULL;

---------------------------------------------------------------------------------------------------- what is rented

CREATE TABLE product (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200),
  category   TEXT NOT NULL DEFAULT '',
  version    INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE variant (
  id          INTEGER PRIMARY KEY,
  product_id  INTEGER NOT NULL REFERENCES product (id),
  name        TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  colour      TEXT NOT NULL DEFAULT '',
  price_minor INTEGER NOT NULL CHECK (price_minor BETWEEN 0 AND 100000000000),   -- list price a month
  currency    TEXT NOT NULL CHECK (length(currency) = 3),
  tax_ppm     INTEGER NOT NULL CHECK (tax_ppm BETWEEN 0 AND 1000000),
  search_key  TEXT NOT NULL,
  is_offered  INTEGER NOT NULL DEFAULT 1 CHECK (is_offered IN (0, 1)),
  version     INTEGER NOT NULL DEFAULT 1,
  UNIQUE (product_id, name),
  UNIQUE (id, currency)
) STRICT;

CREATE TABLE asset (
  id           INTEGER PRIMARY KEY,
  variant_id   INTEGER NOT NULL REFERENCES variant (id),
  serial       TEXT NOT NULL UNIQUE CHECK (length(serial) BETWEEN 1 AND 100),
  cost_minor   INTEGER NOT NULL CHECK (cost_minor BETWEEN 0 AND 100000000000),
  currency     TEXT NOT NULL CHECK (length(currency) = 3),
  state        TEXT NOT NULL DEFAULT 'in_stock' CHECK (state IN ('in_stock', 'rented', 'retired', 'sold')),
  bought_on    TEXT CHECK (bought_on IS date(bought_on)),
  version      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX asset_by_variant ON asset (variant_id, state, serial);
CREATE INDEX asset_by_serial ON asset (UPPER(REPLACE(REPLACE(serial, ' ', ''), '-', '')));

-- "order" is a word of SQL, so the table says what is ordered.
CREATE TABLE rental_order (
  id                 INTEGER PRIMARY KEY,
  customer_id        INTEGER NOT NULL,
  currency           TEXT NOT NULL,
  ordered_on         TEXT NOT NULL CHECK (ordered_on IS date(ordered_on)),
  status             TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'confirmed', 'cancelled')),
  billing_address_id INTEGER REFERENCES address (id),
  note               TEXT NOT NULL DEFAULT '',
  version            INTEGER NOT NULL DEFAULT 1,
  FOREIGN KEY (customer_id, currency) REFERENCES customer (id, currency),
  UNIQUE (id, currency),
  UNIQUE (id, customer_id, currency)
) STRICT;
CREATE INDEX rental_order_by_customer ON rental_order (customer_id, ordered_on, id);
CREATE INDEX rental_order_by_date ON rental_order (ordered_on, id);
CREATE INDEX rental_order_by_status ON rental_order (status, ordered_on, id);

CREATE TABLE order_item (
  id                  INTEGER PRIMARY KEY,
  order_id            INTEGER NOT NULL,
  currency            TEXT NOT NULL,
  position            INTEGER NOT NULL CHECK (position BETWEEN 1 AND 1000),
  variant_id          INTEGER NOT NULL,
  quantity            INTEGER NOT NULL DEFAULT 1 CHECK (quantity BETWEEN 1 AND 1000),
  asset_id            INTEGER REFERENCES asset (id),
  months              INTEGER NOT NULL CHECK (months BETWEEN 1 AND 600),
  frequency           TEXT NOT NULL DEFAULT 'month' CHECK (frequency IN ('month', 'quarter', 'half_year', 'year', 'two_years')),
  start_on            TEXT NOT NULL CHECK (start_on IS date(start_on)),
  anchor_day          INTEGER NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
  price_minor         INTEGER NOT NULL CHECK (price_minor BETWEEN 0 AND 100000000000),
  tax_ppm             INTEGER NOT NULL CHECK (tax_ppm BETWEEN 0 AND 1000000),
  deposit_minor       INTEGER NOT NULL DEFAULT 0 CHECK (deposit_minor BETWEEN 0 AND 100000000000),
  shipping_address_id INTEGER REFERENCES address (id),
  FOREIGN KEY (order_id, currency) REFERENCES rental_order (id, currency),
  FOREIGN KEY (variant_id, currency) REFERENCES variant (id, currency),
  UNIQUE (order_id, position),
  UNIQUE (id, order_id),
  CHECK (asset_id IS NULL OR quantity = 1)
) STRICT;

CREATE TABLE subscription (
  id                  INTEGER PRIMARY KEY,
  order_id            INTEGER NOT NULL,
  order_item_id       INTEGER NOT NULL,
  customer_id         INTEGER NOT NULL,
  currency            TEXT NOT NULL,
  variant_id          INTEGER NOT NULL REFERENCES variant (id),
  asset_id            INTEGER REFERENCES asset (id),
  previous_id         INTEGER REFERENCES subscription (id),          -- the one this upgraded
  shipping_address_id INTEGER REFERENCES address (id),
  status              TEXT NOT NULL CHECK (status IN ('draft', 'active', 'paused', 'suspended', 'ended', 'cancelled')),
  frequency           TEXT NOT NULL CHECK (frequency IN ('month', 'quarter', 'half_year', 'year', 'two_years')),
  start_on            TEXT NOT NULL CHECK (start_on IS date(start_on)),
  end_on              TEXT NOT NULL CHECK (end_on IS date(end_on)),   -- the first day after the contract
  anchor_day          INTEGER NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
  price_minor         INTEGER NOT NULL CHECK (price_minor BETWEEN 0 AND 100000000000),   -- a month, as agreed first
  tax_ppm             INTEGER NOT NULL CHECK (tax_ppm BETWEEN 0 AND 1000000),
  activated_on        TEXT CHECK (activated_on IS date(activated_on)),
  ended_on            TEXT CHECK (ended_on IS date(ended_on)),
  end_reason          TEXT CHECK (end_reason IN ('completed', 'bought_out', 'upgraded', 'returned_early')),
  next_index          INTEGER NOT NULL DEFAULT 0 CHECK (next_index >= 0),          -- the first period not yet materialised
  next_start_on       TEXT CHECK (next_start_on IS date(next_start_on)),           -- its first day; NULL: none is left
  version             INTEGER NOT NULL DEFAULT 1,
  agreed_end_on       TEXT CHECK (agreed_end_on IS date(agreed_end_on)),           -- the end as agreed, where a cancellation to a day to come cut it
  price_basis         TEXT NOT NULL DEFAULT 'net' CHECK (price_basis IN ('net', 'gross')),   -- whether its prices have the tax in them, as agreed
  FOREIGN KEY (order_id, customer_id, currency) REFERENCES rental_order (id, customer_id, currency),
  FOREIGN KEY (order_item_id, order_id) REFERENCES order_item (id, order_id),
  UNIQUE (id, customer_id, currency),
  CHECK (previous_id IS NOT id),
  CHECK (end_on > start_on),
  CHECK ((status = 'ended') = (end_reason IS NOT NULL)),
  CHECK (status NOT IN ('ended', 'cancelled') OR ended_on IS NOT NULL),
  CHECK (status = 'draft' OR activated_on IS NOT NULL)
) STRICT;
-- One live subscription an asset.
CREATE UNIQUE INDEX subscription_one_an_asset ON subscription (asset_id) WHERE asset_id IS NOT NULL AND status IN ('active', 'paused', 'suspended');
CREATE INDEX subscription_by_asset ON subscription (asset_id) WHERE asset_id IS NOT NULL;
CREATE INDEX subscription_by_customer ON subscription (customer_id, start_on, id, activated_on);
CREATE INDEX subscription_by_variant ON subscription (variant_id, id, status);
CREATE INDEX subscription_by_status ON subscription (status, id);
CREATE INDEX subscription_by_end ON subscription (end_on, id, status);
CREATE INDEX subscription_by_activated ON subscription (activated_on, customer_id) WHERE activated_on IS NOT NULL;
CREATE INDEX subscription_live ON subscription (customer_id, id, status) WHERE status IN ('active', 'paused', 'suspended');
CREATE INDEX subscription_by_order ON subscription (order_id);
-- What needs an asset.
CREATE INDEX subscription_without_asset ON subscription (variant_id, start_on, id) WHERE asset_id IS NULL AND status IN ('active', 'paused', 'suspended');
-- What the pass looks at: the next day something falls due, and the day a contract ends.
CREATE INDEX subscription_next ON subscription (next_start_on, id) WHERE next_start_on IS NOT NULL AND status <> 'draft' AND status <> 'paused' AND status <> 'ended' AND status <> 'cancelled';
CREATE INDEX subscription_ending ON subscription (end_on, id, currency, price_minor) WHERE status <> 'draft' AND status <> 'ended' AND status <> 'cancelled';

-- A price from a day on, before which the older one stands.
CREATE TABLE price_change (
  id              INTEGER PRIMARY KEY,
  subscription_id INTEGER NOT NULL REFERENCES subscription (id),
  from_on         TEXT NOT NULL CHECK (from_on IS date(from_on)),
  price_minor     INTEGER NOT NULL CHECK (price_minor BETWEEN 0 AND 100000000000),
  UNIQUE (subscription_id, from_on)
) STRICT;

CREATE TABLE pause (
  id              INTEGER PRIMARY KEY,
  subscription_id INTEGER NOT NULL REFERENCES subscription (id),
  from_on         TEXT NOT NULL CHECK (from_on IS date(from_on)),
  to_on           TEXT CHECK (to_on IS date(to_on)),                  -- the first day that bills again
  CHECK (to_on > from_on)
) STRICT;
CREATE UNIQUE INDEX pause_one_open ON pause (subscription_id) WHERE to_on IS NULL;
CREATE INDEX pause_by_subscription ON pause (subscription_id);

-- Periods that a person billed or cancelled out of turn, while earlier ones are still to come: the pass leaves them out.
CREATE TABLE period_ahead (
  subscription_id INTEGER NOT NULL REFERENCES subscription (id),
  period_index    INTEGER NOT NULL CHECK (period_index >= 0),
  price_minor     INTEGER CHECK (price_minor BETWEEN 0 AND 100000000000),   -- a month, as it was billed: later prices leave it alone
  PRIMARY KEY (subscription_id, period_index)
) STRICT;

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

-- One asset replaced by another inside the same contract.
CREATE TABLE asset_replacement (
  id              INTEGER PRIMARY KEY,
  subscription_id INTEGER NOT NULL REFERENCES subscription (id),
  old_asset_id    INTEGER NOT NULL REFERENCES asset (id),
  new_asset_id    INTEGER NOT NULL REFERENCES asset (id),
  replaced_on     TEXT NOT NULL CHECK (replaced_on IS date(replaced_on)),
  reason          TEXT NOT NULL DEFAULT '',
  CHECK (old_asset_id <> new_asset_id)
) STRICT;
CREATE INDEX asset_replacement_by_old ON asset_replacement (old_asset_id);

---------------------------------------------------------------------------------------------------- what is owed

CREATE TABLE invoice (
  id             INTEGER PRIMARY KEY,
  kind           TEXT NOT NULL CHECK (kind = 'regular' OR kind = 'out_of_turn' OR kind = 'consolidated'),
  state          TEXT NOT NULL DEFAULT 'draft' CHECK (state = 'draft' OR state = 'in_review' OR state = 'issued' OR state = 'void'),
  customer_id    INTEGER,
  group_id       INTEGER,
  currency       TEXT NOT NULL,
  number_year    INTEGER,
  number_seq     INTEGER CHECK (number_seq > 0),
  number         TEXT UNIQUE,
  invoiced_on    TEXT NOT NULL CHECK (invoiced_on IS date(invoiced_on)),
  due_on         TEXT NOT NULL CHECK (due_on IS date(due_on)),
  subtotal_minor INTEGER NOT NULL CHECK (subtotal_minor >= 0),
  tax_minor      INTEGER NOT NULL CHECK (tax_minor >= 0),
  total_minor    INTEGER NOT NULL,
  settled_minor  INTEGER NOT NULL DEFAULT 0,                    -- by receipts, credit notes and write-offs
  overdue_on     TEXT CHECK (overdue_on IS date(overdue_on)),   -- due + 1, written down by the pass
  payer_name     TEXT NOT NULL DEFAULT '',                      -- the payer as it was at issue
  payer_address  TEXT NOT NULL DEFAULT '',
  payer_tax_number TEXT NOT NULL DEFAULT '',
  tax_treatment  TEXT NOT NULL DEFAULT 'standard' CHECK (tax_treatment = 'standard' OR tax_treatment = 'exempt' OR tax_treatment = 'reverse_charge'),   -- the payer's at issue
  account_minor  INTEGER,                                       -- all the payer owes with this one, less its credit, at issue
  letterhead_id  INTEGER REFERENCES letterhead (id),
  about_id       INTEGER CHECK (about_id IS NOT id),            -- the late invoice a fee is for
  version        INTEGER NOT NULL DEFAULT 1,
  voided_on      TEXT CHECK (voided_on IS date(voided_on)),
  account_received_minor INTEGER,                               -- all money that had come from the payer by then, less what went back
  account_credited_minor INTEGER,                               -- all that was credited, voided and written off by then
  tax_reason     TEXT NOT NULL DEFAULT '',                      -- why the payer was exempt at issue
  FOREIGN KEY (customer_id, currency) REFERENCES customer (id, currency),
  FOREIGN KEY (group_id, currency) REFERENCES billing_group (id, currency),
  FOREIGN KEY (about_id, currency) REFERENCES invoice (id, currency),
  UNIQUE (id, currency),
  UNIQUE (number_year, number_seq),
  CHECK ((customer_id IS NULL) <> (group_id IS NULL)),
  CHECK (kind <> 'consolidated' OR group_id IS NOT NULL),
  CHECK (subtotal_minor + tax_minor = total_minor),
  CHECK (settled_minor BETWEEN 0 AND total_minor),
  CHECK (settled_minor = 0 OR state = 'issued'),
  CHECK ((number IS NULL) = (number_seq IS NULL) AND (number IS NULL) = (number_year IS NULL)),
  CHECK ((state IN ('issued', 'void')) = (number IS NOT NULL)),
  CHECK (state NOT IN ('issued', 'void') OR (letterhead_id IS NOT NULL AND payer_name <> '')),
  CHECK (due_on >= invoiced_on),
  CHECK (overdue_on IS NULL OR (overdue_on > due_on AND state IN ('issued', 'void')))
) STRICT;
CREATE INDEX invoice_by_due ON invoice (due_on, id, customer_id);
CREATE INDEX invoice_open_by_due ON invoice (due_on, id, customer_id, invoiced_on, currency, total_minor, settled_minor, number_year, number_seq) WHERE state = 'issued' AND settled_minor < total_minor;
CREATE INDEX invoice_open_by_payer ON invoice (customer_id, group_id, due_on, id, total_minor, settled_minor) WHERE state = 'issued' AND settled_minor < total_minor;
CREATE INDEX invoice_to_flag ON invoice (due_on, id) WHERE state = 'issued' AND settled_minor < total_minor AND overdue_on IS NULL;
CREATE INDEX invoice_waiting ON invoice (invoiced_on, id) WHERE state IN ('draft', 'in_review');
CREATE INDEX invoice_by_date ON invoice (invoiced_on, id, due_on, state, total_minor, settled_minor, number_year, number_seq);
CREATE INDEX invoice_by_customer ON invoice (customer_id, due_on, id) WHERE customer_id IS NOT NULL;
CREATE INDEX invoice_by_about ON invoice (about_id) WHERE about_id IS NOT NULL;
CREATE INDEX invoice_by_group ON invoice (group_id, due_on, id) WHERE group_id IS NOT NULL;
CREATE INDEX invoice_by_seq ON invoice (number_seq, id);

-- What is owed for one period (or one fee, buyout, deposit, extra line). It is also the line of its invoice.
CREATE TABLE payment (
  id              INTEGER PRIMARY KEY,
  kind            TEXT NOT NULL DEFAULT 'period' CHECK (kind = 'period' OR kind = 'deposit' OR kind = 'fee' OR kind = 'buyout' OR kind = 'extra'),
  status          TEXT NOT NULL DEFAULT 'pending' CHECK (status = 'pending' OR status = 'processing' OR status = 'paid' OR status = 'failed' OR status = 'cancelled'),
  customer_id     INTEGER NOT NULL,
  group_id        INTEGER,                                      -- billed to this group
  subscription_id INTEGER,
  currency        TEXT NOT NULL,
  period_index    INTEGER CHECK (period_index >= 0),
  period_start_on TEXT CHECK (period_start_on IS date(period_start_on)),
  period_end_on   TEXT CHECK (period_end_on IS date(period_end_on)),   -- exclusive
  due_on          TEXT NOT NULL CHECK (due_on IS date(due_on)),
  invoice_id      INTEGER,
  line            INTEGER CHECK (line BETWEEN 1 AND 100000),
  text            TEXT NOT NULL DEFAULT '' CHECK (length(text) <= 1000),
  quantity_milli  INTEGER NOT NULL DEFAULT 1000 CHECK (quantity_milli > 0),   -- thousandths
  unit_minor      INTEGER NOT NULL CHECK (unit_minor >= 0),     -- as priced, net or gross by the shop's setting
  net_minor       INTEGER NOT NULL CHECK (net_minor >= 0),
  tax_ppm         INTEGER NOT NULL CHECK (tax_ppm BETWEEN 0 AND 1000000),
  tax_minor       INTEGER NOT NULL CHECK (tax_minor >= 0),
  amount_minor    INTEGER NOT NULL CHECK (amount_minor <= 100000000000),      -- gross; final once invoiced
  settled_minor   INTEGER NOT NULL DEFAULT 0,
  refunded_minor  INTEGER NOT NULL DEFAULT 0 CHECK (refunded_minor >= 0),
  paid_on         TEXT CHECK (paid_on IS date(paid_on)),
  method          TEXT CHECK (method = 'bank_transfer' OR method = 'card' OR method = 'direct_debit' OR method = 'check' OR method = 'cash'),  -- of the last receipt that stands
  attempt_count   INTEGER NOT NULL DEFAULT 0 CHECK (attempt_count >= 0),
  version         INTEGER NOT NULL DEFAULT 1,
  serial          TEXT NOT NULL DEFAULT '',                     -- the serial number in the text, '' where there is none
  member_name     TEXT NOT NULL DEFAULT '',                     -- whose line it is, as a group's invoice said it at issue
  member_tax      TEXT NOT NULL DEFAULT '',                     -- how that member was taxed at issue where not as usual, and why
  FOREIGN KEY (customer_id, currency) REFERENCES customer (id, currency),
  FOREIGN KEY (subscription_id, customer_id, currency) REFERENCES subscription (id, customer_id, currency),
  FOREIGN KEY (invoice_id, currency) REFERENCES invoice (id, currency),
  FOREIGN KEY (group_id, currency) REFERENCES billing_group (id, currency),
  UNIQUE (id, currency),
  CHECK (net_minor + tax_minor = amount_minor),
  CHECK (settled_minor BETWEEN 0 AND amount_minor),
  CHECK (status <> 'paid' OR settled_minor = amount_minor),
  CHECK (amount_minor = 0 OR settled_minor < amount_minor OR status IN ('paid', 'cancelled')),
  CHECK ((status = 'paid') = (paid_on IS NOT NULL)),
  CHECK (settled_minor = 0 OR invoice_id IS NOT NULL),
  CHECK ((status <> 'paid' AND status <> 'processing' AND status <> 'failed') OR invoice_id IS NOT NULL),
  CHECK (kind <> 'period' OR (subscription_id IS NOT NULL AND period_start_on IS NOT NULL AND period_index IS NOT NULL)),
  CHECK ((period_start_on IS NULL) = (period_end_on IS NULL) AND (period_start_on IS NULL OR period_end_on > period_start_on)),
  CHECK ((invoice_id IS NULL) = (line IS NULL))
) STRICT;
-- Whatever runs twice: one payment a period that is not cancelled.
CREATE UNIQUE INDEX payment_once_a_period ON payment (subscription_id, period_start_on) WHERE kind = 'period' AND status <> 'cancelled';
CREATE UNIQUE INDEX payment_line ON payment (invoice_id, line) WHERE invoice_id IS NOT NULL;
CREATE INDEX payment_by_subscription ON payment (subscription_id, period_start_on) WHERE subscription_id IS NOT NULL;
CREATE INDEX payment_by_due ON payment (due_on, id, customer_id);
CREATE INDEX payment_open_by_due ON payment (due_on, id, customer_id, status, currency, amount_minor, settled_minor, invoice_id) WHERE status <> 'paid' AND status <> 'cancelled';
CREATE INDEX payment_by_status ON payment (status, due_on, id, customer_id, currency, amount_minor);
CREATE INDEX payment_by_customer ON payment (customer_id, due_on, id, status, amount_minor, paid_on, method);
CREATE INDEX payment_open_by_customer ON payment (customer_id, due_on, id) WHERE status <> 'paid' AND status <> 'cancelled';
CREATE INDEX payment_by_group ON payment (group_id, status, due_on, id) WHERE group_id IS NOT NULL;
CREATE INDEX payment_by_amount ON payment (amount_minor, due_on, id);
CREATE INDEX payment_open_by_amount ON payment (amount_minor DESC, due_on, id, status, customer_id) WHERE status <> 'paid' AND status <> 'cancelled';
CREATE INDEX payment_by_paid ON payment (paid_on, due_on, id, customer_id, method, currency, amount_minor) WHERE paid_on IS NOT NULL;
CREATE INDEX payment_open_deposit ON payment (subscription_id) WHERE kind = 'deposit' AND status <> 'paid' AND status <> 'cancelled';
CREATE INDEX payment_uninvoiced ON payment (group_id, period_start_on) WHERE invoice_id IS NULL AND status = 'pending';

-- Status changes of payments that a person or a bank made, append-only; a mistake is taken back by a row that reverses it.
CREATE TABLE payment_change (
  id          INTEGER PRIMARY KEY,
  payment_id  INTEGER NOT NULL REFERENCES payment (id),
  from_status TEXT NOT NULL,
  to_status   TEXT NOT NULL,
  changed_on  TEXT NOT NULL CHECK (changed_on IS date(changed_on)),
  reason      TEXT NOT NULL DEFAULT '',
  reverses_id INTEGER UNIQUE REFERENCES payment_change (id),
  activity_id INTEGER NOT NULL REFERENCES activity (id),
  CHECK (from_status <> to_status)
) STRICT;
CREATE INDEX payment_change_by_activity ON payment_change (activity_id);
-- In words the unique index of the column does not know: SQLite takes IS NULL there for one row, and it is most of them.
CREATE INDEX payment_change_failed ON payment_change (changed_on, payment_id) WHERE to_status = 'failed' AND COALESCE(reverses_id, 0) = 0;
CREATE INDEX payment_change_by_payment ON payment_change (payment_id);

CREATE TABLE dispute (
  id         INTEGER PRIMARY KEY,
  payment_id INTEGER NOT NULL REFERENCES payment (id),
  opened_on  TEXT NOT NULL CHECK (opened_on IS date(opened_on)),
  reason     TEXT NOT NULL CHECK (reason <> ''),
  closed_on  TEXT CHECK (closed_on IS date(closed_on)),
  outcome    TEXT,
  CHECK (closed_on >= opened_on),
  CHECK ((closed_on IS NULL) = (outcome IS NULL))
) STRICT;
CREATE UNIQUE INDEX dispute_one_open ON dispute (payment_id) WHERE closed_on IS NULL;
CREATE INDEX dispute_by_payment ON dispute (payment_id);

CREATE TABLE credit_note (
  id             INTEGER PRIMARY KEY,
  invoice_id     INTEGER NOT NULL,
  currency       TEXT NOT NULL,
  number_year    INTEGER NOT NULL,
  number_seq     INTEGER NOT NULL CHECK (number_seq > 0),
  number         TEXT NOT NULL UNIQUE,
  issued_on      TEXT NOT NULL CHECK (issued_on IS date(issued_on)),
  reason         TEXT NOT NULL CHECK (reason <> ''),
  net_minor      INTEGER NOT NULL CHECK (net_minor >= 0),
  tax_minor      INTEGER NOT NULL CHECK (tax_minor >= 0),
  total_minor    INTEGER NOT NULL CHECK (total_minor > 0),
  letterhead_id  INTEGER NOT NULL REFERENCES letterhead (id),
  FOREIGN KEY (invoice_id, currency) REFERENCES invoice (id, currency),
  UNIQUE (id, currency),
  UNIQUE (number_year, number_seq),
  CHECK (net_minor + tax_minor = total_minor)
) STRICT;
CREATE INDEX credit_note_by_invoice ON credit_note (invoice_id);
CREATE INDEX credit_note_by_date ON credit_note (issued_on, id);

CREATE TABLE credit_note_line (
  id             INTEGER PRIMARY KEY,
  credit_note_id INTEGER NOT NULL REFERENCES credit_note (id),
  payment_id     INTEGER NOT NULL REFERENCES payment (id),
  text           TEXT NOT NULL,
  net_minor      INTEGER NOT NULL CHECK (net_minor >= 0),
  tax_minor      INTEGER NOT NULL CHECK (tax_minor >= 0),
  gross_minor    INTEGER NOT NULL CHECK (gross_minor > 0),
  CHECK (net_minor + tax_minor = gross_minor)
) STRICT;
CREATE INDEX credit_note_line_by_note ON credit_note_line (credit_note_id);
CREATE INDEX credit_note_line_by_payment ON credit_note_line (payment_id);

-- Security money of a customer: a liability until it is kept, and then income of what it pays. Where an invoice was voided
-- and billed again, the newest row. Held is what receipts have paid of it; nothing is held of one nobody paid.
CREATE TABLE deposit (
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
CREATE UNIQUE INDEX deposit_one_held ON deposit (subscription_id) WHERE state = 'held';
CREATE INDEX deposit_by_subscription ON deposit (subscription_id, id);
CREATE INDEX deposit_by_state ON deposit (state, id);
CREATE INDEX deposit_by_closing ON deposit (closed_on, id) WHERE closed_on IS NOT NULL;

---------------------------------------------------------------------------------------------------- money in

-- Money that arrived.
CREATE TABLE receipt (
  id              INTEGER PRIMARY KEY,
  customer_id     INTEGER,
  group_id        INTEGER,
  currency        TEXT NOT NULL,
  number_year     INTEGER NOT NULL,
  number_seq      INTEGER NOT NULL CHECK (number_seq > 0),
  number          TEXT NOT NULL UNIQUE,
  state           TEXT NOT NULL CHECK (state = 'pending' OR state = 'cleared' OR state = 'failed' OR state = 'reversed'),
  amount_minor    INTEGER NOT NULL CHECK (amount_minor BETWEEN 1 AND 100000000000),
  allocated_minor INTEGER NOT NULL DEFAULT 0,
  refunded_minor  INTEGER NOT NULL DEFAULT 0,
  received_on     TEXT NOT NULL CHECK (received_on IS date(received_on)),
  cleared_on      TEXT CHECK (cleared_on IS date(cleared_on)),
  method          TEXT NOT NULL CHECK (method = 'bank_transfer' OR method = 'card' OR method = 'direct_debit' OR method = 'check' OR method = 'cash'),
  reference       TEXT NOT NULL DEFAULT '' CHECK (length(reference) <= 140),
  reference_key   TEXT NOT NULL DEFAULT '',                     -- folded, for search
  note            TEXT NOT NULL DEFAULT '',
  activity_id     INTEGER NOT NULL REFERENCES activity (id),
  FOREIGN KEY (customer_id, currency) REFERENCES customer (id, currency),
  FOREIGN KEY (group_id, currency) REFERENCES billing_group (id, currency),
  UNIQUE (id, currency),
  UNIQUE (number_year, number_seq),
  CHECK ((customer_id IS NULL) <> (group_id IS NULL)),
  CHECK (allocated_minor >= 0 AND refunded_minor >= 0 AND allocated_minor + refunded_minor <= amount_minor),
  CHECK (state = 'cleared' OR allocated_minor + refunded_minor = 0),
  CHECK ((state IN ('cleared', 'reversed')) = (cleared_on IS NOT NULL)),
  CHECK (cleared_on >= received_on)
) STRICT;
CREATE INDEX receipt_by_customer ON receipt (customer_id, received_on) WHERE customer_id IS NOT NULL;
CREATE INDEX receipt_by_group ON receipt (group_id, received_on) WHERE group_id IS NOT NULL;
CREATE INDEX receipt_by_reference ON receipt (reference_key) WHERE reference_key <> '';
CREATE INDEX receipt_by_day ON receipt (received_on, amount_minor);
CREATE INDEX receipt_by_activity ON receipt (activity_id);
-- The sum stands on the right: SQLite turns a comparison of a sum with a column round, and then it is not that of the index.
CREATE INDEX receipt_unapplied ON receipt (customer_id, group_id) WHERE state = 'cleared' AND amount_minor > allocated_minor + refunded_minor;

-- What a receipt that has not cleared yet is meant for.
CREATE TABLE pending_allocation (
  receipt_id   INTEGER NOT NULL REFERENCES receipt (id),
  payment_id   INTEGER NOT NULL REFERENCES payment (id),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  PRIMARY KEY (receipt_id, payment_id)
) STRICT;
CREATE INDEX pending_allocation_by_payment ON pending_allocation (payment_id);

-- A part of a receipt or credit note applied to a payment, or written off. Append-only: a reversal is a negative row
-- that points to the one it reverses.
CREATE TABLE allocation (
  id             INTEGER PRIMARY KEY,
  source         TEXT NOT NULL CHECK (source = 'receipt' OR source = 'credit_note' OR source = 'write_off'),
  receipt_id     INTEGER,
  credit_note_id INTEGER,
  payment_id     INTEGER NOT NULL,
  customer_id    INTEGER NOT NULL,                              -- the payment's, for lifetime value
  is_deposit     INTEGER NOT NULL DEFAULT 0 CHECK (is_deposit IN (0, 1)),   -- of a deposit: no income
  currency       TEXT NOT NULL,
  amount_minor   INTEGER NOT NULL CHECK (amount_minor <> 0),
  allocated_on   TEXT NOT NULL CHECK (allocated_on IS date(allocated_on)),
  status_before  TEXT NOT NULL CHECK (status_before = 'pending' OR status_before = 'processing' OR status_before = 'paid' OR status_before = 'failed'
    OR (status_before = 'cancelled' AND reverses_id IS NOT NULL)),   -- the payment's
  status_after   TEXT NOT NULL CHECK (status_after = 'pending' OR status_after = 'processing' OR status_after = 'paid' OR status_after = 'failed' OR status_after = 'cancelled'),
  reason         TEXT NOT NULL DEFAULT '',
  reverses_id    INTEGER UNIQUE REFERENCES allocation (id),
  activity_id    INTEGER NOT NULL REFERENCES activity (id),
  FOREIGN KEY (receipt_id, currency) REFERENCES receipt (id, currency),
  FOREIGN KEY (credit_note_id, currency) REFERENCES credit_note (id, currency),
  FOREIGN KEY (payment_id, currency) REFERENCES payment (id, currency),
  CHECK ((source = 'receipt') = (receipt_id IS NOT NULL)),
  CHECK ((source = 'credit_note') = (credit_note_id IS NOT NULL)),
  CHECK (source <> 'write_off' OR reason <> ''),
  CHECK (status_after <> 'cancelled' OR source = 'credit_note'),
  CHECK ((amount_minor < 0) = (reverses_id IS NOT NULL))
) STRICT;
CREATE INDEX allocation_by_payment ON allocation (payment_id, amount_minor);
CREATE INDEX allocation_by_receipt ON allocation (receipt_id, amount_minor) WHERE receipt_id IS NOT NULL;
CREATE INDEX allocation_by_credit_note ON allocation (credit_note_id, amount_minor) WHERE credit_note_id IS NOT NULL;
CREATE INDEX allocation_of_no_money ON allocation (source, payment_id, amount_minor) WHERE source <> 'receipt';
CREATE INDEX allocation_by_activity ON allocation (activity_id);
CREATE INDEX allocation_by_day ON allocation (allocated_on, source, is_deposit, currency, amount_minor, payment_id);
CREATE INDEX allocation_lifetime ON allocation (customer_id, amount_minor) WHERE source = 'receipt' AND is_deposit = 0;

-- Money that went back. Hangs on a receipt.
CREATE TABLE refund (
  id             INTEGER PRIMARY KEY,
  receipt_id     INTEGER NOT NULL,
  payment_id     INTEGER,
  credit_note_id INTEGER,
  currency       TEXT NOT NULL,
  amount_minor   INTEGER NOT NULL CHECK (amount_minor <> 0),
  refunded_on    TEXT NOT NULL CHECK (refunded_on IS date(refunded_on)),
  reason         TEXT NOT NULL CHECK (reason <> ''),
  reference      TEXT NOT NULL DEFAULT '',
  reverses_id    INTEGER UNIQUE REFERENCES refund (id),
  activity_id    INTEGER NOT NULL REFERENCES activity (id),
  FOREIGN KEY (receipt_id, currency) REFERENCES receipt (id, currency),
  FOREIGN KEY (payment_id, currency) REFERENCES payment (id, currency),
  FOREIGN KEY (credit_note_id, currency) REFERENCES credit_note (id, currency),
  CHECK ((amount_minor < 0) = (reverses_id IS NOT NULL))
) STRICT;
CREATE INDEX refund_by_receipt ON refund (receipt_id, amount_minor);
CREATE INDEX refund_by_payment ON refund (payment_id, amount_minor) WHERE payment_id IS NOT NULL;
CREATE INDEX refund_by_credit_note ON refund (credit_note_id, amount_minor) WHERE credit_note_id IS NOT NULL;
CREATE INDEX refund_by_activity ON refund (activity_id);

-- One try to charge a card or collect a debit.
CREATE TABLE charge_attempt (
  id                  INTEGER PRIMARY KEY,
  payment_id          INTEGER NOT NULL,
  payment_method_id   INTEGER REFERENCES payment_method (id),
  currency            TEXT NOT NULL,
  amount_minor        INTEGER NOT NULL CHECK (amount_minor > 0),
  state               TEXT NOT NULL CHECK (state IN ('created', 'sent', 'pending', 'settled', 'declined', 'needs_customer', 'void')),
  attempted_on        TEXT NOT NULL CHECK (attempted_on IS date(attempted_on)),
  offset_days         INTEGER,
  idempotency_key     TEXT NOT NULL UNIQUE,
  processor           TEXT NOT NULL DEFAULT 'manual',
  processor_reference TEXT NOT NULL DEFAULT '',
  decline_reason      TEXT CHECK (decline_reason IN ('declined', 'insufficient_funds', 'expired_card', 'bank_rejection', 'other')),
  decline_kind        TEXT CHECK (decline_kind IN ('soft', 'hard', 'fix', 'authenticate')),
  decline_text        TEXT NOT NULL DEFAULT '',
  receipt_id          INTEGER,
  activity_id         INTEGER NOT NULL REFERENCES activity (id),
  FOREIGN KEY (payment_id, currency) REFERENCES payment (id, currency),
  FOREIGN KEY (receipt_id, currency) REFERENCES receipt (id, currency),
  CHECK ((state = 'declined') = (decline_reason IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX charge_attempt_one_open ON charge_attempt (payment_id) WHERE state IN ('created', 'sent', 'pending');
CREATE INDEX charge_attempt_by_payment ON charge_attempt (payment_id);
CREATE INDEX charge_attempt_by_activity ON charge_attempt (activity_id);
CREATE INDEX charge_attempt_by_day ON charge_attempt (attempted_on, state);
CREATE INDEX charge_attempt_declined ON charge_attempt (attempted_on, payment_id) WHERE state = 'declined';

---------------------------------------------------------------------------------------------------- collections, mail, bank

-- A promise to pay holds the steps back until then.
CREATE TABLE promise (
  id          INTEGER PRIMARY KEY,
  invoice_id  INTEGER NOT NULL REFERENCES invoice (id),
  made_on     TEXT NOT NULL CHECK (made_on IS date(made_on)),
  promised_on TEXT NOT NULL CHECK (promised_on IS date(promised_on)),
  note        TEXT NOT NULL DEFAULT '',
  CHECK (promised_on >= made_on)
) STRICT;
CREATE INDEX promise_by_invoice ON promise (invoice_id, promised_on);

-- Each step of collection once an invoice (a repeated fee counts n up).
CREATE TABLE collection_step (
  invoice_id     INTEGER NOT NULL REFERENCES invoice (id),
  step           TEXT NOT NULL CHECK (step IN ('reminder', 'notice', 'fee', 'limit', 'suspend', 'terminate')),
  n              INTEGER NOT NULL CHECK (n > 0),
  done_on        TEXT NOT NULL CHECK (done_on IS date(done_on)),
  fee_invoice_id INTEGER UNIQUE REFERENCES invoice (id),
  PRIMARY KEY (invoice_id, step, n),
  CHECK (fee_invoice_id IS NULL OR step = 'fee')
) STRICT;

-- Messages to customers, queued in the transaction of the event they tell of; the final bytes stand here.
CREATE TABLE outbox_message (
  id          INTEGER PRIMARY KEY,
  dedup_key   TEXT NOT NULL UNIQUE,
  kind        TEXT NOT NULL,
  channel     TEXT NOT NULL DEFAULT 'email' CHECK (channel IN ('email', 'phone', 'post', 'none')),
  customer_id INTEGER REFERENCES customer (id),
  group_id    INTEGER REFERENCES billing_group (id),
  invoice_id  INTEGER REFERENCES invoice (id),
  state       TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'bounced', 'held', 'cancelled')),
  recipient   TEXT NOT NULL DEFAULT '',
  subject     TEXT NOT NULL DEFAULT '',
  body        TEXT NOT NULL DEFAULT '',
  attachment  BLOB,
  message_id  TEXT NOT NULL UNIQUE,
  queued_at   TEXT NOT NULL,
  next_try_at TEXT,
  try_count   INTEGER NOT NULL DEFAULT 0 CHECK (try_count >= 0),
  sent_at     TEXT,
  last_error  TEXT NOT NULL DEFAULT '',
  search_key  TEXT NOT NULL DEFAULT '',                         -- folded address and subject
  credit_note_id INTEGER REFERENCES credit_note (id)             -- the paper with it, where that is no invoice
) STRICT;
CREATE INDEX outbox_by_search ON outbox_message (search_key);
CREATE INDEX outbox_by_state ON outbox_message (state, id);
CREATE INDEX outbox_waiting ON outbox_message (next_try_at, id) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_by_invoice ON outbox_message (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX outbox_by_customer ON outbox_message (customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE bank_profile (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  content    TEXT NOT NULL
) STRICT;

CREATE TABLE bank_statement (
  id             INTEGER PRIMARY KEY,
  account        TEXT NOT NULL,
  file_name      TEXT NOT NULL,
  from_on        TEXT CHECK (from_on IS date(from_on)),
  to_on          TEXT CHECK (to_on IS date(to_on)),
  opening_minor  INTEGER,
  closing_minor  INTEGER,
  currency       TEXT NOT NULL,
  imported_on    TEXT NOT NULL CHECK (imported_on IS date(imported_on)),
  activity_id    INTEGER NOT NULL REFERENCES activity (id)
) STRICT;

-- The same line imported twice is seen once; two real equal lines differ in occurrence.
CREATE TABLE bank_line (
  id            INTEGER PRIMARY KEY,
  statement_id  INTEGER NOT NULL REFERENCES bank_statement (id),
  account       TEXT NOT NULL,
  line_key      TEXT NOT NULL,
  occurrence    INTEGER NOT NULL CHECK (occurrence > 0),
  booked_on     TEXT NOT NULL CHECK (booked_on IS date(booked_on)),
  amount_minor  INTEGER NOT NULL,
  currency      TEXT NOT NULL,
  payer_name    TEXT NOT NULL DEFAULT '',
  payer_iban    TEXT NOT NULL DEFAULT '',
  text          TEXT NOT NULL DEFAULT '',
  state         TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'booked', 'ignored')),
  receipt_id    INTEGER UNIQUE,
  FOREIGN KEY (receipt_id, currency) REFERENCES receipt (id, currency),
  UNIQUE (account, line_key, occurrence),
  CHECK (receipt_id IS NULL OR state = 'booked')
) STRICT;
CREATE INDEX bank_line_open ON bank_line (booked_on, id) WHERE state = 'open';

-- Who paid from which account or under which name before.
CREATE TABLE known_payer (
  payer_key   TEXT NOT NULL,
  customer_id INTEGER REFERENCES customer (id),
  group_id    INTEGER REFERENCES billing_group (id),
  seen_on     TEXT NOT NULL CHECK (seen_on IS date(seen_on)),
  PRIMARY KEY (payer_key),
  CHECK ((customer_id IS NULL) <> (group_id IS NULL))
) STRICT;

---------------------------------------------------------------------------------------------------- the log

-- What was done, by whom and when: ids, codes and amounts. Append-only, each row chained to the one before.
CREATE TABLE activity (
  id           INTEGER PRIMARY KEY,
  at           TEXT NOT NULL,
  business_on  TEXT NOT NULL CHECK (business_on IS date(business_on)),
  operator     TEXT NOT NULL CHECK (operator <> ''),
  host         TEXT NOT NULL,
  pid          INTEGER NOT NULL,
  program      TEXT NOT NULL,
  action       TEXT NOT NULL CHECK (action <> ''),
  customer_id  INTEGER REFERENCES customer (id),
  subject      TEXT NOT NULL DEFAULT '',                        -- kind and id of the row it is about, `invoice:17`
  details      TEXT NOT NULL DEFAULT '{}',                      -- ids, codes, amounts as JSON; what undo needs
  is_undoable  INTEGER NOT NULL DEFAULT 0 CHECK (is_undoable IN (0, 1)),
  undoes_id    INTEGER UNIQUE REFERENCES activity (id),
  text_digest  TEXT,                                            -- salted digest of the personal text beside it
  digest       TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX activity_by_customer ON activity (customer_id, id) WHERE customer_id IS NOT NULL;
-- What people did, passes left out: where undo and redo look for the newest.
CREATE INDEX activity_by_operator ON activity (operator, id) WHERE action <> 'pass' AND action <> 'pass_overdue' AND action <> 'pass_ended' AND action <> 'pass_done';
CREATE INDEX activity_by_action ON activity (action, id);
CREATE INDEX activity_by_subject ON activity (subject, id);

-- Personal text of an activity; the one part of the log that erasing a customer clears.
CREATE TABLE activity_text (
  activity_id INTEGER PRIMARY KEY REFERENCES activity (id),
  salt        TEXT NOT NULL,
  text        TEXT NOT NULL
) STRICT;

-- Which rows changed that the ledger in memory holds: who knows a number takes in what came after it, and reads all anew
-- where that is told no more. The last ten thousand stay; never without the newest, or a number would come twice.
CREATE TABLE change (
  seq    INTEGER PRIMARY KEY,
  kind   TEXT NOT NULL CHECK (kind = 'payment' OR kind = 'invoice' OR kind = 'customer' OR kind = 'group'),
  row_id INTEGER NOT NULL
) STRICT;

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

---------------------------------------------------------------------------------------------------- SQLite's own
-- From here on: what another engine says in its own words. Triggers refuse what must never happen, whoever asks.

-- States move as the trade knows them, and in no other way.
CREATE TRIGGER order_moves BEFORE UPDATE OF status ON rental_order
WHEN OLD.status <> NEW.status AND OLD.status || '>' || NEW.status NOT IN ('draft>confirmed', 'draft>cancelled', 'confirmed>cancelled')
BEGIN SELECT RAISE(ABORT, 'an order cannot go from one of these states to the other'); END;

CREATE TRIGGER order_cancelled_too_late BEFORE UPDATE OF status ON rental_order
WHEN NEW.status = 'cancelled'
 AND EXISTS (SELECT 1 FROM payment p JOIN subscription s ON s.id = p.subscription_id
             WHERE s.order_id = OLD.id AND p.invoice_id IS NOT NULL AND p.status <> 'cancelled')
BEGIN SELECT RAISE(ABORT, 'an order with invoices cannot be cancelled'); END;

-- What is over comes back by undo alone: the newest activity takes another one back. The same holds for assets and deposits.
CREATE TRIGGER subscription_moves BEFORE UPDATE OF status ON subscription
WHEN OLD.status <> NEW.status AND OLD.status || '>' || NEW.status NOT IN (
  'draft>active', 'draft>cancelled', 'active>paused', 'paused>active', 'active>suspended', 'suspended>active',
  'active>ended', 'paused>ended', 'suspended>ended', 'active>cancelled', 'paused>cancelled', 'suspended>cancelled')
 AND NOT (OLD.status IN ('ended', 'cancelled') AND NEW.status IN ('active', 'paused', 'suspended') AND EXISTS (
   SELECT 1 FROM activity WHERE id = (SELECT MAX(id) FROM activity) AND undoes_id IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'a subscription cannot go from one of these states to the other'); END;

CREATE TRIGGER asset_moves BEFORE UPDATE OF state ON asset
WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
  'in_stock>rented', 'rented>in_stock', 'in_stock>retired', 'in_stock>sold', 'rented>sold')
 AND NOT (OLD.state IN ('retired', 'sold') AND NEW.state <> 'retired' AND NEW.state <> 'sold' AND EXISTS (
   SELECT 1 FROM activity WHERE id = (SELECT MAX(id) FROM activity) AND undoes_id IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'an asset cannot go from one of these states to the other'); END;

CREATE TRIGGER receipt_moves BEFORE UPDATE OF state ON receipt
WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ('pending>cleared', 'pending>failed', 'cleared>reversed')
 AND NOT (OLD.state || '>' || NEW.state IN ('cleared>pending', 'failed>pending', 'reversed>cleared') AND EXISTS (
   SELECT 1 FROM activity WHERE id = (SELECT MAX(id) FROM activity) AND undoes_id IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'a receipt cannot go from one of these states to the other'); END;

CREATE TRIGGER attempt_moves BEFORE UPDATE OF state ON charge_attempt
WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
  'created>sent', 'created>void', 'sent>pending', 'sent>settled', 'sent>declined', 'sent>needs_customer', 'sent>void',
  'pending>settled', 'pending>declined', 'pending>needs_customer', 'pending>void', 'needs_customer>void')
 AND NOT (OLD.state || '>' || NEW.state IN ('settled>sent', 'declined>sent') AND EXISTS (
   SELECT 1 FROM activity WHERE id = (SELECT MAX(id) FROM activity) AND undoes_id IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'an attempt cannot go from one of these states to the other'); END;

CREATE TRIGGER outbox_moves BEFORE UPDATE OF state ON outbox_message
WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
  'queued>sending', 'queued>held', 'queued>cancelled', 'held>queued', 'held>cancelled',
  'sending>sent', 'sending>bounced', 'sending>queued', 'sending>held', 'sending>cancelled')
BEGIN SELECT RAISE(ABORT, 'a message cannot go from one of these states to the other'); END;

-- Payments move by their table. Paid is left only where the money is gone again (a check of the table sees to that; a line
-- of nothing may be withdrawn), cancelled only by the newest change or allocation being the one that reverses the cancelling.
CREATE TRIGGER payment_moves BEFORE UPDATE OF status ON payment
WHEN OLD.status <> NEW.status
 AND NOT CASE OLD.status
   WHEN 'pending' THEN NEW.status = 'processing' OR NEW.status = 'paid' OR NEW.status = 'cancelled'
   WHEN 'processing' THEN NEW.status = 'paid' OR NEW.status = 'failed' OR NEW.status = 'pending'
   WHEN 'failed' THEN NEW.status = 'processing' OR NEW.status = 'paid' OR NEW.status = 'cancelled'
   WHEN 'paid' THEN NEW.status = 'pending' OR NEW.status = 'processing' OR NEW.status = 'failed'
   ELSE 0 END
 AND NOT (OLD.status = 'paid' AND NEW.status = 'cancelled' AND NEW.amount_minor = 0)
 AND NOT EXISTS (SELECT 1 FROM payment_change c WHERE c.id = (SELECT MAX(id) FROM payment_change WHERE payment_id = NEW.id)
                 AND c.reverses_id IS NOT NULL AND c.from_status = OLD.status AND c.to_status = NEW.status)
 AND NOT (OLD.status = 'cancelled' AND EXISTS (
   SELECT 1 FROM allocation a WHERE a.id = (SELECT MAX(id) FROM allocation WHERE payment_id = NEW.id)
    AND a.reverses_id IS NOT NULL AND a.status_before = OLD.status AND a.status_after = NEW.status))
BEGIN SELECT RAISE(ABORT, 'a payment cannot go from one of these states to the other'); END;

CREATE TRIGGER payment_moves_with_its_invoice BEFORE UPDATE OF status ON payment
WHEN (NEW.status = 'processing' OR NEW.status = 'paid' OR NEW.status = 'failed')
 AND (SELECT state FROM invoice WHERE id = NEW.invoice_id) IS NOT 'issued'
BEGIN SELECT RAISE(ABORT, 'only a payment on an issued invoice is paid or on its way'); END;

CREATE TRIGGER payment_stays_withdrawn BEFORE UPDATE OF status ON payment
WHEN NEW.status <> 'cancelled' AND (SELECT state FROM invoice WHERE id = NEW.invoice_id) = 'void'
BEGIN SELECT RAISE(ABORT, 'a payment of a void invoice stays cancelled'); END;

-- What stands on an issued invoice is owed until something settles it.
CREATE TRIGGER payment_cancelled_whole BEFORE UPDATE OF status ON payment
WHEN NEW.status = 'cancelled' AND NEW.settled_minor < NEW.amount_minor
 AND (SELECT state FROM invoice WHERE id = NEW.invoice_id) = 'issued'
BEGIN SELECT RAISE(ABORT, 'a line of an issued invoice is cancelled by a credit note over all of it'); END;

CREATE TRIGGER payment_change_fits BEFORE INSERT ON payment_change
WHEN NEW.from_status <> (SELECT status FROM payment WHERE id = NEW.payment_id)
  OR (NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM payment_change c WHERE c.id = NEW.reverses_id
      AND c.payment_id = NEW.payment_id AND c.from_status = NEW.to_status AND c.to_status = NEW.from_status))
BEGIN SELECT RAISE(ABORT, 'a status change starts from the status the payment has'); END;

-- `INSERT OR IGNORE` makes a statement inside a trigger skip what a check refuses: so it looks whether it did something.
CREATE TRIGGER payment_change_takes_effect AFTER INSERT ON payment_change
BEGIN
  UPDATE payment SET status = NEW.to_status, paid_on = CASE WHEN NEW.to_status = 'paid' THEN NEW.changed_on END
   WHERE id = NEW.payment_id;
  SELECT RAISE(ABORT, 'a status change takes effect or is not written') WHERE changes() <> 1;
END;

-- A customer knows whether there is an address to send invoices to.
CREATE TRIGGER address_added AFTER INSERT ON address
BEGIN
  UPDATE customer SET has_billing_address = EXISTS (SELECT 1 FROM address a WHERE a.customer_id = NEW.customer_id
    AND a.kind = 'billing' AND a.is_default = 1 AND a.to_on IS NULL) WHERE id = NEW.customer_id;
END;

CREATE TRIGGER address_changed AFTER UPDATE OF is_default, to_on, kind ON address
BEGIN
  UPDATE customer SET has_billing_address = EXISTS (SELECT 1 FROM address a WHERE a.customer_id = NEW.customer_id
    AND a.kind = 'billing' AND a.is_default = 1 AND a.to_on IS NULL) WHERE id = NEW.customer_id;
END;

CREATE TRIGGER address_removed AFTER DELETE ON address
BEGIN
  UPDATE customer SET has_billing_address = EXISTS (SELECT 1 FROM address a WHERE a.customer_id = OLD.customer_id
    AND a.kind = 'billing' AND a.is_default = 1 AND a.to_on IS NULL) WHERE id = OLD.customer_id;
END;

CREATE TRIGGER address_stays BEFORE UPDATE OF customer_id ON address
BEGIN SELECT RAISE(ABORT, 'an address stays with its customer'); END;

CREATE TRIGGER customer_address_is_there BEFORE UPDATE OF has_billing_address ON customer
WHEN NEW.has_billing_address <> EXISTS (SELECT 1 FROM address WHERE customer_id = NEW.id AND kind = 'billing' AND is_default = 1
                                        AND to_on IS NULL)
BEGIN SELECT RAISE(ABORT, 'whether a customer has an address is told by the addresses'); END;

-- A customer knows how many subscriptions it ever had; those of a cancelled order, also of an upgrade taken back, are none.
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

CREATE TRIGGER customer_lifetime_is_the_sum BEFORE UPDATE OF lifetime_minor ON customer
WHEN NEW.lifetime_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM allocation
                            WHERE customer_id = NEW.id AND source = 'receipt' AND is_deposit = 0)
BEGIN SELECT RAISE(ABORT, 'the lifetime value of a customer is the sum of what receipts paid'); END;

-- A draft becomes an issued document in one step: next number, lines that add up and belong to its payer.
CREATE TRIGGER invoice_starts_as_draft BEFORE INSERT ON invoice
WHEN NEW.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'an invoice starts as a draft'); END;

CREATE TRIGGER invoice_moves BEFORE UPDATE OF state ON invoice
WHEN OLD.state <> NEW.state
 AND NOT CASE OLD.state
   WHEN 'draft' THEN NEW.state = 'in_review' OR NEW.state = 'issued'
   WHEN 'in_review' THEN NEW.state = 'issued'
   WHEN 'issued' THEN NEW.state = 'void'
   ELSE 0 END
BEGIN SELECT RAISE(ABORT, 'an invoice cannot go from one of these states to the other'); END;

CREATE TRIGGER invoice_issue BEFORE UPDATE OF state ON invoice
WHEN NEW.state = 'issued' AND OLD.state <> 'issued'
BEGIN
  SELECT RAISE(ABORT, 'an invoice takes the next number, no other')
   WHERE NEW.number_seq IS NOT 1 + (SELECT last FROM number_series WHERE kind = 'invoice' AND year = NEW.number_year);
  SELECT RAISE(ABORT, 'an invoice is the sum of its lines')
   WHERE (SELECT COALESCE(SUM(net_minor), 0) FROM payment WHERE invoice_id = NEW.id) <> NEW.subtotal_minor
      OR (SELECT COALESCE(SUM(amount_minor), 0) FROM payment WHERE invoice_id = NEW.id) <> NEW.total_minor
      OR NOT EXISTS (SELECT 1 FROM payment WHERE invoice_id = NEW.id);
  SELECT RAISE(ABORT, 'the lines of an invoice are its payer''s, open and due with it')
   WHERE EXISTS (SELECT 1 FROM payment WHERE invoice_id = NEW.id
                 AND (due_on <> NEW.due_on OR group_id IS NOT NEW.group_id OR status <> 'pending'
                      OR (NEW.customer_id IS NOT NULL AND customer_id <> NEW.customer_id)));
END;

CREATE TRIGGER invoice_number_given AFTER UPDATE OF state ON invoice
WHEN NEW.state = 'issued' AND OLD.state <> 'issued'
BEGIN UPDATE number_series SET last = NEW.number_seq WHERE kind = 'invoice' AND year = NEW.number_year; END;

CREATE TRIGGER invoice_void_settled BEFORE UPDATE OF state ON invoice
WHEN NEW.state = 'void' AND (OLD.settled_minor <> 0 OR EXISTS (SELECT 1 FROM credit_note WHERE invoice_id = NEW.id))
BEGIN SELECT RAISE(ABORT, 'an invoice with settled money or a credit note cannot be voided'); END;

CREATE TRIGGER invoice_void_lines AFTER UPDATE OF state ON invoice
WHEN NEW.state = 'void'
BEGIN UPDATE payment SET status = 'cancelled', paid_on = NULL WHERE invoice_id = NEW.id AND status <> 'cancelled'; END;

CREATE TRIGGER invoice_frozen BEFORE UPDATE OF
  id, kind, customer_id, group_id, currency, number_year, number_seq, number, invoiced_on, due_on, subtotal_minor, tax_minor,
  total_minor, payer_name, payer_address, payer_tax_number, tax_treatment, account_minor,
  account_received_minor, account_credited_minor, letterhead_id, about_id, tax_reason ON invoice
WHEN OLD.state IN ('issued', 'void')
BEGIN SELECT RAISE(ABORT, 'an issued invoice never changes'); END;

CREATE TRIGGER invoice_voided_on_a_day BEFORE UPDATE OF state ON invoice
WHEN NEW.state = 'void' AND NEW.voided_on IS NULL
BEGIN SELECT RAISE(ABORT, 'a void invoice carries the day of its void'); END;

CREATE TRIGGER invoice_voided_once BEFORE UPDATE OF voided_on ON invoice
WHEN OLD.voided_on IS NOT NULL OR NEW.state <> 'void'
BEGIN SELECT RAISE(ABORT, 'an issued invoice never changes'); END;

CREATE TRIGGER invoice_settled_is_the_sum BEFORE UPDATE OF settled_minor ON invoice
WHEN NEW.settled_minor <> (SELECT COALESCE(SUM(settled_minor), 0) FROM payment WHERE invoice_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'what is settled on an invoice is what is settled on its lines'); END;

CREATE TRIGGER invoice_overdue_once BEFORE UPDATE OF overdue_on ON invoice
WHEN OLD.overdue_on IS NOT NULL OR NEW.overdue_on IS NOT date(OLD.due_on, '+1 day')
BEGIN SELECT RAISE(ABORT, 'an invoice became overdue on the day after its due day'); END;

CREATE TRIGGER invoice_kept BEFORE DELETE ON invoice
WHEN OLD.number IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an issued invoice is never deleted'); END;

CREATE TRIGGER number_series_steps BEFORE UPDATE ON number_series
WHEN NEW.last <> OLD.last + 1
BEGIN SELECT RAISE(ABORT, 'numbers go up by one'); END;

CREATE TRIGGER number_series_given BEFORE UPDATE ON number_series
WHEN NOT CASE NEW.kind
  WHEN 'invoice' THEN EXISTS (SELECT 1 FROM invoice WHERE number_year = NEW.year AND number_seq = NEW.last)
  WHEN 'receipt' THEN EXISTS (SELECT 1 FROM receipt WHERE number_year = NEW.year AND number_seq = NEW.last)
  ELSE EXISTS (SELECT 1 FROM credit_note WHERE number_year = NEW.year AND number_seq = NEW.last) END
BEGIN SELECT RAISE(ABORT, 'a number is given with its document, never before'); END;

CREATE TRIGGER number_series_starts BEFORE INSERT ON number_series
WHEN NEW.last <> 0
BEGIN SELECT RAISE(ABORT, 'numbers start at one'); END;

CREATE TRIGGER number_series_kept BEFORE DELETE ON number_series
BEGIN SELECT RAISE(ABORT, 'a number series is never deleted'); END;

-- The lines of an issued invoice are frozen with it.
CREATE TRIGGER payment_starts_open BEFORE INSERT ON payment
WHEN NEW.status <> 'pending' OR NEW.settled_minor <> 0 OR NEW.refunded_minor <> 0 OR NEW.method IS NOT NULL OR NEW.attempt_count <> 0
BEGIN SELECT RAISE(ABORT, 'a payment starts pending with nothing settled'); END;

-- A day of a subscription is billed once. The period before the new one's last day is the only one that can reach into it.
CREATE TRIGGER payment_days_once BEFORE INSERT ON payment
WHEN NEW.kind = 'period' AND NEW.period_start_on < (
  SELECT period_end_on FROM payment WHERE subscription_id = NEW.subscription_id AND kind = 'period' AND status <> 'cancelled'
    AND period_start_on < NEW.period_end_on ORDER BY period_start_on DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'a day of a subscription is billed once'); END;

CREATE TRIGGER payment_days_stay_once BEFORE UPDATE OF kind, status, subscription_id, period_start_on, period_end_on ON payment
WHEN NEW.kind = 'period' AND NEW.status <> 'cancelled'
 AND (OLD.status = 'cancelled' OR OLD.kind <> NEW.kind OR OLD.subscription_id IS NOT NEW.subscription_id
      OR OLD.period_start_on IS NOT NEW.period_start_on OR OLD.period_end_on IS NOT NEW.period_end_on)
 AND NEW.period_start_on < (
  SELECT period_end_on FROM payment WHERE subscription_id = NEW.subscription_id AND kind = 'period' AND status <> 'cancelled'
    AND id <> NEW.id AND period_start_on < NEW.period_end_on ORDER BY period_start_on DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'a day of a subscription is billed once'); END;

CREATE TRIGGER payment_joins_a_draft BEFORE INSERT ON payment
WHEN (SELECT state FROM invoice WHERE id = NEW.invoice_id) NOT IN ('draft', 'in_review')
BEGIN SELECT RAISE(ABORT, 'an issued invoice takes no more lines'); END;

CREATE TRIGGER payment_moves_to_a_draft BEFORE UPDATE OF invoice_id ON payment
WHEN (SELECT state FROM invoice WHERE id = NEW.invoice_id) NOT IN ('draft', 'in_review')
BEGIN SELECT RAISE(ABORT, 'an issued invoice takes no more lines'); END;

CREATE TRIGGER payment_frozen BEFORE UPDATE OF
  id, kind, customer_id, group_id, subscription_id, currency, period_index, period_start_on, period_end_on, due_on, invoice_id,
  line, text, serial, member_name, member_tax, quantity_milli, unit_minor, net_minor, tax_ppm, tax_minor, amount_minor ON payment
WHEN (SELECT state FROM invoice WHERE id = OLD.invoice_id) IN ('issued', 'void')
BEGIN SELECT RAISE(ABORT, 'a line of an issued invoice never changes'); END;

CREATE TRIGGER payment_kept BEFORE DELETE ON payment
BEGIN SELECT RAISE(ABORT, 'a payment is cancelled, never deleted'); END;

CREATE TRIGGER payment_settled_is_the_sum BEFORE UPDATE OF settled_minor ON payment
WHEN NEW.settled_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM allocation WHERE payment_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'what is settled on a payment is the sum of its allocations'); END;

CREATE TRIGGER payment_settles_its_invoice AFTER UPDATE OF settled_minor ON payment
BEGIN UPDATE invoice SET settled_minor = settled_minor + NEW.settled_minor - OLD.settled_minor WHERE id = NEW.invoice_id; END;

CREATE TRIGGER payment_paid_by_money BEFORE UPDATE OF paid_on ON payment
WHEN NEW.paid_on IS NOT NULL AND NEW.amount_minor > 0
 AND NEW.paid_on IS NOT (SELECT MAX(a.allocated_on) FROM allocation a WHERE a.payment_id = NEW.id AND a.amount_minor > 0
                         AND NOT EXISTS (SELECT 1 FROM allocation x WHERE x.reverses_id = a.id))
BEGIN SELECT RAISE(ABORT, 'a payment is paid on the day its last part took effect'); END;

CREATE TRIGGER payment_method_of_money BEFORE UPDATE OF method ON payment
WHEN NEW.method IS NOT (
  SELECT r.method FROM allocation a JOIN receipt r ON r.id = a.receipt_id
   WHERE a.payment_id = NEW.id AND a.amount_minor > 0 AND NOT EXISTS (SELECT 1 FROM allocation x WHERE x.reverses_id = a.id)
   ORDER BY a.id DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'a payment''s method is that of the last receipt that stands'); END;

CREATE TRIGGER payment_refunded_is_the_sum BEFORE UPDATE OF refunded_minor ON payment
WHEN NEW.refunded_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM refund WHERE payment_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'what is refunded on a payment is the sum of its refunds'); END;

-- Money in: receipts, allocations and refunds are written once; a mistake is reversed.
CREATE TRIGGER receipt_number BEFORE INSERT ON receipt
WHEN NEW.number_seq IS NOT 1 + (SELECT last FROM number_series WHERE kind = 'receipt' AND year = NEW.number_year)
  OR NEW.state NOT IN ('pending', 'cleared') OR NEW.allocated_minor <> 0 OR NEW.refunded_minor <> 0
BEGIN SELECT RAISE(ABORT, 'a receipt takes the next number and starts with nothing allocated'); END;

CREATE TRIGGER receipt_number_given AFTER INSERT ON receipt
BEGIN UPDATE number_series SET last = NEW.number_seq WHERE kind = 'receipt' AND year = NEW.number_year; END;

CREATE TRIGGER receipt_frozen BEFORE UPDATE OF
  id, customer_id, group_id, currency, number_year, number_seq, number, amount_minor, received_on, method, reference, reference_key,
  note, activity_id ON receipt
BEGIN SELECT RAISE(ABORT, 'a receipt never changes: reverse it and enter it again'); END;

CREATE TRIGGER receipt_clears_once BEFORE UPDATE OF cleared_on ON receipt
WHEN OLD.cleared_on IS NOT NULL AND NEW.cleared_on IS NOT OLD.cleared_on AND NEW.state <> 'pending'
BEGIN SELECT RAISE(ABORT, 'a receipt clears once'); END;

CREATE TRIGGER receipt_kept BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'a receipt is never deleted'); END;

CREATE TRIGGER receipt_allocated_is_the_sum BEFORE UPDATE OF allocated_minor ON receipt
WHEN NEW.allocated_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM allocation WHERE receipt_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'what is allocated of a receipt is the sum of its allocations'); END;

CREATE TRIGGER receipt_refunded_is_the_sum BEFORE UPDATE OF refunded_minor ON receipt
WHEN NEW.refunded_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM refund WHERE receipt_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'what is refunded of a receipt is the sum of its refunds'); END;

-- Money on its way is meant for what its payer owes, and never for more than it is.
CREATE TRIGGER pending_allocation_fits BEFORE INSERT ON pending_allocation
WHEN NOT EXISTS (SELECT 1 FROM receipt r JOIN payment p ON p.id = NEW.payment_id
                 WHERE r.id = NEW.receipt_id AND r.state = 'pending' AND NEW.amount_minor <= p.amount_minor - p.settled_minor
                   AND NEW.amount_minor + (SELECT COALESCE(SUM(amount_minor), 0) FROM pending_allocation
                                           WHERE receipt_id = NEW.receipt_id) <= r.amount_minor)
BEGIN SELECT RAISE(ABORT, 'money on its way is meant for no more than it is or is owed'); END;

CREATE TRIGGER pending_allocation_payer BEFORE INSERT ON pending_allocation
WHEN NOT EXISTS (
  SELECT 1 FROM receipt r JOIN payment p ON p.id = NEW.payment_id
  WHERE r.id = NEW.receipt_id AND (
    (r.group_id IS NOT NULL AND r.group_id = p.group_id)
    OR (r.customer_id IS NOT NULL AND (r.customer_id = p.customer_id
        OR (SELECT COALESCE(root_id, id) FROM customer WHERE id = r.customer_id)
         = (SELECT COALESCE(root_id, id) FROM customer WHERE id = p.customer_id)))))
BEGIN SELECT RAISE(ABORT, 'a receipt pays only what its own payer owes'); END;

CREATE TRIGGER pending_allocation_frozen BEFORE UPDATE ON pending_allocation
BEGIN SELECT RAISE(ABORT, 'what money on its way is meant for never changes'); END;

CREATE TRIGGER allocation_payer BEFORE INSERT ON allocation
WHEN NEW.source = 'receipt' AND NOT EXISTS (
  SELECT 1 FROM receipt r JOIN payment p ON p.id = NEW.payment_id
  WHERE r.id = NEW.receipt_id AND (
    (r.group_id IS NOT NULL AND r.group_id = p.group_id)
    OR (r.customer_id IS NOT NULL AND (r.customer_id = p.customer_id
        OR (SELECT COALESCE(root_id, id) FROM customer WHERE id = r.customer_id)
         = (SELECT COALESCE(root_id, id) FROM customer WHERE id = p.customer_id)))))
BEGIN SELECT RAISE(ABORT, 'a receipt pays only what its own payer owes'); END;

CREATE TRIGGER allocation_fits BEFORE INSERT ON allocation
WHEN NOT EXISTS (
  SELECT 1 FROM payment p JOIN invoice i ON i.id = p.invoice_id
  WHERE p.id = NEW.payment_id AND p.customer_id = NEW.customer_id AND p.status = NEW.status_before
    AND (p.kind = 'deposit') = NEW.is_deposit AND i.state = 'issued' AND i.invoiced_on <= NEW.allocated_on)
BEGIN SELECT RAISE(ABORT, 'an allocation is its payment''s, of an issued invoice and not dated before it'); END;

-- What the checks of the tables refuse as well is said here in words, and before anything is written: `INSERT OR IGNORE` would
-- keep the allocation and skip its effect.
CREATE TRIGGER allocation_settles BEFORE INSERT ON allocation
BEGIN
  SELECT RAISE(ABORT, 'no more of a payment is settled than is owed')
   WHERE NEW.amount_minor > (SELECT amount_minor - settled_minor FROM payment WHERE id = NEW.payment_id);
  SELECT RAISE(ABORT, 'a payment is paid when all of it is settled, and only then')
   WHERE (NEW.status_after IN ('paid', 'cancelled'))
      <> (SELECT settled_minor + NEW.amount_minor = amount_minor FROM payment WHERE id = NEW.payment_id);
END;

-- Without a receipt none of this speaks: nothing is looked up.
CREATE TRIGGER allocation_of_money BEFORE INSERT ON allocation
WHEN NEW.amount_minor > 0
BEGIN
  SELECT RAISE(ABORT, 'only money that cleared pays something') WHERE (SELECT state FROM receipt WHERE id = NEW.receipt_id) <> 'cleared';
  SELECT RAISE(ABORT, 'money pays nothing before it arrived')
   WHERE NEW.allocated_on < (SELECT received_on FROM receipt WHERE id = NEW.receipt_id);
  SELECT RAISE(ABORT, 'a receipt pays no more than it has left')
   WHERE NEW.amount_minor > (SELECT amount_minor - allocated_minor - refunded_minor FROM receipt WHERE id = NEW.receipt_id);
END;

CREATE TRIGGER allocation_of_credit BEFORE INSERT ON allocation
WHEN NEW.credit_note_id IS NOT NULL AND NEW.amount_minor > 0
BEGIN
  SELECT RAISE(ABORT, 'a credit note is the sum of its lines')
   WHERE NOT EXISTS (SELECT 1 FROM credit_note c JOIN credit_note_line l ON l.credit_note_id = c.id WHERE c.id = NEW.credit_note_id
                     GROUP BY c.id HAVING SUM(l.gross_minor) = c.total_minor AND SUM(l.net_minor) = c.net_minor);
  SELECT RAISE(ABORT, 'a credit note settles no more of a line than it credits')
   WHERE NEW.amount_minor + (SELECT COALESCE(SUM(amount_minor), 0) FROM allocation
                             WHERE credit_note_id = NEW.credit_note_id AND payment_id = NEW.payment_id)
       > (SELECT COALESCE(SUM(gross_minor), 0) FROM credit_note_line
          WHERE credit_note_id = NEW.credit_note_id AND payment_id = NEW.payment_id);
  SELECT RAISE(ABORT, 'a credit note settles nothing before it is issued')
   WHERE NEW.allocated_on < (SELECT issued_on FROM credit_note WHERE id = NEW.credit_note_id);
END;

CREATE TRIGGER allocation_reverses_exactly BEFORE INSERT ON allocation
WHEN NEW.reverses_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM allocation a WHERE a.id = NEW.reverses_id AND a.amount_minor = -NEW.amount_minor AND a.source = NEW.source
    AND a.payment_id = NEW.payment_id AND a.receipt_id IS NEW.receipt_id AND a.credit_note_id IS NEW.credit_note_id)
BEGIN SELECT RAISE(ABORT, 'a reversal is the exact opposite of the row it reverses'); END;

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

CREATE TRIGGER allocation_frozen BEFORE UPDATE ON allocation
WHEN NOT (NEW.reason = 'erased'
  AND (NEW.id, NEW.source, NEW.receipt_id, NEW.credit_note_id, NEW.payment_id, NEW.customer_id, NEW.is_deposit, NEW.currency, NEW.amount_minor, NEW.allocated_on, NEW.status_before, NEW.status_after, NEW.reverses_id, NEW.activity_id) IS (OLD.id, OLD.source, OLD.receipt_id, OLD.credit_note_id, OLD.payment_id, OLD.customer_id, OLD.is_deposit, OLD.currency, OLD.amount_minor, OLD.allocated_on, OLD.status_before, OLD.status_after, OLD.reverses_id, OLD.activity_id)
  AND EXISTS (SELECT 1 FROM customer WHERE id = OLD.customer_id AND erased_on IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'an allocation never changes: reverse it'); END;

CREATE TRIGGER allocation_kept BEFORE DELETE ON allocation
BEGIN SELECT RAISE(ABORT, 'an allocation is never deleted: reverse it'); END;

CREATE TRIGGER refund_reverses_exactly BEFORE INSERT ON refund
WHEN NEW.reverses_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM refund f WHERE f.id = NEW.reverses_id AND f.amount_minor = -NEW.amount_minor AND f.receipt_id = NEW.receipt_id
    AND f.payment_id IS NEW.payment_id AND f.credit_note_id IS NEW.credit_note_id)
BEGIN SELECT RAISE(ABORT, 'a reversal is the exact opposite of the row it reverses'); END;

CREATE TRIGGER refund_fits BEFORE INSERT ON refund
WHEN NEW.amount_minor > 0
BEGIN
  SELECT RAISE(ABORT, 'only money that cleared goes back') WHERE (SELECT state FROM receipt WHERE id = NEW.receipt_id) <> 'cleared';
  SELECT RAISE(ABORT, 'money does not go back before it arrived')
   WHERE NEW.refunded_on < (SELECT received_on FROM receipt WHERE id = NEW.receipt_id);
  SELECT RAISE(ABORT, 'no more goes back than a receipt has left')
   WHERE NEW.amount_minor > (SELECT amount_minor - allocated_minor - refunded_minor FROM receipt WHERE id = NEW.receipt_id);
  SELECT RAISE(ABORT, 'no more of a payment is refunded than the receipt paid of it')
   WHERE NEW.payment_id IS NOT NULL
     AND NEW.amount_minor + (SELECT COALESCE(SUM(amount_minor), 0) FROM refund
                             WHERE receipt_id = NEW.receipt_id AND payment_id = NEW.payment_id)
       > (SELECT COALESCE(SUM(amount_minor), 0) FROM allocation
          WHERE receipt_id = NEW.receipt_id AND payment_id = NEW.payment_id AND amount_minor > 0);
  SELECT RAISE(ABORT, 'no more is refunded for a credit note than it credits')
   WHERE NEW.amount_minor + (SELECT COALESCE(SUM(amount_minor), 0) FROM refund WHERE credit_note_id = NEW.credit_note_id)
       > (SELECT total_minor FROM credit_note WHERE id = NEW.credit_note_id);
END;

CREATE TRIGGER refund_takes_effect AFTER INSERT ON refund
BEGIN
  UPDATE receipt SET refunded_minor = refunded_minor + NEW.amount_minor WHERE id = NEW.receipt_id;
  UPDATE payment SET refunded_minor = refunded_minor + NEW.amount_minor WHERE id = NEW.payment_id;
END;

CREATE TRIGGER refund_frozen BEFORE UPDATE ON refund
BEGIN SELECT RAISE(ABORT, 'a refund never changes: reverse it'); END;

CREATE TRIGGER refund_kept BEFORE DELETE ON refund
BEGIN SELECT RAISE(ABORT, 'a refund is never deleted: reverse it'); END;

-- An attempt charges what is open, the debtor's own card, once; what it was stays.
CREATE TRIGGER attempt_fits BEFORE INSERT ON charge_attempt
WHEN NOT EXISTS (
  SELECT 1 FROM payment p JOIN invoice i ON i.id = p.invoice_id
  WHERE p.id = NEW.payment_id AND i.state = 'issued' AND p.status IN ('pending', 'processing', 'failed')
    AND NEW.amount_minor <= p.amount_minor - p.settled_minor)
BEGIN SELECT RAISE(ABORT, 'an attempt charges at most what is open on an issued invoice'); END;

CREATE TRIGGER attempt_by_the_debtor BEFORE INSERT ON charge_attempt
WHEN NEW.payment_method_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM payment_method m JOIN customer a ON a.id = m.customer_id
    JOIN payment p ON p.id = NEW.payment_id JOIN customer b ON b.id = p.customer_id
  WHERE m.id = NEW.payment_method_id AND COALESCE(a.root_id, a.id) = COALESCE(b.root_id, b.id))
BEGIN SELECT RAISE(ABORT, 'an attempt charges the debtor''s own method'); END;

CREATE TRIGGER attempt_frozen BEFORE UPDATE OF
  id, payment_id, payment_method_id, currency, amount_minor, attempted_on, idempotency_key, processor, activity_id ON charge_attempt
BEGIN SELECT RAISE(ABORT, 'what an attempt charges never changes'); END;

CREATE TRIGGER attempt_kept BEFORE DELETE ON charge_attempt
BEGIN SELECT RAISE(ABORT, 'an attempt is never deleted'); END;

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
 AND NOT (NEW.reason = 'erased'
  AND (NEW.id, NEW.subscription_id, NEW.payment_id, NEW.amount_minor, NEW.state, NEW.kept_minor, NEW.closed_on, NEW.activity_id) IS (OLD.id, OLD.subscription_id, OLD.payment_id, OLD.amount_minor, OLD.state, OLD.kept_minor, OLD.closed_on, OLD.activity_id)
  AND EXISTS (SELECT 1 FROM customer WHERE id = (SELECT customer_id FROM payment WHERE id = OLD.payment_id) AND erased_on IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'a deposit that is closed stays closed'); END;

CREATE TRIGGER deposit_closes_with_its_money BEFORE UPDATE OF state ON deposit
WHEN NEW.state <> 'held'
 AND ((SELECT COALESCE(SUM(amount_minor), 0) FROM allocation WHERE payment_id = NEW.payment_id AND source = 'receipt') <> 0
   OR NEW.kept_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM allocation
                         WHERE activity_id = NEW.activity_id AND source = 'receipt' AND payment_id <> NEW.payment_id))
BEGIN SELECT RAISE(ABORT, 'what is kept of a deposit pays something, and the rest of it goes back'); END;

CREATE TRIGGER deposit_kept BEFORE DELETE ON deposit
BEGIN SELECT RAISE(ABORT, 'a deposit is returned or kept, never deleted'); END;

-- Credit notes: numbered in turn, never more than the line was, frozen. One that was taken back (its allocations are
-- reversed) keeps its number and credits nothing.
CREATE TRIGGER credit_note_number BEFORE INSERT ON credit_note
WHEN NEW.number_seq IS NOT 1 + (SELECT last FROM number_series WHERE kind = 'credit_note' AND year = NEW.number_year)
  OR (SELECT state FROM invoice WHERE id = NEW.invoice_id) IS NOT 'issued'
BEGIN SELECT RAISE(ABORT, 'a credit note takes the next number and stands on an issued invoice'); END;

CREATE TRIGGER credit_note_fits BEFORE INSERT ON credit_note
WHEN EXISTS (SELECT 1 FROM invoice i WHERE i.id = NEW.invoice_id AND (NEW.issued_on < i.invoiced_on OR NEW.total_minor > i.total_minor
             - (SELECT COALESCE(SUM(c.total_minor), 0) FROM credit_note c WHERE c.invoice_id = NEW.invoice_id AND NOT EXISTS
                (SELECT 1 FROM allocation a WHERE a.credit_note_id = c.id AND a.amount_minor < 0))))
BEGIN SELECT RAISE(ABORT, 'a credit note is not older than its invoice and never more than it'); END;

CREATE TRIGGER credit_note_number_given AFTER INSERT ON credit_note
BEGIN UPDATE number_series SET last = NEW.number_seq WHERE kind = 'credit_note' AND year = NEW.number_year; END;

CREATE TRIGGER credit_note_frozen BEFORE UPDATE ON credit_note
BEGIN SELECT RAISE(ABORT, 'a credit note never changes'); END;

CREATE TRIGGER credit_note_kept BEFORE DELETE ON credit_note
BEGIN SELECT RAISE(ABORT, 'a credit note is never deleted'); END;

CREATE TRIGGER credit_note_line_fits BEFORE INSERT ON credit_note_line
WHEN (SELECT COALESCE(SUM(l.net_minor), 0) + NEW.net_minor FROM credit_note_line l WHERE l.payment_id = NEW.payment_id
      AND NOT EXISTS (SELECT 1 FROM allocation a WHERE a.credit_note_id = l.credit_note_id AND a.amount_minor < 0))
   > (SELECT net_minor FROM payment WHERE id = NEW.payment_id)
  OR (SELECT COALESCE(SUM(l.tax_minor), 0) + NEW.tax_minor FROM credit_note_line l WHERE l.payment_id = NEW.payment_id
      AND NOT EXISTS (SELECT 1 FROM allocation a WHERE a.credit_note_id = l.credit_note_id AND a.amount_minor < 0))
   > (SELECT tax_minor FROM payment WHERE id = NEW.payment_id)
  OR (SELECT COALESCE(SUM(gross_minor), 0) + NEW.gross_minor FROM credit_note_line WHERE credit_note_id = NEW.credit_note_id)
   > (SELECT total_minor FROM credit_note WHERE id = NEW.credit_note_id)
  OR (SELECT invoice_id FROM payment WHERE id = NEW.payment_id)
   IS NOT (SELECT invoice_id FROM credit_note WHERE id = NEW.credit_note_id)
BEGIN SELECT RAISE(ABORT, 'a credit note never credits more than the line was'); END;

CREATE TRIGGER credit_note_line_frozen BEFORE UPDATE ON credit_note_line
BEGIN SELECT RAISE(ABORT, 'a credit note never changes'); END;

CREATE TRIGGER credit_note_line_kept BEFORE DELETE ON credit_note_line
BEGIN SELECT RAISE(ABORT, 'a credit note is never deleted'); END;

-- What is written once stays.
CREATE TRIGGER payment_change_frozen BEFORE UPDATE ON payment_change
WHEN NOT (NEW.reason = 'erased'
  AND (NEW.id, NEW.payment_id, NEW.from_status, NEW.to_status, NEW.changed_on, NEW.reverses_id, NEW.activity_id) IS (OLD.id, OLD.payment_id, OLD.from_status, OLD.to_status, OLD.changed_on, OLD.reverses_id, OLD.activity_id)
  AND EXISTS (SELECT 1 FROM customer WHERE id = (SELECT customer_id FROM payment WHERE id = OLD.payment_id) AND erased_on IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'a status change never changes: reverse it'); END;

CREATE TRIGGER payment_change_kept BEFORE DELETE ON payment_change
BEGIN SELECT RAISE(ABORT, 'a status change is never deleted: reverse it'); END;

CREATE TRIGGER activity_frozen BEFORE UPDATE ON activity
BEGIN SELECT RAISE(ABORT, 'the activity log is append-only'); END;

CREATE TRIGGER activity_kept BEFORE DELETE ON activity
BEGIN SELECT RAISE(ABORT, 'the activity log is append-only'); END;

CREATE TRIGGER activity_goes_on AFTER INSERT ON activity
WHEN NEW.id <> (SELECT MAX(id) FROM activity)
BEGIN SELECT RAISE(ABORT, 'the activity log is append-only'); END;

CREATE TRIGGER activity_undo_once BEFORE INSERT ON activity
WHEN NEW.undoes_id IS NOT NULL AND (SELECT is_undoable FROM activity WHERE id = NEW.undoes_id) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'that activity cannot be undone'); END;

CREATE TRIGGER activity_text_frozen BEFORE UPDATE ON activity_text
BEGIN SELECT RAISE(ABORT, 'the text of an activity is erased, never changed'); END;

CREATE TRIGGER activity_text_has_its_digest BEFORE INSERT ON activity_text
WHEN (SELECT text_digest FROM activity WHERE id = NEW.activity_id) IS NULL
BEGIN SELECT RAISE(ABORT, 'the text of an activity is written with it'); END;

CREATE TRIGGER seal_frozen BEFORE UPDATE ON seal
BEGIN SELECT RAISE(ABORT, 'a seal never changes'); END;

CREATE TRIGGER font_frozen BEFORE UPDATE OF id, digest, name, content ON font
BEGIN SELECT RAISE(ABORT, 'a font that papers were printed with never changes'); END;

CREATE TRIGGER font_kept BEFORE DELETE ON font
BEGIN SELECT RAISE(ABORT, 'a font that papers were printed with never changes'); END;

CREATE TRIGGER letterhead_frozen BEFORE UPDATE ON letterhead
BEGIN SELECT RAISE(ABORT, 'a letterhead that was printed never changes'); END;

CREATE TRIGGER letterhead_kept BEFORE DELETE ON letterhead
BEGIN SELECT RAISE(ABORT, 'a letterhead that was printed never changes'); END;

CREATE TRIGGER collection_step_frozen BEFORE UPDATE ON collection_step
BEGIN SELECT RAISE(ABORT, 'a collection step is taken once'); END;

CREATE TRIGGER collection_step_kept BEFORE DELETE ON collection_step
BEGIN SELECT RAISE(ABORT, 'a collection step that was taken stays taken'); END;

CREATE TRIGGER dispute_stays_closed BEFORE UPDATE ON dispute
WHEN OLD.closed_on IS NOT NULL AND NOT (NEW.reason = 'erased'
  AND (NEW.id, NEW.payment_id, NEW.opened_on, NEW.closed_on, NEW.outcome) IS (OLD.id, OLD.payment_id, OLD.opened_on, OLD.closed_on, OLD.outcome)
  AND EXISTS (SELECT 1 FROM customer WHERE id = (SELECT customer_id FROM payment WHERE id = OLD.payment_id) AND erased_on IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'a dispute that is closed stays closed'); END;

CREATE TRIGGER dispute_kept BEFORE DELETE ON dispute
BEGIN SELECT RAISE(ABORT, 'a dispute is closed, never deleted'); END;

CREATE TRIGGER bank_line_frozen BEFORE UPDATE OF
  id, statement_id, account, line_key, occurrence, booked_on, amount_minor, currency, payer_name, payer_iban, text ON bank_line
BEGIN SELECT RAISE(ABORT, 'a line of a bank statement never changes'); END;

CREATE TRIGGER bank_line_kept BEFORE DELETE ON bank_line
WHEN OLD.state = 'booked'
BEGIN SELECT RAISE(ABORT, 'a bank line that was booked is never deleted'); END;

CREATE TRIGGER shop_kept BEFORE DELETE ON shop
BEGIN SELECT RAISE(ABORT, 'the shop is never deleted'); END;

-- Without its row the next pass would be the first one, which bills any gap unasked.
CREATE TRIGGER pass_state_kept BEFORE DELETE ON pass_state
BEGIN SELECT RAISE(ABORT, 'how far the pass has come is never deleted'); END;

-- What was agreed stays as agreed; a subscription changes by price changes, pauses and its end.
CREATE TRIGGER order_frozen BEFORE UPDATE OF id, customer_id, currency, ordered_on ON rental_order
WHEN OLD.status <> 'draft'
BEGIN SELECT RAISE(ABORT, 'only a draft of an order changes'); END;

CREATE TRIGGER order_kept BEFORE DELETE ON rental_order
WHEN OLD.status <> 'draft'
BEGIN SELECT RAISE(ABORT, 'only a draft of an order is deleted'); END;

CREATE TRIGGER order_item_frozen BEFORE UPDATE OF
  id, order_id, currency, variant_id, quantity, months, frequency, start_on, anchor_day, price_minor, tax_ppm, deposit_minor ON order_item
WHEN (SELECT status FROM rental_order WHERE id = OLD.order_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'only a draft of an order changes'); END;

CREATE TRIGGER order_item_kept BEFORE DELETE ON order_item
WHEN (SELECT status FROM rental_order WHERE id = OLD.order_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'only a draft of an order changes'); END;

CREATE TRIGGER subscription_frozen BEFORE UPDATE OF
  id, order_id, order_item_id, customer_id, currency, frequency, start_on, anchor_day, price_minor, price_basis ON subscription
WHEN OLD.status <> 'draft'
BEGIN SELECT RAISE(ABORT, 'what was agreed for a subscription never changes'); END;

CREATE TRIGGER subscription_kept BEFORE DELETE ON subscription
BEGIN SELECT RAISE(ABORT, 'a subscription is cancelled, never deleted'); END;

CREATE TRIGGER subscription_gets_an_asset BEFORE INSERT ON subscription
WHEN (SELECT state FROM asset WHERE id = NEW.asset_id) IN ('retired', 'sold')
BEGIN SELECT RAISE(ABORT, 'an asset that is retired or sold is not rented out'); END;

CREATE TRIGGER subscription_changes_its_asset BEFORE UPDATE OF asset_id ON subscription
WHEN (SELECT state FROM asset WHERE id = NEW.asset_id) IN ('retired', 'sold')
BEGIN SELECT RAISE(ABORT, 'an asset that is retired or sold is not rented out'); END;

CREATE TRIGGER pause_apart BEFORE INSERT ON pause
WHEN EXISTS (SELECT 1 FROM pause WHERE subscription_id = NEW.subscription_id
             AND from_on < COALESCE(NEW.to_on, '9999-12-31') AND COALESCE(to_on, '9999-12-31') > NEW.from_on)
BEGIN SELECT RAISE(ABORT, 'two pauses of a subscription never overlap'); END;

CREATE TRIGGER pause_stays_apart BEFORE UPDATE OF subscription_id, from_on, to_on ON pause
WHEN EXISTS (SELECT 1 FROM pause WHERE subscription_id = NEW.subscription_id AND id <> OLD.id
             AND from_on < COALESCE(NEW.to_on, '9999-12-31') AND COALESCE(to_on, '9999-12-31') > NEW.from_on)
BEGIN SELECT RAISE(ABORT, 'two pauses of a subscription never overlap'); END;

-- LP-2, lp-2 and "LP 2" are one asset.
CREATE TRIGGER asset_serial_once BEFORE INSERT ON asset
WHEN EXISTS (SELECT 1 FROM asset WHERE UPPER(REPLACE(REPLACE(serial, ' ', ''), '-', '')) = UPPER(REPLACE(REPLACE(NEW.serial, ' ', ''), '-', '')))
BEGIN SELECT RAISE(ABORT, 'an asset has that serial number already'); END;

CREATE TRIGGER asset_serial_stays_once BEFORE UPDATE OF serial ON asset
WHEN UPPER(REPLACE(REPLACE(NEW.serial, ' ', ''), '-', '')) <> UPPER(REPLACE(REPLACE(OLD.serial, ' ', ''), '-', ''))
 AND EXISTS (SELECT 1 FROM asset WHERE UPPER(REPLACE(REPLACE(serial, ' ', ''), '-', '')) = UPPER(REPLACE(REPLACE(NEW.serial, ' ', ''), '-', '')))
BEGIN SELECT RAISE(ABORT, 'an asset has that serial number already'); END;

-- A class without its two policies would be left out of every pass.
CREATE TRIGGER customer_joins_a_whole_class BEFORE INSERT ON customer
WHEN (SELECT COUNT(*) FROM collection_policy WHERE class_id = NEW.class_id) <> 2
BEGIN SELECT RAISE(ABORT, 'a customer''s class says how late money is chased'); END;

CREATE TRIGGER customer_moves_to_a_whole_class BEFORE UPDATE OF class_id ON customer
WHEN (SELECT COUNT(*) FROM collection_policy WHERE class_id = NEW.class_id) <> 2
BEGIN SELECT RAISE(ABORT, 'a customer''s class says how late money is chased'); END;

CREATE TRIGGER collection_policy_stays BEFORE UPDATE OF class_id, invoice_kind ON collection_policy
BEGIN SELECT RAISE(ABORT, 'a class keeps its two policies'); END;

CREATE TRIGGER collection_policy_kept BEFORE DELETE ON collection_policy
WHEN EXISTS (SELECT 1 FROM customer WHERE class_id = OLD.class_id)
BEGIN SELECT RAISE(ABORT, 'a class keeps its two policies'); END;

-- Merged customers read as the one at the end of the chain: same payer means same root.
CREATE TRIGGER customer_starts_alone BEFORE INSERT ON customer
WHEN NEW.merged_into IS NOT NULL OR NEW.has_billing_address <> 0 OR NEW.lifetime_minor <> 0 OR NEW.subscription_count <> 0
BEGIN SELECT RAISE(ABORT, 'a customer starts alone and with nothing'); END;

CREATE TRIGGER customer_merges_at_the_root BEFORE UPDATE OF merged_into, root_id ON customer
WHEN NEW.root_id IS NOT (SELECT COALESCE(root_id, id) FROM customer WHERE id = NEW.merged_into)
BEGIN SELECT RAISE(ABORT, 'a merged customer has the root of the one it is merged into'); END;

CREATE TRIGGER customer_root_follows AFTER UPDATE OF root_id ON customer
BEGIN UPDATE customer SET root_id = COALESCE(NEW.root_id, NEW.id) WHERE merged_into = NEW.id; END;

-- The currency of the book is fixed with its first order; a customer's with its own.
CREATE TRIGGER shop_currency_fixed BEFORE UPDATE OF currency ON shop
WHEN NEW.currency <> OLD.currency AND EXISTS (SELECT 1 FROM rental_order)
BEGIN SELECT RAISE(ABORT, 'the currency is fixed with the first order'); END;

CREATE TRIGGER customer_currency_fixed BEFORE UPDATE OF currency ON customer
WHEN NEW.currency <> OLD.currency AND EXISTS (SELECT 1 FROM rental_order WHERE customer_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'a customer''s currency is fixed with the first order'); END;

-- A record is saved on top of the version that was read, or not at all.
CREATE TRIGGER shop_version BEFORE UPDATE OF version ON shop WHEN NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'the record was changed meanwhile'); END;
CREATE TRIGGER customer_version BEFORE UPDATE OF version ON customer WHEN NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'the record was changed meanwhile'); END;
CREATE TRIGGER group_version BEFORE UPDATE OF version ON billing_group WHEN NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'the record was changed meanwhile'); END;
CREATE TRIGGER order_version BEFORE UPDATE OF version ON rental_order WHEN NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'the record was changed meanwhile'); END;
CREATE TRIGGER subscription_version BEFORE UPDATE OF version ON subscription WHEN NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'the record was changed meanwhile'); END;
CREATE TRIGGER asset_version BEFORE UPDATE OF version ON asset WHEN NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'the record was changed meanwhile'); END;
CREATE TRIGGER class_version BEFORE UPDATE OF version ON customer_class WHEN NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'the record was changed meanwhile'); END;
CREATE TRIGGER product_version BEFORE UPDATE OF version ON product WHEN NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'the record was changed meanwhile'); END;
CREATE TRIGGER variant_version BEFORE UPDATE OF version ON variant WHEN NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'the record was changed meanwhile'); END;
CREATE TRIGGER invoice_version BEFORE UPDATE OF version ON invoice WHEN NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'the record was changed meanwhile'); END;
CREATE TRIGGER payment_version BEFORE UPDATE OF version ON payment WHEN NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'the record was changed meanwhile'); END;

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

/**
 * Everything the store keeps. Identifiers are only ever keyed digests, values of attributes only ever ciphertext.
 * No foreign keys: the functions are the only writers, and a trigger a row costs a third of the throughput.
 * Text that is compared has collation "C": bytewise, as the library compares, and cheaper.
 */
export const TABLES_MIGRATION = `
-- One row a person: a pseudonym, and the head of the person's chain. The row is the lock of every write.
create table volenti.subject (
  ref text collate "C" primary key,
  country text,
  age_band text,
  test boolean not null default false,
  held boolean not null default false,
  restricted boolean not null default false,
  -- Counts erasures: a writer that saw an earlier generation must not bring the person back.
  generation integer not null default 0,
  erased_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  chain_position bigint not null default 0,
  chain_link bytea not null default decode(repeat('00', 32), 'hex')
) with (fillfactor = 70);

-- The data key of each person, wrapped outside the database. Deleting the row makes the person's values unreadable.
create table volenti.subject_key (
  ref text collate "C" primary key,
  data_key_id uuid not null,
  key_id text not null,
  algorithm text not null,
  wrapped bytea not null,
  created_at timestamptz not null default clock_timestamp()
);

-- Blind index: HMAC of an identifier to a person. The suppression digest moves to volenti.suppression at erasure.
create table volenti.subject_lookup (
  digest bytea primary key,
  kind text not null,
  key_id text not null,
  ref text collate "C" not null,
  suppression_key_id text not null,
  suppression_digest bytea not null
);
create index subject_lookup_by_ref on volenti.subject_lookup (ref);

create table volenti.suppression (
  digest bytea primary key,
  kind text not null,
  key_id text not null,
  since bigint not null
);

-- A null ciphertext is an attribute that was cleared: it keeps older changes out.
create table volenti.profile_attribute (
  ref text collate "C" not null,
  name text collate "C" not null,
  ciphertext bytea,
  changed_at bigint not null,
  submission_id uuid not null,
  primary key (ref, name)
) with (fillfactor = 80);

create table volenti.head (
  root bytea primary key,
  jws text not null,
  recorded_at timestamptz not null default clock_timestamp()
);

-- Append-only, chained per person: link = SHA-256(previous link || hash), position from 1.
create table volenti.decision (
  decision_id uuid primary key,
  ref text collate "C" not null,
  purpose text collate "C" not null,
  purpose_version text not null,
  channel text collate "C",
  status text not null,
  notice_id text not null,
  notice_version text not null,
  notice_sha256 bytea not null,
  occurred_at timestamptz not null,
  received_at timestamptz,
  effective_at bigint not null,
  -- clock_timestamp, not now: now is when the transaction began, before its locks were waited for.
  recorded_at timestamptz not null default clock_timestamp(),
  collection_point text not null,
  test boolean not null,
  canonical text not null,
  hash bytea not null,
  chain_position bigint not null,
  chain_link bytea not null,
  leaf_index integer not null,
  tree_size integer not null,
  path bytea not null,
  root bytea not null
);
create unique index decision_by_position on volenti.decision (ref, chain_position);

-- What stands: the greatest decision a person, purpose and channel. rank is 1 for what ends a permission.
create table volenti.consent_state (
  ref text collate "C" not null,
  purpose text collate "C" not null,
  channel text collate "C" not null,
  decision_id uuid not null,
  status text not null,
  rank smallint not null,
  effective_at bigint not null,
  purpose_version text not null,
  valid_until bigint,
  recipients text[],
  attributes text[],
  primary key (ref, purpose, channel)
) with (fillfactor = 80);

create table volenti.submission (
  submission_id uuid primary key,
  key_id text not null,
  digest bytea not null
);

create table volenti.purpose_version (
  key text not null,
  version text not null,
  sha256 bytea not null,
  covers text[] not null,
  channels text[] not null,
  current boolean not null,
  primary key (key, version)
);

create table volenti.notice_version (
  id text not null,
  version text not null,
  locale text not null,
  sha256 bytea not null,
  primary key (id, version, locale)
);

-- The keys that something in this store was made with.
create table volenti.key_reference (
  key_id text primary key,
  kind text not null,
  first_used_at timestamptz not null default clock_timestamp()
);

create table volenti.erasure_log (
  entry_id uuid primary key default gen_random_uuid(),
  ref text collate "C" not null,
  reason text not null,
  requested_at bigint not null,
  erased_at timestamptz not null default clock_timestamp(),
  identifiers integer not null,
  keys integer not null,
  attributes integer not null,
  decisions_retained integer not null
);
`;

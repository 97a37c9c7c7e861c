/**
 * Wrapping data keys anew after a rotation of the key-encryption key. A key that wraps none any more is in use no longer, and
 * may leave the keyring. The eraser's: whoever may replace a wrapped key can destroy it, and no other role could do that before.
 */
export const REWRAP_MIGRATION = `
create index subject_key_by_key on volenti.subject_key (key_id);

-- Whether a data key is wrapped under this key: one look at the index, however many people there are. Of its own, because what the
-- planner is told here would cost the catalogue's comparison seconds.
create function volenti.is_wrapping(p_key_id text) returns boolean
language sql stable security definer set search_path = pg_catalog, volenti, pg_temp set enable_seqscan = off as $function$
select exists (select from subject_key k where k.key_id = p_key_id)
$function$;

-- Which versions have another digest here, and which keys are in use. Changes nothing. The rest is 0004.
create or replace function volenti.compare_catalogue_v1(p_purposes json, p_notices json) returns json
language sql stable security definer set search_path = pg_catalog, volenti, pg_temp as $function$
select json_build_object(
  'changedPurposes', (
    select coalesce(json_agg(p.key || '@' || p.version), '[]')
    from json_to_recordset(p_purposes) as p(key text, version text, sha256 bytea)
    join purpose_version v on v.key = p.key and v.version = p.version
    where v.sha256 <> p.sha256),
  'changedNotices', (
    select coalesce(json_agg(n.id || '@' || n.version || '/' || n.locale), '[]')
    from json_to_recordset(p_notices) as n(id text, version text, locale text, sha256 bytea)
    join notice_version v on v.id = n.id and v.version = n.version and v.locale = n.locale
    where v.sha256 <> n.sha256),
  -- A key-encryption key is in use while it wraps a data key.
  'keys', (
    select coalesce(json_agg(json_build_object('keyId', r.key_id, 'kind', r.kind)), '[]') from key_reference r
    where r.kind <> 'keyEncryption' or volenti.is_wrapping(r.key_id)),
  'migrations', (
    select coalesce(json_agg(json_build_object('id', id, 'sha256', encode(sha256, 'hex')) order by id), '[]')
    from migration),
  'drifted', (
    select m.fingerprint <> volenti.fingerprint() from migration m order by m.id desc limit 1)
)
$function$;

create function volenti.count_wrapped_v1() returns json
language sql stable security definer set search_path = pg_catalog, volenti, pg_temp as $function$
select coalesce(json_agg(json_build_array(c.key_id, c.data_keys) order by c.key_id), '[]')
from (select k.key_id, count(*) as data_keys from subject_key k group by k.key_id) c
$function$;

-- The next data keys along the primary key, with those of them that these keys wrap.
create function volenti.list_wrapped_v1(p_key_ids json, p_after text, p_limit integer) returns json
language sql stable security definer
set search_path = pg_catalog, volenti, pg_temp
set enable_seqscan = off
as $function$
with page as materialized (
  select k.ref, k.data_key_id, k.key_id, k.wrapped from subject_key k where k.ref > p_after order by k.ref limit p_limit
)
select json_build_object('looked', (select count(*) from page), 'last', (select max(p.ref) from page p),
  'keys', (
    select coalesce(json_agg(json_build_array(p.ref, p.data_key_id, p.key_id, encode(p.wrapped, 'hex')) order by p.ref), '[]')
    from page p where p.key_id in (select i.id from json_array_elements_text(p_key_ids) as i(id))))
$function$;

-- Replaces the wrapped form of data keys that are still what was read. Nobody is waited for, so that this stands in no
-- writer's and no erasure's way.
create function volenti.rewrap_v1(p_keys json, p_key_id text) returns json
language plpgsql security definer
set search_path = pg_catalog, volenti, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
as $function$
declare
  v_counts json;
begin
  insert into key_reference (key_id, kind) values (p_key_id, 'keyEncryption') on conflict do nothing;
  with wanted as materialized (
    select w.ref, w."dataKeyId" as data_key_id, w."keyId" as key_id, w.before, w.wrapped
    from json_to_recordset(p_keys) as w(ref text, "dataKeyId" uuid, "keyId" text, before bytea, wrapped bytea)
  ), standing as materialized (
    select k.ref, w.key_id, w.wrapped
    from wanted w
    join subject_key k on k.ref = w.ref and k.data_key_id = w.data_key_id and k.key_id = w.key_id and k.wrapped = w.before
    order by k.ref
    for update of k skip locked
  ), changed as (
    update subject_key k set key_id = p_key_id, wrapped = s.wrapped
    from standing s where k.ref = s.ref
    returning s.key_id
  )
  select coalesce(json_agg(json_build_array(c.key_id, c.data_keys) order by c.key_id), '[]') into v_counts
  from (select g.key_id, count(*) as data_keys from changed g group by g.key_id) c;
  return v_counts;
end
$function$;

revoke all on function volenti.is_wrapping(text) from public;
revoke all on function volenti.count_wrapped_v1() from public;
revoke all on function volenti.list_wrapped_v1(json, text, integer) from public;
revoke all on function volenti.rewrap_v1(json, text) from public;
grant execute on function volenti.count_wrapped_v1() to volenti_writer, volenti_reader, volenti_auditor, volenti_eraser;
grant execute on function volenti.list_wrapped_v1(json, text, integer) to volenti_eraser;
grant execute on function volenti.rewrap_v1(json, text) to volenti_eraser;
`;

/** The catalogue of purposes and notices, and the keys that the store's contents were made with. */
export const CATALOGUE_MIGRATION = `
-- Registers what is unknown and answers what stands against it. Where anything stands against it, nothing is changed.
create function volenti.register_catalogue_v1(p_purposes json, p_notices json, p_keys json) returns json
language plpgsql security definer set search_path = pg_catalog, volenti, pg_temp as $function$
declare
  v_report json;
begin
  v_report := volenti.compare_catalogue_v1(p_purposes, p_notices);
  if json_array_length(v_report -> 'changedPurposes') > 0 or json_array_length(v_report -> 'changedNotices') > 0 then
    return v_report;
  end if;
  insert into purpose_version (key, version, sha256, covers, channels, current)
  select p.key, p.version, p.sha256, p.covers, p.channels, p.current
  from json_to_recordset(p_purposes) as p(key text, version text, sha256 bytea, covers text[], channels text[], current boolean)
  order by p.key, p.version
  on conflict do nothing;
  update purpose_version v set current = coalesce(p.current, false)
  from json_to_recordset(p_purposes) as k(key text, version text, current boolean)
  join purpose_version w on w.key = k.key
  left join json_to_recordset(p_purposes) as p(key text, version text, current boolean)
    on p.key = w.key and p.version = w.version
  where k.current and v.key = w.key and v.version = w.version and v.current <> coalesce(p.current, false);
  insert into notice_version (id, version, locale, sha256)
  select n.id, n.version, n.locale, n.sha256
  from json_to_recordset(p_notices) as n(id text, version text, locale text, sha256 bytea)
  order by n.id, n.version, n.locale
  on conflict do nothing;
  insert into key_reference (key_id, kind)
  select k."keyId", k.kind from json_to_recordset(p_keys) as k("keyId" text, kind text)
  order by k."keyId"
  on conflict do nothing;
  return v_report;
end
$function$;

-- Which versions have another digest here, and which keys are in use. Changes nothing.
create function volenti.compare_catalogue_v1(p_purposes json, p_notices json) returns json
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
  'keys', (select coalesce(json_agg(json_build_object('keyId', key_id, 'kind', kind)), '[]') from key_reference),
  'migrations', (
    select coalesce(json_agg(json_build_object('id', id, 'sha256', encode(sha256, 'hex')) order by id), '[]')
    from migration),
  'drifted', (
    select m.fingerprint <> volenti.fingerprint() from migration m order by m.id desc limit 1)
)
$function$;

revoke all on function volenti.register_catalogue_v1(json, json, json) from public;
revoke all on function volenti.compare_catalogue_v1(json, json) from public;
grant execute on function volenti.register_catalogue_v1(json, json, json) to volenti_writer;
grant execute on function volenti.compare_catalogue_v1(json, json)
  to volenti_writer, volenti_reader, volenti_auditor, volenti_eraser;
`;

/**
 * How people are treated, beside what they decided: holds, restrictions, merges, requests, and who looked at whom. Refs,
 * times, codes and names of attributes. The access log is append-only for everybody; nothing but an end is ever written
 * into a hold.
 *
 * Of two people who became one, the row that was merged keeps its decisions, states and values; its identifiers and holds
 * go to the other. `merged_into` is whom it was given to, `merged_root` who that is by now.
 */
export const CUSTODY_MIGRATION = `
alter table volenti.subject
  add column restricted_since bigint,
  add column restriction_reason text,
  add column merged_into text collate "C",
  add column merged_root text collate "C",
  add column merged_at bigint;
create index subject_by_merged_into on volenti.subject (merged_into) where merged_into is not null;
create index subject_by_merged_root on volenti.subject (merged_root) where merged_root is not null;

create table volenti.hold (
  hold_id uuid primary key,
  ref text collate "C" not null,
  scope text[] not null,
  law text not null,
  reason text not null,
  until bigint,
  set_at bigint not null,
  lifted_at bigint
);
create index hold_by_ref on volenti.hold (ref);

-- document is opaque to SQL, and holds no value that a person gave.
create table volenti.rights_request (
  request_id uuid primary key,
  subject_ref text collate "C",
  kind text not null,
  state text not null,
  is_open boolean not null,
  due_at bigint,
  revision integer not null,
  document json not null
);
create index rights_request_by_due on volenti.rights_request ((coalesce(due_at, 9223372036854775807)), request_id);
create index rights_request_by_ref on volenti.rights_request (subject_ref);

create table volenti.access_log (
  access_id uuid primary key,
  at bigint not null,
  subject_ref text collate "C" not null,
  operation text not null,
  actor text not null,
  reason text not null,
  attributes text[] not null,
  recipient text
);
create index access_log_by_time on volenti.access_log (at, access_id);
create index access_log_by_ref on volenti.access_log (subject_ref, at, access_id);
create index erasure_log_by_time on volenti.erasure_log (erased_at, entry_id);

do $access$
declare
  relation text;
begin
  foreach relation in array array['hold', 'rights_request', 'access_log']
  loop
    execute format('alter table volenti.%I enable row level security', relation);
    execute format('alter table volenti.%I force row level security', relation);
    execute format('create policy owner_reads on volenti.%I for select to volenti_owner using (true)', relation);
    execute format('create policy owner_adds on volenti.%I for insert to volenti_owner with check (true)', relation);
    execute format('create policy auditor_reads on volenti.%I for select to volenti_auditor using (true)', relation);
    execute format('grant select on volenti.%I to volenti_auditor', relation);
  end loop;
  foreach relation in array array['hold', 'rights_request']
  loop
    execute format('create policy owner_changes on volenti.%I for update to volenti_owner using (true) with check (true)', relation);
  end loop;
  foreach relation in array array['rights_request', 'access_log']
  loop
    execute format('create policy owner_erases_test_people on volenti.%I for delete to volenti_owner
      using (subject_ref in (select s.ref from volenti.subject s where s.test))', relation);
  end loop;
end
$access$;
create policy owner_erases_test_people on volenti.hold for delete to volenti_owner
  using (ref in (select s.ref from volenti.subject s where s.test));

-- Who a ref is by now: itself, or whom it was merged into in the end.
create function volenti.root_of(p_ref text) returns text
language sql stable security definer set search_path = pg_catalog, volenti, pg_temp as $function$
select coalesce((select s.merged_root from subject s where s.ref = p_ref), p_ref)
$function$;

-- Locks whom a ref names now, and answers the ref; null where that is nobody.
create function volenti.lock_person(p_ref text) returns text
language plpgsql security definer set search_path = pg_catalog, volenti, pg_temp as $function$
declare
  v_root text := volenti.root_of(p_ref);
begin
  loop
    perform from subject s where s.ref = v_root and s.erased_at is null for no key update;
    if not found then return null; end if;
    exit when volenti.root_of(p_ref) = v_root;
    v_root := volenti.root_of(p_ref);
  end loop;
  return v_root;
end
$function$;

create function volenti.set_hold_v1(p_ref text, p_hold json) returns json
language plpgsql security definer set search_path = pg_catalog, volenti, pg_temp as $function$
declare
  v_ref text := volenti.lock_person(p_ref);
begin
  if v_ref is null then return to_json('nobody'::text); end if;
  insert into hold (hold_id, ref, scope, law, reason, until, set_at)
  select h."holdId", v_ref, h.scope, h.law, h.reason, h.until, h."setAt"
  from json_to_record(p_hold) as h("holdId" uuid, scope text[], law text, reason text, until bigint, "setAt" bigint)
  on conflict do nothing;
  return to_json(case when exists (select from hold h where h.hold_id = (p_hold ->> 'holdId')::uuid and h.ref = v_ref)
    then 'set' else 'conflict' end);
end
$function$;

create function volenti.lift_hold_v1(p_ref text, p_hold_id uuid, p_lifted_at bigint) returns json
language plpgsql security definer set search_path = pg_catalog, volenti, pg_temp as $function$
begin
  update hold h set lifted_at = coalesce(h.lifted_at, p_lifted_at)
  where h.hold_id = p_hold_id and h.ref = volenti.root_of(p_ref);
  return to_json(found);
end
$function$;

-- A null p_since lifts.
create function volenti.set_restriction_v1(p_ref text, p_since bigint, p_reason text) returns json
language plpgsql security definer set search_path = pg_catalog, volenti, pg_temp as $function$
declare
  v_ref text := volenti.lock_person(p_ref);
begin
  update subject s set restricted = p_since is not null, restricted_since = p_since, restriction_reason = p_reason
  where s.ref = v_ref;
  return to_json(found);
end
$function$;

-- Makes two people one. Both rows and the row of who the second is by now are locked, in the order of their refs.
create function volenti.merge_subjects_v1(p_from text, p_into text, p_merged_at bigint) returns json
language plpgsql security definer set search_path = pg_catalog, volenti, pg_temp as $function$
declare
  v_root text := volenti.root_of(p_into);
  v_from subject;
begin
  loop
    perform from subject s where s.ref in (p_from, p_into, v_root) order by s.ref for update;
    exit when volenti.root_of(p_into) = v_root;
    v_root := volenti.root_of(p_into);
  end loop;
  select * into v_from from subject s where s.ref = p_from;
  if not exists (select from subject s where s.ref = v_root and s.erased_at is null) or v_from.ref is null
    or (v_from.merged_into is null and v_from.erased_at is not null) then
    return to_json('nobody'::text);
  end if;
  if v_from.merged_into is not null then
    return to_json(case when v_from.merged_root = v_root then 'merged' else 'conflict' end);
  end if;
  if v_root = p_from then return to_json('conflict'::text); end if;
  update subject_lookup l set ref = v_root where l.ref = p_from;
  update hold h set ref = v_root where h.ref = p_from;
  update subject s set merged_root = v_root where s.merged_root = p_from;
  -- Of two restrictions the one that began first.
  update subject s set test = s.test and v_from.test, restricted = s.restricted or v_from.restricted,
    restricted_since = least(s.restricted_since, v_from.restricted_since),
    restriction_reason = case when s.restricted_since <= v_from.restricted_since or v_from.restricted_since is null
      then s.restriction_reason else v_from.restriction_reason end
  where s.ref = v_root;
  update subject s set merged_into = p_into, merged_root = v_root, merged_at = p_merged_at, restricted = false,
    restricted_since = null, restriction_reason = null
  where s.ref = p_from;
  return to_json('merged'::text);
end
$function$;

create function volenti.list_suppressions_v1(p_ref text) returns json
language sql stable security definer set search_path = pg_catalog, volenti, pg_temp as $function$
select coalesce(json_agg(json_build_array(l.kind, l.suppression_key_id, encode(l.suppression_digest, 'hex'))
  order by l.suppression_digest), '[]')
from subject_lookup l where l.ref = p_ref
$function$;

create function volenti.suppress_v1(p_suppressions json, p_since bigint) returns json
language plpgsql security definer set search_path = pg_catalog, volenti, pg_temp as $function$
begin
  insert into suppression as t (digest, kind, key_id, since)
  select distinct on (s.digest) s.digest, s.kind, s."keyId", p_since
  from json_to_recordset(p_suppressions) as s(digest bytea, kind text, "keyId" text)
  order by s.digest
  on conflict (digest) do update set since = greatest(t.since, excluded.since);
  return to_json(true);
end
$function$;

-- A null p_expected: the request is new. Answers whether it was kept.
create function volenti.save_rights_request_v1(p_request json, p_expected integer) returns json
language plpgsql security definer set search_path = pg_catalog, volenti, pg_temp as $function$
begin
  if p_expected is null then
    insert into rights_request (request_id, subject_ref, kind, state, is_open, due_at, revision, document)
    select r."requestId", r."subjectRef", r.kind, r.state, r."isOpen", r."dueAt", r.revision, r.document
    from json_to_record(p_request) as r("requestId" uuid, "subjectRef" text, kind text, state text, "isOpen" boolean,
      "dueAt" bigint, revision integer, document json)
    on conflict do nothing;
  else
    update rights_request t set subject_ref = r."subjectRef", kind = r.kind, state = r.state, is_open = r."isOpen",
      due_at = r."dueAt", revision = r.revision, document = r.document
    from json_to_record(p_request) as r("requestId" uuid, "subjectRef" text, kind text, state text, "isOpen" boolean,
      "dueAt" bigint, revision integer, document json)
    where t.request_id = r."requestId" and t.revision = p_expected;
  end if;
  return to_json(found);
end
$function$;

create function volenti.record_accesses_v1(p_accesses json) returns json
language plpgsql security definer set search_path = pg_catalog, volenti, pg_temp as $function$
begin
  insert into access_log (access_id, at, subject_ref, operation, actor, reason, attributes, recipient)
  select a."accessId", a.at, a."subjectRef", a.operation, a.actor, a.reason, a.attributes, a.recipient
  from json_to_recordset(p_accesses) as a("accessId" uuid, at bigint, "subjectRef" text, operation text, actor text,
    reason text, attributes text[], recipient text)
  order by a."accessId"
  on conflict do nothing;
  return to_json(true);
end
$function$;

-- A page of everybody who is held, behind a ref: names of attributes and when they changed, and no value.
create function volenti.list_people_v1(p_after text, p_limit integer) returns json
language plpgsql stable security definer
set search_path = pg_catalog, volenti, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
as $function$
begin
  return (
    select coalesce(json_agg(json_build_array(p.ref, p.country, p.age_band, p.test, p.held_since,
      (select json_agg(json_build_array(c.purpose, c.channel, c.decision_id, c.status, c.effective_at, c.purpose_version,
          c.valid_until, c.recipients, c.attributes) order by c.purpose, c.channel)
        from consent_state c where c.ref = p.ref),
      (select json_agg(json_build_array(a.name, a.changed_at) order by a.name)
        from profile_attribute a where a.ref = p.ref and a.ciphertext is not null)) order by p.ref), '[]')
    from (
      select s.ref, s.country, s.age_band, s.test, floor(extract(epoch from s.created_at) * 1000)::bigint as held_since
      from subject s
      where s.ref > p_after and s.erased_at is null
        and (s.merged_into is null or exists (
          select from profile_attribute a where a.ref = s.ref and a.ciphertext is not null))
      order by s.ref limit p_limit
    ) p);
end
$function$;

do $rights$
declare
  routine text;
begin
  foreach routine in array array['root_of(text)', 'lock_person(text)', 'set_hold_v1(text, json)',
    'lift_hold_v1(text, uuid, bigint)', 'set_restriction_v1(text, bigint, text)', 'merge_subjects_v1(text, text, bigint)',
    'list_suppressions_v1(text)', 'suppress_v1(json, bigint)', 'save_rights_request_v1(json, integer)',
    'record_accesses_v1(json)', 'list_people_v1(text, integer)']
  loop
    execute format('revoke all on function volenti.%s from public', routine);
  end loop;
  foreach routine in array array['set_hold_v1(text, json)', 'lift_hold_v1(text, uuid, bigint)',
    'set_restriction_v1(text, bigint, text)', 'merge_subjects_v1(text, text, bigint)', 'list_suppressions_v1(text)',
    'suppress_v1(json, bigint)', 'save_rights_request_v1(json, integer)', 'record_accesses_v1(json)']
  loop
    execute format('grant execute on function volenti.%s to volenti_eraser', routine);
  end loop;
end
$rights$;
-- Whoever reads a person says so before the answer leaves.
grant execute on function volenti.record_accesses_v1(json) to volenti_reader;
grant execute on function volenti.list_people_v1(text, integer) to volenti_reader;
`;

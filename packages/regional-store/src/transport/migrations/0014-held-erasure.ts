/**
 * Erasure that knows holds, merges and work for later. Under a hold of everything nothing goes; under a narrower one what it
 * covers stays, readable by ref, and the next erasure after it takes the rest. Work for later goes along, so that nobody
 * comes back to a person who was erased. The rest is 0007.
 */
export const HELD_ERASURE_MIGRATION = `
create index follow_up_by_subject on volenti.follow_up (subject_ref);

create or replace function volenti.erase_v1(p_ref text, p_reason text, p_requested_at bigint) returns json
language plpgsql security definer
set search_path = pg_catalog, volenti, pg_temp
set enable_seqscan = off set jit = off
as $function$
declare
  v_identifiers integer;
  v_keys integer;
  v_attributes integer;
  v_held_attributes integer;
  v_decisions integer;
  v_states integer;
  v_present boolean;
  v_held boolean;
  v_scope text[];
  v_until bigint;
begin
  -- Holds are set under the lock of whom the ref is by now.
  perform from subject s where s.ref in (p_ref, volenti.root_of(p_ref)) order by s.ref for update;
  select s.erased_at is null into v_present from subject s where s.ref = p_ref;
  if not found then
    return json_build_object('held', false);
  end if;
  select array_agg(p.pattern), case when bool_and(h.until is not null) then max(h.until) end into v_scope, v_until
  from hold h cross join unnest(h.scope) as p(pattern)
  where h.ref = volenti.root_of(p_ref) and h.lifted_at is null
    and (h.until is null or h.until > extract(epoch from clock_timestamp()) * 1000);
  v_held := coalesce('*' = any (v_scope), false);
  select count(*) into v_decisions from decision d where d.ref = p_ref;
  select count(*) into v_states from consent_state c where c.ref = p_ref;
  select count(*) into v_held_attributes from profile_attribute a
  where a.ref = p_ref and a.ciphertext is not null and exists (select from unnest(v_scope) as p(pattern)
    where p.pattern in ('*', a.name) or starts_with(a.name, p.pattern || '.')
      or (p.pattern like '%.*' and starts_with(a.name, left(p.pattern, -1))));
  if v_held then
    return json_build_object('held', true, 'isRetained', true, 'until', v_until, 'decisions', v_decisions, 'states', v_states,
      'identifiers', (select count(*) from subject_lookup l where l.ref = p_ref),
      'keys', (select count(*) from subject_key k where k.ref = p_ref),
      'profile', (select count(*) from profile_attribute a where a.ref = p_ref));
  end if;
  insert into suppression as t (digest, kind, key_id, since)
  select l.suppression_digest, l.kind, l.suppression_key_id, p_requested_at
  from subject_lookup l where l.ref = p_ref
  order by l.suppression_digest
  on conflict (digest) do update set since = greatest(t.since, excluded.since);
  delete from subject_lookup l where l.ref = p_ref;
  get diagnostics v_identifiers = row_count;
  delete from subject_key k where k.ref = p_ref and v_held_attributes = 0;
  get diagnostics v_keys = row_count;
  delete from profile_attribute a
  where a.ref = p_ref and (a.ciphertext is null or not exists (select from unnest(v_scope) as p(pattern)
    where p.pattern in ('*', a.name) or starts_with(a.name, p.pattern || '.')
      or (p.pattern like '%.*' and starts_with(a.name, left(p.pattern, -1)))));
  get diagnostics v_attributes = row_count;
  delete from follow_up f where f.subject_ref = p_ref;
  if v_present then
    update subject s set generation = s.generation + 1 where s.ref = p_ref;
    -- Whoever is held in part is not gone: what is left of them must be readable, and be found by the next erasure.
    update subject s set erased_at = clock_timestamp(), country = null, age_band = null, restricted = false,
      restricted_since = null, restriction_reason = null
    where s.ref = p_ref and v_held_attributes = 0;
  end if;
  if v_present and (v_held_attributes = 0 or v_identifiers + v_attributes > 0) then
    insert into erasure_log (ref, reason, requested_at, identifiers, keys, attributes, decisions_retained)
    values (p_ref, p_reason, p_requested_at, v_identifiers, v_keys, v_attributes, v_decisions);
  end if;
  return json_build_object('held', true, 'identifiers', v_identifiers, 'keys', v_keys, 'profile', v_attributes,
    'heldAttributes', v_held_attributes, 'until', v_until, 'decisions', v_decisions, 'states', v_states);
end
$function$;

-- Removes every test person with everything that is kept of them. Submissions are remembered by digest alone.
create or replace function volenti.erase_test_v1() returns json
language plpgsql security definer set search_path = pg_catalog, volenti, pg_temp as $function$
declare
  v_refs text[];
  v_identifiers integer;
  v_keys integer;
  v_attributes integer;
  v_decisions integer;
  v_states integer;
begin
  select array_agg(l.ref) into v_refs
  from (select s.ref from subject s where s.test order by s.ref for update) l;
  delete from subject_lookup l where l.ref = any (v_refs);
  get diagnostics v_identifiers = row_count;
  delete from subject_key k where k.ref = any (v_refs);
  get diagnostics v_keys = row_count;
  delete from profile_attribute a where a.ref = any (v_refs);
  get diagnostics v_attributes = row_count;
  delete from decision d where d.ref = any (v_refs);
  get diagnostics v_decisions = row_count;
  delete from consent_state c where c.ref = any (v_refs);
  get diagnostics v_states = row_count;
  delete from hold h where h.ref = any (v_refs);
  delete from follow_up f where f.subject_ref = any (v_refs);
  delete from rights_request r where r.subject_ref = any (v_refs);
  delete from access_log a where a.subject_ref = any (v_refs);
  delete from subject s where s.ref = any (v_refs);
  return json_build_object('held', v_refs is not null, 'identifiers', v_identifiers, 'keys', v_keys,
    'profile', v_attributes, 'decisions', v_decisions, 'states', v_states);
end
$function$;
`;

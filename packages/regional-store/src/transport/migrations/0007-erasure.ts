/** Erasure: what names a person goes; what proves a decision and names nobody stays. */
export const ERASURE_MIGRATION = `
create function volenti.erase_v1(p_ref text, p_reason text, p_requested_at bigint) returns json
language plpgsql security definer
set search_path = pg_catalog, volenti, pg_temp
set enable_seqscan = off set jit = off
as $function$
declare
  v_identifiers integer;
  v_keys integer;
  v_attributes integer;
  v_decisions integer;
  v_states integer;
  v_present boolean;
begin
  select s.erased_at is null into v_present from subject s where s.ref = p_ref for update;
  if not found then
    return json_build_object('held', false);
  end if;
  insert into suppression as t (digest, kind, key_id, since)
  select l.suppression_digest, l.kind, l.suppression_key_id, p_requested_at
  from subject_lookup l where l.ref = p_ref
  order by l.suppression_digest
  on conflict (digest) do update set since = greatest(t.since, excluded.since);
  delete from subject_lookup l where l.ref = p_ref;
  get diagnostics v_identifiers = row_count;
  delete from subject_key k where k.ref = p_ref;
  get diagnostics v_keys = row_count;
  delete from profile_attribute a where a.ref = p_ref;
  get diagnostics v_attributes = row_count;
  select count(*) into v_decisions from decision d where d.ref = p_ref;
  select count(*) into v_states from consent_state c where c.ref = p_ref;
  if v_present then
    update subject s set generation = s.generation + 1, erased_at = clock_timestamp(), country = null, age_band = null
    where s.ref = p_ref;
    insert into erasure_log (ref, reason, requested_at, identifiers, keys, attributes, decisions_retained)
    values (p_ref, p_reason, p_requested_at, v_identifiers, v_keys, v_attributes, v_decisions);
  end if;
  return json_build_object('held', true, 'identifiers', v_identifiers, 'keys', v_keys, 'profile', v_attributes,
    'decisions', v_decisions, 'states', v_states);
end
$function$;

-- Removes every test person with everything that is kept of them. Submissions are remembered by digest alone.
create function volenti.erase_test_v1() returns json
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
  delete from subject s where s.ref = any (v_refs);
  return json_build_object('held', v_refs is not null, 'identifiers', v_identifiers, 'keys', v_keys,
    'profile', v_attributes, 'decisions', v_decisions, 'states', v_states);
end
$function$;

revoke all on function volenti.erase_v1(text, text, bigint) from public;
revoke all on function volenti.erase_test_v1() from public;
grant execute on function volenti.erase_v1(text, text, bigint) to volenti_eraser;
grant execute on function volenti.erase_test_v1() to volenti_eraser;
`;

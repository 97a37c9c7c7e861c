/**
 * All of one person in one round trip, by digests of an identifier or by ref: the person whom the name leads to by now, and
 * those who were merged into them. Values leave as they are kept, encrypted. Several people are told by their refs alone.
 */
export const OVERVIEW_MIGRATION = `
create function volenti.overview_v1(p_digests json, p_ref text) returns json
language plpgsql stable security definer
set search_path = pg_catalog, volenti, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
as $function$
declare
  v_refs text[] := array[p_ref];
  v_root text;
begin
  if p_ref is null then
    select coalesce(array_agg(distinct l.ref), '{}') into v_refs
    from json_array_elements_text(p_digests) as d(digest) join subject_lookup l on l.digest = d.digest::bytea;
  end if;
  if cardinality(v_refs) <> 1 then
    return json_build_object('refs', to_json(v_refs));
  end if;
  v_root := volenti.root_of(v_refs[1]);
  return json_build_object(
    'refs', to_json(v_refs),
    'records', (
      select json_agg(json_build_object(
        'ref', p.ref,
        'profile', json_build_object(
          'held', exists (select from subject s where s.ref = p.ref and s.erased_at is null),
          'key', (select json_build_object('dataKeyId', k.data_key_id, 'keyId', k.key_id, 'wrapped', encode(k.wrapped, 'hex'))
            from subject_key k where k.ref = p.ref),
          'attributes', (select json_agg(json_build_array(a.name, encode(a.ciphertext, 'hex'), a.changed_at, a.submission_id)
              order by a.name)
            from profile_attribute a where a.ref = p.ref)),
        'states', (select json_agg(json_build_array(c.purpose, c.channel, c.decision_id, c.status, c.effective_at,
              c.purpose_version, c.valid_until, c.recipients, c.attributes) order by c.purpose, c.channel)
          from consent_state c where c.ref = p.ref),
        'decisions', (select json_agg(json_build_array(d.ref, d.decision_id, d.canonical, encode(d.hash, 'hex'), d.leaf_index,
              d.tree_size, encode(d.path, 'hex'), encode(d.root, 'hex'), h.jws,
              to_char(d.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), d.chain_position,
              encode(d.chain_link, 'hex'), json_build_array(d.purpose, d.purpose_version, d.channel, d.status, d.notice_id,
                d.notice_version, encode(d.notice_sha256, 'hex'), extract(epoch from d.occurred_at) * 1000,
                extract(epoch from d.received_at) * 1000, d.effective_at, d.collection_point, d.test), l.log_index) order by d.chain_position)
          from decision d left join head h on h.root = d.root
            left join log_entry l on l.decision_id = d.decision_id where d.ref = p.ref)
      ) order by p.ref <> v_root, p.ref)
      from (select v_root as ref union select s.ref from subject s where s.merged_root = v_root) p),
    'holds', (select json_agg(json_build_array(h.hold_id, h.scope, h.law, h.reason, h.until, h.set_at, h.lifted_at)
        order by h.set_at, h.hold_id)
      from hold h where h.ref = v_root),
    'restriction', (select json_build_object('since', s.restricted_since, 'reason', s.restriction_reason)
      from subject s where s.ref = v_root and s.restricted_since is not null));
end
$function$;
revoke all on function volenti.overview_v1(json, text) from public;
grant execute on function volenti.overview_v1(json, text) to volenti_reader;
`;

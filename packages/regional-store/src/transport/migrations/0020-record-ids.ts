/**
 * Where other destinations hold a person: an id by destination, in the person's own row, so that the look-up reads no other. It
 * goes with whatever an erasure takes. The rest is 0009 and 0014.
 */
export const RECORD_IDS_MIGRATION = `
alter table volenti.subject add column record_ids jsonb;

-- Of whoever is not there, or was erased, nothing is kept.
create function volenti.keep_record_ids_v1(p_destination text, p_record_ids json) returns json
language plpgsql security definer
set search_path = pg_catalog, volenti, pg_temp
set enable_seqscan = off set jit = off
as $function$
begin
  perform from subject s
  where s.ref = any (array(select r."subjectRef" from json_to_recordset(p_record_ids) as r("subjectRef" text)))
  order by s.ref for no key update;
  update subject s set record_ids = nullif(case when r."recordId" is null then coalesce(s.record_ids, '{}') - p_destination
    else coalesce(s.record_ids, '{}') || jsonb_build_object(p_destination, r."recordId") end, '{}')
  from json_to_recordset(p_record_ids) as r("subjectRef" text, "recordId" text)
  where s.ref = r."subjectRef" and s.erased_at is null;
  return to_json(true);
end
$function$;
revoke all on function volenti.keep_record_ids_v1(text, json) from public;
grant execute on function volenti.keep_record_ids_v1(text, json) to volenti_writer;

create or replace function volenti.consult_v1(p_queries json, p_rounds jsonb) returns json
language plpgsql security definer
set search_path = pg_catalog, volenti, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off set work_mem = '32MB'
as $function$
declare
  v_proposed text[];
  v_countries text[];
  v_test boolean[];
  v_away boolean[];
  v_moved boolean;
  v_named text[];
  v_known boolean[];
  v_row record;
  v_attached text[];
  v_joined text[] := '{}';
  v_answer json;
begin
  -- Who is turned away: their submission is recorded with another content, or was given before an identifier was erased.
  select array_agg(q.ref order by q.query), array_agg(q.country order by q.query), array_agg(q.test order by q.query),
    array_agg(coalesce(m.key_id = q."submissionKeyId" and m.digest <> q."submissionDigest", false)
      or (not q."onlyRefuses" and exists (select from unnest(q.suppressions) as u(digest)
        join suppression x on x.digest = u.digest where x.since > q."occurredAt")) order by q.query)
  into v_proposed, v_countries, v_test, v_away
  from json_to_recordset(p_queries) as q(query integer, ref text, country text, test boolean, suppressions bytea[],
    "submissionId" uuid, "submissionKeyId" text, "submissionDigest" bytea, "occurredAt" bigint, "onlyRefuses" boolean)
  left join submission m on m.submission_id = q."submissionId";

  -- Where queries of the batch share an identifier, the first of them claims it.
  insert into subject_lookup (digest, kind, key_id, ref, suppression_key_id, suppression_digest)
  select l.digest, l.kind, l."keyId", l.proposed, l."suppressionKeyId", l."suppressionDigest"
  from jsonb_array_elements(p_rounds) as r(links),
    jsonb_to_recordset(r.links) as l(query integer, digest bytea, kind text, "keyId" text, proposed text,
      "suppressionKeyId" text, "suppressionDigest" bytea)
  where not v_away[l.query] and not exists (select from subject_lookup e where e.digest = l.digest)
  order by l.digest, l.query
  on conflict do nothing;
  v_named := v_proposed;

  for v_round in 0 .. jsonb_array_length(p_rounds) - 1 loop
    for v_row in
      select l.query, (array_agg(coalesce(e.ref, o.ref) order by l.position))[1] as ref
      from jsonb_to_recordset(p_rounds -> v_round) as l(query integer, position integer, digest bytea, older bytea[], proposed text)
      left join subject_lookup e on e.digest = l.digest and e.ref <> l.proposed
        -- Whoever is turned away and asked first does not know what a later query of the batch has claimed.
        and not (v_away[l.query] and coalesce(array_position(v_proposed, e.ref) > l.query, false))
      left join lateral (select s.ref from subject_lookup s where s.digest = any (l.older) limit 1) o on true
      where e.ref is not null or o.ref is not null
      group by l.query
    loop
      v_named[v_row.query] := v_row.ref;
    end loop;
    -- The unknown links follow the name; one that an earlier key knows stays with whom that key named.
    with attached as (
      update subject_lookup t set ref = coalesce(o.ref, v_named[l.query])
      from jsonb_to_recordset(p_rounds -> v_round) as l(query integer, digest bytea, older bytea[], proposed text)
      left join lateral (select s.ref from subject_lookup s where s.digest = any (l.older) limit 1) o on true
      where t.digest = l.digest and t.ref = l.proposed and coalesce(o.ref, v_named[l.query]) <> l.proposed
      returning t.ref
    )
    select array_agg(a.ref) into v_attached from attached a;
    v_joined := v_joined || v_attached;
  end loop;
  -- An erasure cannot see a link that is not committed yet: whoever is given one is kept from being erased until it is,
  -- and one who is being erased is waited for.
  perform from subject s where s.ref = any (v_joined) order by s.ref for key share;

  select array_agg(exists (select from subject s where s.ref = n.ref) order by n.query) into v_known
  from unnest(v_named) with ordinality as n(ref, query);
  insert into subject (ref, country, test)
  select distinct on (n.ref) n.ref, n.country, n.test
  from unnest(v_named, v_proposed, v_known, v_away, v_countries, v_test) as n(ref, proposed, known, away, country, test)
  where n.ref = n.proposed and not n.known and not n.away
  order by n.ref
  on conflict do nothing;

  select json_agg(json_build_object(
    'ref', v_named[q.query], 'known', v_known[q.query], 'held', v_known[q.query] and exists (select from hold o where o.ref = s.ref and o.lifted_at is null
      and (o.until is null or o.until > extract(epoch from clock_timestamp()) * 1000)),
    'restricted', coalesce(s.restricted, false),
    'recordIds', case when v_known[q.query] then s.record_ids end,
    -- Whoever was turned away is nobody whom the next write is about.
    'generation', case when not v_away[q.query] then s.generation end,
    -- Whoever was reserved just now has none of this, and shares no identifier with anybody.
    'key', case when v_known[q.query] then (select json_build_object('dataKeyId', k.data_key_id, 'keyId', k.key_id, 'wrapped', encode(k.wrapped, 'hex'))
      from subject_key k where k.ref = s.ref) end,
    'elsewhere', case when v_known[q.query] or v_named[q.query] <> v_proposed[q.query] then (select json_agg(json_build_array(u.position - 1, e.ref) order by u.position)
      from unnest(q.digests) with ordinality as u(digest, position)
      join subject_lookup e on e.digest = u.digest where e.ref <> v_named[q.query]) end,
    'merged', case when v_known[q.query] then to_json(g.merged) end,
    'states', case when v_known[q.query] then (select json_agg(json_build_array(c.purpose, c.channel, c.decision_id, c.status, c.effective_at,
        c.purpose_version, c.valid_until, c.recipients, c.attributes) order by c.purpose, c.channel)
      from (
        select distinct on (o.purpose, o.channel) o.*
        from consent_state o where o.ref = any (s.ref || coalesce(g.merged, '{}'))
        order by o.purpose, o.channel, o.effective_at desc, o.rank desc, o.decision_id desc
      ) c) end,
    'recorded', (select json_agg(json_build_array(d.decision_id, d.canonical, encode(d.hash, 'hex'), d.leaf_index,
        d.tree_size, encode(d.path, 'hex'), encode(d.root, 'hex'), h.jws))
      from unnest(q.decisions) as u(decision_id)
      join decision d on d.decision_id = u.decision_id left join head h on h.root = d.root),
    -- A digest under another key cannot be compared: it is then no reason to call the content changed.
    'submission', case when m.key_id = q."submissionKeyId" and m.digest <> q."submissionDigest" then 'conflicting'
      when m.submission_id is not null then 'same' end,
    'suppressedSince', x.since
  ) order by q.query),
    bool_or((s.ref is null and not (v_away[q.query] and v_named[q.query] = v_proposed[q.query]))
      or s.erased_at is not null or s.merged_into is not null
      or (not v_away[q.query] and not q."onlyRefuses" and x.since > q."occurredAt"))
  into v_answer, v_moved
  from json_to_recordset(p_queries) as q(query integer, digests bytea[], suppressions bytea[], decisions uuid[],
    "submissionId" uuid, "submissionKeyId" text, "submissionDigest" bytea, "occurredAt" bigint, "onlyRefuses" boolean)
  left join subject s on s.ref = v_named[q.query]
  left join submission m on m.submission_id = q."submissionId"
  cross join lateral (select array_agg(m.ref order by m.ref) as merged from subject m where m.merged_root = s.ref) g
  cross join lateral (select max(u.since) as since from suppression u where u.digest = any (q.suppressions)) x;
  -- Somebody was erased or merged since the links were read: they lead nowhere or to another now, and asking again
  -- finds that.
  if v_moved then
    raise exception using errcode = '40001', message = 'a person was erased or merged meanwhile';
  end if;
  return v_answer;
end
$function$;

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
    update subject s set generation = s.generation + 1, record_ids = null where s.ref = p_ref;
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
`;

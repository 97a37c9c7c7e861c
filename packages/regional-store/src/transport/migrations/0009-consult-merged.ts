/**
 * What stands, over everybody who was merged into one: the look-up and the view answer the greatest decision of the whole
 * person, whichever ref it was recorded under, and the look-up tells those refs, for copies elsewhere. `held` is a
 * hold in force, of whatever scope; whoever was merged while their links were read is asked for again, as whoever was erased
 * is. The rest is 0005.
 */
export const CONSULT_MERGED_MIGRATION = `
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

-- As in 0003, and a row says the same under whichever ref of a person it is.
create or replace view volenti.consent_state_v1 as
select own.ref as subject_ref, own.purpose, own.channel,
  case
    when standing.status in ('expired', 'invalidated') then 'unknown'
    when standing.rank = 1 then 'refused'
    when standing.valid_until <= floor(extract(epoch from now()) * 1000) then 'unknown'
    when exists (
      select from volenti.purpose_version p
      where p.key = own.purpose and p.current
        and (p.version = standing.purpose_version or standing.purpose_version = any (p.covers))
    ) then 'granted'
    else 'unknown'
  end as state,
  to_timestamp(standing.effective_at / 1000.0) as since
from (
  select ref, purpose, channel from volenti.consent_state
  union all
  select every.ref, every.purpose, added.channel collate "C"
  from volenti.consent_state every
  join volenti.purpose_version p on p.key = every.purpose and p.current
  cross join unnest(p.channels) as added(channel)
  where every.channel = '*' and not exists (
    select from volenti.consent_state s
    where s.ref = every.ref and s.purpose = every.purpose and s.channel = added.channel collate "C")
) own
cross join lateral (
  select array_agg(every.ref) as refs
  from (
    select own.ref
    union all
    select me.merged_root from volenti.subject me where me.ref = own.ref
    union all
    select other.ref from volenti.subject me join volenti.subject other on other.merged_root = coalesce(me.merged_root, me.ref)
    where me.ref = own.ref
  ) every
) person
cross join lateral (
  select s.status, s.rank, s.valid_until, s.purpose_version, s.effective_at
  from volenti.consent_state s
  where s.ref = any (person.refs) and s.purpose = own.purpose and s.channel in (own.channel, '*')
  order by s.effective_at desc, s.rank desc, s.decision_id desc
  limit 1
) standing;
`;

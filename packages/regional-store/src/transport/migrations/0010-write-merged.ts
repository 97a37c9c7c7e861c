/**
 * The write, which now knows merges: what arrives under a ref whose identifiers were given to somebody else is answered
 * `merged` and not written, so that nobody comes into being twice, unless all it does is clear attributes that lie under that
 * ref; a refusal that only follows a person goes to whom they
 * are by now. The rest is 0006.
 */
export const WRITE_MERGED_MIGRATION = `
create or replace function volenti.write_v1(p_items json, p_marks json, p_links json, p_states json, p_heads json,
  p_decisions json, p_bodies bytea, p_attribute_items integer[], p_attribute_names text[],
  p_attribute_changed_at bigint[], p_attribute_submissions uuid[], p_attribute_lengths integer[],
  p_ciphertexts bytea) returns json
language plpgsql security definer
set search_path = pg_catalog, volenti, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off set work_mem = '32MB'
as $function$
declare
  v_refs text[];
  v_also_items integer[];
  v_also_refs text[];
  v_ages text[];
  v_countries text[];
  v_existing boolean[];
  v_test boolean[];
  v_status text[];
  v_fresh boolean[];
  v_decisions text;
  v_attributes text;
  v_collides boolean;
begin
  -- Whoever only follows a refusal is looked up, by ref and then by identifier; everybody else is made.
  select array_agg(case when not i.existing then i.ref else coalesce(
      (select s.ref from subject s where s.ref = coalesce((select m.merged_root from subject m where m.ref = i.ref), i.ref)
        and s.erased_at is null),
      (select l.ref from unnest(i.lookups) with ordinality as u(digest, position)
        join subject_lookup l on l.digest = u.digest
        join subject s on s.ref = l.ref and s.erased_at is null
        order by u.position limit 1)) end order by i.item),
    array_agg(i.country order by i.item), array_agg(i."ageBand" order by i.item), array_agg(i.existing order by i.item),
    array_agg(i.test order by i.item)
  into v_refs, v_countries, v_ages, v_existing, v_test
  from json_to_recordset(p_items) as i(item integer, ref text, existing boolean, lookups bytea[], country text,
    "ageBand" text, test boolean);
  -- Everybody else whom an identifier of such an item names: the refusal holds for them too.
  select array_agg(o.item), array_agg(o.ref) into v_also_items, v_also_refs
  from (
    select distinct i.item, l.ref
    from json_to_recordset(p_items) as i(item integer, existing boolean, lookups bytea[])
    cross join unnest(i.lookups) as u(digest)
    join subject_lookup l on l.digest = u.digest
    join subject s on s.ref = l.ref and s.erased_at is null
    where i.existing and l.ref <> v_refs[i.item]
  ) o;
  insert into subject (ref, country, age_band, test)
  select i.ref, i.country, i.age, i.test
  from unnest(v_refs, v_countries, v_ages, v_existing, v_test) as i(ref, country, age, existing, test)
  where not i.existing and not exists (select from subject s where s.ref = i.ref)
  order by i.ref collate "C"
  on conflict do nothing;
  perform from subject s where s.ref = any (v_refs || v_also_refs) order by s.ref for no key update;
  -- A refusal for somebody who was merged since their identifier was read is for whom they are now: asking again finds them.
  if exists (select from subject s where s.ref = any (v_also_refs) and s.merged_into is not null) then
    raise exception using errcode = '40001', message = 'a person was merged meanwhile';
  end if;

  insert into subject_key (ref, data_key_id, key_id, algorithm, wrapped)
  select i.ref, i."dataKeyId", i."keyId", i.algorithm, i.wrapped
  from json_to_recordset(p_items) as i(item integer, ref text, generation integer, "dataKeyId" uuid, "keyId" text,
    algorithm text, wrapped bytea)
  join subject s on s.ref = i.ref and s.generation = coalesce(i.generation, s.generation) and s.merged_into is null
  where i.wrapped is not null
  order by i.ref collate "C"
  on conflict do nothing;
  select array_agg(case
      when v_refs[i.item] is null then 'notHeld'
      when s.merged_into is not null and (
        exists (select from unnest(p_attribute_items, p_attribute_lengths) as a(item, length) where a.item = i.item and a.length > 0)
        or exists (select from json_to_recordset(p_marks) as m(item integer) where m.item = i.item)
        or exists (select from json_to_recordset(p_links) as l(item integer) where l.item = i.item)
        or exists (select from json_to_recordset(p_states) as c(item integer) where c.item = i.item)
        or exists (select from json_to_recordset(p_decisions) as d(item integer) where d.item = i.item)) then 'merged'
      when s.generation <> i.generation or (i."dataKeyId" is not null and k.ref is null) then 'erased'
      when k.data_key_id <> i."dataKeyId" then 'otherKey'
      else 'written' end order by i.item)
  into v_status
  from json_to_recordset(p_items) as i(item integer, generation integer, "dataKeyId" uuid)
  left join subject s on s.ref = v_refs[i.item]
  left join subject_key k on k.ref = v_refs[i.item];

  v_status := volenti.mark_submissions(p_marks, v_status);

  -- Of whom nothing stands that could be compared, nor comes twice; the lock keeps it so. What is theirs is added as it
  -- is, which costs half.
  select array_agg(n.status = 'written' and not n.repeated
      and not exists (select from consent_state c where c.ref = n.ref)
      and not exists (select from profile_attribute a where a.ref = n.ref) order by n.item)
  into v_fresh
  from (
    select r.ref, r.item, v_status[r.item] as status, count(*) over (partition by r.ref) > 1 as repeated
    from unnest(v_refs || v_also_refs) with ordinality as r(ref, item)
  ) n
  where n.item <= array_length(v_refs, 1);

  insert into subject_lookup (digest, kind, key_id, ref, suppression_key_id, suppression_digest)
  select l.digest, l.kind, l."keyId", v_refs[l.item], l."suppressionKeyId", l."suppressionDigest"
  from json_to_recordset(p_links) as l(item integer, digest bytea, kind text, "keyId" text, "suppressionKeyId" text,
    "suppressionDigest" bytea)
  where v_status[l.item] = 'written'
  order by l.digest
  on conflict do nothing;
  insert into head (root, jws)
  select h.root, h.jws from json_to_recordset(p_heads) as h(root bytea, jws text) order by h.root
  on conflict do nothing;

  with incoming as materialized (
    select d.*, v_refs[d.item] as ref, substring(p_bodies, d.start + 1, 32) as hash,
      v_status[d.item] = 'written' as wanted,
      o.decision_id is not null as recorded,
      -- Whoever only follows a refusal may be named otherwise by now: for them, recorded once is recorded.
      not v_existing[d.item] and (o.ref, o.purpose, o.effective_at) <> (v_refs[d.item], d.purpose, d."effectiveAt") as collides
    from json_to_recordset(p_decisions) as d(position integer, item integer, id uuid, purpose text, version text,
      channel text, status text, rank smallint, notice text, "noticeVersion" text, "occurredAt" timestamptz,
      "receivedAt" timestamptz, "effectiveAt" bigint, "collectionPoint" text, test boolean, leaf integer, size integer,
      hashes integer, start integer, length integer)
    left join decision o on o.decision_id = d.id
  ), chained as materialized (
    select i.*, s.chain_position + row_number() over person as chain_position,
      volenti.chain_link(s.chain_link, i.hash) over person as chain_link
    from incoming i join subject s on s.ref = i.ref
    where i.wanted and not i.recorded
    window person as (partition by i.ref order by i.position rows unbounded preceding)
  ), added as (
    insert into decision (decision_id, ref, purpose, purpose_version, channel, status, notice_id, notice_version,
      notice_sha256, occurred_at, received_at, effective_at, collection_point, test, canonical, hash, chain_position,
      chain_link, leaf_index, tree_size, path, root)
    select id, ref, purpose, version, channel, status, notice, "noticeVersion", substring(p_bodies, start + 65, 32),
      "occurredAt", "receivedAt", "effectiveAt", "collectionPoint", test,
      convert_from(substring(p_bodies, start + 97 + 32 * hashes, length), 'UTF8'), hash, chain_position, chain_link, leaf,
      size, substring(p_bodies, start + 97, 32 * hashes), substring(p_bodies, start + 33, 32)
    from chained
  ), moved as (
    update subject s set chain_position = c.chain_position, chain_link = c.chain_link,
      age_band = case when v_existing[c.item] then s.age_band else coalesce(s.age_band, v_ages[c.item]) end
    from (select distinct on (ref) ref, item, chain_position, chain_link from chained order by ref, chain_position desc) c
    where s.ref = c.ref
  )
  select string_agg(case
      when not i.wanted then '-'
      when i.recorded then 'u'
      when i.rank is null or v_fresh[i.item] then 'a'
      when exists (select from consent_state b
        where b.ref = i.ref and b.purpose = i.purpose and b.channel in (coalesce(i.channel, '*'), '*')
          and (b.effective_at, b.rank, b.decision_id) > (i."effectiveAt", i.rank, i.id)) then 's'
      else 'a' end, '' order by i.position), bool_or(i.wanted and i.collides)
  into v_decisions, v_collides
  from incoming i;
  -- Answered as unchanged, the decision would be lost without a word. Its neighbours are written without it.
  if v_collides then
    raise exception using errcode = '23505', message = 'a decision id is in use for another decision';
  end if;

  with incoming as materialized (
    select p.ref, p.fresh, c.* from json_to_recordset(p_states) as c(item integer, purpose text, channel text,
      id uuid, status text, rank smallint, "effectiveAt" bigint, version text, "validUntil" bigint,
      recipients text[], attributes text[])
    cross join lateral (
      select v_refs[c.item] as ref, v_fresh[c.item] as fresh
      union all
      select a.ref, false from unnest(v_also_items, v_also_refs) as a(item, ref) where a.item = c.item
    ) p
    where v_status[c.item] = 'written'
  ), added as (
    insert into consent_state (ref, purpose, channel, decision_id, status, rank, effective_at, purpose_version,
      valid_until, recipients, attributes)
    select ref, purpose, channel, id, status, rank, "effectiveAt", version, "validUntil", recipients, attributes
    from incoming where fresh
  )
  insert into consent_state as t (ref, purpose, channel, decision_id, status, rank, effective_at, purpose_version,
    valid_until, recipients, attributes)
  select distinct on (n.ref, n.purpose, n.channel) n.ref, n.purpose, n.channel, n.id, n.status, n.rank,
    n."effectiveAt", n.version, n."validUntil", n.recipients, n.attributes
  from incoming n
  where not n.fresh
  order by n.ref, n.purpose, n.channel, n."effectiveAt" desc, n.rank desc, n.id desc
  on conflict (ref, purpose, channel) do update
  set decision_id = excluded.decision_id, status = excluded.status, rank = excluded.rank,
    effective_at = excluded.effective_at, purpose_version = excluded.purpose_version,
    valid_until = excluded.valid_until, recipients = excluded.recipients, attributes = excluded.attributes
  where (excluded.effective_at, excluded.rank, excluded.decision_id) > (t.effective_at, t.rank, t.decision_id);

  with incoming as materialized (
    select a.position, a.name, a.changed_at, a.submission, v_refs[a.item] as ref, v_status[a.item] = 'written' as wanted,
      v_fresh[a.item] as fresh,
      case when a.length > 0 then substring(p_ciphertexts, 1 + (sum(a.length) over upto)::integer - a.length, a.length) end as ciphertext
    from unnest(p_attribute_items, p_attribute_names, p_attribute_changed_at, p_attribute_submissions, p_attribute_lengths)
      with ordinality as a(item, name, changed_at, submission, length, position)
    window upto as (order by a.position rows unbounded preceding)
  ), added as (
    insert into profile_attribute (ref, name, ciphertext, changed_at, submission_id)
    select ref, name, ciphertext, changed_at, submission from incoming where fresh
  ), changed as (
    insert into profile_attribute as t (ref, name, ciphertext, changed_at, submission_id)
    select ref, name, ciphertext, changed_at, submission from incoming where wanted and not fresh order by ref, name
    on conflict (ref, name) do update
    set ciphertext = excluded.ciphertext, changed_at = excluded.changed_at, submission_id = excluded.submission_id
    where (excluded.changed_at, excluded.submission_id) > (t.changed_at, t.submission_id)
  )
  select string_agg(case
      when not i.wanted then '-'
      when i.fresh then 'a'
      else coalesce((
        select case
          when (b.changed_at, b.submission_id) = (i.changed_at, i.submission) then 'u'
          when (b.changed_at, b.submission_id) > (i.changed_at, i.submission) then 's' end
        from profile_attribute b where b.ref = i.ref and b.name = i.name), 'a') end, '' order by i.position)
  into v_attributes
  from incoming i;

  -- A person who was reserved has no age yet; one who came back is no longer erased; one real submission makes a
  -- test person real, so that removing test people removes nobody else.
  update subject s set age_band = coalesce(s.age_band, i.age), country = coalesce(s.country, i.country),
    erased_at = null, test = s.test and i.test
  from unnest(v_refs, v_countries, v_ages, v_existing, v_test, v_status) as i(ref, country, age, existing, test, status)
  where not i.existing and i.status = 'written' and s.ref = i.ref
    and (s.age_band is null or s.country is null or s.erased_at is not null or (s.test and not i.test));

  return json_build_object('status', to_json(v_status), 'decisions', coalesce(v_decisions, ''),
    'attributes', coalesce(v_attributes, ''),
    'keys', (select json_agg(json_build_array(n.item, k.data_key_id, k.key_id, encode(k.wrapped, 'hex')))
      from unnest(v_status) with ordinality as n(status, item)
      join subject_key k on k.ref = v_refs[n.item] where n.status = 'otherKey'));
end
$function$;
`;

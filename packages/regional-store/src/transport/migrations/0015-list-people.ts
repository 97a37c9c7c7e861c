/**
 * The list of everybody who is held, in which two who became one are one: with what is kept under either ref. Whoever was
 * merged into somebody who was erased since is listed while an attribute is left, so that it is found. The rest is 0008.
 */
export const LIST_PEOPLE_MIGRATION = `
create or replace function volenti.list_people_v1(p_after text, p_limit integer) returns json
language plpgsql stable security definer
set search_path = pg_catalog, volenti, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
as $function$
begin
  return (
    select coalesce(json_agg(json_build_array(p.ref, p.country, p.age_band, p.test,
      floor(extract(epoch from least(p.created_at, g.created_at)) * 1000)::bigint,
      -- Hardly anybody was merged, and folding costs half as much again.
      case when g.merged is null then (
        select json_agg(json_build_array(c.purpose, c.channel, c.decision_id, c.status, c.effective_at, c.purpose_version,
          c.valid_until, c.recipients, c.attributes) order by c.purpose, c.channel)
        from consent_state c where c.ref = p.ref
      ) else (
        select json_agg(json_build_array(c.purpose, c.channel, c.decision_id, c.status, c.effective_at, c.purpose_version,
          c.valid_until, c.recipients, c.attributes) order by c.purpose, c.channel)
        from (
          select distinct on (o.purpose, o.channel) o.*
          from consent_state o where o.ref = any (p.ref || g.merged)
          order by o.purpose, o.channel, o.effective_at desc, o.rank desc, o.decision_id desc
        ) c
      ) end,
      case when g.merged is null then (
        select json_agg(json_build_array(a.name, a.changed_at) order by a.name)
        from profile_attribute a where a.ref = p.ref and a.ciphertext is not null
      ) else (
        select json_agg(json_build_array(a.name, a.changed_at) order by a.name)
        from (
          select o.name, max(o.changed_at) as changed_at
          from profile_attribute o where o.ref = any (p.ref || g.merged) and o.ciphertext is not null
          group by o.name
        ) a
      ) end,
      g.merged) order by p.ref), '[]')
    from (
      select s.ref, s.country, s.age_band, s.test, s.created_at
      from subject s
      where s.ref > p_after and s.erased_at is null
        and (s.merged_root is null or (
          exists (select from profile_attribute a where a.ref = s.ref and a.ciphertext is not null)
          and not exists (select from subject r where r.ref = s.merged_root and r.erased_at is null)))
      order by s.ref limit p_limit
    ) p
    cross join lateral (
      select array_agg(m.ref order by m.ref) as merged, min(m.created_at) as created_at from subject m where m.merged_root = p.ref
    ) g);
end
$function$;
`;

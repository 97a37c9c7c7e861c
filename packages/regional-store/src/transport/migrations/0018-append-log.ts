/**
 * Places of the log, given slice of time by slice of time: where many decisions wait for one, a step reads those that it gives
 * places to, and not all that were recorded since.
 */
export const APPEND_LOG_MIGRATION = `
create or replace function volenti.append_log_v1(p_limit integer) returns json
language plpgsql security definer set search_path = pg_catalog, volenti, pg_temp set jit = off
set plan_cache_mode = force_custom_plan as $function$
declare
  v_size bigint;
  v_last timestamptz;
  v_from timestamptz;
  v_until timestamptz;
  v_width interval := '1 minute';
  v_is_end boolean;
  v_count integer;
  v_appended integer := 0;
begin
  lock table log_entry in share row exclusive mode;
  select coalesce(max(l.log_index) + 1, 0) into v_size from log_entry l;
  select d.recorded_at into v_last
  from log_entry l join decision d on d.decision_id = l.decision_id where l.log_index = v_size - 1;
  v_from := v_last;
  if v_from is null then
    select min(d.recorded_at) into v_from from decision d;
  end if;
  loop
    v_until := v_from + v_width;
    v_is_end := coalesce(v_until >= clock_timestamp(), true);
    if v_is_end then
      -- A write that began before the last one that has a place may have been committed after it, but not a day after.
      v_from := coalesce(v_last - interval '1 day', '-infinity');
      v_until := 'infinity';
    end if;
    insert into log_entry (log_index, decision_id, hash)
    select v_size + v_appended + row_number() over (order by n.recorded_at, n.decision_id) - 1, n.decision_id, n.hash
    from (
      select d.decision_id, d.hash, d.recorded_at
      from decision d
      where d.recorded_at >= v_from and d.recorded_at < v_until and not d.test
        and not exists (select from subject s where s.ref = d.ref and s.test)
        and not exists (select from log_entry l where l.decision_id = d.decision_id)
      order by d.recorded_at, d.decision_id
      limit p_limit - v_appended
    ) n;
    get diagnostics v_count = row_count;
    v_appended := v_appended + v_count;
    exit when v_is_end or v_appended >= p_limit;
    v_from := v_until;
    v_width := v_width * 2;
  end loop;
  return json_build_object('appended', v_appended, 'size', v_size + v_appended);
end
$function$;
`;

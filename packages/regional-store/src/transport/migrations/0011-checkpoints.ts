/**
 * The log of decisions and the signed checkpoints over it: both only ever grow. Who appends holds the table against others
 * who append, and nobody else waits.
 */
export const CHECKPOINTS_MIGRATION = `
-- The hash is repeated: a decision's row that is taken out leaves its place behind.
create table volenti.log_entry (
  log_index bigint primary key,
  decision_id uuid not null unique,
  hash bytea not null
);
create table volenti.checkpoint (
  size bigint primary key,
  root bytea not null,
  jws text not null,
  peaks bytea not null,
  recorded_at timestamptz not null default clock_timestamp()
);
-- Costs a write next to nothing, and keeps those that have no place yet from being looked for among all.
create index decision_by_recording on volenti.decision using brin (recorded_at);

do $access$
declare
  relation text;
begin
  foreach relation in array array['log_entry', 'checkpoint']
  loop
    execute format('alter table volenti.%I enable row level security', relation);
    execute format('alter table volenti.%I force row level security', relation);
    execute format('create policy owner_reads on volenti.%I for select to volenti_owner using (true)', relation);
    execute format('create policy owner_adds on volenti.%I for insert to volenti_owner with check (true)', relation);
    execute format('create policy auditor_reads on volenti.%I for select to volenti_auditor using (true)', relation);
    execute format('grant select on volenti.%I to volenti_auditor', relation);
  end loop;
end
$access$;

create function volenti.append_log_v1(p_limit integer) returns json
language plpgsql security definer set search_path = pg_catalog, volenti, pg_temp set jit = off as $function$
declare
  v_size bigint;
  v_since timestamptz;
  v_appended integer;
begin
  lock table log_entry in share row exclusive mode;
  select coalesce(max(l.log_index) + 1, 0) into v_size from log_entry l;
  -- A write that began before the last one that has a place may have been committed after it, but not a day after.
  select d.recorded_at - interval '1 day' into v_since
  from log_entry l join decision d on d.decision_id = l.decision_id where l.log_index = v_size - 1;
  insert into log_entry (log_index, decision_id, hash)
  select v_size + row_number() over (order by n.recorded_at, n.decision_id) - 1, n.decision_id, n.hash
  from (
    select d.decision_id, d.hash, d.recorded_at
    from decision d
    where d.recorded_at >= coalesce(v_since, '-infinity') and not d.test
      and not exists (select from subject s where s.ref = d.ref and s.test)
      and not exists (select from log_entry l where l.decision_id = d.decision_id)
    order by d.recorded_at, d.decision_id
    limit p_limit
  ) n;
  get diagnostics v_appended = row_count;
  return json_build_object('appended', v_appended, 'size', v_size + v_appended);
end
$function$;

create function volenti.save_checkpoint_v1(p_previous bigint, p_size bigint, p_root bytea, p_jws text, p_peaks bytea) returns json
language plpgsql security definer set search_path = pg_catalog, volenti, pg_temp as $function$
begin
  lock table checkpoint in share row exclusive mode;
  if (select max(c.size) from checkpoint c) is distinct from p_previous then
    return to_json('conflict'::text);
  end if;
  insert into checkpoint (size, root, jws, peaks) values (p_size, p_root, p_jws, p_peaks);
  return to_json('saved'::text);
end
$function$;

revoke all on function volenti.append_log_v1(integer) from public;
revoke all on function volenti.save_checkpoint_v1(bigint, bigint, bytea, text, bytea) from public;
grant execute on function volenti.append_log_v1(integer) to volenti_writer;
grant execute on function volenti.save_checkpoint_v1(bigint, bigint, bytea, text, bytea) to volenti_writer;
`;

/**
 * Work for later, each under a lease while somebody does it: refs, ids and codes. Due times and leases go by this server's
 * clock alone, so that processes with wrong ones do not fight.
 */
export const FOLLOW_UPS_MIGRATION = `
create table volenti.follow_up (
  destination_id text not null,
  follow_up_id text not null check (length(follow_up_id) <= 200),
  subject_ref text not null,
  document json not null,
  due_at timestamptz not null,
  holder text,
  held_until timestamptz,
  primary key (destination_id, follow_up_id)
);
create index follow_up_by_due on volenti.follow_up (destination_id, due_at);
alter table volenti.follow_up enable row level security;
alter table volenti.follow_up force row level security;
create policy owner_keeps on volenti.follow_up for all to volenti_owner using (true) with check (true);
create policy auditor_reads on volenti.follow_up for select to volenti_auditor using (true);
grant select on volenti.follow_up to volenti_auditor;

create function volenti.plan_follow_ups_v1(p_destination text, p_delay bigint, p_follow_ups json) returns json
language plpgsql security definer set search_path = pg_catalog, volenti, pg_temp as $function$
begin
  insert into follow_up as t (destination_id, follow_up_id, subject_ref, document, due_at)
  select p_destination, f."followUpId", f."subjectRef", f.document, clock_timestamp() + p_delay * interval '1 millisecond'
  from json_to_recordset(p_follow_ups) as f("followUpId" text, "subjectRef" text, document json)
  order by f."followUpId"
  on conflict (destination_id, follow_up_id) do update set document = excluded.document, due_at = excluded.due_at,
    holder = null, held_until = null;
  return to_json(true);
end
$function$;

create function volenti.claim_follow_ups_v1(p_destination text, p_holder text, p_duration bigint, p_limit integer) returns json
language plpgsql security definer set search_path = pg_catalog, volenti, pg_temp as $function$
declare
  v_claimed json;
begin
  with due as (
    select f.follow_up_id from follow_up f
    where f.destination_id = p_destination and f.due_at <= clock_timestamp()
      and (f.held_until is null or f.held_until <= clock_timestamp())
    order by f.due_at, f.follow_up_id limit p_limit
    for update skip locked
  ), claimed as (
    update follow_up f set holder = p_holder, held_until = clock_timestamp() + p_duration * interval '1 millisecond'
    from due d where f.destination_id = p_destination and f.follow_up_id = d.follow_up_id
    returning f.follow_up_id, f.subject_ref, f.document, f.due_at
  )
  select coalesce(json_agg(json_build_object('followUpId', c.follow_up_id, 'subjectRef', c.subject_ref, 'document', c.document)
    order by c.due_at, c.follow_up_id), '[]') into v_claimed
  from claimed c;
  return v_claimed;
end
$function$;

create function volenti.finish_follow_ups_v1(p_destination text, p_holder text, p_ids json) returns json
language plpgsql security definer set search_path = pg_catalog, volenti, pg_temp as $function$
begin
  delete from follow_up f
  where f.destination_id = p_destination and f.holder = p_holder
    and f.follow_up_id in (select i.id from json_array_elements_text(p_ids) as i(id));
  return to_json(true);
end
$function$;

revoke all on function volenti.plan_follow_ups_v1(text, bigint, json) from public;
revoke all on function volenti.claim_follow_ups_v1(text, text, bigint, integer) from public;
revoke all on function volenti.finish_follow_ups_v1(text, text, json) from public;
grant execute on function volenti.plan_follow_ups_v1(text, bigint, json) to volenti_writer;
grant execute on function volenti.claim_follow_ups_v1(text, text, bigint, integer) to volenti_writer;
grant execute on function volenti.finish_follow_ups_v1(text, text, json) to volenti_writer;
`;

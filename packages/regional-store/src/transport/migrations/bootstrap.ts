/** The roles of the store; cluster-wide, so that several stores on one server share them. */
export const STORE_ROLES = ["volenti_owner", "volenti_writer", "volenti_reader", "volenti_auditor", "volenti_eraser"] as const;

/**
 * Roles, schema and the record of migrations: what must stand before anything can be locked or recorded. Runs under
 * the login of whoever provisions: a superuser, or one that may create roles, and schemas in this database. Safe to
 * run again; two who race may see an error of the catalogue, and run it again.
 */
export const BOOTSTRAP = `
do $roles$
declare
  role_name text;
begin
  foreach role_name in array array['volenti_owner', 'volenti_writer', 'volenti_reader', 'volenti_auditor', 'volenti_eraser']
  loop
    if not exists (select from pg_catalog.pg_roles where rolname = role_name) then
      begin
        execute format('create role %I nologin', role_name);
      exception when duplicate_object or unique_violation then
        null;
      end;
    end if;
    if not pg_catalog.pg_has_role(current_user, role_name, 'member') then
      begin
        execute format('grant %I to %I', role_name, current_user);
      exception when insufficient_privilege then
        -- Only the owner is needed to build the schema; who else may work with it is for the administrator to say.
        if role_name = 'volenti_owner' then raise; end if;
      end;
    end if;
  end loop;
end
$roles$;
create schema if not exists volenti authorization volenti_owner;
set role volenti_owner;
create table if not exists volenti.migration (
  id text primary key,
  sha256 bytea not null,
  fingerprint text not null,
  applied_at timestamptz not null default clock_timestamp()
);
-- Whoever applies migrations holds this row: no advisory locks, which not every PostgreSQL-like system has.
create table if not exists volenti.migration_lock (only_row boolean primary key default true check (only_row));
insert into volenti.migration_lock default values on conflict do nothing;
-- What the schema looks like now: columns, rights on tables and functions, functions with their settings, policies,
-- forced row-level security, triggers, rules and indexes. Not the text of views: PostgreSQL's versions print it differently.
create or replace function volenti.fingerprint() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $function$
select md5(concat_ws('|',
  (select string_agg(concat_ws(',', c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, a.attname, a.atttypid::regtype, a.attnotnull),
      ';' order by c.relname, a.attnum)
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'volenti'::regnamespace and c.relkind in ('r', 'v')),
  (select string_agg(concat_ws(',', p.proname, p.prosecdef, p.proconfig, md5(p.prosrc)), ';' order by p.proname)
    from pg_proc p where p.pronamespace = 'volenti'::regnamespace),
  (select string_agg(concat_ws(',', c.relname, y.polname, y.polcmd, pg_get_expr(y.polqual, y.polrelid),
      pg_get_expr(y.polwithcheck, y.polrelid), y.polroles::regrole[]), ';' order by c.relname, y.polname)
    from pg_policy y join pg_class c on c.oid = y.polrelid where c.relnamespace = 'volenti'::regnamespace),
  (select string_agg(concat_ws(',', o.name, coalesce(nullif(g.grantee, 0)::regrole::text, 'public'), g.privilege_type), ';'
      order by o.name, g.grantee = 0, g.grantee::regrole::text, g.privilege_type)
    from (
      select c.relname::text as name, coalesce(c.relacl, acldefault('r', c.relowner)) as acl
      from pg_class c where c.relnamespace = 'volenti'::regnamespace and c.relkind = 'r'
      union all
      select p.proname, coalesce(p.proacl, acldefault('f', p.proowner)) from pg_proc p where p.pronamespace = 'volenti'::regnamespace
    ) o cross join lateral aclexplode(o.acl) g),
  (select string_agg(concat_ws(',', c.relname, t.tgname, t.tgfoid::regproc, t.tgenabled), ';' order by c.relname, t.tgname)
    from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace = 'volenti'::regnamespace and not t.tgisinternal),
  (select string_agg(concat_ws(',', c.relname, r.rulename), ';' order by c.relname, r.rulename)
    from pg_rewrite r join pg_class c on c.oid = r.ev_class where c.relnamespace = 'volenti'::regnamespace),
  (select string_agg(concat_ws(',', c.relname, x.relname, i.indisunique, i.indisvalid, i.indkey::text), ';' order by x.relname)
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
    where c.relnamespace = 'volenti'::regnamespace)))
$function$;
revoke all on function volenti.fingerprint() from public;
reset role;
`;

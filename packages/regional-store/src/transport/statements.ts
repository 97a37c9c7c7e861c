/**
 * Every statement of the store, the same for both transports. Each answers one row with one column `result`, JSON as
 * text; each parameter is text, a number, or bytes. Values are parameters, always.
 */
export const STATEMENTS = {
  registerCatalogue: `select volenti.register_catalogue_v1($1::text::json, $2::text::json, $3::text::json)::text as result`,
  compareCatalogue: `select volenti.compare_catalogue_v1($1::text::json, $2::text::json)::text as result`,
  consult: `select volenti.consult_v1($1::text::json, $2::text::jsonb)::text as result`,
  overview: `select volenti.overview_v1($1::text::json, $2::text)::text as result`,
  find: `select volenti.find_v1($1::text::json)::text as result`,
  write: `select volenti.write_v1($1::text::json, $2::text::json, $3::text::json, $4::text::json, $5::text::json,
    $6::text::json, $7::bytea, $8::text::integer[], $9::text::text[], $10::text::bigint[], $11::text::uuid[],
    $12::text::integer[], $13::bytea)::text as result`,
  erase: `select volenti.erase_v1($1::text, $2::text, $3::text::bigint)::text as result`,
  eraseTest: `select volenti.erase_test_v1()::text as result`,

  setHold: `select volenti.set_hold_v1($1::text, $2::text::json)::text as result`,
  liftHold: `select volenti.lift_hold_v1($1::text, $2::text::uuid, $3::text::bigint)::text as result`,
  setRestriction: `select volenti.set_restriction_v1($1::text, $2::text::bigint, $3::text)::text as result`,
  mergeSubjects: `select volenti.merge_subjects_v1($1::text, $2::text, $3::text::bigint)::text as result`,
  listSuppressions: `select volenti.list_suppressions_v1($1::text)::text as result`,
  suppress: `select volenti.suppress_v1($1::text::json, $2::text::bigint)::text as result`,
  saveRightsRequest: `select volenti.save_rights_request_v1($1::text::json, $2::text::integer)::text as result`,
  recordAccesses: `select volenti.record_accesses_v1($1::text::json)::text as result`,
  listPeople: `select volenti.list_people_v1($1::text, 1000)::text as result`,

  listHolds: `
    select coalesce(json_agg(json_build_array(h.hold_id, h.scope, h.law, h.reason, h.until, h.set_at, h.lifted_at)
      order by h.set_at, h.hold_id), '[]')::text as result
    from volenti.hold h
    where h.ref = coalesce((select s.merged_root from volenti.subject s where s.ref = $1::text), $1::text)`,
  getRestriction: `
    select (select json_build_object('since', r.restricted_since, 'reason', r.restriction_reason)
      from volenti.subject r
      where r.ref = coalesce((select s.merged_root from volenti.subject s where s.ref = $1::text), $1::text)
        and r.restricted_since is not null)::text as result`,
  listMerged: `
    with recursive merged as (
      select s.ref from volenti.subject s where s.merged_into = $1::text
      union
      select s.ref from merged m join volenti.subject s on s.merged_into = m.ref
    )
    select coalesce(json_agg(ref order by ref), '[]')::text as result from merged`,
  listMergedPeople: `
    select coalesce(json_agg(json_build_array(p.root, p.merged) order by p.root), '[]')::text as result
    from (
      select r.root, (select array_agg(m.ref order by m.ref) from volenti.subject m where m.merged_root = r.root) as merged
      from (
        select distinct coalesce(s.merged_root, s.ref) as root
        from volenti.subject s where s.ref = any (array(select json_array_elements_text($1::text::json)))
      ) r
    ) p
    where p.merged is not null`,
  getRightsRequest: `
    select (select json_build_array(request_id, subject_ref, kind, state, is_open, due_at, revision, document)
      from volenti.rights_request where request_id = $1::text::uuid)::text as result`,
  listRightsRequests: `
    select coalesce(json_agg(p.row), '[]')::text as result
    from (
      select json_build_array(request_id, subject_ref, kind, state, is_open, due_at, revision, document) as row
      from volenti.rights_request
      where (coalesce(due_at, 9223372036854775807), request_id)
          > (coalesce($1::text, '9223372036854775807')::bigint, $2::text::uuid)
        and ($3::text is null or subject_ref = $3::text) and ($4::text is null or is_open = $4::text::boolean)
      order by coalesce(due_at, 9223372036854775807), request_id limit 500
    ) p`,
  listAccesses: `
    select coalesce(json_agg(p.row), '[]')::text as result
    from (
      select json_build_array(access_id, at, subject_ref, operation, actor, reason, attributes, recipient) as row
      from volenti.access_log
      where (at, access_id) > ($1::text::bigint, $2::text::uuid) and at < $3::text::bigint
      order by at, access_id limit 1000
    ) p`,
  listAccessesOf: `
    select coalesce(json_agg(p.row), '[]')::text as result
    from (
      select json_build_array(access_id, at, subject_ref, operation, actor, reason, attributes, recipient) as row
      from volenti.access_log
      where subject_ref = $4::text and (at, access_id) > ($1::text::bigint, $2::text::uuid) and at < $3::text::bigint
      order by at, access_id limit 1000
    ) p`,
  listErasures: `
    select coalesce(json_agg(p.row), '[]')::text as result
    from (
      select json_build_array(ref, reason, requested_at, floor(extract(epoch from erased_at) * 1000), entry_id,
        erased_at::text) as row
      from volenti.erasure_log
      where (erased_at, entry_id) > ($1::text::timestamptz, $2::text::uuid)
      order by erased_at, entry_id limit 1000
    ) p`,

  listStates: `
    select coalesce(json_agg(json_build_array(purpose, channel, decision_id, status, effective_at, purpose_version,
      valid_until, recipients, attributes) order by purpose, channel), '[]')::text as result
    from volenti.consent_state where ref = $1::text`,
  listStatesOf: `
    select coalesce(json_agg(json_build_array(ref, purpose, channel, decision_id, status, effective_at, purpose_version,
      valid_until, recipients, attributes) order by ref, purpose, channel), '[]')::text as result
    from volenti.consent_state where ref = any (array(select json_array_elements_text($1::text::json)))`,
  getState: `
    select coalesce(json_agg(json_build_array(purpose, channel, decision_id, status, effective_at, purpose_version,
      valid_until, recipients, attributes)), '[]')::text as result
    from volenti.consent_state where ref = $1::text and purpose = $2::text and channel = $3::text`,
  getProfile: `
    select json_build_object(
      'held', exists (select from volenti.subject where ref = $1::text),
      'key', (select json_build_object('dataKeyId', data_key_id, 'keyId', key_id, 'wrapped', encode(wrapped, 'hex'))
        from volenti.subject_key where ref = $1::text),
      'attributes', (select json_agg(json_build_array(name, encode(ciphertext, 'hex'), changed_at, submission_id) order by name)
        from volenti.profile_attribute where ref = $1::text))::text as result`,
  listDecisions: `
    select coalesce(json_agg(p.row), '[]')::text as result
    from (
      select json_build_array(d.ref, d.decision_id, d.canonical, encode(d.hash, 'hex'), d.leaf_index, d.tree_size,
        encode(d.path, 'hex'), encode(d.root, 'hex'), h.jws,
        to_char(d.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), d.chain_position,
        encode(d.chain_link, 'hex'), json_build_array(d.purpose, d.purpose_version, d.channel, d.status, d.notice_id,
        d.notice_version, encode(d.notice_sha256, 'hex'), extract(epoch from d.occurred_at) * 1000,
        extract(epoch from d.received_at) * 1000, d.effective_at, d.collection_point, d.test), l.log_index) as row
      from volenti.decision d left join volenti.head h on h.root = d.root
        left join volenti.log_entry l on l.decision_id = d.decision_id
      where (d.ref, d.chain_position) > ($1::text collate "C", $2::text::bigint)
        and ($3::text is null or d.ref = $3::text)
      order by d.ref, d.chain_position limit 500
    ) p`,
  listChainEnds: `
    select coalesce(json_agg(p.row), '[]')::text as result
    from (
      select json_build_array(s.ref, s.chain_position,
        case when s.chain_position > 0 then encode(s.chain_link, 'hex') end) as row
      from volenti.subject s where s.ref > $1::text collate "C" order by s.ref limit 1000
    ) p`,

  listHeads: `
    select coalesce(json_agg(p.row), '[]')::text as result
    from (
      select json_build_array(encode(h.root, 'hex'), h.jws) as row
      from volenti.head h where $1::text is null or h.root > decode($1::text, 'hex') order by h.root limit 500
    ) p`,

  appendToLog: `select volenti.append_log_v1($1::text::integer)::text as result`,
  saveCheckpoint: `select volenti.save_checkpoint_v1($1::text::bigint, $2::text::bigint, $3::text::bytea, $4::text,
    $5::text::bytea)::text as result`,
  listLog: `
    select coalesce(json_agg(p.row), '[]')::text as result
    from (
      select json_build_array(l.log_index, l.decision_id, encode(l.hash, 'hex'), encode(d.hash, 'hex')) as row
      from volenti.log_entry l left join volenti.decision d on d.decision_id = l.decision_id
      where l.log_index > $1::text::bigint and ($2::text is null or l.log_index < $2::text::bigint)
      order by l.log_index limit 2000
    ) p`,
  findInLog: `select (select l.log_index from volenti.log_entry l where l.decision_id = $1::text::uuid)::text as result`,
  listCheckpoints: `
    select coalesce(json_agg(p.row), '[]')::text as result
    from (
      select json_build_array(c.size, encode(c.root, 'hex'), c.jws, encode(c.peaks, 'hex')) as row
      from volenti.checkpoint c where c.size > $1::text::bigint order by c.size limit 500
    ) p`,
  findCheckpoint: `
    select (select json_build_array(c.size, encode(c.root, 'hex'), c.jws, encode(c.peaks, 'hex'))
      from volenti.checkpoint c where $1::text is null or c.size <= $1::text::bigint order by c.size desc limit 1)::text as result`,

  planFollowUps: `select volenti.plan_follow_ups_v1($1::text, $2::text::bigint, $3::text::json)::text as result`,
  claimFollowUps: `select volenti.claim_follow_ups_v1($1::text, $2::text, $3::text::bigint, $4::text::integer)::text as result`,
  finishFollowUps: `select volenti.finish_follow_ups_v1($1::text, $2::text, $3::text::json)::text as result`,

  keepRecordIds: `select volenti.keep_record_ids_v1($1::text, $2::text::json)::text as result`,

  countWrapped: `select volenti.count_wrapped_v1()::text as result`,
  listWrapped: `select volenti.list_wrapped_v1($1::text::json, $2::text, $3::text::integer)::text as result`,
  rewrap: `select volenti.rewrap_v1($1::text::json, $2::text)::text as result`,

  inspectServer: `
    select json_build_object(
      'version', current_setting('server_version_num')::int,
      'fsync', current_setting('fsync'), 'synchronousCommit', current_setting('synchronous_commit'),
      'isLocal', coalesce(inet_server_addr() <<= '127.0.0.0/8'::inet or inet_server_addr() <<= '::1/128'::inet, true),
      'isEncrypted', coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false),
      'nowInMs', floor(extract(epoch from clock_timestamp()) * 1000),
      'roles', (select coalesce(json_agg(rolname), '[]') from pg_roles where rolname like 'volenti\\_%'),
      'memberOf', (select coalesce(json_agg(rolname), '[]') from pg_roles
        where rolname like 'volenti\\_%' and pg_has_role(current_user, oid, 'member')),
      'isProvisioned', to_regclass('volenti.migration') is not null,
      'unforced', (select coalesce(json_agg(c.relname order by c.relname), '[]') from pg_class c
        where c.relnamespace = to_regnamespace('volenti') and c.relkind = 'r'
          and c.relname not in ('migration', 'migration_lock') and not (c.relrowsecurity and c.relforcerowsecurity))
    )::text as result`,
  findMigrationTable: `select json_build_object('isThere', to_regclass('volenti.migration') is not null)::text as result`,
  lockMigrations: `select json_build_object('isLocked', only_row)::text as result from volenti.migration_lock for update`,
  listMigrations: `
    select coalesce(json_agg(json_build_object('id', id, 'sha256', encode(sha256, 'hex')) order by id), '[]')::text as result
    from volenti.migration`,
} as const;

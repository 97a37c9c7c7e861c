/** The stable views that auditors and reports read: a promise to outsiders, so a change is a new view beside the old. */
export const VIEWS_MIGRATION = `
create view volenti.decision_v1 as
select decision_id, ref as subject_ref, purpose, purpose_version, channel, status, notice_id, notice_version,
  encode(notice_sha256, 'hex') as notice_sha256, occurred_at, received_at,
  to_timestamp(effective_at / 1000.0) as effective_at, recorded_at, collection_point, canonical,
  encode(hash, 'hex') as hash
from volenti.decision;

-- The greatest decision is taken first (a channel's own or the one for every channel), and is looked at only then: a
-- grant that ran out, or whose version the current one does not cover, is unknown, and no earlier grant comes back.
-- A channel that the current version added later has no state of its own, and is as the one for every channel says.
create view volenti.consent_state_v1 as
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
  select s.status, s.rank, s.valid_until, s.purpose_version, s.effective_at
  from volenti.consent_state s
  where s.ref = own.ref and s.purpose = own.purpose and s.channel in (own.channel, '*')
  order by s.effective_at desc, s.rank desc, s.decision_id desc
  limit 1
) standing;

grant select on volenti.decision_v1, volenti.consent_state_v1 to volenti_auditor;
`;

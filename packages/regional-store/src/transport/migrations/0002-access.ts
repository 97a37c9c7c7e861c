/**
 * Who may touch what. Row-level security is forced, so that the owner too, under whom every function runs, can do to a
 * row only what a policy allows: no policy lets anybody change a decision or a signed head, or delete one of a person
 * who is not a test person. Superusers pass by any policy: that is why values are encrypted before they arrive.
 */
export const ACCESS_MIGRATION = `
do $access$
declare
  relation text;
begin
  foreach relation in array array['subject', 'subject_key', 'subject_lookup', 'suppression', 'profile_attribute', 'head',
    'decision', 'consent_state', 'submission', 'purpose_version', 'notice_version', 'key_reference', 'erasure_log']
  loop
    execute format('alter table volenti.%I enable row level security', relation);
    execute format('alter table volenti.%I force row level security', relation);
    execute format('create policy owner_reads on volenti.%I for select to volenti_owner using (true)', relation);
    execute format('create policy owner_adds on volenti.%I for insert to volenti_owner with check (true)', relation);
  end loop;
  foreach relation in array array['subject', 'subject_key', 'subject_lookup', 'suppression', 'profile_attribute',
    'consent_state', 'purpose_version']
  loop
    execute format('create policy owner_changes on volenti.%I for update to volenti_owner using (true) with check (true)', relation);
  end loop;
  foreach relation in array array['subject_key', 'subject_lookup', 'profile_attribute']
  loop
    execute format('create policy owner_erases on volenti.%I for delete to volenti_owner using (true)', relation);
  end loop;
  foreach relation in array array['decision', 'consent_state']
  loop
    execute format('create policy owner_erases_test_people on volenti.%I for delete to volenti_owner
      using (ref in (select s.ref from volenti.subject s where s.test))', relation);
  end loop;
  foreach relation in array array['subject', 'decision', 'consent_state', 'head', 'purpose_version', 'notice_version', 'erasure_log']
  loop
    execute format('create policy auditor_reads on volenti.%I for select to volenti_auditor using (true)', relation);
    execute format('grant select on volenti.%I to volenti_auditor', relation);
  end loop;
  foreach relation in array array['subject_key', 'subject_lookup', 'profile_attribute']
  loop
    execute format('create policy reader_reads on volenti.%I for select to volenti_reader
      using (ref in (select s.ref from volenti.subject s where s.erased_at is null))', relation);
    execute format('grant select on volenti.%I to volenti_reader', relation);
  end loop;
end
$access$;
create policy owner_erases on volenti.subject for delete to volenti_owner using (test);
create policy owner_withdraws_marks on volenti.submission for delete to volenti_owner using (true);
create policy reader_reads on volenti.subject for select to volenti_reader using (erased_at is null);
grant select on volenti.subject to volenti_reader;
-- States outlive an erasure, under a ref that leads to nobody.
create policy reader_reads on volenti.consent_state for select to volenti_reader using (true);
grant select on volenti.consent_state to volenti_reader;
grant usage on schema volenti to volenti_writer, volenti_reader, volenti_auditor, volenti_eraser;
grant select on volenti.migration to volenti_writer, volenti_reader, volenti_auditor, volenti_eraser;
`;

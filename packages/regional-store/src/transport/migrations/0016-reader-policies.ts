/**
 * What the reader may see, asked of the row's own person. The policies of 0002 asked whether the person is among everybody who
 * was not erased, and one read went through all of them. The rest is 0002.
 */
export const READER_POLICIES_MIGRATION = `
do $policies$
declare
  relation text;
begin
  foreach relation in array array['subject_key', 'subject_lookup', 'profile_attribute']
  loop
    execute format('alter policy reader_reads on volenti.%1$I
      using (exists (select from volenti.subject s where s.ref = %1$I.ref and s.erased_at is null))', relation);
  end loop;
end
$policies$;
`;

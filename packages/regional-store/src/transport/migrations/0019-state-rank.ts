/**
 * The rank of what stands says what its status says. It decides which of two decisions of one instant is the greater, and
 * nothing that is sealed repeats it: a row whose rank was changed is refused, whoever changes it.
 */
export const STATE_RANK_MIGRATION = `
alter table volenti.consent_state add constraint rank_of_status
  check (rank = case when status in ('given', 'renewed', 'confirmed') then 0 else 1 end);
`;

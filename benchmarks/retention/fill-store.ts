import type { PostgresqlQueries } from "../postgresql/postgresql-queries.ts";

/** Three attributes and two states a person; one in a hundred has outlived everything. */
const STATEMENTS = [
  `insert into volenti.subject (ref, country, age_band, held, created_at)
   select 'p' || lpad(n::text, 25, '0'), case when n % 3 = 0 then 'DE' else 'FR' end, 'adult', true, now()
   from generate_series(1, $1::integer) n`,
  `insert into volenti.consent_state (ref, purpose, channel, decision_id, status, rank, effective_at, purpose_version)
   select 'p' || lpad(n::text, 25, '0'), purpose, channel, gen_random_uuid(), 'given', 0,
     case when n % 100 = 0 then 1500000000000 else (extract(epoch from now()) * 1000)::bigint end, '1'
   from generate_series(1, $1::integer) n, (values ('marketing.email', 'email'), ('marketing.sms', 'sms')) as key (purpose, channel)`,
  `insert into volenti.profile_attribute (ref, name, ciphertext, changed_at, submission_id)
   select 'p' || lpad(n::text, 25, '0'), name, decode(repeat('00', 48), 'hex'),
     case when n % 100 = 0 then 1500000000000 else (extract(epoch from now()) * 1000)::bigint end, gen_random_uuid()
   from generate_series(1, $1::integer) n, unnest(array['email', 'givenName', 'phoneNumber']) name`,
  "analyze volenti.subject",
  "analyze volenti.consent_state",
  "analyze volenti.profile_attribute",
] as const;

/** Puts made-up people into the tables of a store, set by set; their values are ciphertexts of nothing. Answers how many outlived. */
export async function fillStore(request: { queries: PostgresqlQueries; people: number }): Promise<number> {
  const { queries, people } = request;
  for (const [index, text] of STATEMENTS.entries()) {
    await queries.run({ name: `fill-${index}`, text, values: text.includes("$1") ? [people] : [] });
  }
  return Math.floor(people / 100);
}

import {
  endsPermission,
  foldConsentStates,
  type ConsentState,
  type SealedDecision,
  type SubjectWriteV1,
} from "@volenti/core/adapter";

/**
 * What an item would let stand without its decisions of tests. Under a key that such a decision holds, a real refusal of
 * the same item counts; a real grant there does not, since its validity is not in its record: the person is asked again.
 */
export function withoutTestStates({ decisions, states }: SubjectWriteV1): readonly ConsentState[] {
  const tests = new Set(decisions.flatMap(({ record }) => (record.test === true ? [record.id] : [])));
  if (tests.size === 0) return states;
  const refusals = decisions.filter(({ record }) => !tests.has(record.id) && endsPermission(record.status));
  const uncovered = states.flatMap((state) =>
    tests.has(state.decisionId) ? refusals.flatMap((refusal) => toStateUnder({ refusal, state })) : [state],
  );
  return [...foldConsentStates(uncovered).values()];
}

/** The state of a refusal under the key of another state, where it concerns that key: without a channel it concerns all. */
function toStateUnder(request: { refusal: SealedDecision; state: ConsentState }): ConsentState[] {
  const { record, effectiveAt } = request.refusal;
  const { purpose, channel } = request.state;
  const { status } = record;
  if (!endsPermission(status) || record.purpose.key !== purpose) return [];
  if (record.channel !== undefined && record.channel !== channel) return [];
  const unnarrowed = { validUntil: null, recipients: null, attributes: null };
  return [{ purpose, channel, decisionId: record.id, status, effectiveAt, purposeVersion: record.purpose.version, ...unnarrowed }];
}

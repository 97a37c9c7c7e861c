import { ConnectorError, type LedgerAnswerV1, type LedgerFacetV1 } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../error/map-postgres-error.ts";
import type { StoreParts } from "../store-parts.ts";
import { STATEMENTS } from "../transport/statements.ts";
import { digestIdentifiers } from "./digest-identifiers.ts";
import { planConsultation } from "./plan-consultation.ts";
import { toLedgerAnswer, type LedgerAnswerRow } from "./read-ledger-answer.ts";

const OPERATION = "ledger.consult";

/** The ledger over `volenti.consult_v1`: one round trip a batch. */
export function createLedger(request: { parts: () => StoreParts }): LedgerFacetV1 {
  return {
    consult: async ({ queries, signal }) => {
      signal?.throwIfAborted();
      if (queries.length === 0) return [];
      const { context, keys, registration, sessions, subjects } = request.parts();
      const digests = await digestIdentifiers({
        identifiers: queries.flatMap(({ identifiers }) => identifiers),
        controllerId: context.controllerId,
        keys,
        operation: OPERATION,
      });
      await registration.ensure({ signal });
      let next = 0;
      const plan = planConsultation({
        queries,
        digests: queries.map(({ identifiers }) => digests.slice(next, (next += identifiers.length))),
      });
      const rows = (await sessions.run({
        operation: OPERATION,
        role: "writer",
        statement: STATEMENTS.consult,
        parameters: [plan.queries, plan.rounds],
        // Asking again under the same proposed refs gives the same answers.
        effect: "read",
        signal,
      })) as readonly LedgerAnswerRow[] | null;
      if (rows?.length !== queries.length) {
        throw new ConnectorError({ code: "malformedResponse", connectorId: CONNECTOR_ID, operation: OPERATION });
      }
      return rows.map((row): LedgerAnswerV1 => {
        if (row.generation !== null) subjects.set(row.ref, { generation: row.generation, key: row.key, isLinked: true });
        return toLedgerAnswer(row);
      });
    },
  };
}

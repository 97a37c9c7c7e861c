import { createHash } from "node:crypto";
import type { ProvisioningFacetV1, ProvisioningStepV1 } from "@volenti/core/adapter";
import { ConnectorError } from "@volenti/core/adapter";
import { CONNECTOR_ID, isProvisioningRace } from "../error/map-postgres-error.ts";
import { BOOTSTRAP } from "../transport/migrations/bootstrap.ts";
import { MIGRATIONS, type Migration } from "../transport/migrations/migrations.ts";
import { STATEMENTS } from "../transport/statements.ts";
import type { StoreSessions, StoreTransaction } from "../transport/store-sessions.ts";

const RACES = 5;
const BOOTSTRAP_STEP: ProvisioningStepV1 = {
  id: "0000-bootstrap",
  title: "Roles (for the whole server), schema, and the record of migrations",
  statement: BOOTSTRAP,
};

export interface RecordedMigration {
  readonly id: string;
  readonly sha256: string;
}

/** Plans and applies the migrations of a PostgreSQL store, under the rights of the connection itself. */
export function createProvisioning(request: { sessions: () => StoreSessions }): ProvisioningFacetV1 {
  const { sessions } = request;
  return {
    plan: () => sessions().transact({ operation: "provisioning.plan", work: planSteps }),
    apply: async () => {
      for (let race = 1; ; race += 1) {
        try {
          return await sessions().transact({ operation: "provisioning.apply", work: applySteps });
        } catch (error) {
          if (race >= RACES || !isProvisioningRace(error)) throw error;
        }
      }
    },
  };
}

/** What a store lacks, and runs it, inside the caller's transaction. */
export async function applySteps(transaction: StoreTransaction): Promise<readonly ProvisioningStepV1[]> {
  const before = await planSteps(transaction);
  if (before.length === 0) return [];
  const applied: ProvisioningStepV1[] = [];
  if (before[0] === BOOTSTRAP_STEP) {
    await transaction.script(BOOTSTRAP);
    applied.push(BOOTSTRAP_STEP);
  }
  // Held until the transaction ends; whoever waited here finds less to do, or nothing.
  await transaction.query(STATEMENTS.lockMigrations);
  for (const step of await planSteps(transaction)) {
    await transaction.script(step.statement ?? "");
    applied.push(step);
  }
  return applied;
}

async function planSteps(transaction: StoreTransaction): Promise<readonly ProvisioningStepV1[]> {
  const table = (await transaction.query(STATEMENTS.findMigrationTable)) as { isThere: boolean };
  if (!table.isThere) return [BOOTSTRAP_STEP, ...MIGRATIONS.map(toStep)];
  const recorded = (await transaction.query(STATEMENTS.listMigrations)) as readonly RecordedMigration[];
  if (driftedMigrations(recorded).length > 0) {
    throw new ConnectorError({
      code: "versionMismatch",
      connectorId: CONNECTOR_ID,
      operation: "provisioning.plan",
      providerCode: "migrationDrift",
    });
  }
  return pendingMigrations(recorded).map(toStep);
}

/** Those that were not applied yet, in order. */
export function pendingMigrations(recorded: readonly RecordedMigration[]): readonly Migration[] {
  return MIGRATIONS.filter(({ id }) => !recorded.some((one) => one.id === id));
}

/** Ids of those that were applied with another text than this version of the package has. */
export function driftedMigrations(recorded: readonly RecordedMigration[]): readonly string[] {
  return MIGRATIONS.filter((migration) =>
    recorded.some((one) => one.id === migration.id && one.sha256 !== digestOf(migration)),
  ).map(({ id }) => id);
}

function digestOf(migration: Migration): string {
  return createHash("sha256").update(migration.statement).digest("hex");
}

/** The whole text that an administrator could run by hand: what it does, and the record that it was done. */
function toStep(migration: Migration): ProvisioningStepV1 {
  const { id, title, statement } = migration;
  const recording = `insert into volenti.migration (id, sha256, fingerprint)
values ('${id}', '\\x${digestOf(migration)}', volenti.fingerprint());`;
  return { id, title, statement: `set role volenti_owner;\n${statement}\n${recording}\nreset role;\n` };
}

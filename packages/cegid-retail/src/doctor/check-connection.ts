import type { ConnectionFindingV1, ConnectionReportV1 } from "@volenti/core/adapter";
import type { CegidSession } from "../transport/cegid-session.ts";
import { checkClock } from "./check-clock.ts";
import { checkPurposes } from "./check-purposes.ts";
import { checkReading } from "./check-reading.ts";
import { checkSettings } from "./check-settings.ts";
import { errorFinding, info } from "./finding.ts";

const OPERATION = "checkConnection";
const SEVERITIES: readonly ConnectionFindingV1["severity"][] = ["error", "warning", "info"];

/**
 * Reaches the folder, and says what will go wrong or be lost; errors first. Three to six calls, which change nothing. What
 * only a write can tell is left to `runContractTests`.
 */
export async function checkConnection(session: CegidSession): Promise<ConnectionReportV1> {
  const { catalogue, clock, followUps } = session.context(OPERATION);
  const { settings } = session;
  const report = await session.call({ name: "HelloWorld", arguments: { text: "volenti" }, operation: OPERATION, changes: false });
  const findings = [
    info("serverVersion", `Y2 ${report.version ?? "of a version that it does not tell"} answers, in ${report.culture ?? "a language that it does not tell"}.`),
    ...(report.databaseId === null || report.databaseId === settings.folderId
      ? []
      : [errorFinding("otherFolder", "Y2 answers for another folder than folderId names: see the technical user's domain.")]),
    ...checkClock({ report, timeZone: settings.timeZone, now: clock.now() }),
    ...(await checkReading({ session, operation: OPERATION })),
    ...checkSettings({ settings, hasLedger: followUps !== undefined }),
    ...checkPurposes({ settings, catalogue }),
  ];
  return { findings: findings.toSorted((left, right) => SEVERITIES.indexOf(left.severity) - SEVERITIES.indexOf(right.severity)) };
}

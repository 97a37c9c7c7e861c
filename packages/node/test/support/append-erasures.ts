import { fileErasureLog } from "@volenti/node";

const [path = "", name = ""] = process.argv.slice(2);
const log = fileErasureLog(path);
const place = { destinationId: "eu", subjectRefs: ["r".repeat(2000)], derivedRefs: false, suppressions: [] };
for (let index = 0; index < 50; index += 1) {
  await log.append({
    schema: "volenti-erasure-log-1",
    kind: "erasure",
    entryId: `${name}${String(index).padStart(2, "0")}`,
    requestedAt: "2026-11-21T12:00:00.000Z",
    loggedAt: "2026-11-21T12:00:00.000Z",
    reason: "subjectRequest",
    places: [place],
    kept: [],
  });
}

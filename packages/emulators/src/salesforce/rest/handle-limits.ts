import { methodNotAllowed, type ApiAnswer } from "./api-answer.ts";
import type { ApiCall, ApiContext } from "./api-call.ts";

/** GET limits */
export function handleLimits(request: { context: ApiContext; call: ApiCall }): ApiAnswer {
  const { context: { limits }, call } = request;
  if (call.method !== "GET") return methodNotAllowed({ method: call.method, allowed: ["GET"] });
  const untouched = (max: number): { Max: number; Remaining: number } => ({ Max: max, Remaining: max });
  return {
    status: 200,
    body: {
      DailyApiRequests: { Max: limits.max, Remaining: Math.max(0, limits.max - limits.used) },
      DailyBulkV2QueryJobs: untouched(10_000),
      DailyBulkApiBatches: untouched(15_000),
      DataStorageMB: untouched(5),
      FileStorageMB: untouched(20),
      HourlyPublishedPlatformEvents: untouched(50_000),
    },
  };
}

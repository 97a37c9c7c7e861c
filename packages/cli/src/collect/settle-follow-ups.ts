import { ConnectorError, type Volenti } from "@volenti/core";

/**
 * What destinations planned in earlier runs and is due by now. Tells of what could not be done, and rejects for nothing: the
 * lines of this run are answered, and it comes again with the next one.
 */
export async function settleFollowUps(request: { volenti: Pick<Volenti, "destinations">; signal: AbortSignal; tell: (line: string) => void }): Promise<void> {
  const { volenti, signal, tell } = request;
  for (const [id, connector] of volenti.destinations) {
    if (signal.aborted) return;
    try {
      const report = await connector.settleFollowUps?.({ signal });
      if (report !== undefined && report.failed > 0) tell(`${id}: ${report.failed} earlier refusals could not be looked at again; volenti reassert ${id}`);
    } catch (error) {
      if (signal.aborted) return;
      if (!ConnectorError.isInstance(error)) throw error;
      tell(`${id}: earlier refusals could not be looked at again (${error.code}); volenti reassert ${id}`);
    }
  }
}

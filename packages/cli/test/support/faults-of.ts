import { findMarker } from "../../../../tools/test-support/hostile/marker.ts";
import type { CommandAnswer } from "./run-command.ts";

/**
 * What is wrong with how a run ended that was given something odd; empty where nothing is. `mayName`: where the odd is the
 * brand's own text, whose names a problem may repeat.
 */
export function faultsOf(request: { answer: CommandAnswer; isJson: boolean; mayName?: boolean }): readonly string[] {
  const { answer, isJson, mayName = false } = request;
  const { code, stdout, stderr } = answer;
  return [
    ...([0, 1, 2, 3].includes(code) ? [] : [`code ${code}`]),
    ...(/unforeseen|^\s+at /m.test(stderr) ? [stderr] : []),
    ...(mayName || findMarker([stdout, stderr]) === null ? [] : ["a value was said"]),
    ...(/[^\P{Cc}\n]/u.test(stdout + stderr) ? ["the terminal was moved"] : []),
    ...(!isJson || holdsJson(answer) ? [] : ["standard output is no JSON"]),
    ...(code !== 0 && stdout + stderr === "" ? ["nothing was said"] : []),
  ];
}

function holdsJson(answer: CommandAnswer): boolean {
  try {
    answer.json();
    return true;
  } catch {
    return false;
  }
}

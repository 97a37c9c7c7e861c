import type { Figure } from "../benchmark.ts";
import { quantity } from "./to-table.ts";

export const PEER_HEADINGS = ["peer", "what", "Volenti", "the peer", "ratio"] as const;

/** Figures that were measured beside a library which one would use instead, in the order of {@link PEER_HEADINGS}. */
export function peerRows(figures: readonly Figure[]): readonly (readonly string[])[] {
  return figures.flatMap(({ peer, what, value, unit, beside, ratio }) =>
    peer === undefined || beside === null || ratio === null
      ? []
      : [[peer, what, quantity({ value, unit }), `${beside.what}: ${quantity(beside)}`, ratio.toPrecision(3)]],
  );
}

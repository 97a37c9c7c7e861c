import { ANY_CHANNEL, compareConsentStates, foldConsentStates, isGrant, standingFor, webCrypto, type ConsentState } from "@volenti/core/adapter";
import { createTestCatalogue } from "@volenti/conformance";
import fc from "fast-check";
import { expect, test } from "vitest";
import { applyOptOuts } from "../src/consent/apply-opt-outs.ts";
import type { OptOut } from "../src/consent/opt-out.ts";

const PURPOSES = ["marketing.email", "marketing.every", "loyalty"];
const CHANNELS = ["email", "phone"];
const instant = fc.integer({ min: 0, max: 6 });

const states: fc.Arbitrary<readonly ConsentState[]> = fc.uniqueArray(
  fc.record({
    purpose: fc.constantFrom(...PURPOSES),
    channel: fc.constantFrom(...CHANNELS, ANY_CHANNEL),
    decisionId: fc.uuid(),
    status: fc.constantFrom("given", "refused", "withdrawn", "expired"),
    effectiveAt: instant,
    purposeVersion: fc.constant("1"),
    validUntil: fc.option(instant),
    recipients: fc.constant(null),
    attributes: fc.option(fc.constant(["email"])),
  }),
  { selector: ({ purpose, channel }) => `${purpose} ${channel}` },
);
const optOuts: fc.Arbitrary<readonly OptOut[]> = fc.uniqueArray(fc.record({ channel: fc.constantFrom(...CHANNELS), stamp: fc.option(instant) }), {
  selector: ({ channel }) => channel,
});

test("a flag permits nothing, and a state without a flag of its channel is left as it is", async () => {
  const catalogue = await createTestCatalogue(webCrypto);
  fc.assert(
    fc.property(states, optOuts, (before, flags) => {
      const after = applyOptOuts({ states: before, optOuts: flags, catalogue });
      const [was, is] = [foldConsentStates(before), foldConsentStates(after)];
      for (const state of after.filter(({ status }) => isGrant(status))) expect(before).toContainEqual(state);
      for (const [key, state] of was) {
        const now = is.get(key);
        expect(now === undefined ? -1 : compareConsentStates(now, state)).toBeGreaterThanOrEqual(0);
        if (!flags.some(({ channel }) => channel === state.channel)) expect(now).toEqual(state);
      }
    }),
  );
});

test("where a flag bears no stamp, no purpose of its channel is granted", async () => {
  const catalogue = await createTestCatalogue(webCrypto);
  fc.assert(
    fc.property(states, fc.constantFrom(...CHANNELS), (before, channel) => {
      const standing = foldConsentStates(applyOptOuts({ states: before, optOuts: [{ channel, stamp: null }], catalogue }));
      for (const { key: purpose, channels } of catalogue.purposes.filter((each) => each.channels.includes(channel))) {
        const state = standingFor({ standing, purpose, channel });
        expect(state === undefined || !isGrant(state.status), `${purpose} of ${channels.join()}`).toBe(true);
      }
    }),
  );
});

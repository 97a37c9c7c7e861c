import type { ConnectorV1, ConsentState, StoredProfileV1 } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import type { FoundPerson, PersonInDestination } from "../support/find-person.ts";

/** All that one destination says of a person; read whole or not at all. */
export type DestinationReading =
  | {
      readonly id: string;
      readonly connector: ConnectorV1;
      readonly status: "found";
      readonly subjectRef: string;
      readonly profile: StoredProfileV1 | null;
      readonly states: readonly ConsentState[];
    }
  | ({ readonly id: string; readonly connector: ConnectorV1 } & Exclude<FoundPerson, { status: "found" }>);

/** Reads what a destination holds of the person; never rejects, and never looks empty when it could not be read. */
export async function readDestination(place: PersonInDestination): Promise<DestinationReading> {
  const { id, connector, person } = place;
  if (person.status !== "found") return { id, connector, ...person };
  const { subjectRef } = person;
  try {
    const [profile, states] = await Promise.all([
      connector.profiles.get({ subjectRef }),
      connector.consent.listStates({ subjectRef }),
    ]);
    return { id, connector, status: "found", subjectRef, profile, states };
  } catch (error) {
    return { id, connector, status: "unreachable", code: failureCode(error) };
  }
}

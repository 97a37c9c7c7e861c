import { blankRecord, blankValue } from "../contract/blank-value.ts";
import { isRecord, type DataRecord, type DataValue } from "../contract/data-value.ts";
import { isValueType, membersOf, type Member, type Shape } from "../contract/shape.ts";
import type { UnprovenBehaviour } from "../unproven-behaviour.ts";

type Merging = { readonly standing: DataRecord; readonly given: DataRecord; readonly behaviour: UnprovenBehaviour };

/** What stands after a write: members that were left out are reset or kept, as the server does it. */
export function mergeRecord(request: Merging & { className: string }): DataRecord {
  const merged = membersOf(request.className).map((member) => [member.name, mergeMember({ ...request, member })] as const);
  return { ...request.standing, ...Object.fromEntries(merged) };
}

function mergeMember(request: Merging & { member: Member }): DataValue {
  const { standing, given, behaviour, member: { name, shape } } = request;
  const stood = standing[name] ?? blankValue(shape);
  const sent = given[name] ?? null;
  if (sent === null) {
    const manner = isValueType(shape) ? behaviour.absentValues : behaviour.absentReferences;
    return manner === "keep" ? stood : blankValue(shape);
  }
  if (shape.kind === "record" && isRecord(sent) && isRecord(stood)) {
    return mergeRecord({ standing: stood, given: sent, behaviour, className: shape.className });
  }
  return shape.kind === "array" ? mergeItems({ stood, sent, item: shape.item }) : sent;
}

/** Items replace those of the same `Id`, whole; the last of two stands. */
function mergeItems(request: { stood: DataValue; sent: DataValue; item: Shape }): DataValue {
  const { stood, sent, item } = request;
  const className = item.kind === "record" ? item.className : "";
  const merged = new Map<DataValue, DataRecord>();
  for (const old of listItems(stood)) merged.set(old["Id"] ?? null, old);
  for (const given of listItems(sent)) {
    const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
    const whole: DataRecord = { ...blankRecord(className), ...present };
    merged.set(whole["Id"] ?? null, whole);
  }
  return [...merged.values()];
}

function listItems(value: DataValue): readonly DataRecord[] {
  return Array.isArray(value) ? (value as readonly DataValue[]).filter((item) => isRecord(item)) : [];
}

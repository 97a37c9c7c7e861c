/** Whether two plain values are the same: members in any order, absent and undefined members alike, -0 as 0. */
export function deepEqual(request: { left: unknown; right: unknown }): boolean {
  const { left, right } = request;
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) {
    return Number.isNaN(left) && Number.isNaN(right);
  }
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const leftMembers = presentMembers(left);
  const rightMembers = presentMembers(right);
  if (leftMembers.size !== rightMembers.size) return false;
  return [...leftMembers].every(
    ([name, value]) => rightMembers.has(name) && deepEqual({ left: value, right: rightMembers.get(name) }),
  );
}

function presentMembers(value: object): Map<string, unknown> {
  return new Map(Object.entries(value).filter(([, member]) => member !== undefined));
}

import { expect, test } from "vitest";
import { CLASSES, type ClassName } from "../src/soap/data-contract.ts";
import { membersOf } from "../src/soap/class-members.ts";

const NAMES = Object.keys(CLASSES) as ClassName[];

test.each(NAMES)("%s has its own members in the byte order of their names", (name) => {
  const own = Object.keys(CLASSES[name].members);
  expect(own).toEqual(own.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right))));
});

test.each([
  ["CustomerInsertData", 61],
  ["CustomerInputData", 59],
  ["CustomerQueryData", 63],
  ["CustomerSearchDataType", 44],
] as const)("%s has the base's members first, %i in all, each once", (name, count) => {
  const names = membersOf(name).map((member) => member.name);
  expect([names.length, new Set(names).size]).toEqual([count, count]);
  expect(names.slice(0, 27)).toEqual(Object.keys(CLASSES.CustomerDataBase.members));
});

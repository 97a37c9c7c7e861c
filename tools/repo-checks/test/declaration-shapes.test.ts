import { expect, test } from "vitest";
import { declarationShapes } from "../rules/declaration-shapes.ts";
import { repositoryOf } from "./repository-of.ts";

test("classes other than errors, and enums, are refused with their line", async () => {
  const text = [
    "export class StoreError extends Error {}",
    "export class UsageError extends StoreError {}",
    "export class Store {}",
    "export enum Colour { Red }",
    "export const make = () => class extends Map {};",
  ].join("\n");
  const violations = await declarationShapes.check(repositoryOf({ files: { "packages/core/src/a.ts": text } }));
  expect(violations.map(({ line }) => line)).toEqual([3, 4, 5]);
});

test("a comment or a string that speaks of a class is none", async () => {
  const text = '// class Store {}\nconst text = "enum Colour {}";';
  expect(await declarationShapes.check(repositoryOf({ files: { "packages/core/src/a.ts": text } }))).toEqual([]);
});

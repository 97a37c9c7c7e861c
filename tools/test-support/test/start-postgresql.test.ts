import { expect, test } from "vitest";
import { findPostgresqlPrograms } from "../find-postgresql-programs.ts";
import { startPostgresql } from "../start-postgresql.ts";

const programs = await findPostgresqlPrograms();

test.skipIf(programs === null)("databases of a started server are apart from each other", async () => {
  const server = await startPostgresql();
  if (server === null) throw new Error("no PostgreSQL");
  try {
    const [first, second] = [await server.createDatabase(), await server.createDatabase()];
    await server.runProgram({ name: "psql", databaseUrl: first, programArguments: ["-qc", "create table only_here (id integer)"] });
    const listTables = ["-Atc", "select count(*) from pg_tables where tablename = 'only_here'"];
    expect(await server.runProgram({ name: "psql", databaseUrl: first, programArguments: listTables })).toBe("1\n");
    expect(await server.runProgram({ name: "psql", databaseUrl: second, programArguments: listTables })).toBe("0\n");
    await server.crash();
    await server.restart();
    expect(await server.runProgram({ name: "psql", databaseUrl: first, programArguments: listTables })).toBe("1\n");
  } finally {
    await server.stop();
  }
});

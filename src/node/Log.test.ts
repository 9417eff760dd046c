import { expect, test } from "vitest";
import * as Log from "./Log.ts";

test("an error is logged by its place and code, without the values of the statement that failed", () => {
  const cause = Object.assign(new Error("duplicate key"), { code: "23505", detail: "Key (email)=(a@b.example)" });
  const failed = new Error("Failed query: insert into t values ($1)\nparams: a@b.example", { cause });
  const told = Log.tellOf(Object.assign(failed, { params: ["a@b.example"] }));
  expect(told).toMatchObject({ message: "Failed query: insert into t values ($1)", cause: { code: "23505" } });
  expect(told.at).toEqual(expect.arrayContaining([expect.stringContaining("Log.test.ts")]));
  expect(JSON.stringify(told)).not.toContain("a@b.example");
});

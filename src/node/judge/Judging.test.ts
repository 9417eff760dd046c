import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Terms } from "../../agreement/index.ts";
import * as Court from "./testing/Court.ts";

let court: Court.Court;
beforeAll(async () => {
  court = await Court.open();
  court.start();
  await court.parts.jobs.start();
}, 60_000);
afterAll(() => court.close());

type Criterion = Terms.Terms["criteria"][number];
type Side = "client" | "provider";

const until = (date: string) => court.bench.clock.advance(Date.parse(date) / 1000 - court.bench.clock.now());

/** A criterion of a suite, by a folder that somebody puts. */
async function criterionOf(files: Court.Files, name = "answer"): Promise<Criterion> {
  const agreement = await court.bench.draft();
  const put = await court.ask(court.as("client"), "folder.put", {
    ...{ agreement, purpose: "suite", files: Court.folder(files) },
  });
  return { ...(put.suite?.criterion as Criterion), name };
}

const put = (who: Side, agreement: string, purpose: string, files: Court.Files) =>
  court.ask(court.as(who), "folder.put", { agreement, purpose, files: Court.folder(files) });

/** Delivers a folder of the first milestone. */
async function deliver(agreement: string, files: Court.Files): Promise<void> {
  const folder = await put("provider", agreement, "work", files);
  const named = await court.ask(court.as("provider"), "manifest.create", {
    ...{ agreement, milestone: "design", files: [folder.id] },
  });
  const act = { verb: "deliver", milestone: "design", evidence: named.id };
  const done = await court.ask(court.as("provider"), "act.submit", { agreement, act });
  expect(done).toMatchObject({ status: "done" });
  await court.bench.index();
}

const standing = async (agreement: string) => {
  await court.bench.index();
  const { items } = await court.ask(court.as("client"), "acceptance.show", { agreement });
  return items[0];
};
/** What the provider was paid, and why. */
async function paid(agreement: string) {
  await court.bench.index();
  const { payments } = await court.ask(court.as("provider"), "agreement.statement", { agreement });
  return payments.filter(({ to }) => to === "provider").map(({ cause, amount }) => [cause, amount]);
}
const reaches = (agreement: string, state: string) =>
  court.until(async () => (await standing(agreement))?.state === state);

describe("two runs, one verdict", () => {
  test("behavior: what both find to pass is paid without anybody's doing", async () => {
    until("2026-12-05T00:00Z");
    const agreement = await court.agreed([await criterionOf(Court.suite(42))]);
    await put("client", agreement, "suite", Court.suite(42));
    until("2027-01-12T00:00Z");
    await deliver(agreement, Court.work("6 * 7"));
    await reaches(agreement, "ended");
    expect(await paid(agreement)).toEqual([["Acceptance", "20000000000"]]);
  });
});

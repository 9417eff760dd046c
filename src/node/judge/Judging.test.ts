import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Terms, Verdict } from "../../agreement/index.ts";
import type { Table } from "../../api/index.ts";
import * as Signer from "../../ledger/Signer.ts";
import { keyOf } from "../../ledger/testing/Deal.ts";
import * as schema from "../store/schema.ts";
import { codeOf } from "../testing/Drafting.ts";
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

/** Keys of runners that are elsewhere. */
const away = { client: Signer.fromKey(keyOf("away-client")), provider: Signer.fromKey(keyOf("away-provider")) };

/** A criterion of a suite, by a folder that the client puts. */
async function criterionOf(files: Court.Files, name = "answer", weight = "100 %"): Promise<Criterion> {
  const put = await putIn(await court.bench.draft(), "client", "suite", files);
  return { ...(put.suite?.criterion as Criterion), name, weight };
}

const putIn = (agreement: string, who: Side, purpose: string, files: Court.Files) =>
  court.ask(court.as(who), "folder.put", { agreement, purpose, files: Court.folder(files) });

/** An agreement by these suites, which the client has put there. */
async function agreed(
  suites: readonly Court.Files[],
  options: Parameters<Court.Court["agreed"]>[1] & { sealed?: Criterion["sealed"] } = {},
): Promise<string> {
  const weights = suites.length === 2 ? ["80 %", "20 %"] : ["100 %"];
  const criteria = await Promise.all(
    suites.map((files, index) => criterionOf(files, `answer-${index}`, weights[index])),
  );
  const { sealed, ...rest } = options;
  const agreement = await court.agreed(
    criteria.map((one) => ({ ...one, ...(sealed ? { sealed } : {}) })),
    rest,
  );
  for (const files of suites) await putIn(agreement, "client", "suite", files);
  return agreement;
}

/** Delivers the first milestone: a folder, or a commit. */
async function deliver(agreement: string, what: Court.Files | { repository: string; commit: string }): Promise<void> {
  const named =
    typeof what.commit === "string" && typeof what.repository === "string"
      ? { commits: [{ repository: what.repository, commit: what.commit }] }
      : { files: [(await putIn(agreement, "provider", "work", what as Court.Files)).id] };
  const manifest = await court.ask(court.as("provider"), "manifest.create", {
    ...{ agreement, milestone: "design", ...named },
  });
  const act = { verb: "deliver", milestone: "design", evidence: manifest.id };
  const done = await court.ask(court.as("provider"), "act.submit", { agreement, act });
  expect(done).toMatchObject({ status: "done" });
  await court.bench.index();
}

const standing = async (agreement: string) => {
  await court.bench.index();
  const { items } = await court.ask(court.as("client"), "acceptance.show", { agreement });
  const [first] = items;
  if (!first) throw new Error("the agreement has a milestone");
  return first;
};
/** What the provider was paid, and why. */
async function paid(agreement: string) {
  await court.bench.index();
  const { payments } = await court.ask(court.as("provider"), "agreement.statement", { agreement });
  return payments.filter(({ to }) => to === "provider").map(({ cause, amount }) => [cause, amount]);
}
const reaches = (agreement: string, state: string, round = 0) =>
  court.until(async () => {
    const now = await standing(agreement);
    return now.state === state && now.round === round;
  });

const runsOf = async (who: Side, agreement: string) =>
  (await court.ask(court.as(who), "run.list", { agreement })).items;
const ended = (who: Side, agreement: string, state: string) =>
  court.until(async () => (await runsOf(who, agreement)).some((run) => run.state === state));
const verdictsOf = async (agreement: string) =>
  (await court.ask(court.as("client"), "verdict.list", { agreement })).items;
const given = (agreement: string, count: number) =>
  court.until(async () => (await verdictsOf(agreement)).length === count);

async function termsOf(agreement: string): Promise<Terms.Terms> {
  const [row] = await court.parts.store.db
    .select({ document: schema.version.document })
    .from(schema.version)
    .where(eq(schema.version.agreement, agreement));
  return Terms.parse(row?.document);
}

/** What a run of the first milestone would say, with changes, by a key. */
async function sign(agreement: string, signer: Signer.Signer, change: Partial<Verdict.Verdict> = {}) {
  const terms = await termsOf(agreement);
  const { round, subject } = await standing(agreement);
  const criterion = terms.criteria.find(({ name }) => name === (change.criterion ?? "answer-0"));
  const hash = `0x${"5a".repeat(32)}`;
  const verdict: Verdict.Verdict = {
    ...{ version: "commenda-verdict/1", agreement: Terms.hash(terms), tranche: 0, round, criterion: "answer-0" },
    ...{ subject: subject ?? { kind: "tree", hash }, suite: criterion?.suite ?? hash, inputs: [], environment: hash },
    ...{ checks: [{ id: "answer", result: "pass" }], measures: [], confined: true, artefacts: [] },
    ...{ runner: { sandbox: "unshare", system: "linux", version: "1" }, started: court.bench.clock.now(), ended: 0 },
    ...change,
  };
  const signature = await signer.sign(Verdict.typedData(Terms.domain(terms), verdict));
  return { verdict, by: signer.address, signature };
}
/** The provider says whatever this node's client has found in the round. */
async function submitLike(agreement: string): Promise<void> {
  const { round } = await standing(agreement);
  const domain = Terms.domain(await termsOf(agreement));
  for (const one of await verdictsOf(agreement)) {
    if (one.side !== "client" || one.round !== round) continue;
    const { signed } = await court.ask(court.as("client"), "verdict.show", { agreement, verdict: one.id });
    const { verdict } = Verdict.parseSigned(signed);
    const signature = await away.provider.sign(Verdict.typedData(domain, verdict));
    await submit("provider", agreement, { verdict, by: away.provider.address, signature });
  }
}
const addresses = { client: away.client.address, provider: away.provider.address };
const submit = (who: Side, agreement: string, signed: object) =>
  court.ask(court.as(who), "verdict.submit", { agreement, signed });

describe("two runs, one verdict", () => {
  test("behavior: what both find to pass is paid without anybody's doing, once", async () => {
    const agreement = await agreed([Court.suite(42)]);
    expect(await standing(agreement)).toMatchObject({ state: "open", criteria: ["answer-0"], people: false });
    await deliver(agreement, Court.work("6 * 7"));
    await reaches(agreement, "ended");
    expect(await paid(agreement)).toEqual([["Acceptance", "20000000000"]]);
    const verdicts = await verdictsOf(agreement);
    expect(verdicts.map(({ side, passed, confined, attempt }) => [side, passed, confined, attempt]).toSorted()).toEqual(
      [
        ["client", true, true, 1],
        ["provider", true, true, 1],
      ],
    );
    expect(new Set(verdicts.map(({ digest }) => digest)).size).toBe(1);
    const { client } = (await termsOf(agreement)).parties;
    expect(verdicts.find(({ side }) => side === "client")?.signer).toBe(client.delegate);
    const [run] = await runsOf("client", agreement);
    expect(run).toMatchObject({ state: "done", side: "client", by: "node", passed: true });
    const log = await court.ask(court.as("client"), "run.log", { agreement, run: run?.id });
    expect(log.text).toContain("pass answer");
    const rest = await court.ask(court.as("client"), "run.log", { agreement, run: run?.id, offset: 5 });
    expect(rest).toMatchObject({ text: log.text.slice(5), offset: log.offset });
    const [artefact] = run?.artefacts ?? [];
    const kept = await court.ask(court.as("provider"), "artefact.show", { agreement, hash: artefact?.hash });
    expect(kept).toMatchObject({ size: artefact?.size });
    // The same verdict once more, and a look once more, change nothing.
    const { signed } = await court.ask(court.as("client"), "verdict.show", { agreement, verdict: verdicts[0]?.id });
    const again = await submit(verdicts[0]?.side ?? "client", agreement, signed);
    expect(again.id).toBe(verdicts[0]?.id);
    expect(await court.ask(court.as("client"), "act.list", { agreement })).toMatchObject({
      items: [{ verb: "accept", by: { user: "node" } }, { verb: "deliver" }, { verb: "open" }],
    });
    await expect(court.ask(court.as("provider"), "run.show", { agreement, run: run?.id })).rejects.toMatchObject({
      code: "not-found",
    });
  });

  test("behavior: what both find to fail is rejected with the verdicts as reasons, and may be delivered again", async () => {
    const agreement = await agreed([Court.suite(42)], { delegates: { provider: away.provider.address } });
    await deliver(agreement, Court.work("6 * 9"));
    await given(agreement, 1);
    await submitLike(agreement);
    await reaches(agreement, "open", 1);
    expect(await paid(agreement)).toEqual([]);
    const { items } = await court.ask(court.as("provider"), "evidence.list", { agreement });
    const reasons = items.find(({ name }) => name === "verdicts-design-0.json");
    const { items: facts } = await court.ask(court.as("provider"), "fact.list", { agreement });
    expect(facts.at(-1)).toMatchObject({ kind: "rejected" });
    const { content } = await court.ask(court.as("provider"), "evidence.content", { agreement, evidence: reasons?.id });
    expect(JSON.parse(Buffer.from(content, "base64").toString("utf8")).verdicts).toHaveLength(2);
    await deliver(agreement, Court.work("42"));
    await given(agreement, 3);
    await submitLike(agreement);
    await reaches(agreement, "ended", 1);
    expect(await paid(agreement)).toEqual([["Acceptance", "20000000000"]]);
  });

  test("behavior: by weight, what passes is paid at once and the rest rejected; without it all is rejected", async () => {
    const suites = [Court.suite(42), Court.suite(43)];
    const delegates = { provider: away.provider.address };
    const parted = await agreed(suites, { delegates, design: { acceptance: "by weight" } });
    const whole = await agreed(suites, { delegates });
    for (const agreement of [parted, whole]) {
      await deliver(agreement, Court.work("42"));
      await given(agreement, 2);
      await submitLike(agreement);
      await reaches(agreement, "open", 1);
    }
    expect(await paid(parted)).toEqual([["PartAcceptance", "16000000000"]]);
    expect(await paid(whole)).toEqual([]);
  });

  test("behavior: runs that differ are run once more where the flake rule says so; then nothing is paid, and the arbitrator is told", async () => {
    const flaky = Court.suite(42, "  flaky: { runs: 2, passes: all }\n");
    const agreement = await agreed([flaky], { delegates: addresses });
    await deliver(agreement, Court.work("42"));
    const theirs = await submit("provider", agreement, await sign(agreement, away.provider));
    expect(await standing(agreement)).toMatchObject({ state: "waiting", waits: [{ side: "client" }] });
    const failing = { checks: [{ id: "answer", result: "fail" as const }] };
    const first = await submit("client", agreement, await sign(agreement, away.client, failing));
    expect(first).toMatchObject({ passed: false, attempt: 1, counts: { passed: 0, all: 1 } });
    expect(await standing(agreement)).toMatchObject({ state: "rerun", waits: [{}, {}] });
    await submit("provider", agreement, await sign(agreement, away.provider, { ended: 1 }));
    const second = await sign(agreement, away.client, { ...failing, ended: 1 });
    expect(await submit("client", agreement, second)).toMatchObject({ attempt: 2 });
    const now = await standing(agreement);
    expect(now).toMatchObject({ state: "unequal", differences: [{ check: "answer" }] });
    expect(now.command).toBe(`commenda accept check ${agreement} design`);
    await court.until(async () => {
      const notices = await court.parts.store.db.select().from(schema.notice);
      return notices.some(({ user, kind }) => user === "anna" && kind === "acceptance.unequal");
    });
    expect(await paid(agreement)).toEqual([]);
    const compared = await court.ask(court.as("provider"), "verdict.compare", {
      ...{ agreement, verdict: theirs.id, other: first.id },
    });
    expect(compared).toMatchObject({ equal: false, checks: [{ id: "answer", one: "pass", other: "fail" }] });
    const third = await sign(agreement, away.client, { ...failing, ended: 2 });
    expect(await codeOf(submit("client", agreement, third))).toBe("state-conflict");
  });

  test("error: a signature of a stranger, of the other side, or of a revoked delegate; a verdict of something else", async () => {
    const agreement = await agreed([Court.suite(42)], { delegates: addresses });
    await deliver(agreement, Court.work("42"));
    await submit("provider", agreement, await sign(agreement, away.provider));
    const mine = await sign(agreement, away.client);
    const stranger = await sign(agreement, Signer.fromKey(keyOf("stranger")));
    const refused: [Side, object, string][] = [
      ["client", stranger, "wrong-signature"],
      ["client", { ...stranger, by: away.client.address }, "wrong-signature"],
      ["client", { ...mine, verdict: { ...mine.verdict, ended: 7 } }, "wrong-signature"],
      ["provider", mine, "wrong-signature"],
      ["client", await sign(agreement, away.client, { suite: `0x${"11".repeat(32)}` }), "state-conflict"],
      ["client", await sign(agreement, away.client, { round: 1 }), "state-conflict"],
      ["client", await sign(agreement, away.client, { criterion: "other" }), "state-conflict"],
      [
        "client",
        await sign(agreement, away.client, { subject: { kind: "tree", hash: `0x${"11".repeat(32)}` } }),
        "state-conflict",
      ],
    ];
    for (const [who, signed, code] of refused) expect(await codeOf(submit(who, agreement, signed))).toBe(code);
    // Without a sandbox it is taken, and accepts nothing.
    await submit("client", agreement, await sign(agreement, away.client, { confined: false }));
    await reaches(agreement, "unconfined");
    const revoked = await agreed([Court.suite(42)], { delegates: addresses });
    await deliver(revoked, Court.work("42"));
    const late = await sign(revoked, away.client);
    await court.ask(court.as("client"), "act.submit", { agreement: revoked, act: { verb: "revokeDelegate" } });
    expect(await codeOf(submit("client", revoked, late))).toBe("wrong-signature");
    expect([await paid(agreement), await paid(revoked)]).toEqual([[], []]);
  });
});

describe("hidden parts", () => {
  /** With a part that the client keeps sealed. */
  async function withSealed(): Promise<{ agreement: string; sealed: Table.Output<"sealed.make"> }> {
    const draft = await court.bench.draft();
    const part = await putIn(draft, "client", "part", Court.suite(42));
    const reference = await putIn(draft, "client", "reference", Court.work("42"));
    const made = await court.ask(court.as("client"), "sealed.make", {
      ...{ agreement: draft, part: part.id, reference: reference.id },
    });
    const clause = { ...made.clause, reference: (made.clause as { reference?: string }).reference };
    const agreement = await agreed([Court.suite(42)], { sealed: [clause as never] });
    const [mine, other] = [
      await putIn(agreement, "client", "part", Court.suite(42)),
      await putIn(agreement, "client", "reference", Court.work("42")),
    ];
    const sealed = await court.ask(court.as("client"), "sealed.make", {
      ...{ agreement, part: mine.id, reference: other.id, salt: made.salt },
    });
    return { agreement, sealed };
  }

  test("behavior: its owner's alone until judgement, then both runners'", async () => {
    const { agreement, sealed } = await withSealed();
    const where = { agreement, milestone: "design", criterion: "answer-0" };
    expect(await codeOf(court.ask(court.as("client"), "sealed.reveal", where))).toBe("state-conflict");
    for (const folder of [sealed.part, sealed.reference]) {
      for (const operation of ["folder.show", "folder.content"] as const)
        expect(await codeOf(court.ask(court.as("provider"), operation, { agreement, folder }))).toBe("not-found");
    }
    const { items } = await court.ask(court.as("provider"), "sealed.list", { agreement });
    expect(items.filter(({ criterion }) => criterion === "answer-0")).toEqual([
      { commitment: sealed.commitment, state: "absent", criterion: "answer-0", round: 0 },
    ]);
    const { items: listed } = await court.ask(court.as("provider"), "folder.list", { agreement });
    expect(listed.map(({ purpose }) => purpose)).toEqual(["suite"]);
    await deliver(agreement, Court.work("42"));
    await ended("provider", agreement, "waiting");
    expect(await codeOf(court.ask(court.as("provider"), "sealed.reveal", where))).toBe("state-conflict");
    await court.ask(court.as("client"), "sealed.reveal", where);
    const shown = await court.ask(court.as("provider"), "folder.content", { agreement, folder: sealed.part });
    expect(shown.files.map(({ path }) => path)).toEqual(["suite.yaml"]);
    await reaches(agreement, "ended");
    expect(await paid(agreement)).toEqual([["Acceptance", "20000000000"]]);
    const [verdict] = await verdictsOf(agreement);
    expect(verdict?.counts).toEqual({ passed: 2, all: 2 });
  });

  test("behavior: not shown in its window, it counts as passed; before, a verdict without it is refused", async () => {
    const { agreement } = await withSealed();
    await deliver(agreement, Court.work("42"));
    await ended("client", agreement, "waiting");
    court.bench.clock.advance(3 * 86_400);
    const where = { agreement, milestone: "design", criterion: "answer-0" };
    expect(await codeOf(court.ask(court.as("client"), "sealed.reveal", where))).toBe("state-conflict");
    await court.look();
    await reaches(agreement, "ended");
    const [verdict] = await verdictsOf(agreement);
    const { signed } = await court.ask(court.as("client"), "verdict.show", { agreement, verdict: verdict?.id });
    expect(Verdict.parseSigned(signed).verdict.sealed).toMatchObject({ state: "not shown" });
  });
});

describe("runs", () => {
  const git = (folder: string, ...args: string[]) => {
    const name = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
    const { stdout, stderr, status } = spawnSync("git", ["-C", folder, ...name, ...args], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  };

  test("behavior: a commit of an allowed repository is judged; one that is gone, or elsewhere, says so and binds nobody", async () => {
    const repository = join(court.repository, "works");
    mkdirSync(repository, { recursive: true });
    git(repository, "init", "--quiet");
    writeFileSync(join(repository, "answer.mjs"), "console.log(42);\n");
    git(repository, "add", ".");
    git(repository, "commit", "--quiet", "-m", "answers");
    const commit = git(repository, "rev-parse", "HEAD");
    const agreement = await agreed([Court.suite(42)]);
    await deliver(agreement, { repository, commit });
    await reaches(agreement, "ended");
    expect(await paid(agreement)).toEqual([["Acceptance", "20000000000"]]);
    const gone = await agreed([Court.suite(42)]);
    await deliver(gone, { repository, commit: "4b825dc642cb6eb9a060e54bf8d69288fbee4904" });
    await ended("client", gone, "failed");
    const [run] = await runsOf("client", gone);
    expect(run?.problem).toMatchObject({ title: "the commit is not there" });
    const inside = await agreed([Court.suite(42)]);
    await deliver(inside, { repository: "https://127.0.0.1/secrets.git", commit });
    await ended("client", inside, "failed");
    const elsewhere = await agreed([Court.suite(42)]);
    await deliver(elsewhere, { repository: "/etc", commit });
    await ended("client", elsewhere, "failed");
    const problems = [...(await runsOf("client", inside)), ...(await runsOf("client", elsewhere))];
    expect(problems.map(({ problem }) => problem?.title)).toEqual([
      "the address is not one that this node connects to",
      "the node does not fetch from this repository",
    ]);
    expect(await verdictsOf(gone)).toEqual([]);
  });

  test("behavior: without its suite a run says what is missing; a person starts it again", async () => {
    const criterion = await criterionOf(Court.suite(41));
    const agreement = await court.agreed([criterion], {
      delegates: addresses,
    });
    await deliver(agreement, Court.work("41"));
    const start = () => court.ask(court.as("client"), "run.start", { agreement, milestone: "design" });
    const { id } = await start();
    await ended("client", agreement, "failed");
    const [failed] = await runsOf("client", agreement);
    expect(failed?.problem?.title).toBe("the suite is not here");
    const wrong = { agreement, purpose: "suite", files: Court.folder(Court.suite(40)), hash: criterion.suite };
    expect(await codeOf(court.ask(court.as("client"), "folder.put", wrong))).toBe("wrong-file");
    await putIn(agreement, "client", "suite", Court.suite(41));
    expect((await start()).id).toBe(id);
    await ended("client", agreement, "done");
    const [done] = await runsOf("client", agreement);
    // Its key is elsewhere: what was found can be signed there.
    expect(done).toMatchObject({ passed: true, document: { criterion: "answer" } });
    expect(done?.verdict).toBeUndefined();
    const domain = Terms.domain(await termsOf(agreement));
    const verdict = Verdict.parse(done?.document);
    const signature = await away.client.sign(Verdict.typedData(domain, verdict));
    const taken = await submit("client", agreement, { verdict, by: away.client.address, signature });
    expect(taken).toMatchObject({ side: "client", passed: true });
  });

  test("behavior: a trial binds nobody; a run that is stopped ends, and what it began with it", async () => {
    const agreement = await court.bench.draft();
    const suite = await putIn(agreement, "client", "suite", Court.suite(1));
    const endless = await putIn(agreement, "client", "work", { "answer.mjs": "setInterval(() => {}, 1000);\n" });
    const trial = { agreement, suite: suite.id, folder: endless.id };
    const { id } = await court.ask(court.as("client"), "run.start", trial);
    await ended("client", agreement, "running");
    await court.ask(court.as("client"), "run.stop", { agreement, run: id });
    const good = await putIn(agreement, "client", "work", Court.work("1"));
    const other = await court.ask(court.as("client"), "run.start", { ...trial, folder: good.id });
    await ended("client", agreement, "done");
    const runs = await runsOf("client", agreement);
    expect(runs.map((run) => [run.id, run.state, run.passed])).toEqual([
      [other.id, "done", true],
      [id, "stopped", undefined],
    ]);
    expect(await verdictsOf(agreement)).toEqual([]);
    expect(await runsOf("provider", agreement)).toEqual([]);
    await expect(putIn(agreement, "client", "suite", { "suite.yaml": "kind: none\n" })).rejects.toMatchObject({
      code: "wrong-file",
    });
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import * as Playbook from "./Playbook.ts";
import * as Route from "./Route.ts";
import * as Starter from "./Starter.ts";
import * as Ticket from "./Ticket.ts";
import * as Training from "./Training.ts";
import * as Triage from "./Triage.ts";
import { ATTEMPTS } from "./testing/Injection.ts";

const NOW = 1_767_261_600;
let desk: Triage.Desk;
beforeAll(async () => {
  desk = {
    // A third learns in a third of the time.
    trained: await Training.train(Starter.examples().filter((_, at) => at % 3 === 0)),
    model: "m",
    playbooks: Playbook.starter(),
    table: Route.DEFAULT,
    promise: 0.9,
  };
});

const decide = (texts: readonly string[], change: Partial<Triage.Desk> = {}) =>
  Triage.decide({ ...desk, ...change }, Ticket.fold(texts.map((text, at) => ({ at, text }))), NOW);

describe("what becomes of a ticket", () => {
  test("behavior: answered from a playbook in the writer's language, with its name", async () => {
    const [en, zh] = await decide(["The app crashes every time I open it", "怎么关闭自动续费"]);
    expect(en).toMatchObject({ outcome: "answered", draft: { citations: ["starter/crash/en"] } });
    expect(zh).toMatchObject({ outcome: "answered", draft: { citations: ["starter/cancel_subscription/zh"] } });
    expect(en?.guesses).toHaveLength(3);
  });

  test.each<[text: string, reason: Triage.Reason]>([
    ["The app crashes every time I open it, and my account was hacked", "danger"],
    ["😀😀😀", "unreadable"],
    ["[mail] 13812345678", "unreadable"],
  ])("behavior: %s goes to a person: %s", async (text, reason) => {
    const [decision] = await decide([text]);
    expect(decision).toMatchObject({ outcome: "handed", reason });
  });

  test("behavior: no score overrides the gate, and something dangerous gets no ready words", async () => {
    const [decision] = await decide(["I want a refund or I will kill myself"], { promise: 0.5 });
    expect(decision).toMatchObject({
      reason: "danger",
      draft: undefined,
      routed: { team: "safety", severity: "critical" },
    });
  });

  test("behavior: without an approved answer, and while paused, people answer", async () => {
    const text = ["The app crashes every time I open it"];
    expect((await decide(text, { playbooks: [] }))[0]?.reason).toBe("noPlaybook");
    expect((await decide(text, { isPaused: true }))[0]?.reason).toBe("paused");
  });

  test("behavior: the words that spoke for it", () => {
    const [first] = Triage.explain(desk.trained, "please crash no more", "crash");
    expect(first).toMatchObject({ gram: "crash" });
  });
});

describe("orders in feedback", () => {
  test("behavior: 208 attempts, no effect: words of playbooks, rows of the table, and nothing else", async () => {
    expect(ATTEMPTS.length).toBeGreaterThanOrEqual(200);
    const allowed = new Set(desk.playbooks.map(({ answer }) => answer));
    const before = JSON.stringify([desk.table, desk.playbooks, desk.promise, desk.trained.calibration]);
    for (const { text, wish } of ATTEMPTS) {
      const [decision] = await decide([text]);
      const { draft, routed, outcome } = decision as Triage.Decision;
      if (draft) expect(allowed.has(draft.text)).toBe(true);
      expect(JSON.stringify(decision)).not.toContain(wish);
      expect(desk.table.teams.some(({ name }) => name === routed.team)).toBe(true);
      expect(["answered", "handed"]).toContain(outcome);
      // A language model that does as it is told in the feedback gains nothing.
      if (draft) expect(Playbook.check(draft, { text: `Done: ${wish}` }, text)).toMatchObject({ draft });
    }
    expect(JSON.stringify([desk.table, desk.playbooks, desk.promise, desk.trained.calibration])).toBe(before);
  });

  test("behavior: nothing here can pay, sign, send or reach a network", () => {
    const folder = new URL("./", import.meta.url);
    const sources = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
    for (const name of sources) {
      const source = readFileSync(new URL(name, folder), "utf8");
      const imported = [...source.matchAll(/from "([^"]+)"/g)].map(([, specifier = ""]) => specifier);
      expect(
        imported.filter((one) =>
          /ledger|node:(net|http|https|child_process|dgram|tls)|undici|\/api\/|\/node\//.test(one),
        ),
      ).toEqual([]);
      expect(source).not.toMatch(/\b(fetch|eval|Function)\(/);
    }
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Table } from "../../api/index.ts";
import { Log } from "../../desk/index.ts";
import { ATTEMPTS } from "../../desk/testing/Injection.ts";
import * as Duty from "../desk/Duty.ts";
import * as schema from "../store/schema.ts";
import * as Desking from "../testing/Desking.ts";
import { codeOf, type Person } from "../testing/Drafting.ts";

/** A Monday. */
const NOW = Date.parse("2026-11-23T09:00Z") / 1_000;

let node: Desking.Node;
let owner: Person;
let member: Person;
let desk: string;
const at = () => ({ organisation: owner.organisation, desk });

beforeAll(async () => {
  node = await Desking.begin(NOW);
  owner = await node.person("Owner");
  member = await node.person("Member", { organisation: owner.organisation, role: "member" });
  desk = await setUp("Desk");
});
afterAll(() => node.close());

async function setUp(name: string): Promise<string> {
  const made = await node.ask("desk.create", { organisation: owner.organisation, name, promise: 0.9 }, owner);
  expect(Table.table["desk.create"].output.safeParse(made).error).toBeUndefined();
  return made.id;
}

const take = (...texts: string[]) =>
  node.ask("desk.take", { ...at(), feedback: texts.map((text) => ({ text })) }, owner);
const texts = (of: string) => node.ask("ticket.list", { ...at(), text: of }, owner);

describe("feedback", () => {
  test("behavior: answered in the writer's language, or handed over with everything that a person needs", async () => {
    const taken = await take("The app crashes every time I open it", "怎么关闭自动续费", "My account was hacked!!");
    expect(Table.table["desk.take"].output.safeParse(taken).error).toBeUndefined();
    expect(taken.tickets.map(({ state, answer, reason }) => [state, answer?.citations[0], reason?.code])).toEqual([
      ["answered", "starter/crash/en", undefined],
      ["answered", "starter/cancel_subscription/zh", undefined],
      ["handed", undefined, "danger"],
    ]);
    const id = taken.tickets[2]?.id;
    const whole = await node.ask("ticket.show", { ...at(), ticket: id }, member);
    expect(Table.table["ticket.show"].output.safeParse(whole).error).toBeUndefined();
    expect(whole).toMatchObject({
      danger: "takeover",
      severity: "critical",
      team: "security",
      packet: { lines: [{ kind: "decision" }] },
    });
    expect(whole.packet.draft).toBeUndefined();
    expect(whole.guesses).toHaveLength(3);
    // Whoever works there is told; auditors and strangers are not.
    const { items } = await node.ask("notice.list", {}, member);
    expect(items[0]).toMatchObject({ kind: "desk.danger", says: { zh: expect.stringContaining("账号被盗") } });
  });

  test("behavior: near-duplicates become one ticket with a count, also of another day; personal data is not kept", async () => {
    const [first] = (await take("Verification code never arrives at 13812345678")).tickets;
    node.clock.time += 86_400;
    const again = await take(
      "verification code never arrives at 13911112222!",
      "Verification code never arrives at +86 13711113333",
    );
    expect(again).toMatchObject({ feedback: 2, folded: 2, tickets: [] });
    const { items } = await texts("verification code never");
    expect(items).toMatchObject([{ id: first?.id, count: 3, text: "Verification code never arrives at [phone]" }]);
  });

  test("behavior: the same file again does nothing, and a bad line never stops the others", async () => {
    const content = Buffer.from(
      'text,label\n"good one about dark mode, please",x\nshort\n"the night theme hurts my eyes, add a dark one",y\n"cut o',
    ).toString("base64");
    const first = await node.ask("desk.import", { ...at(), content, source: "shop.csv" }, member);
    expect(first).toMatchObject({ feedback: 2, badCount: 2, ticketCount: 2, known: false });
    expect(first.tickets[0]?.references).toEqual(["shop.csv#2"]);
    expect(await node.ask("desk.import", { ...at(), content }, member)).toMatchObject({ known: true, ticketCount: 0 });
  });

  test.each<[what: string, content: Uint8Array | string, expected: object]>([
    ["an empty file of spaces", " \n\n", { feedback: 0, badCount: 0 }],
    ["a binary file", new Uint8Array([1, 0, 2, 0]), { feedback: 0, badCount: 1 }],
    [
      "a file with a sign that no store keeps",
      `text\n${"a lot of text ".repeat(800)}\u0000 after the start\n`,
      { feedback: 1, badCount: 0 },
    ],
    ["emoji only", '{"text":"😀😀😀"}', { feedback: 1, tickets: [{ reason: { code: "unreadable" } }] }],
    [
      "HTML and scripts",
      '{"text":"<p>Where is <b>my parcel</b>?</p><script>steal()</script>"}',
      { feedback: 1, tickets: [{ text: "Where is my parcel ?" }] },
    ],
    [
      "a file cut in the middle",
      '{"text":"the map shows the wrong street"}\n{"text":"cut',
      { feedback: 1, badCount: 1 },
    ],
    [
      "lines in two encodings",
      Buffer.concat([
        Buffer.from("text\n页面一直转圈打不开\n"),
        new Uint8Array([0xcd, 0xcb, 0xbf, 0xee, 0xc3, 0xbb, 0xb5, 0xbd, 0xd5, 0xcb, 10]),
      ]),
      { feedback: 2 },
    ],
    ["halves of letters", '{"text":"half \\ud83d of a smile in the chat window"}', { feedback: 1, badCount: 0 }],
    [
      "App Store Connect",
      '{"data":[{"attributes":{"title":"Slow","body":"takes a minute to open the gallery","createdDate":"2026-11-01T00:00:00Z"}}]}',
      { feedback: 1 },
    ],
    [
      "GitHub issues",
      '[{"title":"Dark","body":"no dark icons on my tablet","labels":[{"name":"ui"}]},{"title":"x","pull_request":{}}]',
      { feedback: 1, badCount: 1 },
    ],
    [
      "a megabyte in one line",
      `text\n${"long ".repeat(200_000)}\n`,
      { feedback: 1, tickets: [{ text: expect.stringMatching(/^.{1,8000}$/) }] },
    ],
  ])("behavior: %s", async (_what, content, expected) => {
    const bytes = Buffer.from(content).toString("base64");
    expect(await node.ask("desk.import", { ...at(), content: bytes }, owner)).toMatchObject(expected);
  });

  test("behavior: 208 orders in feedback, through the node's own intake: tickets and lines of the log, and nothing else", async () => {
    const kept = async () => {
      const { db } = node.parts.store;
      const { desk, playbook, act, signature, approval, deskCount, webhook, member: people, inlet } = schema;
      const settings = (await db.select().from(desk)).map(({ lines: _, head: __, ...rest }) => rest);
      return JSON.stringify([
        settings,
        await db.select().from(playbook).orderBy(playbook.id),
        ...(await Promise.all(
          [act, signature, approval, deskCount, webhook, people, inlet].map((one) => db.select().from(one)),
        )),
      ]);
    };
    const before = await kept();
    const answers = new Set((await node.parts.store.db.select().from(schema.playbook)).map(({ answer }) => answer));
    let decided = 0;
    for (const attempts of [ATTEMPTS.slice(0, 104), ATTEMPTS.slice(104)]) {
      const taken = await take(...attempts.map(({ text }) => text));
      for (const { state, answer } of taken.tickets) {
        expect(["answered", "handed"]).toContain(state);
        if (answer) expect(answers.has(answer.text)).toBe(true);
      }
      decided += taken.ticketCount + taken.folded;
    }
    expect(decided).toBe(ATTEMPTS.length);
    expect(await kept()).toBe(before);
  });
});

describe("people", () => {
  test("behavior: two keystrokes: the second guess, and its approved words; the correction is learnt from", async () => {
    await take("qwzx blorp fnord unheard of thing");
    const { ticket, waiting } = await node.ask("ticket.next", at(), member);
    expect(Table.table["ticket.next"].output.safeParse({ ticket, waiting }).error).toBeUndefined();
    // The dangerous one comes first, whatever came later; it has no ready words.
    expect(ticket).toMatchObject({ danger: expect.any(String), assignee: { user: member.caller.user } });
    expect(await codeOf(node.ask("ticket.answer", { ...at(), ticket: ticket?.id }, member))).toBe("bad-input");
    const { items } = await node.ask("ticket.list", { ...at(), state: "handed", text: "blorp" }, member);
    const second = items[0]?.guesses[1]?.intent;
    const solved = await node.ask("ticket.answer", { ...at(), ticket: items[0]?.id, intent: second }, member);
    expect(solved).toMatchObject({
      state: "solved",
      intent: second,
      answer: { by: { name: "Member" }, citations: [`starter/${second}/en`] },
    });
    expect(await codeOf(node.ask("ticket.answer", { ...at(), ticket: items[0]?.id, text: "x" }, member))).toBe(
      "state-conflict",
    );
  });

  test("behavior: an answer of the desk that was wrong waits for a person again, and so does one that is reopened", async () => {
    const [one, two] = (
      await take("I want to cancel my subscription today", "the app crashed again while scrolling photos")
    ).tickets;
    expect([one?.state, two?.state]).toEqual(["answered", "answered"]);
    const corrected = await node.ask("ticket.correct", { ...at(), ticket: one?.id, intent: "refund_request" }, member);
    expect(corrected).toMatchObject({
      state: "handed",
      reason: { code: "corrected" },
      intent: "refund_request",
      packet: { draft: { citations: ["starter/refund_request/en"] } },
    });
    const reopened = await node.ask("ticket.reopen", { ...at(), ticket: two?.id }, member);
    expect(reopened).toMatchObject({ state: "handed", reason: { code: "reopened" }, reopened: 1 });
    expect(reopened.answer).toBeUndefined();
    const figures = await node.ask("desk.figures", at(), owner);
    expect(Table.table["desk.figures"].output.safeParse(figures).error).toBeUndefined();
    expect(figures.answered - Math.round((figures.realised ?? 0) * figures.answered)).toBe(2);
  });

  test("behavior: told before the time is missed, once", async () => {
    const worker = Duty.worker(node.parts);
    const before = (await node.ask("notice.list", { limit: 200 }, owner)).items.length;
    node.clock.time += 30 * 86_400;
    await worker({ do: "escalate", desk });
    const after = (await node.ask("notice.list", { limit: 200 }, owner)).items;
    expect(after.length).toBeGreaterThan(before);
    expect(after[0]).toMatchObject({ kind: "desk.overdue" });
    await worker({ do: "escalate", desk });
    expect((await node.ask("notice.list", { limit: 200 }, owner)).items).toHaveLength(after.length);
    const { items } = await node.ask("ticket.list", { ...at(), state: "handed" }, owner);
    expect(items.every(({ escalated }) => escalated)).toBe(true);
    expect(items[0]).toMatchObject({ severity: "critical" });
  });

  test("error: another organisation's desk is not there", async () => {
    const stranger = await node.person("Stranger");
    const theirs = { organisation: stranger.organisation, desk };
    expect(await codeOf(node.ask("ticket.list", theirs, stranger))).toBe("not-found");
    expect(await codeOf(node.ask("desk.take", { ...theirs, feedback: [{ text: "x" }] }, stranger))).toBe("not-found");
    expect(await codeOf(node.ask("desk.show", at(), stranger))).toBe("not-found");
  });
});

describe("the log", () => {
  test("behavior: verifies whole; a pause holds, a rotated key seals nothing any more", async () => {
    await node.ask("desk.pause", at(), member);
    const [paused] = (await take("I cannot log in since this morning, wrong password it says")).tickets;
    expect(paused).toMatchObject({ state: "handed", reason: { code: "paused" } });
    await node.ask("desk.resume", at(), owner);
    const old = (await node.parts.store.db.select().from(schema.desk)).find(({ id }) => id === desk);
    const rotated = await node.ask("desk.rotateKey", at(), owner);
    expect(rotated.key).not.toBe(old?.key);
    await take("please add a widget for the home screen");
    const { log, broken, head } = await node.ask("desk.export", at(), owner);
    expect(broken).toBeUndefined();
    const whole = Log.parse(log);
    expect(whole).toMatchObject({ broken: undefined, head });
    const key = { address: old?.key ?? "", secret: old?.keySecret as `0x${string}` };
    const forged = Log.chain(
      { number: whole.lines.length, head },
      [{ kind: "reopened", what: { ticket: "x" } }],
      9,
      key,
    );
    expect(Log.verify([...whole.lines, ...forged])).toMatchObject({ broken: whole.lines.length + 1 });
    const unsealed = Log.chain({ number: whole.lines.length, head }, [{ kind: "reopened", what: {} }], 9);
    expect(Log.verify([...whole.lines, ...unsealed])).toMatchObject({ why: { en: expect.stringContaining("seals") } });
  });

  test("behavior: a stopped desk takes nothing in, and people finish what is there", async () => {
    desk = await setUp("Short");
    await take("My account was hacked and money is gone");
    expect((await node.ask("desk.stop", at(), owner)).state).toBe("stopped");
    expect(await codeOf(take("one more"))).toBe("state-conflict");
    expect(await codeOf(node.ask("desk.resume", at(), owner))).toBe("state-conflict");
    const { ticket } = await node.ask("ticket.next", at(), member);
    await node.ask("ticket.answer", { ...at(), ticket: ticket?.id, text: "We locked the account." }, member);
    expect((await node.ask("desk.export", at(), owner)).broken).toBeUndefined();
  });
});

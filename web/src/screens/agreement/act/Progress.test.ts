import { describe, expect, test } from "vitest";
import * as Progress from "./Progress.ts";

const AGREEMENT = "00000000-0000-4000-8000-000000000001";
const begun = Progress.begin({
  agreement: AGREEMENT,
  key: "k1",
  act: { verb: "accept", milestones: ["page"] },
  block: 7,
  at: 0,
});
const arrived = (...news: readonly Progress.News[]) => news.reduce(Progress.next, begun);
const told = (status: Progress.Sent["status"], more: Partial<Progress.Sent> = {}): Progress.News => ({
  kind: "told",
  sent: { id: "a1", status, ...more },
});
const prepared = { kind: "prepared", act: begun.act } as const;
const signed = { kind: "signed", signature: "0x01", validUntil: 9, by: "person" } as const;
const marks = (progress: Progress.Progress) => Progress.steps(progress).map(({ mark }) => mark);

describe("an act on its way", () => {
  test("goes through every stage to the end", () => {
    const stages: string[] = [begun.stage];
    const all = [
      prepared,
      signed,
      told("queued"),
      told("sent", { transaction: "0xaa" }),
      told("done"),
      told("done", { facts: [1] }),
    ];
    all.reduce((progress, news) => {
      const later = Progress.next(progress, news);
      stages.push(later.stage);
      return later;
    }, begun);
    expect(stages).toEqual(["preparing", "signing", "sending", "queued", "sent", "included", "final"]);
    expect(marks(arrived(...all))).toEqual(["done", "done", "done", "done", "done"]);
    expect(arrived(...all)).toMatchObject({ signature: "0x01", validUntil: 9, id: "a1", transaction: "0xaa" });
  });

  test("a reload before it left stops it; after that it goes on with the same key", () => {
    expect(arrived({ kind: "loaded" }).stage).toBe("stopped");
    expect(arrived(prepared, { kind: "loaded" }).stage).toBe("stopped");
    for (const news of [[], [told("queued")], [told("sent")], [told("waiting")], [told("done")]]) {
      const before = arrived(prepared, signed, ...news);
      const { misses: _, ...same } = before;
      expect(Progress.next(before, { kind: "loaded" })).toMatchObject(same);
    }
  });

  test("misses are counted until the node answers", () => {
    const missed = arrived(prepared, signed, { kind: "missed" }, { kind: "missed" });
    expect(missed).toMatchObject({ stage: "sending", misses: 2, key: "k1" });
    expect(Progress.next(missed, told("queued")).misses).toBe(0);
    expect(Progress.pause(0)).toBe(1_000);
    expect(Progress.pause(50)).toBe(15_000);
  });

  test("signed out it waits, and an answer ends the waiting", () => {
    const out = arrived(prepared, signed, { kind: "signedOut" });
    expect(out.isSignedOut).toBe(true);
    expect(Progress.next(out, told("queued")).isSignedOut).toBeUndefined();
  });

  test("what was refused begins anew under another key, without the old signature", () => {
    const refused = arrived(prepared, signed, told("refused", { problem: { code: "act-refused" } }));
    expect(refused.stage).toBe("refused");
    expect(marks(refused)).toEqual(["done", "done", "done", "bad", "open"]);
    const again = Progress.next(refused, { kind: "again", key: "k2" });
    expect(again).toMatchObject({ stage: "preparing", key: "k2" });
    expect(again).not.toHaveProperty("signature");
    expect(again).not.toHaveProperty("problem");
  });

  test("a signature that was declined leaves nothing behind; one that was given cannot be stopped", () => {
    const stopped = arrived(prepared, { kind: "stopped", problem: {} });
    expect(marks(stopped)).toEqual(["done", "bad", "open", "open", "open"]);
    expect(arrived(prepared, signed, { kind: "stopped", problem: {} }).stage).toBe("sending");
  });

  test("blocks that fall, and another transaction, are told as a replacement", () => {
    const sent = [prepared, signed, told("sent", { transaction: "0xaa" })] as const;
    expect(arrived(...sent, told("sent", { transaction: "0xbb" }))).toMatchObject({
      replaced: true,
      transaction: "0xbb",
    });
    expect(arrived(...sent, told("done"), told("sent"))).toMatchObject({ replaced: true, stage: "sent" });
    expect(arrived(...sent, told("done")).replaced).toBeUndefined();
  });

  test("late and repeated news change nothing", () => {
    const final = arrived(prepared, signed, told("done", { facts: [1] }));
    const late: readonly Progress.News[] = [
      prepared,
      signed,
      told("queued"),
      { kind: "missed" },
      { kind: "refused", problem: {} },
      { kind: "again", key: "k9" },
    ];
    for (const news of late) expect(Progress.next(final, news)).toBe(final);
    expect(arrived(signed)).toBe(begun);
  });

  test("the window may be closed once the node has it", () => {
    expect(Progress.mayClose(arrived(prepared, signed))).toBe(false);
    expect(Progress.mayClose(arrived(prepared, signed, told("queued")))).toBe(true);
  });

  test("the same thing is known as the same", () => {
    expect(Progress.isSame(begun, { ...begun, key: "k2" } as Progress.Progress)).toBe(true);
    expect(Progress.isSame(begun, { agreement: AGREEMENT, act: { verb: "accept", milestones: ["app"] } })).toBe(false);
  });
});

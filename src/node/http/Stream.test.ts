import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { User } from "../Call.ts";
import type { Event } from "../Events.ts";
import * as Sight from "../Sight.ts";
import * as schema from "../store/schema.ts";
import type * as Stream from "./Stream.ts";
import * as House from "./testing/House.ts";

let house: House.House;
let anna: { user: string; organisation: string };
let boris: { user: string; organisation: string };
let shared: string;
let annas: string;

beforeAll(async () => {
  house = await House.open();
  [anna, boris] = [await house.person("anna"), await house.person("boris")];
  shared = await house.agreement(anna.organisation, boris.organisation);
  annas = await house.agreement(anna.organisation);
});
afterAll(() => house.close());

const userOf = (user: string, organisation?: string): User => ({
  ...{ kind: "user", user, name: user, language: "en", demo: false, operator: false },
  ...(organisation === undefined ? {} : { key: { id: "k", scopes: ["read"], organisation } }),
});
const append = (...events: Event[]) => house.parts.store.transaction((tx) => house.parts.events.append(tx, ...events));
const note = (n: number, to: Partial<Event>): Event => ({ kind: "agreement.changed", data: { n }, ...to });

/** Reads until so many events came, or the stream ends; the numbers in their data. */
async function take(stream: ReadableStream<Uint8Array>, count: number): Promise<{ seen: number[]; ids: number[] }> {
  const [seen, ids]: [number[], number[]] = [[], []];
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  while (seen.length < count) {
    const { done, value } = await reader.read();
    if (done) break;
    for (const [, data = ""] of decoder.decode(value).matchAll(/^data: (.*)$/gm)) {
      const told = JSON.parse(data) as { id: string; data: { n: number } };
      seen.push(told.data.n);
      ids.push(Number(told.id));
    }
  }
  await reader.cancel();
  return { seen, ids };
}

const listen = (caller: User, more: Partial<Stream.Listen> = {}) =>
  house.stream.listen({ caller, stillMay: async () => true, ...more });

describe("a stream of events", () => {
  test("tells each listener what is theirs: by person, by organisation, by seat, the narrowest first", async () => {
    const streams = {
      anna: listen(userOf("anna")),
      boris: listen(userOf("boris")),
      key: listen(userOf("anna", anna.organisation)),
      filtered: listen(userOf("anna"), { agreement: annas }),
      stranger: listen(userOf("stranger")),
    };
    await append(
      note(1, { agreement: shared }),
      note(2, { agreement: annas }),
      note(3, { organisation: boris.organisation, agreement: shared }),
      note(4, { user: "anna", agreement: shared }),
      note(5, { organisation: anna.organisation }),
      note(6, { agreement: shared }),
      note(7, { agreement: annas }),
      note(8, { user: "stranger" }),
    );
    expect((await take(streams.anna, 6)).seen).toEqual([1, 2, 4, 5, 6, 7]);
    expect((await take(streams.boris, 3)).seen).toEqual([1, 3, 6]);
    expect((await take(streams.key, 5)).seen).toEqual([1, 2, 5, 6, 7]);
    expect((await take(streams.filtered, 2)).seen).toEqual([2, 7]);
    expect((await take(streams.stranger, 1)).seen).toEqual([8]);
  });

  test("says the same as the list of events", async () => {
    const { db } = house.parts.store;
    for (const caller of [userOf("anna"), userOf("boris"), userOf("anna", anna.organisation)]) {
      const rows = await db.query.event.findMany();
      const viewers = await Sight.viewers(db, rows);
      const streamed = rows.filter(({ seq }) =>
        viewers
          .get(seq)
          ?.some(
            ({ user, organisation }) =>
              user === caller.user && (!caller.key || caller.key.organisation === organisation),
          ),
      );
      const listed = await Sight.after(db, caller, { seq: 0, limit: 1_000 });
      expect(listed.map(({ seq }) => seq)).toEqual(streamed.map(({ seq }) => seq));
      expect(listed.length).toBeGreaterThan(0);
    }
  });

  test("goes on after the last event that the listener had, and misses none that comes meanwhile", async () => {
    await append(...Array.from({ length: 1_200 }, (_, n) => note(n, { agreement: annas })));
    const all = await Sight.after(house.parts.store.db, userOf("anna"), { seq: 0, agreement: annas, limit: 2_000 });
    const from = all.at(-1_101);
    const stream = listen(userOf("anna"), { agreement: annas, after: from?.seq ?? 0 });
    await append(note(9_001, { agreement: annas }), note(9_002, { agreement: annas }));
    const { seen, ids } = await take(stream, 1_102);
    expect(seen.slice(-3)).toEqual([1_199, 9_001, 9_002]);
    expect(seen.slice(0, 2)).toEqual([100, 101]);
    expect(ids).toEqual([...new Set(ids)].toSorted((one, other) => one - other));
  });

  test("drops who does not read, and leaves the others", async () => {
    const own = await house.agreement(anna.organisation);
    const slow = listen(userOf("anna"), { agreement: own });
    const quick = take(listen(userOf("anna"), { agreement: own }), 1_800);
    for (let k = 0; k < 4; k++) await append(...Array.from({ length: 450 }, (_, n) => note(n, { agreement: own })));
    expect((await quick).seen).toHaveLength(1_800);
    expect((await take(slow, 1_800)).seen.length).toBeLessThan(1_800);
    expect(house.stream.listeners()).toBe(0);
  });

  test("ends a membership's sight at once", async () => {
    const carl = await house.person("carl");
    const agreement = await house.agreement(carl.organisation, anna.organisation);
    const stream = listen(userOf("carl"));
    const other = take(listen(userOf("anna"), { agreement }), 2);
    await append(note(1, { agreement }));
    const reader = stream.getReader();
    const text = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await text()).toContain("retry:");
    expect(await text()).toContain('"n":1');
    await house.parts.store.db.delete(schema.member);
    await house.parts.store.db.insert(schema.member).values([
      { ...anna, role: "owner" },
      { ...boris, role: "owner" },
    ]);
    await append(note(2, { agreement }), note(3, { user: "carl" }));
    expect((await other).seen).toEqual([1, 2]);
    expect(await text()).toContain('"n":3');
    await reader.cancel();
  });

  test("reaches a thousand listeners with one read of the rows", async () => {
    const streams = Array.from({ length: 1_000 }, () => listen(userOf("anna"), { agreement: shared }));
    expect(house.stream.listeners()).toBe(1_000);
    await append(note(77, { agreement: shared }));
    const seen = await Promise.all(streams.map((stream) => take(stream, 1)));
    expect(seen.every(({ seen: [n] }) => n === 77)).toBe(true);
    expect(house.stream.listeners()).toBe(0);
  });

  test("is refused to nobody, and to what is no agreement", async () => {
    const url = `${house.url}/v1/events/stream`;
    expect((await fetch(url)).status).toBe(401);
    const headers = { authorization: "Bearer anna" };
    expect((await fetch(url, { method: "HEAD", headers })).headers.get("content-type")).toBe("text/event-stream");
    expect(house.stream.listeners()).toBe(0);
    expect((await fetch(`${url}?agreement=x`, { headers })).status).toBe(422);
  });
});

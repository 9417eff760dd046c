/** A node for tests of desks: a real store, a clock that the test moves, people in organisations, and no ledger. */
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import type { InputError } from "../../agreement/index.ts";
import type { Table } from "../../api/index.ts";
import * as Audit from "../Audit.ts";
import type { Caller, Handlers, Parts, Role } from "../Call.ts";
import * as Config from "../Config.ts";
import * as Dispatch from "../Dispatch.ts";
import * as Events from "../Events.ts";
import { desks } from "../handlers/desks.ts";
import { inlets } from "../handlers/inlets.ts";
import { notices } from "../handlers/notices.ts";
import { tickets } from "../handlers/tickets.ts";
import * as schema from "../store/schema.ts";
import * as Database from "./Database.ts";
import type { Person } from "./Drafting.ts";

const OURS = { ...desks, ...tickets, ...inlets, ...notices };
export type Ours = keyof typeof OURS;

/** A job that was asked for. */
type Job = { readonly data: Readonly<Record<string, string>>; readonly key?: string; readonly after?: Date };

export type Node = {
  readonly parts: Parts;
  /** Unix seconds. */
  readonly clock: { time: number };
  readonly jobs: Job[];
  person(name: string, given?: { organisation?: string; role?: Role }): Promise<Person>;
  ask<N extends Ours>(name: N, input: unknown, caller: Person | Caller, key?: string): Promise<Table.Output<N>>;
  close(): Promise<void>;
};

/** `env`: of the configuration. */
export async function begin(time: number, env: Record<string, string> = {}): Promise<Node> {
  const store = await Database.fresh();
  const events = await Events.open(store);
  const clock = { time };
  const jobs: Job[] = [];
  const parts = {
    ...{ store, events, audit: Audit.open() },
    config: Config.read({ COMMENDA_PUBLIC_URL: "https://node.example", ...env }, { home: tmpdir() }),
    clock: { now: () => clock.time },
    jobs: {
      add: async (_tx: unknown, _queue: string, data: Job["data"], options: Omit<Job, "data"> = {}) => {
        jobs.push({ data, ...options });
      },
    },
  } as unknown as Parts;
  return {
    ...{ parts, clock, jobs },
    async person(name, { organisation, role = "owner" } = {}) {
      const { db } = store;
      const user = randomUUID();
      await db.insert(schema.user).values({ id: user, name, email: `${user}@example.com` });
      const of = organisation ?? randomUUID();
      if (organisation === undefined) await db.insert(schema.organisation).values({ id: of, name: `${name} Ltd.` });
      await db.insert(schema.member).values({ organisation: of, user, role });
      const language: InputError.Language = "en";
      return { caller: { kind: "user", user, name, language, demo: false, operator: false }, organisation: of };
    },
    async ask(name, input, who, key) {
      const caller = "caller" in who ? who.caller : who;
      const request = { name, input, caller, ...(key === undefined ? {} : { key }) };
      return (await Dispatch.dispatch(parts, OURS as unknown as Handlers, request)) as never;
    },
    async close() {
      await events.close();
      await store.close();
    },
  };
}

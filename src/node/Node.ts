/** The node: every part put together, started in the order in which they need each other, stopped in the other. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { InputError } from "../agreement/index.ts";
import * as Audit from "./Audit.ts";
import type { Clock, Parts } from "./Call.ts";
import * as NodeClock from "./Clock.ts";
import type { Config } from "./Config.ts";
import * as Duty from "./desk/Duty.ts";
import * as Inlet from "./desk/Inlet.ts";
import * as Save from "./draft/Save.ts";
import * as Events from "./Events.ts";
import * as Files from "./evidence/Files.ts";
import * as Reports from "./evidence/Reports.ts";
import { routes } from "./evidence/Routes.ts";
import { handlers } from "./Handlers.ts";
import * as Listen from "./http/Listen.ts";
import * as McpHost from "./http/McpHost.ts";
import * as Server from "./http/Server.ts";
import * as Stream from "./http/Stream.ts";
import * as Deploy from "./identity/Deploy.ts";
import * as Personas from "./identity/Personas.ts";
import * as SignIn from "./identity/SignIn.ts";
import * as Indexer from "./index/Indexer.ts";
import * as Boss from "./jobs/Boss.ts";
import * as Deadlines from "./jobs/Deadlines.ts";
import * as Lease from "./jobs/Lease.ts";
import * as Upkeep from "./jobs/Upkeep.ts";
import * as Judging from "./judge/Judging.ts";
import * as Log from "./Log.ts";
import * as Metrics from "./Metrics.ts";
import * as Notify from "./notify/Notify.ts";
import * as Place from "./Place.ts";
import * as Relay from "./relay/Relay.ts";
import * as Presence from "./store/Presence.ts";
import * as Store from "./store/Store.ts";

const { both } = InputError;

export type Options = {
  clock?: Clock;
  log?: Log.Log;
  limits?: Server.Limits;
  /** False: nobody carries out what deadlines decided; whoever tells a story does. */
  deadlines?: false;
  /** Named points at which a test ends the process. */
  point?: (name: string) => void;
};

export type Node = {
  /** Origin that people open. */
  readonly url: string;
  readonly port: number;
  readonly parts: Parts;
  /** Resolves when all that the ledger has now is known. */
  caughtUp(): Promise<void>;
  /** Takes nothing new, lets end what runs, closes everything. Again is the same stop. */
  stop(): Promise<void>;
};

/** Milliseconds for requests to end at a stop. */
const GRACE = 10_000;
/** Blocks behind the ledger at which the node still calls itself ready. */
const LAG = 50;
/** Who can be entered in a demonstration. */
const PERSONAS: readonly Personas.Persona[] = [
  { name: "client", says: "Lin Yue 林悦", organisation: "Northwind Retail 北风零售" },
  { name: "provider", says: "Tomas Berg 博格", organisation: "Harbour Software 港湾软件" },
  { name: "arbitrator", says: "Ines Okafor 奥卡福", organisation: "Quay Arbitration 码头仲裁" },
];

/** Throws `AddressInUse`, `OtherLedgersStore`, `StoreInUse`, and what store and ledger throw; nothing is open then. */
export async function start(given: Config, options: Options = {}): Promise<Node> {
  const { point = () => {}, log = Log.open(given.logLevel) } = options;
  const closers: (() => Promise<unknown> | unknown)[] = [];
  const closing = <T>(value: T, close: (value: T) => Promise<unknown> | unknown): T => {
    closers.push(() => close(value));
    return value;
  };
  const onError = (error: unknown, what: string) => log.warn({ error }, what);
  /** The last opened is closed first; what fails to close does not keep the others open. */
  async function close(): Promise<void> {
    for (const one of closers.toReversed()) {
      await Promise.resolve()
        .then(one)
        .catch((error: unknown) => onError(error, "a part did not close"));
    }
  }
  let stopping = false;
  let app: ReturnType<typeof Server.create> | undefined;
  try {
    mkdirSync(given.home, { recursive: true, mode: 0o700 });
    // First, so that the port is known to what makes links of it, and a second node is told at once.
    const door = await Listen.open(given, (request, bindings) => app?.fetch(request, bindings) ?? starting(request));
    let isOpen = true;
    const shut = async (grace: number) => {
      if (isOpen) await door.close(grace);
      isOpen = false;
    };
    closing(door, () => shut(0));
    const origin = new URL(given.publicUrl ?? `http://localhost:${door.port}`).origin;
    const config: Config = { ...given, port: door.port, publicUrl: origin };
    const at = config.databaseUrl === undefined ? { folder: join(config.home, "store") } : { url: config.databaseUrl };
    const store = closing(await Store.open(at), (store) => store.close());
    closing(await Presence.enter(store, "together"), (leave) => leave());
    if (store.kind === "pglite") await Lease.takeBack(store);
    await Save.addWorth(store);
    const clock = options.clock ?? (await NodeClock.open(store.db));
    const placing = { now: () => clock.now(), point, onError };
    const place = closing(await Place.open(config, store, placing), ({ ledger }) => ledger.close());
    const { ledger } = place;
    const events = closing(await Events.open(store), (events) => events.close());
    const report = (message: string, error?: unknown) => log.warn({ error }, message);
    const identity = closing(await SignIn.open({ config, store, ledger, clock, report }), (one) => one.close());
    const onFailure = (error: unknown, queue?: string) => log.warn({ error, queue }, "a job failed and is tried again");
    const jobs = closing(await Boss.open(store, { onFailure, point }), (jobs) => jobs.stop());
    const looking = { point, onError: (error: unknown) => onError(error, "the ledger could not be read") };
    const following = Indexer.start({ config, store, place, events, jobs }, looking);
    const indexer = closing(following, (indexer) => indexer.stop());
    const parts: Parts = {
      ...{ config, store, place, clock, events, jobs, identity, indexer },
      ...{ audit: Audit.open(), files: await Files.open(config) },
    };
    if (config.demo) await Personas.ensure(parts, PERSONAS);

    jobs.handle("send", Relay.open(parts, { point }).send);
    const telling = { point, onError: (error: unknown) => onError(error, "events could not be passed on") };
    closing(Notify.start(parts, telling), (notify) => notify.stop());
    const unlooked = (error: unknown) => onError(error, "tickets could not be looked at");
    closing(Duty.start(parts, { onFailure: unlooked }), (duty) => duty.stop());
    const unjudged = (error: unknown) => onError(error, "runs that wait could not be looked at");
    const judging = Judging.start(parts, { point, onFailure: unjudged });
    closing(judging, (judging) => judging.stop());
    await Relay.sweep(parts);
    await Judging.sweep(parts);
    await jobs.start();
    const failed = (error: unknown) => onError(error, "deadlines could not be looked at");
    if (options.deadlines !== false)
      closing(Deadlines.start(parts, { onFailure: failed }), (deadlines) => deadlines.stop());
    const untidy = (error: unknown) => onError(error, "the store could not be tidied up");
    closing(Upkeep.start(store, { onFailure: untidy }), (upkeep) => upkeep.stop());
    const pending = Deploy.deployPending(parts).catch((error) => onError(error, "accounts could not be deployed"));
    closing(pending, (pending) => pending);

    const stream = closing(await Stream.open(parts), (stream) => stream.close());
    const mcp = closing(McpHost.open({ parts, handlers, log }), (mcp) => mcp.close());
    const answers = (asked: Promise<unknown>) =>
      asked.then(
        () => true,
        () => false,
      );
    const ledgerIsUp = () => answers(ledger.head());
    const lag = () => Math.max(0, indexer.lag().head - indexer.lag().indexed);
    const metrics = Metrics.open({
      ...{ listeners: stream.listeners, lag, storeIsUp: store.isUp, ledgerIsUp },
      waiting: () => waiting(store),
    });
    const site = { host: config.host, port: door.port, origin };
    app = Server.create({
      ...{ parts, handlers, site, stream, log, metrics },
      ...(options.limits ? { limits: options.limits } : {}),
      ready: () => reasons(parts, { ledgerIsUp, lag, stopping: () => stopping }),
      isStopping: () => stopping,
      evidence: routes(parts, identity.callerOf).route("/", Reports.routes(parts)).route("/", Inlet.routes(parts)),
      mcp: mcp.handle,
    });
    log.info({ origin, store: store.kind, ledger: ledger.kind, home: config.home }, "started");
    let stopped: Promise<void> | undefined;
    return {
      ...{ url: origin, port: door.port, parts },
      caughtUp: () => indexer.caughtUp(),
      stop() {
        stopping = true;
        // Streams end first: their requests would last for ever.
        stopped ??= stream
          .close()
          .then(() => shut(GRACE))
          .then(close)
          .then(() => log.info({}, "stopped"));
        return stopped;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Until everything is open. */
function starting(request: Request): Response {
  const isAlive = new URL(request.url).pathname === "/health";
  const headers = { "content-type": "application/json", "retry-after": "1" };
  return new Response(JSON.stringify({ status: "starting" }), { status: isAlive ? 200 : 503, headers });
}

type Signs = { ledgerIsUp: () => Promise<boolean>; lag: () => number; stopping: () => boolean };

async function reasons({ store }: Parts, { ledgerIsUp, lag, stopping }: Signs): Promise<InputError.Words[]> {
  const [isStoreUp, isLedgerUp] = await Promise.all([store.isUp(), ledgerIsUp()]);
  return [
    ...(stopping() ? [both("The node is stopping.", "节点正在停止。")] : []),
    ...(isStoreUp ? [] : [both("The store does not answer.", "数据库没有应答。")]),
    ...(isLedgerUp ? [] : [both("The ledger does not answer.", "账本没有应答。")]),
    ...(lag() <= LAG ? [] : [both(`${lag()} blocks are still to be read.`, `尚有 ${lag()} 个区块未读取。`)]),
  ];
}

async function waiting(store: Store.Store): Promise<Record<string, number>> {
  const found = await store.db.execute(
    sql`select name, count(*)::int as count from pgboss.job where state in ('created', 'retry') group by name`,
  );
  const { rows } = found as unknown as { rows: { name: string; count: number }[] };
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

// `npm run -s bench -- node [--seconds N] [--quick] [--store pglite|postgres] [--json]`: a node under load, in a process of
// its own and with the limits that every node has. The last line is one JSON object. Times in milliseconds.
//   pglite, postgres          the same on the store in process, and on a PostgreSQL (`DATABASE_URL`, else one from npm)
//     readP50Ms, readP99Ms           an agreement shown to a session, 500 a second; from when it should have been sent
//     apiKeyReadP99Ms                the same by API key
//     writeP50Ms, writeP99Ms         a comment (with its event, notice, mail job, audit record), 100 a second
//     readsPerSecond, writesPerSecond   as many as go, 32 at once
//     readCpuMs, writeCpuMs          what the process computes for one of those, on all its threads; it hardly depends on
//                                    what else the machine does
//     indexerEventsPerSecond         20,000 events of an escrow on a chain, from its first block, into a fresh store
//     fanoutP99Ms                    1,000 listeners on one agreement: from when a comment was sent until each has it
//     startWarmMs, startColdMs, rssMb   of a node on that store
//   floor                     what is left when the node does nothing, in the same run
//     routePerSecond                 the same answer from the same server, without a node behind it
//     insertPerSecond, postgresInsertPerSecond   one bare row a transaction, 32 at once
//     logsPerSecond                  reading and decoding the events, without a store
//   startWarmMs, startColdMs  from the start of `commenda serve` until it is ready: a home that the load was put on (the
//                             median of three), and a home that is new; of the store in process
//   rssMb                     resident memory after the load, of the store in process
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as Store from "../src/node/store/Store.ts";
import * as Fanout from "./node/Fanout.ts";
import * as Floor from "./node/Floor.ts";
import * as Index from "./node/Index.ts";
import { asManyAsGo, atRate, crowd, quantile } from "./node/Load.ts";
import * as Postgres from "./node/Postgres.ts";
import * as Scene from "./node/Scene.ts";
import * as Served from "./node/Served.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string" },
    quick: { type: "boolean" },
    store: { type: "string" },
    json: { type: "boolean" },
  },
});
const quick = values.quick === true;
const seconds = Number(values.seconds ?? (quick ? 3 : 10));
const [READS, WRITES] = [500, 100];
const [EVENTS, LISTENERS, TOLD] = quick ? [2_000, 200, 5] : [20_000, 1_000, 20];
const STARTS = quick ? 1 : 3;
/** Seconds of load before anything counts: the code is compiled where it runs hot. */
const WARM_UP = quick ? 2 : 5;

const whole = (value: number) => Math.round(value);
const tenths = (value: number) => Math.round(value * 10) / 10;
const say = (text: string) => console.error(text);
const folder = mkdtempSync(join(tmpdir(), "commenda-bench-node-"));

/** @param databases Addresses of fresh ones; none: the store in process. */
async function measure(name: string, source: Index.Source, databases: () => Promise<string | undefined>) {
  const home = join(folder, name);
  const url = await databases();
  const cold = await Served.start(home, url);
  say(`${name}: ready ${whole(cold.startMs)} ms after its first start`);
  const scene = await Scene.prepare(cold.url);
  const people = crowd(cold.port);
  const read = (by: "session" | "key") => (k: number) => people.ask(k, scene.read(k, by));
  const write = (k: number) => people.ask(k, scene.write(k));
  const answer = await read("session")(0);
  await Promise.all([atRate(READS / 2, WARM_UP, read("session")), atRate(WRITES / 2, WARM_UP, write)]);

  const reads = await atRate(READS, seconds, read("session"));
  say(`${name}: ${READS} reads/s, p99 ${tenths(quantile(reads, 0.99))} ms`);
  const keyed = await atRate(READS, seconds, read("key"));
  say(`${name}: the same by API key, p99 ${tenths(quantile(keyed, 0.99))} ms`);
  const writes = await atRate(WRITES, seconds, write);
  say(`${name}: ${WRITES} writes/s, p99 ${tenths(quantile(writes, 0.99))} ms`);
  /** As many as go: those a second, and what the process computed for each, whatever else the machine did. */
  const most = async (run: (k: number) => Promise<unknown>) => {
    const before = await cold.cpuSeconds();
    const perSecond = await asManyAsGo(seconds, run);
    return { perSecond, cpuMs: (1000 * ((await cold.cpuSeconds()) - before)) / (perSecond * seconds) };
  };
  const [mostReads, mostWrites] = [await most(read("session")), await most(write)];
  const [readsPerSecond, writesPerSecond] = [mostReads.perSecond, mostWrites.perSecond];
  say(`${name}: at most ${whole(readsPerSecond)} reads/s, ${whole(writesPerSecond)} writes/s`);
  const told = await Fanout.measure(people, scene, { port: cold.port, listeners: LISTENERS, writes: TOLD });
  say(`${name}: ${LISTENERS} listeners, p99 ${tenths(quantile(told, 0.99))} ms`);
  const rssMb = await cold.rssMb();
  await people.close();
  await cold.stop();

  const starts: number[] = [];
  for (let k = 0; k < STARTS; k++) {
    const warm = await Served.start(home, url);
    starts.push(warm.startMs);
    await warm.stop();
  }
  say(`${name}: ready ${starts.map(whole).join(", ")} ms after a later start; ${whole(rssMb)} MB after the load`);

  const fresh = await databases();
  const store = await Store.open(fresh === undefined ? { folder: join(folder, `${name}-index`) } : { url: fresh });
  const inserts = await Floor.inserts(store, seconds);
  const indexed = await source.into(store);
  await store.close();
  say(`${name}: ${whole(indexed)} events/s into a fresh store, ${whole(inserts)} bare rows/s`);
  const figures = {
    writesPerSecond: whole(writesPerSecond),
    writeP50Ms: tenths(quantile(writes, 0.5)),
    writeP99Ms: tenths(quantile(writes, 0.99)),
    readsPerSecond: whole(readsPerSecond),
    readP50Ms: tenths(quantile(reads, 0.5)),
    readP99Ms: tenths(quantile(reads, 0.99)),
    readCpuMs: tenths(mostReads.cpuMs),
    writeCpuMs: tenths(mostWrites.cpuMs),
    apiKeyReadP99Ms: tenths(quantile(keyed, 0.99)),
    indexerEventsPerSecond: whole(indexed),
    fanoutP99Ms: tenths(quantile(told, 0.99)),
    ...{ startWarmMs: whole(quantile(starts, 0.5)), startColdMs: whole(cold.startMs), rssMb: whole(rssMb) },
  };
  return { figures, inserts: whole(inserts), answer };
}

try {
  const wants = (name: string) => values.store === undefined || values.store === name;
  const source = await Index.make(EVENTS, (done) => say(`making events: ${done} of ${EVENTS}`));
  // The first reading is slower than any other: so the floor is not.
  await source.bare();
  const logsPerSecond = whole(await source.bare());
  const pglite = wants("pglite") ? await measure("pglite", source, async () => undefined) : undefined;
  const databases = wants("postgres") ? await Postgres.open() : undefined;
  const postgres = databases ? await measure("postgres", source, () => databases.fresh()) : undefined;
  await databases?.close();
  await source.close();
  const answer = (pglite ?? postgres)?.answer ?? "{}";
  const result = {
    ...{ pglite: pglite?.figures, postgres: postgres?.figures },
    floor: {
      routePerSecond: whole(await Floor.routes(answer, seconds)),
      insertPerSecond: pglite?.inserts,
      postgresInsertPerSecond: postgres?.inserts,
      logsPerSecond,
    },
    startWarmMs: pglite?.figures.startWarmMs,
    startColdMs: pglite?.figures.startColdMs,
    rssMb: pglite?.figures.rssMb,
  };
  console.log(`without a node behind it ${result.floor.routePerSecond} answers/s`);
  console.log(JSON.stringify(result));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

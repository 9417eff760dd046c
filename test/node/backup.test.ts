// What a node keeps, in one file and back; and read anew from its ledger. The commands themselves, as people type them.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Client from "../../src/api/client.ts";
import * as Backup from "../../src/node/Backup.ts";
import * as Config from "../../src/node/Config.ts";
import * as Reindex from "../../src/node/index/Reindex.ts";
import { silent } from "../../src/node/Log.ts";
import * as Node from "../../src/node/Node.ts";
import * as Check from "./Check.ts";
import * as Home from "./Home.ts";
import * as Traffic from "./Traffic.ts";

const commenda = (...args: string[]) => {
  const { PATH } = process.env;
  const run = spawnSync(process.execPath, ["src/cli/main.ts", ...args], { encoding: "utf8", env: { PATH } });
  return { code: run.status, said: run.stdout, told: run.stderr };
};

const folder = mkdtempSync(join(tmpdir(), "commenda-backup-"));
const file = join(folder, "node.tar.gz");
const PROOF = Buffer.from("what was delivered\n");

let home: Home.Home;
let traffic: Traffic.Traffic;
let digest: string;
let evidence: { agreement: string; evidence: string };

beforeAll(async () => {
  home = await Home.prepare();
  const node = await home.open();
  traffic = Traffic.open({ ...home, node: async () => node.url, onAnswer: () => traffic.stop() });
  await traffic.run(1);
  await node.caughtUp();
  evidence = await upload(node.url, traffic.deals[0]?.agreement ?? "");
  digest = await Reindex.digest(node.parts.store.db);
  await node.stop();
}, 60_000);
afterAll(() => {
  home.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function upload(url: string, agreement: string) {
  const { apiKey } = home.client;
  const client = Client.create({ url, apiKey });
  const made = await client.call("POST /v1/agreements/{agreement}/evidence", {
    ...{ agreement, name: "proof.txt", size: PROOF.length },
  });
  const sent = await fetch(new URL(made.upload, url), {
    method: "PATCH",
    body: PROOF,
    headers: {
      ...{ authorization: `Bearer ${apiKey}`, "tus-resumable": "1.0.0", "upload-offset": "0" },
      "content-type": "application/offset+octet-stream",
    },
  });
  expect(sent.status).toBe(204);
  return { agreement, evidence: made.id };
}

describe("a backup", () => {
  test("behavior: is refused while the node runs", async () => {
    const node = await home.open();
    // In this process the lock is ours: another process is asked.
    const { code, told } = commenda("backup", file, "--home", home.home);
    await node.stop();
    expect([code, existsSync(file)]).toEqual([2, false]);
    expect(told).toContain(String(process.pid));
  });

  test("behavior: becomes a node that goes on", async () => {
    const made = commenda("backup", file, "--home", home.home, "--json");
    // On a slow machine it tells how far it is, by the file at hand.
    expect([made.code, made.told.replace(/^store\/.*\n/gm, "")]).toEqual([0, ""]);
    expect(JSON.parse(made.said)).toMatchObject({ file, elsewhere: [] });
    const place = join(folder, "restored");
    expect(commenda("restore", file, "--home", place)).toMatchObject({ code: 0 });
    const config = Config.read({ COMMENDA_LOG: "silent" }, { home: place, port: home.port });
    const clock = { now: () => Traffic.BEGIN, advance() {} };
    const node = await Node.start(config, { log: silent, clock });
    try {
      await node.caughtUp();
      expect(await Reindex.digest(node.parts.store.db)).toBe(digest);
      await Check.acknowledged(node, traffic);
      const { apiKey, cookie } = home.client;
      const session = Client.create({ url: node.url, cookie });
      expect((await session.call("GET /v1/me")).organisations[0]?.id).toBe(home.client.organisation);
      const where = `${node.url}/v1/downloads/${evidence.agreement}/${evidence.evidence}`;
      const got = await fetch(where, { headers: { authorization: `Bearer ${apiKey}` } });
      expect(Buffer.from(await got.arrayBuffer())).toEqual(PROOF);
      const more = Traffic.open({ ...home, first: 100, node: async () => node.url, onAnswer: () => more.stop() });
      await more.run(1);
      expect(more.deals).toHaveLength(1);
    } finally {
      await node.stop();
    }
  }, 60_000);

  test("error: what is torn, changed or no backup is refused, and nothing is there", async () => {
    const bytes = readFileSync(file);
    const changed = Buffer.from(bytes);
    changed[bytes.length >> 1] = (changed[bytes.length >> 1] ?? 0) ^ 1;
    const cases = [
      bytes.subarray(0, bytes.length >> 1),
      bytes.subarray(0, bytes.length - 4),
      changed,
      Buffer.from("hello"),
      Buffer.alloc(0),
    ];
    for (const [k, content] of cases.entries()) {
      const [torn, place] = [join(folder, `torn-${k}`), join(folder, `place-${k}`)];
      writeFileSync(torn, content);
      await expect(Backup.restore(torn, place)).rejects.toBeInstanceOf(Backup.BackupUnusable);
      expect([existsSync(place), existsSync(`${place}.new`)]).toEqual([false, false]);
    }
  }, 60_000);

  test("error: nothing is written over", () => {
    const place = join(folder, "taken");
    mkdirSync(place);
    copyFileSync(file, join(place, "something"));
    expect(commenda("restore", file, "--home", place)).toMatchObject({ code: 2 });
    expect(commenda("backup", file, "--home", home.home)).toMatchObject({ code: 2 });
    expect(commenda("backup", join(folder, "other"), "--home", place)).toMatchObject({ code: 2 });
  });
});

describe("commenda reindex", () => {
  test("behavior: ends with the same bytes, and says so", () => {
    const { code, said } = commenda("reindex", "--home", home.home, "--json");
    expect([code, JSON.parse(said)]).toEqual([
      0,
      { before: digest, after: digest, facts: expect.any(Number), same: true },
    ]);
  }, 60_000);
});

// The same inputs give the same bytes on every machine: the pure rooms as one bundle, run in the Node that runs this test, in the
// other one that the machine has, and in Chromium. Where there is only one Node, the test's name says so.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Chromium from "./web/Chromium.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
let folder = "";

/** Of all that is ranked, asked, assigned and read: what each gives, as text. */
const PROGRAM = `
import { cases } from "../../src/matching/testing/Cases.ts";
import { market, TODAY } from "../../src/matching/testing/Market.ts";
import { BRIEFS } from "../../src/matching/testing/Briefs.ts";
import { Answer, Brief, Bundle, Import, Knowledge, Question, Ranking, Tender, Weights } from "../../src/matching/index.ts";
import { Script, Token } from "../../src/text/index.ts";
const all = cases(500);
const learnt = Weights.learn(all.slice(0, 400), { trees: 8, leaves: 6 });
const request = { id: "r", at: all[450].at, area: "小程序", title: "[小程序] 支付 fails after upgrade" };
const points = Array.from({ length: 0x11_0000 }, (_, point) => Script.of(String.fromCodePoint(point)) ?? "-");
const at = TODAY * 86_400;
const offered = market(24);
const claims = all.slice(0, 60).map((one, n) => ({ ...one, at: at - 1_000 + n, provider: "provider 00" + (n % 9), providers: ["provider 00" + (n % 9)] }));
const inputs = { cases: [], market: { ...offered.market, claims } };
const known = Knowledge.at(inputs, at);
const briefs = BRIEFS.flat().slice(0, 40).map((text) => Brief.parse(text, TODAY));
const floor = { share: 0.1, seed: "s" };
const ranked = briefs.slice(0, 6).map((brief, id) => Ranking.rank(inputs, Brief.toRequest(brief, { id, at }), { floor }));
const scores = briefs.slice(0, 4).flatMap((brief, n) =>
  Ranking.scores(known, Brief.toRequest(brief, { id: n, at })).map(({ provider, score }) => ({ package: "p" + n, provider, score })));
const capacity = Object.fromEntries(offered.market.providers.map(({ provider }) => [provider.name, 1]));
Bundle.verify(Bundle.parse(JSON.parse(JSON.stringify(Bundle.of(ranked[0], inputs, Weights.YOUNG)))));
globalThis.found = JSON.stringify([
  learnt,
  Ranking.rank({ cases: all }, request, { weights: learnt, floor }),
  Ranking.rank({ cases: all }, request),
  briefs,
  ranked,
  ranked.map((one) => Ranking.whyNot(one, "provider 005")),
  briefs.slice(0, 2).map((brief) => Question.about(brief, known)),
  Answer.give(briefs[0], "term", "半年", TODAY),
  Tender.assign({ packages: ["p0", "p1", "p2", "p3"], capacity, offers: scores }),
  Import.read("id,at,title\\n1,2026-03-01,小程序商城\\n", "csv"),
  Token.tokens("用ＲＥＡＣＴ开发ﬁle ⅷ ǅ İstanbul تطبيق"),
  points.filter((script) => script !== "other").join(""),
]);
`;

beforeAll(async () => {
  mkdirSync(join(root, "cache"), { recursive: true });
  folder = mkdtempSync(join(root, "cache", "matching-"));
  writeFileSync(join(folder, "program.ts"), PROGRAM);
  await build({
    ...{ configFile: false, root: folder, logLevel: "error" },
    build: {
      ...{ outDir: folder, emptyOutDir: false, minify: false, target: "es2023" },
      lib: { entry: join(folder, "program.ts"), formats: ["es"], fileName: () => "bundle.mjs" },
    },
  });
  writeFileSync(join(folder, "run.mjs"), `await import("./bundle.mjs"); process.stdout.write(globalThis.found);`);
});

afterAll(async () => {
  await Chromium.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The machine's own Node, which is older than the one that the scripts bring; nothing where it has none. */
function otherNode(): readonly string[] {
  const path = (process.env.PATH ?? "").split(delimiter).filter((entry) => !entry.includes("node_modules"));
  const { stdout } = spawnSync("/bin/sh", ["-c", "command -v node"], {
    encoding: "utf8",
    env: { PATH: path.join(delimiter) },
  });
  return stdout.trim() === "" ? [] : [stdout.trim()];
}

const nodes = [process.execPath, ...otherNode()];
const versions = nodes.map((node) => execFileSync(node, ["--version"], { encoding: "utf8" }).trim());
const hashOf = (text: string | Uint8Array) => createHash("sha256").update(text).digest("hex");

test(`weights, rankings, questions and tokens are the same bytes in ${nodes.length} Node (${versions.join(", ")}) and Chromium`, async () => {
  const runs = nodes.map((node) => hashOf(execFileSync(node, [join(folder, "run.mjs")], { maxBuffer: 256_000_000 })));
  const browser = await Chromium.launch();
  const page = await browser.newPage();
  await page.addScriptTag({ type: "module", content: readFileSync(join(folder, "bundle.mjs"), "utf8") });
  await page.waitForFunction("globalThis.found !== undefined");
  runs.push(hashOf(String(await page.evaluate("globalThis.found"))));
  await page.close();
  expect(new Set(runs).size, JSON.stringify(runs)).toBe(1);
  expect(runs[0]).toMatchInlineSnapshot(`"ac25d51e2afc643f5c1320144f74b849c900f2e073486eb29b154a5abc0c6eda"`);
});

// The same inputs give the same bytes on every machine: the pure rooms, stripped of their types, run in the Node that
// runs this test and in the other one that the machine has.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
let folder = "";

const PROGRAM = `
import { cases } from "./src/matching/testing/Cases.js";
import { Ranking, Weights } from "./src/matching/index.js";
import { Script, Token } from "./src/text/index.js";
const all = cases(900);
const weights = Weights.learn(all.slice(0, 700), { trees: 12, leaves: 8 });
const request = { id: "r", at: all[800].at, area: "小程序", title: "[小程序] 支付 fails after upgrade" };
const points = Array.from({ length: 0x11_0000 }, (_, point) => Script.of(String.fromCodePoint(point)) ?? "-");
console.log(JSON.stringify([
  weights,
  Ranking.rank({ cases: all }, request, { weights, floor: { share: 0.1, seed: "s" } }),
  Ranking.rank({ cases: all }, request),
  Token.tokens("用ＲＥＡＣＴ开发ﬁle ⅷ ǅ İstanbul تطبيق"),
  points.filter((script) => script !== "other").join(""),
]));
`;

beforeAll(() => {
  mkdirSync(join(root, "cache"), { recursive: true });
  folder = mkdtempSync(join(root, "cache", "matching-"));
  for (const file of globSync("src/{agreement,text,matching}/**/*.ts", { cwd: root })) {
    if (file.endsWith(".test.ts")) continue;
    const code = stripTypeScriptTypes(readFileSync(join(root, file), "utf8"));
    const target = join(folder, file.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code.replace(/(from "\.[^"]*)\.ts"/g, '$1.js"'));
  }
  writeFileSync(join(folder, "main.js"), PROGRAM);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The machine's own Node, which is older than the one that the scripts bring. */
function otherNode(): string {
  const path = (process.env.PATH ?? "").split(delimiter).filter((entry) => !entry.includes("node_modules"));
  return execFileSync("sh", ["-c", "command -v node"], {
    encoding: "utf8",
    env: { PATH: path.join(delimiter) },
  }).trim();
}

test("weights, rankings and tokens are the same bytes in both Nodes", () => {
  const nodes = [process.execPath, otherNode()];
  const runs = nodes.map((node) => {
    const bytes = execFileSync(node, [join(folder, "main.js")], { maxBuffer: 64_000_000 });
    return createHash("sha256").update(bytes).digest("hex");
  });
  expect(new Set(runs).size).toBe(1);
  expect(runs[0]).toMatchInlineSnapshot(`"e1025817a8316717309c3e7b89d737b93500ccc8788d46dc56f13b124f99ce43"`);
});

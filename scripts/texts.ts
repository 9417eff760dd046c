// `npm run texts`: collects the texts of the web app into its catalogues (web/src/**/*.po); Chinese ones are then written there.
//   node scripts/texts.ts --check   fails where a catalogue is not current, or a text lacks its Chinese
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = join(root, "web", "src");

const catalogues = () =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".po"))
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
/** Without the header: it has the time of the last extraction. */
const body = (text: string) => text.slice(text.indexOf("\n\n"));

const before = catalogues();
const lingui = join(root, "node_modules", "@lingui", "cli", "dist", "lingui.js");
const args = [lingui, "extract", "--clean", "--config", join(root, "web", "lingui.config.ts")];
const run = spawnSync(process.execPath, args, { cwd: join(root, "web"), encoding: "utf8" });
if (run.status !== 0) {
  process.stderr.write(`${run.stdout}${run.stderr}`);
  process.exit(1);
}
const after = catalogues();
for (const [name, text] of after) {
  const old = before.get(name);
  // What did not change keeps its header.
  if (old !== undefined && body(old) === body(text)) writeFileSync(join(folder, name), old);
}
const changed = [...after].filter(([name, text]) => body(before.get(name) ?? "") !== body(text)).map(([name]) => name);
/** An empty translation stands at the end of its entry, or of the file. */
const missing = [...after]
  .filter(([name]) => name.endsWith("zh.po"))
  .flatMap(([name, text]) =>
    [...body(text).matchAll(/msgid ((?:".*"\n)+)msgstr ""\n(?!")/g)].map(([, id = ""]) => `${name}: ${id.trim()}`),
  );
/** All catalogs become one in the page: the same English has one Chinese, or what is shown hangs on which came last. */
const said = Map.groupBy(
  [...after]
    .filter(([name]) => name.endsWith("zh.po"))
    .flatMap(([name, text]) =>
      [...body(text).matchAll(/((?:msgctxt ".*"\n)?msgid (?:".*"\n)+)msgstr ((?:".*"(?:\n|$))+)/g)].map(
        ([, id = "", words = ""]) => ({ name, id: id.trim(), words: words.trim() }),
      ),
    ),
  ({ id }) => id,
);
const twice = [...said.values()].filter((all) => new Set(all.map(({ words }) => words)).size > 1);
const isCheck = process.argv.includes("--check");
if (isCheck) for (const name of changed) writeFileSync(join(folder, name), before.get(name) ?? "");
for (const name of changed) console.log(`${isCheck ? "is not current" : "changed"}: ${name}`);
for (const one of missing) console.log(`has no Chinese: ${one}`);
for (const all of twice)
  console.log(`has two: ${all.map(({ name, id, words }) => `${name}: ${id} ${words}`).join("; ")}`);
process.exitCode = missing.length > 0 || twice.length > 0 || (isCheck && changed.length > 0) ? 1 : 0;

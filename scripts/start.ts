// `npm start`: a node on this machine with the examples in it, until Ctrl-C. What it keeps lies in .commenda, and is there
// the next time.
//   npm start -- --lang zh     in Chinese; else the language of the locale
//   npm start -- --port 8421   all options of `commenda serve`
import { enableCompileCache } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const given = process.argv.slice(2);
const home = given.some((one) => one === "--home" || one.startsWith("--home="))
  ? []
  : ["--home", join(root, ".commenda")];
process.argv.splice(2, given.length, "serve", "--demo", ...home, ...given);
// A second start reads what the first one compiled.
enableCompileCache(join(root, "node_modules", ".cache", "compile"));
await import("./modules.ts");
await import("../src/cli/main.ts");

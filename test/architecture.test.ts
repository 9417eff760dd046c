// The rooms of the house and who may import whom. The table below is the rule; everything else here reads
// every import of every source file with a real parser and holds it against the table.
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";
import { describe, expect, test } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

type Room = {
  folder: string;
  /** Names of rooms it may import, beside itself; `everything` for what stands outside the house. */
  imports: readonly string[] | "everything";
  /** Single files of other rooms that it may import. */
  files?: readonly string[];
  /** No clock, no randomness, no network, no disk, no environment; from npm only `purePackages`. */
  pure?: true;
  /** Runs in a browser too: no Node modules. */
  browser?: true;
};

/** In the order of the house: a room imports only rooms above it. */
const rooms: Readonly<Record<string, Room>> = {
  contracts: { folder: "contracts", imports: [] },
  agreement: { folder: "src/agreement", imports: [], pure: true },
  text: { folder: "src/text", imports: [], pure: true },
  matching: { folder: "src/matching", imports: ["agreement", "text"], pure: true },
  planning: { folder: "src/planning", imports: ["agreement"], pure: true },
  acceptance: { folder: "src/acceptance", imports: ["agreement"] },
  desk: { folder: "src/desk", imports: ["agreement", "text"] },
  room: { folder: "src/room", imports: ["agreement"], browser: true },
  ledger: { folder: "src/ledger", imports: ["agreement"] },
  api: {
    folder: "src/api",
    imports: ["agreement", "text", "matching", "planning", "acceptance", "desk", "room", "ledger"],
  },
  node: {
    folder: "src/node",
    imports: ["agreement", "text", "matching", "planning", "acceptance", "desk", "room", "ledger", "api"],
  },
  cli: {
    folder: "src/cli",
    imports: ["agreement", "text", "matching", "planning", "acceptance", "desk", "room", "ledger", "api", "node"],
  },
  web: {
    folder: "web",
    imports: ["agreement", "matching", "planning", "room"],
    // What a passkey or a wallet signs is written once: by the same lines that the ledger's tests hold against the contract.
    files: ["src/api/client.ts", "src/api/WalletProof.ts", "src/ledger/AccountSignature.ts"],
    browser: true,
  },
  examples: { folder: "examples", imports: "everything" },
  bench: { folder: "bench", imports: "everything" },
  docs: { folder: "docs", imports: "everything" },
  test: { folder: "test", imports: "everything" },
  scripts: { folder: "scripts", imports: "everything" },
};

/** They never import each other: what two of them share belongs in a room above both. */
const capabilities = ["matching", "planning", "acceptance", "desk", "room", "ledger"];

/** Hashing, canonical JSON and schemas: all that a pure room may take from npm. */
const purePackages = [/^ox(\/.+)?$/, /^zod\/mini$/, /^canonicalize$/, /^@noble\/hashes\/.+$/];

/** Reaches every browser, so it brings types of the rooms and nothing that runs. */
const typesOnly = ["src/api/client.ts"];

const largestFile = 700_000;
/** What was learnt from sentences that stand beside it: learning it anew would cost every start some minutes. */
const mayBeLarger: Readonly<Record<string, number>> = { "src/desk/gate/gate.bin": 4_000_000 };
const sourceFile = /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/;
const testFile = /\.test\.tsx?$/;
/** Configuration of a tool stands in a room and runs in Node. */
const configFile = /\.config\.ts$/;

type Import = { specifier: string | undefined; typeOnly: boolean };
type Node = { type: string; [key: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

function* nodes(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* nodes(item);
  else if (isNode(value)) {
    yield value;
    for (const child of Object.values(value)) if (typeof child === "object") yield* nodes(child);
  }
}

/** The text of a string literal or of a template without holes. */
function text(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === "Literal" && typeof value.value === "string") return value.value;
  const { quasis, expressions } = value as { quasis?: { value: { cooked: string } }[]; expressions?: unknown[] };
  return value.type === "TemplateLiteral" && expressions?.length === 0 ? quasis?.[0]?.value.cooked : undefined;
}

/** `a.b` of a member expression, `a` of a name; `import.meta` as such. */
function nameOf(value: unknown): string {
  if (!isNode(value)) return "";
  if (value.type === "Identifier") return String(value.name);
  if (value.type === "MetaProperty") return "import.meta";
  if (value.type !== "MemberExpression") return "";
  const property = value.computed ? (text(value.property) ?? "") : nameOf(value.property);
  return `${nameOf(value.object)}.${property}`;
}

function parse(file: string, source: string): Node[] {
  const { program, comments, errors } = parseSync(file, source, { sourceType: "module" });
  const fatal = errors.filter((error) => error.severity === "Error");
  if (fatal.length > 0) throw new Error(`${file} does not parse: ${fatal[0]?.message}`);
  return [...nodes(program), ...(comments as unknown as Node[])];
}

/** Every way in which a file can bring another one in. */
function importsOf(tree: readonly Node[]): Import[] {
  const found: Import[] = [];
  for (const node of tree) {
    const typeOnly = node.importKind === "type" || node.exportKind === "type";
    const args = (node.arguments ?? []) as unknown[];
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
      case "ExportNamedDeclaration":
        if (node.source) found.push({ specifier: text(node.source), typeOnly });
        break;
      case "ImportExpression":
        found.push({ specifier: text(node.source), typeOnly: false });
        break;
      case "TSImportType":
        found.push({ specifier: text(node.source), typeOnly: true });
        break;
      case "TSExternalModuleReference":
        found.push({ specifier: text(node.expression), typeOnly: false });
        break;
      case "CallExpression":
        if (/(^|\.)require(\.resolve)?$/.test(nameOf(node.callee)) || nameOf(node.callee) === "import.meta.resolve") {
          found.push({ specifier: text(args[0]), typeOnly: false });
        } else if (nameOf(node.callee) === "import.meta.glob") {
          const patterns =
            (args[0] as Node).type === "ArrayExpression" ? ((args[0] as Node).elements as Node[]) : [args[0]];
          for (const pattern of patterns) found.push({ specifier: text(pattern), typeOnly: false });
        }
        break;
      case "NewExpression": {
        // A worker: new Worker(new URL("./worker.ts", import.meta.url))
        const path = text(args[0]);
        if (nameOf(node.callee) === "URL" && args.length === 2 && path && sourceFile.test(path)) {
          found.push({ specifier: path.startsWith(".") ? path : `./${path}`, typeOnly: false });
        }
        break;
      }
      case "Line": {
        const reference = /^\/\s*<reference\s+(path|types)\s*=\s*["']([^"']+)["']/.exec(String(node.value));
        const [, kind, target = ""] = reference ?? [];
        if (reference) {
          found.push({
            specifier: kind === "path" && !target.startsWith(".") ? `./${target}` : target,
            typeOnly: true,
          });
        }
      }
    }
  }
  return found;
}

const roomOf = (file: string) => Object.entries(rooms).find(([, { folder }]) => file.startsWith(`${folder}/`))?.[0];

/** What is wrong with a file, in sentences; nothing if all is well. `file` is relative to the root, with slashes. */
function violations(file: string, source: string): string[] {
  const name = roomOf(file);
  if (name === undefined) return file.includes("/") ? [`${file} stands in no room`] : [];
  const room = rooms[name] as Room;
  const isTest = testFile.test(file);
  const tree = parse(file, source);
  const wrong: string[] = [];
  const complain = (what: string) => wrong.push(`${file} (${name}) ${what}`);

  if (room.imports !== "everything") {
    for (const { specifier: whole, typeOnly } of importsOf(tree)) {
      if (whole === undefined) {
        complain("imports something that only shows when it runs");
        continue;
      }
      const specifier = whole.replace(/[?#].*$/, "") || whole;
      if (specifier.startsWith(".")) {
        const target = posix.join(posix.dirname(file), specifier);
        const other = roomOf(target);
        if (target.startsWith("..")) complain(`imports ${target}, outside the repository`);
        else if (other === undefined) complain(`imports ${target}, which stands in no room`);
        else if (other !== name && !room.imports.includes(other) && !room.files?.includes(target)) {
          complain(`imports ${target} (${other})`);
        } else if (other !== name && typesOnly.includes(file) && !typeOnly) {
          complain(`imports ${target} (${other}) to run it, but may take only its types`);
        }
      } else if (/^(\/|#|[a-z]+:\/\/|file:|data:)/i.test(specifier) || /^commenda(\/|$)/.test(specifier)) {
        complain(`imports ${specifier}: only relative paths and packages are clear about where they lead`);
      } else if (isTest || configFile.test(file)) {
        // Tests and tool configuration use whatever they need from npm and Node.
      } else if (isBuiltin(specifier)) {
        if (room.pure || room.browser) complain(`imports ${specifier}, a part of Node`);
      } else if (room.pure && !purePackages.some((allowed) => allowed.test(specifier))) {
        complain(`imports ${specifier}, which is not on the list of pure packages`);
      }
    }
  }

  if (room.pure && !isTest) {
    for (const node of tree) {
      const called = nameOf(node.callee);
      const member = nameOf(node);
      if (["Date.now", "Math.random", "globalThis.Date", "globalThis.Math"].includes(member))
        complain(`uses ${member}`);
      if (node.type === "NewExpression" && called === "Date" && (node.arguments as unknown[]).length === 0) {
        complain("uses new Date() without a time");
      }
      if (node.type === "CallExpression" && called === "Date") complain("uses Date() without a time");
    }
  }

  if (new RegExp(`^${room.folder}/index\\.tsx?$`).test(file) && room.folder.startsWith("src/")) {
    const program = tree.find((node) => node.type === "Program") as unknown as { body: Node[] };
    if (program.body.some((line) => line.type !== "ExportAllDeclaration" || !line.exported)) {
      complain("holds more than `export * as Noun from` lines");
    }
  }
  return wrong;
}

/** All files that are committed or would be, relative to the root, with slashes. */
function files(): string[] {
  try {
    const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 64_000_000,
    });
    return [...new Set(list.split("\0"))].filter((file) => file !== "" && existsSync(join(root, file)));
  } catch {
    // Unpacked from an archive, without git.
    const skipped = new Set(["node_modules", "cache", "out", "dist", "coverage", ".git"]);
    const walk = (folder: string): string[] =>
      readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
        skipped.has(entry.name)
          ? []
          : entry.isDirectory()
            ? walk(join(folder, entry.name))
            : [relative(root, join(folder, entry.name)).split(sep).join("/")],
      );
    return walk(root);
  }
}

describe("the house", () => {
  test("every file imports only what the table allows", () => {
    const wrong = files()
      .filter((file) => sourceFile.test(file))
      .flatMap((file) => violations(file, readFileSync(join(root, file), "utf8")));
    expect(wrong).toEqual([]);
  });

  test(`no committed file is larger than ${largestFile} bytes`, () => {
    const large = files()
      .map((file) => ({ file, size: statSync(join(root, file)).size }))
      .filter(({ file, size }) => size > (mayBeLarger[file] ?? largestFile));
    expect(large).toEqual([]);
  });

  test("Solidity imports only its own folder and OpenZeppelin", () => {
    const wrong = files()
      .filter((file) => file.endsWith(".sol"))
      .flatMap((file) =>
        [...readFileSync(join(root, file), "utf8").matchAll(/^\s*import\s[^;]*?["']([^"']+)["']/gm)]
          .map(([, path = ""]) => (path.startsWith(".") ? posix.join(posix.dirname(file), path) : path))
          .filter((path) => !path.startsWith("contracts/") && !path.startsWith("@openzeppelin/contracts/"))
          .map((path) => `${file} imports ${path}`),
      );
    expect(wrong).toEqual([]);
  });

  test("the table itself: only rooms above, and no capability room imports another", () => {
    const names = Object.keys(rooms);
    const wrong = Object.entries(rooms).flatMap(([name, { imports }], position) =>
      (imports === "everything" ? [] : imports)
        .filter(
          (other) =>
            !names.slice(0, position).includes(other) || (capabilities.includes(name) && capabilities.includes(other)),
        )
        .map((other) => `${name} imports ${other}`),
    );
    expect(wrong).toEqual([]);
  });

  test("a pure room sees nothing of Node or a browser, whatever its packages declare", () => {
    mkdirSync(join(root, "cache"), { recursive: true });
    const folder = mkdtempSync(join(root, "cache", "pure-"));
    try {
      const globals = ["process", "Buffer", "console", "fetch", "setTimeout", "crypto", "performance", "document"];
      const source = [
        'import * as Hash from "ox/Hash";',
        'import * as Hex from "ox/Hex";',
        'import * as z from "zod/mini";',
        'import canonicalize from "canonicalize";',
        'import { sha256 } from "@noble/hashes/sha2.js";',
        "export const used = [Hash, Hex, z, canonicalize, sha256];",
        ...globals.map((name) => `export const ${name}_ = ${name};`),
      ].join("\n");
      writeFileSync(join(folder, "planted.ts"), source);
      const config = { extends: "../../tsconfig.pure.json", include: ["planted.ts"], exclude: [] };
      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
      const { stdout } = spawnSync(
        process.execPath,
        [join(root, "node_modules/typescript/bin/tsc"), "-p", folder, "--pretty", "false"],
        { encoding: "utf8" },
      );
      const unknown = [...stdout.matchAll(/Cannot find name '(\w+)'/g)].map(([, name]) => name);
      expect(unknown, stdout).toEqual(globals);
      expect(stdout).not.toMatch(/Cannot find module/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("a planted violation is found", () => {
  const planted: [why: string, file: string, source: string][] = [
    ["static import", "src/agreement/A.ts", 'import { x } from "../ledger/X.ts";'],
    ["import for its effects", "src/agreement/A.ts", 'import "../ledger/X.ts";'],
    ["type import", "src/agreement/A.ts", 'import type { X } from "../node/X.ts";'],
    ["inline type import", "src/agreement/A.ts", 'import { type X } from "../node/X.ts";'],
    ["type query", "src/agreement/A.ts", 'export type X = import("../node/X.ts").X;'],
    ["typeof import", "src/agreement/A.ts", 'export type X = typeof import("../node/X.ts");'],
    ["dynamic import", "src/agreement/A.ts", 'const x = await import("../node/X.ts");'],
    ["dynamic import, template", "src/agreement/A.ts", "const x = await import(`../node/X.ts`);"],
    ["dynamic import, computed", "src/agreement/A.ts", "export const f = (p: string) => import(p);"],
    ["dynamic import, deep inside", "src/desk/D.ts", 'class A { b = { c: [() => import("../matching/M.ts")] } }'],
    ["export from", "src/agreement/A.ts", 'export { x } from "../text/X.ts";'],
    ["export all", "src/agreement/A.ts", 'export * from "../text/X.ts";'],
    ["export all as", "src/agreement/A.ts", 'export * as X from "../text/X.ts";'],
    ["export type", "src/agreement/A.ts", 'export type { X } from "../text/X.ts";'],
    ["import equals", "src/agreement/A.ts", 'import X = require("../text/X.ts");'],
    ["require", "src/ledger/L.ts", 'const x = require("../room/X.ts");'],
    ["require.resolve", "src/ledger/L.ts", 'const x = require.resolve("../room/X.ts");'],
    ["worker", "src/ledger/L.ts", 'new Worker(new URL("../room/X.ts", import.meta.url));'],
    ["glob", "web/src/A.ts", 'const all = import.meta.glob(["./*.ts", "../../src/node/*.ts"]);'],
    ["reference", "src/text/T.ts", '/// <reference path="../node/X.ts" />'],
    ["reference to types", "src/text/T.ts", '/// <reference types="node" />'],
    ["detour", "src/agreement/A.ts", 'import "./../agreement/../../src/./ledger/X.ts";'],
    ["with a query", "web/src/A.ts", 'import "../../src/node/X.ts?worker";'],
    ["out of the repository", "src/agreement/A.ts", 'import "../../../elsewhere/X.ts";'],
    ["into no room", "src/agreement/A.ts", 'import config from "../../package.json";'],
    ["into the tests", "src/node/N.ts", 'import "../../test/helper.ts";'],
    ["into the scripts", "src/node/N.ts", 'import "../../scripts/forge.ts";'],
    ["the contracts", "src/agreement/A.ts", 'import "../../contracts/src/X.ts";'],
    ["absolute path", "src/agreement/A.ts", 'import "/src/ledger/X.ts";'],
    ["file URL", "src/agreement/A.ts", 'import "file:///src/ledger/X.ts";'],
    ["own package name", "src/agreement/A.ts", 'import "commenda/src/ledger/X.ts";'],
    ["subpath import", "src/agreement/A.ts", 'import "#ledger";'],
    ["capability to capability", "src/matching/M.ts", 'import "../planning/P.ts";'],
    ["capability to capability, ledger", "src/acceptance/A.ts", 'import "../ledger/L.ts";'],
    ["downwards", "src/ledger/L.ts", 'import "../api/A.ts";'],
    ["text imports nothing", "src/text/T.ts", 'import "../agreement/A.ts";'],
    ["room not named in the row", "src/room/R.ts", 'import "../text/T.ts";'],
    ["test of one room in another", "src/agreement/A.test.ts", 'import "../ledger/L.ts";'],
    ["web to node", "web/src/A.tsx", 'import type { X } from "../../src/node/X.ts"; export const A = () => <p />;'],
    ["web to another file of api", "web/src/A.ts", 'import type { X } from "../../src/api/server.ts";'],
    ["web to ledger", "web/src/A.ts", 'import "../../src/ledger/X.ts";'],
    ["web to Node", "web/src/A.ts", 'import "node:fs";'],
    ["Node in the workshop", "src/room/R.ts", 'import "node:fs";'],
    ["Node in a pure room", "src/agreement/A.ts", 'import "node:crypto";'],
    ["Node in a pure room, old name", "src/matching/M.ts", 'import "fs/promises";'],
    ["package that is not on the list", "src/agreement/A.ts", 'import { z } from "zod";'],
    ["package with a listed beginning", "src/agreement/A.ts", 'import x from "oxc-parser";'],
    ["clock", "src/agreement/A.ts", "export const now = Date.now();"],
    ["clock, computed", "src/agreement/A.ts", 'export const now = Date["now"]();'],
    ["clock, new Date()", "src/planning/P.ts", "export const now = new Date();"],
    ["clock, Date()", "src/planning/P.ts", "export const now = Date();"],
    ["randomness", "src/text/T.ts", "export const r = Math.random();"],
    ["the typed client brings code", "src/api/client.ts", 'import { x } from "../node/X.ts";'],
    ["the typed client brings code of a room above", "src/api/client.ts", 'import { x } from "../agreement/X.ts";'],
    ["a file in no room", "src/stray.ts", "export const x = 1;"],
    ["a folder in no room", "lib/stray.ts", "export const x = 1;"],
    ["an index with code", "src/agreement/index.ts", "export const x = 1;"],
    ["an index that spills names", "src/agreement/index.ts", 'export * from "./X.ts";'],
    ["an index that picks names", "src/agreement/index.ts", 'export { x } from "./X.ts";'],
  ];
  test.each(planted)("%s", (_why, file, source) => {
    expect(violations(file, source)).toHaveLength(1);
  });

  test("a file that does not parse is not passed over", () => {
    expect(() => violations("src/agreement/A.ts", "import {")).toThrow("does not parse");
  });
});

describe("what is allowed passes", () => {
  const allowed: [why: string, file: string, source: string][] = [
    ["own room", "src/agreement/A.ts", 'import "./B.ts"; import type { C } from "./deep/C.ts";'],
    ["own room from a deep folder", "src/agreement/deep/A.ts", 'import "../B.ts"; import "../../agreement/B.ts";'],
    ["rooms of its row", "src/matching/M.ts", 'import "../agreement/A.ts"; export * as T from "../text/T.ts";'],
    ["pure packages", "src/agreement/A.ts", 'import "ox"; import "ox/Hash"; import "zod/mini"; import "canonicalize";'],
    ["pure packages, hashes", "src/agreement/A.ts", 'import { sha256 } from "@noble/hashes/sha2.js";'],
    ["time as an argument", "src/agreement/A.ts", "export const at = (s: number) => new Date(s * 1000).toISOString();"],
    ["arithmetic", "src/agreement/A.ts", "export const x = Math.max(1, 2);"],
    ["Node where it belongs", "src/ledger/L.ts", 'import "node:fs"; import "viem"; Date.now(); Math.random();'],
    ["tests use any package", "src/agreement/A.test.ts", 'import "vitest"; import "node:fs"; import "./A.ts";'],
    ["api, rooms above", "src/api/A.ts", 'import "../ledger/L.ts"; import "../desk/D.ts";'],
    ["cli, the node", "src/cli/C.ts", 'import "../node/N.ts"; const x = await import("../api/A.ts");'],
    ["the typed client, types", "src/api/client.ts", 'import type { X } from "../agreement/X.ts"; import "./Y.ts";'],
    ["web", "web/src/A.tsx", 'import "../../src/api/client.ts"; import "../../src/room/R.ts"; import "react";'],
    ["a tool's configuration", "web/vite.config.ts", 'import "node:path"; import "vite";'],
    ["outside the house", "test/x.test.ts", 'import "../src/node/N.ts"; import "../scripts/forge.ts";'],
    ["an index", "src/agreement/index.ts", '// Glossary\nexport * as A from "./A.ts";\nexport * as B from "./B.ts";'],
    ["configuration at the root", "vitest.config.ts", 'import "vitest/config";'],
    ["words in strings and comments", "src/text/T.ts", 'export const s = \'import "node:fs"\'; // import "node:fs"'],
  ];
  test.each(allowed)("%s", (_why, file, source) => {
    expect(violations(file, source)).toEqual([]);
  });
});

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import * as Delivery from "./Delivery.ts";
import { BadFolder, CommitGone, DependencyRefused, TooLarge } from "./Errors.ts";
import { open } from "./testing/Scratch.ts";

const scratch = open();
afterAll(() => scratch.close());
const cache = join(scratch.folder, "cache");

const git = (folder: string, ...args: string[]) =>
  execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();

function repository(name: string, files: Readonly<Record<string, string>>, more: (folder: string) => void = () => {}) {
  const folder = scratch.write(name, files);
  git(folder, "init", "--quiet");
  more(folder);
  git(folder, "add", "--all", "--force");
  git(folder, "commit", "--quiet", "--message", "one");
  return { folder, commit: git(folder, "rev-parse", "HEAD") };
}

describe("a commit", () => {
  test("behavior: is what was committed, in names of any script, with nothing of the repository run or filtered", async () => {
    const ran = join(scratch.folder, "ran");
    const files = {
      "主.js": "1",
      "ملف/🙂 b.txt": "$Format:%H$\r\n",
      ".gitattributes": "*.txt export-ignore export-subst eol=lf filter=evil\n",
    };
    const { folder, commit } = repository("hostile", files, (folder) => {
      for (const name of ["post-checkout", "pre-commit.sample"])
        writeFileSync(join(folder, ".git/hooks", name), `#!/bin/sh\ntouch ${ran}\n`, { mode: 0o755 });
    });
    git(folder, "config", "core.fsmonitor", `touch ${ran}`);
    git(folder, "config", "filter.evil.smudge", `touch ${ran}`);
    git(folder, "config", "uploadpack.packObjectsHook", `touch ${ran}`);
    writeFileSync(join(folder, "主.js"), "changed and not committed");
    const delivery = await Delivery.ofCommit(folder, commit, { cache });
    expect(delivery.subject).toEqual({ kind: "commit", hash: commit });
    expect(readFileSync(join(delivery.folder, "主.js"), "utf8")).toBe("1");
    expect(readdirSync(delivery.folder).toSorted()).toEqual([".gitattributes", "ملف", "主.js"].toSorted());
    expect(readdirSync(join(delivery.folder, "ملف"))).toEqual(["🙂 b.txt"]);
    expect(existsSync(ran)).toBe(false);
    expect(await Delivery.ofCommit(join(scratch.folder, "gone since"), commit, { cache })).toEqual(delivery);
  });

  test("behavior: links stay links", async () => {
    const { folder, commit } = repository("links", { a: "1" }, (folder) =>
      symlinkSync("/etc/passwd", join(folder, "l")),
    );
    const delivery = await Delivery.ofCommit(folder, commit, { cache });
    expect(execFileSync("tar", ["-tvf", delivery.tar], { encoding: "utf8" })).toContain("l -> /etc/passwd");
  });

  test("error: a commit that is gone, a repository that is none, an address that would be an option", async () => {
    const { folder } = repository("short", { a: "1" });
    const commit = "1".repeat(40);
    for (const where of [folder, join(scratch.folder, "none"), "--upload-pack=touch x", "ext::sh -c touch% x"])
      await expect(Delivery.ofCommit(where, commit, { cache })).rejects.toThrow(CommitGone);
    const blob = git(folder, "rev-parse", "HEAD:a");
    const tree = git(folder, "rev-parse", "HEAD^{tree}");
    const nothing = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    for (const one of [blob, tree, nothing])
      await expect(Delivery.ofCommit(folder, one, { cache })).rejects.toThrow(CommitGone);
    expect(readdirSync(join(cache, "commits")).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("error: more than the limit is not kept, fetched or lying there", async () => {
    const bytes = Buffer.alloc(3_000_000, 0).map((_, index) => (index * 2_654_435_761) >>> 13);
    const { folder, commit } = repository("large", { a: "1" }, (folder) => writeFileSync(join(folder, "big"), bytes));
    await expect(Delivery.ofCommit(folder, commit, { cache, most: 1 })).rejects.toThrow(TooLarge);
    await expect(Delivery.ofFolder(folder, { cache, most: 1 })).rejects.toThrow(TooLarge);
    // Zeros are small as a pack, and large when they are checked out.
    const bomb = repository("bomb", { a: "1" }, (folder) =>
      writeFileSync(join(folder, "big"), Buffer.alloc(8_000_000)),
    );
    await expect(Delivery.ofCommit(bomb.folder, bomb.commit, { cache, most: 5 })).rejects.toThrow(TooLarge);
  });
});

describe("a folder", () => {
  test("behavior: packs to the same bytes, whatever order and time its files have", async () => {
    const names = ["b", "a", "Z", "é", "目/1"];
    const one = scratch.write("one", Object.fromEntries(names.map((name) => [name, name])));
    const two = scratch.write("two", Object.fromEntries(names.toReversed().map((name) => [name, name])));
    const [first, second] = [
      await Delivery.ofFolder(one, { cache: join(scratch.folder, "c1") }),
      await Delivery.ofFolder(two, { cache: join(scratch.folder, "c2") }),
    ];
    expect(second.subject).toEqual(first.subject);
    expect(readFileSync(second.tar).equals(readFileSync(first.tar))).toBe(true);
  });

  test("error: a link in it", async () => {
    const folder = scratch.write("linked", { a: "1" });
    symlinkSync("/etc/passwd", join(folder, "b"));
    await expect(Delivery.ofFolder(folder, { cache })).rejects.toThrow(BadFolder);
  });
});

describe("dependencies", () => {
  const entry = {
    version: "1.0.0",
    resolved: "http://127.0.0.1:1/a/-/a-1.0.0.tgz",
    integrity: `sha512-${"A".repeat(86)}==`,
  };
  const files = (packages: object, version = 3) => ({
    "package.json": JSON.stringify({ name: "d", version: "1.0.0", dependencies: { a: "1.0.0" } }),
    "package-lock.json": JSON.stringify({ name: "d", version: "1.0.0", lockfileVersion: version, packages }),
  });

  test.each([
    ["without an integrity hash", { "node_modules/a": { ...entry, integrity: undefined } }, 3],
    ["with SHA-1", { "node_modules/a": { ...entry, integrity: "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=" } }, 3],
    ["from elsewhere", { "node_modules/a": { ...entry, resolved: "https://example.com/a.tgz" } }, 3],
    ["from git", { "node_modules/a": { ...entry, resolved: "git+ssh://git@example.com/a.git#1" } }, 3],
    ["from a folder", { "node_modules/a": { link: true, resolved: "../a" } }, 3],
    ["in a lock file of version 1", {}, 1],
    ["that the registry does not have", { "node_modules/a": entry }, 3],
  ])("error: %s", async (name, packages, version) => {
    const folder = scratch.write(name, files({ "": { dependencies: { a: "1.0.0" } }, ...packages }, version));
    const options = { cache, registry: "http://127.0.0.1:1/", patience: 20 };
    await expect(Delivery.ofFolder(folder, options)).rejects.toThrow(DependencyRefused);
  });

  test("behavior: come from the one registry, by hash, without running their scripts", async () => {
    const ran = join(scratch.folder, "installed");
    const content = { name: "a", version: "1.0.0", main: "a.js", scripts: { install: `touch ${ran}` } };
    const source = scratch.write("source", {
      "package/package.json": JSON.stringify(content),
      "package/a.js": "module.exports = 7",
    });
    const tarball = gzipSync(execFileSync("tar", ["-C", source, "-c", "package"]));
    const server = createServer((request, response) =>
      request.url === "/a/-/a-1.0.0.tgz" ? response.end(tarball) : response.writeHead(404).end(),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const registry = `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
    const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
    const packages = {
      "": { name: "d", version: "1.0.0", dependencies: { a: "1.0.0" } },
      "node_modules/a": { version: "1.0.0", resolved: `${registry}a/-/a-1.0.0.tgz`, integrity, hasInstallScript: true },
    };
    const folder = scratch.write("installs", {
      ...files(packages),
      ".npmrc": "registry=http://127.0.0.1:1/\nignore-scripts=false\n",
    });
    const delivery = await Delivery.ofFolder(folder, { cache, registry });
    await new Promise((resolve) => server.close(resolve));
    expect(readFileSync(join(delivery.dependencies ?? "", "node_modules/a/a.js"), "utf8")).toBe("module.exports = 7");
    expect(existsSync(ran)).toBe(false);
    // From the cache now: the registry is gone.
    expect(await Delivery.ofFolder(folder, { cache, registry })).toEqual(delivery);
  });
});

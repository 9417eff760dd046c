/** A lock file of npm: everything pinned by an integrity hash, from one registry, nothing that would run. */
import { InputError } from "../agreement/index.ts";
import { DependencyRefused } from "./Errors.ts";
import { parse } from "./kinds/Outcome.ts";

const { both } = InputError;

type Entry = { resolved?: unknown; integrity?: unknown; link?: unknown; inBundle?: unknown };

/** Names of what it pins. Throws `DependencyRefused`. */
export function read(text: string, registry: string): readonly string[] {
  const lock = parse(text)?.value as { lockfileVersion?: unknown; packages?: Record<string, Entry> } | undefined;
  const { lockfileVersion, packages } = lock ?? {};
  if ((lockfileVersion !== 2 && lockfileVersion !== 3) || typeof packages !== "object" || packages === null)
    throw refuse("package-lock.json", "expected a lock file of version 2 or 3", "应为版本 2 或 3 的锁文件");
  const names = Object.keys(packages).filter((name) => name !== "");
  for (const name of names) {
    const { resolved, integrity, link, inBundle } = packages[name] ?? {};
    // It lies inside a package that has its own hash.
    if (inBundle === true) continue;
    if (link === true) throw refuse(name, "it is a link to another folder", "为指向其他文件夹的链接");
    if (typeof resolved !== "string" || !resolved.startsWith(registry)) {
      const from = InputError.show(resolved);
      throw refuse(name, `it comes from ${from}; only ${registry} is allowed`, `来自 ${from}，仅允许 ${registry}`);
    }
    if (typeof integrity !== "string" || !/^sha(256|384|512)-[A-Za-z0-9+/]+=*$/.test(integrity))
      throw refuse(name, "it has no integrity hash of SHA-256 or better", "缺少 SHA-256 或更强的完整性哈希");
  }
  return names;
}

/** The manifest with what npm ci compares, and no scripts or settings. */
export function plain(manifest: string): string {
  const value = parse(manifest)?.value;
  if (typeof value !== "object" || value === null)
    throw refuse("package.json", "expected a JSON object", "应为 JSON 对象");
  const kept = [
    ...["name", "version", "dependencies", "devDependencies", "optionalDependencies", "peerDependencies"],
    ...["overrides", "engines", "bundleDependencies"],
  ];
  const entries = Object.entries(value).filter(([key]) => kept.includes(key));
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

const refuse = (name: string, en: string, zh: string) =>
  new DependencyRefused(name, both(`${en}. Pin it in the lock file.`, `${zh}。请在锁文件中固定。`));

/** Folders for tests, and suites of one check. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Criterion } from "../../agreement/index.ts";

export const LIMITS: Criterion.Limits = { time: 10, cpu: 10, memory: 128, disk: 16, output: 1, processes: 32 };
export const ENVIRONMENT: Criterion.Environment = {
  ...{ tools: [], locale: "C.UTF-8", timeZone: "Asia/Shanghai", seed: "7", clock: "2027-01-01T00:00Z" },
};

export type Scratch = {
  readonly folder: string;
  /** Writes files, by path. @returns the folder that they are in. */
  write(name: string, files: Readonly<Record<string, string>>): string;
  /** A suite whose body is JSON, which YAML holds. */
  suite(name: string, body: { kind: string; judge: unknown; run?: object; files?: Record<string, string> }): string;
  close(): void;
};

export function open(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), "commenda-test-"));
  // Started by root, bubblewrap reads with the rights of nobody.
  chmodSync(folder, 0o755);
  const write: Scratch["write"] = (name, files) => {
    const place = join(folder, name);
    mkdirSync(place, { recursive: true });
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(place, path)), { recursive: true });
      writeFileSync(join(place, path), content);
    }
    return place;
  };
  return {
    ...{ folder, write },
    suite(name, { kind, judge, run = {}, files = {} }) {
      const whole = {
        environment: ENVIRONMENT,
        limits: LIMITS,
        flaky: { runs: 1, passes: "all" },
        exact: [],
        within: "3 days",
      };
      const title = { en: "a suite", zh: "用例集" };
      const text = JSON.stringify({ version: "commenda-suite/1", title, kind, run: { ...whole, ...run }, judge });
      return write(name, { "suite.yaml": text, ...files });
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

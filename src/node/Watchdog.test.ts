import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const module = fileURLToPath(new URL("./Watchdog.ts", import.meta.url));
const run = (rest: string) => {
  const script = `import { start } from ${JSON.stringify(module)}; const dog = start("stuck", 200); ${rest}`;
  return spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8", timeout: 20_000 });
};

describe("a thread that hangs", () => {
  test("behavior: is ended, with a word to whoever runs the node", () => {
    const { signal, stderr } = run("for (;;);");
    expect([signal, stderr]).toEqual(["SIGKILL", expect.stringContaining("stuck")]);
  });

  test("behavior: one that is only busy now and then is left alone, and the watch ends when it is told to", () => {
    const { status, signal } = run("setTimeout(() => dog.stop(), 1_000);");
    expect([status, signal]).toEqual([0, null]);
  });
});

// What docs/api.md shows runs as it stands, against a node that is a demonstration and nothing more.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as Config from "../../src/node/Config.ts";
import * as Node from "../../src/node/Node.ts";

test("behavior: the life of an agreement, as the documentation tells it", { timeout: 120_000 }, async () => {
  const home = mkdtempSync(join(tmpdir(), "commenda-life-"));
  const node = await Node.start(Config.read({ COMMENDA_LOG: "silent" }, { home, port: 0, demo: true }));
  try {
    const script = fileURLToPath(new URL("../../docs/examples/life.ts", import.meta.url));
    const child = spawn(process.execPath, [script, node.url], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        said += chunk;
      });
    const [code] = await once(child, "close");
    expect([code, said]).toEqual([0, expect.stringContaining("pack")]);
  } finally {
    await node.stop();
    rmSync(home, { recursive: true, force: true });
  }
});

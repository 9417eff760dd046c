import { defineConfig } from "vitest/config";

/** `npm run test:deep` sets it: the same suite with the long runs beside it. */
const deep = process.env.COMMENDA_DEEP === "1";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "scripts/**/*.test.ts"],
    exclude: ["**/node_modules/**", ...(deep ? [] : ["**/*.deep.test.ts"])],
    environment: "node",
    pool: "forks",
    execArgv: ["--import", new URL("scripts/modules.ts", import.meta.url).href],
    // Many tests wait for a node or a ledger of their own: on two cores two at a time.
    maxWorkers: 2,
    testTimeout: deep ? 3_600_000 : 60_000,
    hookTimeout: deep ? 3_600_000 : 60_000,
    allowOnly: process.env.CI === undefined,
    passWithNoTests: false,
  },
});

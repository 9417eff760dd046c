import { defineConfig } from "drizzle-kit";

/** `npx drizzle-kit generate --name WHAT` writes the next migration; it needs no database. */
export default defineConfig({
  dialect: "postgresql",
  schema: "./src/node/store/schema.ts",
  out: "./src/node/store/migrations",
});

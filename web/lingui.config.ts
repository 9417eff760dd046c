import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

/** Texts stand beside what shows them, so that a screen brings its own and no other's. */
export default defineConfig({
  locales: ["en", "zh"],
  sourceLocale: "en",
  catalogs: [
    { path: "<rootDir>/src/screens/{name}/texts/{locale}", include: ["<rootDir>/src/screens/{name}"] },
    { path: "<rootDir>/src/texts/{locale}", include: ["<rootDir>/src"], exclude: ["<rootDir>/src/screens/**"] },
  ],
  format: formatter({ lineNumbers: false, origins: false }),
});

// Loaded before everything else (`node --import`): finds modules without reading the same descriptions again and again. Node
// parses a package's whole `package.json` for each file of it, and for each file that imports it by name; of the database
// library that is 179 kB, some two hundred times, and a third of the time until a node is up.
import { type ResolveFnOutput, registerHooks } from "node:module";

/** Packages of ES modules with a long description, and no other one further down. */
const LONG = /\/node_modules\/(drizzle-orm|ox)\//;
/** What our own files mean by a name: the same wherever they lie. */
const named = new Map<string, ResolveFnOutput>();

registerHooks({
  resolve(specifier, context, next) {
    const { parentURL } = context;
    if (parentURL === undefined) return next(specifier, context);
    if (specifier.startsWith(".")) {
      if (!specifier.endsWith(".js") || !LONG.test(parentURL)) return next(specifier, context);
      return { url: new URL(specifier, parentURL).href, format: "module", shortCircuit: true };
    }
    if (parentURL.includes("/node_modules/")) return next(specifier, context);
    const known = named.get(specifier);
    if (known) return known;
    const found = next(specifier, context);
    named.set(specifier, { ...found, shortCircuit: true });
    return found;
  },
});

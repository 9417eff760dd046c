// Writes random sequences of the model for the contract's test to play: node test/differential/write.ts [COUNT]
// One in three meets a hostile token.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { Hex } from "ox";
import { sequence } from "./Generate.ts";
import { CAST, DOMAIN, encode } from "./Replay.ts";

const FOLDER = "cache/differential";
/** Sequences a file: what the contract's test decodes at once. */
const A_FILE = 10;

const count = Number(process.argv[2] ?? 300);
if (!Number.isInteger(count) || count < 1) {
  console.error(`COUNT: found ${process.argv[2]}, expected a whole number from 1 on`);
  process.exit(2);
}
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
let acts = 0;
let refused = 0;
for (let first = 0; first < count; first += A_FILE) {
  const seeds = Array.from({ length: Math.min(A_FILE, count - first) }, (_, k) => first + k);
  const sequences = seeds.map((seed) => sequence(seed, { cast: CAST, domain: DOMAIN, hostile: seed % 3 === 0 }));
  for (const { steps } of sequences) {
    acts += steps.length;
    refused += steps.filter(({ expected }) => expected !== "ok").length;
  }
  writeFileSync(`${FOLDER}/${first / A_FILE}.bin`, Hex.toBytes(encode(sequences)));
}
console.log(`differential: ${count} sequences, ${acts} acts, ${refused} of them refused by the model`);

/**
 * What a delivery consists of: commits, files, verdicts, reports of builds, readings of metrics. Its canonical form is a
 * file like any other, so that the salted hash that the ledger names as the deliverable stands for all of it. Files are
 * named by their own salted hashes: one of them can be erased, and the manifest stays what was delivered.
 */
import canonicalize from "canonicalize";
import * as z from "zod/mini";
import type { Hex } from "./Agreement.ts";
import { RepeatedName } from "./Errors.ts";
import * as Evidence from "./Evidence.ts";
import * as Field from "./Field.ts";
import { BadInput, type InputError } from "./InputError.ts";

/** Items of one kind: a delivery of more is one of archives. */
export const MOST = 500;

const list = <T extends z.ZodMiniType>(item: T) => z.array(item).check(z.maxLength(MOST));

const commit = z.strictObject({
  /** Where it can be fetched. */
  repository: Field.line,
  /** SHA-1 or SHA-256 of git, in full. */
  commit: z.string().check(z.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/)),
});

const file = z.strictObject({
  name: Field.line,
  /** Bytes. */
  size: z.int().check(z.minimum(0)),
  /** SHA-256(salt || content hash); salt and content hash are with the file. */
  commitment: Field.hash,
});

/** A signed verdict, by what tells it from every other. */
const verdict = z.strictObject({
  criterion: Field.name,
  by: Field.address,
  /** Of what is compared. */
  digest: Field.hash,
  /** SHA-256 of the whole verdict. */
  document: Field.hash,
});

/** What a build service said, under a secret that it shares with the node. Its texts are somebody else's. */
const report = z.strictObject({
  source: z.enum(["github", "gitlab"]),
  /** As the service numbers it. */
  delivery: Field.line,
  repository: Field.line,
  commit: z.string().check(z.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/)),
  name: Field.line,
  conclusion: Field.line,
  /** Of the body as it came. */
  commitment: Field.hash,
});

const reading = z.strictObject({
  metric: Field.line,
  /** A decimal number as text. */
  value: z.string().check(z.regex(/^-?(0|[1-9][0-9]{0,37})(\.[0-9]{1,18})?$/)),
  unit: z.exactOptional(Field.line),
  at: Field.time,
  /** Who or what read it. */
  source: Field.line,
});

export const schema = z.strictObject({
  version: z.literal("commenda-manifest/1"),
  /** Id of the agreement: the hash that both signed. */
  agreement: Field.hash,
  /** Milestone, from 0, and its round. */
  tranche: z.int().check(z.minimum(0), z.maximum(7)),
  round: z.int().check(z.minimum(0), z.maximum(3)),
  commits: list(commit),
  files: list(file),
  verdicts: list(verdict),
  reports: list(report),
  readings: list(reading),
  note: z.exactOptional(Field.prose),
});

export type Manifest = z.infer<typeof schema>;
export type Item = { readonly kind: "file" | "report"; readonly name: string; readonly commitment: Hex };

/** Throws `BadInput` with all problems. */
export function parse(input: unknown): Manifest {
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    throw new BadInput(Field.problemsIn(input, parsed.error.issues, (path) => Field.known(schema, path)));
  }
  const problems = repeated(parsed.data);
  if (problems.length > 0) throw new BadInput(problems);
  return parsed.data;
}

/** What stands in it twice: one delivery names each thing once. */
function repeated({ commits, files, verdicts, reports, readings }: Manifest): readonly InputError[] {
  const twice = (field: string, keys: readonly string[]) =>
    keys.flatMap((key, index): InputError[] => {
      const first = keys.indexOf(key);
      const place = (at: number) => `${field}[${at}]`;
      return first === index
        ? []
        : [new RepeatedName({ field: place(index), found: key, first: place(first), others: [place(first)] })];
    });
  return [
    ...twice(
      "commits",
      commits.map((one) => `${one.repository} ${one.commit}`),
    ),
    ...twice(
      "files",
      files.map((one) => one.commitment),
    ),
    ...twice(
      "verdicts",
      verdicts.map((one) => one.document),
    ),
    ...twice(
      "reports",
      reports.map((one) => one.commitment),
    ),
    ...twice(
      "readings",
      readings.map((one) => `${one.metric} ${one.at} ${one.source}`),
    ),
  ];
}

/** RFC 8785: the bytes of the file, as text. */
export function write(manifest: Manifest): string {
  return canonicalize(manifest) ?? "";
}

/** SHA-256 of those bytes: with the salt of the file it makes the hash that was delivered. */
export function contentHash(manifest: Manifest): Hex {
  return Evidence.contentHash(write(manifest));
}

/** A manifest from its file; nothing where the bytes are no manifest in canonical form. */
export function read(content: string): Manifest | undefined {
  let input: unknown;
  try {
    input = JSON.parse(content);
  } catch {
    // A deliverable may be any file.
    return undefined;
  }
  const parsed = schema.safeParse(input);
  return parsed.success && repeated(parsed.data).length === 0 && write(parsed.data) === content
    ? parsed.data
    : undefined;
}

/** What it names that are bytes of their own. */
export function items({ files, reports }: Manifest): readonly Item[] {
  return [
    ...files.map(({ name, commitment }): Item => ({ kind: "file", name, commitment: commitment as Hex })),
    ...reports.map(({ name, commitment }): Item => ({ kind: "report", name, commitment: commitment as Hex })),
  ];
}

/** Texts of past cases: titles from a file joined two by two, or words drawn by Zipf's law. */
import { readFileSync } from "node:fs";
import { Case } from "../../src/matching/index.ts";
import { Gram } from "../../src/text/index.ts";

const WORDS = 30_000;

/** A number from 0 up to 1 that only depends on what it is for. */
const lot = (what: string) => Gram.hash(what) / 4_294_967_296;

export type Source = {
  document(n: number): string;
  query(n: number): string;
};

export function fromFile(file: string): Source {
  const titles = Case.read(readFileSync(file, "utf8")).cases.map(({ title }) => title);
  const title = (what: string) => titles[Math.floor(lot(what) * titles.length)] ?? "";
  return {
    document: (n) => `${title(`one ${n}`)} ${title(`two ${n}`)}`,
    query: (n) => title(`query ${n}`),
  };
}

/** Words of syllables; the n-th is drawn with a chance of about 1/n. */
export function madeUp(): Source {
  const syllables = "ba co di fu ge ha jo ki lu me no pa ra si to va we xi yo zu".split(" ");
  const word = (what: string) => {
    // The inverse of a logarithmic distribution function.
    let rank = Math.floor(WORDS ** lot(what));
    let name = "";
    do {
      name += syllables[rank % syllables.length];
      rank = Math.floor(rank / syllables.length);
    } while (rank > 0);
    return name;
  };
  const words = (what: string, count: number) =>
    Array.from({ length: count }, (_, at) => word(`${what} ${at}`)).join(" ");
  return { document: (n) => words(`document ${n}`, 16), query: (n) => words(`query ${n}`, 7) };
}

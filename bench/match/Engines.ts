/** Full-text search in memory: ours and two that are much used. All look for any word of the query. */
import { Index } from "flexsearch";
import MiniSearch from "minisearch";
import { Bm25, Token } from "../../src/text/index.ts";

export type Engine = {
  add(id: number, text: string): void;
  /** The ten best. */
  search(query: string): readonly number[];
};

export const ENGINES: Readonly<Record<string, () => Engine>> = {
  commenda() {
    const index = Bm25.create();
    return {
      add: (_, text) => void Bm25.add(index, Token.tokens(text)),
      search: (query) => Bm25.search(index, Token.tokens(query), 10).map(({ document }) => document),
    };
  },
  minisearch() {
    const index = new MiniSearch<{ id: number; text: string }>({ fields: ["text"] });
    return {
      add: (id, text) => index.add({ id, text }),
      search: (query) =>
        index
          .search(query)
          .slice(0, 10)
          .map(({ id }) => id),
    };
  },
  flexsearch() {
    const index = new Index({ tokenize: "strict" });
    return {
      add: (id, text) => void index.add(id, text),
      search: (query) => index.search(query, { limit: 10, suggest: true }) as number[],
    };
  },
};

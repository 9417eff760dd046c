/** The node behind the page: every read and every write goes through here, typed by the table of operations. */
import {
  keepPreviousData,
  MutationCache,
  QueryCache,
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from "@tanstack/react-query";
import { useMemo } from "react";
import * as Client from "../../src/api/client.ts";
import { i18n, type Language } from "./Language.tsx";

export type Route = Client.Route;
export type Input<R extends Route> = Client.Input<R>;
export type Output<R extends Route> = Client.Output<R>;
export type Get = Extract<Route, `GET ${string}`>;

/** One attempt: what is tried again, and shown meanwhile, is decided below. */
export const client = (): Client.Client => Client.create({ language: (i18n.locale || "en") as Language, attempts: 1 });

/** Whether the caller has to sign in (again). */
export const isSignedOut = (error: unknown): boolean => error instanceof Client.ProblemError && error.status === 401;
/** The line or the node is down: nothing was decided, asking again is safe. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Client.ProblemError
    ? // A node that starts, and what stands before it, answer without saying what to do next.
      error.next === "retry" || error.status === 429 || error.status >= 502
    : error instanceof TypeError;

/** Milliseconds that an answer is shown without asking again; events bring what changed before. */
const FRESH = 30_000;

/** A session that has ended is found by whatever is asked next: then it is known everywhere, and mended on the page. */
function onError(error: unknown): void {
  if (isSignedOut(error)) void queries.invalidateQueries({ queryKey: [ME] });
}
const ME = "GET /v1/me";

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: (error, { queryKey }) => queryKey[0] !== ME && onError(error) }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: { staleTime: FRESH, retry: (count, error) => isPassing(error) && count < 2, networkMode: "always" },
    mutations: { networkMode: "always" },
  },
});

type Options = {
  /** False: not yet. */
  enabled?: boolean;
  /** Milliseconds after which it is asked again by itself. */
  every?: number;
};

export const keyOf = (route: Get, input: unknown = {}) => [route, input] as const;
const queryOf = <R extends Get>(route: R, input: unknown) => ({
  queryKey: keyOf(route, input),
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    client().send(route, (input ?? {}) as Record<string, unknown>, { signal }) as Promise<Output<R>>,
});

/** What the node answers to a read, kept up to date by its events. */
export function useAsk<R extends Get>(
  route: R,
  input: Input<R>,
  { enabled = true, every }: Options = {},
): UseQueryResult<Output<R>> {
  return useQuery({
    ...queryOf(route, input),
    enabled,
    placeholderData: keepPreviousData,
    ...(every === undefined ? {} : { refetchInterval: every }),
  }) as UseQueryResult<Output<R>>;
}

/** Routes whose answer is a page of rows. */
type Paged = {
  [R in Get]: Output<R> extends { items: unknown[] } ? ("next" extends keyof Output<R> ? R : never) : never;
}[Get];
type Row<R extends Paged> = Output<R>["items"][number];

/** The rows of a list, page after page; `more` asks for the next. */
export function useRows<R extends Paged>(route: R, input: Omit<Input<R>, "after">, { enabled = true }: Options = {}) {
  const pages = useInfiniteQuery({
    queryKey: [route, input, "rows"],
    queryFn: ({ pageParam, signal }) =>
      client().send(route, { ...input, ...(pageParam === "" ? {} : { after: pageParam }) }, { signal }) as Promise<
        Output<R>
      >,
    initialPageParam: "",
    getNextPageParam: (last: Output<R>) => last.next,
    // Comparing all rows before with all rows after, at each page, is what makes long lists slow.
    structuralSharing: false,
    enabled,
  });
  const { data } = pages;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items as Row<R>[]), [data]);
  return {
    rows,
    error: pages.error,
    again: () => void pages.refetch(),
    more: pages.hasNextPage ? () => void pages.fetchNextPage() : undefined,
    isMore: pages.isFetchingNextPage,
  };
}

/** A write. `key` in the variables is its `Idempotency-Key`: the same one asks for the same thing again. */
export function useCall<R extends Exclude<Route, Get>>(
  route: R,
  after?: (output: Output<R>, input: Input<R>) => void,
): UseMutationResult<Output<R>, unknown, Input<R> & object> {
  return useMutation({
    mutationFn: (input: Input<R> & object) =>
      client().send(route, input as Record<string, unknown>) as Promise<Output<R>>,
    onSuccess(output, input) {
      refresh("agreement" in input && typeof input.agreement === "string" ? input.agreement : undefined);
      after?.(output, input);
    },
  });
}

/** What is shown of an agreement, or of everything, is asked again. */
export function refresh(agreement?: string): void {
  void queries.invalidateQueries({
    predicate: ({ queryKey: [, input] }) => {
      if (agreement === undefined || typeof input !== "object" || input === null) return true;
      return !("agreement" in input) || input.agreement === agreement;
    },
  });
}

/** More was printed by a run. */
export function refreshLog(run: unknown): void {
  void queries.invalidateQueries({
    predicate: ({ queryKey: [route, input] }) =>
      route === LOG && typeof input === "object" && input !== null && "run" in input && input.run === run,
  });
}
export const LOG = "GET /v1/agreements/{agreement}/runs/{run}/log";

/** All agreements of the one acted for. However many there are, only those in view are drawn. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type MouseEvent, memo, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { type Status, StatusBadge, useStatus } from "../../agreement/StatusBadge.tsx";
import { useSay } from "../../Language.tsx";
import { type Output, useRows } from "../../Node.ts";
import { useMe, useSession } from "../../Session.tsx";
import { Amount } from "../../ui/Amount.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { ButtonLink } from "../../ui/Button.tsx";
import { Select } from "../../ui/Field.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, Failure, Loading } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";

type Row = Output<"GET /v1/agreements">["items"][number];
/** Heights of a row, in rem: all the same, so that none of thousands has to be measured. Beside each other, and on a phone. */
const HEIGHT = { wide: 6, narrow: 14.5 };
const WIDE = "(min-width: 40rem)";
/** Rows a page: a list of thousands is fetched in tens of requests. */
const PAGE = 200;
const STATES: readonly Status[] = ["draft", "offered", "signed", "open", "closed", "revoked", "replaced", "withdrawn"];

export function Agreements() {
  const { t } = useLingui();
  const nameOf = useStatus();
  const { organisations } = useMe();
  const [organisation, setOrganisation] = useState("");
  const [status, setStatus] = useState<Status | "">("");
  const { rows, error, again, more, isMore } = useRows("GET /v1/agreements", {
    limit: PAGE,
    ...(organisation === "" ? {} : { organisation }),
    ...(status === "" ? {} : { status }),
  });
  return (
    <Page
      title={t`Agreements`}
      actions={
        <ButtonLink to="/new" look="primary">
          <Trans>New agreement</Trans>
        </ButtonLink>
      }
    >
      <div className="grid max-w-xl gap-3 sm:grid-cols-2">
        <Select label={t`Of`} value={organisation} onChange={(event) => setOrganisation(event.target.value)}>
          <option value="">{t`All my organisations`}</option>
          {organisations.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select label={t`Show`} value={status} onChange={(event) => setStatus(event.target.value as Status | "")}>
          <option value="">{t`All`}</option>
          {STATES.map((one) => (
            <option key={one} value={one}>
              {nameOf(one)}
            </option>
          ))}
        </Select>
      </div>
      {error !== null && <Failure error={error} again={again} />}
      {rows === undefined ? (
        error === null && <Loading rows={6} />
      ) : rows.length === 0 ? (
        <Empty
          title={status === "" && organisation === "" ? t`No agreement yet` : t`None of these`}
          action={
            status === "" && (
              <ButtonLink to="/new" look="primary">
                <Trans>Begin one</Trans>
              </ButtonLink>
            )
          }
        />
      ) : (
        <List rows={rows} more={more} isMore={isMore} />
      )}
    </Page>
  );
}

function List({ rows, more, isMore }: { rows: readonly Row[]; more: (() => void) | undefined; isMore: boolean }) {
  const box = useRef<HTMLUListElement>(null);
  const navigate = useNavigate();
  const [top, setTop] = useState(0);
  useEffect(() => setTop(box.current?.offsetTop ?? 0), []);
  const height = useRowHeight();
  const list = useWindowVirtualizer({ count: rows.length, estimateSize: () => height, overscan: 6, scrollMargin: top });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height is another list
  useEffect(() => list.measure(), [height]);
  const shown = list.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && !isMore && last > rows.length - 40) more();
  }, [more, isMore, last, rows.length]);
  /** A click goes where the link goes, without a new page; with a key held, or the middle button, it is the browser's. */
  const follow = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void navigate({ to: "/agreements/$agreement", params: { agreement: link.pathname.slice("/agreements/".length) } });
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click
    <ul
      onClick={follow}
      ref={box}
      className="relative rounded-xl border border-line bg-surface"
      style={{ height: `${list.getTotalSize()}px` }}
    >
      {shown.map(({ index, key, start }) => {
        const row = rows[index];
        return (
          row && (
            <li
              key={key}
              aria-setsize={more ? -1 : rows.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0 overflow-hidden border-b border-line"
              style={{ height: `${height}px`, transform: `translateY(${start - top}px)` }}
            >
              <One row={row} />
            </li>
          )
        );
      })}
    </ul>
  );
}

/** Pixels: of the window, and of the size of text that its reader chose. */
function useRowHeight(): number {
  const wide = useSyncExternalStore(
    (tell) => {
      const query = matchMedia(WIDE);
      query.addEventListener("change", tell);
      return () => query.removeEventListener("change", tell);
    },
    () => matchMedia(WIDE).matches,
  );
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return (wide ? HEIGHT.wide : HEIGHT.narrow) * rem;
}

/** Drawn once for its row: scrolling moves it and does not draw it again. A plain link: thousands of the router's are slow. */
const One = memo(function One({
  row: { id, title, status, amount, held, currency, turn, seats, next, updatedAt },
}: {
  row: Row;
}) {
  const say = useSay();
  const { now } = useSession();
  const own = new Set(useMe().organisations.map(({ id }) => id));
  const mine = seats.filter(({ organisation }) => own.has(organisation)).map(({ role }) => role);
  const others = seats.filter(({ organisation }) => !own.has(organisation)).map(({ name }) => name);
  const isMine = turn.some((role) => mine.includes(role));
  return (
    <a
      href={`/agreements/${id}`}
      className="grid h-full content-center gap-x-6 gap-y-1 px-4 py-2 hover:bg-sunken sm:grid-cols-[1fr_auto]"
    >
      <span className="min-w-0">
        <span className="flex items-center gap-2 max-sm:flex-wrap">
          <span className="min-w-0 font-medium max-sm:line-clamp-2 sm:truncate">{say(title)}</span>
          <StatusBadge status={status} />
          {isMine && (
            <Badge tone="warn">
              <Trans>your move</Trans>
            </Badge>
          )}
        </span>
        <span className="block truncate text-sm text-muted">
          {others.length > 0 && <Trans>with {others.join(", ")}</Trans>}
        </span>
        {next && (
          <span className="text-sm max-sm:line-clamp-2 sm:block sm:truncate">
            {say(next.says)} <span className="text-muted">·</span> <When at={next.at} now={now()} time={false} />
          </span>
        )}
      </span>
      <span className="text-sm sm:text-right">
        {amount !== undefined && currency && (
          <span className="block font-medium">
            <Amount units={amount} currency={currency} />
          </span>
        )}
        {held !== undefined && currency && (
          <span className="block text-muted">
            <Trans>
              held <Amount units={held} currency={currency} />
            </Trans>
          </span>
        )}
        <span className="block text-muted">
          <When at={updatedAt} far={false} time={false} />
        </span>
      </span>
    </a>
  );
});

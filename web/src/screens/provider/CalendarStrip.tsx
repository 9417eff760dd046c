/** The next half year week by week: how much of each is free, as height and as words. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useLanguage } from "../../Language.tsx";
import { Scroll } from "../../ui/Scroll.tsx";
import { dateText } from "../../ui/When.tsx";
import { type Stretch, type Week, weeksOf } from "./Calendar.ts";

/** `today`: ISO day. */
export function CalendarStrip({ free, today }: { free: readonly Stretch[]; today: string }) {
  const { t } = useLingui();
  const weeks = weeksOf(free, today);
  const whole = weeks.filter((week) => week.free === 7).length;
  const some = weeks.filter((week) => week.free > 0 && week.free < 7).length;
  return (
    <div className="grid gap-2">
      <Scroll label={t`Free weeks of the next half year`}>
        <div aria-hidden="true" className="flex min-w-fit items-end gap-1 pb-1">
          {weeks.map((week, at) => (
            <Column key={week.monday} week={week} isLabelled={at % 4 === 0} />
          ))}
        </div>
      </Scroll>
      <p className="text-sm text-muted">
        <Plural value={whole} one="# week is wholly free" other="# weeks are wholly free" />
        {some > 0 && (
          <>
            {" · "}
            <Plural value={some} one="# in part" other="# in part" />
          </>
        )}
        {" · "}
        <Trans>of the next 26</Trans>
      </p>
    </div>
  );
}

function Column({ week: { monday, free, people }, isLabelled }: { week: Week; isLabelled: boolean }) {
  const { language } = useLanguage();
  const date = dateText(`${monday}T00:00:00`, language, false);
  return (
    <span title={date} className="grid w-6 shrink-0 justify-items-center gap-0.5">
      <span className="h-4 text-[11px] leading-4 text-muted tabular-nums">{people > 0 ? people : ""}</span>
      <span className="relative block h-10 w-full overflow-hidden rounded-sm bg-sunken">
        <span className="absolute inset-x-0 bottom-0 bg-accent" style={{ height: `${(free / 7) * 100}%` }} />
      </span>
      <span className="h-4 justify-self-start text-[11px] leading-4 whitespace-nowrap text-muted tabular-nums">
        {isLabelled ? monday.slice(5).replace("-", "/") : ""}
      </span>
    </span>
  );
}

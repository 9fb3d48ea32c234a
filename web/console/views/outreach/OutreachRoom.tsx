import { Icon } from "../../../shared/icons";
import { go } from "../../../shared/router";
import { moment } from "../../../shared/wording";
import { query as asQuery } from "../../api";
import { useLoaded, useSession, useWords } from "../../context";
import { inboxPlace } from "../../places";
import { shopDay } from "../../time";
import type { Ratio } from "../../types";
import { Empty, Loading, Problem, Sheet, Tiles } from "../ui";

interface OrderAtRisk {
  order: string;
  status: string;
  name: string;
  conversation: string | null;
  share: number;
  promised: string;
  likely_from: string;
  likely_to: string;
  why: string[];
  evidence: number;
  told_at: string | null;
}

interface OutreachFigures {
  warned: number;
  came_late: Ratio;
  taken: Ratio;
  refused: Ratio;
  bought: Ratio;
  tips: { conversation: number; email: number; sms: number };
}

/** What the shop says first: orders that will come late, and what came of warnings, tips and offers. */
export function OutreachRoom({ query }: { query: URLSearchParams }) {
  const { may } = useSession();
  const { w } = useWords();
  return (
    <Sheet
      title={w.rooms["outreach"] ?? ""}
      lead={w.o.lead}
      acts={may.includes("edit_settings") && <a class="button" href="/console/settings/outreach"><Icon name="gear" size={16} />{w.rooms["settings"]}</a>}
    >
      <LateOrders />
      {may.includes("see_metrics") && <Results query={query} />}
    </Sheet>
  );
}

function LateOrders() {
  const { w, language } = useWords();
  const { data, problem, reload } = useLoaded<{ items: OrderAtRisk[]; told_from: number | null }>("/outreach/orders");
  const percent = new Intl.NumberFormat(language, { style: "percent" });
  return (
    <section>
      <h2 class="group-head">{w.o.late}</h2>
      {problem ? <Problem problem={problem} again={reload} /> : !data ? <Loading /> : null}
      {data && <p class="quiet outreach-lead">{data.told_from === null ? w.o.lateOff : w.o.lateLead(percent.format(data.told_from))}</p>}
      {data && data.items.length === 0 && <Empty icon="truck" title={w.o.noLate}>{w.o.noLateLead}</Empty>}
      {data && data.items.length > 0 && (
        <div class="metrics-table outreach-table is-stacked" tabIndex={0} role="region" aria-label={w.o.late}>
          <table>
            <thead>
              <tr>{[w.o.order, w.o.share, w.o.promised, w.o.likely, w.o.why, w.o.told].map((head) => <th key={head} scope="col" class={head === w.o.why ? "words" : ""}>{head}</th>)}</tr>
            </thead>
            <tbody>
              {data.items.map((row) => (
                <tr key={row.order}>
                  <th scope="row">
                    {row.conversation ? <a href={inboxPlace("all", row.conversation)}>{row.order}</a> : row.order}
                    <small>{[row.name, w.o.status[row.status]].filter(Boolean).join(" · ")}</small>
                  </th>
                  <td data-head={w.o.share} class={row.share >= (data.told_from ?? 1) ? "is-high" : ""}>{percent.format(row.share)}<small>{w.o.evidence(row.evidence.toLocaleString(language))}</small></td>
                  <td data-head={w.o.promised}>{day(row.promised, language)}</td>
                  <td data-head={w.o.likely}>{day(row.likely_from, language)}<small>~ {day(row.likely_to, language)}</small></td>
                  <td data-head={w.o.why} class="words">{row.why.map((cause) => w.o.causes[cause] ?? cause).join(" · ") || "–"}</td>
                  <td data-head={w.o.told}>{row.told_at ? moment(row.told_at, language) : w.o.notTold}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Results({ query }: { query: URLSearchParams }) {
  const { w, language } = useWords();
  const { time_zone: zone } = useSession();
  const from = query.get("from") ?? shopDay(zone, -29);
  const to = query.get("to") ?? shopDay(zone);
  const { data, problem, reload } = useLoaded<OutreachFigures>(`/outreach/figures${asQuery({ from, to })}`);
  const set = (part: Record<string, string>) => go(`/console/outreach${asQuery({ from, to, ...part })}`, true);
  const number = (count: number) => count.toLocaleString(language);
  const tiles: [string, string, string][] = data
    ? [
        [w.o.warned, number(data.warned), ""],
        [w.o.cameLate, share(data.came_late), w.o.arrived(number(data.came_late.denominator))],
        [w.o.taken, share(data.taken), `${number(data.taken.numerator)} · ${w.o.shown(number(data.taken.denominator))}`],
        [w.o.bought, share(data.bought), `${number(data.bought.numerator)} · ${w.o.shown(number(data.bought.denominator))}`],
        [w.o.refused, share(data.refused), `${number(data.refused.numerator)} · ${w.o.shown(number(data.refused.denominator))}`],
        [w.o.tips, number(data.tips.conversation + data.tips.email + data.tips.sms), w.o.tipsBy(number(data.tips.conversation), number(data.tips.email), number(data.tips.sms))],
      ]
    : [];
  return (
    <section class="assist">
      <h2 class="group-head">{w.o.figures}</h2>
      <div class="metrics-tools">
        <label>{w.from} <input type="date" value={from} max={to} onChange={(event) => event.currentTarget.value && set({ from: event.currentTarget.value })} /></label>
        <label>{w.to} <input type="date" value={to} min={from} onChange={(event) => event.currentTarget.value && set({ to: event.currentTarget.value })} /></label>
      </div>
      {problem ? <Problem problem={problem} again={reload} /> : !data ? <Loading /> : null}
      {data && <Tiles tiles={tiles} />}
    </section>
  );
}

function share({ value }: Ratio): string {
  return value === null ? "–" : `${Math.round(value * 100)}%`;
}

function day(iso: string, language: string): string {
  const [year, month, date] = iso.split("-").map(Number);
  return new Date(year ?? 0, (month ?? 1) - 1, date ?? 1).toLocaleDateString(language, { month: "short", day: "numeric", weekday: "short" });
}

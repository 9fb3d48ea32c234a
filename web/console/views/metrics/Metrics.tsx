import { Icon } from "../../../shared/icons";
import { go } from "../../../shared/router";
import { query as asQuery } from "../../api";
import { useLoaded, useSession, useWords } from "../../context";
import { shopDay, span } from "../../time";
import type { Assist, GuideFigures, Metrics as Figures, MetricsRow, Ratio, Routine, Spread } from "../../types";
import { Empty, Loading, Problem, Sheet, Tiles } from "../ui";

const BY = ["day", "team", "person", "channel"] as const;
const TIMES = ["first_response", "reply", "waiting", "handling", "resolution"] as const;
const SHARES = ["answered", "abandoned", "reopened", "transferred", "context_kept", "with_suggestion"] as const;

/** The figures of the desk, with what they mean and a file to take along. */
export function Metrics({ query }: { query: URLSearchParams }) {
  const { w, language } = useWords();
  const { time_zone: zone } = useSession();
  const by = BY.find((each) => each === query.get("by")) ?? "day";
  const from = query.get("from") ?? shopDay(zone, -13);
  const to = query.get("to") ?? shopDay(zone);
  const asked = asQuery({ from, to, by });
  const { data, problem, reload } = useLoaded<Figures>(`/metrics${asked}`);
  const set = (part: Record<string, string>) => go(`/console/metrics${asQuery({ from, to, by, ...part })}`, true);
  const rows = data?.rows ?? [];
  return (
    <Sheet
      title={w.rooms["metrics"] ?? ""}
      lead={w.metricsLead}
      acts={<a class="button" href={`/api/staff/metrics.csv${asked}`} download><Icon name="file" size={16} />CSV</a>}
    >
      <div class="metrics-tools">
        <div class="segmented" role="group" aria-label={w.groupBy}>
          {BY.map((each) => <button key={each} type="button" aria-pressed={by === each} onClick={() => set({ by: each })}>{w.by[each]}</button>)}
        </div>
        <label>{w.from} <input type="date" value={from} max={to} onChange={(event) => event.currentTarget.value && set({ from: event.currentTarget.value })} /></label>
        <label>{w.to} <input type="date" value={to} min={from} onChange={(event) => event.currentTarget.value && set({ to: event.currentTarget.value })} /></label>
      </div>
      {problem ? <Problem problem={problem} again={reload} /> : !data ? <Loading /> : rows.length === 0 ? <Empty icon="chart" title={w.noMetrics}>{w.noMetricsLead}</Empty> : null}
      {data && rows.length === 0 && <GuideTable asked={asQuery({ from, to })} />}
      {rows.length > 0 && (
        <>
          {data && <Totals total={data.total} assistant={data.assistant} />}
          {data && <Beside total={data.total} />}
          {by === "day" && rows.length > 1 && <Bars rows={rows} />}
          <div class="metrics-table" tabIndex={0} role="region" aria-label={w.rooms["metrics"]}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{w.by[by]}</th>
                  {TIMES.map((each) => <th key={each} scope="col" title={w.measureHints[each]}>{w.measures[each]}<small>p50 · p90</small></th>)}
                  {SHARES.map((each) => <th key={each} scope="col" title={w.measureHints[each]}>{w.measures[each]}</th>)}
                  <th scope="col" title={w.measureHints.csat}>{w.measures.csat}<small>{w.measures.rated}</small></th>
                  <th scope="col" title={w.measureHints.resolved_per_hour}>{w.measures.resolved_per_hour}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.group}>
                    <th scope="row">{row.name || w.nobody}</th>
                    {TIMES.map((each) => <td key={each}><Times spread={row[each]} language={language} open={each === "first_response" || each === "reply" ? row[`${each}_open`] : null} /></td>)}
                    {SHARES.map((each) => <td key={each}>{share(row[each])}<small>{of(row[each])}</small></td>)}
                    <td>{share(row.csat)}<small>{w.answeredRating(share(row.rated))}</small></td>
                    <td>{row.resolved_per_hour === null ? "–" : row.resolved_per_hour.toFixed(1)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <RoutineTable asked={asQuery({ from, to })} />
          <GuideTable asked={asQuery({ from, to })} />
          <details class="meanings">
            <summary>{w.whatTheyMean}</summary>
            <dl class="pairs">{Object.entries(w.measureHints).map(([name, hint]) => <div key={name}><dt>{w.measures[name as keyof typeof w.measures]}</dt><dd>{hint}</dd></div>)}</dl>
          </details>
        </>
      )}
    </Sheet>
  );
}

/** The whole period, whatever it is grouped by below. */
function Totals({ total, assistant }: { total: MetricsRow; assistant: Spread }) {
  const { w, language } = useWords();
  const tiles: [string, string, string][] = [
    [w.assistantReplies, span(assistant.p50, language), `p90 ${span(assistant.p90, language)} · p99 ${span(assistant.p99, language)}`],
    [w.measures.waiting, span(total.waiting.p50, language), `p90 ${span(total.waiting.p90, language)}`],
    [w.measures.answered, share(total.answered), of(total.answered)],
    [w.measures.csat, share(total.csat), w.answeredRating(share(total.rated))],
    [w.measures.reopened, share(total.reopened), of(total.reopened)],
    [w.measures.with_suggestion, share(total.with_suggestion), of(total.with_suggestion)],
  ];
  return <Tiles tiles={tiles} />;
}

/** What suggestions go along with, set side by side. */
function Beside({ total }: { total: MetricsRow }) {
  const { w, language } = useWords();
  const line = (title: string, { handling, resolved_per_hour }: Assist) => (
    <tr>
      <th scope="row">{title}<small>{w.ended(handling.n)}</small></th>
      <td><Times spread={handling} language={language} /></td>
      <td>{resolved_per_hour === null ? "–" : resolved_per_hour.toFixed(1)}</td>
    </tr>
  );
  return (
    <section class="assist">
      <h2 class="group-head">{w.assist}</h2>
      <div class="metrics-table" tabIndex={0} role="region" aria-label={w.assist}>
        <table>
          <thead>
            <tr>
              <th scope="col" />
              <th scope="col">{w.measures.handling}<small>p50 · p90</small></th>
              <th scope="col">{w.measures.resolved_per_hour}</th>
            </tr>
          </thead>
          <tbody>
            {line(w.assisted, total.assisted)}
            {line(w.unassisted, total.unassisted)}
          </tbody>
        </table>
      </div>
      <p class="quiet">{w.assistHint}</p>
    </section>
  );
}

/** What was taken off staff: by wish, the commonest first. */
function RoutineTable({ asked }: { asked: string }) {
  const { w } = useWords();
  const { data } = useLoaded<Routine>(`/metrics/routine${asked}`);
  if (!data || data.items.length === 0) return null;
  return (
    <section class="assist">
      <h2 class="group-head">{w.a.routine}</h2>
      <p class="quiet">{w.a.routineLead(share(data.total), of(data.total))}</p>
      <div class="metrics-table" tabIndex={0} role="region" aria-label={w.a.routine}>
        <table>
          <thead><tr><th scope="col">{w.a.wish}</th><th scope="col">{w.a.asked}</th><th scope="col">{w.a.alone}</th></tr></thead>
          <tbody>
            {data.items.slice(0, 12).map((row) => (
              <tr key={row.intent}>
                <th scope="row">{w.k.intents[row.intent] ?? row.intent.replaceAll("_", " ")}</th>
                <td>{row.alone.denominator}</td>
                <td><span class="share-bar" style={`--share: ${row.alone.value ?? 0}`}>{share(row.alone)}</span></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Goods that did not work: what each guide solved, and with which step. */
function GuideTable({ asked }: { asked: string }) {
  const { w } = useWords();
  const { data } = useLoaded<GuideFigures>(`/metrics/guides${asked}`);
  if (!data || data.items.length === 0) return null;
  return (
    <section class="assist">
      <h2 class="group-head">{w.a.guides}</h2>
      <p class="quiet">{w.a.guidesLead(share(data.total), of(data.total))}</p>
      <div class="metrics-table" tabIndex={0} role="region" aria-label={w.a.guides}>
        <table>
          <thead><tr><th scope="col">{w.a.guide}</th><th scope="col">{w.a.guideSolved}</th><th scope="col">{w.a.guideSteps}</th><th scope="col">{w.a.guideHanded}</th><th scope="col">{w.a.guideDanger}</th></tr></thead>
          <tbody>
            {data.items.map((row) => (
              <tr key={row.guide}>
                <th scope="row">{row.title}</th>
                <td><span class="share-bar" style={`--share: ${row.solved.value ?? 0}`}>{share(row.solved)}</span><small>{of(row.solved)}</small></td>
                <td>{row.steps.map((each) => <small key={each.step}>{each.step}. {share(each.solved)} ({of(each.solved)})</small>)}</td>
                <td>{share(row.handed_over)}<small>{of(row.handed_over)}</small></td>
                <td>{share(row.dangerous)}<small>{of(row.dangerous)}</small></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** First answers by day: the half and the ninth tenth of shoppers. */
function Bars({ rows }: { rows: MetricsRow[] }) {
  const { w, language } = useWords();
  const most = Math.max(1, ...rows.map((row) => row.first_response.p90 ?? 0));
  return (
    <figure class="bars">
      <figcaption>{w.measures.first_response} <span class="quiet">p50 · p90</span></figcaption>
      <ol>
        {rows.map((row) => (
          <li key={row.group} title={`${row.group}: ${span(row.first_response.p50, language)} · ${span(row.first_response.p90, language)}`}>
            <span class="bar-pair" aria-hidden="true">
              <i class="is-p90" style={{ height: `${((row.first_response.p90 ?? 0) / most) * 100}%` }} />
              <i class="is-p50" style={{ height: `${((row.first_response.p50 ?? 0) / most) * 100}%` }} />
            </span>
            <small>{row.group.slice(5).replace("-", "/")}</small>
          </li>
        ))}
      </ol>
    </figure>
  );
}

function Times({ spread, language, open = null }: { spread: Spread; language: "ko" | "en"; open?: Spread | null }) {
  const { w } = useWords();
  return (
    <>
      {span(spread.p50, language)}
      <small title={`p99 ${span(spread.p99, language)}`}>{span(spread.p90, language)}</small>
      {open && open.p50 !== spread.p50 && <small>{w.openHours} {span(open.p50, language)} · {span(open.p90, language)}</small>}
    </>
  );
}

const share = (ratio: Ratio) => (ratio.value === null || ratio.denominator === 0 ? "–" : `${Math.round(ratio.value * 100)}%`);
const of = (ratio: Ratio) => `${ratio.numerator}/${ratio.denominator}`;

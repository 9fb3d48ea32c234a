import { moment } from "../../../shared/wording";
import { useLoaded, useWords } from "../../context";
import { inboxPlace } from "../../places";
import { Empty, Loading, Problem } from "../ui";
import type { BlockRow, CostRow } from "./shapes";

const dollars = (value: number | null) => (value === null ? "–" : `$${value.toFixed(4)}`);

/** What models used and cost: by day, conversation and resolution. */
export function CostsTab() {
  const { w } = useWords();
  const { data, problem, reload } = useLoaded<{ items: CostRow[] }>("/models/costs");
  if (problem) return <Problem problem={problem} again={reload} />;
  if (!data) return <Loading />;
  if (data.items.length === 0) return <Empty icon="chart" title={w.m.noCosts} />;
  return (
    <div class="metrics-table" tabIndex={0} role="region" aria-label={w.m.tabs["costs"]}>
      <table>
        <thead>
          <tr><th scope="col">{w.m.day}</th><th scope="col">{w.m.model}</th><th scope="col">{w.m.asked}</th><th scope="col">{w.m.tokens}</th><th scope="col">{w.m.cost}</th><th scope="col">{w.m.aConversation}</th><th scope="col">{w.m.aResolution}</th></tr>
        </thead>
        <tbody>
          {data.items.map((row) => (
            <tr key={`${row.day} ${row.model}`}>
              <th scope="row">{row.day}</th>
              <td>{row.model}</td>
              <td>{row.asked}</td>
              <td>{row.tokens.toLocaleString()}</td>
              <td>{dollars(row.dollars)}</td>
              <td>{dollars(row.a_conversation)}</td>
              <td>{dollars(row.a_resolution)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What the truth check did not let out, and why. */
export function BlocksTab() {
  const { w, language } = useWords();
  const { data, problem, reload } = useLoaded<{ items: BlockRow[] }>("/models/blocks");
  if (problem) return <Problem problem={problem} again={reload} />;
  if (!data) return <Loading />;
  if (data.items.length === 0) return <Empty icon="shield" title={w.m.noBlocks} />;
  return (
    <ul class="rows">
      {data.items.map((row, index) => (
        <li key={index} class="row">
          <span class="grow">
            <span>{row.text || "…"}</span>
            <small class="quiet">{w.m.why}: {row.why}</small>
          </span>
          <time class="quiet" dateTime={row.at}>{moment(row.at, language)}</time>
          <a class="small" href={inboxPlace("all", row.conversation)}>{w.toConversation}</a>
        </li>
      ))}
    </ul>
  );
}

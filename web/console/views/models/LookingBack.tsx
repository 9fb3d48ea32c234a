import { useState } from "preact/hooks";
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

const PAGE = 50;
const MOST = 500;

/** What the truth check did not let out, and why. */
export function BlocksTab() {
  const { w, language } = useWords();
  const [most, setMost] = useState(PAGE);
  const { data, problem, reload } = useLoaded<{ items: BlockRow[] }>(`/models/blocks?most=${most}`);
  if (problem) return <Problem problem={problem} again={reload} />;
  if (!data) return <Loading />;
  if (data.items.length === 0) return <Empty icon="shield" title={w.m.noBlocks}>{w.m.noBlocksLead}</Empty>;
  return (
    <>
      <ul class="rows blocks">
        {data.items.map((row, index) => {
          const reasons = reasonsOf(row.why);
          return (
            <li key={index}>
              <p>{row.text ? <Marked text={row.text} parts={reasons.map((each) => each.text)} /> : <span class="quiet">{w.m.wordsGone}</span>}</p>
              <ul class="reasons">
                {reasons.map((each) => <li key={`${each.kind} ${each.text}`}>{w.m.reasons[each.kind] ?? w.m.why}{each.text && <>: <q>{each.text}</q></>}</li>)}
              </ul>
              <p class="row quiet">
                <time dateTime={row.at}>{moment(row.at, language)}</time>
                <a class="small" href={inboxPlace("all", row.conversation)}>{w.toConversation}</a>
              </p>
            </li>
          );
        })}
      </ul>
      {data.items.length === most && most < MOST && <button type="button" class="button" onClick={() => setMost(Math.min(MOST, most + PAGE))}>{w.older}</button>}
    </>
  );
}

interface Reason {
  kind: string;
  text: string;
}

/** `price: 39,000원; banned: best` as its parts; what is worded otherwise stays whole. */
function reasonsOf(why: string): Reason[] {
  return why.split(/; (?=[a-z]+: )/).map((part) => {
    const [, kind, text] = /^([a-z]+): (.*)$/s.exec(part) ?? [];
    return kind && text ? { kind, text } : { kind: "", text: part };
  });
}

/** A text with the parts in it that were wrong standing out. */
function Marked({ text, parts }: { text: string; parts: string[] }) {
  const found = parts.map((part) => [text.indexOf(part), part.length] as const).filter(([at, length]) => at >= 0 && length > 0 && length < text.length).sort((a, b) => a[0] - b[0]);
  const shown = [];
  let end = 0;
  for (const [at, length] of found) {
    if (at < end) continue;
    shown.push(text.slice(end, at), <mark key={at}>{text.slice(at, at + length)}</mark>);
    end = at + length;
  }
  return <>{[...shown, text.slice(end)]}</>;
}

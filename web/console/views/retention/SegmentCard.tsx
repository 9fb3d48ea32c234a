import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { display } from "../../money";
import { useLoaded, useSession, useWords } from "../../context";
import { Loading, Problem } from "../ui";
import { AssumeDialog, BeginDialog } from "./dialogs";
import type { Person, Segment } from "./shapes";

const PAGE = 20;

/** A segment: who, what is at stake, what to do, and what that may bring. */
export function SegmentCard({ one, currency, edits, onChange }: { one: Segment; currency: string; edits: boolean; onChange: () => void }) {
  const { may } = useSession();
  const { w, language } = useWords();
  const [open, setOpen] = useState(false);
  const [dialog, setDialog] = useState<"assume" | "begin" | null>(null);
  const money = (amount: number) => display(amount, currency, language);
  return (
    <article class="sheet-card segment" aria-label={one.title}>
      <header>
        <h2>{one.title} <span class="chip">{w.l.people(new Intl.NumberFormat(language).format(one.people))}</span></h2>
        <p class="segment-stake" title={w.l.atStakeHint}><span class="quiet">{w.l.atStake}</span> <strong>{money(one.at_stake)}</strong></p>
      </header>
      <p class="quiet">{one.who}</p>
      <dl class="segment-parts">
        <div><dt>{w.l.suggestion}</dt><dd><strong>{one.action}</strong><br />{one.how}</dd></div>
        <div><dt>{w.l.expected}</dt><dd><Expected one={one} money={money} /></dd></div>
      </dl>
      <div class="row">
        {may.includes("see_all") && (
          <button type="button" class="button" aria-expanded={open} onClick={() => setOpen(!open)}><Icon name="people" size={16} />{open ? w.l.hide : w.l.show}</button>
        )}
        {edits && !one.treatment && <button type="button" class="button" onClick={() => setDialog("begin")}><Icon name="flag" size={16} />{w.l.start}</button>}
        {edits && <button type="button" class="button" onClick={() => setDialog("assume")}><Icon name="pen" size={16} />{one.assumed ? w.l.changeAssumption : w.l.assume}</button>}
        {one.treatment && <span class="quiet">{w.l.running}</span>}
      </div>
      {open && <People segment={one.segment} money={money} />}
      {dialog === "assume" && <AssumeDialog one={one} onClose={() => setDialog(null)} onDone={onChange} />}
      {dialog === "begin" && <BeginDialog one={one} currency={currency} onClose={() => setDialog(null)} onDone={onChange} />}
    </article>
  );
}

function Expected({ one, money }: { one: Segment; money: (amount: number) => string }) {
  const { w, language } = useWords();
  const found = one.expected;
  if (!found) return <span class="quiet">{w.l.unknown}</span>;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const [low, high] = found.gain.map((each) => number.format(each)) as [string, string];
  const [few, many] = found.buyers.map((each) => number.format(each)) as [string, string];
  return (
    <>
      <strong>{w.l.gain(low, high)}</strong>
      <br />
      {w.l.buyers(few, many, `${money(found.amount[0])}–${money(found.amount[1])}`)}
      <br />
      <small class="quiet">{found.source === "measured" ? w.l.measured : w.l.assumed(found.by?.name ?? "")}</small>
    </>
  );
}

function People({ segment, money }: { segment: string; money: (amount: number) => string }) {
  const { w, language } = useWords();
  const [limit, setLimit] = useState(PAGE);
  const { data, problem, reload } = useLoaded<{ items: Person[]; total: number }>(`/insights/segments/${segment}/people?limit=${limit}&in=${language}`);
  if (problem) return <Problem problem={problem} again={reload} />;
  if (!data) return <Loading />;
  return (
    <>
      <div class="metrics-table people-table is-stacked" tabIndex={0} role="region" aria-label={w.l.show}>
        <table>
          <thead>
            <tr><th scope="col">{w.l.person}</th><th scope="col" class="words">{w.l.why}</th><th scope="col" class="words">{w.l.usual}</th><th scope="col">{w.l.chance}</th><th scope="col">{w.l.atStake}</th></tr>
          </thead>
          <tbody>
            {data.items.map((person) => (
              <tr key={person.customer}>
                <th scope="row">
                  {person.name || person.email || person.phone}
                  <small>{[person.name && person.email, person.phone].filter(Boolean).join(" · ")}</small>
                  <small>{w.l.agreed}: {person.agreed.join(", ") || w.l.notAgreed}</small>
                  {person.held_out && <span class="chip">{w.l.leftOut}</span>}
                </th>
                <td class="words" data-head={w.l.why}><ul class="reasons">{person.reasons.map((each) => <li key={each}>{each}</li>)}</ul></td>
                <td class="words" data-head={w.l.usual}>{person.usual.join(", ") || "–"}</td>
                <td data-head={w.l.chance}>{person.probability > 0.99 ? ">99" : Math.round(person.probability * 100)}%</td>
                <td data-head={w.l.atStake}>{money(person.at_stake)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="row">
        {data.total > data.items.length && limit < 200 && <button type="button" class="button" onClick={() => setLimit(Math.min(200, limit + PAGE))}>{w.l.more}</button>}
        <a class="button" href={`/api/staff/insights/segments/${segment}/people.csv`} download><Icon name="file" size={16} />{w.l.csv}</a>
      </div>
    </>
  );
}

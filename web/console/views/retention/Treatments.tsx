import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useDesk, useSession, useWords } from "../../context";
import { Dialog } from "../ui";
import type { Treatment } from "./shapes";

/** What was done, and what came of it against those left out. */
export function Treatments({ items, edits, onChange }: { items: Treatment[]; edits: boolean; onChange: () => void }) {
  const desk = useDesk();
  const { may, time_zone: timeZone } = useSession();
  const { w, language } = useWords();
  const [stopping, setStopping] = useState<Treatment | null>(null);
  const day = (at: string) => new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone }).format(new Date(at));
  const stop = (one: Treatment) => {
    setStopping(null);
    void desk.api.post(`/insights/treatments/${one.id}/stop`).then(onChange, (error: unknown) => desk.complain(error));
  };
  return (
    <section class="assist">
      <h2 class="group-head">{w.l.treatments}</h2>
      {items.length === 0 && <p class="quiet">{w.l.noTreatments}</p>}
      {items.length > 0 && (
        <div class="metrics-table people-table is-stacked treatments" tabIndex={0} role="region" aria-label={w.l.treatments}>
          <table>
            <thead>
              <tr><th scope="col">{w.l.action}</th><th scope="col">{w.l.period}</th><th scope="col">{w.l.treated}</th><th scope="col">{w.l.control}</th><th scope="col">{w.l.effect}</th><th scope="col">{w.l.roi}</th></tr>
            </thead>
            <tbody>
              {items.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    {one.action}
                    <small>{one.title} · {one.by.name}</small>
                    {one.state === "running" && (
                      <div class="row treatment-acts">
                        {may.includes("see_all") && <a class="button" href={`/api/staff/insights/treatments/${one.id}/people.csv`} download><Icon name="file" size={16} />{w.l.list}</a>}
                        {edits && <button type="button" class="button" onClick={() => setStopping(one)}>{w.l.stop}</button>}
                      </div>
                    )}
                  </th>
                  <td data-head={w.l.period}>{day(one.started_at)}–{day(one.ends_at)}<small>{w.l[one.state]}</small></td>
                  <td data-head={w.l.treated}>{w.l.bought(one.treated.bought, one.treated.people)}</td>
                  <td data-head={w.l.control}>{w.l.bought(one.held_out.bought, one.held_out.people)}</td>
                  <td data-head={w.l.effect}><Effect one={one} on={day(one.ends_at)} /></td>
                  <td data-head={w.l.roi}>{one.return_on_spend === null ? "–" : `${Math.round(one.return_on_spend * 100)}%`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {stopping && (
        <Dialog title={`${stopping.action} · ${w.l.stop}`} onClose={() => setStopping(null)}>
          <div class="form-grid">
            <p>{w.l.stopSure}</p>
            <div class="dialog-acts">
              <button type="button" class="button" data-first onClick={() => setStopping(null)}>{w.cancel}</button>
              <button type="button" class="button is-bad" onClick={() => stop(stopping)}>{w.l.stop}</button>
            </div>
          </div>
        </Dialog>
      )}
    </section>
  );
}

function Effect({ one, on }: { one: Treatment; on: string }) {
  const { w } = useWords();
  if (one.state === "running") return <span class="quiet">{w.l.waiting(on)}</span>;
  if (!one.effect) return <>–</>;
  const points = (share: number) => `${share > 0 ? "+" : ""}${(share * 100).toFixed(1)}`;
  const { gain, low, high } = one.effect;
  return (
    <>
      {w.l.effectTold(points(gain), points(low), points(high))}
      {low <= 0 && high >= 0 && <small>{w.l.nothingSure}</small>}
    </>
  );
}

import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { moment } from "../../../shared/wording";
import { useDesk, useLoaded, useSession, useWords } from "../../context";
import { Empty, Loading, Problem, Sheet } from "../ui";
import { SegmentCard } from "./SegmentCard";
import type { Overview } from "./shapes";
import { Treatments } from "./Treatments";

/** A large shop takes minutes. */
const RECKONING_MS = 600_000;

/** Who is likely to leave, how well that is known, and what is done about it. */
export function RetentionRoom() {
  const desk = useDesk();
  const { may } = useSession();
  const { w, language } = useWords();
  const { data, problem, reload, set } = useLoaded<Overview>(`/insights?in=${language}`);
  const [reckoning, setReckoning] = useState(false);
  const number = new Intl.NumberFormat(language);
  const edits = may.includes("edit_settings");
  const reckon = async () => {
    setReckoning(true);
    try {
      set(await desk.api.post<Overview>("/insights/reckon", {}, RECKONING_MS));
    } catch (error) {
      desk.complain(error);
    } finally {
      setReckoning(false);
    }
  };
  return (
    <Sheet
      title={w.rooms["retention"] ?? ""}
      lead={w.l.lead}
      acts={
        <>
          {edits && <button type="button" class="button" disabled={reckoning} onClick={() => void reckon()}><Icon name="again" size={16} />{reckoning ? w.l.reckoning : w.l.reckon}</button>}
          {data && data.segments.length > 0 && <a class="button" href="/api/staff/insights/segments.csv" download><Icon name="file" size={16} />{w.l.csv}</a>}
        </>
      }
    >
      {problem ? <Problem problem={problem} again={reload} /> : !data ? <Loading /> : null}
      {data?.trouble && <Empty icon="heart" title={w.l.nothing}>{data.trouble}</Empty>}
      {data && !data.trouble && data.at && data.horizon !== null && (
        <>
          <p class="quiet retention-told">{w.l.told(moment(data.at, language), data.horizon, number.format(data.scored))}</p>
          {data.segments.length === 0 && <Empty icon="heart" title={w.l.nobody} />}
          <div class="cards">
            {data.segments.map((one) => <SegmentCard key={one.segment} one={one} currency={data.currency} edits={edits} onChange={reload} />)}
          </div>
          <QualityTable overview={data} />
        </>
      )}
      {data && (data.treatments.length > 0 || !data.trouble) && <Treatments items={data.treatments} edits={edits} onChange={reload} />}
    </Sheet>
  );
}

function QualityTable({ overview }: { overview: Overview }) {
  const { w, language } = useWords();
  const proof = overview.models.find((each) => each.chosen)?.quality;
  if (!proof || overview.horizon === null) return null;
  return (
    <section class="assist">
      <h2 class="group-head">{w.l.quality}</h2>
      <p class="quiet">{w.l.qualityLead(overview.horizon, new Intl.NumberFormat(language).format(proof.people))}</p>
      <div class="metrics-table" tabIndex={0} role="region" aria-label={w.l.quality}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.l.way}</th>
              <th scope="col" title={w.l.aucHint}>{w.l.auc}<small>95 %</small></th>
              <th scope="col" title={w.l.brierHint}>{w.l.brier}</th>
              <th scope="col" title={w.l.eceHint}>{w.l.ece}</th>
              <th scope="col" title={w.l.liftHint}>{w.l.lift}</th>
            </tr>
          </thead>
          <tbody>
            {overview.models.map(({ name, title, chosen, quality }) => (
              <tr key={name}>
                <th scope="row">{title}{chosen && <small>{w.l.used}</small>}</th>
                <td>{quality.auc.value.toFixed(3)}<small>{quality.auc.low.toFixed(3)}–{quality.auc.high.toFixed(3)}</small></td>
                <td>{quality.brier.toFixed(3)}</td>
                <td>{quality.ece.toFixed(3)}</td>
                <td>×{quality.lift.toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <details class="meanings">
        <summary>{w.whatTheyMean}</summary>
        <dl class="pairs">
          {([["auc", "aucHint"], ["brier", "brierHint"], ["ece", "eceHint"], ["lift", "liftHint"], ["atStake", "atStakeHint"]] as const).map(([name, hint]) => <div key={name}><dt>{w.l[name]}</dt><dd>{w.l[hint]}</dd></div>)}
        </dl>
      </details>
    </section>
  );
}

import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useDesk, useLoaded, useWords } from "../../context";
import { Empty, Field, Loading, Problem } from "../ui";
import type { Stage, StageRule, Stages } from "./shapes";
import { STAGES } from "./shapes";

/** How far customers are served, by channel and share, and the one switch back. */
export function StagesTab() {
  const desk = useDesk();
  const { w } = useWords();
  const { data, problem, reload, set } = useLoaded<Stages>("/models/stages");
  const save = async (part: Partial<Stages>) => {
    if (!data) return;
    const before = data;
    const put = async (stages: Stages) => set(await desk.api.put<Stages>("/models/stages", stages));
    try {
      await put({ ...data, ...part });
      desk.toast(w.done.saved, { label: w.undo, run: () => void put(before).catch((error) => desk.complain(error)) });
    } catch (error) {
      desk.complain(error);
    }
  };
  if (problem) return <Problem problem={problem} again={reload} />;
  if (!data) return <Loading />;
  const held = STAGES.indexOf(data.at_most) < STAGES.indexOf("answers");
  return (
    <>
      <section class="sheet-card form-grid">
        <Field label={w.m.atMost} hint={w.m.atMostHint}>
          {(ids) => <StageSelect ids={ids} value={data.at_most} onChange={(at_most) => void save({ at_most })} />}
        </Field>
        <div><button type="button" class="button" onClick={() => void save({ at_most: held ? "full" : "understanding" })}><Icon name="power" size={16} />{held ? w.m.letGo : w.m.holdBack}</button></div>
      </section>
      <dl class="sheet-card stage-list">
        {STAGES.map((each) => (
          <div key={each} class={STAGES.indexOf(each) > STAGES.indexOf(data.at_most) ? "is-off" : ""}>
            <dt>{w.m.stage[each]}</dt>
            <dd>{w.m.stageTold[each]}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">{w.m.everyStage}</p>
      <h2>{w.m.rules}</h2>
      <p class="quiet">{w.m.rulesHint}</p>
      {data.stages.length === 0 && <Empty icon="bars" title={w.m.noRules} />}
      <ol class="rows">
        {data.stages.map((rule, index) => (
          <li key={index} class="row">
            <span class="grow"><strong>{w.m.stage[rule.stage]}</strong> <small class="quiet">{channelsOf(rule, w.channels, w.m.everyChannel)} · {rule.share}%</small></span>
            <button type="button" class="icon-button" aria-label={w.removeThis(w.m.stage[rule.stage] ?? rule.stage)} onClick={() => void save({ stages: data.stages.toSpliced(index, 1) })}><Icon name="trash" size={16} /></button>
          </li>
        ))}
      </ol>
      <RuleForm onAdd={(rule) => void save({ stages: [...data.stages, rule] })} />
    </>
  );
}

function RuleForm({ onAdd }: { onAdd: (rule: StageRule) => void }) {
  const { w } = useWords();
  const [stage, setStage] = useState<Stage>("full");
  const [channel, setChannel] = useState("");
  const [share, setShare] = useState("100");
  return (
    <form
      class="sheet-card form-grid"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd({ stage, channels: channel ? [channel] : [], share: Number(share) });
      }}
    >
      <div class="two">
        <Field label={w.m.tabs["stages"] ?? ""}>{(ids) => <StageSelect ids={ids} value={stage} onChange={setStage} />}</Field>
        <Field label={w.channel}>
          {(ids) => (
            <select {...ids} value={channel} onChange={(event) => setChannel(event.currentTarget.value)}>
              <option value="">{w.m.everyChannel}</option>
              {Object.entries(w.channels).map(([name, label]) => <option key={name} value={name}>{label}</option>)}
            </select>
          )}
        </Field>
        <Field label={w.m.share}>{(ids) => <input {...ids} type="number" min={0} max={100} required value={share} onInput={(event) => setShare(event.currentTarget.value)} />}</Field>
      </div>
      <div><button type="submit" class="button">{w.m.addRule}</button></div>
    </form>
  );
}

function StageSelect({ ids, value, onChange }: { ids: object; value: Stage; onChange: (stage: Stage) => void }) {
  const { w } = useWords();
  return (
    <select {...ids} value={value} onChange={(event) => onChange(event.currentTarget.value as Stage)}>
      {STAGES.map((each) => <option key={each} value={each}>{w.m.stage[each]}</option>)}
    </select>
  );
}

function channelsOf(rule: StageRule, channels: Record<string, string>, every: string): string {
  return rule.channels.map((each) => channels[each] ?? each).join(", ") || every;
}

import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useLoaded, useWords } from "../../context";
import { blankOf, isMoney, resolved, SchemaForm, shaped } from "../SchemaForm";
import type { Talk } from "../../talk";
import type { Action } from "../../types";
import { OFTEN, toolTitles } from "../../words/tools";
import { Dialog, Loading, Problem } from "../ui";
import { Over, useActing } from "./acting";

/** What can be done for this shopper: the assistant's own tools, under the rights of whoever uses them. */
export function ActionsDialog({ talk, onClose }: { talk: Talk; onClose: () => void }) {
  const { w, language } = useWords();
  const { data, problem, reload } = useLoaded<{ actions: Action[] }>(`${talk.path}/actions`);
  const [chosen, setChosen] = useState<Action | null>(null);
  const [typed, setTyped] = useState("");
  const titled = (data?.actions ?? []).map((action) => ({ ...action, title: toolTitles[language][action.tool] ?? action.title }));
  const found = titled.filter((action) => `${action.title} ${action.tool}`.toLowerCase().includes(typed.trim().toLowerCase()));
  const often = OFTEN.flatMap((tool) => found.filter((action) => action.tool === tool));
  const groups: [string, Action[], boolean][] = [
    [w.effects.often, often, true],
    [w.effects.write, found.filter((action) => action.effect !== "read" && !OFTEN.includes(action.tool)), typed !== ""],
    [w.effects.read, found.filter((action) => action.effect === "read"), typed !== ""],
  ];
  return (
    <Dialog title={chosen?.title ?? w.actions} onClose={onClose}>
      {problem ? <Problem problem={problem} again={reload} /> : !data ? <Loading /> : null}
      {data && !chosen && (
        <>
          <input type="search" class="wide-input" aria-label={w.search} placeholder={w.actionHint} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
          {groups.map(([title, actions, open]) =>
            actions.length === 0 ? null : (
              <details key={`${title}:${open}`} open={open}>
                <summary class="group-title">{title}</summary>
                <ul class="choices-list">
                  {actions.map((action) => (
                    <li key={action.tool}>
                      <button type="button" onClick={() => setChosen(action)}>
                        <span>{action.title}</span>
                        <Icon name="down" size={14} />
                      </button>
                    </li>
                  ))}
                </ul>
              </details>
            ),
          )}
          {groups.every(([, actions]) => actions.length === 0) && <p class="quiet">{w.nothingFound}</p>}
        </>
      )}
      {chosen && <ActionForm action={chosen} talk={talk} onBack={() => setChosen(null)} onClose={onClose} />}
    </Dialog>
  );
}

interface FormProps {
  action: Action;
  talk: Talk;
  onBack: () => void;
  onClose: () => void;
}

function ActionForm({ action, talk, onBack, onClose }: FormProps) {
  const { w } = useWords();
  const money = OFTEN.includes(action.tool) && Object.values(action.args.properties ?? {}).some((part) => isMoney(resolved(part, action.args)));
  const [values, setValues] = useState(() => blankOf(action.args, known(action, talk)));
  const { busy, over, problem, errors, act } = useActing(talk);
  const submit = (event: Event) => {
    event.preventDefault();
    void act(action.tool, shaped(action.args, values, talk.state.sidebar?.cart?.total.currency ?? "KRW"));
  };
  if (over) return <Over over={over} done={w.acted(action.title)} onClose={onClose}><Result result={over.result} /></Over>;
  return (
    <form class="form-grid" onSubmit={submit}>
      <SchemaForm schema={action.args} values={values} errors={errors} onChange={setValues} />
      {problem && <p class="failed" role="alert">{problem}</p>}
      <div class="dialog-acts">
        <button type="button" class="button" onClick={onBack}>{w.back}</button>
        <button type="submit" class={`button ${money ? "is-bad" : "is-main"}`} aria-disabled={busy}>{action.title}</button>
      </div>
    </form>
  );
}

/** What the conversation tells already need not be typed: the one order it is about. */
function known(action: Action, talk: Talk): Record<string, string> {
  const { detail, sidebar } = talk.state;
  const order = detail?.card?.orders[0] ?? (sidebar?.orders.length === 1 ? sidebar.orders[0]?.order : undefined);
  return order ? Object.fromEntries(Object.keys(action.args.properties ?? {}).filter((name) => /^order(_number|_no)?$/.test(name)).map((name) => [name, order])) : {};
}

/** What came of it, as pairs of plain text. */
function Result({ result }: { result: unknown }) {
  const { w } = useWords();
  if (typeof result !== "object" || result === null) return null;
  const rows = Object.entries(result).flatMap(([name, value]): [string, string][] => {
    if (typeof value === "string" || typeof value === "number") return value === "" ? [] : [[name, String(value)]];
    if (typeof value === "object" && value !== null && "display" in value) return [[name, String(value.display)]];
    return [];
  });
  if (!rows.length) return null;
  return <dl class="pairs">{rows.map(([name, value]) => <div key={name}><dt>{w.known[name] ?? name.replaceAll("_", " ")}</dt><dd>{value}</dd></div>)}</dl>;
}

import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useDesk, useWords } from "../../context";
import type { TrialRow } from "./shapes";
import { TRIALS } from "./shapes";

/** A button that asks the models in use real questions; each row stands as soon as it is known. */
export function TrialTable() {
  const desk = useDesk();
  const { w } = useWords();
  const [rows, setRows] = useState<TrialRow[]>([]);
  const [trying, setTrying] = useState(false);
  const run = async () => {
    setTrying(true);
    setRows([]);
    try {
      for (const trial of TRIALS) {
        const told = await desk.api.post<{ items: TrialRow[] }>("/models/test", { trial });
        setRows((before) => [...before, ...told.items]);
      }
    } catch (error) {
      desk.complain(error);
    } finally {
      setTrying(false);
    }
  };
  return (
    <>
      <div><button type="button" class="button" disabled={trying} onClick={() => void run()}><Icon name="spark" size={16} />{trying ? w.m.testing : w.m.test}</button></div>
      <div role="status">
        {rows.length > 0 && (
          <div class="metrics-table" tabIndex={0} role="region" aria-label={w.m.test}>
            <table>
              <thead>
                <tr><th scope="col">{w.m.trial}</th><th scope="col">{w.m.model}</th><th scope="col">{w.m.result}</th><th scope="col">{w.m.firstWord}</th><th scope="col">{w.m.whole}</th><th scope="col">{w.m.tokens}</th><th scope="col">US$</th></tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={`${row.model} ${row.trial}`}>
                    <th scope="row">{w.m.trials[row.trial]}</th>
                    <td>{row.model}</td>
                    <td>{row.works ? w.m.works : w.m.worksNot}{row.trouble && <small>{row.trouble}</small>}</td>
                    <td>{row.first_word === null ? "–" : w.m.seconds(row.first_word)}{row.waited !== null && <small>{w.m.tooSlow(row.waited)}</small>}</td>
                    <td>{row.seconds === null ? "–" : w.m.seconds(row.seconds)}</td>
                    <td>{row.tokens ?? "–"}</td>
                    <td>{row.dollars === null ? w.m.unknown : row.dollars.toFixed(6)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </>
  );
}

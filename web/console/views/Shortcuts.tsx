import { useDesk, useWords } from "../context";
import { useStore } from "../store";
import { VIEWS } from "../places";
import { Dialog } from "./ui";

/** Everything that can be done by keys, and the switch to have none of it. */
export function Shortcuts({ rooms, onClose }: { rooms: Record<string, string>; onClose: () => void }) {
  const desk = useDesk();
  const { keys } = useStore(desk.alerts);
  const { w } = useWords();
  const groups: [string, [string, string][]][] = [
    [w.keyGroups.list, [["j / k", w.keysSaid.move], ["Enter", w.keysSaid.open], ["/", w.keysSaid.search], ["f", w.keysSaid.filters], ["w", w.a.takeNext], ["Esc", w.keysSaid.back]]],
    [
      w.keyGroups.talk,
      [["r", w.keysSaid.reply], ["n", w.keysSaid.note], ["a", w.keysSaid.take], ["e", w.keysSaid.resolve], ["t", w.keysSaid.transfer], ["z", w.keysSaid.snooze], ["x", w.keysSaid.close], ["b", w.keysSaid.giveBack], ["d", w.keysSaid.actions], ["l", w.keysSaid.labels], ["s", w.keysSaid.suggest], ["]", w.keysSaid.side]],
    ],
    [w.keyGroups.write, [["Enter", w.keysSaid.send], ["Shift Enter", w.keysSaid.line], ["/", w.keysSaid.canned], ["@", w.keysSaid.mention]]],
    [w.keyGroups.go, [...VIEWS.map((view, index): [string, string] => [String(index + 1), w.views[view]]), ...Object.entries(rooms).map(([room, key]): [string, string] => [`g ${key}`, w.rooms[room] ?? room])]],
  ];
  return (
    <Dialog title={w.shortcuts} onClose={onClose} wide>
      <label class="check">
        <input type="checkbox" checked={keys} onChange={(event) => desk.alerts.set({ keys: event.currentTarget.checked })} />
        <span>{w.keysOn}</span>
      </label>
      <div class="key-groups">
        {groups.map(([title, lines]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {lines.map(([key, what]) => (
                <div key={key + what}>
                  <dt>{key.split(" ").map((each) => (each === "/" && key.includes(" / ") ? <span key={each}>/</span> : <kbd key={each}>{each}</kbd>))}</dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

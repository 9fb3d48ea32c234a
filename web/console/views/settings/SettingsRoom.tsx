import { useState } from "preact/hooks";
import { Refused } from "../../../shared/refused";
import { useDesk, useLoaded, useWords } from "../../context";
import { Loading, Problem, Sheet, Tabs } from "../ui";
import { AssistantTab } from "./AssistantForm";
import { HoursForm } from "./HoursForm";
import { ModesForm } from "./ModesForm";
import { OutreachTab } from "./OutreachForm";
import { RulesForm } from "./RulesForm";
import { ServiceForm } from "./ServiceForm";
import { TryRules } from "./TryRules";
import { UndoBar } from "./UndoBar";
import type { DeskSettings } from "./shapes";

const TABS = ["assistant", "outreach", "hours", "service", "rules", "modes"] as const;

/** How the assistant behaves and the desk is run: when it is open, how conversations are given out, when a person is called. */
export function SettingsRoom({ rest }: { rest: string[] }) {
  const desk = useDesk();
  const { w } = useWords();
  const tab = TABS.find((each) => each === rest[0]) ?? "assistant";
  const { data, problem, reload, set } = useLoaded<DeskSettings>("/settings");
  const [wrong, setWrong] = useState("");
  const save = async (part: Partial<DeskSettings>) => {
    if (!data) return;
    const before = data;
    const put = async (settings: DeskSettings) => set((await desk.api.put<DeskSettings | undefined>("/settings", settings)) ?? settings);
    setWrong("");
    try {
      await put({ ...data, ...part });
      desk.toast(w.done.saved, { label: w.undo, run: () => void put(before).catch((error) => desk.complain(error)) });
    } catch (error) {
      setWrong(error instanceof Refused ? [error.message, ...error.errors.map((each) => `${each.field ?? ""}: ${each.detail ?? ""}`)].join(" ") : w.unreachable);
    }
  };
  return (
    <Sheet title={w.rooms["settings"] ?? ""} lead={w.s.leads[tab]}>
      <Tabs label={w.rooms["settings"] ?? ""} at={tab} tabs={TABS.map((each) => ({ id: each, label: w.s.tabs[each], href: `/console/settings/${each}` }))} />
      {tab === "assistant" ? <AssistantTab /> : tab === "outreach" ? <OutreachTab /> : problem ? <Problem problem={problem} again={reload} /> : !data ? <Loading /> : <UndoBar<DeskSettings> part="desk" of={data} onUndone={set} />}
      {wrong && <p class="failed" role="alert">{wrong}</p>}
      {data && tab === "hours" && <HoursForm key={JSON.stringify(data.hours)} hours={data.hours} onSave={(hours) => void save({ hours })} />}
      {data && tab === "service" && <ServiceForm key={JSON.stringify(data)} settings={data} onSave={(part) => void save(part)} />}
      {data && tab === "rules" && <RulesForm rules={data.rules} onSave={(rules) => void save({ rules })} />}
      {data && tab === "rules" && <TryRules rules={data.rules} />}
      {data && tab === "modes" && <ModesForm modes={data.modes} onSave={(modes) => void save({ modes })} />}
    </Sheet>
  );
}

import { useWords } from "../../context";
import { Sheet, Tabs } from "../ui";
import { BlocksTab, CostsTab } from "./LookingBack";
import { ChoiceTab } from "./ChoiceTab";
import { LimitsTab } from "./LimitsTab";
import { StagesTab } from "./StagesTab";

const TABS = ["choice", "stages", "limits", "costs", "blocks"] as const;

/** The language models: which are used, how far they go, what they cost, what was not let out. */
export function ModelsRoom({ rest }: { rest: string[] }) {
  const { w } = useWords();
  const tab = TABS.find((each) => each === rest[0]) ?? "choice";
  return (
    <Sheet title={w.rooms["models"] ?? ""} lead={w.m.leads[tab] ?? ""}>
      <Tabs label={w.rooms["models"] ?? ""} at={tab} tabs={TABS.map((each) => ({ id: each, label: w.m.tabs[each] ?? each, href: `/console/models/${each}` }))} />
      {tab === "choice" && <ChoiceTab />}
      {tab === "stages" && <StagesTab />}
      {tab === "limits" && <LimitsTab />}
      {tab === "costs" && <CostsTab />}
      {tab === "blocks" && <BlocksTab />}
    </Sheet>
  );
}

import { useMemo, useRef, useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { BlockContext } from "../../../shared/views/context";
import { useWords } from "../../context";
import { useKeys } from "../../keys";
import { useStore } from "../../store";
import type { Talk } from "../../talk";
import type { View } from "../../types";
import { Empty, Loading, Problem } from "../ui";
import { ActionsDialog } from "./ActionsDialog";
import { Composer } from "./Composer";
import type { ComposerHandle } from "./Composer";
import { LabelsDialog } from "./LabelsDialog";
import { MergeDialog } from "./MergeDialog";
import { SideView } from "./SideView";
import { SnoozeDialog } from "./SnoozeDialog";
import { TalkHead } from "./TalkHead";
import { TalkLog } from "./TalkLog";
import { TransferDialog } from "./TransferDialog";
import { TranslateBar } from "./TranslateBar";
import { useActs } from "./acts";
import { watched } from "./watching";

export type DialogName = "transfer" | "snooze" | "labels" | "merge" | "actions";

interface Props {
  talk: Talk;
  view: View;
  side: boolean;
  onBack: () => void;
  onSide: () => void;
}

/** One conversation with all that may be done in it. */
export function ConversationView({ talk, onBack, side, onSide }: Props) {
  const { detail, problem, missing, sidebar } = useStore(talk);
  const { w, language } = useWords();
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const composer = useRef<ComposerHandle>(null);
  const acts = useActs(talk);
  const surface = useMemo(() => watched(detail?.thread.language === "en" ? "en" : detail ? "ko" : language), [detail?.thread.language]);
  const beside = useMemo(() => watched(language), [language]); // what staff read of the shop, in their own language
  const allowed = detail?.allowed ?? [];
  const when = (verb: string, run: () => void) => (allowed.includes(verb) ? run : () => undefined);
  useKeys({
    r: () => composer.current?.write("reply"),
    n: () => composer.current?.write("note"),
    s: () => composer.current?.suggest(),
    a: when("take", acts.take),
    e: when("resolve", acts.resolve),
    b: when("give_back", acts.giveBack),
    x: when("close", acts.close),
    t: () => allowed.includes("transfer") && setDialog("transfer"),
    z: () => allowed.includes("snooze") && setDialog("snooze"),
    l: () => allowed.includes("labels") && setDialog("labels"),
    d: () => allowed.includes("act") && setDialog("actions"),
  });
  if (missing) {
    return (
      <section class="talk is-empty" aria-label={w.conversation}>
        <Empty icon="search" title={w.noConversation}>
          <button type="button" class="small" onClick={onBack}>{w.back}</button>
        </Empty>
      </section>
    );
  }
  const shut = () => setDialog(null);
  return (
    <BlockContext.Provider value={surface}>
      <section class="talk" aria-label={w.conversation}>
        {detail && <TalkHead talk={talk} detail={detail} acts={acts} onBack={onBack} onDialog={setDialog} side={side} onSide={onSide} />}
        {problem && <Problem problem={null} again={() => void talk.load()} />}
        {sidebar?.contact["purpose"] === "call_back" && sidebar.contact["phone"] && (
          <p class="call-back">
            <Icon name="bell" size={16} />
            <span class="grow">{w.a.callBack(sidebar.contact["phone"])}</span>
            <a class="small" href={`tel:${sidebar.contact["phone"]}`}>{w.a.called}</a>
          </p>
        )}
        {detail && <TranslateBar talk={talk} detail={detail} />}
        {detail ? <TalkLog talk={talk} detail={detail} /> : problem ? null : <Loading />}
        {detail && <Composer key={talk.id} ref={composer} talk={talk} detail={detail} onTake={acts.take} />}
      </section>
      {side && (
        <BlockContext.Provider value={beside}>
          <SideView talk={talk} onClose={onSide} />
        </BlockContext.Provider>
      )}
      {detail && dialog === "transfer" && <TransferDialog talk={talk} detail={detail} onClose={shut} />}
      {detail && dialog === "snooze" && <SnoozeDialog acts={acts} onClose={shut} />}
      {detail && dialog === "labels" && <LabelsDialog acts={acts} thread={detail.thread} onClose={shut} />}
      {detail && dialog === "merge" && <MergeDialog talk={talk} detail={detail} onClose={shut} />}
      {detail && dialog === "actions" && <ActionsDialog talk={talk} onClose={shut} />}
    </BlockContext.Provider>
  );
}

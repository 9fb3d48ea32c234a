/** What staff do with a conversation, each with its word and, where there is one, its way back. */
import { useMemo } from "preact/hooks";
import { go } from "../../../shared/router";
import { useDesk, useWords } from "../../context";
import type { Desk } from "../../desk";
import { inboxPlace } from "../../places";
import type { Talk } from "../../talk";
import type { Priority, Thread } from "../../types";
import type { Words } from "../../words/words";

export interface Acts {
  take: () => void;
  resolve: () => void;
  giveBack: () => void;
  close: () => void;
  reopen: () => void;
  wake: () => void;
  snooze: (until: Date) => Promise<boolean>;
  setLabels: (labels: string[], before: string[]) => void;
  setPriority: (priority: Priority) => void;
}

export function useActs(talk: Talk): Acts {
  const desk = useDesk();
  const { w } = useWords();
  return useMemo(() => actsOn(desk, talk, w), [desk, talk, w]);
}

function actsOn(desk: Desk, talk: Talk, w: Words): Acts {
  const run = async (work: () => Promise<unknown>, done?: string, undo?: () => void): Promise<boolean> => {
    try {
      await work();
    } catch (error) {
      desk.complain(error);
      return false;
    }
    if (done) desk.toast(done, undo && { label: w.undo, run: undo });
    desk.inbox.soon();
    return true;
  };
  const post = (verb: string, body: unknown = {}) => talk.act(verb, body);
  // whom one saw having it: a colleague who was quicker is not robbed of it by a click meant for nobody's
  const take = (seen: string) => post("take", { seen_owner: seen });
  const back = (verb: string) => () => void run(() => post(verb));
  const takeBack = () => void run(() => take(""));
  const labels = (wanted: string[]) => run(() => talk.act("labels", { labels: wanted }, "put"));
  return {
    take: () => void run(() => take(talk.state.detail?.thread.owner?.id ?? ""), w.done.take),
    resolve: () => void run(() => post("resolve"), w.done.resolve, takeBack),
    giveBack: () => void run(() => post("give-back"), w.done.giveBack, takeBack),
    close: () => void run(() => post("close"), w.done.close, back("reopen")),
    reopen: () => void run(() => post("reopen"), w.done.reopen),
    wake: () => void run(() => post("wake"), w.done.wake),
    snooze: (until) => run(() => post("snooze", { until: until.toISOString() }), w.done.snooze, back("wake")),
    setLabels: (wanted, before) => {
      const removed = before.filter((label) => !wanted.includes(label));
      void labels(wanted).then((ok) => ok && removed.length > 0 && desk.toast(w.done.labelRemoved(removed.join(", ")), { label: w.undo, run: () => void labels(before) }));
    },
    setPriority: (priority) => void run(() => talk.act("priority", { priority }, "put"), w.done.priority(w.priorities[priority])),
  };
}

/** Takes whoever is served next of those that wait, and opens the conversation. */
export async function takeNext(desk: Desk, w: Words): Promise<void> {
  try {
    const { thread } = await desk.api.post<{ thread: Thread | null }>("/inbox/next");
    if (thread) {
      desk.toast(w.done.take);
      go(inboxPlace("mine", thread.id));
    } else desk.toast(w.a.nobodyWaits);
    desk.inbox.soon();
  } catch (error) {
    desk.complain(error);
  }
}

/** Opens another conversation beside the list one is in. */
export function show(id: string): void {
  const view = location.pathname.split("/")[3];
  go(inboxPlace((view as Parameters<typeof inboxPlace>[0]) || "mine", id, location.search));
}

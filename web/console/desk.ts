/** The desk of whoever is signed in: session, colleagues, approvals, the inbox, the open conversation, the stream. */
import { inOrder } from "../shared/inorder";
import { Questions } from "../shared/questions";
import { Refused } from "../shared/refused";
import { language } from "../shared/preferences";
import { go } from "../shared/router";
import { StaffApi, Unreachable } from "./api";
import { Alerts } from "./alerts";
import type { Drafts } from "./drafts";
import { draftOf, keepDrafts, keptDrafts } from "./drafts";
import { Inbox } from "./inbox";
import type { Heard } from "./live";
import { Live } from "./live";
import { inboxPlace } from "./places";
import { Store } from "./store";
import { Talk } from "./talk";
import type { Approval, Note, Permission, Presence, Session, Staff, Thread } from "./types";
import { words } from "./words/words";

export interface Toast {
  id: number;
  text: string;
  bad?: boolean;
  act?: { label: string; run: () => void };
}

export interface DeskState {
  /** undefined: not known yet. */
  session: Session | null | undefined;
  unreachable: boolean;
  line: boolean;
  people: Staff[];
  /** Those that wait, and those answered since the list was read. */
  approvals: Approval[];
  talk: Talk | null;
  toasts: Toast[];
  drafts: Drafts;
}

const TOAST_MS = 7_000;

export class Desk extends Store<DeskState> {
  readonly api = new StaffApi(language);
  readonly inbox = new Inbox(this.api);
  readonly live: Live;
  readonly alerts = new Alerts();
  private toastNumber = 0;
  private readonly presences = inOrder();
  private readonly waiting = new Questions();
  /** Conversations left with a message that is not sent yet. */
  private readonly unsent = new Map<string, Talk>();

  constructor() {
    super({ session: undefined, unreachable: false, line: true, people: [], approvals: [], talk: null, toasts: [], drafts: {} });
    this.live = new Live(this.api, (line) => this.onLine(line));
    this.live.on((heard) => this.hear(heard));
    this.api.onSignedOut = () => this.lose();
    window.addEventListener("beforeunload", (event) => {
      if (this.state.talk?.state.outbox.length || this.unsent.size) event.preventDefault();
    });
  }

  async begin(): Promise<void> {
    try {
      const session = await this.api.session();
      this.change({ unreachable: false });
      if (session) this.enter(session);
      else this.change({ session: null });
    } catch {
      this.change({ unreachable: true });
      setTimeout(() => void this.begin(), 3_000);
    }
  }

  async signIn(email: string, password: string, code?: string): Promise<void> {
    this.enter(await this.api.signIn(email, password, code));
  }

  async signOut(everywhere = false): Promise<void> {
    await this.api.delete(everywhere ? "/sessions" : "/session");
    keepDrafts(this.me.id, {});
    this.leave();
  }

  may(permission: Permission): boolean {
    return this.state.session?.may.includes(permission) ?? false;
  }

  get me(): Staff {
    const staff = this.state.session?.staff;
    if (!staff) throw new Error("nobody is signed in");
    return staff;
  }

  open(id: string | null): void {
    const { talk } = this.state;
    if (talk?.id === id) return;
    talk?.leave();
    if (talk?.state.outbox.length) this.unsent.set(talk.id, talk);
    const known = id === null ? undefined : this.unsent.get(id);
    this.unsent.delete(id ?? "");
    known?.enter();
    this.change({ talk: id === null ? null : (known ?? new Talk(this.api, id, (left) => this.hearUnsent(left))) });
  }

  keepDraft(place: string, text: string): void {
    const drafts = { ...this.state.drafts, [place]: text };
    this.change({ drafts });
    keepDrafts(this.me.id, drafts);
  }

  async setPresence(presence: Presence): Promise<void> {
    await this.presences(() => this.api.put("/me/presence", { presence }));
    this.changeMe({ presence });
  }

  changeMe(part: Partial<Staff>): void {
    const { session } = this.state;
    if (session) this.change({ session: { ...session, staff: { ...session.staff, ...part } } });
  }

  async loadPeople(): Promise<void> {
    const { session } = this.state;
    const { items } = await this.api.get<{ items: Staff[] }>("/people");
    if (this.isHere(session)) this.change({ people: items });
  }

  async loadApprovals(): Promise<void> {
    const { approvals: before, session } = this.state;
    const counts = this.waiting.ask();
    const { items } = await this.api.get<{ items: Approval[] }>("/approvals?state=waiting");
    if (!counts() || !this.isHere(session)) return;
    // what was heard while this was on its way is newer than it
    const heard = this.state.approvals.filter((each) => !before.includes(each));
    const known = items.map((each) => heard.find((newer) => newer.id === each.id) ?? each);
    this.change({ approvals: [...known, ...heard.filter((each) => each.state === "waiting" && !known.includes(each))] });
  }

  toast(text: string, act?: Toast["act"], bad = false): void {
    const id = ++this.toastNumber;
    const others = this.state.toasts.filter((each) => each.text !== text); // said once, however often it was pressed
    this.change({ toasts: [...others.slice(-2), { id, text, bad, ...(act ? { act } : {}) }] });
    setTimeout(() => this.dismiss(id), TOAST_MS);
  }

  dismiss(id: number): void {
    this.change({ toasts: this.state.toasts.filter((each) => each.id !== id) });
  }

  /** Says what went wrong and what may be done about it. */
  complain(error: unknown): void {
    const w = words[language()];
    if (error instanceof Unreachable) return this.toast(w.unreachable, undefined, true);
    if (!(error instanceof Refused)) throw error;
    const advice = w.advice[error.code];
    this.toast(advice ?? error.message, undefined, true);
    if (error.status === 409) {
      void this.state.talk?.load();
      this.inbox.soon();
    }
    return undefined;
  }

  private onLine(line: boolean): void {
    const back = line && !this.state.line;
    this.change({ line });
    if (back) [...this.unsent.values(), this.state.talk].forEach((talk) => talk?.hurry());
    // away for minutes counts as offline at the desk; whoever had chosen to be there is there again
    const presence = this.state.session?.staff.presence;
    if (back && presence && presence !== "offline") void this.setPresence(presence).catch(() => undefined);
  }

  private enter(session: Session): void {
    this.change({ session, line: true, drafts: keptDrafts(session.staff.id) });
    this.live.start();
    this.lookAgain();
    if (session.staff.presence === "offline") void this.setPresence("online").catch(() => undefined);
  }

  /** The session has ended by itself: what was on its way is kept as a draft for whoever signs in again. */
  private lose(): void {
    if (!this.state.session) return;
    const { talk } = this.state;
    [...this.unsent.values(), ...(talk ? [talk] : [])].forEach((each) => {
      const words = each.takeBack();
      if (words.length) this.keepDraft(draftOf(each.id), [...words, this.state.drafts[draftOf(each.id)]].filter(Boolean).join("\n"));
    });
    this.leave();
  }

  private leave(): void {
    this.live.stop();
    [...this.unsent.values(), this.state.talk].forEach((talk) => {
      talk?.takeBack();
      talk?.leave();
    });
    this.unsent.clear();
    this.change({ session: null, talk: null, people: [], approvals: [], drafts: {} });
    this.inbox.leave();
  }

  /** An answer asked for by somebody who has gone is nothing for whoever came after. */
  private isHere(session: Session | null | undefined): boolean {
    return session?.staff.id === this.state.session?.staff.id;
  }

  private hear(heard: Heard): void {
    this.state.talk?.hear(heard);
    const { event, data } = heard;
    const about = data as { thread?: Thread; note?: Note; conversation?: string; approval?: Approval; staff?: { id: string; presence: Presence } };
    if (event === "reset" || event === "hello") this.lookAgain();
    else if (event === "thread" && about.thread) this.inbox.hear(about.thread);
    else if (event === "assigned" && about.thread) {
      this.inbox.hear(about.thread);
      this.alerts.ring("assigned", about.thread.customer?.name ?? about.thread.subject, about.thread.last?.text ?? "", about.thread.id);
    } else if (event === "mention" && about.note) {
      this.alerts.ring("mention", about.note.staff.name, about.note.text, about.conversation ?? "");
    } else if (event === "entry") this.hearEntry(data as { conversation: string; entry: { from: string; text?: string | null } });
    else if (event === "approval" && about.approval) this.hearApproval(about.approval);
    else if (event === "presence" && about.staff) this.hearPresence(about.staff);
  }

  private hearEntry({ conversation, entry }: { conversation: string; entry: { from: string; text?: string | null } }): void {
    const thread = this.inbox.state.items?.find((each) => each.id === conversation) ?? (this.state.talk?.id === conversation ? this.state.talk.state.detail?.thread : undefined);
    if (entry.from !== "shopper" || thread?.owner?.id !== this.state.session?.staff.id) return;
    this.alerts.ring("message", thread?.customer?.name ?? thread?.subject ?? "", entry.text ?? "", conversation);
  }

  /** A message of a conversation one has left: sent, or refused by the server. */
  private hearUnsent(talk: Talk): void {
    if (!talk.state.outbox.length) this.unsent.delete(talk.id);
    if (!talk.state.outbox.some((item) => item.failed)) return;
    const w = words[language()];
    const who = talk.state.detail?.thread.customer?.name ?? talk.state.detail?.thread.subject ?? "";
    this.toast(w.a.unsent(who), { label: w.a.look, run: () => go(inboxPlace("all", talk.id)) }, true);
  }

  /** How a request stands. An answered one stays in its place: nothing moves under the hand of who is about to press. */
  learn(approval: Approval): void {
    const { approvals } = this.state;
    const at = approvals.findIndex((each) => each.id === approval.id);
    if (at >= 0) this.change({ approvals: approvals.with(at, approval) });
    else if (approval.state === "waiting") this.change({ approvals: [...approvals, approval] });
  }

  /** Learns what somebody else has answered meanwhile. */
  async lookUp(approval: string): Promise<void> {
    const { items } = await this.api.get<{ items: Approval[] }>("/approvals?state=answered");
    const found = items.find((each) => each.id === approval);
    if (found) this.learn(found);
  }

  private hearApproval(approval: Approval): void {
    this.tellAnswer(approval, this.state.approvals.find((each) => each.id === approval.id));
    this.learn(approval);
    if (approval.state === "waiting" && this.may("approve") && approval.asked_by.id !== this.me.id) this.alerts.ring("approval", approval.asked_by.name, approval.title, approval.conversation);
  }

  /** Whoever asked is told once what came of it. */
  private tellAnswer(approval: Approval, before: Approval | undefined): void {
    if (approval.asked_by.id !== this.me.id || !settled(approval) || (before && settled(before))) return;
    const w = words[language()];
    const undone = approval.result !== null && approval.result.outcome !== "done";
    const said = undone
      ? w.a.notCarriedOut(w.a.codes[approval.result?.code ?? ""] ?? "")
      : w.a.requestAnswered(w.approvalOutcome[approval.state] ?? "", approval.answered_by?.name ?? w.nobody, approval.amount?.display ?? "");
    this.toast(said, { label: w.a.look, run: () => go(inboxPlace("all", approval.conversation)) }, undone || approval.state === "refused");
    if (this.state.talk?.id === approval.conversation) void this.state.talk.loadSidebar();
  }

  private hearPresence(staff: { id: string; presence: Presence }): void {
    this.change({ people: this.state.people.map((each) => (each.id === staff.id ? { ...each, presence: staff.presence } : each)) });
    if (staff.id === this.state.session?.staff.id) this.changeMe({ presence: staff.presence });
  }

  private lookAgain(): void {
    void this.loadPeople().catch(() => undefined);
    if (!this.may("converse")) return;
    void this.loadApprovals().catch(() => undefined);
    this.inbox.reload(); // how much waits is shown in every room
  }
}

/** Refused, or done: nothing more comes of it. */
function settled(approval: Approval): boolean {
  return approval.state === "refused" || (approval.state === "approved" && approval.result !== null);
}

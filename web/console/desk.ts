/** The desk of whoever is signed in: session, colleagues, approvals, the inbox, the open conversation, the stream. */
import { Refused } from "../shared/refused";
import { language } from "../shared/preferences";
import { StaffApi, Unreachable } from "./api";
import { Alerts } from "./alerts";
import { Inbox } from "./inbox";
import type { Heard } from "./live";
import { Live } from "./live";
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
  approvals: Approval[];
  talk: Talk | null;
  toasts: Toast[];
  drafts: Record<string, string>;
}

const TOAST_MS = 7_000;

export class Desk extends Store<DeskState> {
  readonly api = new StaffApi(language);
  readonly inbox = new Inbox(this.api);
  readonly live: Live;
  readonly alerts = new Alerts();
  private toastNumber = 0;

  constructor() {
    super({ session: undefined, unreachable: false, line: true, people: [], approvals: [], talk: null, toasts: [], drafts: {} });
    this.live = new Live(this.api, (line) => this.onLine(line));
    this.live.on((heard) => this.hear(heard));
    this.api.onSignedOut = () => this.leave();
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
    if (this.state.talk?.id === id) return;
    this.state.talk?.leave();
    this.change({ talk: id === null ? null : new Talk(this.api, id) });
  }

  keepDraft(id: string, text: string): void {
    this.change({ drafts: { ...this.state.drafts, [id]: text } });
  }

  async setPresence(presence: Presence): Promise<void> {
    await this.api.put("/me/presence", { presence });
    this.changeMe({ presence });
  }

  changeMe(part: Partial<Staff>): void {
    const { session } = this.state;
    if (session) this.change({ session: { ...session, staff: { ...session.staff, ...part } } });
  }

  async loadPeople(): Promise<void> {
    const { items } = await this.api.get<{ items: Staff[] }>("/people");
    this.change({ people: items });
  }

  async loadApprovals(): Promise<void> {
    const { items } = await this.api.get<{ items: Approval[] }>("/approvals?state=waiting");
    this.change({ approvals: items });
  }

  toast(text: string, act?: Toast["act"], bad = false): void {
    const id = ++this.toastNumber;
    this.change({ toasts: [...this.state.toasts.slice(-2), { id, text, bad, ...(act ? { act } : {}) }] });
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
    // away for minutes counts as offline at the desk; whoever had chosen to be there is there again
    const presence = this.state.session?.staff.presence;
    if (back && presence && presence !== "offline") void this.setPresence(presence).catch(() => undefined);
  }

  private enter(session: Session): void {
    this.change({ session, line: true });
    this.live.start();
    void this.loadPeople().catch(() => undefined);
    if (session.may.includes("converse")) {
      void this.loadApprovals().catch(() => undefined);
      this.inbox.reload(); // how much waits is shown in every room
    }
    if (session.staff.presence === "offline") void this.setPresence("online").catch(() => undefined);
  }

  private leave(): void {
    this.live.stop();
    this.state.talk?.leave();
    this.change({ session: null, talk: null, people: [], approvals: [], drafts: {} });
    this.inbox.change({ items: null, counts: null, next: null });
  }

  private hear(heard: Heard): void {
    this.state.talk?.hear(heard);
    const { event, data } = heard;
    const about = data as { thread?: Thread; note?: Note; conversation?: string; approval?: Approval; staff?: { id: string; presence: Presence } };
    if (event === "reset" || event === "again") this.lookAgain();
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

  private hearApproval(approval: Approval): void {
    const others = this.state.approvals.filter((each) => each.id !== approval.id);
    this.change({ approvals: approval.state === "waiting" ? [approval, ...others] : others });
    if (approval.state === "waiting" && this.may("approve") && approval.asked_by.id !== this.me.id) this.alerts.ring("approval", approval.asked_by.name, approval.title, approval.conversation);
  }

  private hearPresence(staff: { id: string; presence: Presence }): void {
    this.change({ people: this.state.people.map((each) => (each.id === staff.id ? { ...each, presence: staff.presence } : each)) });
    if (staff.id === this.state.session?.staff.id) this.changeMe({ presence: staff.presence });
  }

  private lookAgain(): void {
    this.inbox.reload();
    void this.loadPeople().catch(() => undefined);
    void this.loadApprovals().catch(() => undefined);
  }
}

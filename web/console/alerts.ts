/** A sound and a browser notification when somebody is wanted; asked for first, and switched off at any time. */
import { language } from "../shared/preferences";
import { Store } from "./store";
import { words } from "./words/words";

const KEY = "dangol.console.alerts";
export type Reason = "assigned" | "message" | "mention" | "approval";

export interface AlertState {
  sound: boolean;
  notifications: boolean;
  /** Shortcuts of a single key; whoever dictates or mistypes may switch them off. */
  keys: boolean;
}

function kept(): AlertState {
  const usual = { sound: false, notifications: false, keys: true };
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<AlertState>) };
  } catch {
    return usual;
  }
}

export class Alerts extends Store<AlertState> {
  /** Told which conversation somebody wants to see. */
  onOpen: (conversation: string) => void = () => undefined;
  private audio: AudioContext | null = null;
  private rang = 0;

  constructor() {
    super(kept());
  }

  set(part: Partial<AlertState>): void {
    this.change(part);
    try {
      localStorage.setItem(KEY, JSON.stringify(this.state));
    } catch {
      /* kept for this page only */
    }
  }

  /** Asks the browser; false when the person, or the browser for them, says no. */
  async allowNotifications(): Promise<boolean> {
    if (!("Notification" in window)) return false;
    const allowed = (await Notification.requestPermission()) === "granted";
    this.set({ notifications: allowed });
    return allowed;
  }

  ring(reason: Reason, who: string, text: string, conversation: string): void {
    const away = document.visibilityState === "hidden" || !document.hasFocus();
    if (reason === "message" && !away) return; // it is seen as it comes
    if (this.state.sound) this.chime();
    if (!this.state.notifications || !away || !("Notification" in window) || Notification.permission !== "granted") return;
    const w = words[language()];
    const shown = new Notification(w.alert[reason](who || w.nobody), { body: text.slice(0, 120), tag: conversation, icon: "/console/icon.svg" });
    shown.onclick = () => {
      window.focus();
      this.onOpen(conversation);
      shown.close();
    };
  }

  /** Two soft tones, at most once a second. */
  chime(): void {
    if (Date.now() - this.rang < 1_000) return;
    this.rang = Date.now();
    try {
      const audio = (this.audio ??= new AudioContext());
      [660, 880].forEach((pitch, index) => {
        const tone = audio.createOscillator();
        const loud = audio.createGain();
        const from = audio.currentTime + index * 0.14;
        tone.frequency.value = pitch;
        loud.gain.setValueAtTime(0, from);
        loud.gain.linearRampToValueAtTime(0.12, from + 0.02);
        loud.gain.exponentialRampToValueAtTime(0.001, from + 0.3);
        tone.connect(loud).connect(audio.destination);
        tone.start(from);
        tone.stop(from + 0.32);
      });
    } catch {
      /* a browser without sound */
    }
  }
}

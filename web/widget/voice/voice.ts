/** Talking by voice: who hears and speaks here, what is being heard now, and whether answers are read aloud. */
import type { Language } from "../../shared/preferences";
import { Refused } from "../../shared/refused";
import type { ChatApi, VoiceOffered } from "../api";
import type { Conversation } from "../conversation";
import { NotHeard, browserHears, canRecord, listenInBrowser, record } from "./ears";
import type { Deaf, Hints, Listening, Words } from "./ears";
import { Mouth, deviceSpeaks } from "./mouth";

export interface VoiceState {
  offered: VoiceOffered | null;
  /** `telling`: the shopper reads who will hear them; `thinking`: what was said is being understood. */
  phase: "idle" | "telling" | "starting" | "listening" | "thinking";
  level: number;
  /** What has been understood so far, where that can be known. */
  words: string;
  problem: { why: Deaf | "said"; text: string } | null;
  /** What was heard and stands in the text field, to be looked at before it is sent. */
  unsure: string | null;
  aloud: boolean;
  speaking: boolean;
}

const TOLD = "voice:told";
const ALOUD = "voice:aloud";
const REPEAT =
  /^(?:(?:방금\s?(?:그거|거|말)?\s?)?(?:다시|한\s?번\s?더)(?:\s?한\s?번)?\s?(?:말(?:씀)?해|얘기해|읽어|들려)?\s?(?:줘요?|주세요)?|(?:(?:can|could) you )?(?:please )?(?:say|read|repeat) (?:that|it)(?: again| once more)?(?: please)?|once more(?: please)?|again(?: please)?)[.!?]?$/i;

export class Voice {
  state: VoiceState;
  private readonly listeners = new Set<() => void>();
  private readonly mouth: Mouth;
  private listening: Listening | null = null;
  private attempt = 0;
  private reading = 0; // of answers aloud: one that comes after its moment is not begun

  constructor(
    private readonly api: ChatApi,
    private readonly conversation: Conversation,
    private readonly kept: { read: (key: string) => string | null; write: (key: string, value: string) => void },
  ) {
    this.state = { offered: null, phase: "idle", level: 0, words: "", problem: null, unsure: null, aloud: kept.read(ALOUD) === "on", speaking: false };
    this.mouth = new Mouth((speaking) => this.state.speaking !== speaking && this.change({ speaking }));
    conversation.onAnswer = (turn) => void this.readOut(turn);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Asks once what this shop offers; a shop that cannot be asked offers nothing. */
  async look(): Promise<void> {
    if (this.state.offered) return;
    const offered = await this.api.voice().catch(() => null);
    if (offered) this.change({ offered });
  }

  get canHear(): boolean {
    const hearing = this.state.offered?.hearing;
    return hearing === "browser" ? browserHears() : hearing === "server" && canRecord();
  }

  get canSpeak(): boolean {
    const speaking = this.state.offered?.speaking;
    return speaking === "browser" ? deviceSpeaks() : speaking === "server";
  }

  /** Listens; the first time, and whenever it is somebody else who hears, tells who that is. */
  start(): void {
    if (this.state.phase !== "idle") return;
    this.hush();
    this.change({ problem: null });
    if (this.kept.read(TOLD) === this.whoHears()) void this.listen();
    else this.change({ phase: "telling", ...(this.kept.read(ALOUD) === null && this.canSpeak ? { aloud: true } : {}) });
  }

  /** The shopper has read who hears them and goes on. */
  agree(): void {
    this.kept.write(TOLD, this.whoHears());
    this.hear(this.state.aloud);
    void this.listen();
  }

  /** What was said is whole: understood, and sent where it is sure. */
  async finish(): Promise<void> {
    const { listening } = this;
    if (!listening || this.state.phase !== "listening") return;
    this.listening = null;
    this.change({ phase: "thinking", level: 0 });
    const { attempt } = this;
    try {
      const words = await listening.finish();
      if (attempt === this.attempt) this.take(words);
    } catch (error) {
      if (attempt === this.attempt) this.fail(error);
    }
  }

  cancel(): void {
    this.attempt += 1;
    this.listening?.cancel();
    this.listening = null;
    this.change({ phase: "idle", level: 0, words: "", problem: null, aloud: this.kept.read(ALOUD) === "on" });
  }

  /** Browsers let a page sound only after the shopper touched it. */
  warm(): void {
    this.mouth.warm();
  }

  /** Switches reading aloud on or off. */
  hear(aloud: boolean): void {
    this.kept.write(ALOUD, aloud ? "on" : "off");
    if (aloud) this.mouth.warm();
    else this.hush();
    this.change({ aloud });
  }

  choose(aloud: boolean): void {
    this.change({ aloud });
  }

  hush(): void {
    this.reading += 1;
    this.mouth.hush();
  }

  /** The shopper writes: what was being said to them ends, and what was wrong with hearing them is over. */
  typed(): void {
    this.hush();
    if (this.state.problem) this.change({ problem: null });
  }

  /** The text field was sent or emptied. */
  settled(): void {
    if (this.state.unsure !== null) this.change({ unsure: null });
  }

  private async listen(): Promise<void> {
    const attempt = ++this.attempt;
    this.change({ phase: "starting", words: "", level: 0, problem: null });
    const hints: Hints = {
      language: this.conversation.state.language,
      longestMs: (this.state.offered?.longest_seconds ?? 60) * 1000 - 1000,
      onLevel: (level) => attempt === this.attempt && this.change({ level }),
      onWords: (words) => attempt === this.attempt && this.change({ words }),
      onQuiet: () => attempt === this.attempt && void this.finish(),
    };
    try {
      const listening = await (this.state.offered?.hearing === "server" ? record(hints, (recording) => this.understand(recording)) : listenInBrowser(hints));
      if (attempt !== this.attempt) return listening.cancel();
      this.listening = listening;
      this.change({ phase: "listening" });
    } catch (error) {
      if (attempt === this.attempt) this.fail(error);
    }
  }

  private understand(recording: Blob): Promise<Words> {
    return this.conversation.hearRecording(recording);
  }

  /** "Say that again" is not asked of the shop: the answer that stands there is read out once more. */
  private repeats(text: string): boolean {
    const last = this.conversation.state.transcript.findLast((entry) => entry.from === "assistant" && entry.turn > 0);
    if (!last || !this.state.aloud || !REPEAT.test(text.trim())) return false;
    this.change({ phase: "idle", words: "", unsure: null });
    void this.readOut(last.turn);
    return true;
  }

  private take({ text, sure }: Words): void {
    if (sure && this.repeats(text)) return;
    this.change({ phase: "idle", words: "", unsure: sure ? null : text });
    if (sure) this.conversation.send({ text, spoken: true });
    else this.conversation.change({ draft: text });
  }

  private fail(error: unknown): void {
    const problem = error instanceof NotHeard ? { why: error.why, text: "" } : error instanceof Refused ? { why: "said" as const, text: error.message } : { why: "failed" as const, text: "" };
    this.listening = null;
    this.change({ phase: "idle", level: 0, words: "", problem });
  }

  private async readOut(turn: number): Promise<void> {
    const { credentials } = this.conversation;
    if (!this.state.aloud || !this.canSpeak || !credentials || this.state.phase !== "idle") return;
    const mine = ++this.reading;
    const stillWanted = () => mine === this.reading && this.state.aloud && this.state.phase === "idle";
    try {
      if (this.state.offered?.speaking === "server") {
        const sound = await this.api.sound(credentials, turn);
        if (sound && stillWanted()) await this.mouth.play(sound);
      } else {
        const { text, language } = await this.api.spoken(credentials, turn);
        if (stillWanted()) this.mouth.say(text, language as Language);
      }
    } catch {
      /* the answer stands in the conversation; nothing more is lost than its sound */
    }
  }

  private whoHears(): string {
    const offered = this.state.offered;
    return `${offered?.hearing ?? ""} ${offered?.hearing_by?.["en"] ?? ""} ${String(offered?.hearing_outside ?? false)}`;
  }

  private change(part: Partial<VoiceState>): void {
    this.state = { ...this.state, ...part };
    this.listeners.forEach((listener) => listener());
  }
}

/** The one stream of the desk: kept open, taken up again where it broke, and told apart by event. */
import { Refused } from "../shared/refused";
import type { StaffApi } from "./api";

const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000];

export interface Heard {
  event: string;
  data: unknown;
}

type Listener = (heard: Heard) => void;

/** `onLine` is told whether the line stands; the events "reset" and "hello" mean: nobody knows what was missed, read anew what is shown. */
export class Live {
  private readonly listeners = new Set<Listener>();
  private running: AbortController | null = null;
  private place: string | null = null;

  constructor(
    private readonly api: StaffApi,
    private readonly onLine: (stands: boolean) => void,
  ) {}

  on(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    if (this.running) return;
    this.running = new AbortController();
    void this.run(this.running.signal);
  }

  stop(): void {
    this.running?.abort();
    this.running = null;
    this.place = null;
  }

  private async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        for await (const { event, data, id } of this.api.events(this.place, signal)) {
          if (event === "open") {
            failures = 0;
            this.onLine(true);
            continue;
          }
          this.tell({ event, data });
          if (id !== undefined) this.place = id; // only what was taken in counts as seen
        }
      } catch (error) {
        if (error instanceof Refused && (error.status === 401 || error.status === 403)) return;
      }
      if (signal.aborted) return;
      this.onLine(false);
      await pause(WAITS_MS[Math.min(failures, WAITS_MS.length - 1)] ?? 0, signal);
      failures += 1;
    }
  }

  private tell(heard: Heard): void {
    this.listeners.forEach((listener) => listener(heard));
  }
}

/** Waits, but not longer than until the browser is online again or somebody looks. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = window.setTimeout(end, ms * (0.75 + Math.random() / 2)); // a whole team does not come back in one instant
    window.addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}

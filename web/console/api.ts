/** The staff API over fetch: the session's cookie and its token against forged requests. */
import { Refused } from "../shared/refused";
import type { FieldError } from "../shared/blocks";
import { serverEvents } from "../shared/stream";
import type { ServerEvent } from "../shared/stream";
import type { Session } from "./types";

/** No line to the server, or it is down: worth trying again. */
export class Unreachable extends Error {}

interface Problem {
  type?: string;
  title?: string;
  detail?: string;
  errors?: FieldError[];
}

const PATIENCE_MS = 20_000;
const UPLOAD_MS = 120_000;
const SILENCE_MS = 45_000;

export class StaffApi {
  csrf = "";
  /** Told when the session has ended, whatever was asked. */
  onSignedOut: () => void = () => undefined;
  private readonly underway = new Map<string, Promise<unknown>>();

  constructor(private readonly language: () => string) {}

  get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return this.call<T>("GET", path, undefined, signal);
  }

  post<T>(path: string, body: unknown = {}, patience = PATIENCE_MS): Promise<T> {
    return this.once<T>("POST", path, body, patience);
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.once<T>("PUT", path, body);
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.once<T>("PATCH", path, body);
  }

  delete<T>(path: string, body?: unknown): Promise<T> {
    return this.once<T>("DELETE", path, body);
  }

  /** Sends a file along; what it is, the server looks up in it. */
  async upload(path: string, file: File): Promise<{ id: string; media_type: string; size: number }> {
    const form = new FormData();
    form.append("file", file, file.name);
    return (await (await this.fetch("POST", path, form, AbortSignal.timeout(UPLOAD_MS))).json()) as { id: string; media_type: string; size: number };
  }

  /** Who is signed in; null when nobody is. */
  async session(): Promise<Session | null> {
    try {
      return this.keep(await this.get<Session>("/session"));
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return null;
      throw error;
    }
  }

  async signIn(email: string, password: string, code?: string): Promise<Session> {
    return this.keep(await this.post<Session>("/session", { email, password, ...(code ? { code } : {}) }));
  }

  /** Everything that happens at the desk from a place on, until the line breaks. Raises when it does. */
  async *events(after: string | null, signal: AbortSignal): AsyncGenerator<ServerEvent> {
    const silence = new AbortController();
    let watch = 0;
    const alive = () => {
      clearTimeout(watch);
      watch = window.setTimeout(() => silence.abort(), SILENCE_MS);
    };
    alive();
    try {
      const response = await this.fetch("GET", "/events", undefined, AbortSignal.any([signal, silence.signal]), {
        Accept: "text/event-stream",
        ...(after === null ? {} : { "Last-Event-ID": after }),
      });
      if (!response.body) throw new Unreachable();
      const heartbeat = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          alive();
          controller.enqueue(chunk);
        },
      });
      yield { event: "open", data: null };
      yield* serverEvents(response.body.pipeThrough(heartbeat));
    } finally {
      clearTimeout(watch);
    }
  }

  private keep(session: Session): Session {
    this.csrf = session.csrf;
    return session;
  }

  /** An act pressed twice is done once: the same one while it is under way is the same act. */
  private once<T>(method: string, path: string, body: unknown, patience?: number): Promise<T> {
    const act = JSON.stringify([method, path, body]);
    const same = this.underway.get(act);
    if (same) return same as Promise<T>;
    const mine = this.call<T>(method, path, body, undefined, patience).finally(() => this.underway.delete(act));
    this.underway.set(act, mine);
    return mine;
  }

  private async call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal, patience = PATIENCE_MS): Promise<T> {
    const late = AbortSignal.timeout(patience);
    const response = await this.fetch(method, path, body, signal ? AbortSignal.any([signal, late]) : late);
    if (response.status === 204) return undefined as T;
    return (await response.json()) as T;
  }

  private async fetch(method: string, path: string, body: unknown, signal: AbortSignal, more: Record<string, string> = {}): Promise<Response> {
    const headers: Record<string, string> = { "Accept-Language": this.language(), ...more };
    if (method !== "GET") headers["X-CSRF-Token"] = this.csrf;
    const form = body instanceof FormData; // the browser names its own boundary
    if (body !== undefined && !form) headers["Content-Type"] = "application/json";
    let response: Response;
    try {
      response = await fetch(`/api/staff${path}`, { method, headers, signal, credentials: "same-origin", ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }) });
    } catch (error) {
      if (signal.aborted && signal.reason instanceof DOMException && signal.reason.name === "AbortError") throw error;
      throw new Unreachable();
    }
    if (response.ok) return response;
    const refused = await problem(response);
    if (response.status === 401 && refused.code === "not_signed_in") this.onSignedOut();
    if (response.status >= 502) throw new Unreachable();
    throw refused;
  }
}

async function problem(response: Response): Promise<Refused> {
  let said: Problem = {};
  try {
    said = (await response.json()) as Problem;
  } catch {
    /* an answer that is no problem document, of something between */
  }
  return new Refused(response.status, said.detail ?? said.title ?? `HTTP ${response.status}`, said.errors ?? [], codeOf(said));
}

/** `not_yours` of `urn:dangol:problem:not-yours`. */
function codeOf(said: Problem): string {
  return (said.type?.split(":").at(-1) ?? "").replaceAll("-", "_");
}

export function query(values: Record<string, string | number | null | undefined>): string {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : "";
}

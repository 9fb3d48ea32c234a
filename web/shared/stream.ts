/** Server-Sent Events over fetch: EventSource can send neither a bearer token nor a body. */

export interface ServerEvent {
  event: string;
  data: unknown;
  /** Its place in the stream, to go on from. */
  id?: string;
}

export async function* serverEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += decoder.decode(value, { stream: !done }).replaceAll("\r\n", "\n");
      const frames = rest.split("\n\n");
      rest = frames.pop() ?? "";
      for (const frame of frames) {
        const event = parse(frame);
        if (event) yield event;
      }
      if (done) return;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function parse(frame: string): ServerEvent | null {
  let event = "message";
  let id: string | undefined;
  const data: string[] = [];
  for (const line of frame.split("\n")) {
    if (line.startsWith("event:")) event = line.slice(6).trim();
    else if (line.startsWith("id:")) id = line.slice(3).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
  }
  if (data.length === 0) return null;
  const place = id === undefined ? {} : { id };
  try {
    return { event, data: JSON.parse(data.join("\n")) as unknown, ...place };
  } catch {
    return { event, data: data.join("\n"), ...place };
  }
}

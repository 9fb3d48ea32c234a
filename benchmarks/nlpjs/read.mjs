// Trains NLP.js on messages of one language and reads others with it.
// Given on standard input: {"language", "train": [{"text", "intent"}], "test": ["text", …]}
// Written to standard output: {"train_s", "read_ms": [p50, p95], "intents": ["…" or "None", …]}
import { readFileSync } from "node:fs";
import { NlpManager } from "node-nlp";

const given = JSON.parse(readFileSync(0, "utf8"));
const manager = new NlpManager({
  languages: [given.language],
  forceNER: false,
  autoSave: false,
  nlu: { log: false },
});
for (const { text, intent } of given.train) manager.addDocument(given.language, text, intent);
const started = performance.now();
await manager.train();
const trained = (performance.now() - started) / 1000;
const intents = [];
const taken = [];
for (const text of given.test) {
  const begun = performance.now();
  const found = await manager.process(given.language, text);
  taken.push(performance.now() - begun);
  intents.push(found.intent ?? "None");
}
taken.sort((a, b) => a - b);
const at = (share) => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? 0;
process.stdout.write(
  JSON.stringify({ train_s: trained, read_ms: [at(0.5), at(0.95)], intents }),
);

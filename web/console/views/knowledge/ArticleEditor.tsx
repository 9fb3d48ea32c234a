import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { Refused } from "../../../shared/refused";
import { go } from "../../../shared/router";
import { moment } from "../../../shared/wording";
import { useDesk, useLoaded, useWords } from "../../context";
import { Field, Loading, Problem, Sheet } from "../ui";
import { AskBox } from "./AskBox";
import type { ArticlePage, ArticleVersion, Passage } from "./shapes";

const PREVIEW_MS = 500;
const LANGUAGES = ["ko", "en"] as const;

interface Draft {
  title: string;
  tags: string;
  body: string;
}

/** One article in one language: its text, the passages it gives, its earlier versions. */
export function ArticleEditor({ slug, language: written, question }: { slug: string; language: string; question: string }) {
  const { w } = useWords();
  const path = `/articles/${encodeURIComponent(slug)}/${written}`;
  const { data, problem, reload } = useLoaded<ArticlePage>(path);
  const missing = problem instanceof Refused && problem.status === 404;
  const [round, setRound] = useState(0);
  return (
    <Sheet
      title={data?.title ?? slug}
      lead={`${slug} · ${written === "ko" ? "한국어" : "English"}`}
      acts={
        <>
          {LANGUAGES.filter((each) => each !== written).map((each) => <a key={each} class="button" href={`/console/knowledge/articles/${encodeURIComponent(slug)}/${each}`}>{each === "ko" ? "한국어" : "English"}</a>)}
          <a class="button" href="/console/knowledge/articles"><Icon name="back" size={16} />{w.k.tabs.articles}</a>
        </>
      }
    >
      {problem && !missing ? <Problem problem={problem} again={reload} /> : !data && !missing ? <Loading /> : null}
      {(data || missing) && <Editor key={`${data?.updated_at ?? "new"}:${round}`} page={data} path={path} language={written} question={question} onSaved={() => { reload(); setRound((n) => n + 1); }} />}
    </Sheet>
  );
}

function Editor({ page, path, language, question, onSaved }: { page: ArticlePage | null; path: string; language: string; question: string; onSaved: () => void }) {
  const desk = useDesk();
  const { w } = useWords();
  const [draft, setDraft] = useState<Draft>({ title: page?.title ?? question, tags: (page?.tags ?? []).join(", "), body: page?.body ?? "" });
  const [passages, setPassages] = useState<Passage[]>([]);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const changed = draft.title !== (page?.title ?? "") || draft.body !== (page?.body ?? "") || draft.tags !== (page?.tags ?? []).join(", ");

  useEffect(() => {
    let late = false; // of a text that stands here no more
    const look = () => desk.api.post<{ passages: Passage[] }>("/articles/preview", { body: draft.body });
    const timer = setTimeout(() => void look().then((answer) => late || setPassages(answer.passages), () => undefined), PREVIEW_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [draft.body]);
  useEffect(() => {
    if (!changed) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [changed]);

  const content = (from: Draft) => ({ title: from.title.trim(), tags: from.tags.split(",").map((tag) => tag.trim()).filter(Boolean), body: from.body });
  const save = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (!draft.title.trim() || !draft.body.trim()) return setProblem(w.k.articleEmpty);
    setBusy(true);
    setProblem("");
    try {
      await desk.api.put(path, { ...content(draft), expected: page?.updated_at ?? null });
      desk.toast(w.k.articleSaved);
      onSaved();
    } catch (error) {
      setProblem(!(error instanceof Refused) ? w.unreachable : error.code === "stale" ? w.k.articleStale : error.message);
    } finally {
      setBusy(false);
    }
  };
  const remove = async () => {
    try {
      await desk.api.delete(path);
      desk.toast(w.k.articleRemoved(page?.title ?? ""), page ? { label: w.undo, run: () => void desk.api.put(path, { ...content(draft), expected: null }).then(() => go(`/console/knowledge${path}`), (error: unknown) => desk.complain(error)) } : undefined);
      go("/console/knowledge/articles");
    } catch (error) {
      desk.complain(error);
    }
  };
  return (
    <div class="beside">
      <form class="form-grid" onSubmit={(event) => void save(event)}>
        <Field label={w.title}>{(ids) => <input {...ids} maxLength={200} lang={language} value={draft.title} onInput={(event) => setDraft({ ...draft, title: event.currentTarget.value })} />}</Field>
        <Field label={w.k.tags} hint={w.commas}>{(ids) => <input {...ids} value={draft.tags} onInput={(event) => setDraft({ ...draft, tags: event.currentTarget.value })} />}</Field>
        <Field label={w.k.body} hint={w.k.bodyHint}>{(ids) => <textarea {...ids} class="article-body" rows={18} lang={language} value={draft.body} onInput={(event) => setDraft({ ...draft, body: event.currentTarget.value })} />}</Field>
        {problem && <p class="failed" role="alert">{problem}</p>}
        <div class="row">
          <button type="submit" class="button is-main" disabled={!changed} aria-disabled={busy}>{w.save}</button>
          {page && changed && <button type="button" class="button" onClick={() => setDraft({ title: page.title, tags: page.tags.join(", "), body: page.body })}>{w.k.discard}</button>}
          <span class="grow" />
          {page && <button type="button" class="button is-bad" onClick={() => void remove()}>{w.k.removeArticle}</button>}
        </div>
      </form>
      <div class="form-grid">
        <section class="sheet-card">
          <h2>{w.k.passages} <span class="quiet">{passages.length}</span></h2>
          <p class="quiet">{w.k.passagesHint}</p>
          <ul class="passages">
            {passages.map((passage, index) => (
              <li key={index}>
                {passage.headings.length > 0 && <p class="quiet">{passage.headings.join(" › ")}</p>}
                <p>{passage.text}</p>
              </li>
            ))}
          </ul>
        </section>
        <AskBox language={language} />
        {page && page.versions.length > 0 && <Versions versions={page.versions} onUse={(version) => setDraft({ title: version.title, tags: version.tags.join(", "), body: version.body })} />}
      </div>
    </div>
  );
}

function Versions({ versions, onUse }: { versions: ArticleVersion[]; onUse: (version: ArticleVersion) => void }) {
  const { w, language } = useWords();
  return (
    <section class="sheet-card">
      <h2>{w.k.versions}</h2>
      <ul class="rows">
        {versions.map((version) => (
          <li key={version.id} class="row">
            <span class="grow">
              {version.title}
              <small class="quiet"> {moment(version.at, language)} · {version.staff?.name ?? w.system}</small>
            </span>
            <button type="button" class="small" onClick={() => onUse(version)}>{w.k.useVersion}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}

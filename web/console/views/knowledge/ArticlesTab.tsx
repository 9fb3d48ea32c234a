import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { go } from "../../../shared/router";
import { useLoaded, useNow, useWords } from "../../context";
import { stamp } from "../../time";
import { Dialog, Empty, Field, Loading, Problem } from "../ui";
import { AskBox } from "./AskBox";
import type { ArticleLine } from "./shapes";

/** The shop's articles, each once, with the languages it is written in; and a box to ask them. */
export function ArticlesTab() {
  const { w, language } = useWords();
  const now = useNow();
  const [typed, setTyped] = useState("");
  const [fresh, setFresh] = useState(false);
  const { data, problem, reload } = useLoaded<{ items: ArticleLine[] }>("/articles");
  const articles = new Map<string, ArticleLine[]>();
  data?.items.forEach((line) => articles.set(line.slug, [...(articles.get(line.slug) ?? []), line]));
  const rows = [...articles].filter(([slug, lines]) => `${slug} ${lines.map((line) => `${line.title} ${line.tags.join(" ")}`).join(" ")}`.toLowerCase().includes(typed.toLowerCase()));
  return (
    <div class="beside">
      <div>
        <div class="row tools">
          <input type="search" class="grow" aria-label={w.search} placeholder={w.search} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
          <button type="button" class="button is-main" onClick={() => setFresh(true)}><Icon name="plus" size={16} />{w.k.newArticle}</button>
        </div>
        {problem ? <Problem problem={problem} again={reload} /> : !data ? <Loading /> : null}
        {data?.items.length === 0 && <Empty icon="book" title={w.k.noArticles}>{w.k.noArticlesLead}</Empty>}
        {data && data.items.length > 0 && rows.length === 0 && <Empty icon="search" title={w.nothingFound} />}
        <ul class="rows">
          {rows.map(([slug, lines]) => {
            const shown = lines.find((line) => line.language === language) ?? lines[0];
            return shown ? (
              <li key={slug}>
                <a href={`/console/knowledge/articles/${encodeURIComponent(slug)}/${shown.language}`}>
                  <span class="grow">
                    <strong>{shown.title}</strong>
                    <small class="quiet">{slug}{shown.tags.length ? ` · ${shown.tags.join(", ")}` : ""}</small>
                  </span>
                  {lines.map((line) => <span key={line.language} class="chip">{line.language}</span>)}
                  <small class="quiet">{stamp(shown.updated_at, now, language)}</small>
                </a>
              </li>
            ) : null;
          })}
        </ul>
      </div>
      <AskBox />
      {fresh && <NewArticle taken={new Set(articles.keys())} onClose={() => setFresh(false)} />}
    </div>
  );
}

function NewArticle({ taken, onClose }: { taken: Set<string>; onClose: () => void }) {
  const { w, language } = useWords();
  const [slug, setSlug] = useState("");
  const [problem, setProblem] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    const wanted = slug.trim().toLowerCase();
    if (!/^[\p{L}\p{N}][\p{L}\p{N}-]{0,79}$/u.test(wanted)) return setProblem(w.k.slugWrong);
    if (taken.has(wanted)) return setProblem(w.k.slugTaken);
    return go(`/console/knowledge/articles/${encodeURIComponent(wanted)}/${language}`);
  };
  return (
    <Dialog title={w.k.newArticle} onClose={onClose}>
      <form class="form-grid" onSubmit={submit}>
        <Field label={w.k.slug} hint={w.k.slugHint} error={problem || undefined}>{(ids) => <input {...ids} maxLength={80} value={slug} onInput={(event) => setSlug(event.currentTarget.value)} />}</Field>
        <div class="dialog-acts">
          <button type="button" class="button" onClick={onClose}>{w.cancel}</button>
          <button type="submit" class="button is-main">{w.k.write}</button>
        </div>
      </form>
    </Dialog>
  );
}

import { articlePath, articlesPath, useRead } from "../api";
import type { Article, ArticleLine } from "../api";
import { useShop, useTitle } from "../shop";
import { Missing } from "./Missing";
import { AskButton, Trouble } from "./parts";

/** The shop's help: delivery, returns, points and the rest, the same articles the assistant answers from. */
export function ArticleList() {
  const { w, language } = useShop();
  const read = useRead<{ items: ArticleLine[] }>(articlesPath(language));
  useTitle(w.help);
  return (
    <div class="page article">
      <h1>{w.help}</h1>
      {read.state === "failed" && <Trouble retry={read.retry} />}
      <ul class="articles">
        {(read.value?.items ?? []).map((each) => (
          <li key={each.slug}>
            <a href={`/articles/${encodeURIComponent(each.slug)}`} lang={each.language}>{each.title}</a>
          </li>
        ))}
      </ul>
      <AskButton>{w.askAi}</AskButton>
    </div>
  );
}

export function ArticlePage({ slug }: { slug: string }) {
  const { w, language } = useShop();
  const read = useRead<Article>(articlePath(slug, language));
  useTitle(read.value?.title);
  if (read.state === "missing") return <Missing />;
  if (read.state === "failed") return <div class="page"><Trouble retry={read.retry} /></div>;
  if (!read.value) return <div class="page is-loading" aria-busy="true" aria-label={w.loading} />;
  return (
    <div class="page article">
      <p class="brand"><a href="/articles">{w.help}</a></p>
      <article lang={read.value.language}>
        <h1>{read.value.title}</h1>
        {/* cleaned by the server */}
        <div class="prose" dangerouslySetInnerHTML={{ __html: read.value.html }} />
      </article>
      <AskButton>{w.askAi}</AskButton>
    </div>
  );
}

import { useEffect, useState } from "preact/hooks";
import { setLanguage, setTheme } from "../shared/preferences";
import { Icon, Mark } from "../shared/icons";
import type { Branch } from "./api";
import { departments } from "./departments";
import { go, usePlace } from "../shared/router";
import { useShop } from "./shop";

export function Header() {
  const { w, store, cart, language, theme } = useShop();
  const { path, query } = usePlace();
  const [words, setWords] = useState(query.get("q") ?? "");
  useEffect(() => setWords(query.get("q") ?? ""), [path, query.get("q")]);

  const count = cart?.lines.reduce((sum, line) => sum + line.quantity, 0) ?? 0;
  const category = path === "/products" ? query.get("category") : null;
  const nextTheme = { auto: "light", light: "dark", dark: "auto" } as const;
  const search = (event: Event) => {
    event.preventDefault();
    go(words.trim() ? `/products?q=${encodeURIComponent(words.trim())}` : "/products");
  };
  return (
    <header class="top">
      <div class="top-row">
        <a class="sign" href="/">
          <Mark size={34} />
          <span>{store?.name ?? "단골"}</span>
        </a>
        <form class="search" role="search" onSubmit={search}>
          <input type="search" aria-label={w.search} placeholder={w.searchHint} value={words} onInput={(event) => setWords(event.currentTarget.value)} />
          <button type="submit" aria-label={w.search}>
            <Glass />
          </button>
        </form>
        <div class="tools">
          <button type="button" class="tool text" lang={language === "ko" ? "en" : "ko"} onClick={() => setLanguage(language === "ko" ? "en" : "ko")}>
            {w.otherLanguage}
          </button>
          <button type="button" class="tool" aria-label={w.themes[theme]} title={w.themes[theme]} onClick={() => setTheme(nextTheme[theme])}>
            <ThemeIcon theme={theme} />
          </button>
          <a class="tool" href="/cart">
            <span class="unseen">{w.cart}</span>
            <Icon name="bag" size={24} />
            {count > 0 && <span class="count">{count}</span>}
          </a>
        </div>
      </div>
      {store && (
        <nav class="shelves" aria-label={w.categories}>
          <ul>
            <li><a href="/products" aria-current={path === "/products" && !category && !query.get("q") ? "page" : undefined}>{w.all}</a></li>
            {departments(store).map((each) => (
              <li key={each.slug}>
                <a href={`/products?category=${encodeURIComponent(each.slug)}`} aria-current={category === each.slug ? "page" : undefined}>{each.title}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
}

function Glass() {
  return (
    <svg width="20" height="20" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.5 4.5" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
    </svg>
  );
}

function ThemeIcon({ theme }: { theme: "auto" | "light" | "dark" }) {
  const paths = {
    auto: "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
    light: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M5 5l1.7 1.7M17.3 17.3L19 19M5 19l1.7-1.7M17.3 6.7L19 5",
    dark: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
  };
  return (
    <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden="true">
      {theme === "auto" && <path d="M12 4a8 8 0 0 0 0 16z" fill="currentColor" />}
      <path d={paths[theme]} fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}

export function Footer() {
  const { w, store } = useShop();
  if (!store) return null;
  return (
    <footer class="foot">
      <div class="foot-row">
        <section>
          <h2>{store.name}</h2>
          {store.contact?.phone && <p><a href={`tel:${store.contact.phone}`}>{store.contact.phone}</a></p>}
          {store.contact?.email && <p><a href={`mailto:${store.contact.email}`}>{store.contact.email}</a></p>}
          <p><a href="/articles">{w.help}</a></p>
          <p class="soft">{w.byAi}</p>
        </section>
        {store.hours && (
          <section>
            <h2>{w.footer.hours}</h2>
            <Hours hours={store.hours} />
          </section>
        )}
        {store.branches && store.branches.length > 0 && (
          <section class="branches">
            <h2>{w.footer.branches}</h2>
            <ul>
              {store.branches.map((branch) => (
                <BranchLine key={branch.name} branch={branch} />
              ))}
            </ul>
          </section>
        )}
      </div>
      <p class="identity">{w.footer.demo}</p>
    </footer>
  );
}

function BranchLine({ branch }: { branch: Branch }) {
  return (
    <li>
      <strong>{branch.name}</strong>
      {branch.address && <p>{branch.address}</p>}
      {branch.phone && <p><a href={`tel:${branch.phone}`}>{branch.phone}</a></p>}
      {branch.hours && <Hours hours={branch.hours} />}
    </li>
  );
}

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "daily", "holidays"];

function inOrder(hours: Record<string, string>): [string, string][] {
  const place = (days: string) => DAYS.indexOf(days.split("-")[0] ?? "");
  return Object.entries(hours).sort((a, b) => place(a[0]) - place(b[0]));
}

function Hours({ hours }: { hours: Record<string, string> }) {
  const { w } = useShop();
  const named = (days: string) => days.split("-").map((each) => w.days[each] ?? each).join("–");
  return (
    <>
      {inOrder(hours).map(([days, time]) => (
        <p key={days}>{named(days)} {time}</p>
      ))}
    </>
  );
}

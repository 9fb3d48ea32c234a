import { useEffect, useLayoutEffect } from "preact/hooks";
import { storePath, useRead } from "./api";
import type { Store } from "./api";
import { Footer, Header } from "./Frame";
import { usePlace } from "../shared/router";
import { ShopContext, useCart, usePreferences } from "./shop";
import { ArticleList, ArticlePage } from "./views/ArticlePage";
import { CartPage } from "./views/CartPage";
import { Home } from "./views/Home";
import { ListPage } from "./views/ListPage";
import { Missing } from "./views/Missing";
import { OrderPage } from "./views/OrderPage";
import { ProductPage } from "./views/ProductPage";

export function App() {
  const { language, theme, w } = usePreferences();
  const store = useRead<Store>(storePath(language));
  const cart = useCart();
  const { path } = usePlace();

  useLayoutEffect(() => {
    document.documentElement.lang = language;
    if (theme === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }, [language, theme]);
  useEffect(() => {
    document.getElementById("main")?.focus({ preventScroll: true }); // a new page is read from its top
  }, [path]);

  return (
    <ShopContext.Provider value={{ language, theme, w, store: store.value, cart }}>
      <a class="skip" href="#main">{w.skip}</a>
      <Header />
      <main id="main" tabIndex={-1}>
        <Page path={path} />
      </main>
      <Footer />
    </ShopContext.Provider>
  );
}

function Page({ path }: { path: string }) {
  const [, room, name] = path.split("/");
  const key = name ? decodeURIComponent(name) : "";
  if (path === "/") return <Home />;
  if (room === "products") return key ? <ProductPage key={key} handle={key} /> : <ListPage />;
  if (room === "cart") return <CartPage />;
  if (room === "orders" && key) return <OrderPage key={key} number={key} />;
  if (room === "articles") return key ? <ArticlePage key={key} slug={key} /> : <ArticleList />;
  return <Missing />;
}

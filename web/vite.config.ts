import { defineConfig } from "vite";
import type { Plugin, UserConfig } from "vite";
import { fileURLToPath } from "node:url";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const served = here("../dangol/server/static");
const server = process.env["DANGOL_SERVER"] ?? "http://127.0.0.1:8000";

/** Plain ASCII: shops with pages in EUC-KR or Latin-1 load the same file. */
const ascii: Plugin = {
  name: "ascii",
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === "chunk") file.code = file.code.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
    }
  },
};

/** One self-contained file that any shop page loads with one script tag. */
const widget: UserConfig = {
  plugins: [ascii],
  build: {
    outDir: served,
    emptyOutDir: false,
    copyPublicDir: false,
    target: "es2020",
    lib: { entry: here("./widget/main.tsx"), name: "dangolWidget", formats: ["iife"], fileName: () => "widget.js" },
  },
};

/** The demo shop's pages: index.html and hashed assets. */
const storefront: UserConfig = {
  root: here("./storefront"),
  base: "/store/",
  build: { outDir: `${served}/store`, emptyOutDir: true, target: "es2020", assetsInlineLimit: 2048 },
  server: { proxy: Object.fromEntries(["/api", "/widget.js", "/media", "/sample-gateway"].map((path) => [path, server])) },
};

/** The desk of staff: index.html and hashed assets. */
const desk: UserConfig = {
  root: here("./console"),
  base: "/console/",
  build: { outDir: `${served}/console`, emptyOutDir: true, target: "es2022", assetsInlineLimit: 2048 },
  server: { proxy: Object.fromEntries(["/api", "/media", "/widget.js"].map((path) => [path, server])) },
};
const fronts: Record<string, UserConfig> = { widget, storefront, console: desk };

export default defineConfig(({ mode }) => ({
  ...(fronts[mode] ?? storefront),
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
}));

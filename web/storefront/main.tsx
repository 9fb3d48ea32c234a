import { render } from "preact";
import { App } from "./App";
import { followLinks } from "./router";
import "./styles/storefront.css";

followLinks();
const root = document.getElementById("shop");
if (root) render(<App />, root);

import { render } from "preact";
import { App } from "./App";
import { followShopLinks } from "./following";
import "./styles/storefront.css";

followShopLinks();
const root = document.getElementById("shop");
if (root) render(<App />, root);

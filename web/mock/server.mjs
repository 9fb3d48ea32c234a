/** node mock/server.mjs [port]: the built front ends over a pretend shop. Say "모두" or "everything" to see every block. */
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as shop from "./shop.mjs";

const served = fileURLToPath(new URL("../../dangol/server/static", import.meta.url));
const conversations = new Map();
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const isKorean = (text) => /[가-힣ㄱ-ㅎ]/.test(text);

function cartOf(conversation) {
  const lines = [...conversation.cart].map(([sku, quantity], index) => {
    const p = shop.products.find((each) => shop.variants(each).some((v) => v.sku === sku));
    const v = shop.variants(p).find((each) => each.sku === sku);
    return { line: index + 1, product: p.handle, variant: sku, sku, title: p[conversation.language], options: v.options, quantity, unit_price: v.price, total: shop.won(v.price.amount * quantity), image: v.image, url: `/products/${p.handle}` };
  });
  const subtotal = lines.reduce((sum, line) => sum + line.total.amount, 0);
  const discounts = conversation.coupon ? [{ code: conversation.coupon, label: conversation.coupon, amount: shop.won(5000) }] : [];
  const shipping = subtotal >= 50000 || !subtotal ? 0 : 3000;
  return { lines, subtotal: shop.won(subtotal), discounts, shipping: shop.won(shipping), total: shop.won(Math.max(0, subtotal - (discounts.length ? 5000 : 0)) + shipping) };
}

function reply(conversation, body) {
  const id = () => randomUUID();
  const said = body.text ?? body.choice ?? "";
  if (body.text) conversation.language = isKorean(body.text) ? "ko" : "en";
  const ko = conversation.language === "ko";
  const text = (k, e, sources) => ({ kind: "text", id: id(), text: ko ? k : e, sources: sources ?? [] });
  const some = (handles) => ({ kind: "products", id: id(), items: handles.map((h) => shop.item(shop.find(h), conversation.language, ko ? "비에 젖지 않고 밑창이 덜 미끄러워요" : "Keeps rain out and grips wet ground")) });
  const choices = (pairs) => ({ kind: "choices", id: id(), options: pairs.map(([i, label]) => ({ id: i, label })) });
  const cart = () => ({ kind: "cart", id: id(), ...cartOf(conversation) });
  const all = () => [
    text("보여드릴게요.", "Here is everything.", [{ title: ko ? "배송 안내" : "Shipping", article: "shipping", url: "/articles/shipping" }]), some(["rain-step", "trail-runner-2", "city-loaf"]), choices([["a", ko ? "블랙" : "Black"], ["b", ko ? "화이트" : "White"]]),
    { kind: "comparison", id: id(), products: ["rain-step", "trail-runner-2"].map((h) => shop.item(shop.find(h), conversation.language)), rows: [{ attribute: ko ? "방수" : "Waterproof", values: [ko ? "생활 방수" : "Yes", null] }, { attribute: ko ? "무게" : "Weight", values: ["320g", "285g"] }], advice: ko ? "비 오는 날 신으실 거면 레인스텝이 나아요." : "For rain, Rainstep is the better one." },
    { kind: "reviews", id: id(), ...shop.reviews(conversation.language) }, cart(),
    { kind: "checkout", id: id(), step: "payment", needs: ["address", "contact"], quote: { shipping: shop.won(0), eta: { from: "2026-11-24", to: "2026-11-25" }, total: shop.won(89000) }, payment_url: "/pay/demo" },
    { kind: "order", id: id(), ...shop.order("20261118-0007") },
    { kind: "return", id: id(), return: "R-12", order: "20261118-0007", lines: shop.order("x").lines, status: "requested", refund: shop.won(83000), label_url: "/label", steps: [ko ? "내일 기사님이 방문해요" : "A driver comes tomorrow", ko ? "확인 뒤 3영업일 안에 환불돼요" : "Refund within 3 business days"] },
    { kind: "form", id: id(), form: "contact", fields: [{ name: "name", label: ko ? "받는 분" : "Recipient", type: "text", required: true }, { name: "email", label: ko ? "이메일" : "Email", type: "email", required: true }, { name: "memo", label: ko ? "배송 메모" : "Note", type: "text", required: false }] },
    { kind: "handoff", id: id(), state: "queued", position: 2, wait: ko ? "약 5분" : "about 5 min" }, { kind: "notice", id: id(), topic: "privacy", text: ko ? "연락처는 이 문의에 답하는 데만 써요." : "Your contact is used for this request only." }, { kind: "link", id: id(), label: ko ? "반품 안내 보기" : "Return policy", url: "/articles/returns" },
  ];
  if (/모두|everything/i.test(said)) return all();
  if (said.startsWith("add:")) {
    conversation.cart.set(said.slice(4), (conversation.cart.get(said.slice(4)) ?? 0) + 1);
    return [text("담았어요. 바로 결제할까요?", "Added. Shall we check out?"), cart(), choices([["checkout", ko ? "결제하기" : "Check out"], ["more", ko ? "더 둘러보기" : "Keep looking"]])];
  }
  if (/장바구니|cart/i.test(said)) return [text("장바구니예요.", "Here is your cart."), cart()];
  if (/checkout|결제/i.test(said)) return all().filter((each) => ["checkout", "form"].includes(each.kind));
  return [text("비 오는 날 신기 좋은 운동화를 골라 봤어요. 어떤 색을 좋아하세요?", "I picked sneakers that like the rain. Which colour do you prefer?"), some(["rain-step", "trail-runner-2"]), choices([["black", ko ? "블랙" : "Black"], ["khaki", ko ? "카키" : "Khaki"], ["any", ko ? "상관없어요" : "Either"]])];
}

const read = async (request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
};

async function chat(request, response, path) {
  const json = (status, data) => response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(data));
  if (path.length === 0) {
    const body = JSON.parse(await read(request));
    const language = body.locale?.startsWith("en") ? "en" : "ko";
    const ko = language === "ko";
    const id = randomUUID();
    const blocks = [
      { kind: "notice", id: randomUUID(), topic: "ai_disclosure", text: ko ? "저는 AI예요. 상품 찾기, 주문, 배송을 도와드려요. ‘AI 끄기’라고 하시면 언제든 멈춰요." : "I'm an AI. I help you find things, order and track. Say “turn off AI” at any time." },
      { kind: "text", id: randomUUID(), text: ko ? "안녕하세요, 누리상회 단골이예요. 무엇을 찾으세요?" : "Hello, I'm Dangoli at Nuri Store. What are you looking for?", sources: [] },
      { kind: "choices", id: randomUUID(), options: [{ id: "find", label: ko ? "비 오는 날 신을 운동화" : "Sneakers for the rain" }, { id: "gift", label: ko ? "아빠 선물 추천" : "A gift for dad" }, { id: "person", label: ko ? "상담원 연결" : "Talk to a person" }] },
    ];
    conversations.set(id, { token: randomUUID(), language, cart: new Map(), coupon: null, log: [{ turn: 0, from: "assistant", blocks, at: new Date().toISOString() }], answers: new Map(), listeners: new Set() });
    return json(201, { conversation_id: id, token: conversations.get(id).token, blocks });
  }
  const conversation = conversations.get(path[0]);
  if (!conversation) return json(404, { title: "unknown", status: 404 });
  if (request.headers.authorization !== `Bearer ${conversation.token}`) return json(401, { title: "token", status: 401 });
  const rest = path.slice(1).join("/");
  const body = request.method === "GET" ? null : await read(request);
  const tell = (event, data) => conversation.listeners.forEach((each) => each.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
  if (rest === "messages" && body) {
    const message = JSON.parse(body);
    let answer = conversation.answers.get(message.id);
    if (!answer) {
      answer = { turn: conversation.answers.size + 1, blocks: reply(conversation, message) };
      conversation.answers.set(message.id, answer);
      conversation.log.push({ turn: answer.turn, from: "shopper", id: message.id, text: message.text ?? message.choice ?? "", at: new Date().toISOString() }, { turn: answer.turn, from: "assistant", blocks: answer.blocks, at: new Date().toISOString() });
    }
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    for (const block of answer.blocks) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      response.write(`event: block\ndata: ${JSON.stringify(block)}\n\n`);
    }
    return response.end(`event: done\ndata: ${JSON.stringify({ turn: answer.turn, language: conversation.language, served_by: "assistant" })}\n\n`);
  }
  if (rest === "messages") return json(200, { messages: conversation.log, served_by: "assistant" });
  if (rest === "events") {
    response.writeHead(200, { "Content-Type": "text/event-stream" }).write(": hello\n\n");
    conversation.listeners.add(response);
    return request.on("close", () => conversation.listeners.delete(response));
  }
  if (rest.startsWith("cart/lines/")) {
    const sku = decodeURIComponent(rest.slice(11));
    const { quantity } = JSON.parse(body);
    if (quantity) conversation.cart.set(sku, quantity);
    else conversation.cart.delete(sku);
    tell("cart", cartOf(conversation));
  }
  if (rest === "cart/coupon") {
    const { code } = JSON.parse(body);
    if (code !== "WELCOME10") return json(422, { title: "coupon", status: 422, detail: conversation.language === "ko" ? "없는 쿠폰이에요." : "There is no such coupon." });
    conversation.coupon = code;
  }
  if (rest.startsWith("cart")) return json(200, cartOf(conversation));
  if (rest === "attachments") return json(201, { id: randomUUID() });
  return response.writeHead(204).end();
}

async function handle(request, response) {
  const url = new URL(request.url, "http://x");
  const json = (data) => response.writeHead(data ? 200 : 404, { "Content-Type": "application/json" }).end(JSON.stringify(data ?? { title: "unknown", status: 404 }));
  const language = url.searchParams.get("language")?.startsWith("en") ? "en" : "ko";
  const path = url.pathname;
  if (path.startsWith("/api/chat/conversations")) return chat(request, response, path.split("/").slice(4).filter(Boolean));
  if (path === "/api/store") {
    return json({
      name: language === "ko" ? "누리상회" : "Nuri Store", languages: ["ko", "en"], locale: "ko-KR", currency: "KRW", time_zone: "Asia/Seoul", hours: { "mon-fri": "09:00-18:00", sat: "10:00-14:00" }, assistant: { name: "단골이" }, contact: { email: "help@example.com", phone: "02-000-0000" },
      branches: [{ code: "gangnam", name: "강남점", address: "서울 강남구 테헤란로 123", phone: "02-000-0001", hours: { daily: "11:00-20:00" } }], categories: shop.categories.map(([slug, ko, en]) => ({ slug, title: language === "ko" ? ko : en, department: "", count: shop.products.filter((p) => p.category === slug).length })),
    });
  }
  if (path === "/api/store/products") return json(shop.search(url.searchParams));
  if (/^\/api\/store\/products\/[^/]+\/reviews$/.test(path)) return json(shop.reviews(language));
  if (path.startsWith("/api/store/products/")) return json(shop.detail(path.split("/")[4], language));
  if (path === "/api/store/articles") return json({ items: [{ slug: "shipping", title: language === "ko" ? "배송 안내" : "Shipping", language, tags: [] }] });
  if (path.startsWith("/api/store/articles/")) return json({ title: language === "ko" ? "배송 안내" : "Shipping", language, html: "<p>3,000원, 50,000원 이상 무료</p><h2>제주</h2><ul><li>+3,500원</li></ul>" });
  if (path.startsWith("/api/store/orders/")) return json(shop.order(path.split("/")[4]));
  if (path.startsWith("/images/")) {
    const svg = shop.picture(path.slice(8));
    return response.writeHead(svg ? 200 : 404, { "Content-Type": types[".svg"] }).end(svg ?? "");
  }
  const file = extname(path) ? path : "/store/index.html";
  try {
    response.writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream" }).end(await readFile(join(served, file)));
  } catch {
    response.writeHead(404).end();
  }
  return undefined;
}

const port = Number(process.argv[2] ?? 8100);
createServer((request, response) => void handle(request, response).catch((error) => response.destroy(error))).listen(port, "127.0.0.1", () => process.stdout.write(`http://127.0.0.1:${port}\n`));

// The search of the whole site. It fetches only the files of the index that the words need, keeps nothing, asks nobody else.
// The index: index.json has {version, hash, documents, per, words}: how many documents there are, how many a file holds, and the
// first word of each file of words. A line of words/N.txt is a word, a space, and where it is: for each document how many are
// passed before it (in base 36, nothing for none) and a capital letter, its weight there. `=kind=post` is a word of every post.
// documents/N.json is a list of [title, url, kind, date, date in words, topics, summary].
// What a word is: src/plan/search/words.rs in Folio must say the same as `words`.

const SIGNS = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff";
const WORD = new RegExp(`[${SIGNS}]|(?:(?![${SIGNS}])[\\p{Alphabetic}\\p{N}])+`, "gu");
const LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "ng", "ŧ": "t", "ĳ": "ij", "ŀ": "l", "ſ": "s", "ς": "σ" };

export const fold = (text) => text.toLowerCase().replace(/['’\u00ad\u0300-\u036f]/g, "").replace(/(\d),(?=\d)/g, "$1")
  .replace(/[\u00df-\u017f\u0218-\u021b\u1e00-\u1e99\u1ea0-\u1ef9ς]/g, (it) => LETTERS[it] ?? it.normalize("NFD")[0]);
export const words = (text) => fold(text).match(WORD) ?? [];

// What the forms of an English word share: evaluat(e, es, ed, ing, ion, or), polic(y, ies), organis(e, ation), organiz(e).
export function stem(word) {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  word = word.replace(/ie[sd]$/, "y").replace(/(ss|sh|ch|x|zz)es$/, "$1").replace(/([^siu])s$/, "$1");
  const cut = word.replace(/(ing|(?<!e)ed)$/, "");
  if (cut !== word && cut.length > 2 && /[aeiouy]/.test(cut)) word = cut.replace(/([bdgmnprt])\1$/, "$1");
  word = word.replace(/(...at)or$/, "$1").replace(/(..i)[sz]ation$/, "$1s").replace(/(.....)(?<=[st])ion$/, "$1").replace(/(....l)l$/, "$1");
  if (word.length > 3) word = word.replace(/e$/, "").replace(/y$/, "i");
  return word.replace(/iz(at)?$/, "is$1");
}

const COMMON = new Set("a an and are as at be by for from how in is it of on or that the this to was what with".split(" "));

// Finds documents. `load` gives a file of the index by its name; `english` says whether words have English forms.
export class Search {
  constructor(load, english) {
    this.load = load;
    this.stem = english ? stem : (it) => it;
    this.known = new Map();
  }

  async file(name) {
    this.root = await (this.first ??= this.load("index.json", ""));
    if (name && !this.known.has(name)) this.known.set(name, this.load(name, this.root.hash));
    return this.known.get(name);
  }

  // The lines of the index whose word begins so; of a beginning that has very many, the first files of them.
  async lines(start) {
    await this.file();
    const { words } = this.root;
    const first = Math.max(0, words.findLastIndex((it) => it <= start));
    const files = [];
    for (let at = first; at < words.length && (at === first || words[at].startsWith(start)) && files.length < 4; at++) files.push(this.file(`words/${at}.txt`));
    const found = [];
    for (const text of await Promise.all(files)) {
      for (let at = text.startsWith(start) ? 0 : text.indexOf("\n" + start) + 1; at < text.length && text.startsWith(start, at);) {
        const end = text.indexOf("\n", at), gap = text.indexOf(" ", at);
        found.push([text.slice(at, gap), text.slice(gap + 1, end)]);
        at = end + 1;
        if (!at) break;
      }
    }
    return found;
  }

  // The documents that have the word in one of its forms, or, `open`, a word that begins so; each with its weight.
  async places(word, open) {
    const own = this.stem(word);
    let shared = 0;
    while (shared < own.length && own[shared] === word[shared]) shared++;
    const lines = await this.lines(word.slice(0, shared));
    const forms = lines.filter(([it]) => this.stem(it) === own);
    const longer = (open && word.length > 2 || !forms.length) && word.length > 1 ? lines.filter(([it]) => it.startsWith(word) && this.stem(it) !== own) : [];
    const weights = new Map();
    for (const [share, group] of [[1, forms], [.4, longer]]) {
      const here = new Map();
      for (const [, places] of group) each(places, (document, weight) => here.set(document, Math.max(here.get(document) ?? 0, weight)));
      const rare = Math.log(1 + (this.root.documents - here.size + .5) / (here.size + .5)) * share;
      for (const [document, weight] of here) weights.set(document, Math.max(weights.get(document) ?? 0, weight * rare));
    }
    return weights;
  }

  // `{documents, all}`: the numbers of the documents, best first; whether each has all words. `filters` are `[field, value]`.
  async find(text, filters = []) {
    let asked = [...new Set(words(text))];
    if (asked.some((it) => !COMMON.has(it))) asked = asked.filter((it) => !COMMON.has(it));
    const typing = !/\s$/.test(text);
    if (typing && asked.length > 1 && asked.at(-1).length === 1) asked.pop();
    const last = asked.at(-1);
    const [kept, found] = await Promise.all([
      Promise.all(filters.map(async ([field, value]) => {
        const kept = new Set(), word = `=${field}=${value}`;
        for (const [it, places] of await this.lines(word)) if (it === word) each(places, (document) => kept.add(document));
        return kept;
      })),
      Promise.all(asked.map((it) => this.places(it, it === last && typing))),
    ]);
    const scores = new Map();
    const take = (document, has, weight) => {
      if (!kept.every((it) => it.has(document))) return;
      const score = scores.get(document) ?? [0, 0];
      scores.set(document, [score[0] + has, score[1] + weight]);
    };
    if (!asked.length) for (const document of kept[0] ?? []) take(document, 0, 0);
    for (const weights of found) for (const [document, weight] of weights) take(document, 1, weight);
    let best = [...scores];
    const whole = best.filter(([, [has]]) => has === asked.length);
    const all = whole.length > 0 || !best.length;
    if (all) best = whole;
    best.sort(([one, [a, b]], [other, [c, d]]) => c - a || d - b || one - other);
    return { documents: best.map(([it]) => it), all, asked };
  }

  // What is shown of a document.
  async document(number) {
    await this.file();
    const { per } = this.root;
    const [title, url, kind, date, day, topics, summary] = (await this.file(`documents/${Math.floor(number / per)}.json`))[number % per];
    return { title, url, kind, date, day, topics, summary };
  }

  // The parts of a text, every other one a word that was asked for.
  marks(text, asked) {
    const own = asked.map(this.stem);
    const parts = [""];
    for (const [part] of text.matchAll(/([\p{Alphabetic}\p{N}\p{M}'’]|(?<=\d),(?=\d))+|./gsu)) {
      const [word] = words(part);
      const hit = word && (own.includes(this.stem(word)) || asked.some((it) => it.length > 2 && word.startsWith(it)));
      if (hit) parts.push(part, "");
      else parts[parts.length - 1] += part;
    }
    return parts;
  }
}

function each(places, take) {
  let document = -1;
  for (const [, gap, weight] of places.matchAll(/([0-9a-z]*)([A-Z])/g)) take(document += 1 + (gap ? parseInt(gap, 36) : 0), weight.charCodeAt(0) - 64);
}

// Makes the form work.
function start(form) {
  const base = form.dataset.index.replace(/[^/]*$/, "");
  const search = new Search(async (name, hash) => {
    const answer = await fetch(base + name + (hash && `?${hash}`), hash ? {} : { cache: "no-cache" });
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return name.endsWith(".json") ? answer.json() : answer.text();
  }, document.documentElement.lang.startsWith("en"));
  const [count, results, more] = ["count", "results", "more"].map((it) => document.getElementById(`search_${it}`));
  const { q } = form.elements, selects = [...form.querySelectorAll("select")];
  const make = (name, text, properties) => Object.assign(document.createElement(name), { textContent: text }, properties);
  const mark = (to, text, asked) => to.append(...search.marks(text, asked).map((it, at) => at % 2 ? make("mark", it) : it));
  let turn = 0, found, shown;

  async function show() {
    const mine = turn, first = shown;
    shown = Math.min(shown + 10, found.documents.length);
    const all = await Promise.all(found.documents.slice(first, shown).map((it) => search.document(it)));
    if (mine !== turn) return;
    const items = all.map((it) => {
      const item = document.createElement("li"), card = make("article", "", { className: "card" }), title = make("h2", "");
      const link = make("a", "", { href: it.url }), about = make("p", "", { className: "meta" }), summary = make("p", "");
      mark(link, it.title, found.asked);
      mark(summary, it.summary, found.asked);
      about.append(...[it.kind, ...(it.date ? [make("time", it.day, { dateTime: it.date })] : []), ...it.topics].map((part) => {
        const span = make("span", "");
        if (it.topics.includes(part)) mark(span, part, found.asked);
        else span.append(part);
        return span;
      }).flatMap((span) => [span, " "]));
      title.append(link);
      card.append(title, about, summary);
      item.append(card);
      return item;
    });
    results.append(...items);
    more.hidden = shown === found.documents.length;
    if (first) items[0].querySelector("a").focus();
    quote(all, items, mine);
  }

  // Where a result does not show all the words, adds the passage of the page that has most of them.
  async function quote(all, items, mine) {
    await new Promise((done) => setTimeout(done, 400));
    all.forEach(async (it, at) => {
      const missing = found.asked.filter((word) => search.marks([it.title, it.summary, ...it.topics].join(" "), [word]).length === 1);
      if (mine !== turn || !missing.length) return;
      const page = new DOMParser().parseFromString(await fetch(it.url).then((it) => it.ok ? it.text() : "", () => ""), "text/html");
      let best = "", most = 0;
      for (const part of page.querySelectorAll("main :is(p, li, dd, td, blockquote, figcaption)")) {
        const text = part.textContent.replace(/\s+/g, " ").trim();
        const has = (words) => words.filter((word) => search.marks(text, [word]).length > 1).length;
        const worth = has(missing) && has(found.asked) + Math.min(text.length, 100) / 200;
        if (worth > most) [best, most] = [text, worth];
      }
      if (mine !== turn || !most) return;
      const near = best.indexOf(search.marks(best, missing)[1]);
      const from = near < 120 ? 0 : best.indexOf(" ", near - 100) + 1;
      const to = best.length - from < 260 ? best.length : best.lastIndexOf(" ", from + 240);
      const passage = make("p", "", { className: "passage" });
      mark(passage, (from ? "… " : "") + best.slice(from, to) + (to < best.length ? " …" : ""), found.asked);
      items[at].firstChild.append(passage);
    });
  }

  async function run() {
    const mine = ++turn;
    const filters = selects.filter((it) => it.value).map((it) => [it.name, it.value]);
    const text = q.value.trim() && q.value;
    const query = new URLSearchParams([...(text ? [["q", text.trim()]] : []), ...filters]).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    const answer = await search.find(text, filters);
    if (mine !== turn) return;
    [found, shown] = [answer, 0];
    const n = found.documents.length;
    results.replaceChildren();
    more.hidden = true;
    document.getElementById("search_browse").hidden = n > 0;
    const said = !n ? form.dataset.none : found.all ? form.dataset[n === 1 ? "one" : "other"] : form.dataset.some;
    count.textContent = text || filters.length ? said.replace("{n}", n.toLocaleString(document.documentElement.lang)) : "";
    if (n) await show();
  }

  const asked = new URLSearchParams(location.search);
  q.value = asked.get("q") ?? "";
  for (const select of selects) if ([...select.options].some((it) => it.value === asked.get(select.name))) select.value = asked.get(select.name);
  let wait;
  const fault = () => {
    [count.textContent, search.known, search.first] = [form.dataset.fault, new Map(), null];
    document.getElementById("search_browse").hidden = false;
  };
  const soon = (time) => { clearTimeout(wait); wait = setTimeout(() => run().catch(fault), time); };
  q.addEventListener("input", () => soon(200));
  for (const select of selects) select.addEventListener("change", () => soon(0));
  form.addEventListener("submit", (it) => { it.preventDefault(); soon(0); });
  more.addEventListener("click", () => show().catch(fault));
  if (location.search) soon(0);
}

if (globalThis.document) {
  const form = document.getElementById("search");
  if (form) start(form);
}

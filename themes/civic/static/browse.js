// Filters and sorts a list by its index.json. Without it the links beside the list do the same, one at a time.
(() => {
  const root = document.getElementById("browse");
  if (!root) return;
  const words = root.dataset;
  const body = document.querySelector(".body");
  const make = (name, fields, ...inner) => {
    const it = Object.assign(document.createElement(name), fields);
    it.append(...inner);
    return it;
  };
  const push = (text, type = "button") => make("button", { type, className: "button" }, text);
  const meta = (name, ...inner) => make(name, { className: "meta" }, ...inner);
  const toggle = push(words.open);
  const status = meta("p");
  const found = make("div", { className: "found", hidden: true });
  const shown = [...body.querySelectorAll(":scope > .cards, :scope > .pagination")];
  let index, form;
  toggle.ariaExpanded = "false";
  status.role = "status";
  root.append(toggle, status);
  shown.at(-1)?.after(found);

  const build = () => {
    const asked = new URLSearchParams(location.search);
    const option = (it) => make("option", { value: it, selected: asked.get("sort") === it }, words[it]);
    const sort = make("select", { name: "sort" }, ...["newest", "oldest", "title"].map(option));
    form = make("form", { className: "side facets", ariaLabel: words.open });
    form.append(make("label", { className: "sort" }, words.sort + " ", sort));
    for (const { name, label, terms } of index.facets) {
      const box = ({ slug, title }) => {
        const input = make("input", { type: "checkbox", name, value: slug });
        input.checked = asked.getAll(name).includes(slug);
        return make("li", {}, make("label", {}, input, ` ${title} `, meta("span")));
      };
      form.append(make("fieldset", {}, make("legend", {}, label), make("ul", {}, ...terms.map(box))));
    }
    form.append(push(words.reset, "reset"));
    form.onchange = apply;
    form.onsubmit = () => false;
    // Its fields are empty only after the event.
    form.onreset = () => setTimeout(apply);
    body.before(form);
  };

  const open = async (on) => {
    try {
      index ||= await (await fetch(words.index)).json();
    } catch {
      status.textContent = words.failed;
      return;
    }
    form || build();
    form.hidden = !on;
    document.querySelectorAll("#the_facets, .to-facets").forEach((it) => (it.hidden = on));
    toggle.ariaExpanded = String(on);
    apply();
  };

  const card = ({ title, url, date, summary, lang, terms }) => {
    const line = meta("p");
    if (date) line.append(make("span", {}, make("time", { dateTime: date.iso }, date.text)));
    for (const { slug, title } of index.facets.find((it) => it.name === "status")?.terms || [])
      if (terms.status?.includes(slug))
        line.append(" ", make("span", {}, make("span", { className: "mark is-" + slug }, title)));
    const head = make("h2", {}, make("a", { href: url }, title));
    return make("li", { className: "card", ...(lang && { lang }) }, head, line, make("p", {}, summary));
  };

  // What has no day comes last.
  const day = (down) => (a, b) => !a.date - !b.date || (a.date ? down * a.date.iso.localeCompare(b.date.iso) : 0);
  const orders = { newest: day(-1), oldest: day(1), title: (a, b) => a.title.localeCompare(b.title) };

  const apply = () => {
    const asked = new URLSearchParams(new FormData(form));
    const order = orders[asked.get("sort")];
    if (order === orders.newest) asked.delete("sort");
    const query = String(asked);
    history.replaceState(null, "", query ? "?" + query : location.pathname);
    const has = (item, name, slug) => item.terms[name]?.includes(slug);
    // Of one facet any term will do; of several facets each must fit.
    const fits = (item, but) =>
      index.facets.every(({ name }) => {
        const terms = asked.getAll(name);
        return name === but || !terms.length || terms.some((it) => has(item, name, it));
      });
    for (const { name, value, parentNode } of form.querySelectorAll("input"))
      parentNode.lastChild.textContent = index.items.filter((it) => has(it, name, value) && fits(it, name)).length;
    const own = index.items.filter((it) => fits(it)).sort(order);
    status.textContent = words.count.replace("{n}", own.length).replace("{m}", index.items.length);
    shown.forEach((it) => (it.hidden = query));
    found.hidden = !query;
    const list = make("ul", { className: "cards" });
    const more = push(words.more);
    const next = () => {
      const start = list.children.length;
      list.append(...own.slice(start, start + 50).map(card));
      more.hidden = !own[start + 50];
      return list.children[start];
    };
    more.onclick = () => next().querySelector("a").focus();
    next();
    found.replaceChildren(own.length ? list : words.nothing, more);
  };

  toggle.onclick = () => open(toggle.ariaExpanded === "false");
  if (words.names.split(" ").some((it) => new URLSearchParams(location.search).has(it))) open(true);
})();

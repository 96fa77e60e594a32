"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { documents, summary } = data;
  const main = document.getElementById("main");

  // ---- Making elements. Text only ever becomes a text node, never markup.

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value !== undefined && value !== null && value !== false) {
        element.setAttribute(name, value === true ? "" : value);
      }
    }
    element.append(...children.flat(Infinity).filter((child) => child || child === 0));
    return element;
  }
  const number = (value) => value.toLocaleString("en");
  const count = (value, one, many) => `${number(value)} ${value === 1 ? one : many}`;
  const weight = (votes) => votes.toLocaleString("en", { maximumFractionDigits: 1 });
  const percent = (share) =>
    `${share < 1 ? Math.min(99, Math.round(share * 100)) : 100} %`;
  const spaced = (name) => name.replaceAll("_", " ");
  const badge = (name, text) => make("span", { class: `badge ${name}` }, text || spaced(name));
  const day = (date) => (date ? date.split("T")[0] : "undated");
  const moment = (date) => (date ? date.replace("T", " ").replace("Z", " UTC") : "undated");
  const outlet = (place) => documents[place].source || documents[place].id;

  /** The title of a document, as a link where its address is one that a browser may open. */
  function title(place) {
    const { title, id, url } = documents[place];
    const text = title || id;
    return url && /^https?:\/\//i.test(url)
      ? make("a", { href: url, rel: "noopener noreferrer" }, text)
      : make("span", {}, text);
  }

  // ---- Texts with their changed words marked.

  const MEANING = {
    d: "only in this text", a: "only in this text", r: "other words in the other text",
    m: "elsewhere in the other text",
  };
  function sides(pieces) {
    return pieces.map((piece) =>
      typeof piece === "string"
        ? piece
        : make("mark", { class: piece[0], title: MEANING[piece[0]] }, piece[1]));
  }
  function versions(pieces) {
    return pieces.map((piece) => {
      if (typeof piece === "string") return piece;
      return piece[0] === "d"
        ? make("del", { title: "in the fullest form only" }, piece[1])
        : make("ins", { title: "not in the fullest form" }, piece[1]);
    });
  }
  /** Changes of substance; `describe` is one of the two functions below. */
  function drifts(list, describe) {
    if (!list || !list.length) return null;
    return make("ul", { class: "chips", "aria-label": "Changes of substance" },
      list.map((drift) => make("li", {}, make("b", {}, drift.kind), " ", describe(drift))));
  }
  /** Against the fullest form of a cluster. */
  function change({ a, b }) {
    if (a && b) return `“${a}” → “${b}”`;
    return a ? `without “${a}”` : `with “${b}”`;
  }
  /** Between two texts of which neither need be the source of the other. */
  function contrast({ a, b }) {
    if (a && b) return `“${a}” left, “${b}” right`;
    return a ? `“${a}” left only` : `“${b}” right only`;
  }
  const plain = (pieces) => pieces.map((piece) => (typeof piece === "string" ? piece : piece[1])).join("");
  /** A version's own words, without those that only the fullest form has. */
  const own = (pieces) => plain(pieces.filter((piece) => typeof piece === "string" || piece[0] !== "d"));
  /** The part of a text around some of its words. */
  function around(text, words) {
    const start = Math.max(0, text.indexOf(words || "") - 50);
    const end = start + 130;
    const from = start > 0 ? text.indexOf(" ", start) + 1 : 0;
    const to = end < text.length ? text.lastIndexOf(" ", end) : text.length;
    return `${from > 0 ? "…" : ""}${text.slice(from, Math.max(to, from))}${to < text.length ? "…" : ""}`;
  }

  // ---- Clusters of quotes and of passages.

  const VERDICTS = {
    found: "origin found", probable: "origin probable",
    common_source: "common source, not among these texts",
    undetermined: "origin cannot be told from these texts",
  };

  function verdict(cluster) {
    const sure = cluster.verdict === "found" || cluster.verdict === "probable";
    let text = VERDICTS[cluster.verdict] || spaced(cluster.verdict);
    if (sure && cluster.origin !== null) text += `: ${outlet(cluster.origin)}`;
    if (sure) text += ` (${percent(cluster.probability)})`;
    return badge(cluster.verdict, text);
  }

  function speaker(cluster) {
    if (!cluster.speaker) return null;
    const { name, votes, conflicts } = cluster.speaker;
    const shownConflicts = 4;
    const others = conflicts.slice(0, shownConflicts).map((conflict) => {
      const where = [...new Set(conflict.docs.map(outlet))];
      const shown = where.slice(0, 3).join(", ") + (where.length > 3 ? " and others" : "");
      return make("li", {}, make("b", {}, "speaker"),
        ` ${conflict.name} instead, in ${shown} (weight ${weight(conflict.votes)} against ${weight(votes)})`);
    });
    if (conflicts.length > shownConflicts) {
      others.push(make("li", {}, `and ${number(conflicts.length - shownConflicts)} more`));
    }
    return [
      make("p", { class: "speaker" }, name),
      others.length ? make("ul", { class: "chips", "aria-label": "Conflicting speakers" }, others) : null,
    ];
  }

  function clusterCard(cluster, isQuote) {
    const [name, conflicts] = speaker(cluster) ||
      [isQuote ? make("p", { class: "soft" }, "speaker unknown") : null, null];
    const changes = cluster.members.flatMap((member) => member.drift || []);
    const seen = new Set();
    // Speakers in conflict are told above, with their weights.
    const distinct = changes.filter((drift) => {
      const key = JSON.stringify(drift);
      return drift.kind !== "speaker" && !seen.has(key) && seen.add(key);
    });
    const range = cluster.first && day(cluster.first) !== day(cluster.last)
      ? `${day(cluster.first)} to ${day(cluster.last)}` : day(cluster.first);
    return make("article", { class: "card", id: cluster.id },
      make("a", { class: "link", href: `#${cluster.id}`, "aria-label": "Link to this cluster" }, "#"),
      make("h3", { class: "words" }, isQuote ? `“${cluster.text}”` : cluster.text),
      make("div", { class: "facts" },
        name,
        make("p", {}, `${count(cluster.size, "version", "versions")} in ${count(cluster.sources, "source", "sources")}`),
        make("p", {}, range),
        make("p", {}, verdict(cluster))),
      conflicts,
      drifts(distinct.slice(0, 6), change),
      lazyDetails("Timeline and versions", () => clusterDetails(cluster, isQuote)));
  }

  /** A disclosure whose content is only made when it is first opened. */
  function lazyDetails(label, content) {
    const details = make("details", {
      toggle: () => {
        if (details.open && details.children.length === 1) details.append(...[content()].flat());
      },
    }, make("summary", {}, label));
    return details;
  }

  function clusterDetails(cluster, isQuote) {
    const first = 15;
    const list = make("ol", { class: "timeline" },
      cluster.members.slice(0, first).map((member) => version(cluster, member, isQuote)));
    const parts = [make("h4", {}, "Timeline, oldest first"), list];
    const rest = cluster.members.slice(first);
    if (rest.length) {
      const button = make("button", {
        type: "button",
        click: () => {
          list.append(...rest.map((member) => version(cluster, member, isQuote)));
          button.remove();
        },
      }, `Show ${number(rest.length)} more`);
      parts.push(button);
    }
    const hidden = cluster.size - cluster.members.length;
    if (hidden > 0) {
      parts.push(make("p", { class: "soft small" },
        `${count(hidden, "further version is", "further versions are")} in clusters.jsonl.`));
    }
    parts.push(make("h4", {}, "Why: " + (VERDICTS[cluster.verdict] || cluster.verdict)));
    parts.push(cluster.why.length
      ? make("ul", {}, cluster.why.map((reason) => make("li", {}, reason)))
      : make("p", { class: "soft" }, "No reason is on record."));
    if (cluster.edges.length) {
      parts.push(make("h4", {}, "Who seems to have taken it from whom"), tree(cluster));
    }
    return parts;
  }

  function version(cluster, member, isQuote) {
    const document = documents[member.doc];
    const other = isQuote && member.speaker && cluster.speaker && member.speaker !== cluster.speaker.name;
    return make("li", { class: cluster.origin === member.doc ? "origin" : null },
      make("div", { class: "facts" },
        make("time", { class: "soft" }, moment(document.date)),
        make("strong", {}, outlet(member.doc)),
        title(member.doc),
        badge(member.variant),
        other ? make("span", { class: "warning" }, `said by: ${member.speaker}`) : null),
      member.pieces && member.pieces.length
        ? make("p", { class: "version" }, versions(member.pieces)) : null,
      drifts(member.drift, change));
  }

  /** The most probable source of every version, as a tree. */
  function tree(cluster) {
    const best = new Map();
    for (const edge of cluster.edges) {
      const known = best.get(edge.child);
      if (!known || edge.probability > known.probability) best.set(edge.child, edge);
    }
    const children = new Map();
    cluster.members.forEach((_, child) => {
      const edge = best.get(child);
      const parent = edge ? edge.parent : undefined;
      const key = parent === null ? "unseen" : parent === undefined ? "none" : parent;
      children.set(key, [...(children.get(key) || []), child]);
    });
    const drawn = new Set();
    const branch = (child) => {
      if (drawn.has(child)) return null;
      drawn.add(child);
      const edge = best.get(child);
      const place = cluster.members[child].doc;
      return make("li", {},
        make("strong", {}, outlet(place)), ` ${day(documents[place].date)}`,
        edge ? make("span", { class: "soft small" },
          ` ${percent(edge.probability)}${edge.why.length ? ` · ${edge.why.join("; ")}` : ""}`) : null,
        branches(child));
    };
    const branches = (key) => {
      const below = (children.get(key) || []).map(branch).filter(Boolean);
      return below.length ? make("ul", {}, below) : null;
    };
    const roots = (children.get("none") || []).map(branch);
    if (children.has("unseen")) {
      roots.push(make("li", {}, make("em", {}, "a source that is not here"), branches("unseen")));
    }
    return make("ul", { class: "tree" }, roots);
  }

  // ---- Document pairs.

  const pairId = (pair) => `pair-${documents[pair.a].id}-${documents[pair.b].id}`;

  function head(place, share) {
    const bar = make("div", {});
    bar.style.width = `${Math.min(100, share * 100)}%`;
    return make("div", {},
      make("p", { class: "small" }, make("strong", {}, outlet(place)), ` ${moment(documents[place].date)}`),
      make("h3", {}, title(place)),
      make("div", { class: "share", "aria-hidden": "true" }, bar),
      make("p", { class: "small soft" }, `${percent(share)} of this text is shared`));
  }

  function pairCard(pair) {
    const id = pairId(pair);
    const labels = new Map();
    pair.passages.forEach(({ label }) => labels.set(label, (labels.get(label) || 0) + 1));
    const changes = pair.passages.flatMap((passage) => passage.drift);
    return make("article", { class: "card", id },
      make("a", { class: "link", href: `#${encodeURIComponent(id)}`, "aria-label": "Link to this pair" }, "#"),
      make("div", { class: "heads" }, head(pair.a, pair.share_a), head(pair.b, pair.share_b)),
      make("div", { class: "facts" },
        badge(pair.relation),
        [...labels].map(([label, times]) => make("span", {}, `${number(times)} ${spaced(label)}`))),
      drifts(changes.slice(0, 4), contrast),
      lazyDetails(count(pair.count, "passage side by side", "passages side by side"), () => [
        ...pair.passages.map(passageView),
        pair.count > pair.passages.length
          ? make("p", { class: "soft small" },
            `${count(pair.count - pair.passages.length, "further passage is", "further passages are")} in passages.jsonl.`)
          : "",
      ]));
  }

  function passageView(passage) {
    return make("section", { class: "passage", id: passage.id },
      make("div", { class: "facts" },
        badge(passage.label),
        make("span", { class: "soft small" },
          `${passage.why.join("; ")}${passage.probability ? ` · probability ${percent(passage.probability)}` : ""}`),
        passage.cluster && places.has(passage.cluster)
          ? make("a", { class: "small", href: `#${passage.cluster}` }, "all versions") : null),
      make("div", { class: "sides" }, make("p", {}, sides(passage.a)), make("p", {}, sides(passage.b))),
      drifts(passage.drift, contrast));
  }

  // ---- Lists that show a screenful at a time.

  /** Where every linked thing is: its list and its item. */
  const places = new Map();
  const lists = [];

  /**
   * A list of findings. `controls` are functions that make a control and give back a test of one
   * item; the list shows what passes all of them and the filters at the head of the page.
   */
  function list({ id, heading, note, items, draw, text, outlets, orders, choices }) {
    const step = 10;
    let shown = step;
    let matching = items;
    const holder = make("div", {});
    const output = make("output", { "aria-live": "polite" });
    const more = make("button", { type: "button", class: "more", click: () => { shown += 2 * step; show(); } });
    const texts = new Map();
    const haystack = (item) => {
      if (!texts.has(item)) texts.set(item, text(item).join("\n").toLowerCase());
      return texts.get(item);
    };
    const selects = choices.map(({ label, of }) => {
      const times = new Map();
      items.forEach((item) => new Set(of(item)).forEach((value) => times.set(value, (times.get(value) || 0) + 1)));
      const values = [...times].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1)).slice(0, 300);
      const select = make("select", { change: () => apply() },
        make("option", { value: "" }, "all"),
        values.map(([value, n]) => make("option", { value }, `${spaced(value)} (${number(n)})`)));
      return { select, of, field: values.length > 1 ? make("label", {}, label, select) : null };
    });
    const order = make("select", { change: () => apply() },
      orders.map(({ label }, place) => make("option", { value: place }, label)));

    function apply() {
      const wanted = filters();
      matching = items.filter((item) =>
        selects.every(({ select, of }) => !select.value || of(item).includes(select.value)) &&
        (!wanted.outlet || outlets(item).includes(wanted.outlet)) &&
        wanted.words.every((word) => haystack(item).includes(word)));
      const { compare } = orders[order.value || 0];
      if (compare) matching = [...matching].sort(compare);
      shown = step;
      show();
    }
    function show() {
      const now = matching.slice(0, shown);
      // Cards that are already drawn stay, so that what is open stays open.
      now.forEach((item, place) => {
        const drawn = holder.children[place];
        if (!drawn || drawn.item !== item) {
          const card = draw(item);
          card.item = item;
          if (drawn) drawn.replaceWith(card);
          else holder.append(card);
        }
      });
      while (holder.children.length > now.length) holder.lastChild.remove();
      more.hidden = matching.length <= shown;
      more.textContent = `Show ${number(Math.min(2 * step, matching.length - shown))} more`;
      output.textContent = matching.length === items.length
        ? `${number(items.length)} in all` : `${number(matching.length)} of ${number(items.length)}`;
      empty.hidden = matching.length > 0;
    }
    /** Shows an item, whatever the filters say, and gives back its card. */
    function reveal(item) {
      if (!matching.includes(item)) {
        selects.forEach(({ select }) => { select.value = ""; });
        clearFilters();
      }
      shown = Math.max(shown, matching.indexOf(item) + 1);
      show();
      return [...holder.children].find((card) => card.item === item);
    }
    const empty = make("p", { class: "none" }, items.length ? "Nothing matches the filters." : "None were found.");
    main.append(make("section", { "aria-labelledby": id },
      make("h2", { id }, heading),
      note,
      items.length ? make("div", { class: "controls" },
        selects.map(({ field }) => field),
        items.length > 1 ? make("label", {}, "order", order) : null, output) : null,
      holder, empty, more));
    const self = { apply, reveal };
    lists.push(self);
    return self;
  }

  // ---- The head of the page.

  const search = make("input", { type: "search", placeholder: "Search texts, speakers, titles", "aria-label": "Search" });
  const outletSelect = make("select", { "aria-label": "Outlet", change: () => applyAll() },
    make("option", { value: "" }, "all outlets"),
    [...new Set(documents.map(({ source }) => source).filter(Boolean))].sort()
      .map((source) => make("option", { value: source }, source)));
  const filters = () => ({
    words: search.value.toLowerCase().split(/\s+/).filter(Boolean), outlet: outletSelect.value,
  });
  const applyAll = () => lists.forEach(({ apply }) => apply());
  function clearFilters() {
    search.value = "";
    outletSelect.value = "";
    applyAll();
  }
  let waiting;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(applyAll, 150);
  });

  const sections = [
    ["overview", "Overview"],
    ["quotes", `Shared quotes (${number(summary.totals.quote_clusters)})`],
    ["passages", `Shared passages (${number(summary.totals.passage_clusters)})`],
    ["pairs", `Document pairs (${number(summary.totals.pairs)})`],
  ];
  main.append(make("div", { class: "bar" },
    make("nav", { "aria-label": "Sections" },
      sections.map(([id, label]) => make("a", { href: `#${id}` }, label))),
    make("form", { role: "search", submit: (event) => event.preventDefault() }, search, outletSelect,
      make("button", { type: "button", click: clearFilters }, "Clear"))));

  function overview() {
    const { totals, problems } = summary;
    const tile = (value, label) => make("div", {}, make("dt", {}, label), make("dd", {}, number(value)));
    const dates = summary.first_date
      ? `Published ${day(summary.first_date)} to ${day(summary.last_date)}` : "No document has a date";
    const undated = totals.documents_without_date && summary.first_date
      ? `, ${number(totals.documents_without_date)} without a date` : "";
    const languages = Object.entries(summary.languages).sort((x, y) => y[1] - x[1])
      .map(([code, n]) => `${languageName(code)} (${number(n)})`).join(", ");
    main.append(make("section", { "aria-labelledby": "overview" },
      make("h2", { id: "overview" }, "Overview"),
      summary.why_empty ? make("p", {}, `Nothing shared: ${summary.why_empty}.`) : null,
      make("dl", { class: "tiles" },
        tile(totals.documents, totals.documents === 1 ? "document" : "documents"),
        tile(totals.sources, totals.sources === 1 ? "outlet" : "outlets"),
        tile(totals.speech_quotes, `quotes, ${number(totals.attributed_quotes)} with a speaker`),
        tile(totals.quote_clusters, "shared quotes"),
        tile(totals.passages, "reused passages"),
        tile(totals.pairs, "document pairs")),
      make("p", { class: "soft" }, [`${dates}${undated}`, languages].filter(Boolean).join(". ") + "."),
      problems.skipped + problems.warnings
        ? make("p", { class: "warning" },
          `${count(problems.skipped, "record was", "records were")} skipped and ` +
          `${count(problems.warnings, "warning was", "warnings were")} given; `,
          make("a", { href: "problems.jsonl" }, "problems.jsonl"), " lists them.") : null,
      summary.warnings.map((warning) => make("p", { class: "warning" }, warning)),
      worthALook(),
      lazyDetails("How the run went", runDetails)));
  }

  function languageName(code) {
    if (code === "und") return "unknown language";
    try {
      return new Intl.DisplayNames(["en"], { type: "language" }).of(code);
    } catch {
      return code;
    }
  }

  /** Speakers in doubt and changed meanings, the gravest first. */
  function worthALook() {
    const gravity = ["negation", "speaker", "number", "name", "date", "joined", "condition", "hedge"];
    const found = [];
    const seen = new Set();
    const add = (kind, text, whole, words, id) => {
      const rank = gravity.indexOf(kind);
      const context = around(whole, words);
      // One change is told once, in however many pairs of documents it shows.
      const place = Math.max(0, whole.indexOf(words));
      const key = `${kind} ${whole.slice(place, place + 30)}`;
      if (rank >= 0 && !seen.has(key)) {
        seen.add(key);
        found.push({ rank, kind, text, context, id });
      }
    };
    for (const cluster of [...data.quotes, ...data.passages]) {
      for (const conflict of cluster.speaker ? cluster.speaker.conflicts : []) {
        const where = conflict.docs.length ? ` in ${outlet(conflict.docs[0])}` : "";
        add("speaker", `${cluster.speaker.name}, but ${conflict.name}${where}`, cluster.text, "", cluster.id);
      }
      for (const member of cluster.members) {
        for (const drift of member.drift || []) {
          const text = drift.b ? own(member.pieces || []) : cluster.text;
          add(drift.kind, `${outlet(member.doc)}: ${change(drift)}`, text, drift.b || drift.a, cluster.id);
        }
      }
    }
    for (const pair of data.pairs) {
      for (const passage of pair.passages) {
        for (const drift of passage.drift) {
          const [a, b] = [outlet(pair.a), outlet(pair.b)];
          const text = drift.a && drift.b ? `“${drift.a}” in ${a}, “${drift.b}” in ${b}`
            : drift.a ? `“${drift.a}” in ${a}, not in ${b}` : `“${drift.b}” in ${b}, not in ${a}`;
          add(drift.kind, text, plain(drift.b ? passage.b : passage.a), drift.b || drift.a, passage.id);
        }
      }
    }
    if (!found.length) return null;
    // Two of each kind at a time, so that the most frequent kind does not hide the others.
    const times = new Map();
    for (const entry of found) {
      const nth = times.get(entry.rank) || 0;
      times.set(entry.rank, nth + 1);
      entry.round = Math.floor(nth / 2);
    }
    found.sort((x, y) => x.round - y.round || x.rank - y.rank);
    const entry = ({ kind, text, context, id }) =>
      make("li", {}, make("span", { class: "warning" }, kind),
        make("div", {}, make("a", { href: `#${id}` }, text), make("div", { class: "soft small" }, context)));
    const shown = 8;
    const entries = make("ul", { class: "look" }, found.slice(0, shown).map(entry));
    const rest = found.slice(shown, 200);
    const button = rest.length ? make("button", {
      type: "button", click: () => { entries.append(...rest.map(entry)); button.remove(); },
    }, `Show ${number(rest.length)} more`) : null;
    return [make("h3", {}, "Worth a look"), entries, button];
  }

  function runDetails() {
    return [
      make("table", {},
        make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "stage"), make("th", { scope: "col" }, "what"),
          make("th", { scope: "col", class: "number" }, "in"), make("th", { scope: "col", class: "number" }, "out"))),
        make("tbody", {}, summary.counts.map((row) => make("tr", {}, make("td", {}, row.stage), make("td", {}, row.what),
          make("td", { class: "number" }, number(row.entered)), make("td", { class: "number" }, number(row.left)))))),
      make("h4", {}, "Settings in effect"),
      make("pre", {}, JSON.stringify(summary.parameters, null, 2)),
    ];
  }

  const leftOut = (n, file) => n
    ? make("p", { class: "soft small" }, `The page shows the weightiest; ${number(n)} more are in ${file}.`) : null;
  const newest = (x, y) => (y.last || "").localeCompare(x.last || "");
  const oldest = (x, y) => (x.first || "9999").localeCompare(y.first || "9999");
  const changes = (cluster) =>
    cluster.members.reduce((sum, member) => sum + (member.drift || []).length, 0) +
    (cluster.speaker ? cluster.speaker.conflicts.length : 0);
  const clusterOrders = [
    { label: "most sources" }, { label: "newest", compare: newest }, { label: "oldest", compare: oldest },
    { label: "most changes", compare: (x, y) => changes(y) - changes(x) },
  ];
  const memberText = (member) => [
    outlet(member.doc), documents[member.doc].title || "", member.speaker || "",
    own(member.pieces || []),
  ];
  const clusterText = (cluster) => [
    cluster.text, cluster.speaker ? cluster.speaker.name : "",
    ...(cluster.speaker ? cluster.speaker.conflicts.map(({ name }) => name) : []),
    ...cluster.members.flatMap(memberText),
  ];
  const clusterOutlets = (cluster) => cluster.members.map(({ doc }) => documents[doc].source);

  overview();
  const quotes = list({
    id: "quotes", heading: "Shared quotes", items: data.quotes,
    note: leftOut(data.left_out.quotes, "clusters.jsonl"),
    draw: (cluster) => clusterCard(cluster, true), text: clusterText, outlets: clusterOutlets,
    orders: clusterOrders,
    choices: [
      { label: "speaker", of: (cluster) => (cluster.speaker ? [cluster.speaker.name] : []) },
      { label: "origin", of: (cluster) => [cluster.verdict] },
      { label: "changes", of: (cluster) => [
        ...cluster.members.flatMap((member) => (member.drift || []).map(({ kind }) => kind)),
        ...(cluster.speaker && cluster.speaker.conflicts.length ? ["speaker"] : []),
      ] },
    ],
  });
  const passages = list({
    id: "passages", heading: "Shared passages", items: data.passages,
    note: leftOut(data.left_out.passages, "clusters.jsonl"),
    draw: (cluster) => clusterCard(cluster, false), text: clusterText, outlets: clusterOutlets,
    orders: clusterOrders,
    choices: [{ label: "origin", of: (cluster) => [cluster.verdict] }],
  });
  const latest = (pair) => [pair.a, pair.b].map((place) => documents[place].date || "").sort()[1];
  const pairs = list({
    id: "pairs", heading: "Document pairs", items: data.pairs,
    note: [
      leftOut(data.left_out.pairs, "pairs.jsonl"),
      data.pairs.length ? make("p", { class: "legend" },
        make("span", {}, make("mark", { class: "r" }, "reworded")),
        make("span", {}, make("mark", { class: "d" }, "only in the left text")),
        make("span", {}, make("mark", { class: "a" }, "only in the right text")),
        make("span", {}, make("mark", { class: "m" }, "moved"))) : null,
    ].filter(Boolean),
    draw: pairCard,
    text: (pair) => [
      ...[pair.a, pair.b].flatMap((place) => [outlet(place), documents[place].title || ""]),
      ...pair.passages.flatMap((passage) => [plain(passage.a), plain(passage.b)]),
    ],
    outlets: (pair) => [documents[pair.a].source, documents[pair.b].source],
    orders: [
      { label: "most shared text" },
      { label: "newest", compare: (x, y) => latest(y).localeCompare(latest(x)) },
      { label: "greatest share", compare: (x, y) => Math.max(y.share_a, y.share_b) - Math.max(x.share_a, x.share_b) },
    ],
    choices: [
      { label: "relation", of: (pair) => [pair.relation] },
      { label: "label", of: (pair) => pair.passages.map(({ label }) => label) },
    ],
  });

  data.quotes.forEach((cluster) => {
    places.set(cluster.id, [quotes, cluster]);
    cluster.members.forEach(({ item }) => item && places.set(item, [quotes, cluster]));
  });
  data.passages.forEach((cluster) => places.set(cluster.id, [passages, cluster]));
  data.pairs.forEach((pair) => {
    places.set(pairId(pair), [pairs, pair]);
    pair.passages.forEach(({ id }) => places.set(id, [pairs, pair]));
  });

  /** Opens what the address names, even when it is far down a list or filtered away. */
  function follow() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* An address that is not encoded is taken as it is. */ }
    if (!places.has(id)) return;
    const [where, item] = places.get(id);
    const card = where.reveal(item);
    const details = card.querySelector("details");
    details.open = true;
    // The content is made when the disclosure tells that it was opened, a moment later.
    setTimeout(() => (document.getElementById(id) || card).scrollIntoView(), 50);
    document.querySelectorAll(".card.found").forEach((other) => other.classList.remove("found"));
    card.classList.add("found");
  }
  window.addEventListener("hashchange", follow);
  window.addEventListener("beforeprint", () =>
    main.querySelectorAll(".card details").forEach((details) => { details.open = true; }));

  main.append(make("footer", {},
    make("p", {}, `Made by cento ${summary.version}. Every finding with its exact offsets is in the JSON Lines files beside this page.`)));
  applyAll();
  // A short report is read as a whole.
  if (data.quotes.length <= 5) main.querySelectorAll("#quotes ~ div details").forEach((details) => { details.open = true; });
  follow();
})();

// Writes a site that is hard to show well: 300 documents of all kinds, with every field, every construct and every extreme.
//
//     node hard-site.mjs FOLDER [LANGUAGE]
//
// Long, because most of it is data. The language decides the words (Arabic for `ar`, English for all others) and, through Folio, the direction of the pages.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';

const WORDS = {
  en: 'open work council evaluation résumé naïve café data people borough service learning Łódź Zürich São-Paulo plan honest figure report street'.split(' '),
  ar: 'عمل مفتوح مجلس تقييم بيانات ناس خدمة تعلم خطة تقرير شارع مدينة رقم نتيجة سؤال جواب مشروع فريق صحيفة قراءة'.split(' '),
};
const OTHER = { en: 'هذا نص من اليمين إلى اليسار', ar: 'This text runs from left to right' };
const OTHER_LANGUAGE = { en: 'ar', ar: 'en' };
const LONG_WORD = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzgebungsverfahren'.padEnd(80, 'x');

/** Writes the site into `folder`, in the words of `language`. */
export function writeHardSite(folder, language) {
  const site = new Site(folder, language === 'ar' ? 'ar' : 'en');
  site.settings(language);
  site.topics();
  site.organisations();
  site.people();
  site.projects();
  site.evaluations();
  site.newsletters();
  site.posts();
  site.pages();
  site.files();
}

class Site {
  constructor(folder, words) {
    this.folder = folder;
    this.words = words;
  }

  /** Returns `count` words; the same `seed` gives the same words. */
  text(seed, count) {
    const words = WORDS[this.words];
    return Array.from({ length: count }, (_, at) => words[(seed * 7 + at * (3 + (seed % 5))) % words.length]).join(' ');
  }

  sentence(seed, count = 14) {
    const text = this.text(seed, count);
    return `${text[0].toUpperCase()}${text.slice(1)}.`;
  }

  write(path, content) {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  /** Writes a document. JSON is YAML, so each value is written as JSON. */
  document(path, fields, body = '') {
    const lines = Object.entries(fields).filter(([, value]) => value !== undefined);
    const head = lines.map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`).join('');
    this.write(`content/${path}`, `---\n${head}---\n\n${body}\n`);
  }

  settings(language) {
    const title = this.words === 'ar' ? 'موقع صعب' : 'Hard site';
    this.write('site.toml', `[site]
title = "${title}"
description = "${this.sentence(1)}"
base_url = "https://hard.example.org/"
language = "${language}"
organisation = "organisation-1"

[menus]
main = [
${['blog', 'evaluations', 'projects', 'newsletter', 'events', 'people', 'organisations'].map(it => `  { title = "${this.text(it.length, 1)} ${it}", url = "/${it}/" },`).join('\n')}
  { title = "${this.text(3, 6)}", url = "/about/" },
]
footer = [
${['archive', 'topics', 'authors', 'extreme-page', 'a/b/c/d'].map(it => `  { title = "${this.text(it.length, 2)} ${it}", url = "/${it}/" },`).join('\n')}
]

[theme]
logo = "/logo.svg"
share_image = "/logo.svg"
footer_note = "${this.sentence(4, 40)}"
home_sections = ["evaluation", "post", "project", "newsletter", "event", "person", "organisation"]

[newsletter]
action = "https://news.example.org/subscribe"
email_field = "EMAIL"
hidden = { list = "${this.text(4, 2)}", source = "web" }
invitation = "${this.sentence(5, 30)}"
frequency = "${this.sentence(6, 3)}"
privacy = "/about/"
`);
  }

  topics() {
    const topic = at => ({
      slug: `topic-${at}`,
      title: at === 1 ? LONG_WORD : `${this.text(at, 1 + (at % 6))} ${at}`,
      ...(at % 3 ? { description: this.sentence(at) } : {}),
    });
    const topics = Array.from({ length: 40 }, (_, at) => topic(at + 1));
    this.write('data/topics.yml', `${JSON.stringify(topics, null, 1)}\n`);
  }

  organisations() {
    const types = ['borough', 'council', 'regional', 'government', 'health', 'university', 'charity', 'company', 'professional-body', 'community', 'other'];
    for (let at = 1; at <= 20; at++) {
      this.document(`organisations/organisation-${at}.md`, {
        title: at === 2 ? this.longTitle(at) : `${this.text(at, 2)} o${at}`,
        summary: at % 2 ? this.sentence(at) : undefined,
        type: types[at % types.length],
        acronym: at % 3 ? undefined : 'ABC',
        url: at % 2 ? `https://organisation-${at}.example.org/` : undefined,
        parent: at > 10 ? `organisation-${at - 10}` : undefined,
        gss: at % 4 ? undefined : 'E09000012',
        logo: at === 3 ? { src: '@/tall.png', alt: this.text(at, 4) } : undefined,
        relationship: at % 2 ? [{ role: 'member', since: '2019-07' }, { role: 'funder', since: '2020', until: '2024-02' }] : undefined,
        contributes: at % 2 ? [{ amount: 30000, per: 'year', since: '2020' }, { amount: 1234567.5, currency: 'EUR' }] : undefined,
      }, at % 5 ? this.prose(at) : '');
    }
    this.document('organisations/extreme-organisation.md', { title: `${LONG_WORD}-organisation`, type: 'other', summary: LONG_WORD }, this.everything(1));
  }

  people() {
    for (let at = 1; at <= 20; at++) {
      this.document(`people/person-${at}.md`, {
        title: `${this.text(at, 3)} h${at}`,
        role: at % 2 ? this.text(at, at === 5 ? 40 : 3) : undefined,
        organisation: at % 3 ? `organisation-${at}` : undefined,
        image: at === 4 ? { src: '@/tall.png', alt: this.text(at, 5), credit: this.text(at, 3) } : undefined,
        links: at % 2 ? [{ title: this.text(at, 2), url: `https://example.org/${at}` }, { title: LONG_WORD, url: `https://example.org/${LONG_WORD}` }] : undefined,
        orcid: at === 6 ? '0000-0002-1825-0097' : undefined,
        pronouns: at === 6 ? 'they/them' : undefined,
        left: at === 7 ? '2023-01-01' : undefined,
      }, at % 2 ? this.prose(at) : '');
    }
  }

  projects() {
    const states = ['proposed', 'active', 'paused', 'completed', 'stopped'];
    for (let at = 1; at <= 60; at++) {
      const status = states[at % states.length];
      const full = at % 4 === 0;
      this.document(`projects/project-${at}.md`, {
        title: at === 8 ? this.longTitle(at) : `${this.text(at, 4)} p${at}`,
        summary: this.sentence(at),
        status,
        phase: full ? ['discovery', 'alpha', 'beta', 'live', 'retired'][(at / 4) % 5] : undefined,
        topics: this.someTopics(at),
        start: at % 2 ? '2022' : '2022-03',
        end: status === 'completed' ? '2024-01' : undefined,
        stopped_because: status === 'stopped' ? this.sentence(at) : undefined,
        evaluation_plan: status === 'active' ? (full ? { question: this.sentence(at), types: ['process', 'impact'], methods: ['survey'], when: '2025-02', evaluator: ['organisation-1', this.text(at, 2)], measures: [this.text(at, 9), LONG_WORD] } : { none: this.sentence(at) }) : undefined,
        ...(full ? this.fullProject(at, status) : {}),
      }, at % 7 ? this.prose(at) : '');
    }
    this.document('projects/extreme-project.md', {
      title: `${LONG_WORD}-project`, summary: LONG_WORD, status: 'stopped', stopped_because: LONG_WORD, topics: this.allTopics(),
      ...this.fullProject(3, 'stopped'), problem: LONG_WORD, why_chosen: LONG_WORD,
    }, this.everything(2));
  }

  fullProject(at, status) {
    return {
      history: [{ date: '2021', status: 'proposed', note: this.sentence(at) }, { date: '2022-03', phase: 'alpha' }, { date: '2023-01', status, note: this.sentence(at, 40) }],
      lead: `organisation-${1 + (at % 20)}`,
      boroughs: Array.from({ length: 20 }, (_, it) => `organisation-${it + 1}`),
      partners: [{ org: 'organisation-3', role: 'funder' }, { org: this.text(at, 9), role: 'adviser' }, { org: { name: LONG_WORD, url: 'https://example.org/' } }],
      owner: 'person-1',
      problem: this.sentence(at, 50),
      outcomes: [this.sentence(at), this.sentence(at + 1, 50)],
      why_chosen: this.sentence(at, 40),
      priority: { theme: this.text(at, 3), asked_for_by: [this.text(at, 2)], criteria: [this.text(at, 5), this.text(at, 30)] },
      budget: { amount: 1234567 },
      contributions: [{ org: 'organisation-1', amount: 30000, per: 'year' }, { org: this.text(at, 2), amount: 12.5, currency: 'USD' }],
      learning: this.prose(at, 3),
      links: [{ title: this.text(at, 2), url: 'https://service.example.org/' }, { title: LONG_WORD, url: 'https://code.example.org/' }],
      image: { src: '@/wide.png', alt: this.text(at, 8), caption: this.sentence(at), credit: this.text(at, 3) },
      documents: this.documents(at),
      related: this.related(at),
      contact: 'person-2',
      updated: '2024-02-02',
      changes: [{ date: '2024-02-02', note: this.sentence(at) }],
    };
  }

  evaluations() {
    const states = ['planned', 'ongoing', 'complete', 'stopped'];
    for (let at = 1; at <= 30; at++) {
      const status = states[at % states.length];
      const full = at % 3 === 0;
      this.document(`evaluations/evaluation-${at}.md`, {
        title: `${this.text(at, 6)} e${at}`,
        summary: this.sentence(at),
        status,
        types: ['process', 'impact', 'value-for-money', 'test-and-learn', 'synthesis', 'other'].slice(at % 4, (at % 4) + 1 + (at % 3)),
        evaluator: [`organisation-${1 + (at % 20)}`],
        date: status === 'complete' ? `2024-01-${String(at).padStart(2, '0')}` : undefined,
        topics: this.someTopics(at),
        evaluates: [`project-${at}`, `organisation-${1 + (at % 20)}`, ...(full ? [this.text(at, 3)] : [])],
        findings: status === 'complete' ? [{ headline: this.sentence(at), direction: 'positive', figure: { value: 300000, unit: 'GBP', qualifier: 'at-least', compared_with: this.text(at, 5) } }] : undefined,
        ...(full ? this.fullEvaluation(at) : {}),
      }, this.prose(at));
    }
    this.document('evaluations/extreme-evaluation.md', {
      title: this.longTitle(5), summary: this.sentence(5, 60), status: 'complete', date: '2024-02-03', types: ['process', 'other'],
      evaluator: Array.from({ length: 20 }, (_, it) => `organisation-${it + 1}`), topics: this.allTopics(),
      ...this.fullEvaluation(5),
    }, this.everything(3));
  }

  fullEvaluation(at) {
    const directions = ['positive', 'mixed', 'negative', 'none', 'context'];
    const figures = [
      { value: 1400000, unit: 'GBP', qualifier: 'potential', compared_with: this.sentence(at, 20), period: '2019 to 2023', per: this.text(at, 2) },
      { value: 12.5, unit: 'percent', qualifier: 'about' },
      { value: -3, unit: 'hours', qualifier: 'up-to', per: this.text(at, 1) },
      { value: 123456789012, unit: LONG_WORD, qualifier: 'exact' },
      undefined,
    ];
    return {
      independence: ['self', 'partner', 'independent'][at % 3],
      commissioned_by: 'organisation-2',
      questions: [this.sentence(at), this.sentence(at, 50), LONG_WORD],
      period: { start: '2019-07', end: '2023' },
      methods: ['survey', { method: 'interviews', n: 8, who: this.text(at, 4), note: this.sentence(at) }, { method: 'other', n: 1, note: LONG_WORD }, 'quasi-experimental-synthetic-control'],
      findings: Array.from({ length: 11 }, (_, it) => ({
        headline: it === 4 ? LONG_WORD : this.sentence(at + it, 5 + it * 3),
        direction: it === 10 ? undefined : directions[it % 5],
        figure: figures[it % 5],
        method: it % 2 ? this.text(it, 2) : undefined,
        project: it % 3 ? undefined : `project-${it + 1}`,
        detail: it % 4 ? undefined : this.prose(it, 2),
      })),
      improvements: ['not-started', 'in-progress', 'done', 'not-doing'].map((status, it) => ({
        issue: it ? this.sentence(it, 20) : LONG_WORD, action: this.sentence(it), owner: it % 2 ? 'person-3' : this.text(it, 3),
        due: '2025-03', status, updated: '2024-05-06', note: this.sentence(it),
      })),
      limitations: this.prose(at, 3),
      strength: { scale: ['nesta', 'maryland', 'eef', 'other'][at % 4], level: at % 6, why: this.sentence(at) },
      cost: { amount: 45000 },
      transparency: { plan: 'https://example.org/plan', registered: '2020-01-02', protocol: 'https://example.org/protocol', data: 'https://example.org/data', code: 'https://example.org/code', deviations: this.sentence(at), ethics: this.sentence(at, 30) },
      place: ['organisation-4', 'E09000012'],
      doi: '10.1234/abc', report_number: 'R-1', isbn: '9780306406157',
      documents: this.documents(at),
      related: this.related(at),
      image: { src: '@/wide.png', alt: this.text(at, 8) },
      contact: 'somebody@example.org',
    };
  }

  newsletters() {
    for (let at = 1; at <= 12; at++) {
      this.document(`newsletters/newsletter-${at}.md`, {
        title: `${this.text(at, 5)} n${at}`,
        date: `2024-${String(at).padStart(2, '0')}-01`,
        preheader: at % 2 ? this.sentence(at) : undefined,
        issue: at === 3 ? 3 : undefined,
      }, at === 12 ? this.everything(4) : this.prose(at));
    }
  }

  posts() {
    for (let at = 1; at <= 150; at++) {
      const day = `${2020 + (at % 5)}-${String(1 + (at % 12)).padStart(2, '0')}-${String(1 + (at % 28)).padStart(2, '0')}`;
      this.document(`posts/${day}-post-${at}.md`, {
        title: at % 50 === 0 ? this.longTitle(at) : `${this.text(at, 3 + (at % 7))} ${at}`,
        date: day,
        summary: at % 3 ? this.sentence(at) : undefined,
        authors: at % 4 ? [`person-${1 + (at % 20)}`] : [`person-${1 + (at % 20)}`, 'organisation-1', this.text(at % 9, 2)],
        topics: this.someTopics(at),
        projects: at % 5 ? undefined : [`project-${1 + (at % 60)}`],
        evaluations: at % 6 ? undefined : [`evaluation-${1 + (at % 30)}`],
        boroughs: at % 7 ? undefined : ['organisation-1', 'organisation-2'],
        series: at % 8 ? undefined : this.text(at % 3, 3),
        lang: at % 40 ? undefined : OTHER_LANGUAGE[this.words],
        featured: at < 4 ? true : undefined,
        updated: at % 9 ? undefined : '2025-01-01',
      }, this.prose(at, 6));
    }
    this.notices();
    this.document('posts/2024-06-01-extreme-everything.md', {
      title: this.longTitle(1), summary: this.sentence(2, 80), topics: this.allTopics(), authors: Array.from({ length: 20 }, (_, it) => `person-${it + 1}`),
      image: { src: '@/wide.png', alt: this.text(2, 8), caption: this.sentence(2, 40), credit: this.text(2, 4) },
      documents: this.documents(1), related: this.related(1), aliases: ['/old/extreme/', '/older/extreme.html'],
      syndicated_from: `https://example.org/${LONG_WORD}`, contact: 'person-1', series: LONG_WORD,
    }, this.everything(5));
    this.document('posts/2024-06-02-extreme-nothing.md', { title: LONG_WORD });
    const links = Array.from({ length: 100 }, (_, at) => `- [${this.text(at, 3)} ${at}](2024-06-01-extreme-everything.md), ${this.text(at, 5)} [${this.text(at, 2)}](https://example.org/${at})`);
    this.document('posts/2024-06-03-extreme-links.md', { title: `${this.text(9, 4)} links` }, links.join('\n'));
  }

  notices() {
    const notices = {
      draft: { draft: true },
      scheduled: { publish_after: '2099-01-01' },
      expired: { expires: '2024-01-02' },
      withdrawn: { withdrawn: { date: '2024-01-02', why: this.sentence(1, 30) } },
      all: { draft: true, publish_after: '2099-01-01', withdrawn: '2024-01-02', updated: '2024-02-02', changes: [{ date: '2024-01-02', note: this.sentence(1) }, { date: '2024-02-02', note: LONG_WORD }] },
    };
    for (const [name, fields] of Object.entries(notices)) {
      this.document(`posts/2024-05-01-extreme-notice-${name}.md`, { title: `${this.text(name.length, 3)} ${name}`, ...fields }, this.prose(3));
    }
  }

  pages() {
    this.document('index.md', { title: this.text(2, 5), summary: this.sentence(2, 30) }, this.prose(2));
    this.document('about.md', { title: `${this.text(6, 2)} about` }, this.prose(6));
    this.document('extreme-page.md', { title: `${LONG_WORD} page`, toc: true }, this.everything(6));
    for (const [at, path] of ['a/index', 'a/b/index', 'a/b/c/index', 'a/b/c/d/index'].entries()) {
      this.document(`${path}.md`, { title: `${this.text(at, 3)} deep ${at}` }, this.prose(at));
    }
  }

  files() {
    this.write('content/wide.png', png(2400, 90));
    this.write('content/tall.png', png(60, 1600));
    this.write('content/data.csv', 'a,b\n1,2\n');
    this.write('content/report.pdf', '%PDF-1.4\n%%EOF\n');
    this.write('static/logo.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="#0b5566"/></svg>\n');
  }

  longTitle(seed) {
    return `${this.text(seed, 40)} ${seed}`.padEnd(220, ' x');
  }

  someTopics(seed) {
    return [...new Set([seed % 40, (seed * 3) % 40, (seed * 7) % 40].slice(0, seed % 4).map(at => `topic-${at + 1}`))];
  }

  allTopics() {
    return Array.from({ length: 40 }, (_, at) => `topic-${at + 1}`);
  }

  documents(seed) {
    return [
      { file: '@/report.pdf', title: this.text(seed, 20), kind: 'report', lang: 'en-GB', accessible: false, html_version: 'https://example.org/report' },
      { file: '@/data.csv', kind: 'data' },
      { url: `https://example.org/${LONG_WORD}.pdf`, title: LONG_WORD, lang: 'fr' },
    ];
  }

  related(seed) {
    return ['project-1', 'evaluation-2', 'person-3', { title: this.text(seed, 20), url: 'https://example.org/other', source: this.text(seed, 3) }];
  }

  prose(seed, paragraphs = 4) {
    return Array.from({ length: paragraphs }, (_, at) => this.sentence(seed + at, 30 + ((seed + at) % 30))).join('\n\n');
  }

  /** Returns every construct of Markdown and every component of the theme, each at its worst. */
  everything(seed) {
    const other = `<span lang="${OTHER_LANGUAGE[this.words]}" dir="${this.words === 'ar' ? 'ltr' : 'rtl'}">${OTHER[this.words]}</span>`;
    const columns = Array.from({ length: 16 }, (_, at) => `${this.text(at, 1)} ${at}`);
    const row = cells => `| ${cells.join(' | ')} |`;
    return `${this.sentence(seed, 60)} ${other}

## ${this.text(seed, 5)} one

${LONG_WORD} and \`${LONG_WORD}\` and **${LONG_WORD}** and [${LONG_WORD}](https://example.org/${LONG_WORD}) and <https://example.org/${LONG_WORD}/${LONG_WORD}>

### ${LONG_WORD}

${this.sentence(seed)} A note.[^1] Another.[^long] The first again.[^1]

#### ${this.text(seed, 30)}

##### ${this.text(seed, 4)} five

###### ${this.text(seed, 4)} six

${'x'.repeat(400)}

## ${this.text(seed + 1, 5)} two

${row(columns)}
${row(columns.map((_, at) => ['---', ':--', '--:', ':-:'][at % 4]))}
${row(columns.map(() => '12,345'))}
${row(columns.map((_, at) => (at ? this.text(at, 8) : LONG_WORD)))}

\`\`\`rust
fn ${LONG_WORD}(${this.text(seed, 60)}) { /* ${'='.repeat(200)} */ }
\`\`\`

    indented ${'code '.repeat(80)}

- [x] ${this.sentence(seed)}
- [ ] ${this.sentence(seed + 1)}

1. ${this.sentence(seed)}
   1. ${this.sentence(seed)}
      1. ${this.sentence(seed)}
         - ${this.sentence(seed)}
           - ${LONG_WORD}

> ${this.sentence(seed, 30)}
>
> > > ${LONG_WORD}

${['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION'].map(it => `> [!${it}]\n> ${this.sentence(seed)} ${LONG_WORD}\n`).join('\n')}
## ${this.text(seed + 2, 5)} three

${this.text(seed, 2)}
: ${this.sentence(seed)}

${LONG_WORD}
: ${LONG_WORD}

![${this.text(seed, 6)}](@/wide.png)

![${this.text(seed, 5)}](@/tall.png "${this.text(seed, 6)}")

${this.sentence(seed)} ![${this.text(seed, 3)}](@/wide.png) ~~${this.text(seed, 3)}~~ H~2~O, E = mc^2^, $a^2 + b^2 = c^2$

---

\`\`\`stat
value: "£${'1'.repeat(30)} million"
label: ${LONG_WORD}
note: ${this.text(seed, 20)}
source: ${this.text(seed, 5)}
url: https://example.org/${LONG_WORD}
\`\`\`

\`\`\`stat
value: 60+
label: ${this.text(seed, 3)}
\`\`\`

\`\`\`stat
value: "9"
label: ${this.text(seed, 3)}
source: ${this.text(seed, 3)}
\`\`\`

\`\`\`quote
text: ${this.sentence(seed, 40)}
who: ${this.text(seed, 3)}
source: ${this.text(seed, 3)}
url: https://example.org/quote
\`\`\`

\`\`\`quote
text: ${LONG_WORD}
source: ${this.text(seed, 3)}
\`\`\`

\`\`\`details
summary: ${LONG_WORD} ${this.text(seed, 20)}
body: |
  ${this.sentence(seed)} [${this.text(seed, 2)}](https://example.org/)

  | a | b |
  |---|---|
  | ${LONG_WORD} | ${LONG_WORD} |
\`\`\`

\`\`\`download
file: "@/report.pdf"
title: ${LONG_WORD}
kind: ${this.text(seed, 2)}
\`\`\`

\`\`\`download
file: "@/data.csv"
\`\`\`

\`\`\`contact
name: ${this.text(seed, 4)}
email: ${'long'.repeat(10)}@example.org
phone: 020 7946 0000
url: https://example.org/${LONG_WORD}
note: ${this.text(seed, 12)}
\`\`\`

\`\`\`contact
name: ${LONG_WORD}
\`\`\`

## ${this.text(seed + 3, 5)} four

${this.sentence(seed)}

## ${LONG_WORD} five

${this.sentence(seed)}

[^1]: ${this.sentence(seed)}
[^long]: ${LONG_WORD} ${this.sentence(seed, 60)}
`;
  }
}

/** Returns a picture in one grey, as PNG. */
function png(width, height) {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const around = Buffer.alloc(8);
    around.writeUInt32BE(data.length, 0);
    around.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(width, 0x99)]);
  const pixels = deflateSync(Buffer.concat(Array(height).fill(line)));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeHardSite(process.argv[2], process.argv[3] ?? 'en-GB');
}

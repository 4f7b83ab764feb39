// Runs the theme's search.mjs in the folder that is named on the index that is there. tests/it/search.rs starts it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const { Search, stem, words } = await import(pathToFileURL(`${folder}/search.mjs`));
const cases = (name) => readFileSync(new URL(name, import.meta.url), "utf8").trimEnd().split("\n").map((it) => it.split(" => "));

for (const [text, expected] of cases("words.txt")) assert.equal(words(text).join(" "), expected, text);
for (const [forms, expected] of cases("stems.txt")) for (const it of forms.split(" ")) assert.equal(stem(it), expected, it);

const load = async (name) => {
  const text = readFileSync(`${folder}/${name}`, "utf8");
  return name.endsWith(".json") ? JSON.parse(text) : text;
};
const search = new Search(load, true);
const found = async (text, filters) => {
  const { documents, all } = await search.find(text, filters);
  return `${documents}${all ? "" : " some"}`;
};
// 0 is the second post, 1 the first, 2 the page.
assert.equal(await found("evaluation"), "1,2,0", "in the title first, then in the shorter text");
assert.equal(await found("Evaluations trial"), "1,0");
assert.equal(await found("policy"), "0");
assert.equal(await found("CAFES"), "0");
assert.equal(await found("£300,000"), "1");
assert.equal(await found("park"), "1", "the beginning of a word");
assert.equal(await found("sensors p"), "1", "a letter is not a word yet");
assert.equal(await found("se"), "0,1", "the beginning of two words");
assert.equal(await found("sensors policy"), "0,1 some", "no document has both");
assert.equal(await found("the sensors"), "1", "what is in every text is not asked for");
assert.equal(await found("nowhere"), "");
assert.equal(await found(""), "");
assert.equal(await found("", [["kind", "post"]]), "0,1", "newest first");
assert.equal(await found("evaluation", [["kind", "post"]]), "1,0");
assert.equal(await found("evaluation", [["kind", "post"], ["topics", "net-zero"]]), "1");
assert.equal((await search.document(1)).url, "/sub/blog/first/");
assert.deepEqual(search.marks("Our evaluations, and £300,000.", ["evaluate", "300000"]), ["Our ", "evaluations", ", and £", "300,000", "."]);
assert.deepEqual(new Search(load, false).marks("Evaluations", ["evaluate"]), ["Evaluations"]);

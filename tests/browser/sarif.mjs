// Proves that the SARIF of `folio check` is what the standard says, by its own schema, and that the proof can fail.
//
//     folio check --root BROKEN --format sarif | node sarif.mjs

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import formats from 'ajv-formats';

const schema = createRequire(import.meta.url)('schemastore/schemas/json/sarif-2.1.0.json');
const ajv = formats(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }));
const valid = ajv.compile(schema);

const log = JSON.parse(readFileSync(0, 'utf8'));
const { results, tool } = log.runs[0];
const faults = [];
if (!valid(log)) faults.push(...valid.errors.slice(0, 10).map(it => `${it.instancePath} ${it.message}`));
if (results.length < 3) faults.push(`only ${results.length} results: that shows too little`);
if (results.some(it => tool.driver.rules[it.ruleIndex]?.id !== it.ruleId)) faults.push('a result names another rule');

// Each of these must be seen, or the schema is not used.
const breaks = {
  'a result without a message': it => delete it.runs[0].results[0].message,
  'a line 0': it => (it.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0),
  'an unknown level': it => (it.runs[0].results[0].level = 'bad'),
  'a log without runs': it => delete it.runs,
};
for (const [name, change] of Object.entries(breaks)) {
  const broken = structuredClone(log);
  change(broken);
  if (valid(broken)) faults.push(`${name} passes`);
}
faults.forEach(it => console.error(`sarif: ${it}`));
console.log(`sarif: ${results.length} results, ${tool.driver.rules.length} rules, ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;

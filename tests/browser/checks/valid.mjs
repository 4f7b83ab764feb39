// The HTML is valid: html-validate with its recommended rules.

import { HtmlValidate } from 'html-validate';

export const name = 'valid';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // Style alone: HTML gives these no meaning.
    'doctype-style': 'off', // upper or lower case
    'long-title': 'off', // titles are the author's; `folio check` advises on their length
    'no-trailing-whitespace': 'off',
    'no-inline-style': 'off', // the alignment of a table's columns
    // A box that can be scrolled is a named region, but no section of the text.
    'prefer-native-element': ['error', { exclude: ['region'] }],
    'tel-non-breaking': 'off', // asks for no-break spaces in telephone numbers
  },
});

export async function visit(site) {
  const faults = [];
  const pages = site.validated === 'every' ? site.pages : site.sample().map(it => it.page);
  for (const page of pages) {
    const { results } = await validator.validateString(page.html, page.file);
    for (const it of results.flatMap(it => it.messages)) {
      faults.push({ page: page.url, selector: it.selector ?? `line ${it.line}`, wrong: `${it.ruleId}: ${it.message}` });
    }
  }
  return faults;
}

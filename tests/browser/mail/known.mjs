// What mail programs know of HTML and CSS, by the data of caniemail.com.

import { caniemail } from 'caniemail';

/** Those that most readers have. Thunderbird knows nearly all, and the data has gaps for it. */
const CLIENTS = ['gmail.*', 'outlook.*', 'apple-mail.*', 'yahoo.*', 'samsung-email.*'];

/** What some of them do not know, and why the letter is as good without it. */
const WITHOUT = {
  '<body> element': 'the ground is on the table as well',
  '<style> element': 'it holds nothing but what follows',
  '@media': 'narrow screens get less room at the edge, and readers in the dark their colours; without it the letter is as it is on paper',
  'color-scheme CSS property': 'for the dark alone',
  'color-scheme meta tag': 'for the dark alone',
  'aria-label attribute': 'it says in words what a sign says, such as the box of a task',
  'aria-labelledby attribute': 'the heading stands there as well',
  'role attribute': 'a table without it is read out as a table',
  'display:none': 'the preheader has no height either; one program shows it, which does no harm',
  'max-height property': 'the preheader has mso-hide as well',
  overflow: 'the preheader has mso-hide as well',
  'height property': 'it is `auto`, for pictures that are made narrower',
  'overflow-wrap': 'only for words that are longer than a line',
  'word-break': 'only for words that are longer than a line',
  'table-layout': 'the tables of layout say their width',
  'white-space': 'a block of code keeps its lines; long ones are not wrapped',
};

/** Gives what some mail program does not know, and nobody said why the letter is as good without it. */
export function unknown(html) {
  const { issues } = caniemail({ clients: CLIENTS, html });
  const found = new Map();
  for (const [client, all] of issues.errors) {
    for (const { title } of all) {
      if (!(title in WITHOUT)) found.set(title, [...new Set([...(found.get(title) ?? []), client])]);
    }
  }
  return [...found].map(([title, clients]) => ({ selector: title, wrong: `not known to ${clients.join(', ')}` }));
}

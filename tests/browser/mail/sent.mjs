// A message, read by a parser that is not ours, sent to a mail server of this machine, and read back.

import { simpleParser } from 'mailparser';
import nodemailer from 'nodemailer';
import { SMTPServer } from 'smtp-server';

/** Starts a mail server on 127.0.0.1; gives `{ send, close }`. `send` gives the bytes that came in. */
export async function mailServer() {
  let arrived;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _, done) {
      const parts = [];
      stream.on('data', it => parts.push(it));
      stream.on('end', () => {
        arrived(Buffer.concat(parts));
        done();
      });
    },
  });
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: server.server.address().port, secure: false, ignoreTLS: true });
  const send = async raw => {
    const come = new Promise(found => { arrived = found; });
    await transport.sendMail({ envelope: { from: 'team@example.org', to: ['reader@example.org'] }, raw });
    return come;
  };
  const close = () => new Promise(closed => { transport.close(); server.close(closed); });
  return { send, close };
}

/**
 * Says whether a message that a mail program sends is the form that a service sends. Where the form has one of `words`, such as
 * `{{unsubscribe_url}}`, which the service fills in, the message has an address of its own.
 */
function isSame(message, form, words) {
  const literal = it => it.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (!words.length) return message === form;
  const parts = form.split(new RegExp(words.map(literal).join('|')));
  const loose = parts.map(it => literal(it).replace(/\s+/g, '\\s+'));
  return new RegExp(`^${loose.join('(?:mailto:|https://)[^\\s{}"]+')}$`).test(message);
}

/** Gives what is wrong with the message `raw`, which holds `text` and `html`, before and after it was sent. */
export async function sent(server, raw, { text, html, subject }) {
  const faults = [];
  const expect = (what, holds) => holds || faults.push({ selector: 'draft.eml', wrong: what });
  const lines = it => it.replace(/\r\n/g, '\n').trimEnd();
  // Without a sender there is nobody to write to, and `folio newsletter` says so.
  const words = !/^From:/m.test(raw.toString('latin1')) ? [] : [...html.matchAll(/href="(\{\{[^{}]*\}\})"/g)].map(it => it[1]);
  const arrived = await server.send(raw);
  expect('what was sent is not what arrived', lines(arrived.toString('latin1')) === lines(raw.toString('latin1')));
  expect('a line is longer than 998 bytes (RFC 5322, 2.1.1)', arrived.toString('latin1').split('\r\n').every(it => it.length <= 998));
  expect('it is not ASCII', arrived.every(it => it < 128));
  for (const [when, bytes] of [['before', raw], ['after', arrived]]) {
    const mail = await simpleParser(bytes, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
    expect(`the text differs ${when} it was sent`, isSame(lines(mail.text ?? ''), lines(text), words));
    expect(`the HTML differs ${when} it was sent`, isSame(lines(mail.html || ''), lines(html), words));
    expect(`the subject is ${mail.subject}`, mail.subject === subject);
    expect('it is not multipart/alternative', mail.headers.get('content-type')?.value === 'multipart/alternative');
    expect('it has no date and no id', Boolean(mail.date && mail.messageId));
    expect('a mail program would show it as received', mail.headers.get('x-unsent') === '1');
    expect('it has attachments', mail.attachments.length === 0);
  }
  return faults;
}

/** The command that a mistyped or natural word means. */
import { distance } from 'fastest-levenshtein';

/** By what an owner may type; no key is a command, and each value begins with one. */
export const natural: Readonly<Record<string, string>> = {
  queue: 'list',
  ls: 'list',
  complaints: 'list',
  today: 'list',
  late: 'list',
  overdue: 'list',
  mentions: 'list --all',
  posts: 'list --all',
  reviews: 'list --all',
  unsure: 'list --unsure',
  find: 'list --search',
  search: 'list --search',
  view: 'show',
  read: 'show',
  why: 'show',
  open: 'show',
  cases: 'case list',
  history: 'case history',
  answer: 'case answered',
  answered: 'case answered',
  take: 'case take',
  assign: 'case assign',
  note: 'case note',
  snooze: 'case snooze',
  later: 'case snooze',
  undo: 'case undo',
  promise: 'case promise',
  kept: 'case kept',
  join: 'case join',
  merge: 'case join',
  split: 'case split',
  fix: 'case fix',
  fixed: 'case fix',
  happy: 'case happy',
  close: 'case happy',
  closed: 'case happy',
  done: 'case happy',
  end: 'case happy',
  finish: 'case happy',
  finished: 'case happy',
  resolve: 'case happy',
  resolved: 'case happy',
  solve: 'case happy',
  solved: 'case happy',
  silent: 'case silent',
  lost: 'case lost',
  dismiss: 'case dismiss',
  ignore: 'case dismiss',
  reopen: 'case reopen',
  draft: 'reply draft',
  send: 'reply send',
  sent: 'reply sent',
  lint: 'reply lint',
  wrong: 'mark',
  label: 'mark',
  spam: 'mark',
  new: 'add',
  config: 'check',
  settings: 'check',
  brands: 'check',
  doctor: 'check',
  test: 'check',
  validate: 'check',
  setup: 'init',
  places: 'sources',
  platforms: 'sources',
  login: 'connect',
  listen: 'start',
  daemon: 'start',
  serve: 'start',
  run: 'start',
  watch: 'start',
  cron: 'start --once',
  fetch: 'collect',
  poll: 'collect',
  pull: 'collect',
  scrape: 'collect',
  sync: 'collect',
  update: 'collect',
  mail: 'digest',
  email: 'digest',
  web: 'inbox',
  browser: 'inbox',
  health: 'status',
  info: 'status',
  stats: 'status',
  trends: 'report',
  stars: 'rating',
  mended: 'causes mended',
  csv: 'export',
  dump: 'export',
  load: 'import',
  clean: 'prune',
  purge: 'prune',
  delete: 'erase',
  forget: 'erase',
  gdpr: 'erase',
  remove: 'erase',
  fans: 'regulars',
  customers: 'regulars',
  people: 'regulars',
  good: 'praise list',
  testimonials: 'praise list',
  thank: 'praise thank',
  thanks: 'praise thank',
  score: 'assess',
  judge: 'assess',
  analyze: 'assess',
  analyse: 'assess',
  rejudge: 'rescore',
  help: '--help',
  version: '--version',
  example: 'demo',
};

/** What these take away may not come back: no mistyped word is guessed to mean them. */
const grave = /^(erase|prune|restore)\b/;

/** Null where no command is near enough to be meant. */
export function rightWord(word: string, commands: readonly string[]): string | null {
  const said = word.toLowerCase();
  if (Object.hasOwn(natural, said)) return natural[said] ?? null;
  if (said.length < 2) return null;
  // Short words are too like each other: one letter for another makes a word of its own.
  const ours = Object.keys(natural).filter(
    (key) => key.length >= shortWord || isSwapped(said, key) || (key.length === 5 && said.length !== 5),
  );
  const near = nearestOf(
    said,
    [...commands, ...ours].filter((one) => !grave.test(natural[one] ?? one)),
  );
  return near && (natural[near] ?? near);
}

const shortWord = 6;

/** The nearest of the known words, the first of those equally near, where one is near enough to be meant. */
export function nearestOf(word: string, known: readonly string[]): string | null {
  const said = word.toLowerCase();
  const most = said.length < shortWord ? 1 : Math.max(2, Math.floor(said.length / 3));
  const [near] = known
    .map((one) => ({ one, steps: stepsTo(said, one.toLowerCase()) }))
    .toSorted((one, other) => one.steps - other.steps);
  return near && near.steps <= most ? near.one : null;
}

/** What was meant, else all that there is: `Did you mean Tom?`, `There are: Ana, Tom.` */
export function meantAmong(word: string, known: readonly string[], are = 'There are'): string {
  const near = nearestOf(word, known);
  return near === null ? `${are}: ${known.join(', ')}.` : `Did you mean ${near}?`;
}

const stepsTo = (said: string, known: string) => (isSwapped(said, known) ? 1 : distance(said, known));

/** Two neighbouring letters changed places: one slip of the fingers. */
function isSwapped(one: string, other: string): boolean {
  const at = [...one].findIndex((letter, index) => letter !== other[index]);
  return at >= 0 && one.slice(0, at) + (one[at + 1] ?? '') + (one[at] ?? '') + one.slice(at + 2) === other;
}

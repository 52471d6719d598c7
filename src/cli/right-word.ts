/** The command that a mistyped or natural word means. */
import { closest, distance } from 'fastest-levenshtein';

const natural: Readonly<Record<string, string>> = {
  queue: 'list',
  ls: 'list',
  complaints: 'list',
  mentions: 'list --all',
  inbox: 'list',
  unsure: 'list --unsure',
  find: 'list --search',
  search: 'list --search',
  view: 'show',
  read: 'show',
  why: 'show',
  open: 'show',
  cases: 'case list',
  reply: 'case answered',
  answer: 'case answered',
  answered: 'case answered',
  take: 'case take',
  note: 'case note',
  snooze: 'case snooze',
  later: 'case snooze',
  fix: 'case fix',
  fixed: 'case fix',
  close: 'case dismiss',
  dismiss: 'case dismiss',
  ignore: 'case dismiss',
  reopen: 'case reopen',
  wrong: 'mark',
  label: 'mark',
  spam: 'mark',
  new: 'add',
  config: 'check',
  doctor: 'check',
  test: 'check',
  validate: 'check',
  setup: 'init',
  places: 'sources',
  platforms: 'sources',
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
  update: 'collect',
  mail: 'digest',
  email: 'digest',
  send: 'digest',
  report: 'digest --print',
  health: 'status',
  info: 'status',
  stats: 'status',
  csv: 'export',
  dump: 'export',
  load: 'import',
  delete: 'prune',
  clean: 'prune',
  forget: 'erase',
  remove: 'erase',
  gdpr: 'erase',
  purge: 'prune',
  fans: 'regulars',
  customers: 'regulars',
  people: 'regulars',
  score: 'assess',
  judge: 'assess',
  analyze: 'assess',
  analyse: 'assess',
  rejudge: 'rescore',
  help: '--help',
  version: '--version',
  example: 'demo',
};

/** Null where no command is near enough to be meant. */
export function rightWord(word: string, commands: readonly string[]): string | null {
  const said = word.toLowerCase();
  const meant = natural[said];
  if (meant !== undefined) return meant;
  if (said.length < 2) return null;
  const near = nearestOf(said, [...commands, ...Object.keys(natural)]);
  return near && (natural[near] ?? near);
}

/** The nearest of the known words, where one is near enough to be meant. */
export function nearestOf(word: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const near = closest(word.toLowerCase(), [...known]);
  // Two letters that changed places are two steps.
  const most = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3));
  return distance(word.toLowerCase(), near) <= most ? near : null;
}

/** Every place we look at as one line, the most broken first. */
import { healthSentence, isSlowedForLong, watchState } from '../insight/health.ts';
import { endedOf, isLost, isOffline, offlineHere } from '../insight/offline.ts';
import { onOneLine } from '../text/clean.ts';
import { asCalled } from '../text/command.ts';
import type { Digest, DigestRows, PlaceLine } from './digest.ts';
import { forBrands, watchTitle } from './place-name.ts';

const mostBrokenFirst: readonly PlaceLine['state'][] = ['blind', 'never-worked', 'limited', 'quiet', 'fresh'];

export function placeLines({ places, brandTitles, now, timezone, window, earshot }: DigestRows): readonly PlaceLine[] {
  const titles = places.map(({ watch, title }) => watchTitle(watch, title, brandTitles));
  const offline = isOffline(places.flatMap(endedOf));
  const lines = places.map((report, index): PlaceLine => {
    const title = titles[index] ?? '';
    const isOnly = titles.indexOf(title) === titles.lastIndexOf(title);
    const state = watchState(report, now);
    const name = isOnly ? title : forBrands(title, report.watch, brandTitles);
    const lost = offline && endedOf(report).some(isLost);
    return {
      title: name,
      places: [name],
      platform: onOneLine(report.title),
      state,
      unread:
        state === 'blind' ||
        isSlowedForLong(report, now) ||
        (report.lastGoodAt ?? Number.NEGATIVE_INFINITY) < window.from,
      sentence: lost ? offlineHere : onOneLine(asCalled(healthSentence(report, now, timezone), earshot)),
    };
  });
  const rank = ({ state, unread }: PlaceLine) => mostBrokenFirst.indexOf(state) - (unread ? mostBrokenFirst.length : 0);
  return lines.sort((one, other) => rank(one) - rank(other) || one.title.localeCompare(other.title));
}

/** Names of what could not be read, or not wholly since it made us wait: the platform's where that is so of all its places, else the place's. */
export function unreadNames(lines: readonly PlaceLine[]): {
  readonly all: readonly string[];
  readonly deaf: readonly string[];
  readonly slowed: readonly string[];
} {
  return {
    all: namesOf(lines, ({ unread }) => unread),
    deaf: namesOf(lines, ({ unread, state }) => unread && state !== 'limited'),
    slowed: namesOf(lines, ({ unread, state }) => unread && state === 'limited'),
  };
}

function namesOf(lines: readonly PlaceLine[], isMeant: (line: PlaceLine) => boolean): readonly string[] {
  const others = new Set(lines.filter((line) => !isMeant(line)).map(({ platform }) => platform));
  const names = lines.filter(isMeant).map(({ platform, title }) => (others.has(platform) ? title : platform));
  return [...new Set(names)];
}

export function placesSection(
  lines: readonly PlaceLine[],
  { kind, earshot }: DigestRows,
  most: number,
): Digest['places'] {
  const told = together(lines);
  const rest = told.slice(most);
  const allHeard = rest.every(({ state, unread }) => state === 'fresh' && !unread);
  const say = `and ${rest.flatMap(({ places }) => places).length} more${allHeard ? ', all heard' : ''}`;
  return {
    title: kind === 'welcome' ? 'What Earshot hears, and what it can’t' : 'Where Earshot looked',
    lines: told.slice(0, most),
    more: rest.length === 0 ? null : { say, command: `${earshot} status` },
  };
}

/** What is wrong with a platform is told once, however many of its places suffer from it; and once, where nobody can be reached. */
function together(lines: readonly PlaceLine[]): readonly PlaceLine[] {
  const alike = Map.groupBy(lines, (line) =>
    line.sentence === offlineHere
      ? offlineHere
      : JSON.stringify(
          line.state === 'fresh' && !line.unread ? line.title : [line.platform, line.state, line.unread, line.sentence],
        ),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length === 1) return group;
    const places = group.flatMap((line) => line.places);
    const platform = first.sentence === offlineHere ? '' : first.platform;
    return [{ ...first, platform, places, title: [platform, `${places.length} places`].filter(Boolean).join(', ') }];
  });
}

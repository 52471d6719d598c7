/** Numbers with what they count. */

/** `2 complaints`, `1 complaint`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `the last day`, `the last 30 days`. */
export const lastDays = (days: number): string => (days === 1 ? 'the last day' : `the last ${days} days`);

/** Up to two days in hours: a day and a half is no “day”. */
export function hoursOrDays(hours: number): string {
  return hours < 48 ? count(hours, 'hour') : count(Math.round(hours / 24), 'day');
}

/** Numbers with what they count. */

/** `1,203`; how a land writes its numbers is looked up only for those that are long. */
export const grouped = (number: number): string => (number < 1000 ? `${number}` : number.toLocaleString('en-GB'));

/** `2 complaints`, `1 complaint`, `1,203 posts`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

/** `the last day`, `the last 30 days`. */
export const lastDays = (days: number): string => (days === 1 ? 'the last day' : `the last ${days} days`);

/** Up to two days in hours: a day and a half is no “day”. */
export function hoursOrDays(hours: number): string {
  return hours < 48 ? count(hours, 'hour') : count(Math.round(hours / 24), 'day');
}

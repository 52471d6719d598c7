/** How a sentence begins. */

export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('en') + text.slice(1);

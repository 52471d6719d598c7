/** The sign in the browser's tab: a dot and the waves that reach it. */

export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#1f4f8f"/><g fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"><path d="M12 20.5a6 6 0 0 1 8 -9"/><path d="M8.5 24.5a11.5 11.5 0 0 1 15.500 -17"/></g><circle cx="20.500" cy="20.500" r="3.500" fill="#ffe59a"/></svg>
`;

/** What makes a request conditional: the platform's own stamps on its last answer, by the address asked. */

/** Both are handed back exactly as they came, weak marks and odd dates included. */
export interface Validator {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** By the whole address, query included. */
export type Validators = Readonly<Record<string, Validator>>;

export function conditionOf(validator: Validator | undefined): Record<string, string> {
  return {
    ...(validator?.etag === undefined ? {} : { 'if-none-match': validator.etag }),
    ...(validator?.lastModified === undefined ? {} : { 'if-modified-since': validator.lastModified }),
  };
}

/** Null where the answer brought none. */
export function validatorOf(headers: Readonly<Record<string, string>>): Validator | null {
  const { etag, 'last-modified': lastModified } = headers;
  if (etag === undefined && lastModified === undefined) return null;
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
}

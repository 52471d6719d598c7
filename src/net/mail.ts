/** The door through which a source reads a folder of mail: what can be asked, what comes back. Nothing there is ever changed. */

export interface MailFolder {
  readonly host: string;
  readonly port: number;
  /** `starttls`: not a word before the connection is encrypted; `none`: only to this computer itself. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user: string;
  readonly password: string;
  /** As the owner calls it; capitals and the folders above it may be left out where that names one folder. */
  readonly folder: string;
}

export interface MailWish {
  /** The last mail that was read; null reads from `since`. A folder that was made anew is read from its beginning. */
  readonly after: MailMark | null;
  /** Milliseconds UTC: what arrived before need not be read; only looked at where `after` is null. */
  readonly since: number;
  /** At most so many mails; the others are `left`. */
  readonly most: number;
}

/** A mail's place in its folder (RFC 9051 §2.3.1.1): ids only grow, and only within one validity. */
export interface MailMark {
  readonly validity: string;
  readonly uid: number;
}

export interface MailAddress {
  /** Lower case; null where the header holds none. */
  readonly address: string | null;
  readonly name: string | null;
}

/** A mail as a source sees it: decoded, without its attachments. */
export interface Mail {
  /** Without the angle brackets. */
  readonly messageId: string | null;
  /** Milliseconds UTC, as its sender dated it. */
  readonly sentAt: number | null;
  /** Milliseconds UTC, as the server took it. */
  readonly receivedAt: number | null;
  /** Everybody that `From` names; forged mails may name none or two. */
  readonly from: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  readonly subject: string | null;
  /** The plain part, where it has one. */
  readonly text: string | null;
  readonly html: string | null;
  /** Lines on one line each by lower-case name, the topmost first. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** sha256 of the whole mail, hexadecimal. */
  readonly hash: string;
}

/** Some mails of a folder, the oldest first. */
export interface MailBatch {
  readonly mails: readonly Mail[];
  /** One sentence for each mail that could not be read. */
  readonly unreadable: readonly string[];
  /** Where to go on once these are saved. */
  readonly mark: MailMark;
  /** How many more there are behind these. */
  readonly left: number;
}

export interface MailDoor {
  /** At least one batch, also an empty one. Throws faults, and the visit's reason once it is aborted. */
  read(folder: MailFolder, wish: MailWish): AsyncIterable<MailBatch>;
}

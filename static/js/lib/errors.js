/**
 * Errors of encryption and decryption.
 */

/** Decryption failed: wrong key, password, length, tag, padding or manifest. */
export class Altered extends Error {
  constructor() {
    super("the share does not decrypt");
    this.name = "Altered";
  }
}

/** A file changed or became unreadable during encryption. */
export class FileChanged extends Error {
  /** @param {number} file file number, from 0 */
  constructor(file) {
    super("a file changed while it was being read");
    this.name = "FileChanged";
    this.file = file;
  }
}

/** The manifest or the number of parts exceeds the limit of the format. */
export class TooLarge extends Error {
  constructor() {
    super("too large for one share");
    this.name = "TooLarge";
  }
}

/**
 * What went wrong, in kinds that pages answer with different words.
 */

/** What arrived is not what was locked: a wrong key, password, length, tag, padding or manifest. */
export class Altered extends Error {
  constructor() {
    super("this is not what was locked");
    this.name = "Altered";
  }
}

/** A file changed, or could no longer be read, while it was being locked. */
export class FileChanged extends Error {
  /** @param {number} file which, from 0 */
  constructor(file) {
    super("a file changed while it was being read");
    this.name = "FileChanged";
    this.file = file;
  }
}

/** A manifest or a number of parts over what the format allows. */
export class TooLarge extends Error {
  constructor() {
    super("too large for one share");
    this.name = "TooLarge";
  }
}

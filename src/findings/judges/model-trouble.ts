/** What is wrong with the weights that ship with Earshot, as a sentence that says what to do. */

/** Missing, damaged or of another version; the message is a sentence for the owner. */
export class ModelTrouble extends Error {
  override readonly name = 'ModelTrouble';
}

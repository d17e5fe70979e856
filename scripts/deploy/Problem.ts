/** Something that whoever runs a script can put right: shown as it is, without a stack. */
export class Problem extends Error {
  override readonly name = "Problem";
}

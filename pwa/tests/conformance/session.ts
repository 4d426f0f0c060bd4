/**
 * Plays one recorded session on a form: answers, repeats, language, and the state after each.
 */
export class Session {
  constructor(
    readonly message: object,
    readonly compiled: object,
  ) {}

  respond(message: { readonly op: string }): object {
    return { error: `unsupported ${message.op}` };
  }
}

/** What a procedure is called, for the screens that know its code alone. */
import { useLanguage } from "../language/context.ts";
import { pick } from "../language/messages.ts";
import { useAround } from "./app-context.ts";

/** Name of a procedure by its code, in the language shown; the code when it is not known here. */
export function useProcedureName(): (code: string) => string {
  const { state } = useAround();
  const language = useLanguage();
  return (code) => {
    const known = state.catalogue?.procedures.find((one) => one.code === code);
    return known ? pick(known.name, language) : code;
  };
}

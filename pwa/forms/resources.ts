/** What a form refers to and is published beside it: the lists it chooses from. */
import type { Definition, Instance } from "./engine/definition.ts";

/** A form with all that it refers to, ready for the engine. */
export interface LoadedForm {
  definition: Definition;
  resources: Record<string, Instance>;
}

/** Digests of the lists, each once. */
export function resourcesOf({ instances }: Definition): string[] {
  const named = Object.values(instances).map((instance) =>
    "resource" in instance ? instance.resource : null,
  );
  return [...new Set(named.filter((digest): digest is string => digest !== null))];
}

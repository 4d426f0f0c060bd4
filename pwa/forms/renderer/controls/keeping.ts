/** Work on a page that takes a while: tells that it is under way, and why it failed. */
import { useState } from "preact/hooks";
import { useWords } from "../../../language/context.ts";
import { codeOf, reasonWords } from "../../../language/messages.ts";
import type { ControlProps } from "../question.ts";

export function useKeeping(refuse: ControlProps["refuse"]): {
  isWorking: boolean;
  run(work: () => Promise<void>): Promise<void>;
} {
  const words = useWords();
  const [isWorking, setWorking] = useState(false);
  const run = async (work: () => Promise<void>): Promise<void> => {
    setWorking(true);
    try {
      await work();
      refuse(null);
    } catch (error) {
      refuse(reasonWords(words, codeOf(error)), true);
    } finally {
      setWorking(false);
    }
  };
  return { isWorking, run };
}

/**
 * A button to hear words: the form's own recording where it has one, else the phone's voice. Absent
 * where the phone has neither.
 */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useLanguage, useWords } from "../../language/context.ts";
import { canSpeak, hush, onVoices, say } from "../../language/speak.ts";
import { Icon } from "./icon.tsx";
import { plain } from "./markdown.tsx";

export function Listen({
  text,
  audio,
  about,
}: {
  /** What is read where there is no recording; "" when only a recording is worth hearing. */
  text: string;
  /** Address of the form's recording. */
  audio?: string | undefined;
  /** What a screen reader adds to the button's name: whose words they are. */
  about: string;
}): JSX.Element | null {
  const words = useWords();
  const language = useLanguage();
  const [isPlaying, setPlaying] = useState(false);
  const [hasVoice, setVoice] = useState(() => canSpeak(language));
  const player = useRef<HTMLAudioElement | null>(null);
  const stop = (): void => {
    if (player.current) player.current.pause();
    else hush();
    player.current = null;
    setPlaying(false);
  };
  useEffect(() => {
    setVoice(canSpeak(language));
    return onVoices(() => setVoice(canSpeak(language)));
  }, [language]);
  useEffect(() => (isPlaying ? stop : undefined), [isPlaying, text]);

  if (!audio && (text === "" || !hasVoice)) return null;
  const play = (): void => {
    setPlaying(true);
    if (audio) {
      player.current = new Audio(audio);
      player.current.onended = stop;
      player.current.play().catch(stop);
    } else say(plain(text), language, () => setPlaying(false));
  };
  const name = isPlaying ? words.listen.stop : words.listen.play;
  return (
    <button
      type="button"
      class="listen"
      aria-label={`${name}: ${plain(about)}`}
      onClick={isPlaying ? stop : play}
    >
      <Icon name={isPlaying ? "stop" : "sound"} />
      {name}
    </button>
  );
}

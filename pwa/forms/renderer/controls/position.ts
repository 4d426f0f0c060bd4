/**
 * Where the phone stands, asked of its own positioning until it is good enough or the person says
 * so: the first answer of a phone in the hills is often a kilometre off.
 */
import { useEffect, useRef, useState } from "preact/hooks";

/** Metres at which a place is taken by itself, and above which it is called rough. */
export const GOOD = 5;
export const ROUGH = 100;
const PATIENCE = 60_000;

export interface Fix {
  /** `latitude longitude altitude accuracy`, degrees and metres. */
  text: string;
  /** Metres. */
  accuracy: number;
}

export function fixOf(coords: {
  latitude: number;
  longitude: number;
  altitude: number | null;
  accuracy: number;
}): Fix {
  const { latitude, longitude, altitude, accuracy } = coords;
  const place = `${latitude.toFixed(7)} ${longitude.toFixed(7)}`;
  return { text: `${place} ${(altitude ?? 0).toFixed(1)} ${accuracy.toFixed(1)}`, accuracy };
}

/** What the form asks of a place: metres to take it at, metres to warn above. */
export function demandsOf(params: { readonly [name: string]: unknown } = {}): {
  good: number;
  rough: number;
} {
  const number = (name: string, other: number): number => {
    const value = Number(params[name]);
    return Number.isFinite(value) && value > 0 ? value : other;
  };
  return {
    good: number("accuracyThreshold", GOOD),
    rough: number("unacceptableAccuracyThreshold", ROUGH),
  };
}

export interface Positioning {
  isFinding: boolean;
  /** The best so far of the search that is under way. */
  fix: Fix | null;
  start(): void;
  /** Takes the best so far. */
  keep(): void;
  stop(): void;
}

/** @param taken told once for each search, @param failed no place within a minute, or not allowed */
export function usePositioning(
  good: number,
  taken: (fix: Fix) => void,
  failed: () => void,
): Positioning {
  const [isFinding, setFinding] = useState(false);
  const [fix, setFix] = useState<Fix | null>(null);
  const watch = useRef<number | null>(null);
  const best = useRef<Fix | null>(null);
  const stop = (): void => {
    if (watch.current !== null) navigator.geolocation.clearWatch(watch.current);
    watch.current = null;
    setFinding(false);
  };
  useEffect(() => stop, []);
  const keep = (): void => {
    stop();
    if (best.current) taken(best.current);
  };
  const start = (): void => {
    best.current = null;
    setFix(null);
    setFinding(true);
    watch.current = navigator.geolocation.watchPosition(
      ({ coords }) => {
        const found = fixOf(coords);
        if (!best.current || found.accuracy <= best.current.accuracy) best.current = found;
        setFix(best.current);
        if (best.current.accuracy <= good) keep();
      },
      () => {
        // A minute without a better one: what there is has to do.
        if (best.current) return;
        stop();
        failed();
      },
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 0 },
    );
  };
  return { isFinding, fix, start, keep, stop };
}

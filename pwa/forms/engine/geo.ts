/**
 * Functions on places: area, distance and whether a point lies inside a shape. Points are
 * "latitude longitude [altitude [accuracy]]" in degrees, traces and shapes points with semicolons
 * between; results in metres and square metres to two decimals, on a sphere of 6,378,100 m.
 */
import type { Call } from "./evaluate.ts";
import type { Run } from "./functions.ts";
import { parts, toText } from "./values.ts";

type Point = readonly [latitude: number, longitude: number];

const RADIUS = 6378100;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const cents = (value: number): number => Math.abs(Math.round(value * 100) / 100);

export const geoFunctions: { readonly [name: string]: Run } = {
  area: (call) => {
    const points = pointsOf(call) ?? [];
    let sum = 0;
    points.forEach((end, at) => {
      const start = points[at ? at - 1 : points.length - 1] as Point;
      sum +=
        radians(end[1] - start[1]) * (2 + Math.sin(radians(end[0])) + Math.sin(radians(start[0])));
    });
    return points.length < 3 ? 0 : cents((sum * RADIUS * RADIUS) / 2);
  },
  distance: (call) => {
    const points = pointsOf(call);
    if (!points) throw new Error("distance needs two points or more");
    let sum = 0;
    for (let at = 1; at < points.length; at++) {
      sum += between(points[at - 1] as Point, points[at] as Point);
    }
    return cents(sum);
  },
  geofence: (call) => {
    const point = pointOf(call.text(0));
    const shape = trace(call.text(1));
    const [first, last] = shape ? [shape[0] as Point, shape[shape.length - 1] as Point] : [];
    if (!point || !shape || !first || !last || first[0] !== last[0] || first[1] !== last[1])
      return false;
    return isInside(point, shape);
  },
};

function between(start: Point, end: Point): number {
  const turn = radians(start[1] - end[1]);
  const [a, b] = [radians(start[0]), radians(end[0])];
  return RADIUS * Math.acos(Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(turn));
}

/** Even-odd rule: a ray from the point crosses the border an odd number of times. */
function isInside([latitude, longitude]: Point, shape: readonly Point[]): boolean {
  let isIn = false;
  for (let at = 1; at < shape.length; at++) {
    const [lat0, lon0] = shape[at - 1] as Point;
    const [lat1, lon1] = shape[at] as Point;
    const isCrossed = lat1 > latitude !== lat0 > latitude;
    if (isCrossed && longitude < ((lon0 - lon1) * (latitude - lat1)) / (lat0 - lat1) + lon1)
      isIn = !isIn;
  }
  return isIn;
}

/** One argument of one part is a trace; several are its points. Undefined when one is no point. */
function pointsOf(call: Call): readonly Point[] | undefined {
  const texts = call.args.flatMap((_, at) => parts(call.value(at)).map(toText));
  return texts.length === 1 ? trace(texts[0] as string) : allPoints(texts);
}

const trace = (text: string): readonly Point[] | undefined =>
  allPoints(
    text
      .trim()
      .replace(/(\s*;)+$/, "")
      .split(/\s*;\s*/),
  );

function allPoints(texts: readonly string[]): readonly Point[] | undefined {
  const points = texts.map(pointOf);
  return points.length > 1 && points.every(Boolean) ? (points as Point[]) : undefined;
}

function pointOf(text: string): Point | undefined {
  const numbers = text.trim().split(/\s+/);
  const [latitude, longitude] = [Number(numbers[0]), Number(numbers[1])];
  const isPoint = numbers.length >= 2 && numbers.length <= 4;
  return isPoint && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
    ? [latitude, longitude]
    : undefined;
}

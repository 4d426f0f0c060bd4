/** Lines and areas as forms write them, `latitude longitude altitude accuracy; …`, and their points. Pure. */

/** `a; b; c; a` → its points; the closing one of an outline is left out. */
export function pointsOf(value: string, isArea: boolean): string[] {
  const points = value
    .split(";")
    .map((point) => point.trim())
    .filter(Boolean);
  const isClosed = isArea && points.length > 1 && points[0] === points[points.length - 1];
  return isClosed ? points.slice(0, -1) : points;
}

/** Points → the value; undefined while there are too few of them, "" when there are none. */
export function lineOf(points: readonly string[], isArea: boolean): string | undefined {
  const [first] = points;
  if (first === undefined) return "";
  if (points.length < (isArea ? 3 : 2)) return undefined;
  return (isArea ? [...points, first] : points).join(";");
}

// The page's template is filled with built names, and refused when it breaks the security policy.
import { equal, throws } from "node:assert/strict";
import { test } from "node:test";
import { fillPage } from "../../../pwa/build/page.mjs";

const names = {
  build: "b1",
  styles: ["assets/app-1.css"],
  script: "assets/main-1.js",
  preload: ["assets/part-1.js"],
};
const places = "<!-- build --><!-- styles --><!-- scripts -->";

test("the page names the built style, script and its parts", () => {
  equal(
    fillPage(places, names),
    '<meta name="hoso-build" content="b1">' +
      '<link rel="stylesheet" href="/assets/app-1.css">' +
      '<link rel="modulepreload" href="/assets/part-1.js">' +
      '<script type="module" src="/assets/main-1.js"></script>',
  );
});

test("a template without a place for the scripts is refused", () => {
  throws(() => fillPage("<!-- build --><!-- styles -->", names), /lacks <!-- scripts -->/);
});

for (const forbidden of [
  "<script>let a = 1</script>",
  '<p style="color:red">',
  "<style>p{}</style>",
  '<body onload="go()">',
]) {
  test(`a template with ${forbidden} is refused`, () => {
    throws(() => fillPage(places + forbidden, names), /inline/);
  });
}

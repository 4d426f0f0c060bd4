// The page's template is filled with built names, and refused when it breaks the security policy.
import { equal, throws } from "node:assert/strict";
import { test } from "node:test";
import { fillPage, fillTrial } from "../../../pwa/build/page.mjs";

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

const template = `<head>${places}
<link rel="manifest" href="/m">
<link rel="icon" href="/i">
</head><body><div id="app"></div>
</body>`;

test("the page of a form to try holds its scripts and style, and a place for the form behind them", () => {
  equal(
    fillTrial(template, { build: "b1", style: "p{}", scripts: ["part()", "go($&)"] }),
    `<head><meta name="hoso-build" content="b1"><style>p{}</style>
<link rel="icon" href="/i">
</head><body><div id="app"></div>
<script>//# allFunctionsCalledOnLoad
part()</script>
<script>go($&)</script>
<!-- form -->
</body>`,
  );
});

for (const script of ['"</script>"', '"<!--"', "x('</SCRIPT ')"]) {
  test(`a script that holds ${script} would end before its end and is refused`, () => {
    throws(
      () => fillTrial(template, { build: "b", style: "", scripts: ["", script] }),
      /before its end/,
    );
  });
}

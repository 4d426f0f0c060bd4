import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addressOf,
  createRouter,
  type Place,
  type Router,
  routeOf,
} from "../../../pwa/shell/router.ts";

test("every address of the app names its screen", () => {
  assert.deepEqual(routeOf("/"), { screen: "home" });
  assert.deepEqual(routeOf("/procedures"), { screen: "procedures" });
  assert.deepEqual(routeOf("/procedures/1.001193"), { screen: "procedure", code: "1.001193" });
  assert.deepEqual(routeOf("/drafts/7"), { screen: "draft", id: "7" });
  assert.deepEqual(routeOf("/sent/7"), { screen: "sent", id: "7" });
  assert.deepEqual(routeOf("/dossiers/7"), { screen: "dossier", id: "7" });
  assert.deepEqual(routeOf("/enrol/abc"), { screen: "enrol", token: "abc" });
  assert.deepEqual(routeOf("/sign-in"), { screen: "sign-in" });
});

test("the desk, the interface and anything else are not the app's", () => {
  for (const path of "/desk /docs /drafts /verify /dossiers/7/more /preview/ab12".split(" ")) {
    assert.deepEqual(routeOf(path), { screen: "missing" }, path);
  }
});

test("a mangled escape is taken as it stands", () => {
  assert.deepEqual(routeOf("/dossiers/%E0%A4%A"), { screen: "dossier", id: "%E0%A4%A" });
  assert.equal(addressOf("drafts", "a/b"), "/drafts/a%2Fb");
  assert.deepEqual(routeOf("/drafts/a%2Fb"), { screen: "draft", id: "a/b" });
});

interface Here extends Place {
  pops: (() => void)[];
  hides: (() => void)[];
  log: string[];
}

function place(): Here {
  const log: string[] = [];
  const pops: (() => void)[] = [];
  const hides: (() => void)[] = [];
  const location = { pathname: "/", search: "", origin: "https://example.org" };
  const move =
    (kind: string) => (_state: unknown, _title: string, address?: string | URL | null) => {
      log.push(`${kind} ${address}`);
      const { pathname, search } = new URL(String(address), location.origin);
      Object.assign(location, { pathname, search });
    };
  const history = {
    pushState: move("push"),
    replaceState: move("replace"),
    back: () => void log.push("back"),
  };
  return {
    location,
    history,
    addEventListener: (type, listener) => void (type === "popstate" ? pops : hides).push(listener),
    pops,
    hides,
    log,
  };
}

test("moving tells the listeners, and so does the phone's back button", () => {
  const here = place();
  const router = createRouter(here);
  let count = 0;
  const stop = router.listen(() => {
    count += 1;
  });
  assert.equal(router.hasMoved(), false);
  router.go("/inbox");
  router.go("/settings", { replace: true });
  for (const pop of here.pops) pop();
  stop();
  router.go("/");
  assert.equal(count, 3);
  assert.equal(router.hasMoved(), true);
  assert.deepEqual(here.log, ["push /inbox", "replace /settings", "push /"]);
});

/** A router whose idle moments come when `idle` is called. */
function busy(): { here: Here; router: Router; idle(): void } {
  const here = place();
  const waiting: (() => void)[] = [];
  const router = createRouter(here, (write) => waiting.push(write));
  router.go("/drafts/7?q=a");
  const idle = (): void => {
    for (const write of waiting.splice(0)) write();
  };
  return { here, router, idle };
}

test("a move within a screen is told at once and written when there is time", () => {
  const { here, router, idle } = busy();
  let told = "";
  router.listen(() => {
    told = router.current().query;
  });
  router.go("/drafts/7?q=b");
  assert.equal(told, "?q=b");
  assert.deepEqual(here.log, ["push /drafts/7?q=a"]);
  idle();
  idle();
  assert.deepEqual(here.log, ["push /drafts/7?q=a", "push /drafts/7?q=b"]);
});

test("no move is lost to the next one, to leaving the page, or to going back", () => {
  const { here, router, idle } = busy();
  router.go("/drafts/7?q=b");
  router.go("/drafts/7?q=c", { replace: true });
  for (const hide of here.hides) hide();
  assert.equal(here.log[here.log.length - 1], "replace /drafts/7?q=c");
  router.go("/drafts/7?q=d");
  router.back();
  router.go("/drafts/7?q=e");
  router.go("/");
  idle();
  const moves = ["push /drafts/7?q=a", "push /drafts/7?q=b", "replace /drafts/7?q=c"];
  const more = ["push /drafts/7?q=d", "back", "push /drafts/7?q=e", "push /"];
  assert.deepEqual(here.log, [...moves, ...more]);
});

test("back before a move was written is back to where it came from", () => {
  const { here, router, idle } = busy();
  router.go("/drafts/7?q=b");
  // The browser is where one was before the screen: the step to it is made once more.
  Object.assign(here.location, { pathname: "/", search: "" });
  for (const pop of here.pops) pop();
  idle();
  assert.deepEqual(router.current(), { path: "/drafts/7", query: "?q=a" });
  assert.deepEqual(here.log, ["push /drafts/7?q=a", "push /drafts/7?q=a"]);
});

test("back before a place was replaced is back", () => {
  const { here, router, idle } = busy();
  router.go("/drafts/7?q=b", { replace: true });
  Object.assign(here.location, { pathname: "/", search: "" });
  for (const pop of here.pops) pop();
  idle();
  assert.deepEqual(router.current(), { path: "/", query: "" });
  assert.deepEqual(here.log, ["push /drafts/7?q=a"]);
});

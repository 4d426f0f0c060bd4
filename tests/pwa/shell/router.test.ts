import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, createRouter, type Place, routeOf } from "../../../pwa/shell/router.ts";

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

function place(): Place & { pops: (() => void)[]; log: string[] } {
  const log: string[] = [];
  const pops: (() => void)[] = [];
  const location = { pathname: "/", search: "", origin: "https://example.org" };
  const move =
    (kind: string) => (_state: unknown, _title: string, address?: string | URL | null) => {
      log.push(`${kind} ${address}`);
      location.pathname = String(address);
    };
  const history = {
    pushState: move("push"),
    replaceState: move("replace"),
    back: () => void log.push("back"),
  };
  return {
    location,
    history,
    addEventListener: (_type, listener) => void pops.push(listener),
    pops,
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

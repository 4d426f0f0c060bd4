/**
 * The screens that filling and sending a form do not need, in a file of their own: what was sent,
 * news, signing in, settings, locks. The worker keeps it with the rest of the app.
 */
import type { JSX } from "preact";
import type { Route } from "../router.ts";
import { ClaimScreen } from "./claim.tsx";
import { DossierScreen } from "./dossier.tsx";
import { DossiersScreen } from "./dossiers.tsx";
import { HandOverScreen } from "./hand-over.tsx";
import { InboxScreen } from "./inbox.tsx";
import { LockScreen } from "./lock.tsx";
import { LockedScreen } from "./locked.tsx";
import { RelayScreen } from "./relay.tsx";
import { RescueScreen } from "./rescue.tsx";
import { RevokedScreen } from "./revoked.tsx";
import { SettingsScreen } from "./settings.tsx";
import { EnrolScreen, SignInScreen } from "./sign-in.tsx";
import { StorageScreen } from "./storage.tsx";

/** The screen of an address; null for one that is part of the first screen's file. */
export function rareScreen(route: Route): JSX.Element | null {
  switch (route.screen) {
    case "dossiers":
      return <DossiersScreen />;
    case "dossier":
      return <DossierScreen id={route.id} />;
    case "inbox":
      return <InboxScreen />;
    case "sign-in":
      return <SignInScreen />;
    case "enrol":
      return <EnrolScreen token={route.token} />;
    case "settings":
      return <SettingsScreen />;
    case "rescue":
      return <RescueScreen />;
    case "relay":
      return <RelayScreen />;
    case "storage":
      return <StorageScreen />;
    case "claim":
      return <ClaimScreen />;
    case "hand-over":
      return <HandOverScreen id={route.id} />;
    case "lock":
      return <LockScreen />;
    case "locked":
      return <LockedScreen />;
    case "revoked":
      return <RevokedScreen />;
    default:
      return null;
  }
}

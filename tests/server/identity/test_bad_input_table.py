"""What somebody may bring that is wrong about who they are or when it is: each case has its test.

The answer is a problem of the server's catalogue, or a code that the app has words for.
"""

from pathlib import Path

import pytest

from server.errors import CATALOGUE

ROOT = Path(__file__).resolve().parents[3]
HERE = "tests/server/identity/"
LOCK = "tests/pwa/lock/pin.test.ts"
# What is wrong; the code of the answer; the file of the test; its name.
CASES = [
    (
        "wrong origin of a request",
        "origin-forbidden",
        "tests/server/test_origin.py",
        "test_change_from_another_site_is_refused_before_anything_happens",
    ),
    (
        "wrong origin of a passkey's answer",
        "passkey-refused",
        f"{HERE}test_passkeys.py",
        "test_answer_made_for_another_site_is_refused",
    ),
    (
        "replayed challenge",
        "passkey-refused",
        f"{HERE}test_passkeys.py",
        "test_answer_is_taken_once",
    ),
    (
        "late challenge",
        "passkey-refused",
        f"{HERE}test_passkeys.py",
        "test_challenge_ends_after_ten_minutes",
    ),
    (
        "replayed answer of the provider",
        "openid-refused",
        f"{HERE}test_openid.py",
        "test_replayed_answer_is_refused",
    ),
    (
        "wrong nonce of the provider",
        "openid-refused",
        f"{HERE}test_openid.py",
        "test_token_whose_claims_do_not_hold_is_refused",
    ),
    (
        "provider that does not answer",
        "openid-unreachable",
        f"{HERE}test_openid.py",
        "test_provider_that_stops_answering_midway_is_told_and_may_be_tried_again",
    ),
    (
        "identity without an account",
        "openid-unknown",
        f"{HERE}test_openid.py",
        "test_unknown_identity_gets_neither_account_nor_role",
    ),
    (
        "cloned counter",
        "passkey-refused",
        f"{HERE}test_passkeys.py",
        "test_copied_key_is_noticed_by_its_counter",
    ),
    (
        "removed passkey",
        "passkey-refused",
        f"{HERE}test_passkeys.py",
        "test_revoked_passkey_is_refused",
    ),
    (
        "expired code",
        "sign-in-refused",
        f"{HERE}test_codes.py",
        "test_code_ends_after_ten_minutes",
    ),
    (
        "reused code",
        "sign-in-refused",
        f"{HERE}test_codes.py",
        "test_right_code_signs_in_once",
    ),
    (
        "used enrolment link",
        "enrolment-invalid",
        f"{HERE}test_passkeys.py",
        "test_link_adds_one_passkey_alone",
    ),
    (
        "malformed cookie",
        "sign-in-required",
        f"{HERE}test_bad_input.py",
        "test_malformed_cookie_is_nobody",
    ),
    (
        "malformed cookie of a sign-in under way",
        "openid-refused",
        f"{HERE}test_openid.py",
        "test_forged_cookies_are_refused",
    ),
    (
        "role changed in the midst of a session",
        "not-allowed",
        f"{HERE}test_bad_input.py",
        "test_role_taken_away_counts_from_the_next_request",
    ),
    (
        "account closed in the midst of a session",
        "sign-in-required",
        f"{HERE}test_bad_input.py",
        "test_account_closed_meanwhile_is_nobody",
    ),
    (
        "commune closed",
        "commune-unknown",
        "tests/server/sync/test_mutations.py",
        "test_commune_that_is_closed_or_made_up",
    ),
    (
        "PIN with digits of another keyboard",
        "pin-other-digits",
        LOCK,
        "digits of another keyboard and letters are told apart",
    ),
    (
        "PIN with Vietnamese letters",
        "pin-letters",
        LOCK,
        "digits of another keyboard and letters are told apart",
    ),
    (
        "clock of the server years off",
        "openid-refused",
        f"{HERE}test_openid.py",
        "test_clock_that_is_years_off_lets_nobody_in",
    ),
    (
        "clock of the phone years off",
        "",
        "tests/server/sync/test_clocks.py",
        "test_clock_that_is_years_off_costs_nobody_a_dossier",
    ),
]


@pytest.mark.parametrize(("what", "code", "file", "name"), CASES, ids=[one[0] for one in CASES])
def test_each_case_has_its_test_and_its_answer(what: str, code: str, file: str, name: str) -> None:
    text = (ROOT / file).read_text()
    named = f'test("{name}"' if file.endswith(".ts") else f"def {name}("
    assert named in text, f"{what}: no such test in {file}"
    if code:
        words = (ROOT / "pwa/language/vi-lock.ts").read_text()
        assert code in CATALOGUE or f'"{code}":' in words, f"{what}: {code} is told in no words"

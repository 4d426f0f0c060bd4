"""The application put together: what every answer carries and how errors leave."""

import httpx2


async def test_health_tells_that_the_database_answers(browser: httpx2.AsyncClient) -> None:
    answer = await browser.get("/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"

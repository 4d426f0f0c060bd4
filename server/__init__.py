"""Hoso's server: the one-stop desk, the sync endpoint and everything behind them."""

VERSION = "0.1.0"

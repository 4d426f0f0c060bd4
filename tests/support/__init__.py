"""What tests of several parts share: engines to run against, factories, twins, contract suites."""

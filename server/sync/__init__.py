"""The one endpoint phones talk to: envelopes in, verdicts and changes out."""

"""The one-stop desk in the browser: works without JavaScript."""

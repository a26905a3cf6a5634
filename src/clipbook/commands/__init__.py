"""One module a command; each adds itself to the command line and calls the package."""

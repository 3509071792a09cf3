"""The installation of web/deployment/README.md, put together from its real parts on this machine."""

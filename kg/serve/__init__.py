"""``kg serve``: a read-only SPARQL 1.1 endpoint with a query page, for one store.

A query is answered by one of a few processes (``worker``), because the engine cannot be told to stop
and a process can. The server (``server``, ``app``) only carries questions to them and answers back.

The page (``page/``) is our own: 28 KB of plain script without a library, whose editor is a text area
with coloured words behind it. YASGUI, the usual choice, is a megabyte of script that asks other hosts
for prefixes and builds markup from strings, and would know neither shipped queries nor their parameters.
"""

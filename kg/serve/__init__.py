"""``kg serve``: a read-only SPARQL 1.1 endpoint with a query page, for one store.

A query is answered by one of a few processes (``worker``), because the engine cannot be told to stop
and a process can. The server (``server``, ``app``) only carries questions to them and answers back.
"""

"""The HTTP API and the page over one store; it reads what the store holds and never codes a report by itself."""

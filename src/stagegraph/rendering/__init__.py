"""Plan, graph or comparison → text, for people and for pipes. Pure: nothing here reads or writes."""

"""The ground everything stands on: facts, tools, money, ids, clock, errors. No I/O."""

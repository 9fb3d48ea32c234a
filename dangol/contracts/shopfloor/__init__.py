"""The words in which a shop is asked and answers: arguments and results of every tool.

Rooms implement them, minds speak them; neither needs to know the other. Texts in results are already in the
language of the call. Prices and stock are those of the database at the moment of the call.
"""

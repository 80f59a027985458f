"""The two ways of judging a forecast of a documented event.

*conditional*: the restricted supplier ships what it really shipped, which tests the market's response. *ex_ante*: it
ships what the expected size of the restriction leaves (see `size`), which tests the whole forecast.
"""

CONDITIONAL, EX_ANTE = "conditional", "ex_ante"
MODES = (CONDITIONAL, EX_ANTE)

"""Stakes: the industries, incomes and jobs behind a mineral, and what processing it is worth to a partner.

Three numbers are kept apart that are easily mixed: what users lose (`income`), what an industry could lose at worst
(`output_loss`), and how much of an economy uses the mineral (`importance`). The room takes figures and knows no market.
"""

from sogdia.stakes.answer import Stakes
from sogdia.stakes.assess import stakes
from sogdia.stakes.figures import ShockFigures
from sogdia.stakes.partner_ledger import PartnerLedger, partner_ledger

__all__ = ["PartnerLedger", "ShockFigures", "Stakes", "partner_ledger", "stakes"]

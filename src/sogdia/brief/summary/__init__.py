"""The summary of a report: two printed pages for a minister, in which every figure leads to its source."""

from sogdia.brief.summary.cited import Cited
from sogdia.brief.summary.compose import compose
from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.brief.summary.partner_evidence import PartnerEvidence
from sogdia.brief.summary.partner_view import compose_partner
from sogdia.brief.summary.parts import Summary

__all__ = ["Cited", "PartnerEvidence", "Summary", "SummaryEvidence", "compose", "compose_partner"]

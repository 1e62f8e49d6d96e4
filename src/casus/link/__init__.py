"""From events to incidents and the links between them, within one report."""

from casus.link.report import link_report

__all__ = ("link_report",)

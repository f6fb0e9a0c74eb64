"""Inline SVG charts: thin lines, labels at their ends, few ticks, no script."""

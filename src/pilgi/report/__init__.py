"""One look for every page and plot: whoever shows something takes it from here.

style.py    the colours, and matplotlib's style   style.css  the same for pages
markup.py   text becomes HTML here                page.py    the frame, sections, tables, facts
numbers.py  numbers as people read them           seal.py    the seal
charts/     inline SVG
"""

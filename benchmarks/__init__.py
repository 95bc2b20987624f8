"""What this costs and what it finds, against other tools in the same run. Each module prints a Markdown table.

cold     a whole process from the shell            hot     reading and comparing real pages
growth   lists of 10 to 10,000 items               memory  the largest pages
series   what is found and missed on real captures
"""

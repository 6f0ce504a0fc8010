# Stands for the old tool; nothing of the lab runs it.

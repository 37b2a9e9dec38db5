"""Who sits, commits or carries an action without signing, who signs without committing; with the lines to check.

python examples/who_sits_without_signing.py [CONTRACT]
"""

import sys

import cdv_graph

graph = cdv_graph.load()
gaps = graph.role_gaps(contract=sys.argv[1] if len(sys.argv) > 1 else "Clermont")
for (lacks, has), group in gaps.groupby(["lacks", "has"]):
    print(f"\n{has} → {lacks} ({group['explanation'].iloc[0]})")
    for partner, passages in group.groupby("partner"):
        print(f"  {partner}: {', '.join('l. ' + str(line) for line in passages['start_line'])}")

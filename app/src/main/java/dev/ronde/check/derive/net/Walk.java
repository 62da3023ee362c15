package dev.ronde.check.derive.net;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lets every public sender walk through the layers. */
final class Walk {
    private final Cells cells;
    private final List<BitSet> sources;
    private final List<NetworkRule> rules;
    private final List<Part> start;
    private final int[] layerStarts;
    private final List<Layer> layers;
    private final Map<BitSet, List<Part>> known = new HashMap<>();
    private final Effort effort;

    Walk(Cells.Cut cut, List<NetworkRule> rules, List<Layer> layers, BitSet all, Effort effort) {
        this.effort = effort;
        this.cells = cut.cells();
        this.sources = cut.sources();
        this.rules = rules;
        this.layers = layers;
        this.start = List.of(new Part(List.of(), all, cells.withoutNames(all)));
        this.layerStarts = new int[layers.size() + 1];
        for (int i = 0; i < layers.size(); i++) {
            layerStarts[i + 1] = layerStarts[i] + layers.get(i).rules().size();
        }
    }

    /**
     * Senders that arrive, by the rules that let them.
     *
     * @param chain index of the rule that let them through, one a layer at most
     * @param behindNames addresses that may still be behind the names among the cells
     */
    record Part(List<Integer> chain, BitSet cells, BitSet behindNames) {
        private static final int OBJECT = 16;

        private Part through(int rule, BitSet hit, BitSet behind) {
            List<Integer> longer = new ArrayList<>(chain);
            longer.add(rule);
            return new Part(List.copyOf(longer), hit, behind);
        }
    }

    List<Part> arriving(BitSet matching) {
        List<Part> before = known.get(matching);
        if (before != null) {
            return before;
        }
        effort.keep(Part.OBJECT + matching.size() / Long.SIZE);
        List<Part> arrived = new ArrayList<>();
        List<Part> passing = start;
        for (int layer = 0; layer < layers.size() && !passing.isEmpty(); layer++) {
            List<Part> next = new ArrayList<>();
            for (Part part : passing) {
                cross(layer, matching, part, next, arrived);
            }
            passing = next;
        }
        arrived.addAll(passing);
        known.put((BitSet) matching.clone(), arrived);
        return arrived;
    }

    private void cross(int layer, BitSet matching, Part part, List<Part> next, List<Part> arrived) {
        BitSet remaining = (BitSet) part.cells().clone();
        BitSet behind = cells.hasNames() ? (BitSet) part.behindNames().clone() : part.behindNames();
        int end = layerStarts[layer + 1];
        for (int rule = matching.nextSetBit(layerStarts[layer]);
                rule >= 0 && rule < end && !remaining.isEmpty();
                rule = matching.nextSetBit(rule + 1)) {
            effort.steps(1);
            BitSet source = sources.get(rule);
            NetworkRule.Action action = rules.get(rule).action();
            if (action != NetworkRule.Action.BLOCK && source.intersects(remaining)) {
                BitSet hit = (BitSet) source.clone();
                hit.and(remaining);
                effort.keep(Part.OBJECT + hit.size() / Long.SIZE);
                BitSet here = cells.hasNames() ? (BitSet) behind.clone() : behind;
                (action == NetworkRule.Action.PASS ? next : arrived).add(part.through(rule, hit, here));
            }
            if (layers.get(layer).ordered()) {
                remaining.andNot(source);
                if (cells.hasNames()) {
                    behind.andNot(source);
                    cells.dropNames(remaining, behind);
                }
            }
        }
        if (!remaining.isEmpty() && layers.get(layer).otherwise() == NetworkRule.Action.PASS) {
            next.add(new Part(part.chain(), remaining, behind));
        }
    }
}

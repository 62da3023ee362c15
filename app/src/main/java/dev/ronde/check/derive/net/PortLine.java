package dev.ronde.check.derive.net;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The ports of one protocol, cut wherever a rule begins or ends, with those who get through in any situation. */
final class PortLine {
    private static final long STEPS_OF_A_BOUND = 4;
    private static final long WORDS_OF_A_STRETCH = 32;

    private final List<NetworkRule> rules;
    private final BitSet speaking = new BitSet();
    private final boolean ported;
    private final Effort effort;
    private final List<Stretch> stretches = new ArrayList<>();

    private record Stretch(int first, int last, List<Walk.Part> senders) {}

    /** A protocol without ports is a single stretch, and only rules for every port concern it. */
    PortLine(List<NetworkRule> rules, String protocol, boolean ported, Effort effort) {
        this.rules = rules;
        this.effort = effort;
        this.ported = ported;
        for (int i = 0; i < rules.size(); i++) {
            NetworkRule rule = rules.get(i);
            speaking.set(i, rule.speaks(protocol) && (ported || rule.ports().equals(PortSet.ALL)));
        }
    }

    void add(BitSet situation, Walk walk) {
        BitSet matching = (BitSet) situation.clone();
        matching.and(speaking);
        effort.steps(STEPS_OF_A_BOUND * matching.cardinality());
        if (!ported) {
            add(0, PortSet.LAST, walk.arriving(matching));
            return;
        }
        Sweep<Integer> sweep = new Sweep<>();
        for (int rule = matching.nextSetBit(0); rule >= 0; rule = matching.nextSetBit(rule + 1)) {
            for (PortSet.Range range : rules.get(rule).ports().ranges()) {
                sweep.add(rule, range.first(), range.last() + 1);
            }
        }
        List<Integer> starts = new ArrayList<>(List.of(0));
        List<List<Walk.Part>> senders = new ArrayList<>(List.of(walk.arriving(new BitSet())));
        sweep.run((start, active) -> {
            starts.add(start);
            senders.add(walk.arriving(active));
        });
        starts.add(PortSet.LAST + 1);
        for (int i = 0; i < senders.size(); i++) {
            add(starts.get(i), starts.get(i + 1) - 1, senders.get(i));
        }
    }

    private void add(int first, int last, List<Walk.Part> senders) {
        if (!senders.isEmpty() && first <= last) {
            effort.keep(WORDS_OF_A_STRETCH);
            stretches.add(new Stretch(first, last, senders));
        }
    }

    <T> void forEach(Function<Map<List<Integer>, BitSet>, T> view, BiConsumer<PortSet.Range, T> each) {
        TreeMap<Integer, Set<Integer>> toggles = new TreeMap<>();
        for (int i = 0; i < stretches.size(); i++) {
            toggles.computeIfAbsent(stretches.get(i).first(), bound -> new TreeSet<>())
                    .add(i);
            toggles.computeIfAbsent(stretches.get(i).last() + 1, bound -> new TreeSet<>())
                    .add(i);
        }
        IdentityHashMap<List<Walk.Part>, T> seen = new IdentityHashMap<>();
        Set<Integer> open = new TreeSet<>();
        int before = 0;
        for (Map.Entry<Integer, Set<Integer>> bound : toggles.entrySet()) {
            if (!open.isEmpty()) {
                each.accept(new PortSet.Range(before, bound.getKey() - 1), viewed(open, view, seen));
            }
            for (int changed : bound.getValue()) {
                if (!open.remove(changed)) {
                    open.add(changed);
                }
            }
            before = bound.getKey();
        }
    }

    private <T> T viewed(
            Set<Integer> open, Function<Map<List<Integer>, BitSet>, T> view, IdentityHashMap<List<Walk.Part>, T> seen) {
        List<List<Walk.Part>> all =
                open.stream().map(i -> stretches.get(i).senders()).toList();
        return all.size() == 1
                ? seen.computeIfAbsent(all.get(0), only -> view.apply(together(all)))
                : view.apply(together(all));
    }

    private Map<List<Integer>, BitSet> together(List<List<Walk.Part>> all) {
        Map<List<Integer>, BitSet> senders = new LinkedHashMap<>();
        for (List<Walk.Part> parts : all) {
            effort.steps(parts.size());
            parts.forEach(part ->
                    senders.computeIfAbsent(part.chain(), first -> new BitSet()).or(part.cells()));
        }
        return senders;
    }
}

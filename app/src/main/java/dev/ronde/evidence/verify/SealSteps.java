package dev.ronde.evidence.verify;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.SealWindow;
import dev.ronde.evidence.population.Leaf;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** V8: seals follow each other, and each record was recorded inside the window of its seal. */
final class SealSteps {
    private static final Duration GAP = Duration.ofHours(2);
    private static final Duration LATE = Duration.ofDays(1);

    private final Findings findings;
    private final List<Leaf> waiting = new ArrayList<>();
    private final long from;
    /** Latest seal time so far: comparing only with the seal before would let a clock be put back bit by bit. */
    private @Nullable Instant latestSealedAt;
    /** Latest time of a seal that left nothing waiting: records may have waited since then. */
    private @Nullable Instant latestEmptyAt;

    private long expectedSize;
    private @Nullable Hash expectedRoot;

    SealSteps(Findings findings, long from) {
        this.findings = findings;
        this.from = from;
        this.expectedSize = from;
    }

    void add(Leaf leaf) {
        if (Duration.between(leaf.occurredAt(), leaf.recordedAt()).compareTo(LATE) > 0) {
            findings.warn(
                    Step.V8,
                    "LATE: index " + leaf.index() + " happened " + leaf.occurredAt() + " but was recorded "
                            + leaf.recordedAt());
        }
        if (leaf.type().equals(Leaf.SEAL)) {
            seal(leaf);
        } else {
            waiting.add(leaf);
        }
    }

    private void seal(Leaf seal) {
        Instant sealedAt = seal.recordedAt();
        chain(seal);
        Instant before = latestSealedAt;
        if (before != null && sealedAt.isBefore(before.minus(SealWindow.SKEW))) {
            findings.fail(
                    Step.V8, "the seal at index " + seal.index() + " is older than one before it: the clock went back");
        }
        if (before != null && Duration.between(before, sealedAt).compareTo(GAP) > 0) {
            findings.warn(Step.V8, "GAP: nothing was sealed between " + before + " and " + sealedAt);
        }
        Instant earliest = latestEmptyAt;
        for (Leaf leaf : waiting) {
            boolean early = earliest != null && leaf.recordedAt().isBefore(earliest.minus(SealWindow.SKEW));
            if (early || leaf.recordedAt().isAfter(sealedAt.plus(SealWindow.SKEW))) {
                findings.fail(
                        Step.V8,
                        "index " + leaf.index() + " says it was recorded " + leaf.recordedAt()
                                + ", outside the window of its seal");
            }
        }
        waiting.clear();
        latestSealedAt = later(before, sealedAt);
        if ("0".equals(seal.field("pendingAfter"))) {
            latestEmptyAt = later(earliest, sealedAt);
        }
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one != null && one.isAfter(other) ? one : other;
    }

    private void chain(Leaf seal) {
        boolean first = expectedRoot == null;
        boolean fits = seal.field("toIndex").equals(Long.toString(seal.index()))
                && seal.field("fromIndex").equals(seal.field("prevSize"))
                && (seal.field("prevSize").equals(Long.toString(expectedSize)) || (first && from > 0))
                && (first || seal.field("prevRoot").equals(String.valueOf(expectedRoot)));
        if (first && from == 0 && !seal.field("prevRoot").equals(Hash.EMPTY.hex())) {
            fits = false;
        }
        if (!fits) {
            findings.fail(Step.V8, "the seal at index " + seal.index() + " does not follow the one before it");
        }
        expectedSize = seal.index() + 1;
    }

    /** The next seal must name this root. */
    void sealedRoot(Hash root) {
        expectedRoot = root;
    }

    void end(long until) {
        if (expectedSize != until) {
            findings.fail(Step.V8, "the range ends at " + until + " without a seal");
        }
    }
}

package dev.ronde.dashboard;

import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Something only a person can settle.
 *
 * @param kind why it is here; the last part of its message key
 * @param what the thing in question: an asset's name, or a person's for mail
 * @param href where it is settled
 * @param owner who answers for it; null where nobody does
 * @param detail the check by its id, the plan or the answer of the server; null where the kind says it all
 */
record Decision(
        String kind,
        String what,
        String href,
        @Nullable String owner,
        @Nullable String detail,
        Instant since) {
    /** What is broken comes before what is late, and that before what is merely untidy. */
    int rank() {
        return switch (kind) {
            case "failing", "no_slot" -> 0;
            case "problem", "not_mine", "more_time", "approval", "unsignable" -> 1;
            case "waiver", "request" -> 2;
            case "missed" -> 3;
            case "unanswered", "waiver_ending", "erring", "blind" -> 4;
            case "mail", "held" -> 5;
            default -> 6;
        };
    }

    Decision withTitle(UnaryOperator<String> title) {
        boolean ofCheck =
                kind.equals("failing") || kind.equals("erring") || kind.equals("blind") || kind.startsWith("waiver");
        if (detail == null || !ofCheck) {
            return this;
        }
        int end = detail.indexOf(", ");
        String check = end < 0 ? detail : detail.substring(0, end);
        return new Decision(kind, what, href, owner, title.apply(check) + detail.substring(check.length()), since);
    }

    /** Marks a review that waits for a second person if nobody may be that person. */
    Decision signable(Predicate<String> nobody) {
        return kind.equals("approval") && nobody.test(href.substring(href.lastIndexOf('/') + 1))
                ? new Decision("unsignable", what, href, owner, detail, since)
                : this;
    }

    public String badge() {
        return switch (kind) {
            case "failing", "missed", "no_slot", "unsignable" -> "badge-fail";
            case "unowned", "unreachable", "orphaned", "mail", "blind" -> "badge-unknown";
            case "erring" -> "badge-error";
            default -> "badge-open";
        };
    }

    /** Shown before the words, so that colour is never the only sign. */
    public String sign() {
        return switch (kind) {
            case "failing" -> "✕";
            case "unowned", "unreachable", "orphaned", "blind" -> "?";
            default -> "!";
        };
    }
}

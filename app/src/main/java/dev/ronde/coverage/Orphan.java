package dev.ronde.coverage;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that nobody can answer for.
 *
 * @param subject the asset's or review's ref, the finding's or plan's id
 * @param name of the asset; of a plan its title
 * @param asset ref of the asset; null for a plan
 * @param owner address of who should answer; null where nobody is named, and for a plan
 * @param personId the same person
 * @param since since when it has been so, as far as is known
 * @param assets for a plan, how many of its assets nobody can answer for; 1 for everything else
 */
public record Orphan(
        Kind kind,
        String subject,
        String name,
        @Nullable String asset,
        @Nullable String owner,
        @Nullable UUID personId,
        Reason reason,
        Instant since,
        long assets) {

    /** In the order in which a list shows them. */
    public enum Kind {
        /** A review that waits for somebody. */
        REVIEW(0),
        /** A finding that is open. */
        FINDING(1),
        /** An asset of the inventory. */
        ASSET(2),
        /** A plan that covers such assets. */
        PLAN(3);

        private final int place;

        Kind(int place) {
            this.place = place;
        }

        int place() {
            return place;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Reason {
        /** Nobody is named. */
        NO_OWNER,
        /** Who is named has left. */
        LEFT,
        /** Mail to who is named does not arrive. */
        UNREACHABLE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Next {
        /** Name somebody. */
        ASSIGN,
        /** Hand over everything of the person who cannot answer. */
        HAND_OVER,
        /** Look at the plan's progress. */
        LOOK;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The next step: everything of somebody who is gone at once, else this one thing. */
    public Next next() {
        return kind == Kind.PLAN ? Next.LOOK : reason == Reason.NO_OWNER ? Next.ASSIGN : Next.HAND_OVER;
    }

    public String href() {
        return switch (kind) {
            case REVIEW -> "/reviews/" + subject;
            case FINDING -> "/findings/" + subject;
            case ASSET -> "/assets/" + subject;
            case PLAN -> "/plans/" + subject;
        };
    }

    public String nextHref() {
        return switch (next()) {
            case HAND_OVER -> "/people/" + personId + "/handover";
            case LOOK -> href() + "#progress";
            case ASSIGN -> kind == Kind.REVIEW ? href() : "/assets/" + asset + "/edit";
        };
    }
}

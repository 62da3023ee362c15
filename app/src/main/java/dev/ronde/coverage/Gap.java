package dev.ronde.coverage;

import java.util.Locale;

/** Why something is not known, in the order in which a list shows them for one asset. */
public enum Gap {
    /** No plan expects reviews of the asset. */
    NO_PLAN(0),
    /** Nobody answers for the asset, or the owner has left. */
    NO_OWNER(1),
    /** No check fits the asset, or none that recognises products knows the one that its tags name. */
    NO_CHECK(2),
    /** A check of the asset has never run, or has never had anything to look at: no source delivers, no vantage looks, or nobody stated anything. */
    NEVER_RUN(3),
    /** A check may not be run, because one of the two keys to probing is missing. */
    POLICY_DENIED(4),
    /** The newest result of a check no longer counts, or what it looks at was delivered, or stated, too long ago. */
    STALE(5),
    /**
     * A check has ended in an error, or could not tell, for longer than one of its results counts; or its file is broken, or the newest
     * snapshot was refused, which no time mends.
     */
    LASTING_ERROR(6);

    private final int place;

    Gap(int place) {
        this.place = place;
    }

    /** Place among the gaps of one asset; the SQL statements repeat it. */
    int place() {
        return place;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.ronde.check.schedule;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.platform.problem.Problem;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks that are others': the database has them and this process has not, or not as the server has them. It leaves their turns alone.
 * Safe for many threads.
 */
public final class OthersChecks {
    private static final Logger log = LoggerFactory.getLogger(OthersChecks.class);

    private static final String ELSEWHERE =
            "The check files of this process, or the protections, ports, frameworks, facts or sources beside them, are not those of the server."
                    + " Set RONDE_CHECKS to the folder the server has; where that folder was changed, start the server first.";

    private final Catalogue catalogue;
    private final Set<String> met = ConcurrentHashMap.newKeySet();
    private volatile Set<String> heldBack = Set.of();
    private volatile boolean elsewhere;

    OthersChecks(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** A command leaves alone, as long as it lasts, what it found strange when it began. */
    public void holdBack(Publications.Difference difference) {
        heldBack = Set.copyOf(difference.strange());
        elsewhere = difference.elsewhere();
        if (elsewhere) {
            log.warn("no check is added or run, and no snapshot is taken: {}", ELSEWHERE);
        } else if (!heldBack.isEmpty()) {
            log.warn(
                    "left alone, since the server has these checks and this command has not, or has other files of them: {}."
                            + " Set RONDE_CHECKS to the folder the server has.",
                    String.join(", ", new TreeSet<>(heldBack)));
        }
    }

    /**
     * Passes unless every check is left alone: what checks stand on here is not what they stand on in the server, so that nothing is to be
     * read or judged by it.
     *
     * @throws Problem 409 that says what to do
     */
    public void refuseElsewhere() {
        if (elsewhere) {
            throw Problem.conflict("other_check_folder", ELSEWHERE);
        }
    }

    /**
     * Passes where this process has the check as the database has it: nothing is to be said of another file of it.
     *
     * @throws Problem 409 that says what to do
     */
    public void refuseUnlessHad(String checkId) {
        refuseElsewhere();
        if (!has(checkId)) {
            throw Problem.conflict("other_check_folder", ELSEWHERE);
        }
    }

    boolean none() {
        return heldBack.isEmpty() && met.isEmpty();
    }

    boolean contains(String checkId) {
        return heldBack.contains(checkId) || met.contains(checkId);
    }

    public Set<String> all() {
        Set<String> all = new TreeSet<>(heldBack);
        all.addAll(met);
        return Set.copyOf(all);
    }

    boolean has(String checkId) {
        return !contains(checkId) && catalogue.find(checkId).isPresent();
    }

    /** Whether a check that this process has not stands in the database, published by one that has it; it is left alone from now on. */
    public boolean found(Handle handle, String checkId) {
        if (has(checkId)) {
            return false;
        }
        if (!contains(checkId) && Publications.ids(handle).contains(checkId)) {
            meet(checkId);
        }
        return contains(checkId);
    }

    /** Looks at all checks the database has now, and forgets those that were met and are retired since; true where none is others'. */
    boolean noneNow(Handle handle) {
        Set<String> there = Publications.ids(handle);
        met.retainAll(there);
        there.stream().filter(id -> !contains(id) && !has(id)).forEach(this::meet);
        return none();
    }

    private void meet(String checkId) {
        log.warn("left alone: another process has check {} and this one has not", checkId);
        met.add(checkId);
    }
}

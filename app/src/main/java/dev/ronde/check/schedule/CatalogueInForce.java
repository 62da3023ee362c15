package dev.ronde.check.schedule;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.problem.Problem;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * The catalogue the server started with last, as one digest in the database. A process that has another one runs no check, takes no snapshot and
 * plans no asset; it leaves the assets it changed to the server (decision 111).
 */
public final class CatalogueInForce {
    public static final String ELSEWHERE =
            "The check files of this process, or the protections, ports, frameworks, facts or sources beside them, are not those of the server."
                    + " Set RONDE_CHECKS to the folder the server has; where that folder was changed, start the server first.";

    private final String own;
    private volatile boolean other;

    public CatalogueInForce(Catalogue catalogue) {
        own = Hash.sha256(catalogue.entries().stream()
                        .sorted(Comparator.comparing(CatalogueEntry::id))
                        .map(entry -> entry.id() + " " + entry.sha256())
                        .collect(Collectors.joining("\n", catalogue.basis() + "\n", "\n")))
                .hex();
    }

    interface InForceDao {
        @SqlQuery("select sha256 from check_catalogue")
        Optional<String> find();

        @SqlUpdate("update check_catalogue set sha256 = :sha256")
        int update(@Bind("sha256") String sha256);

        @SqlUpdate(
                "insert into check_catalogue (id, sha256, unplanned) values (1, :sha256, false) on conflict do nothing")
        void insert(@Bind("sha256") String sha256);

        @SqlQuery("select exists (select 1 from check_catalogue where unplanned)")
        boolean unplanned();

        /** 1 if this changed it, else 0. */
        @SqlUpdate("update check_catalogue set unplanned = :unplanned where unplanned <> :unplanned")
        int updateUnplanned(@Bind("unplanned") boolean unplanned);
    }

    /** Returns whether the server started with another catalogue than this process has. */
    public boolean isOther(Handle handle) {
        other = dao(handle).find().filter(servers -> !servers.equals(own)).isPresent();
        return other;
    }

    /** What {@link #isOther} last said; every sweep asks it, so pages need not. */
    public boolean wasOther() {
        return other;
    }

    /**
     * Passes where this process has the catalogue of the server.
     *
     * @throws Problem 409 that says what to do
     */
    public void require(Handle handle) {
        if (isOther(handle)) {
            throw Problem.conflict("other_check_folder", ELSEWHERE);
        }
    }

    boolean isNone(Handle handle) {
        return dao(handle).find().isEmpty();
    }

    void put(Handle tx) {
        if (dao(tx).update(own) == 0) {
            dao(tx).insert(own);
        }
    }

    /** The server then brings the assets in line with its checks. */
    void leaveUnplanned(Handle tx) {
        dao(tx).updateUnplanned(true);
    }

    boolean hasUnplanned(Handle handle) {
        return dao(handle).unplanned();
    }

    /** If true, the caller has to do the planning; the mark is gone. */
    boolean takeUnplanned(Handle tx) {
        return dao(tx).updateUnplanned(false) == 1;
    }

    private static InForceDao dao(Handle handle) {
        return handle.attach(InForceDao.class);
    }
}

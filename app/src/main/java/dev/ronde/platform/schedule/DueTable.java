package dev.ronde.platform.schedule;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.RowArrays;
import dev.ronde.platform.time.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * The due rows: claimed in batches under a lease with a fencing token, completed in one statement a batch. A lease that expires makes its
 * row claimable again; whoever comes late finds another token and is told so.
 */
public record DueTable(Database database, InstantSource clock) {
    private static final int MAX_INSERT_RETRY = 3;

    /** Makes the work due at that instant; an existing row is moved, its lease is kept. */
    public void schedule(Handle tx, DueKey key, Instant nextDueAt) {
        for (int attempt = 0; attempt < MAX_INSERT_RETRY; attempt++) {
            if (update(tx, key, nextDueAt) > 0) {
                return;
            }
            tx.savepoint("due");
            try {
                insert(tx, key, nextDueAt);
                tx.releaseSavepoint("due");
                return;
            } catch (RuntimeException e) {
                if (!Database.isUniqueViolation(e)) {
                    throw e;
                }
                tx.rollbackToSavepoint("due");
            }
        }
        throw new IllegalStateException("due row " + key + " is neither there nor can be made");
    }

    private static int update(Handle tx, DueKey key, Instant nextDueAt) {
        return tx.createUpdate("""
                        update due set next_due_at = :next
                        where subject_id = :subjectId and kind = :kind and ref_id = :refId""").bindMethods(key).bind("next", nextDueAt).execute();
    }

    private static void insert(Handle tx, DueKey key, Instant nextDueAt) {
        tx.createUpdate(
                        "insert into due(subject_id, kind, ref_id, next_due_at) values (:subjectId, :kind, :refId, :next)")
                .bindMethods(key)
                .bind("next", nextDueAt)
                .execute();
    }

    public void insertAll(Handle tx, Map<DueKey, Instant> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Update insert = tx.createUpdate("""
                insert into due (subject_id, kind, ref_id, next_due_at)
                select c.* from unnest(cast(:subjects as uuid array), cast(:kinds as varchar array), cast(:refs as varchar array),
                  cast(:nexts as timestamp(6) with time zone array)) as c""");
        new RowArrays<>(insert, List.copyOf(rows.entrySet()))
                .uuid("subjects", row -> row.getKey().subjectId())
                .text("kinds", row -> row.getKey().kind())
                .text("refs", row -> row.getKey().refId())
                .time("nexts", Map.Entry::getValue);
        insert.execute();
    }

    public void remove(Handle tx, DueKey key) {
        tx.createUpdate("delete from due where subject_id = :subjectId and kind = :kind and ref_id = :refId")
                .bindMethods(key)
                .execute();
    }

    /** Removes the row of a completed claim, unless it was made due anew meanwhile. */
    public void remove(Handle tx, Claim claim) {
        remove(tx, claim.key(), claim.dueAt());
    }

    private static void remove(Handle tx, DueKey key, Instant dueAt) {
        tx.createUpdate("""
                        delete from due
                        where subject_id = :subjectId and kind = :kind and ref_id = :refId and next_due_at = :dueAt""").bindMethods(key).bind("dueAt", dueAt).execute();
    }

    /**
     * Takes back that the work was made due, unless it was done or made due anew meanwhile; the lease is kept.
     *
     * @param made when it was made due
     * @param before when it was due before that; null for never
     */
    public void takeBack(Handle tx, DueKey key, Instant made, @Nullable Instant before) {
        if (before == null) {
            remove(tx, key, made);
            return;
        }
        tx.createUpdate("""
                        update due set next_due_at = :before
                        where subject_id = :subjectId and kind = :kind and ref_id = :refId and next_due_at = :made""")
                .bindMethods(key)
                .bind("made", made)
                .bind("before", before)
                .execute();
    }

    public Map<String, Instant> dueOf(Handle tx, UUID subjectId, String kind) {
        Map<String, Instant> found = new java.util.LinkedHashMap<>();
        tx.createQuery("""
                        select ref_id, next_due_at from due where subject_id = :subjectId and kind = :kind order by ref_id""")
                .bind("subjectId", subjectId)
                .bind("kind", kind)
                .map((row, context) -> Map.entry(
                        row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    /**
     * Leases up to {@code limit} rows that are due and not leased, oldest first, in a short transaction of its own.
     *
     * @param lease how long this process may work on them before others may take them
     */
    public List<Claim> claim(String kind, Instant now, int limit, Duration lease) {
        UUID token = Ids.next(clock);
        return database.inTransaction(tx -> {
            List<Claim> found = tx.createQuery("""
                            select subject_id, kind, ref_id, next_due_at, attempts from due
                            where kind = :kind and next_due_at <= :now and (lease_until is null or lease_until <= :now)
                            order by next_due_at limit :limit
                            for update skip locked""")
                    .bind("kind", kind)
                    .bind("now", now)
                    .bind("limit", limit)
                    .map((row, context) -> new Claim(
                            new DueKey(row.getObject(1, UUID.class), row.getString(2), row.getString(3)),
                            row.getObject(4, OffsetDateTime.class).toInstant(),
                            token,
                            row.getInt(5)))
                    .list();
            if (!found.isEmpty()) {
                var update = tx.createUpdate("""
                        update due set lease_token = :token, lease_until = :until, attempts = due.attempts + 1
                        from unnest(cast(:subjects as uuid array), cast(:refs as varchar array)) as c(s, r)
                        where due.subject_id = c.s and due.kind = :kind and due.ref_id = c.r""");
                bindKeys(update, found);
                update.bind("token", token)
                        .bind("until", now.plus(lease))
                        .bind("kind", kind)
                        .execute();
            }
            return found;
        });
    }

    /** Leases one row, in a short transaction of its own; empty where it is not due, or somebody works on it. */
    public Optional<Claim> claim(DueKey key, Instant now, Duration lease) {
        UUID token = Ids.next(clock);
        return database.inTransaction(tx -> {
            int taken = tx.createUpdate("""
                            update due set lease_token = :token, lease_until = :until, attempts = attempts + 1
                            where subject_id = :subjectId and kind = :kind and ref_id = :refId
                              and next_due_at <= :now and (lease_until is null or lease_until <= :now)""")
                    .bindMethods(key)
                    .bind("token", token)
                    .bind("until", now.plus(lease))
                    .bind("now", now)
                    .execute();
            return taken == 0
                    ? Optional.empty()
                    : tx.createQuery("""
                                    select next_due_at, attempts - 1 from due
                                    where subject_id = :subjectId and kind = :kind and ref_id = :refId""")
                            .bindMethods(key)
                            .map((row, context) -> new Claim(
                                    key, row.getObject(1, OffsetDateTime.class).toInstant(), token, row.getInt(2)))
                            .findFirst();
        });
    }

    /**
     * Advances the rows whose lease still holds and clears it; call it first in the transaction that writes the results and write only
     * those that are returned. A row that was made due anew since it was claimed stays due: what made it so was not looked at.
     *
     * @param nextDueAt for each claim when it is due next
     * @return the claims that still held
     */
    public Set<Claim> complete(Handle tx, Map<Claim, Instant> nextDueAt) {
        if (nextDueAt.isEmpty()) {
            return Set.of();
        }
        List<Claim> claims = new ArrayList<>(nextDueAt.keySet());
        Set<DueKey> held = new HashSet<>();
        for (List<Claim> sameToken : byToken(claims)) {
            held.addAll(lock(tx, sameToken));
        }
        List<Claim> valid =
                claims.stream().filter(claim -> held.contains(claim.key())).toList();
        if (!valid.isEmpty()) {
            var update = tx.createUpdate("""
                    update due set next_due_at = case when next_due_at = c.d then c.n else next_due_at end,
                      lease_token = null, lease_until = null, attempts = 0
                    from unnest(cast(:subjects as uuid array), cast(:refs as varchar array),
                      cast(:dues as timestamp(6) with time zone array),
                      cast(:nexts as timestamp(6) with time zone array)) as c(s, r, d, n)
                    where due.subject_id = c.s and due.kind = :kind and due.ref_id = c.r""");
            bindKeys(update, valid)
                    .time("dues", Claim::dueAt)
                    .time("nexts", claim -> nextDueAt.getOrDefault(claim, claim.dueAt()));
            update.bind("kind", valid.get(0).key().kind()).execute();
        }
        return Set.copyOf(valid);
    }

    private static Collection<List<Claim>> byToken(List<Claim> claims) {
        Map<UUID, List<Claim>> groups = new java.util.LinkedHashMap<>();
        claims.forEach(claim -> groups.computeIfAbsent(claim.token(), token -> new ArrayList<>())
                .add(claim));
        return groups.values();
    }

    private static List<DueKey> lock(Handle tx, List<Claim> claims) {
        var query = tx.createQuery("""
                select due.subject_id, due.kind, due.ref_id from due
                join unnest(cast(:subjects as uuid array), cast(:refs as varchar array)) as c(s, r)
                  on due.subject_id = c.s and due.ref_id = c.r
                where due.kind = :kind and due.lease_token = :token
                for update of due""");
        bindKeys(query, claims);
        return query.bind("kind", claims.get(0).key().kind())
                .bind("token", claims.get(0).token())
                .map((row, context) -> new DueKey(row.getObject(1, UUID.class), row.getString(2), row.getString(3)))
                .list();
    }

    private static RowArrays<Claim> bindKeys(SqlStatement<?> statement, List<Claim> claims) {
        return new RowArrays<>(statement, claims)
                .uuid("subjects", claim -> claim.key().subjectId())
                .text("refs", claim -> claim.key().refId());
    }

    /**
     * Lets a lease last until a later instant, for work that takes longer than others of its batch; false where it does not hold any more.
     */
    public boolean extend(Handle tx, Claim claim, Instant until) {
        return tx.createUpdate("""
                        update due set lease_until = :until
                        where subject_id = :subjectId and kind = :kind and ref_id = :refId and lease_token = :token""")
                        .bindMethods(claim.key())
                        .bind("token", claim.token())
                        .bind("until", until)
                        .execute()
                > 0;
    }

    public boolean isLeased(Handle handle, DueKey key, Instant at) {
        return handle.createQuery("""
                        select count(*) from due
                        where subject_id = :subjectId and kind = :kind and ref_id = :refId and lease_until > :at""")
                        .bindMethods(key)
                        .bind("at", at)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Gives a lease back without completing, so that the row is claimable at once; false where it does not hold any more. */
    public boolean release(Handle tx, Claim claim) {
        return tx.createUpdate("""
                        update due set lease_token = null, lease_until = null
                        where subject_id = :subjectId and kind = :kind and ref_id = :refId and lease_token = :token""")
                        .bindMethods(claim.key())
                        .bind("token", claim.token())
                        .execute()
                > 0;
    }
}

package dev.ronde.review;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.problem.Problem;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads reviews for lists, pages and exports. */
public record ReviewReader(Database database, InstantSource clock, People people) {
    private static final UUID NOBODY = new UUID(0, 0);

    public PageOf<ReviewRow> list(ReviewFilter filter, Query asked) {
        int limit = asked.limit();
        Cursor cursor = asked.cursor(2).orElse(null);
        return database.read(handle -> {
            ReviewQuery query = new ReviewQuery(filter, clock.instant());
            long count = query.count(handle);
            List<ReviewRow> rows = cursor == null
                    ? query.list(handle, null, 0, limit + 1)
                    : query.list(handle, cursor.day(0), cursor.number(1), limit + 1);
            return PageOf.counted(
                    rows,
                    limit,
                    count,
                    ReviewQuery.COUNTED,
                    row -> Cursor.of(row.review().dates().dueOn(), row.review().reviewNumber()));
        });
    }

    /**
     * One review.
     *
     * @param visibleTo the person an owner is, who sees theirs and what they attested; null sees all
     * @throws Problem 404 without such a review, or where it is not theirs
     */
    public ReviewRow get(Handle handle, String ref, @Nullable UUID visibleTo) {
        return find(handle, ref, visibleTo)
                .or(() -> visibleTo == null
                        ? Optional.empty()
                        : find(handle, ref, null).filter(row -> attestedBy(handle, row.review(), visibleTo)))
                .orElseThrow(() -> Problem.notFound("review", ref));
    }

    /** Whoever attested it sees it, whosever it is by now: within a day they may take that back. */
    private boolean attestedBy(Handle handle, Review review, UUID personId) {
        String by = review.attestation().performedBy();
        return by != null
                && people.find(handle, personId)
                        .filter(person -> people.behind(handle, by).equals(person.actorRef()))
                        .isPresent();
    }

    private Optional<ReviewRow> find(Handle handle, String ref, @Nullable UUID visibleTo) {
        if (!ref.matches("REV-\\d{1,15}")) {
            return Optional.empty();
        }
        ReviewFilter filter = new ReviewFilter(null, null, null, null, null, null, visibleTo);
        return new ReviewQuery(filter, clock.instant())
                .byNumber(handle, Long.parseLong(ref.substring(4))).stream().findFirst();
    }

    /**
     * The asset with this ref.
     *
     * @throws Problem 422 without a ref, 404 without such an asset
     */
    public UUID asset(Handle handle, @Nullable String ref) {
        if (ref == null || ref.isBlank()) {
            throw Problem.invalid("/asset", "required", "Name the asset by its ref.");
        }
        return handle.attach(ReviewDao.class).findAsset(ref).orElseThrow(() -> Problem.notFound("asset", ref));
    }

    /** The person with this address, or an id that nobody has, so that a filter by an unknown address finds nothing. */
    public UUID person(String email) {
        return database.read(
                handle -> people.findByEmail(handle, email).map(Person::id).orElse(NOBODY));
    }
}

package dev.ronde.review.file;

import dev.ronde.account.People;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.file.GivenFile;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.ReviewState;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.estate.Covered;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Files that people add to a review as evidence. The content goes into the ledger by its SHA-256, so that an export holds it and a
 * verifier misses it; the same content twice is one file.
 */
public record ReviewFiles(ReviewSteps steps, People people) {
    public static final int MAX_BYTES = GivenFile.MAX_BYTES;

    private static final int MOST = 20;
    private static final long MOST_BYTES = 20L << 20;

    public List<ReviewFile> list(Handle handle, UUID reviewId) {
        return handle.attach(ReviewFileDao.class).listByReview(reviewId);
    }

    /**
     * Adds a file.
     *
     * @param name as its bringer called it; a path before it is dropped
     * @throws Problem 422 for a file that is not what its name says, can run, or hides what it holds; 409 for a review that
     *     waits for nothing any more or has as many files as it may have; 413 for one too large
     */
    public ReviewFile add(Handle tx, Review review, String name, byte[] content, Actor by, Channel channel) {
        requireOpen(review);
        GivenFile given = GivenFile.of(name, content);
        ReviewFileDao dao = tx.attach(ReviewFileDao.class);
        // one file after the other, so that the same one is known and the limits hold
        dao.lock(review.id());
        String sha256 = Hash.sha256(content).hex();
        Optional<ReviewFile> known = dao.find(review.id(), sha256);
        if (known.isPresent()) {
            return known.get();
        }
        requireRoom(dao.listByReview(review.id()), content.length);
        Covered asset = steps.estate().find(tx, review.assetId()).orElseThrow();
        Evidence evidence = steps.records()
                .start(tx, "evidence-added", review, asset, by)
                .attach("evidence." + given.ending(), given.kind().mediaType(), content)
                .data("sha256", sha256)
                .data("media_type", given.kind().mediaType())
                .data("size", content.length)
                .data("channel", channel.word())
                .priv("file_name", given.name());
        UUID record = steps.records()
                .write(tx, new ReviewRecords.Entry("evidence-added", review, evidence, given.name()), by, channel);
        ReviewFile file = new ReviewFile(
                Ids.next(steps.clock()),
                review.id(),
                sha256,
                given.name(),
                given.kind().mediaType(),
                content.length,
                steps.now(),
                by.ref(),
                people.nameOf(by.ref()).orElse(null),
                channel.word(),
                record);
        dao.insert(file);
        return file;
    }

    /**
     * The content of a file of this review.
     *
     * @throws Problem 404 where it has no file of this hash
     */
    public byte[] content(Handle handle, Review review, String sha256) {
        return get(handle, review, sha256, steps.records().content(handle, sha256));
    }

    public ReviewFile get(Handle handle, Review review, String sha256) {
        return get(handle, review, sha256, handle.attach(ReviewFileDao.class).find(review.id(), sha256));
    }

    private static <T> T get(Handle handle, Review review, String sha256, Optional<T> found) {
        boolean its =
                handle.attach(ReviewFileDao.class).find(review.id(), sha256).isPresent();
        return found.filter(value -> its).orElseThrow(() -> Problem.notFound("file of " + review.ref(), sha256));
    }

    private void requireOpen(Review review) {
        ReviewState state = review.stateAt(steps.now());
        if (state == ReviewState.SCHEDULED || state == ReviewState.CANCELLED) {
            throw Problem.conflict("not_open", review.ref() + " is " + state.word() + "; it takes no evidence.");
        }
    }

    private static void requireRoom(List<ReviewFile> files, long more) {
        long all = files.stream().mapToLong(ReviewFile::fileSize).sum() + more;
        if (files.size() >= MOST || all > MOST_BYTES) {
            throw Problem.conflict(
                    "too_many_files",
                    "A review keeps at most 20 files and 20 MiB. Put a reference into your answer instead.");
        }
    }

    interface ReviewFileDao {

        /** Files from pages, the API and mail answers; the review's history names who sent the mail. */
        String FILES = """
                select id, review_id, sha256, file_name, media_type, file_size, added_at, added_by, added_by_name, channel, record_id
                  from (select id, review_id, sha256, file_name, media_type, file_size, added_at, added_by, added_by_name, channel, record_id
                          from review_file
                        union all
                        select a.id, a.review_id, a.sha256, a.name, a.media_type, a.size_bytes, a.kept_at, e.actor_ref, e.actor_name,
                               e.channel, a.record_id
                          from answer_file a join review_event e on e.review_id = a.review_id and e.record_id = a.record_id) f
                 where f.review_id = :reviewId
                """;

        @SqlQuery("select id from review where id = :reviewId for update")
        Optional<UUID> lock(UUID reviewId);

        @SqlQuery(FILES + " order by added_at, id")
        List<ReviewFile> listByReview(UUID reviewId);

        @SqlQuery(FILES + " and sha256 = :sha256 order by added_at, id limit 1")
        Optional<ReviewFile> find(UUID reviewId, String sha256);

        @SqlUpdate("""
                insert into review_file (id, review_id, sha256, file_name, media_type, file_size, added_at, added_by, added_by_name,
                    channel, record_id)
                values (:id, :reviewId, :sha256, :fileName, :mediaType, :fileSize, :addedAt, :addedBy, :addedByName, :channel, :recordId)
                """)
        void insert(@BindMethods ReviewFile file);
    }
}

package dev.ronde.review.answer;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.time.Ids;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.enrolment.ReviewParts;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.Estate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a review besides answering it: comments and files, in whatever state it is. All in the caller's transaction with its evidence record.
 */
public record Remarks(InstantSource clock, ReviewParts parts, Estate estate) {
    /**
     * A file that goes with a remark.
     *
     * @param name safe to show and to download under
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    public record Enclosure(String name, String mediaType, byte[] content) {}

    /** Keeps a comment and its files; the review itself stays as it is. */
    public UUID comment(
            Handle tx, Review review, @Nullable String text, List<Enclosure> files, Actor by, Channel channel) {
        Covered asset = estate.find(tx, review.assetId()).orElseThrow();
        String said = ReviewSteps.limited("/text", text);
        Evidence evidence = parts.records()
                .start(tx, "commented", review, asset, by)
                .data("channel", channel.word())
                .data("files", (long) files.size())
                .priv("text", said);
        files.forEach(file -> evidence.attach(file.name(), file.mediaType(), file.content()));
        UUID recordId = parts.records()
                .write(tx, new ReviewRecords.Entry("commented", review, evidence, detail(said, files)), by, channel);
        Instant now = clock.instant();
        List<AnswerFileDao.AnswerFile> rows = new ArrayList<>();
        for (Enclosure file : files) {
            rows.add(new AnswerFileDao.AnswerFile(
                    Ids.next(clock),
                    review.id(),
                    recordId,
                    file.name(),
                    file.mediaType(),
                    file.content().length,
                    Hash.sha256(file.content()).hex(),
                    now));
        }
        tx.attach(AnswerFileDao.class).insert(rows);
        return recordId;
    }

    /**
     * Keeps that a mail about the review came back, with when its first mail was accepted that did not: what earlier records say of that no
     * longer holds. No event in the life of the review.
     */
    public void undelivered(Handle tx, UUID reviewId, UUID mailId) {
        Review review = tx.attach(ReviewDao.class).find(reviewId).orElseThrow();
        Covered asset = estate.find(tx, review.assetId()).orElseThrow();
        parts.records()
                .keep(
                        tx,
                        parts.records()
                                .start(tx, "undelivered", review, asset, Actor.SYSTEM)
                                .data("mail", mailId.toString()));
    }

    private static @Nullable String detail(@Nullable String said, List<Enclosure> files) {
        StringBuilder detail = new StringBuilder(said == null ? "" : said);
        for (Enclosure file : files) {
            detail.append(detail.length() == 0 ? "" : "\n").append(file.name());
        }
        return detail.length() == 0 ? null : detail.toString();
    }

    interface AnswerFileDao {

        record AnswerFile(
                UUID id,
                UUID reviewId,
                UUID recordId,
                String name,
                String mediaType,
                long sizeBytes,
                String sha256,
                Instant keptAt) {}

        @SqlBatch("""
                insert into answer_file (id, review_id, record_id, name, media_type, size_bytes, sha256, kept_at)
                values (:id, :reviewId, :recordId, :name, :mediaType, :sizeBytes, :sha256, :keptAt)
                """)
        void insert(@BindMethods List<AnswerFile> files);
    }
}

package dev.ronde.platform.http;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Sha256;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Idempotency-Key (IETF draft-ietf-httpapi-idempotency-key-header-07): the same key and request get the first answer again, another
 * request under the same key is 422, one still running 409. Answers are kept 24 hours; failed requests are not kept. Where a request
 * has not answered for longer than any runs, its process is gone and nobody knows how far it came: it is 409 too, and never carried out again.
 */
record Idempotency(Database database, InstantSource clock) {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(5);
    private static final int MAX_KEY = 255;

    void handle(Context context, String key, Handler handler) throws Exception {
        if (key.isBlank() || key.length() > MAX_KEY) {
            throw Problem.badRequest(
                    "bad_idempotency_key", "Idempotency-Key must have 1 to " + MAX_KEY + " characters.");
        }
        String principal = Requests.principal(context).actorRef();
        String request = digest(context);
        Optional<IdempotencyDao.Answer> earlier = reserve(principal, key, request);
        if (earlier.isPresent()) {
            replay(context, earlier.get(), request);
            return;
        }
        try {
            handler.handle(context);
        } catch (Exception e) {
            try {
                database.useTransaction(tx -> tx.attach(IdempotencyDao.class).delete(principal, key));
            } catch (RuntimeException kept) {
                e.addSuppressed(kept);
            }
            throw e;
        }
        String body = context.attribute(Requests.SHOWN_ONCE) == null ? context.result() : null;
        database.useTransaction(tx -> tx.attach(IdempotencyDao.class)
                .update(new IdempotencyDao.Answer(
                        principal,
                        key,
                        request,
                        context.statusCode(),
                        context.res().getContentType(),
                        context.res().getHeader("Location"),
                        context.res().getHeader("ETag"),
                        body,
                        clock.instant())));
    }

    /** Returns the earlier answer if the key is taken. */
    private Optional<IdempotencyDao.Answer> reserve(String principal, String key, String request) {
        Instant now = clock.instant();
        database.useTransaction(tx -> tx.attach(IdempotencyDao.class).deleteBefore(now.minus(KEPT)));
        Optional<IdempotencyDao.Answer> earlier =
                database.read(tx -> tx.attach(IdempotencyDao.class).find(principal, key));
        if (earlier.isPresent()) {
            return earlier;
        }
        try {
            database.useTransaction(tx -> tx.attach(IdempotencyDao.class).insert(principal, key, request, now));
            return Optional.empty();
        } catch (RuntimeException e) {
            if (!Database.isUniqueViolation(e)) {
                throw e;
            }
            return database.read(tx -> tx.attach(IdempotencyDao.class).find(principal, key));
        }
    }

    private void replay(Context context, IdempotencyDao.Answer answer, String request) {
        if (!answer.requestSha256().equals(request)) {
            throw Problem.invalid(
                    "/Idempotency-Key",
                    "idempotency_key_reused",
                    "This Idempotency-Key was used for another request. Use a new one.");
        }
        Integer status = answer.status();
        if (status == null && answer.createdAt().isBefore(clock.instant().minus(LONGEST_RUN))) {
            throw Problem.conflict(
                    "outcome_unknown",
                    "The first request with this Idempotency-Key never answered: its process may have ended before or after it was "
                            + "carried out. Look; where it was not, send it again with a new key.");
        }
        if (status == null) {
            throw Problem.conflict(
                    "still_running", "The first request with this Idempotency-Key is still running. Try again.");
        }
        if (answer.body() == null && answer.contentType() != null) {
            throw Problem.conflict(
                    "shown_once",
                    "The first request with this Idempotency-Key was carried out; its answer held a secret that is shown once.");
        }
        context.status(status);
        if (answer.location() != null) {
            context.header("Location", answer.location());
        }
        if (answer.etag() != null) {
            context.header("ETag", answer.etag());
        }
        context.header("Idempotent-Replayed", "true");
        if (answer.body() != null) {
            context.contentType(answer.contentType() == null ? "application/json" : answer.contentType());
            context.result(answer.body());
        }
    }

    private static String digest(Context context) {
        MessageDigest sha256 = Sha256.digest();
        String query = context.queryString();
        sha256.update((context.method() + " " + context.path() + "?" + (query == null ? "" : query) + "\n")
                .getBytes(StandardCharsets.UTF_8));
        sha256.update(context.bodyAsBytes());
        return Sha256.hex(sha256);
    }
}

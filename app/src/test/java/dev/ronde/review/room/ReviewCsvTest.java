package dev.ronde.review.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.platform.file.WorkFolder;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.FirstNotice;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewFilter;
import dev.ronde.review.TestReviews;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Elsewhere;
import dev.ronde.testing.Unchecked;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of a download lies in the home, for this server alone, and only so many at once. */
class ReviewCsvTest {

    private static final ReviewFilter ALL = new ReviewFilter(null, null, null, null, null, null, null);

    @AutoClose
    private final TestReviews base = new TestReviews(DatabaseKind.H2);

    @TempDir
    Path home;

    /** What is done while a table is read. */
    private volatile Runnable reading = () -> {};

    private Path downloads;
    private ReviewCsv csv;

    /** Nobody was told of anything; each table asks for that while it is read. */
    private final class Asked implements FirstNotice {
        @Override
        public @Nullable Instant of(Handle handle, Review review) {
            return null;
        }

        @Override
        public Map<UUID, Instant> of(Handle handle, List<Review> reviews) {
            reading.run();
            return Map.of();
        }
    }

    @BeforeEach
    void server() throws IOException {
        downloads = home.resolve("downloads");
        Files.createDirectories(downloads);
        Files.writeString(downloads.resolve("1.csv"), "left by a server that was killed");
        csv = new ReviewCsv(new WorkFolder(downloads).emptied(), base.database, base.clock, base.people, new Asked());
    }

    @Test
    void whoTakesTheirsSlowlyKeepsNobodyFromTheirsUntilTheHomeHoldsTooMany() throws IOException {
        assertThat(files()).isEmpty();
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Void>> slow = new ArrayList<>();
        for (int n = 0; n < 15; n++) {
            slow.add(slowly(go));
        }
        assertThat(send()).as("the sixteenth").startsWith("ref,asset_ref,");
        slow.add(slowly(go));
        List<Path> files = files();
        assertThat(files).hasSize(16);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.get(0))))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> send()).isInstanceOfSatisfying(Problem.class, refused -> {
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.text()).contains("30 seconds");
        });
        go.countDown();
        slow.forEach(CompletableFuture::join);
        assertThat(files()).isEmpty();
        assertThat(send()).startsWith("ref,asset_ref,");
    }

    /** A table that is read holds a connection: a fifth is not read, though there is room for its file. */
    @Test
    void noMoreThanFourAreReadAtOnce() throws IOException {
        CountDownLatch read = new CountDownLatch(4);
        CountDownLatch go = new CountDownLatch(1);
        reading = () -> {
            read.countDown();
            await(go);
        };
        List<CompletableFuture<Void>> made = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            made.add(Elsewhere.run(() -> csv.send(ALL, ',', false, OutputStream::nullOutputStream)));
        }
        await(read);
        reading = () -> {};
        assertThat(files()).hasSize(4);
        assertThatThrownBy(() -> send())
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.status()).isEqualTo(429));
        assertThat(files()).as("what is refused leaves none").hasSize(4);
        go.countDown();
        made.forEach(CompletableFuture::join);
        assertThat(send()).startsWith("ref,");
    }

    @Test
    void whoGoesAwayLeavesNothingBehind() throws IOException {
        for (int n = 0; n < 5; n++) {
            assertThatThrownBy(() -> csv.send(ALL, ',', false, () -> {
                        throw new UncheckedIOException(new IOException("gone"));
                    }))
                    .isInstanceOf(UncheckedIOException.class);
        }
        assertThat(files()).isEmpty();
        assertThat(send()).startsWith("ref,");
    }

    /** Somebody who holds their file until told to go on; returns once it is made. */
    private CompletableFuture<Void> slowly(CountDownLatch go) {
        CountDownLatch taking = new CountDownLatch(1);
        CompletableFuture<Void> taken = Elsewhere.run(() -> csv.send(ALL, ',', false, () -> {
            taking.countDown();
            await(go);
            return OutputStream.nullOutputStream();
        }));
        await(taking);
        return taken;
    }

    private String send() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        csv.send(ALL, ',', false, () -> out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> found = Files.list(downloads)) {
            return found.toList();
        }
    }

    private static void await(CountDownLatch latch) {
        Unchecked.run(() -> assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue());
    }
}

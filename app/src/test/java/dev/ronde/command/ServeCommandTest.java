package dev.ronde.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.Migrations;
import dev.ronde.testing.Terminal;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code serve} ends. */
final class ServeCommandTest {
    /** A server that is still closing when the test ends. */
    private record Hanging(CountDownLatch never, CompletableFuture<String> lost) implements Server {
        @Override
        public URI api() {
            return URI.create("http://127.0.0.1:1");
        }

        @Override
        public String token() {
            return "";
        }

        @Override
        public URI address() {
            return api();
        }

        @Override
        public Optional<URI> setupLink() {
            return Optional.empty();
        }

        @Override
        public void close() {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void aHomeOfAnUnreleasedVersionIsRefused(@TempDir Path home) throws SQLException {
        DatabaseUrl url = DatabaseUrl.h2File(home.resolve("ronde"));
        Migrations.migrate(url, null, Instant.EPOCH);
        try (Connection owner = Migrations.connectAsOwner(url);
                Statement statement = owner.createStatement()) {
            statement.execute("delete from flyway_schema_history where installed_rank > 1");
            statement.execute("update flyway_schema_history set version = '0117'");
        }
        for (String command : new String[] {"serve", "migrate"}) {
            Terminal.Run run = Terminal.run(Map.of("RONDE_HOME", home.toString(), "RONDE_HTTP_PORT", "0"), "", command);
            assertThat(run.code()).as(command).isEqualTo(1);
            assertThat(run.err())
                    .contains("was written by an unreleased version of Ronde (schema 0117)")
                    .contains("this one needs an empty home.")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void whatHangsDoesNotKeepTheProcessFromEnding() {
        Server hanging = new Hanging(new CountDownLatch(1), new CompletableFuture<>());
        assertThat(ServeCommand.stop(hanging, Duration.ofMillis(50))).isFalse();
        Server quick = new Hanging(new CountDownLatch(0), new CompletableFuture<>());
        assertThat(ServeCommand.stop(quick, Duration.ofSeconds(20))).isTrue();
    }
}

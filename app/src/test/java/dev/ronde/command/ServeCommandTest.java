package dev.ronde.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

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
    void whatHangsDoesNotKeepTheProcessFromEnding() {
        Server hanging = new Hanging(new CountDownLatch(1), new CompletableFuture<>());
        assertThat(ServeCommand.stop(hanging, Duration.ofMillis(50))).isFalse();
        Server quick = new Hanging(new CountDownLatch(0), new CompletableFuture<>());
        assertThat(ServeCommand.stop(quick, Duration.ofSeconds(20))).isTrue();
    }
}

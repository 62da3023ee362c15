package dev.ronde.command;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A server of this process, as commands see it. */
public interface Server extends AutoCloseable {
    /** Loopback address of its API, without a slash at the end. */
    URI api();

    /** Token its API takes from commands of this machine. */
    String token();

    /** Address people open. */
    URI address();

    /** The one-time set-up link, while there is no administrator. */
    Optional<URI> setupLink();

    /** Completes, with what to tell the operator, when it cannot go on. */
    CompletableFuture<String> lost();

    @Override
    void close();
}

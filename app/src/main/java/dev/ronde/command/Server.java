package dev.ronde.command;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A server of this process, as commands see it. */
public interface Server extends AutoCloseable {
    /** Loopback address of its API, without a trailing slash. */
    URI api();

    /** Token that its API accepts from commands on this machine. */
    String token();

    URI address();

    /** The one-time set-up link; empty once there is an administrator. */
    Optional<URI> setupLink();

    /** Completes when the server cannot go on, with the text to tell the operator. */
    CompletableFuture<String> lost();

    @Override
    void close();
}

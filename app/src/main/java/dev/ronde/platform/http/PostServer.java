package dev.ronde.platform.http;

import dev.ronde.platform.config.SettingsException;
import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import java.util.function.Function;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Answers short texts that are posted to one path, and nothing else: for a program without pages, accounts and database. */
public final class PostServer implements AutoCloseable {
    private static final long LONGEST = 16_384;

    private final Javalin javalin;

    /** What a text is answered with. */
    public record Reply(int status, String contentType, String body) {}

    public PostServer(String path, Function<String, Reply> answers) {
        javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.maxRequestSize = LONGEST;
            config.jetty.threadPool = new QueuedThreadPool(16);
            config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
            config.routes.post(path, context -> {
                Reply reply = answers.apply(context.body());
                context.status(reply.status()).contentType(reply.contentType()).result(reply.body());
            });
        });
    }

    /**
     * Starts listening; port 0 picks a free one.
     *
     * @throws SettingsException where nothing can listen there
     */
    public int start(String host, int port) {
        try {
            return javalin.start(host, port).port();
        } catch (JavalinBindException e) {
            throw new SettingsException(
                    "Nothing can listen on " + host + ":" + port + ": name another address with --listen.");
        }
    }

    @Override
    public void close() {
        javalin.stop();
    }
}

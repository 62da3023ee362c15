package dev.ronde.evidence.witness;

import dev.ronde.platform.config.SettingsException;
import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves {@code POST /add-checkpoint}, and nothing else. */
public final class WitnessServer implements AutoCloseable {
    private static final long LONGEST = 16_384;

    private final Javalin javalin;

    public WitnessServer(Witness witness) {
        javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.maxRequestSize = LONGEST;
            config.jetty.threadPool = new QueuedThreadPool(16);
            config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
            config.routes.post("/add-checkpoint", context -> {
                Witness.Answer answer = witness.add(context.body());
                context.status(answer.status())
                        .contentType(answer.status() == 409 ? "text/x.tlog.size" : "text/plain; charset=utf-8")
                        .result(answer.body());
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

package dev.ronde.command;

import dev.ronde.platform.config.Setting;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "serve", description = "Start everything: pages, API, scheduler. The default.")
class ServeCommand extends CommandBase {
    static final int DATABASE_LOST = 70;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(13);

    private static final Duration SHORTEST_STOP = Duration.ofSeconds(3);

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on (RONDE_HTTP_PORT); 0 picks a free one.")
    @Nullable
    Integer port;

    @Override
    void addFlags(Map<Setting, String> flags) {
        if (port != null) {
            flags.put(Setting.HTTP_PORT, port.toString());
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        return stay(root().launcher.serve(settings()));
    }

    int stay(Server server) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            boolean lost = server.lost().isDone();
                            if (!stop(server, lost ? SHORTEST_STOP : LONGEST_STOP) && !lost) {
                                complain("Ronde did not come to an end within " + LONGEST_STOP.toSeconds()
                                        + " s and is ended as it is. Nothing that was stored is lost.");
                            }
                            stopped.countDown();
                        },
                        "stop"));
        CompletableFuture<String> lost = server.lost();
        CompletableFuture<Void> unused = lost.thenRun(stopped::countDown);
        out().println("Ronde serves " + server.address());
        server.setupLink().ifPresent(link -> out().println("No administrator yet. Set up: " + link));
        out().flush();
        stopped.await();
        if (lost.isDone()) {
            complain(lost.join());
            return DATABASE_LOST;
        }
        return 0;
    }

    /** Closes the server; false if that takes longer than {@code longest}. */
    static boolean stop(Server server, Duration longest) {
        Thread closing = new Thread(server::close, "closing");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(longest.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !closing.isAlive();
    }
}

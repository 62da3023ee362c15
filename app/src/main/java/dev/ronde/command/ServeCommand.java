package dev.ronde.command;

import dev.ronde.platform.config.Setting;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts everything and stays until it is told to stop. */
@Command(name = "serve", description = "Start everything: pages, API, scheduler. The default.")
class ServeCommand extends CommandBase {
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
        return stay(root().launcher().serve(settings()));
    }

    int stay(Server server) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            stopped.countDown();
                        },
                        "stop"));
        out().println("Ronde serves " + server.address());
        server.setupLink().ifPresent(link -> out().println("No administrator yet. Set up: " + link));
        out().flush();
        stopped.await();
        return 0;
    }
}

package dev.ronde.command;

import dev.ronde.evidence.ledger.VerifierKey;
import dev.ronde.evidence.witness.Witness;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.http.PostServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "witness",
        description = {
            "Cosign checkpoints of other installations, on the machine of an auditor or partner (C2SP tlog-witness).",
            "It refuses a log that does not extend what it cosigned before, and prints its verifier key when it starts."
        })
final class WitnessCommand extends CommandBase {
    @Option(
            names = "--state",
            required = true,
            paramLabel = "FILE",
            description =
                    "What it has cosigned, kept in this file; its private key lies beside it in FILE.key. Back up both.")
    Path state = Path.of("");

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where to listen for POST /add-checkpoint.",
            defaultValue = "127.0.0.1:8090")
    String listen = "";

    @Option(
            names = "--log",
            required = true,
            paramLabel = "VKEY",
            description = "The verifier key of a log, as ronde ledger vkey prints it. Repeatable.")
    List<String> logs = List.of();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of a new witness, such as witness.example.org/ronde.")
    @Nullable
    String name;

    @Override
    public Integer call() throws InterruptedException {
        int colon = listen.lastIndexOf(':');
        if (colon < 1 || !listen.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw CommandFailed.usage("--listen is \"" + listen + "\": write HOST:PORT.");
        }
        try (PostServer server = quietly(() -> new PostServer("/add-checkpoint", open()::add))) {
            int port = quietly(
                    () -> server.start(listen.substring(0, colon), Integer.parseInt(listen.substring(colon + 1))));
            say("Listening on " + listen.substring(0, colon) + ":" + port);
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "stop"));
            stopped.await();
            return 0;
        }
    }

    private Witness open() {
        try {
            Witness witness = Witness.open(
                    state,
                    Optional.ofNullable(name),
                    logs.stream().map(VerifierKey::parse).toList(),
                    root().clock);
            out().println(witness.verifierKey());
            out().flush();
            return witness;
        } catch (SettingsException e) {
            throw CommandFailed.of(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw CommandFailed.usage(String.valueOf(e.getMessage()));
        }
    }
}

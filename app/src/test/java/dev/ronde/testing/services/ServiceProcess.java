package dev.ronde.testing.services;

import dev.ronde.FreePort;
import dev.ronde.testing.Unchecked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One real server program on loopback with a folder of its own; ends with the test. */
final class ServiceProcess implements AutoCloseable {
    /** How a server in Java is started, to be up soon rather than to run fast. */
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java") + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private final String program;
    private final Process process;
    private final Path folder;

    private ServiceProcess(String program, Process process, Path folder) {
        this.program = program;
        this.process = process;
        this.folder = folder;
    }

    static ServiceProcess start(Path folder, List<String> command) {
        return start(folder, command.get(0), command);
    }

    /** Starts what is known as another program than the command's first word, such as a jar. */
    static ServiceProcess start(Path folder, String program, List<String> command) {
        return Unchecked.get(() -> {
            Process process = new ProcessBuilder(program(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.txt").toFile())
                    .start();
            return new ServiceProcess(program, process, folder);
        });
    }

    /** Makes a folder that a server under another account may enter, whatever folder the build lives in. */
    static Path folder() {
        return Unchecked.get(() -> {
            Path folder = Files.createTempDirectory(Path.of("/tmp"), "ronde-service-");
            run(folder, List.of("chmod", "755", folder.toString()));
            return folder;
        });
    }

    /** Returns a free port that nobody here was told before: the system may offer one twice before its server has taken it. */
    static int freePort() {
        int port = FreePort.free();
        while (!GIVEN.add(port)) {
            port = FreePort.free();
        }
        return port;
    }

    /** Waits until the port takes connections. */
    ServiceProcess awaitPort(int port) {
        await("port " + port, () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
                // a free port may be given to the one who asks, too, who then meets himself there
                return socket.getLocalPort() != port;
            } catch (IOException e) {
                return false;
            }
        });
        return this;
    }

    /** Waits for a line of the program's output that starts with the text, and returns the rest of it. */
    String awaitLine(String start) {
        String[] found = new String[1];
        await("the line " + start, () -> {
            found[0] = output().lines()
                    .filter(line -> line.startsWith(start))
                    .findFirst()
                    .orElse(null);
            return found[0] != null;
        });
        return found[0].substring(start.length()).strip();
    }

    /** Waits until the program's output holds the text. */
    ServiceProcess awaitText(String text) {
        await("the text " + text, () -> output().contains(text));
        return this;
    }

    /** Runs a program to its end and returns what it said. */
    static String run(Path folder, List<String> command) {
        return run(folder, command, "");
    }

    static String run(Path folder, List<String> command, String input) {
        return Unchecked.get(() -> {
            Process process = new ProcessBuilder(program(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: " + said);
            }
            return said;
        });
    }

    /** Returns the program with its version. */
    String program() {
        return ProgramVersion.of(program);
    }

    Process process() {
        return process;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            if (!Files.exists(folder)) {
                return;
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String output() {
        return Unchecked.get(() -> Files.readString(folder.resolve("output.txt")));
    }

    /** Daemons live in /usr/sbin, which is not on everybody's path. */
    private static List<String> program(List<String> command) {
        List<String> whole = new ArrayList<>(command);
        Path daemon = Path.of("/usr/sbin", command.get(0));
        if (!command.get(0).contains("/") && Files.isExecutable(daemon)) {
            whole.set(0, daemon.toString());
        }
        return whole;
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds();
    }

    private void await(String what, Condition condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                String said = output();
                close();
                throw new IllegalStateException(what + " did not come: " + said);
            }
            Unchecked.run(() -> TimeUnit.MILLISECONDS.sleep(20));
        }
    }
}

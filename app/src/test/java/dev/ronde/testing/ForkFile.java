package dev.ronde.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** A file in {@code target} that this fork of the tests writes alone: its name ends in the fork's number. */
final class ForkFile {
    private final Path file;

    /** Names the file, {@code name-fork-N.extension}. */
    ForkFile(String name, String extension) {
        Path folder = Path.of(System.getProperty("ronde.buildDirectory", "target"));
        this.file = folder.resolve(name + "-" + System.getProperty("ronde.fork", "fork-1") + "." + extension);
    }

    /** Replaces what the file holds. */
    void write(Collection<String> lines) {
        Unchecked.run(() -> {
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        });
    }
}

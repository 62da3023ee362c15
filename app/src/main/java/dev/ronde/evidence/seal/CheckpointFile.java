package dev.ronde.evidence.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The cheap second copy (evidence.md L10): every checkpoint appended to one file, ready for a WORM share or a syslog tail. */
public record CheckpointFile(Path file) {
    /** Appends one line: sealed at, size, root in base64, and the note's signature lines. */
    void append(SealedCheckpoint checkpoint) {
        String[] parts = checkpoint.note().split("\n\n", 2);
        String[] body = parts[0].split("\n", -1);
        String line = checkpoint.sealedAt() + " " + body[1] + " " + body[2] + " "
                + parts[1].strip().replace('\n', ' ') + "\n";
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot append to " + file, e);
        }
    }
}

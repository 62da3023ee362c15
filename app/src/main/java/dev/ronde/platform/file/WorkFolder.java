package dev.ronde.platform.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/**
 * A folder in the home for files that live as long as one answer. Only this user reads it; it is made when it is first needed, and what a
 * server that was killed left in it goes at the next start.
 *
 * @param folder made when it is first needed
 */
public record WorkFolder(Path folder) {
    private static final String PRIVATE = "rwx------";

    /**
     * Deletes what is left in it. Once, at the start: files of answers that are under way would go too.
     *
     * @throws UncheckedIOException where a file cannot be deleted
     */
    public WorkFolder emptied() {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> left = Files.list(folder)) {
                for (Path file : left.filter(Files::isRegularFile).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot empty " + folder, e);
            }
        }
        return this;
    }

    /**
     * A new empty file that only this user reads; whoever asked for it deletes it.
     *
     * @param ending of its name, with the dot
     * @throws IOException where it cannot be made
     */
    public Path file(String ending) throws IOException {
        if (Files.notExists(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)));
        }
        return Files.createTempFile(folder, "", ending);
    }
}

package dev.ronde.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that a command writes: beside it first, under its own name once it is whole. Only its owner can read it. Whether it can be
 * written is known before the work begins.
 */
final class OutputFile implements AutoCloseable {
    private final Path shown;
    private final Path target;
    private final Path part;

    private OutputFile(Path shown) {
        this.shown = shown;
        this.target = shown.toAbsolutePath();
        this.part = target.resolveSibling(target.getFileName() + ".part");
    }

    /** @throws CommandFailed where no file can be made there */
    static OutputFile open(Path file) {
        OutputFile output = new OutputFile(file);
        if (Files.isDirectory(output.target)) {
            throw CommandFailed.of(
                    file + " is a folder. Name a file in it, such as " + file.resolve("ronde.zip") + ".");
        }
        try {
            Files.deleteIfExists(output.part);
            Files.createFile(output.part, privately(output.target));
        } catch (NoSuchFileException e) {
            throw CommandFailed.of(file + " cannot be written: there is no folder " + output.target.getParent() + ".");
        } catch (IOException e) {
            throw CommandFailed.of(file + " cannot be written: " + e.getClass().getSimpleName() + ".");
        }
        return output;
    }

    private static FileAttribute<?>[] privately(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    Path part() {
        return part;
    }

    /** Gives the complete file its final name and replaces a file that had it. */
    void finish() {
        try {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw CommandFailed.of(shown + " cannot be written: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(part);
    }
}

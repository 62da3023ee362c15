package dev.ronde.evidence.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What this node last saw sealed, kept outside the database: "the log has at least this size".
 * A restored older database is behind it, which stops the sealing instead of forking the log (decision 4).
 */
public record GuardFile(Path file) {
    public record Mark(long size, Hash root) {}

    public Path path() {
        return file;
    }

    /** The last mark, or empty where this node has never sealed; a damaged file is an {@link IllegalStateException}. */
    public Optional<Mark> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            String[] parts =
                    Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("expected: size root");
            }
            return Optional.of(new Mark(Long.parseLong(parts[0]), Hash.ofHex(parts[1])));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the ledger guard " + file, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the ledger guard " + file + " is damaged: " + e.getMessage(), e);
        }
    }

    /** Writes a mark durably: new file, fsync, rename. */
    public void write(Mark mark) {
        byte[] content = (mark.size() + " " + mark.root().hex() + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            replace(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the ledger guard " + file, e);
        }
    }

    /** Replaces a file durably and at once, for its owner only. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path fresh = Files.createTempFile(folder == null ? Path.of("") : folder, "ledger", ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

package dev.ronde.platform.http;

import dev.ronde.platform.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * {@code <home>/run/server.json}: where the process that serves this home listens, and the token its commands use. Readable by the owner
 * only; the token is valid for this run.
 *
 * @param url loopback address of the API
 * @param token bearer token with the rights of an administrator
 * @param pid process that wrote the file
 */
public record RunFile(String url, String token, long pid) {
    private static Path file(Path home) {
        return home.resolve("run/server.json");
    }

    /** Empty if the process is no longer alive. */
    public static Optional<RunFile> find(Path home) {
        try {
            RunFile found = Json.read(Files.readString(file(home)), RunFile.class);
            boolean alive =
                    ProcessHandle.of(found.pid()).map(ProcessHandle::isAlive).orElse(false);
            return alive ? Optional.of(found) : Optional.empty();
        } catch (IOException | tools.jackson.core.JacksonException e) {
            return Optional.empty();
        }
    }

    /** Writes the file, readable by its owner only from its first byte. */
    public void write(Path home) {
        try {
            Files.createDirectories(file(home).getParent());
            Path temporary = file(home).resolveSibling("server.json.new");
            Files.deleteIfExists(temporary);
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(temporary, Json.write(this), StandardCharsets.UTF_8, StandardOpenOption.WRITE);
            Files.move(temporary, file(home), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file(home), e);
        }
    }

    public void remove(Path home) {
        try {
            if (find(home).map(found -> found.token().equals(token)).orElse(false)) {
                Files.delete(file(home));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file(home), e);
        }
    }
}

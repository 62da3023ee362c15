package dev.ronde.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file named on the command line; {@code -} is stdin. */
final class InputFile {
    private InputFile() {}

    static byte[] bytes(String name) {
        if (!name.equals("-") && Files.isDirectory(Path.of(name))) {
            throw CommandFailed.of(name + " is a folder. Name a file in it.");
        }
        try {
            return name.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(name));
        } catch (NoSuchFileException e) {
            throw CommandFailed.of("There is no file " + name + ".");
        } catch (IOException e) {
            throw CommandFailed.of(name + " cannot be read: " + e.getClass().getSimpleName() + ". Check its rights.");
        }
    }

    static String text(String name) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(name)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw CommandFailed.of(name + " is not UTF-8. Save it as UTF-8.");
        }
    }

    /** Reads the first line of stdin, for secrets that must not be on the command line. */
    static String secret() {
        String line = text("-").lines().findFirst().orElse("");
        if (line.isEmpty()) {
            throw CommandFailed.usage("Stdin holds no password: write it as its first line.");
        }
        return line;
    }
}

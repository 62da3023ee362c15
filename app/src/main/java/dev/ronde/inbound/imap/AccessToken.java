package dev.ronde.inbound.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where the access token of the mailbox comes from, read anew for every sign-in: a file that somebody else renews, or a
 * command that prints one. How the token is got from the provider is that command's business.
 */
public final class AccessToken {
    private static final long PATIENCE_SECONDS = 30;
    private static final int LONGEST = 16_384;

    private final @Nullable Path file;
    private final @Nullable String command;

    private AccessToken(@Nullable Path file, @Nullable String command) {
        this.file = file;
        this.command = command;
    }

    public static AccessToken ofFile(Path file) {
        return new AccessToken(file, null);
    }

    public static AccessToken ofCommand(String command) {
        return new AccessToken(null, command);
    }

    public static final class NoToken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoToken(String reason) {
            super(reason);
        }
    }

    String read() {
        String token = firstLine();
        if (token.isBlank()) {
            throw new NoToken(
                    "There is no access token in " + (file == null ? "what the command prints." : file + "."));
        }
        return token;
    }

    private String firstLine() {
        try {
            if (file != null) {
                return Files.readString(file).lines().findFirst().orElse("").strip();
            }
            Process process = new ProcessBuilder("sh", "-c", String.valueOf(command))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new NoToken(
                        "The command of RONDE_IMAP_TOKEN_COMMAND took over " + PATIENCE_SECONDS + " seconds.");
            }
            String printed = new String(process.getInputStream().readNBytes(LONGEST), StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new NoToken("The command of RONDE_IMAP_TOKEN_COMMAND ended with " + process.exitValue() + ".");
            }
            return printed.lines().findFirst().orElse("").strip();
        } catch (IOException e) {
            throw new NoToken("No access token: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoToken("Interrupted while waiting for an access token.");
        }
    }
}

package dev.ronde.command;

import dev.ronde.inbound.message.MailLimits;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Exits with 0 once stored, else with {@code EX_TEMPFAIL} (sysexits.h): any other code would bounce the mail. */
@Command(
        name = "ingest",
        description = "Take one message from stdin, as a mail server's pipe hands it over.",
        exitCodeOnExecutionException = MailIngestCommand.TRY_AGAIN,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the message is stored",
            "2:wrong usage, or stdin is empty",
            "75:not stored, try again later (EX_TEMPFAIL): no home or database, or no answer"
        })
final class MailIngestCommand extends CommandBase {
    static final int TRY_AGAIN = 75;

    @Option(
            names = "--recipient",
            paramLabel = "ADDRESS",
            description = "The address it was delivered to, where the mail server does not write it into the message.")
    @Nullable
    String recipient;

    @Override
    public Integer call() {
        Message message = read(System.in);
        try {
            requireHome(settings());
            return store(message);
        } catch (CommandFailed failed) {
            throw new CommandFailed(TRY_AGAIN, String.valueOf(failed.getMessage()));
        }
    }

    private int store(Message message) {
        return withApi(api -> {
            String query = message.size() > message.kept().length ? "?original_size=" + message.size() : "";
            JsonNode stored =
                    api.send("POST", "/api/v1/inbox" + query, "message/rfc822", withRecipient(message.kept()));
            return show(stored, "id", "sort", "decision", "rule", "review");
        });
    }

    /** A message stored in a mistyped or unmounted folder would be lost. */
    private static void requireHome(Settings settings) {
        Path home = settings.home();
        boolean here = settings.find(Setting.DB_URL).isPresent()
                ? Files.isDirectory(home)
                : Files.isRegularFile(home.resolve("ronde.mv.db"));
        if (!here && settings.find(Setting.URL).isEmpty()) {
            throw noHome(home);
        }
    }

    private static CommandFailed noHome(Path home) {
        return new CommandFailed(
                TRY_AGAIN,
                "There is no home at " + home + ", the message is not stored. Name the folder the server runs on with"
                        + " --home or RONDE_HOME; a new one is made by: ronde serve");
    }

    private byte[] withRecipient(byte[] kept) {
        String address = recipient;
        if (address == null || !address.matches("[^\\s<>]{3,320}")) {
            return kept;
        }
        byte[] header = ("X-Original-To: " + address + "\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[header.length + kept.length];
        System.arraycopy(header, 0, whole, 0, header.length);
        System.arraycopy(kept, 0, whole, header.length, kept.length);
        return whole;
    }

    /** What was on stdin: the message, or only its first bytes if it is too large to keep whole. */
    static final class Message {
        private final byte[] kept;
        private final long size;

        Message(byte[] kept, long size) {
            this.kept = kept.clone();
            this.size = size;
        }

        byte[] kept() {
            return kept.clone();
        }

        /** Bytes of the whole message, even if only its first bytes are kept. */
        long size() {
            return size;
        }
    }

    /** Reads to the end without holding more than it keeps: a mail server wants every byte taken. */
    static Message read(InputStream in) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[65_536];
        long size = 0;
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int room = (int) Math.min(read, Math.max(0, MailLimits.RAW - size));
                kept.write(buffer, 0, room);
                size += read;
            }
        } catch (IOException e) {
            throw new CommandFailed(TRY_AGAIN, "The message could not be read to its end: " + e.getMessage());
        }
        if (size == 0) {
            throw CommandFailed.usage("Stdin is empty: pipe one message into it.");
        }
        byte[] bytes = kept.toByteArray();
        return new Message(size > MailLimits.RAW ? headersOf(bytes) : bytes, size);
    }

    private static byte[] headersOf(byte[] bytes) {
        return java.util.Arrays.copyOf(bytes, Math.min(bytes.length, MailLimits.HEADERS));
    }
}

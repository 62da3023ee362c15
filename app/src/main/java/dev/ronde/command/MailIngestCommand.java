package dev.ronde.command;

import dev.ronde.inbound.message.MailLimits;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
        try {
            byte[] kept = System.in.readNBytes(MailLimits.RAW + 1);
            // a mail server wants every byte taken
            long size = kept.length + System.in.transferTo(OutputStream.nullOutputStream());
            if (size == 0) {
                throw CommandFailed.usage("Stdin is empty: pipe one message into it.");
            }
            return store(size > MailLimits.RAW ? Arrays.copyOf(kept, MailLimits.HEADERS) : kept, size);
        } catch (IOException e) {
            throw new CommandFailed(TRY_AGAIN, "The message could not be read to its end: " + e.getMessage());
        }
    }

    /** @param size in bytes of the whole message, even if only its first are kept */
    private int store(byte[] kept, long size) {
        try {
            requireHome(settings());
            return withApi(api -> {
                String query = size > kept.length ? "?original_size=" + size : "";
                JsonNode stored = api.send("POST", "/api/v1/inbox" + query, "message/rfc822", withRecipient(kept));
                return show(stored, "id", "sort", "decision", "rule", "review");
            });
        } catch (CommandFailed failed) {
            throw new CommandFailed(TRY_AGAIN, String.valueOf(failed.getMessage()));
        }
    }

    /** A message stored in a mistyped or unmounted folder would be lost. */
    private static void requireHome(Settings settings) {
        Path home = settings.home();
        boolean here = settings.find(Setting.DB_URL).isPresent()
                ? Files.isDirectory(home)
                : Files.isRegularFile(home.resolve("ronde.mv.db"));
        if (!here && settings.find(Setting.URL).isEmpty()) {
            throw CommandFailed.of("There is no home at " + home
                    + ", the message is not stored. Name the folder the server runs on with"
                    + " --home or RONDE_HOME; a new one is made by: ronde serve");
        }
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
}

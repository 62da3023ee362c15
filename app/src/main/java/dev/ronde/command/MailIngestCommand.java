package dev.ronde.command;

import dev.ronde.mail.inbound.MailLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code mail ingest}: one message on stdin, for a mail server's pipe. It ends with 0 once the message is stored. */
@Command(name = "ingest", description = "Take one message from stdin, as a mail server's pipe hands it over.")
final class MailIngestCommand extends CommandBase {
    @Option(
            names = "--recipient",
            paramLabel = "ADDRESS",
            description = "The address it was delivered to, where the mail server does not write it into the message.")
    @Nullable
    String recipient;

    @Override
    public Integer call() {
        Message message = read(System.in);
        return withApi(api -> {
            String query = message.size() > message.kept().length ? "?original_size=" + message.size() : "";
            JsonNode stored = api.send(
                    "POST", "/api/v1/inbox" + query, "message/rfc822", withRecipient(message.kept()), Map.of());
            output().items(List.of(stored), "id", "sort", "decision", "rule", "review");
            return 0;
        });
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

    /** What stood on stdin: the message, or its first bytes where it is larger than what is kept whole. */
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

        /** Of the whole message, in bytes. */
        long size() {
            return size;
        }
    }

    /** Reads to the end without holding more than is kept: a mail server wants every byte taken. */
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
            throw new CommandFailed(
                    CommandFailed.FAILED, "The message could not be read to its end: " + e.getMessage());
        }
        if (size == 0) {
            throw new CommandFailed(CommandFailed.USAGE, "Stdin is empty: pipe one message into it.");
        }
        byte[] bytes = kept.toByteArray();
        return new Message(size > MailLimits.RAW ? headersOf(bytes) : bytes, size);
    }

    private static byte[] headersOf(byte[] bytes) {
        return java.util.Arrays.copyOf(bytes, Math.min(bytes.length, MailLimits.HEADERS));
    }
}

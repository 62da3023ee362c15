package dev.ronde.check.probe;

import java.io.IOException;
import java.net.IDN;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;

/** Questions of the DNS and the head of an answer; dnsjava writes and reads the bytes, sockets and bounds are ours. */
final class DnsMessage {
    static final int ID = 0x524f;

    private static final int LARGEST = 4096;

    private DnsMessage() {}

    static byte[] question(String name, int type, boolean recursive) {
        try {
            Message message = message(ID, record(IDN.toASCII(name), type));
            if (recursive) {
                message.getHeader().setFlag(Flags.RD);
            }
            return message.toWire();
        } catch (TextParseException e) {
            throw new IllegalArgumentException(name + " is not a name", e);
        }
    }

    /** The question to a resolver, with signatures (DO) and whether it found them right (AD); {@code unchecked} sets CD. */
    static byte[] signedQuestion(int id, Record question, boolean unchecked) {
        Message message = message(id, question);
        Header head = message.getHeader();
        head.setFlag(Flags.RD);
        head.setFlag(Flags.AD);
        if (unchecked) {
            head.setFlag(Flags.CD);
        }
        message.addRecord(new OPTRecord(LARGEST, 0, 0, Flags.DO), Section.ADDITIONAL);
        return message.toWire();
    }

    /** Throws {@link TextParseException} for a name that cannot be asked for. */
    static Record record(String name, int type) throws TextParseException {
        return Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN);
    }

    private static Message message(int id, Record question) {
        Message message = new Message(id);
        message.addRecord(question, Section.QUESTION);
        return message;
    }

    /** With its length before it, as over TCP. */
    static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(2 + message.length)
                .putShort((short) message.length)
                .put(message)
                .array();
    }

    /** Null for what is no answer to the question of this id. */
    static @Nullable Header head(byte[] bytes, int from, int length, int id) {
        if (length < Header.LENGTH) {
            return null;
        }
        try {
            Header head = new Header(Arrays.copyOfRange(bytes, from, from + Header.LENGTH));
            return head.getID() == id && head.getFlag(Flags.QR) ? head : null;
        } catch (IOException e) {
            return null;
        }
    }
}

package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The exchanges in the clear that {@link StartTls} is made of; each returns whether a ClientHello may follow. */
final class Preface {
    private static final int MYSQL_SSL = 0x0800;
    private static final byte[] MYSQL_REQUEST =
            HexFormat.of().parseHex("20000001" + "008a0000" + "00000001" + "21" + "00".repeat(23));

    private static final byte[] LDAP_REQUEST =
            HexFormat.of().parseHex("301d02010177188016312e332e362e312e342e312e313436362e3230303337");

    private Preface() {}

    static boolean answers(Line line, String text, String expected) throws IOException {
        line.wipe();
        line.send(text.getBytes(StandardCharsets.US_ASCII));
        int start = 0;
        while (true) {
            int end = line.lineFrom(start);
            if (end < 0 || !line.startsWith(expected, start)) {
                return false;
            }
            int mark = start + expected.length();
            if (mark >= end || line.buffer()[mark] != '-') {
                return true;
            }
            start = end;
        }
    }

    /** Reads lines until one starts with OK; NO and BYE end it. */
    static boolean linesUntilOk(Line line, String text) throws IOException {
        line.wipe();
        line.send(text.getBytes(StandardCharsets.US_ASCII));
        int start = 0;
        int end = line.lineFrom(start);
        while (end > 0 && !line.startsWith("OK", start)) {
            if (line.startsWith("NO", start) || line.startsWith("BYE", start)) {
                return false;
            }
            start = end;
            end = line.lineFrom(start);
        }
        return end > 0;
    }

    static boolean xmpp(Line line) throws IOException {
        line.send(("<?xml version='1.0'?><stream:stream xmlns='jabber:client' version='1.0'"
                        + " xmlns:stream='http://etherx.jabber.org/streams'>")
                .getBytes(StandardCharsets.US_ASCII));
        if (!until(line, "</stream:features>") || !holds(line, "urn:ietf:params:xml:ns:xmpp-tls")) {
            return false;
        }
        line.wipe();
        line.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>".getBytes(StandardCharsets.US_ASCII));
        return until(line, ">") && holds(line, "<proceed");
    }

    static boolean ldap(Line line) throws IOException {
        line.send(LDAP_REQUEST);
        if (!line.atLeast(2) || line.buffer()[0] != 0x30) {
            return false;
        }
        int form = line.buffer()[1] & 0xff;
        int lengthBytes = form < 0x80 ? 0 : form & 0x7f;
        if (lengthBytes > 4 || !line.atLeast(2 + lengthBytes)) {
            return false;
        }
        int length = form;
        for (int i = 0; i < lengthBytes; i++) {
            length = (i == 0 ? 0 : length << 8) | (line.buffer()[2 + i] & 0xff);
        }
        return length >= 0
                && length < 4_096
                && line.atLeast(2 + lengthBytes + length)
                && holds(line, "x")
                && holds(line, "\n\u0001\0");
    }

    static boolean mysql(Line line) throws IOException {
        if (!line.atLeast(4)) {
            return false;
        }
        int length = (line.buffer()[0] & 0xff) | ((line.buffer()[1] & 0xff) << 8);
        if (line.buffer()[2] != 0 || length > 2_048 || !line.atLeast(4 + length) || line.buffer()[4] != 10) {
            return false;
        }
        int at = 5;
        while (at < line.length() && line.buffer()[at] != 0) {
            at++;
        }
        int capabilities = at + 1 + 4 + 8 + 1;
        if (capabilities + 2 > line.length()
                || (Short.reverseBytes(ByteBuffer.wrap(line.buffer()).getShort(capabilities)) & MYSQL_SSL) == 0) {
            return false;
        }
        line.send(MYSQL_REQUEST);
        return true;
    }

    private static boolean until(Line line, String end) throws IOException {
        while (!holds(line, end)) {
            if (!line.more()) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Line line, String text) {
        for (int i = 0; i + text.length() <= line.length(); i++) {
            if (line.startsWith(text, i)) {
                return true;
            }
        }
        return false;
    }
}

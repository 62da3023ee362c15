package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** How a protocol that begins in the clear is brought to TLS. */
enum StartTls {
    /** RFC 3207. */
    SMTP {
        @Override
        boolean begin(Line line) throws IOException {
            return answers(line, "", "220")
                    && answers(line, "EHLO ronde.invalid\r\n", "250")
                    && answers(line, "STARTTLS\r\n", "220");
        }
    },
    /** RFC 9051 §6.2.1. */
    IMAP {
        @Override
        boolean begin(Line line) throws IOException {
            return answers(line, "", "* OK") && answers(line, "r STARTTLS\r\n", "r OK");
        }
    },
    /** RFC 2595 §4. */
    POP3 {
        @Override
        boolean begin(Line line) throws IOException {
            return answers(line, "", "+OK") && answers(line, "STLS\r\n", "+OK");
        }
    },
    /** RFC 4217. */
    FTP {
        @Override
        boolean begin(Line line) throws IOException {
            return answers(line, "", "220") && answers(line, "AUTH TLS\r\n", "234");
        }
    },
    /** PostgreSQL protocol 3.0, SSLRequest. */
    POSTGRES {
        @Override
        boolean begin(Line line) throws IOException {
            line.send(ByteBuffer.allocate(8).putInt(8).putInt(80_877_103).array());
            return line.atLeast(1) && line.buffer()[0] == 'S';
        }
    };

    /** Brings the line to where a ClientHello may follow; returns false where the server does not offer TLS. */
    abstract boolean begin(Line line) throws IOException;

    /** Finds the protocol by the word of the inventory's {@code starttls} column. */
    static Optional<StartTls> find(String word) {
        String name = word.toUpperCase(Locale.ROOT);
        for (StartTls protocol : values()) {
            if (protocol.name().equals(name) || (protocol == POSTGRES && "POSTGRESQL".equals(name))) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }

    /** Sends the text and reads a reply, with its continuation lines, that starts as expected. */
    private static boolean answers(Line line, String text, String expected) throws IOException {
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
}

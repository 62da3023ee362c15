package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/** How a protocol that begins in the clear is brought to TLS. */
enum StartTls {
    /** RFC 3207. */
    SMTP {
        @Override
        boolean begin(Line line) throws IOException {
            return Preface.answers(line, "", "220")
                    && Preface.answers(line, "EHLO ronde.invalid\r\n", "250")
                    && Preface.answers(line, "STARTTLS\r\n", "220");
        }
    },
    /** RFC 9051 §6.2.1. */
    IMAP {
        @Override
        boolean begin(Line line) throws IOException {
            return Preface.answers(line, "", "* OK") && Preface.answers(line, "r STARTTLS\r\n", "r OK");
        }
    },
    /** RFC 2595 §4. */
    POP3 {
        @Override
        boolean begin(Line line) throws IOException {
            return Preface.answers(line, "", "+OK") && Preface.answers(line, "STLS\r\n", "+OK");
        }
    },
    /** RFC 4217. */
    FTP {
        @Override
        boolean begin(Line line) throws IOException {
            return Preface.answers(line, "", "220") && Preface.answers(line, "AUTH TLS\r\n", "234");
        }
    },
    /** RFC 5804 §2.2. */
    SIEVE {
        @Override
        boolean begin(Line line) throws IOException {
            return Preface.linesUntilOk(line, "") && Preface.linesUntilOk(line, "STARTTLS\r\n");
        }
    },
    /** RFC 6120 §5.4. */
    XMPP {
        @Override
        boolean begin(Line line) throws IOException {
            return Preface.xmpp(line);
        }
    },
    /** RFC 4511 §4.14. */
    LDAP {
        @Override
        boolean begin(Line line) throws IOException {
            return Preface.ldap(line);
        }
    },
    /** MySQL client/server protocol, SSLRequest after the greeting. */
    MYSQL {
        @Override
        boolean begin(Line line) throws IOException {
            return Preface.mysql(line);
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

    /** False if the server does not offer TLS; otherwise a ClientHello may follow. */
    abstract boolean begin(Line line) throws IOException;

    static Optional<StartTls> find(String word) {
        String name = word.toUpperCase(Locale.ROOT);
        for (StartTls protocol : values()) {
            if (protocol.name().equals(name) || (protocol == POSTGRES && "POSTGRESQL".equals(name))) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }
}

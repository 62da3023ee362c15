package dev.ronde.check.probe;

import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A whole answer of the DNS (RFC 1035 §4.1): what its head says, and of each record its owner, its type and what is understood of it.
 *
 * @param head its head
 * @param name the name that was asked for, in lower case and without the last dot
 * @param type the type that was asked for
 * @param authentic whether the server proved the answer with DNSSEC (AD)
 * @param answers records of the answer section
 * @param authority records of the authority section
 */
record DnsAnswer(
        DnsMessage.Head head, String name, int type, boolean authentic, List<Entry> answers, List<Entry> authority) {
    private static final int NOT_UNDERSTOOD = 1;
    private static final int SERVER_FAILURE = 2;
    private static final int NO_SUCH_NAME = 3;
    private static final int LONGEST_NAME = 255;

    /**
     * One record.
     *
     * @param owner its name, in lower case and without the last dot
     * @param type its type
     * @param text target of CNAME, NS and MX, text of TXT, tag of CAA; empty for all others
     */
    record Entry(String owner, int type, String text) {
        boolean isAbove(String name) {
            return owner.isEmpty() || name.equals(owner) || name.endsWith("." + owner);
        }
    }

    /** Whether it is conclusive: records at the alias's end, or an SOA saying there are none (RFC 2308 §2). */
    boolean told() {
        Optional<String> end = end();
        return (head.code() == 0 || noSuchName())
                && !head.truncated()
                && end.isPresent()
                && (answers.stream()
                                .anyMatch(entry ->
                                        entry.type() == type && entry.owner().equals(end.get()))
                        || authority.stream()
                                .anyMatch(entry -> entry.type() == DnsMessage.SOA && entry.isAbove(end.get())));
    }

    /** The name the aliases lead to, or the name asked for if there are none; empty if they form a circle. */
    Optional<String> end() {
        Map<String, String> aliases = new HashMap<>();
        answers.stream()
                .filter(entry -> entry.type() == DnsMessage.CNAME)
                .forEach(entry -> aliases.putIfAbsent(entry.owner(), entry.text()));
        Set<String> seen = new HashSet<>(Set.of(name));
        String end = name;
        while (aliases.containsKey(end)) {
            end = aliases.get(end);
            if (!seen.add(end)) {
                return Optional.empty();
            }
        }
        return Optional.of(end);
    }

    /** The server could not find out, or keeps back what it found (SERVFAIL). */
    boolean failed() {
        return head.code() == SERVER_FAILURE;
    }

    boolean noSuchName() {
        return head.code() == NO_SUCH_NAME;
    }

    List<String> texts(int type) {
        return answers.stream()
                .filter(entry -> entry.type() == type)
                .map(Entry::text)
                .toList();
    }

    boolean holds(int type) {
        return entries().anyMatch(entry -> entry.type() == type);
    }

    Stream<Entry> entries() {
        return Stream.concat(answers.stream(), authority.stream());
    }

    /**
     * Reads an answer.
     *
     * @throws ProtocolException where it is none to this question; one that the server did not understand it need not repeat
     */
    static DnsAnswer read(byte[] bytes, int from, int length, int id, String name, int type) throws ProtocolException {
        DnsMessage.Head head = DnsMessage.head(bytes, from, length, id);
        if (head == null) {
            throw new ProtocolException("no answer of the DNS");
        }
        ByteBuffer message = ByteBuffer.wrap(bytes, from, length).slice();
        boolean authentic = (message.get(3) & 0x20) != 0;
        try {
            int questions = message.getShort(4) & 0xffff;
            int authorities = message.getShort(8) & 0xffff;
            message.position(12);
            boolean repeated = questions == 1
                    && name(message).equals(name)
                    && (message.getShort() & 0xffff) == type
                    && message.getShort() == DnsMessage.INTERNET;
            if (!repeated && (questions != 0 || head.code() != NOT_UNDERSTOOD)) {
                throw new ProtocolException("an answer to another question");
            }
            List<Entry> answers = entries(message, head.answers());
            return new DnsAnswer(head, name, type, authentic, answers, entries(message, authorities));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new ProtocolException("an answer of the DNS that does not add up");
        }
    }

    private static List<Entry> entries(ByteBuffer message, int count) throws ProtocolException {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String owner = name(message);
            int type = message.getShort() & 0xffff;
            message.position(message.position() + 6);
            int end = (message.getShort() & 0xffff) + message.position();
            entries.add(new Entry(owner, type, text(message, type, end)));
            message.position(end);
        }
        return List.copyOf(entries);
    }

    private static String text(ByteBuffer message, int type, int end) throws ProtocolException {
        return switch (type) {
            case DnsMessage.CNAME, DnsMessage.NS -> name(message);
            case DnsMessage.MX -> {
                message.getShort();
                yield name(message);
            }
            case DnsMessage.TXT -> {
                StringBuilder text = new StringBuilder();
                while (message.position() < end) {
                    ascii(message, message.get() & 0xff, text);
                }
                yield text.toString();
            }
            case DnsMessage.CAA -> {
                message.get();
                StringBuilder tag = new StringBuilder();
                ascii(message, message.get() & 0xff, tag);
                yield tag.toString().toLowerCase(Locale.ROOT);
            }
            default -> "";
        };
    }

    /** A pointer may only lead backwards, so that none leads in a circle. */
    private static String name(ByteBuffer message) throws ProtocolException {
        StringBuilder name = new StringBuilder();
        int behind = -1;
        int lowest = message.position();
        int length = message.get() & 0xff;
        while (length != 0) {
            if (length >= 0xc0) {
                int to = ((length & 0x3f) << 8) | (message.get() & 0xff);
                if (to >= lowest) {
                    throw new ProtocolException("a name that leads in a circle");
                }
                behind = behind < 0 ? message.position() : behind;
                lowest = to;
                message.position(to);
            } else {
                StringBuilder label = new StringBuilder();
                ascii(message, length, label);
                // a dot inside a label parts nothing
                name.append(name.isEmpty() ? "" : ".").append(label.toString().replace('.', '?'));
            }
            if ((length < 0xc0 && length > 63) || name.length() > LONGEST_NAME) {
                throw new ProtocolException("a name that is too long");
            }
            length = message.get() & 0xff;
        }
        if (behind >= 0) {
            message.position(behind);
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }

    private static void ascii(ByteBuffer message, int length, StringBuilder to) {
        for (int i = 0; i < length; i++) {
            int value = message.get() & 0xff;
            to.append(value >= 0x20 && value < 0x7f ? (char) value : '?');
        }
    }
}

package dev.ronde.check.probe;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.CAARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

record DnsAnswer(Record question, Message message) {

    /**
     * Reads an answer.
     *
     * @throws ProtocolException where it is none to this question; one that the server did not understand it need not repeat
     */
    static DnsAnswer read(byte[] bytes, Record question) throws ProtocolException {
        Message message;
        try {
            message = new Message(bytes);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new ProtocolException("an answer of the DNS that does not add up");
        }
        List<Record> questions = message.getSection(Section.QUESTION);
        boolean repeated = questions.size() == 1 && questions.get(0).equals(question);
        if (!repeated && (!questions.isEmpty() || message.getHeader().getRcode() != Rcode.FORMERR)) {
            throw new ProtocolException("an answer to another question");
        }
        return new DnsAnswer(question, message);
    }

    /** Whether it is conclusive: records at the alias's end, or an SOA saying there are none (RFC 2308 §2). */
    boolean told() {
        Optional<Name> end = end();
        return (code() == Rcode.NOERROR || noSuchName())
                && !message.getHeader().getFlag(Flags.TC)
                && end.isPresent()
                && (answers(question.getType())
                                .anyMatch(record -> record.getName().equals(end.get()))
                        || message.getSection(Section.AUTHORITY).stream()
                                .anyMatch(record -> record.getType() == Type.SOA
                                        && end.get().subdomain(record.getName())));
    }

    /** The name the aliases lead to, or the name asked for if there are none; empty if they form a circle. */
    Optional<Name> end() {
        Map<Name, Name> aliases = new HashMap<>();
        answers(Type.CNAME)
                .filter(CNAMERecord.class::isInstance)
                .forEach(alias -> aliases.putIfAbsent(alias.getName(), ((CNAMERecord) alias).getTarget()));
        Set<Name> seen = new HashSet<>(Set.of(name()));
        Name end = name();
        while (aliases.containsKey(end)) {
            end = aliases.get(end);
            if (!seen.add(end)) {
                return Optional.empty();
            }
        }
        return Optional.of(end);
    }

    Name name() {
        return question.getName();
    }

    /** In lower case and without the last dot. */
    static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }

    private int code() {
        return message.getHeader().getRcode();
    }

    /** The server could not find out, or keeps back what it found (SERVFAIL). */
    boolean failed() {
        return code() == Rcode.SERVFAIL;
    }

    boolean noSuchName() {
        return code() == Rcode.NXDOMAIN;
    }

    /** Whether the server proved the answer with DNSSEC (AD). */
    boolean authentic() {
        return message.getHeader().getFlag(Flags.AD);
    }

    /** Whether the server resolves for us (RA). */
    boolean recursion() {
        return message.getHeader().getFlag(Flags.RA);
    }

    Stream<Record> answers(int type) {
        return message.getSection(Section.ANSWER).stream().filter(record -> record.getType() == type);
    }

    boolean holds(int type) {
        return entries().anyMatch(record -> record.getType() == type);
    }

    Stream<Record> entries() {
        return Stream.concat(
                message.getSection(Section.ANSWER).stream(), message.getSection(Section.AUTHORITY).stream());
    }

    /** Targets of NS and MX, texts of TXT, tags of CAA; an empty text for each of any others. */
    List<String> texts(int type) {
        return answers(type).map(DnsAnswer::text).toList();
    }

    private static String text(Record record) {
        if (record instanceof TXTRecord text) {
            return text.getStringsAsByteArrays().stream()
                    .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                    .collect(Collectors.joining())
                    .replaceAll("[^ -~]", "?");
        }
        if (record instanceof NSRecord server) {
            return text(server.getTarget());
        }
        if (record instanceof MXRecord exchange) {
            return text(exchange.getTarget());
        }
        return record instanceof CAARecord caa ? caa.getTag().toLowerCase(Locale.ROOT) : "";
    }
}

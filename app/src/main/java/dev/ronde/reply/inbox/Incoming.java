package dev.ronde.reply.inbox;

import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.mail.inbound.AuthVerdict;
import dev.ronde.mail.inbound.ReadMail;
import dev.ronde.mail.inbound.ReceivedFile;
import dev.ronde.mail.inbox.InboundMail;
import dev.ronde.reply.ReceiptFiles;
import dev.ronde.reply.Receipts;
import dev.ronde.reply.grammar.Understood;
import dev.ronde.review.answer.Remarks;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A message on its way through the decision.
 *
 * @param sender who wrote, where the address is somebody's
 * @param files judged, those seen before left out
 * @param list the digest it answers; empty where it answers something else
 */
record Incoming(
        InboundMail stored,
        ReadMail mail,
        Understood understood,
        Optional<Person> sender,
        List<ReceivedFile> files,
        Optional<UUID> list) {
    private static final Set<String> MEANT = Set.of("seen_before", "empty", "twice");

    Incoming(
            InboundMail stored,
            ReadMail mail,
            Understood understood,
            Optional<Person> sender,
            List<ReceivedFile> files) {
        this(stored, mail, understood, sender, files, Optional.empty());
    }

    Incoming saying(Understood one) {
        return new Incoming(stored, mail, one, sender, files, list);
    }

    /** A message that could not be read. */
    static Incoming unread(InboundMail stored, ReadMail mail, Optional<Person> sender) {
        return new Incoming(stored, mail, Understood.nothing(), sender, List.of());
    }

    /** Who acts, as evidence names them: recognised by the address of the answer and its sender. */
    static Actor actor(Person person) {
        return new Actor("link", person.actorRef(), "reply");
    }

    /** Whether our mail server vouches for the address it came from. */
    boolean verified() {
        return mail.auth().verdict() == AuthVerdict.PASS;
    }

    List<Remarks.Enclosure> kept() {
        return files.stream()
                .filter(file -> file.fate() == ReceivedFile.Fate.KEPT)
                .map(file -> new Remarks.Enclosure(
                        file.name(), file.foundType(), file.content().bytes()))
                .toList();
    }

    /** Whether its writer must hear that a file was not kept: they may have meant it as evidence. */
    private static boolean told(ReceivedFile file) {
        return file.fate() == ReceivedFile.Fate.REFUSED
                || (file.fate() == ReceivedFile.Fate.IGNORED && MEANT.contains(file.reason()));
    }

    Receipts.ByMail receipt() {
        List<ReceiptFiles.Refused> refused = files.stream()
                .filter(Incoming::told)
                .map(file -> new ReceiptFiles.Refused(file.name(), file.reason()))
                .toList();
        return new Receipts.ByMail(
                mail.messageId(),
                mail.shownFrom(),
                verified(),
                understood.all().map(Understood::line).collect(Collectors.joining(" / ")),
                kept().stream().map(Remarks.Enclosure::name).toList(),
                refused);
    }
}

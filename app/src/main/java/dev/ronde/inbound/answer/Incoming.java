package dev.ronde.inbound.answer;

import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.inbound.grammar.Understood;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.inbound.message.AuthVerdict;
import dev.ronde.inbound.message.ReadMail;
import dev.ronde.inbound.message.ReceivedFile;
import dev.ronde.reply.Receipts;
import dev.ronde.review.answer.Remarks;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A message on its way through the decision.
 *
 * @param list the digest it answers; empty where it answers something else
 */
record Incoming(
        InboundMail stored,
        ReadMail mail,
        Optional<AnsweredMail> answered,
        Optional<Person> sender,
        Understood understood,
        List<ReceivedFile> files,
        Optional<UUID> list) {
    private static final Set<String> MEANT = Set.of("seen_before", "empty", "twice");

    Incoming {
        files = List.copyOf(files);
    }

    /** With what came of it. */
    record Consideration(Incoming in, Outcome outcome) {}

    /** A message in which nothing is to be read. */
    static Incoming unread(
            InboundMail stored, ReadMail mail, Optional<AnsweredMail> answered, Optional<Person> sender) {
        return new Incoming(stored, mail, answered, sender, Understood.NOTHING, List.of(), Optional.empty());
    }

    Incoming saying(Understood one) {
        return new Incoming(stored, mail, answered, sender, one, files, list);
    }

    /** Who acts, as evidence names them: recognised by the address of the answer and its sender. */
    static Actor actor(Person person) {
        return new Actor("link", person.actorRef(), "reply");
    }

    /** Whether our mail server vouches for the address it came from. */
    boolean verified() {
        return mail.auth().verdict() == AuthVerdict.PASS;
    }

    /** Who wrote it, where the address is somebody's and their domain does not deny it. */
    Optional<Person> writer() {
        return sender.filter(person -> mail.auth().verdict() != AuthVerdict.FAIL);
    }

    /** Who surely wrote it: their domain says so, or they answered, from their address, a mail only they got. Anybody can write an address
     * into {@code From}. */
    Optional<Person> proven() {
        return writer().filter(person -> verified()
                || answered.filter(answer ->
                                !answer.byReference() && answer.personId().equals(person.id()))
                        .isPresent());
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
        List<Receipts.Refused> refused = files.stream()
                .filter(Incoming::told)
                .map(file -> new Receipts.Refused(file.name(), file.reason()))
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

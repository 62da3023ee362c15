package dev.ronde.reply.inbox;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.mail.inbound.AuthVerdict;
import dev.ronde.mail.inbound.BodyText;
import dev.ronde.mail.inbound.HandleHint;
import dev.ronde.mail.inbound.ReadMail;
import dev.ronde.mail.inbound.ReceivedFile;
import dev.ronde.mail.inbox.Decision;
import dev.ronde.mail.inbox.InboundMail;
import dev.ronde.mail.inbox.Inbox;
import dev.ronde.platform.http.Channel;
import dev.ronde.reply.grammar.Grammar;
import dev.ronde.reply.grammar.MailWord;
import dev.ronde.reply.grammar.Understood;
import dev.ronde.reply.inbox.Identity.Standing;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What a person's message does: first whose answer it is, then how sure that is, then what it asks for. */
final class HumanMail {
    /** A picture that came in so often belongs to somebody's signature. */
    private static final int LOGO_SEEN = 2;

    private final AnsweredMails answered;
    private final Reviews reviews;
    private final People people;
    private final ReviewAnswer single;
    private final DigestAnswer digest;
    private final OtherAnswers others;
    private final Inbox inbox;
    private final boolean strict;

    HumanMail(
            AnsweredMails answered,
            Reviews reviews,
            People people,
            ReviewAnswer single,
            DigestAnswer digest,
            OtherAnswers others,
            Inbox inbox,
            boolean strict) {
        this.answered = answered;
        this.reviews = reviews;
        this.people = people;
        this.single = single;
        this.digest = digest;
        this.others = others;
        this.inbox = inbox;
        this.strict = strict;
    }

    Consideration consider(Handle tx, InboundMail stored, ReadMail mail, Instant now) {
        Optional<Person> sender = mail.sender()
                .flatMap(address -> people.findByEmail(tx, address))
                .filter(Person::active);
        Optional<AnsweredMail> found = answered.find(tx, mail.hints(), sender.map(Person::id), now);
        return considered(tx, stored, mail, sender, found, now);
    }

    /** Keeps a message that a lead assigned to a review by hand. Its sender counts as unknown: it answers nothing that only they got. */
    Consideration assigned(
            Handle tx, InboundMail stored, ReadMail mail, Review review, Actor by, Channel channel, Instant now) {
        Optional<Person> sender = mail.sender()
                .flatMap(address -> people.findByEmail(tx, address))
                .filter(Person::active);
        Incoming in = new Incoming(
                stored,
                mail,
                understood(tx, mail, Optional.empty(), sender, now),
                sender,
                judged(tx, mail.files(), false));
        others.passedOn(tx, in, review, by, channel);
        Outcome outcome = Outcome.of(Decision.COMMENTED, "assigned-by-hand").on(review.ref());
        return new Consideration(Optional.empty(), sender, in.understood(), in.files(), outcome);
    }

    private Consideration considered(
            Handle tx,
            InboundMail stored,
            ReadMail mail,
            Optional<Person> sender,
            Optional<AnsweredMail> found,
            Instant now) {
        Optional<Person> bound = found.flatMap(answer -> people.find(tx, answer.personId()));
        Optional<Review> review = found.flatMap(answer -> reviews.find(tx, answer.subjectId()));
        boolean owner = bound.isPresent()
                && sender.map(Person::id).filter(bound.get().id()::equals).isPresent();
        List<ReceivedFile> files = judged(tx, mail.files(), owner && mail.auth().verdict() != AuthVerdict.FAIL);
        Optional<UUID> list = found.filter(answer -> review.isEmpty())
                .map(AnsweredMail::subjectId)
                .filter(mailId -> digest.lists(tx, mailId));
        Incoming in = new Incoming(stored, mail, understood(tx, mail, found, sender, now), sender, files, list);
        Outcome outcome;
        boolean forged = mail.auth().verdict() == AuthVerdict.FAIL;
        if (owner && !forged && review.isEmpty() && list.isEmpty()) {
            boolean sure = identity(in, found.get(), true, false).standing(false) == Standing.EXECUTE;
            outcome = others.aboutNoReview(tx, in, found.get().subjectId(), bound.get(), sure, now);
        } else if (found.isEmpty() || bound.isEmpty() || (review.isEmpty() && list.isEmpty())) {
            outcome = unmatched(tx, in, now);
        } else {
            outcome = known(tx, in, found.get(), bound.get(), review, owner, now);
        }
        return new Consideration(found, sender, in.understood(), in.files(), outcome);
    }

    private Outcome known(
            Handle tx,
            Incoming in,
            AnsweredMail answer,
            Person bound,
            Optional<Review> review,
            boolean owner,
            Instant now) {
        boolean colleague = review.isPresent()
                && in.sender()
                        .filter(person -> !single.ties(tx, person, review.get()).witness())
                        .isPresent();
        Understood said = in.understood();
        boolean weighty = weighty(said) || (owner && takesOver(tx, in, review));
        Standing standing = identity(in, answer, owner, !owner && colleague).standing(weighty);
        String about = review.map(Review::ref).orElse("");
        if (!answer.live() && standing != Standing.QUARANTINE) {
            return others.expired(tx, in, bound, owner, review, now).on(about);
        }
        if (answer.several() && standing != Standing.QUARANTINE) {
            return others.whichMail(tx, in, bound, owner, now);
        }
        if ((standing == Standing.EXECUTE || standing == Standing.AS_COLLEAGUE)
                && said.clear()
                && toOthers(tx, in, review, now)) {
            Person asked = standing == Standing.EXECUTE ? bound : in.sender().orElseThrow();
            return others.confirm(tx, in, asked, review, "written-to-others", now);
        }
        return switch (standing) {
            case EXECUTE -> execute(tx, in, answer, bound, review, standing.rule(), now);
            case AS_COLLEAGUE -> execute(tx, in, answer, in.sender().orElseThrow(), review, standing.rule(), now);
            case CHALLENGE -> others.confirm(tx, in, bound, review, standing.rule(), now);
            case CHALLENGE_COLLEAGUE -> others.confirm(tx, in, in.sender().orElseThrow(), review, standing.rule(), now);
            case QUARANTINE -> others.forged(tx, in, bound, review, now);
            case APPROVAL, COMMENT -> others.ofAnother(tx, in, bound, review, standing, now);
            case NOTHING -> unmatched(tx, in, now);
        };
    }

    private Identity identity(Incoming in, AnsweredMail answer, boolean owner, boolean colleague) {
        return new Identity(
                !answer.byReference(),
                answer.byReference(),
                owner,
                colleague,
                in.mail().auth().verdict(),
                strict,
                answer.contested());
    }

    private static boolean weighty(Understood said) {
        return said.all().anyMatch(one -> one.verb() != null && one.verb().weighty());
    }

    /** Whether it would do something and was written to somebody else, with a copy to us: then it may be about something else. */
    private boolean toOthers(Handle tx, Incoming in, Optional<Review> review, Instant now) {
        return (weighty(in.understood()) || takesOver(tx, in, review))
                && !answered.meant(tx, in.mail().meant(), in.sender().map(Person::id), now);
    }

    /** Whether its “ok” may take a review over. */
    private boolean takesOver(Handle tx, Incoming in, Optional<Review> review) {
        return in.understood().all().anyMatch(one -> one.verb() == MailWord.ACKNOWLEDGE)
                && (review.isEmpty()
                        || in.sender()
                                .filter(person ->
                                        single.ties(tx, person, review.get()).takesOver(person.id(), review.get()))
                                .isPresent());
    }

    private Outcome execute(
            Handle tx, Incoming in, AnsweredMail answer, Person by, Optional<Review> review, String rule, Instant now) {
        Understood said = in.understood();
        Optional<Outcome> small = others.small(tx, in, by, review, now);
        if (small.isPresent()) {
            return small.get();
        }
        if (review.isEmpty()) {
            return digest.answer(tx, in, answer.subjectId(), by, rule, now);
        }
        Review one = review.get();
        boolean ofIt = said.items().equals(List.of(one.ref())) && said.further().isEmpty();
        if (!said.items().isEmpty() && !ofIt) {
            return single.kept(tx, in, one, by, Saying.UNCLEAR, "items-without-digest", "", now);
        }
        return said.verb() == null
                ? single.kept(tx, in, one, by, Saying.UNCLEAR, "unclear", "", now)
                : single.answer(tx, in, one, by, said.verb(), rule, now);
    }

    /** No mail of ours is answered. A tag in the subject may still say which review is meant: then its owner is asked. */
    private Outcome unmatched(Handle tx, Incoming in, Instant now) {
        Optional<Person> sender = in.sender();
        if (sender.isEmpty() || in.mail().auth().verdict() == AuthVerdict.FAIL) {
            return Outcome.of(Decision.UNMATCHED, "no-handle");
        }
        Optional<Review> tagged = in.mail().hints().stream()
                .filter(hint -> hint.place() == HandleHint.Place.SUBJECT)
                .findFirst()
                .flatMap(hint -> reviews.find(tx, hint.text()));
        boolean asked = tagged.isPresent()
                && in.mail().auth().verdict() == AuthVerdict.PASS
                && !single.ties(tx, sender.get(), tagged.get()).witness();
        return asked
                ? others.confirm(tx, in, sender.get(), tagged, "subject-only", now)
                : others.unmatched(tx, in, sender.get(), now);
    }

    /** Files are kept of the right person only. */
    private List<ReceivedFile> judged(Handle tx, List<ReceivedFile> files, boolean verified) {
        return files.stream()
                .map(file -> verified || file.fate() == ReceivedFile.Fate.IGNORED
                        ? seen(tx, file)
                        : file.but(ReceivedFile.Fate.REFUSED, "unverified"))
                .toList();
    }

    private ReceivedFile seen(Handle tx, ReceivedFile file) {
        boolean picture =
                file.fate() == ReceivedFile.Fate.KEPT && file.foundType().startsWith("image/");
        return picture && inbox.seen(tx, file.sha256()) >= LOGO_SEEN
                ? file.but(ReceivedFile.Fate.IGNORED, "seen_before")
                : file;
    }

    /** Words before the {@code @} of the sender's address, in lower case: whoever signs so is no riddle. */
    private static Set<String> names(ReadMail mail) {
        return Stream.of(mail.shownFrom().replaceFirst("@.*", "").split("[^\\p{L}\\p{M}]+"))
                .filter(word -> word.length() > 1)
                .collect(Collectors.toSet());
    }

    private Understood understood(
            Handle tx, ReadMail mail, Optional<AnsweredMail> found, Optional<Person> sender, Instant now) {
        Optional<Person> reader =
                found.flatMap(answer -> people.find(tx, answer.personId())).or(() -> sender);
        LocalDate today = LocalTimes.dayOf(now, reader.map(Person::zone).orElse(ZoneOffset.UTC));
        Set<String> theirs = names(mail);
        Grammar grammar = new Grammar(
                word -> theirs.contains(word) || people.called(tx, word),
                ending -> sender.isPresent()
                        && found.isPresent()
                        && inbox.endedSo(tx, sender.get().id(), found.get().subjectId(), ending));
        BodyText written = mail.written();
        // whoever types into the quoted mail may take back what stands above it
        boolean typed = found.filter(answer -> !written.quoted().isEmpty())
                .filter(answer -> !QuotedMail.typed(written.quoted(), answered.texts(tx, answer), grammar)
                        .isEmpty())
                .isPresent();
        return grammar.read(
                typed ? written.doubted() : written,
                today,
                reader.map(Person::language).orElse(Locale.ENGLISH));
    }
}

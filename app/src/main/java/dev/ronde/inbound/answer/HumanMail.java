package dev.ronde.inbound.answer;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.inbound.answer.Incoming.Consideration;
import dev.ronde.inbound.grammar.Grammar;
import dev.ronde.inbound.grammar.Understood;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.inbound.inbox.Inbox;
import dev.ronde.inbound.message.AuthVerdict;
import dev.ronde.inbound.message.BodyText;
import dev.ronde.inbound.message.ReadMail;
import dev.ronde.inbound.message.ReceivedFile;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What a person's message does: first whose answer it is, then how sure that is, then what it asks for. */
record HumanMail(
        AnsweredMails answered,
        Reviews reviews,
        People people,
        ReviewAnswer single,
        DigestAnswer digest,
        OtherAnswers others,
        AnswerPost post,
        Inbox inbox,
        boolean strict) {
    /** A picture that came in so often belongs to somebody's signature. */
    private static final int LOGO_SEEN = 2;

    Consideration consider(Handle tx, InboundMail stored, ReadMail mail, Instant now) {
        Optional<Person> sender = sender(tx, mail);
        Optional<AnsweredMail> found = answered.find(tx, mail.hints(), sender.map(Person::id), now);
        Optional<Person> bound = found.flatMap(answer -> people.find(tx, answer.personId()));
        Optional<Review> review = found.flatMap(answer -> reviews.find(tx, answer.subjectId()));
        boolean forged = mail.auth().verdict() == AuthVerdict.FAIL;
        boolean owner = bound.isPresent()
                && sender.map(Person::id).filter(bound.get().id()::equals).isPresent();
        Incoming in = new Incoming(
                stored,
                mail,
                found,
                sender,
                understood(tx, mail, found, sender, now),
                judged(tx, mail.files(), owner && !forged),
                found.filter(answer -> review.isEmpty())
                        .map(AnsweredMail::subjectId)
                        .filter(mailId -> digest.lists(tx, mailId)));
        return new Consideration(in, outcome(tx, in, bound, review, owner, forged, now));
    }

    private Outcome outcome(
            Handle tx,
            Incoming in,
            Optional<Person> bound,
            Optional<Review> review,
            boolean owner,
            boolean forged,
            Instant now) {
        if (in.answered().isEmpty() || bound.isEmpty()) {
            return unmatched(tx, in, now);
        }
        AnsweredMail answer = in.answered().get();
        if (review.isPresent() || in.list().isPresent()) {
            return known(tx, in, answer, bound.get(), review, owner, now);
        }
        return owner && !forged
                ? others.aboutNoReview(tx, in, answer.subjectId(), bound.get(), !answer.byReference() || !strict, now)
                : unmatched(tx, in, now);
    }

    private Optional<Person> sender(Handle tx, ReadMail mail) {
        return mail.sender().flatMap(address -> people.findByEmail(tx, address)).filter(Person::active);
    }

    /** Keeps a message that a lead assigned to a review by hand. Its sender counts as unknown: it answers nothing that only they got. */
    Consideration assigned(
            Handle tx, InboundMail stored, ReadMail mail, Review review, Actor by, Channel channel, Instant now) {
        Optional<Person> sender = sender(tx, mail);
        Incoming in = new Incoming(
                stored,
                mail,
                Optional.empty(),
                sender,
                understood(tx, mail, Optional.empty(), sender, now),
                judged(tx, mail.files(), false),
                Optional.empty());
        others.passedOn(tx, in, review, by, channel);
        return new Consideration(
                in, Outcome.of(Decision.COMMENTED, "assigned-by-hand").on(review.ref()));
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
        Standing standing = Standing.of(
                !answer.byReference(), owner, colleague, in.mail().auth().verdict(), strict);
        if (standing == Standing.QUARANTINE) {
            Outcome forged = Outcome.of(Decision.QUARANTINED, "dmarc-fail");
            return said(tx, in, Optional.of(bound), review, Saying.FORGED, forged, now);
        }
        Optional<Person> told = Optional.of(bound).filter(person -> owner);
        if (!answer.live()) {
            Outcome expired = Outcome.of(Decision.REJECTED, "handle-expired");
            return said(tx, in, told, review, Saying.EXPIRED, expired, now);
        }
        if (answer.several()) {
            Outcome several = Outcome.of(Decision.REJECTED, "several-handles");
            return said(tx, in, told, Optional.empty(), Saying.WHICH_MAIL, several, now);
        }
        if (standing == Standing.COMMENT) {
            return others.ofAnother(tx, in, bound, review, now);
        }
        Person by = owner ? bound : in.sender().orElseThrow();
        boolean sure = standing == Standing.EXECUTE || standing == Standing.AS_COLLEAGUE;
        // written to somebody else, with a copy to us, it may be about something else
        if (!sure
                || (in.understood().clear()
                        && !answered.meant(tx, in.mail(), in.sender().map(Person::id), now))) {
            review.ifPresent(one -> others.comment(tx, in, one, false));
            Outcome asked = Outcome.of(Decision.CHALLENGED, sure ? "written-to-others" : standing.rule());
            return said(tx, in, Optional.of(by), review, Saying.CONFIRM, asked, now);
        }
        Outcome outcome = execute(tx, in, answer, by, review, standing.rule(), now);
        post.tell(tx, in, by, outcome.replies(), now);
        return outcome;
    }

    private Outcome said(
            Handle tx,
            Incoming in,
            Optional<Person> to,
            Optional<Review> review,
            Saying saying,
            Outcome outcome,
            Instant now) {
        to.ifPresent(person -> post.say(tx, saying, in, person, review.orElse(null), "", now));
        return review.map(Review::ref).map(outcome::on).orElse(outcome);
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
            return single.kept(tx, in, one, by, Saying.UNCLEAR, "items-without-digest", "");
        }
        return said.verb() == null
                ? single.kept(tx, in, one, by, Saying.UNCLEAR, "unclear", "")
                : single.answer(tx, in, one, by, said.verb(), rule, now);
    }

    /** No mail of ours is answered. */
    private Outcome unmatched(Handle tx, Incoming in, Instant now) {
        in.writer().ifPresent(sender -> post.say(tx, Saying.UNMATCHED, in, sender, null, "", now));
        return Outcome.of(Decision.UNMATCHED, "no-handle");
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

package dev.ronde.reply.inbox;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailContent;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.Rendering;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.platform.json.Json;
import dev.ronde.reminder.ReviewLinks;
import dev.ronde.reminder.ReviewModels;
import dev.ronde.reply.OtherLines;
import dev.ronde.reply.ReceiptFiles;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Ties;
import dev.ronde.review.answer.Verb;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** What is written back to an answer that was not simply done: why, and the link where it can be done. */
final class AnswerMail implements MailKind {
    static final String NAME = "answer";

    /** Whether it is the last of its kind that this person gets today. */
    static final String LAST = "last";

    private static final Set<String> WITH_WORDS = Stream.of(
                    Saying.UNCLEAR,
                    Saying.EMPTY,
                    Saying.ENCRYPTED,
                    Saying.HELP,
                    Saying.WHICH_DATE,
                    Saying.WHICH_PERSON,
                    Saying.CONTRADICTORY)
            .map(Saying::word)
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> OF_LISTS = Set.of(Saying.CONFIRM.word(), Saying.FORGED.word());

    private static final Set<ReviewState> NOT_ANSWERED =
            EnumSet.of(ReviewState.MISSED, ReviewState.CANCELLED, ReviewState.SCHEDULED);
    private static final List<String> LIST_WORDS =
            List.of("list.attest", "list.acknowledge", "list.problem", "list.not-mine");
    private static final int EXAMPLE_DAYS = 14;

    private final Reviews reviews;
    private final People people;
    private final Assets assets;
    private final ReviewModels models;
    private final ReviewLinks links;
    private final MailWriter writer;
    private final MailAddresses addresses;
    private final OtherLines others;

    AnswerMail(
            Reviews reviews,
            People people,
            Assets assets,
            ReviewModels models,
            ReviewLinks links,
            MailWriter writer,
            MailAddresses addresses,
            OtherLines others) {
        this.reviews = reviews;
        this.people = people;
        this.assets = assets;
        this.models = models;
        this.links = links;
        this.writer = writer;
        this.addresses = addresses;
        this.others = others;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        Person person = people.get(tx, Objects.requireNonNull(mail.personId()));
        JsonNode told = Json.tree(mail.model());
        String reviewId = told.get("review").asString();
        Optional<Review> review = reviewId.isEmpty() ? Optional.empty() : reviews.find(tx, UUID.fromString(reviewId));
        Map<String, Object> model = review.<Map<String, Object>>map(
                        found -> new HashMap<>(models.of(tx, found, person, now)))
                .orElseGet(() -> bare(person, now));
        model.putAll(Map.of("current", "", "current_due", "", "current_link", ""));
        JsonNode answered = told.path("mail");
        String list = told.path("list").asString("");
        String what = told.get("what").asString();
        boolean ofList = review.isEmpty() && !list.isEmpty();
        model.put("what", worded(what, ofList, review, now));
        boolean own = told.get("own").asBoolean();
        boolean words = WITH_WORDS.contains(what);
        model.put(
                "words",
                !words
                        ? List.of()
                        : ofList
                                ? LIST_WORDS
                                : review.map(found -> useful(tx, found, person, model, now))
                                        .orElse(List.of()));
        putFiles(
                model,
                ReceiptFiles.of(told),
                own,
                review.isPresent() && Saying.of(what).keeps());
        model.put("example_day", exampleDay(review, LocalTimes.dayOf(now, person.zone())));
        if (what.equals(Saying.APPROVAL.word())) {
            // whoever acts by this link acts on that request, and what is written down names both
            model.computeIfPresent("link", (name, link) -> link + "?asked=1");
        }
        review.filter(found -> !found.stateAt(now).waiting())
                .flatMap(found -> reviews.following(tx, found))
                .filter(next -> next.stateAt(now).waiting() && person.id().equals(next.ownerId()))
                .ifPresent(next -> current(tx, model, next, person, now));
        model.put("extra", CleanText.line(others.extra(what, told.get("extra").asString(), person), 400));
        model.put("own", own);
        model.put(LAST, told.path(LAST).asBoolean(false));
        model.put("from", CleanText.line(answered.path("from").asString("")));
        model.put("verified", answered.path("verified").asBoolean(false));
        model.put("line", CleanText.line(answered.path("line").asString("")));
        model.put("subject", mail.about());
        model.put("list", list.isEmpty() ? "" : links.list(tx, UUID.fromString(list), person.id(), now));
        model.put("page", addresses.base());
        model.put("others", others.of(tx, told.path("others"), person, now));
        MailContent content = MailContent.to(person, writer.write(NAME, person.language(), model));
        if (OtherLines.ofChecks(what) && review.isPresent()) {
            content = content.keeping(showing(told, review.get(), model));
        }
        MailContent threaded = review.map(found -> addresses.threadRoot(found.id(), person.id()))
                .or(() -> list.isEmpty() ? Optional.empty() : Optional.of(addresses.messageId(UUID.fromString(list))))
                .map(content::inThread)
                .orElse(content);
        String messageId = answered.path("message_id").asString("");
        return model.get("own").equals(true) && !messageId.isEmpty()
                ? threaded.with("In-Reply-To", messageId)
                : threaded;
    }

    /** A day that may be sent back: not after the review is due, from when on only a lead gives more time. */
    private static String exampleDay(Optional<Review> review, LocalDate today) {
        LocalDate last = today.plusDays(EXAMPLE_DAYS);
        LocalDate due = review.map(found -> found.dates().dueOn()).orElse(last);
        LocalDate day = due.isBefore(last) ? due : last;
        return (day.isAfter(today) ? day : today.plusDays(1)).toString();
    }

    /** What is kept of a mail that shows how the checks are now: an answer to it is of that. */
    private static Map<String, Object> showing(JsonNode told, Review review, Map<String, Object> model) {
        Map<String, Object> kept = new HashMap<>();
        told.properties().forEach(field -> kept.put(field.getKey(), field.getValue()));
        kept.put(ReviewModels.SHOWN, ReviewModels.shown(review, model));
        return kept;
    }

    /** The words that do something for this person with this review as it stands. */
    private List<String> useful(Handle tx, Review review, Person person, Map<String, Object> model, Instant now) {
        ReviewState state = review.stateAt(now);
        if (state == ReviewState.ATTESTED) {
            boolean theirs = person.actorRef().equals(review.attestation().performedBy());
            return theirs ? List.of(Verb.WITHDRAW.word(), Verb.PROBLEM.word()) : List.of(Verb.PROBLEM.word());
        }
        if (!state.waiting()) {
            return List.of();
        }
        Ties ties = Ties.of(person, people.teams(tx, person), review, assets.byId(tx, review.assetId()));
        boolean takesOver = ties.takesOver(person.id(), review);
        return Arrays.stream(Verb.values())
                .filter(verb -> verb.byMail() != Verb.ByMail.NO && ties.may(verb))
                .filter(verb -> verb != (takesOver ? Verb.ACKNOWLEDGE : Verb.ACCEPT_DELEGATION))
                // from the due day on a later day is another word: it asks a lead for more time
                .filter(verb ->
                        verb != Verb.SNOOZE || review.dates().dueOn().isAfter(LocalTimes.dayOf(now, person.zone())))
                .filter(verb -> verb != Verb.ATTEST || Boolean.TRUE.equals(model.get("by_answer")))
                .map(verb -> takesOver && verb == Verb.NOT_MINE ? Verb.REFUSED : verb.word())
                .toList();
    }

    /** What became of the files of the answer.
     *
     * @param kept whether they are with the review */
    private static void putFiles(Map<String, Object> model, ReceiptFiles files, boolean own, boolean kept) {
        List<String> names = files.files().stream().map(CleanText::line).toList();
        Stream<ReceiptFiles.Refused> refused = Stream.concat(
                files.refused().stream(),
                kept ? Stream.of() : files.files().stream().map(name -> new ReceiptFiles.Refused(name, "not_done")));
        model.put("files", own && kept ? names : List.of());
        model.put(
                "refused",
                own
                        ? refused.map(file -> Map.of("name", CleanText.line(file.name()), "why", file.why()))
                                .toList()
                        : List.of());
    }

    /** Under which name the words are found: of a list, or of the state a review is in that waits for nobody, there are others. */
    private static String worded(String what, boolean ofList, Optional<Review> review, Instant now) {
        if (ofList && OF_LISTS.contains(what)) {
            return what + ".list";
        }
        return review.map(found -> found.stateAt(now))
                .filter(state -> what.equals(Saying.CLOSED.word()) && NOT_ANSWERED.contains(state))
                .map(state -> what + "." + state.word())
                .orElse(what);
    }

    /** Where the review that was answered is over: the one that counts now. */
    private void current(Handle tx, Map<String, Object> model, Review next, Person person, Instant now) {
        model.put("current", next.ref());
        model.put("current_due", MailDates.day(next.dates().dueOn(), person.language()));
        model.put("current_link", links.of(tx, next, person, now).url());
    }

    private static Map<String, Object> bare(Person person, Instant now) {
        Map<String, Object> model = new HashMap<>();
        for (String name : new String[] {"ref", "asset", "asset_name", "due", "site_zone", "link", "owner"}) {
            model.put(name, "");
        }
        model.put("person", CleanText.line(person.addressedAs()));
        model.put("today", LocalTimes.dayOf(now, person.zone()).toString());
        return model;
    }
}

package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.mail.MailContent;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.MailState;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.Rendering;
import dev.ronde.review.Review;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** A mail that tells one person something: one review in its conversation, findings, or a list of whatever there is. What no longer holds is left out. */
final class NoticeMail implements MailKind {
    static final String DIGEST = "digest";
    static final String FINDING = "finding";
    static final String ASSIGNMENT = "assignment";
    static final Set<String> OF_A_REVIEW =
            Set.of(ASSIGNMENT, "reminder", "escalation", "delegation", "decision", "refusal");

    static final Set<String> LISTS =
            Set.of(DIGEST, FINDING, "missed", "recovery", "lapse", "waiver", "request", "blind");

    private static final int LISTED = 50;

    private final String name;
    private final Duties duties;
    private final NoticeLines lines;
    private final People people;
    private final ReviewModels models;
    private final MailWriter writer;
    private final ReviewLinks links;

    /** @param name of the kind, one of {@link #OF_A_REVIEW} and {@link #LISTS} */
    NoticeMail(
            String name,
            Duties duties,
            NoticeLines lines,
            People people,
            ReviewModels models,
            MailWriter writer,
            ReviewLinks links) {
        this.name = name;
        this.duties = duties;
        this.lines = lines;
        this.people = people;
        this.models = models;
        this.writer = writer;
        this.links = links;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        Person person = people.get(tx, Objects.requireNonNull(mail.personId()));
        List<Notice> notices = tx.attach(NoticeDao.class).listByMail(mail.id());
        if (!person.active()) {
            return Rendering.cancelled(MailReason.PERSON_INACTIVE);
        }
        if (notices.isEmpty()) {
            return Rendering.superseded(MailReason.TOLD_ELSEWHERE);
        }
        Calendars calendars = new Calendars(tx, people, now);
        return OF_A_REVIEW.contains(name) && notices.size() == 1
                ? ofReview(tx, calendars, notices.get(0), person, now)
                : list(tx, calendars, mail, notices, person, now);
    }

    private Rendering ofReview(Handle tx, Calendars calendars, Notice notice, Person person, Instant now) {
        Review review = duties.reviews().find(tx, notice.subjectId()).orElseThrow();
        Optional<Rendering.Gone> gone = duties.gone(tx, calendars, notice, review, person, now);
        if (gone.isPresent()) {
            return gone.get();
        }
        Map<String, Object> model = models.of(
                tx, models.read(tx, calendars, List.of(review), person.language()), review, person, notice, now);
        model.put("subject", name);
        if (name.equals(ASSIGNMENT) && "again".equals(model.get("lead"))) {
            model.put("lead", "assigned");
        }
        MailContent content = MailContent.to(person, writer.write("review", person.language(), model))
                .inThread(links.thread(review, person))
                .keeping(Map.of(ReviewModels.SHOWN, ReviewModels.shown(review, model)));
        return review.overdueAt(now) ? content.important() : content;
    }

    private Rendering list(
            Handle tx, Calendars calendars, OutboxMail mail, List<Notice> notices, Person person, Instant now) {
        List<Line> reviews = new ArrayList<>();
        Map<String, List<Map<String, Object>>> others = new LinkedHashMap<>();
        NoticeLines.NAMES.forEach(section -> others.put(section, new ArrayList<>()));
        Map<UUID, Review> known = duties.reviews()
                .byIds(tx, notices.stream().map(Notice::subjectId).collect(Collectors.toSet()));
        for (Notice notice : notices) {
            Optional<NoticeLines.Lines> other = lines.of(notice);
            if (other.isPresent()) {
                other.get()
                        .line(tx, calendars, notice, person, now)
                        .ifPresent(Objects.requireNonNull(others.get(NoticeLines.name(notice)))::add);
                continue;
            }
            Review review = Objects.requireNonNull(known.get(notice.subjectId()));
            if (duties.gone(tx, calendars, notice, review, person, now).isEmpty()) {
                reviews.add(new Line(review, notice));
            }
        }
        others.values().forEach(list -> list.sort(Comparator.comparing(line -> String.valueOf(line.get("order")))));
        Listed listed = new Listed(reviews, others);
        if (listed.count() == 0) {
            return Rendering.cancelled(
                    name.equals(DIGEST)
                            ? MailReason.LIST_DONE
                            : lines.of(notices.get(0))
                                    .map(NoticeLines.Lines::goneReason)
                                    .orElse(MailReason.LIST_DONE));
        }
        if (listed.optional() && tx.attach(MuteDao.class).isMuted(person.id())) {
            return Rendering.cancelled(MailReason.OPTED_OUT);
        }
        return name.equals(FINDING)
                ? findings(tx, mail, person, listed, now)
                : digest(tx, calendars, mail, person, listed, now);
    }

    private record Line(Review review, Notice notice) {
        String section(LocalDate today, Instant now) {
            if (review.overdueAt(now)) {
                return "overdue";
            }
            if (!review.dates().dueOn().isAfter(today.plusDays(7))) {
                return "week";
            }
            return notice.topic().repeats() ? "later" : "new";
        }
    }

    private record Listed(List<Line> reviews, Map<String, List<Map<String, Object>>> others) {
        int count() {
            return reviews.size()
                    + others.values().stream().mapToInt(List::size).sum();
        }

        /** True if it only reminds of something that is not due yet. */
        boolean optional() {
            return count() == reviews.size()
                    && reviews.stream()
                            .allMatch(line -> line.notice().topic() == Topic.SOON
                                    || line.notice().topic() == Topic.LAST);
        }

        List<Map<String, Object>> of(String section) {
            return others.getOrDefault(section, List.of());
        }

        int more() {
            return over(reviews)
                    + others.values().stream().mapToInt(Listed::over).sum();
        }

        /** Which texts describe a mail without reviews: those of its one list with lines, or those for several lists. */
        String kind() {
            List<String> told = NoticeLines.NAMES.stream()
                    .filter(section -> !of(section).isEmpty())
                    .toList();
            return told.size() == 1 ? told.get(0) : "notices";
        }

        String about() {
            Map<String, Object> first = of(kind()).stream().findFirst().orElse(Map.of());
            return Stream.of("ref", "asset")
                    .flatMap(key -> Stream.ofNullable(first.get(key)))
                    .map(String::valueOf)
                    .collect(Collectors.joining(" · "));
        }

        private static int over(List<?> list) {
            return Math.max(0, list.size() - LISTED);
        }

        private static <T> List<T> first(List<T> list) {
            return list.subList(0, Math.min(LISTED, list.size()));
        }
    }

    private MailContent findings(Handle tx, OutboxMail mail, Person person, Listed listed, Instant now) {
        List<Map<String, Object>> found = listed.of(NoticeLines.FOUND);
        Map<String, Object> model = new HashMap<>();
        model.put("organisation", ReviewModels.organisation(tx));
        model.put("items", Listed.first(found));
        model.put("first", found.get(0));
        model.put("count", found.size());
        model.put("more", listed.more());
        model.put("list", links.list(tx, mail.id(), person.id(), now));
        model.put("reply", links.answerable());
        return MailContent.to(person, writer.write(FINDING, person.language(), model))
                .important();
    }

    private MailContent digest(
            Handle tx, Calendars calendars, OutboxMail mail, Person person, Listed listed, Instant now) {
        List<Line> reviews = listed.reviews();
        reviews.sort(Comparator.comparing((Line line) -> line.review().dates().dueOn())
                .thenComparing(line -> line.review().reviewNumber()));
        Map<String, Object> model = new HashMap<>();
        Map<String, Object> looks = sections(tx, calendars, reviews, person, now, model);
        listed.others().forEach((section, list) -> model.put(section, Listed.first(list)));
        model.put("organisation", ReviewModels.organisation(tx));
        model.put("kind", listed.kind());
        model.put("count", listed.count());
        model.put("reviews", reviews.size());
        model.put("about", listed.about());
        model.put(
                "overdue",
                reviews.stream().filter(line -> line.review().overdueAt(now)).count());
        model.put("more", listed.more());
        boolean opens = !reviews.isEmpty() || !listed.of(NoticeLines.FOUND).isEmpty();
        model.put("list", opens ? links.list(tx, mail.id(), person.id(), now) : "");
        String mute = name.equals(DIGEST) ? links.mute(tx, person.id(), now) : "";
        model.put("mute", mute);
        Optional<LocalDate> next =
                reviews.stream().map(line -> line.review().dates().dueOn()).min(LocalDate::compareTo);
        model.put("next_iso", next.map(LocalDate::toString).orElse(""));
        model.put("next_due", next.map(day -> ReviewModels.day(day, person)).orElse(""));
        boolean late = reviews.stream().anyMatch(line -> line.review().overdueAt(now))
                || !listed.of(NoticeLines.MISSED).isEmpty();
        // an answer may name the numbers, whatever has become of the reviews by then
        List<UUID> numbered = reviews.stream().map(line -> line.review().id()).toList();
        MailContent written = MailContent.to(person, writer.write(DIGEST, person.language(), model))
                .keeping(Map.of("items", listed.count(), DigestList.LISTED, numbered, ReviewModels.SHOWN, looks));
        MailContent content = reviews.isEmpty() && mute.isEmpty() ? written : written.asList();
        content = mute.isEmpty()
                ? content
                : content.with("List-Unsubscribe", "<" + mute + ">")
                        .with("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        return late ? content.important() : content;
    }

    private Map<String, Object> sections(
            Handle tx, Calendars calendars, List<Line> reviews, Person person, Instant now, Map<String, Object> model) {
        Map<String, List<Map<String, Object>>> sections = new HashMap<>();
        List.of("overdue", "week", "new", "later").forEach(section -> sections.put(section, new ArrayList<>()));
        List<Map<String, Object>> held = new ArrayList<>();
        String asked = "";
        Map<String, Object> looks = new HashMap<>();
        List<Line> shown = Listed.first(reviews);
        LocalDate today = LocalDate.ofInstant(now, person.zone());
        ReviewModels.Background background =
                models.read(tx, calendars, shown.stream().map(Line::review).toList(), person.language());
        for (Line line : shown) {
            Map<String, Object> item = models.of(tx, background, line.review(), person, line.notice(), now);
            item.put("number", reviews.indexOf(line) + 1);
            looks.putAll(ReviewModels.shown(line.review(), item));
            Objects.requireNonNull(sections.get(line.section(today, now))).add(item);
            if (line.notice().topic().toHolder()) {
                held.add(item);
            }
            if (line.notice().topic() == Topic.ASKED && asked.isEmpty()) {
                asked = line.review().ref();
            }
        }
        model.put("sections", sections);
        Optional<Map<String, Object>> byAnswer = held.stream()
                .filter(item -> Boolean.TRUE.equals(item.get("by_answer")))
                .findFirst();
        Optional<Map<String, Object>> example = byAnswer.or(() -> held.stream().findFirst());
        model.put("reply", links.answerable() && example.isPresent());
        model.put("example", example.map(item -> item.get("ref")).orElse(""));
        model.put("by_answer", byAnswer.isPresent());
        model.put("asked", links.answerable() ? asked : "");
        return looks;
    }

    @Override
    public void settled(Handle tx, OutboxMail mail, MailState state, Instant at) {
        NoticeDao notices = tx.attach(NoticeDao.class);
        notices.settle(mail.id(), state.word(), mail.reason(), at);
        if (state == MailState.ACCEPTED) {
            notices.listByMail(mail.id())
                    .forEach(notice -> lines.of(notice).ifPresent(other -> other.told(tx, notice, at)));
        }
    }

    @Override
    public boolean collapse(Handle tx, OutboxMail mail, Instant now) {
        return !name.equals(DIGEST) && tx.attach(NoticeDao.class).planAgain(mail.id()) > 0;
    }
}

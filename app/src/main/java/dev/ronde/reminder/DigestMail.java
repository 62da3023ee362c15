package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.mail.MailContent;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.MailState;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.Rendering;
import dev.ronde.mail.smtp.CleanText;
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
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Many notices to one person in one mail: overdue (oldest first), due this week, new, due later and told before, found, waivers that are asked for or end, checks that do not see; and,
 * where a lead collapsed held mails, missed reviews and requests that lapsed. At most 50 are listed of each. */
final class DigestMail implements MailKind {
    static final String NAME = "digest";
    private static final int LISTED = 50;

    private final Duties duties;
    private final People people;
    private final ReviewModels models;
    private final Lists lists;
    private final MailWriter writer;
    private final ReviewLinks links;

    DigestMail(Duties duties, People people, ReviewModels models, Lists lists, MailWriter writer, ReviewLinks links) {
        this.duties = duties;
        this.people = people;
        this.models = models;
        this.lists = lists;
        this.writer = writer;
        this.links = links;
    }

    /** What it lists beside reviews. */
    record Lists(
            ListMail.Lines missed,
            ListMail.Lines lapsed,
            ListMail.Lines findings,
            ListMail.Lines waivers,
            ListMail.Lines requests,
            ListMail.Lines blind) {
        /** As the template and its texts name them. */
        static final List<String> NAMES =
                List.of("missed", "recovery", "lapsed", "found", "requests", "waivers", "blind");

        static String name(Notice notice) {
            return switch (notice.subjectKind()) {
                case Notice.FINDING -> "found";
                case Notice.WAIVER -> "waivers";
                case Notice.REQUEST -> "requests";
                case Notice.CHECK -> "blind";
                default -> notice.step().word();
            };
        }

        /** What speaks for the notice; empty for a review that waits for somebody. */
        Optional<ListMail.Lines> of(Notice notice) {
            return switch (notice.subjectKind()) {
                case Notice.FINDING -> Optional.of(findings);
                case Notice.WAIVER -> Optional.of(waivers);
                case Notice.REQUEST -> Optional.of(requests);
                case Notice.CHECK -> Optional.of(blind);
                default ->
                    switch (notice.step()) {
                        case MISSED, RECOVERY -> Optional.of(missed);
                        case LAPSED -> Optional.of(lapsed);
                        default -> Optional.empty();
                    };
            };
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        Person person = people.get(tx, Objects.requireNonNull(mail.personId()));
        LocalDate today = LocalTimes.dayOf(now, person.zone());
        List<Line> lines = new ArrayList<>();
        Map<String, List<Map<String, Object>>> listed = new LinkedHashMap<>();
        Lists.NAMES.forEach(name -> listed.put(name, new ArrayList<>()));
        Calendars calendars = new Calendars(tx, people, now);
        boolean mandatory = false;
        List<Notice> notices = tx.attach(NoticeDao.class).listByMail(mail.id());
        Map<UUID, Review> reviews = duties.reviews()
                .byIds(tx, notices.stream().map(Notice::subjectId).collect(Collectors.toSet()));
        for (Notice notice : notices) {
            Optional<ListMail.Lines> list = lists.of(notice);
            if (list.isPresent()) {
                list.get()
                        .line(tx, calendars, notice, person, now)
                        .ifPresent(Objects.requireNonNull(listed.get(Lists.name(notice)))::add);
                continue;
            }
            Review review = Objects.requireNonNull(reviews.get(notice.subjectId()));
            if (duties.gone(tx, calendars, notice, review, person, now).isEmpty()) {
                lines.add(new Line(review, notice));
                mandatory |= notice.step() != Step.SOON && notice.step() != Step.LAST;
            }
        }
        boolean noLists = listed.values().stream().allMatch(List::isEmpty);
        if (lines.isEmpty() && noLists) {
            return Rendering.cancelled(MailReason.LIST_DONE);
        }
        if (!mandatory && noLists && tx.attach(MuteDao.class).isMuted(person.id())) {
            return Rendering.cancelled(MailReason.OPTED_OUT);
        }
        return content(tx, calendars, mail, person, new Listed(lines, listed), today, now);
    }

    /** One review in the digest. */
    private record Line(Review review, Notice notice) {
        String section(LocalDate today, Instant now) {
            if (review.overdueAt(now)) {
                return "overdue";
            }
            if (!review.dates().dueOn().isAfter(today.plusDays(7))) {
                return "week";
            }
            return notice.step().repeats() ? "later" : "new";
        }
    }

    /** Everything the digest tells. */
    private record Listed(List<Line> lines, Map<String, List<Map<String, Object>>> lists) {
        int count() {
            return lines.size() + lists.values().stream().mapToInt(List::size).sum();
        }

        int more() {
            return over(lines) + lists.values().stream().mapToInt(Listed::over).sum();
        }

        /** Which texts speak of all of it where no review is among it: those of the one list that has lines, or those of several. */
        String kind() {
            List<String> told = Lists.NAMES.stream()
                    .filter(name -> !lists.getOrDefault(name, List.of()).isEmpty())
                    .toList();
            return told.size() == 1 ? told.get(0) : "notices";
        }

        private static int over(List<?> list) {
            return Math.max(0, list.size() - LISTED);
        }

        private static <T> List<T> first(List<T> list) {
            return list.subList(0, Math.min(LISTED, list.size()));
        }
    }

    private MailContent content(
            Handle tx,
            Calendars calendars,
            OutboxMail mail,
            Person person,
            Listed listed,
            LocalDate today,
            Instant now) {
        List<Line> lines = listed.lines();
        Map<String, List<Map<String, Object>>> sections = new HashMap<>();
        List.of("overdue", "week", "new", "later").forEach(section -> sections.put(section, new ArrayList<>()));
        lines.sort(Comparator.comparing((Line line) -> line.review().dates().dueOn())
                .thenComparing(line -> line.review().reviewNumber()));
        List<Map<String, Object>> held = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        List<Line> shown = Listed.first(lines);
        Map<String, Object> looks = new HashMap<>();
        ReviewModels.Background background =
                models.read(tx, calendars, shown.stream().map(Line::review).toList(), person.language());
        for (Line line : shown) {
            Map<String, Object> item = models.of(tx, background, line.review(), person, line.notice(), now);
            item.put("number", lines.indexOf(line) + 1);
            looks.putAll(ReviewModels.shown(line.review(), item));
            item.put("words", Objects.requireNonNull(item.get("words_in_a_line")));
            sections.computeIfAbsent(line.section(today, now), key -> new ArrayList<>())
                    .add(item);
            if (line.notice().step().toHolder()) {
                held.add(item);
            }
            if (line.notice().step() == Step.ASKED) {
                asked.add(line.review().ref());
            }
        }
        Map<String, Object> model = new HashMap<>();
        model.put("sections", sections);
        listed.lists().forEach((name, list) -> model.put(name, Listed.first(list)));
        model.put("kind", listed.kind());
        model.put("count", listed.count());
        model.put("reviews", lines.size());
        model.put(
                "overdue",
                lines.stream().filter(line -> line.review().overdueAt(now)).count());
        model.put("more", listed.more());
        model.put("list", lines.isEmpty() ? "" : links.list(tx, mail.id(), person.id(), now));
        String mute = links.mute(tx, person.id(), now);
        model.put("mute", mute);
        model.put("person", CleanText.line(person.addressedAs()));
        model.put("today", today.toString());
        Optional<Map<String, Object>> byAnswer = held.stream()
                .filter(item -> Boolean.TRUE.equals(item.get("by_answer")))
                .findFirst();
        Optional<Map<String, Object>> example = byAnswer.or(() -> held.stream().findFirst());
        model.put("reply", links.answerable() && example.isPresent());
        model.put("example", example.map(item -> item.get("ref")).orElse(""));
        model.put("by_answer", byAnswer.isPresent());
        model.put("asked", links.answerable() && !asked.isEmpty() ? asked.get(0) : "");
        Optional<LocalDate> next =
                lines.stream().map(line -> line.review().dates().dueOn()).min(LocalDate::compareTo);
        model.put("next_iso", next.map(LocalDate::toString).orElse(""));
        MailWriter.Parts parts = writer.write(NAME, person.language(), model);
        // an answer may name the numbers, whatever has become of the reviews by then
        List<UUID> numbered = lines.stream().map(line -> line.review().id()).toList();
        boolean late = lines.stream().anyMatch(line -> line.review().overdueAt(now))
                || !Objects.requireNonNullElse(listed.lists().get("missed"), List.of())
                        .isEmpty();
        MailContent content = MailContent.to(person, parts)
                .asList()
                .keeping(Map.of("items", listed.count(), DigestList.LISTED, numbered, ReviewModels.SHOWN, looks))
                .with("List-Unsubscribe", "<" + mute + ">")
                .with("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        return late ? content.important() : content;
    }

    @Override
    public void settled(Handle tx, OutboxMail mail, MailState state, Instant at) {
        NoticeDao notices = tx.attach(NoticeDao.class);
        notices.settle(mail.id(), state.word(), mail.reason(), at);
        if (state == MailState.ACCEPTED) {
            notices.listByMail(mail.id())
                    .forEach(notice -> lists.of(notice).ifPresent(list -> list.told(tx, notice, at)));
        }
    }
}

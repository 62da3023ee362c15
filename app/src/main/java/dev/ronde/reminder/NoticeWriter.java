package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.mail.MailContent;
import dev.ronde.mail.MailWriter;
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
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

record NoticeWriter(ReviewModels models, NoticeLines lines, MailWriter writer, ReviewLinks links) {
    private static final int LISTED = 50;
    private static final Comparator<Line> ORDER = Comparator.comparing(
                    (Line line) -> line.review().dates().dueOn())
            .thenComparing(line -> line.review().reviewNumber());

    /** A mail that is written now. */
    record Letter(String kind, UUID mail, Person person, World world, Instant now) {}

    MailContent review(Handle tx, Letter letter, NoticeRow row) {
        Person person = letter.person();
        ReviewFacts facts = letter.world().reviews().get(0);
        Review review = facts.review();
        ReviewModels.Background background = models.read(tx, List.of(review), person.language());
        Map<String, Object> model = models.of(tx, background, letter.world(), facts, person, row, letter.now());
        model.put("subject", letter.kind());
        if (letter.kind().equals(NoticeMail.ASSIGNMENT) && "again".equals(model.get("lead"))) {
            model.put("lead", "assigned");
        }
        MailContent content = MailContent.to(person, writer.write("review", person.language(), model))
                .inThread(links.thread(review, person))
                .keeping(Map.of(ReviewModels.SHOWN, ReviewModels.shown(review, model)));
        return review.overdueAt(letter.now()) ? content.important() : content;
    }

    MailContent list(Handle tx, Letter letter, List<NoticeRow> rows) {
        Map<UUID, ReviewFacts> known = letter.world().reviews().stream()
                .collect(Collectors.toMap(facts -> facts.review().id(), Function.identity()));
        List<Line> reviews = new ArrayList<>();
        List<Line> over = new ArrayList<>();
        Map<String, List<Map<String, Object>>> others = new LinkedHashMap<>();
        NoticeLines.SECTIONS.forEach(section -> others.put(section, new ArrayList<>()));
        for (NoticeRow row : rows) {
            ReviewFacts facts = known.get(row.subjectId());
            String section = NoticeLines.section(row.topic());
            if (facts == null) {
                section(others, section).add(lines.of(letter.world(), row, letter.person()));
            } else {
                (section.isEmpty() ? reviews : over).add(new Line(facts, row));
            }
        }
        others.values().forEach(list -> list.sort(Comparator.comparing(line -> String.valueOf(line.get("order")))));
        over.sort(ORDER);
        Map<String, List<Line>> closed = over.stream()
                .collect(Collectors.groupingBy(
                        line -> NoticeLines.section(line.row().topic())));
        closed.forEach((section, all) -> section(others, section).addAll(ofReviews(tx, letter, all)));
        Listed listed = new Listed(once(reviews), others);
        return letter.kind().equals(NoticeMail.FINDING) ? findings(tx, letter, listed) : digest(tx, letter, listed);
    }

    /** As many lines as there are: those that are shown, and empty ones that count. */
    private List<Map<String, Object>> ofReviews(Handle tx, Letter letter, List<Line> all) {
        List<Line> shown = Listed.first(all);
        ReviewModels.Background background = models.read(
                tx,
                shown.stream().map(Line::review).distinct().toList(),
                letter.person().language());
        Stream<Map<String, Object>> written = shown.stream()
                .map(line -> lines.ofReview(
                        line.facts(),
                        line.row(),
                        letter.person(),
                        models.of(tx, background, line.review(), letter.person(), letter.now())));
        return Stream.concat(written, all.stream().skip(LISTED).map(line -> Map.<String, Object>of()))
                .toList();
    }

    /** One line a review, beside what must be decided about it: of several steps the one that comes last on the ladder. */
    private static List<Line> once(List<Line> lines) {
        return lines.stream()
                .collect(Collectors.toMap(
                        line -> line.review().ref()
                                + (line.row().topic().decides() ? line.row().occasion() : ""),
                        Function.identity(),
                        BinaryOperator.maxBy(
                                Comparator.comparing(line -> line.row().topic()))))
                .values()
                .stream()
                .sorted(ORDER)
                .toList();
    }

    private static List<Map<String, Object>> section(Map<String, List<Map<String, Object>>> others, String section) {
        return Objects.requireNonNull(others.get(section));
    }

    private record Line(ReviewFacts facts, NoticeRow row) {
        Review review() {
            return facts.review();
        }

        String section(LocalDate today, Instant now) {
            if (review().overdueAt(now)) {
                return "overdue";
            }
            if (!review().dates().dueOn().isAfter(today.plusDays(7))) {
                return "week";
            }
            return row.topic().repeats() ? "later" : "new";
        }
    }

    private record Listed(List<Line> reviews, Map<String, List<Map<String, Object>>> others) {
        int count() {
            return reviews.size()
                    + others.values().stream().mapToInt(List::size).sum();
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
            List<String> told = NoticeLines.SECTIONS.stream()
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

    private MailContent findings(Handle tx, Letter letter, Listed listed) {
        Person person = letter.person();
        List<Map<String, Object>> found = listed.of(NoticeLines.FOUND);
        Map<String, Object> model = new HashMap<>();
        model.put("organisation", ReviewModels.organisation(tx));
        model.put("items", Listed.first(found));
        model.put("first", found.get(0));
        model.put("count", found.size());
        model.put("more", listed.more());
        model.put("list", links.list(tx, letter.mail(), person.id(), letter.now()));
        model.put("reply", links.answerable());
        return MailContent.to(person, writer.write(NoticeMail.FINDING, person.language(), model))
                .important();
    }

    private MailContent digest(Handle tx, Letter letter, Listed listed) {
        Person person = letter.person();
        Instant now = letter.now();
        List<Line> reviews = listed.reviews();
        Map<String, Object> model = new HashMap<>();
        Map<String, Object> looks = sections(tx, letter, reviews, model);
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
        model.put("list", opens ? links.list(tx, letter.mail(), person.id(), letter.now()) : "");
        String mute = letter.kind().equals(NoticeMail.DIGEST) ? links.mute(tx, person.id(), now) : "";
        model.put("mute", mute);
        Optional<LocalDate> next =
                reviews.stream().map(line -> line.review().dates().dueOn()).min(LocalDate::compareTo);
        model.put("next_iso", next.map(LocalDate::toString).orElse(""));
        model.put("next_due", next.map(day -> ReviewModels.day(day, person)).orElse(""));
        boolean late = reviews.stream().anyMatch(line -> line.review().overdueAt(now))
                || !listed.of(NoticeLines.MISSED).isEmpty();
        // an answer may name the numbers, whatever has become of the reviews by then
        List<UUID> numbered = reviews.stream().map(line -> line.review().id()).toList();
        MailContent written = MailContent.to(person, writer.write(NoticeMail.DIGEST, person.language(), model))
                .keeping(Map.of("items", listed.count(), DigestList.LISTED, numbered, ReviewModels.SHOWN, looks));
        MailContent content = reviews.isEmpty() && mute.isEmpty() ? written : written.asList();
        content = mute.isEmpty()
                ? content
                : content.with("List-Unsubscribe", "<" + mute + ">")
                        .with("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        return late ? content.important() : content;
    }

    private Map<String, Object> sections(Handle tx, Letter letter, List<Line> reviews, Map<String, Object> model) {
        Person person = letter.person();
        Instant now = letter.now();
        Map<String, List<Map<String, Object>>> sections = new HashMap<>();
        List.of("overdue", "week", "new", "later").forEach(section -> sections.put(section, new ArrayList<>()));
        List<Map<String, Object>> held = new ArrayList<>();
        String asked = "";
        Map<String, Object> looks = new HashMap<>();
        List<Line> shown = Listed.first(reviews);
        LocalDate today = LocalDate.ofInstant(now, person.zone());
        ReviewModels.Background background =
                models.read(tx, shown.stream().map(Line::review).toList(), person.language());
        for (Line line : shown) {
            Map<String, Object> item = models.of(tx, background, letter.world(), line.facts(), person, line.row(), now);
            item.put("number", reviews.indexOf(line) + 1);
            looks.putAll(ReviewModels.shown(line.review(), item));
            Objects.requireNonNull(sections.get(line.section(today, now))).add(item);
            if (line.row().topic().toHolder()) {
                held.add(item);
            }
            if (line.row().topic() == Topic.ASKED && asked.isEmpty()) {
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
}

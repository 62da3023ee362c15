package dev.ronde.mail;

import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.platform.resource.Templates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Digests of five reviews and a finding, by the product's own templates, half of them in French. What they tell is made up, not read. */
final class DigestKind implements MailKind {
    static final String NAME = "digest";
    private static final String BASE = "https://ronde.test";

    private final MailWriter writer;

    DigestKind() {
        Overlay files = Overlay.of("templates", null);
        writer = new MailWriter(new Templates(files, new Messages(files)));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        int number = Integer.parseInt(mail.dedupeKey().substring("mail-".length()));
        Locale language = number % 2 == 0 ? Locale.ENGLISH : Locale.FRENCH;
        MailWriter.Parts parts = writer.write(NAME, language, model(number));
        return new MailContent(
                "p:1",
                "Alice",
                "alice@corp.example",
                parts.subject(),
                parts.text(),
                parts.html(),
                null,
                Map.of("List-Unsubscribe", "<" + link('m', number, 0) + ">"),
                Set.of(),
                true,
                Map.of(),
                null);
    }

    private static Map<String, Object> model(int number) {
        Map<String, List<Map<String, Object>>> sections = Map.of(
                "overdue", new ArrayList<>(), "week", new ArrayList<>(), "new", new ArrayList<>(), "later", List.of());
        for (int item = 0; item < 5; item++) {
            sections.get(item < 2 ? "overdue" : item < 4 ? "week" : "new").add(review(number, item));
        }
        Map<String, Object> model = new HashMap<>();
        model.put("sections", sections);
        model.put("found", List.of(finding(number)));
        for (String none : List.of("missed", "recovery", "lapsed", "waivers", "requests")) {
            model.put(none, List.of());
        }
        model.put("blind", List.of());
        model.put("kind", "notices");
        model.put("about", "");
        model.put("count", 6);
        model.put("reviews", 5);
        model.put("overdue", 2L);
        model.put("more", 0);
        model.put("list", link('d', number, 0));
        model.put("mute", link('m', number, 0));
        model.put("organisation", "Corp");
        model.put("next_due", "Monday 2 March 2026");
        model.put("reply", true);
        model.put("example", "REV-" + (1_000 + number));
        model.put("by_answer", true);
        model.put("asked", "");
        model.put("next_iso", "2026-03-02");
        return model;
    }

    private static Map<String, Object> review(int number, int item) {
        Map<String, Object> model = new HashMap<>();
        model.put("number", item + 1);
        model.put("ref", "REV-" + (1_000 + 10 * number + item));
        model.put("asset", "fw-" + number + "-" + item);
        model.put("asset_name", "Firewall " + number + " of site " + item);
        model.put("link", link('r', number, item));
        model.put("due", "Thursday 12 March 2026");
        model.put("thing", "fw-" + number + "-" + item + " (Firewall " + number + ")");
        model.put("overdue", item < 2);
        model.put("days_late", 7L);
        model.put("has_baseline", true);
        model.put("tells", false);
        model.put("changed", item);
        model.put("failing", 1);
        return model;
    }

    private static Map<String, Object> finding(int number) {
        return Map.of(
                "severity",
                "medium",
                "title",
                "A Telnet service asks for a sign-in in the clear",
                "asset",
                "fw-" + number + "-0",
                "thing",
                "fw-" + number + "-0 (Firewall " + number + ")",
                "since",
                "Wednesday 25 February 2026",
                "instead",
                "",
                "page",
                BASE + "/assets/fw-" + number + "-0");
    }

    private static String link(char door, int number, int item) {
        String handle = Integer.toString(number * 10 + item, 32);
        return BASE + "/" + door + "/" + "a".repeat(40 - handle.length()) + handle;
    }
}

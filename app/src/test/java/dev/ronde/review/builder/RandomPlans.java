package dev.ronde.review.builder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Plans that say anything a plan may say, in the shape of plan files. */
final class RandomPlans {
    private static final List<String> CRITICALITIES = List.of("low", "medium", "high", "critical");
    private static final List<String> WORDS = List.of(
            "prod", "Büro Süd", "R&D *all*", "a: b", "{x}", "- no", "'s", "\"q\"", "Ünit, two", "😀", "#1", "~", "yes");

    private RandomPlans() {}

    static Map<String, Object> tree(Random random) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", "p-" + random.nextInt(1000));
        tree.put("title", one(random, WORDS) + " review");
        if (random.nextBoolean()) {
            tree.put("instructions", "Look at\n\n  * " + one(random, WORDS) + "\n& tell");
        }
        Map<String, Object> scope = new LinkedHashMap<>();
        some(random, scope, "criticality", CRITICALITIES);
        some(random, scope, "kinds", List.of("*", "service.*", "service.redis", "host.linux"));
        some(random, scope, "tags", WORDS);
        some(random, scope, "environments", WORDS);
        some(random, scope, "units", WORDS);
        some(random, scope, "assets", List.of("web-01", "Web_02", "db:3", "x.y"));
        tree.put("scope", scope);
        Map<String, Object> cadence = cadence(random);
        tree.put("cadence", cadence);
        tree.put("zone", one(random, List.of("Europe/Paris", "UTC", "Asia/Kathmandu", "America/Montreal")));
        if (random.nextBoolean() && !cadence.containsKey("once")) {
            tree.put("max_gap_days", 1 + random.nextInt(3660));
        }
        for (String name : List.of("lead_time", "grace", "missed_after")) {
            if (random.nextInt(4) > 0) {
                tree.put(name, "P" + random.nextInt(10_000) + one(random, List.of("D", "W", "M", "Y")));
            }
        }
        some(random, tree, "frameworks", List.of("iso27001:A.8.9", "pci:1.2.7", "own:x"));
        tree.put("assurance", levels(random, List.of("mail_link", "mail_code", "signed_in")));
        tree.put("approval", levels(random, List.of("none", "second_person")));
        tree.put("self_approval", random.nextBoolean());
        if (random.nextBoolean()) {
            Map<String, Object> drift = new LinkedHashMap<>();
            drift.put("watch", random.nextBoolean());
            drift.put("settle", one(random, List.of("PT0S", "PT90S", "PT45M", "PT36H", "P7D", "PT1H30M", "PT24H")));
            drift.put("due", "P" + (1 + random.nextInt(30)) + one(random, List.of("D", "W", "M", "Y")));
            tree.put("drift", drift);
        }
        some(random, tree, "required_protections", List.of("encryption-at-rest", "patch-level", "x"));
        tree.put("checklist", checklist(random));
        return tree;
    }

    private static Map<String, Object> cadence(Random random) {
        Map<String, Object> cadence = new LinkedHashMap<>();
        String date =
                "20" + (20 + random.nextInt(20)) + "-0" + (1 + random.nextInt(9)) + "-" + (10 + random.nextInt(19));
        int kind = random.nextInt(6);
        if (kind == 0) {
            cadence.put("once", date);
            return cadence;
        }
        if (kind == 1) {
            cadence.put("every", "P" + (1 + random.nextInt(1000)) + one(random, List.of("D", "W", "M", "Y")));
            cadence.put("anchor", date);
            return cadence;
        }
        Map<String, Object> day = new LinkedHashMap<>();
        if (kind == 2) {
            day.put("day", 1 + random.nextInt(31));
        } else if (kind > 3) {
            day.put("weekday", one(random, List.of("monday", "wednesday", "sunday")));
            day.put("nth", one(random, List.of("1", "2", "3", "4", "last")));
        }
        cadence.put("monthly", kind == 3 ? "last_day" : day);
        if (random.nextBoolean()) {
            cadence.put("every_months", one(random, List.of("1", "2", "3", "4", "6", "12")));
        }
        if (random.nextBoolean()) {
            cadence.put("anchor", date);
        }
        return cadence;
    }

    private static List<Map<String, Object>> checklist(Random random) {
        List<Map<String, Object>> items = new ArrayList<>();
        IntStream.range(0, random.nextInt(5)).forEach(row -> {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("id", "q" + row);
            item.put("text", one(random, WORDS) + "\nstill right?");
            item.put("answer", one(random, List.of("yes_no", "text")));
            item.put("evidence", one(random, List.of("none", "optional", "required")));
            item.put("required", random.nextBoolean());
            items.add(item);
        });
        return items;
    }

    private static Map<String, Object> levels(Random random, List<String> words) {
        Map<String, Object> levels = new LinkedHashMap<>();
        levels.put("default", one(random, words));
        CRITICALITIES.stream()
                .filter(word -> random.nextInt(3) == 0)
                .forEach(word -> levels.put(word, one(random, words)));
        return levels;
    }

    private static void some(Random random, Map<String, Object> into, String key, List<String> words) {
        LinkedHashSet<String> chosen = new LinkedHashSet<>();
        IntStream.range(0, random.nextInt(4)).forEach(index -> chosen.add(one(random, words)));
        if (!chosen.isEmpty()) {
            into.put(key, List.copyOf(chosen));
        }
    }

    private static String one(Random random, List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}

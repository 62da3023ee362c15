package dev.ronde.evidence.verify;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.NotCanonical;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * V13: layout 1 of a bundle, whole. A later layout gets a class of its own beside this one; nothing within one is optional, or a bundle could
 * pass for one of those that said less.
 */
final class LayoutOne {
    private static final Set<String> FILES = Set.of(
            "README.txt",
            "SHA256SUMS",
            "SHA256SUMS.sig",
            "VERIFY.md",
            "data/private.jsonl",
            "data/records.jsonl",
            "keys/export.pub.pem",
            "keys/key-history.json",
            "keys/log.pub.pem",
            "keys/log.vkey",
            "ledger/checkpoint",
            "ledger/checkpoints.csv",
            "ledger/consistency.json",
            "ledger/index.csv",
            "ledger/range-proof.json",
            "manifest.json",
            "population/assets.csv",
            "population/checks.csv",
            "population/expected_vs_actual.csv",
            "population/exposure.csv",
            "population/people.json",
            "population/reviews.csv",
            "population/waivers.csv",
            "reports/report.html",
            "tools/Verify.java");

    /** Parts of files that may be split, and attachments by their hash. */
    private static final Pattern MORE =
            Pattern.compile("((data|population)/(?!people)[a-z_]+\\.(csv|jsonl)|ledger/index\\.csv)"
                    + "\\.part(?!0000|0001)([0-9]{4}|[1-9][0-9]{4,8})|data/blobs/[0-9a-f]{64}\\.[a-z]{3,4}");

    /** What manifest.json has, each member with a value of its kind; {@code *} stands for any number of names. */
    private static final Map<String, Object> MANIFEST = Canonical.parse("""
            {"asOf":{"root":"","sealedAt":"","treeSize":0},"clock":{"test":true},
             "counts":{"disclosed":0,"leaves":0,"withheld":0},"demonstration":true,
             "files":[{"path":"","sha256":"","size":0}],"formatVersion":1,
             "omissions":[{"count":0,"what":"","why":""}],"ordering":"","origin":"",
             "product":{"name":"","version":""},"range":{"from":0,"until":0},"requestedBy":"","rowsPerPart":0,
             "scope":{"assets":[""],"frameworks":[""],"from":"","timezone":"","to":""},"texts":"","totals":{"*":0}}
            """.getBytes(StandardCharsets.UTF_8));

    private final BundleReader bundle;
    private final Findings findings;

    LayoutOne(BundleReader bundle, Findings findings) {
        this.bundle = bundle;
        this.findings = findings;
    }

    /** Reports everything that is missing and everything that is extra. */
    void check(Set<String> listed) {
        TreeSet<String> missing = new TreeSet<>(FILES);
        for (String path : bundle.paths()) {
            missing.remove(path);
            if (!FILES.contains(path) && !isMore(path)) {
                findings.fail(Step.V13, path + " is not a file of layout 1" + beside(path));
            } else if (!listed.contains(path) && !path.startsWith("SHA256SUMS")) {
                findings.fail(Step.V13, path + " is not listed in SHA256SUMS");
            }
        }
        if (!missing.isEmpty()) {
            findings.fail(Step.V13, "This bundle lacks these files of layout 1: " + String.join(", ", missing));
        }
        if (!missing.contains("manifest.json")) {
            manifest();
        }
    }

    private boolean isMore(String path) {
        return MORE.matcher(path).matches() && (path.contains("/blobs/") || FILES.contains(whole(path)));
    }

    private static String whole(String path) {
        return path.substring(0, path.lastIndexOf(".part"));
    }

    private static String beside(String path) {
        String plain = path.toLowerCase(Locale.ROOT);
        return FILES.stream()
                .filter(file -> file.toLowerCase(Locale.ROOT).equals(plain))
                .findFirst()
                .map(file -> ", and on many computers the same as " + file)
                .orElse("");
    }

    private void manifest() {
        String text = bundle.text("manifest.json");
        try {
            Map<String, Object> manifest = Canonical.parse(text.getBytes(StandardCharsets.UTF_8));
            Object version = manifest.get("formatVersion");
            if (version instanceof Number && !version.equals(1)) {
                findings.fail(
                        Step.V13,
                        "the bundle has layout " + version
                                + ", this Ronde knows layout 1: verify it with the Ronde that made it");
                return;
            }
            compare("", MANIFEST, manifest);
            if (manifest.get("rowsPerPart") instanceof Number rows && rows.longValue() < 1) {
                findings.fail(Step.V13, "manifest.json: rowsPerPart is less than 1");
            }
            if (!text.equals(Canonical.text(manifest) + "\n")) {
                findings.fail(Step.V13, "manifest.json is not in canonical form");
            }
        } catch (NotCanonical e) {
            findings.fail(Step.V13, "manifest.json: " + e.getMessage());
        }
    }

    private void compare(String name, Object shape, Object found) {
        if (shape instanceof Map<?, ?> members && found instanceof Map<?, ?> map) {
            Object any = members.get("*");
            TreeSet<String> names = new TreeSet<>();
            (any == null ? members : map).keySet().forEach(key -> names.add(String.valueOf(key)));
            map.keySet().forEach(key -> names.add(String.valueOf(key)));
            for (String member : names) {
                Object wanted = any == null ? members.get(member) : any;
                Object there = map.get(member);
                if (wanted == null || there == null) {
                    findings.fail(
                            Step.V13,
                            "manifest.json " + (there == null ? "lacks " : "has ") + name + member + ", which layout 1 "
                                    + (there == null ? "has" : "does not have")
                                    + ": a bundle written before layout 1 must be exported again");
                } else {
                    compare(name + member + ".", wanted, there);
                }
            }
        } else if (shape instanceof List<?> items && found instanceof List<?> list) {
            list.forEach(item -> compare(name, items.get(0), item));
        } else if (!kind(shape).equals(kind(found))) {
            findings.fail(
                    Step.V13,
                    "manifest.json: " + name.replaceAll("\\.$", "") + " is not " + kind(shape) + " but " + found);
        }
    }

    private static String kind(Object item) {
        return item instanceof Map
                ? "an object"
                : item instanceof List
                        ? "a list"
                        : item instanceof Number ? "a number" : item instanceof Boolean ? "true or false" : "a text";
    }
}

package dev.ronde.evidence.export;

import dev.ronde.evidence.population.ExportScope;
import dev.ronde.platform.http.Limits;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /api/v1/evidence/exports}: days in UTC, both included; {@code to} may lie ahead. */
public record ExportRequest(
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable List<String> frameworks,
        @Nullable List<String> assets,
        @Nullable String lang) {
    private static final int MOST = 200;

    /** The scope; 422 with a pointer for each field that cannot be accepted. */
    public ExportScope scope() {
        List<FieldError> errors = new ArrayList<>();
        if (from == null) {
            errors.add(new FieldError("/from", "required", "Say the first day, such as 2026-01-01."));
        }
        if (to == null) {
            errors.add(new FieldError("/to", "required", "Say the last day, such as 2026-03-31; it may lie ahead."));
        }
        if (from != null && to != null && to.isBefore(from)) {
            errors.add(new FieldError("/to", "before_from", "The last day is before the first day. Swap them."));
        }
        requireNames(errors, "/frameworks", frameworks);
        requireNames(errors, "/assets", assets);
        if (lang != null && !List.of("en", "fr").contains(lang)) {
            errors.add(new FieldError("/lang", "unknown_language", "Say en or fr, or nothing for en."));
        }
        if (!errors.isEmpty() || from == null || to == null) {
            throw Problem.invalid(errors);
        }
        return new ExportScope(from, to, cleaned(frameworks), cleaned(assets));
    }

    /** Of the papers; English where nothing is said. */
    Locale language() {
        return lang == null ? Locale.ENGLISH : Locale.forLanguageTag(lang);
    }

    /**
     * The same within an engagement.
     *
     * @param seen the assets of it, where those are not all
     * @throws Problem (403) where it names something else
     */
    ExportRequest within(Limits limits, List<String> seen) {
        List<String> wantedFrameworks = frameworks == null || frameworks.isEmpty() ? limits.frameworks() : frameworks;
        List<String> wantedAssets = assets == null || assets.isEmpty() ? seen : assets;
        boolean all = wantedFrameworks.stream().allMatch(limits::covers)
                && (limits.allAssets() || (!seen.isEmpty() && seen.containsAll(wantedAssets)));
        if (!all) {
            throw Limits.outside();
        }
        return new ExportRequest(from, to, wantedFrameworks, wantedAssets, lang);
    }

    /**
     * What the request names and nothing here has.
     *
     * @param controls every control something may be mapped to, such as {@code iso27001:A.8.9}
     * @param assetExists whether an asset of this ref exists or existed
     */
    List<FieldError> unknown(Set<String> controls, Predicate<String> assetExists) {
        List<FieldError> errors = new ArrayList<>();
        Set<String> known = new TreeSet<>();
        controls.forEach(control -> known.add(control.split(":", 2)[0]));
        List<String> wanted = frameworks == null ? List.of() : frameworks;
        for (int i = 0; i < wanted.size(); i++) {
            String name = wanted.get(i);
            String framework = name.split(":", 2)[0];
            if (!known.contains(framework)) {
                errors.add(new FieldError(
                        "/frameworks/" + i,
                        "unknown_framework",
                        "There is no framework " + framework + ". Known: " + String.join(", ", known) + "."));
            } else if (!name.equals(framework) && !controls.contains(name)) {
                errors.add(new FieldError(
                        "/frameworks/" + i,
                        "unknown_framework",
                        "No check and no plan names the control " + name + ". Name " + framework + " for all of it."));
            }
        }
        List<String> refs = assets == null ? List.of() : assets;
        for (int i = 0; i < refs.size(); i++) {
            if (!assetExists.test(refs.get(i))) {
                errors.add(new FieldError(
                        "/assets/" + i,
                        "unknown_asset",
                        "There never was an asset " + refs.get(i) + ". Check its spelling, capitals included."));
            }
        }
        return errors;
    }

    private static void requireNames(List<FieldError> errors, String pointer, @Nullable List<String> names) {
        if (names == null) {
            return;
        }
        if (names.size() > MOST) {
            errors.add(new FieldError(
                    pointer, "too_many", "At most " + MOST + " can be named. Name fewer, or none for all."));
        }
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name == null || !name.matches("[A-Za-z0-9][A-Za-z0-9._: -]{0,99}")) {
                errors.add(new FieldError(
                        pointer + "/" + i, "bad_name", "This is not a name that can exist. Check its spelling."));
            }
        }
    }

    private static List<String> cleaned(@Nullable List<String> names) {
        return names == null ? List.of() : names.stream().distinct().sorted().toList();
    }
}

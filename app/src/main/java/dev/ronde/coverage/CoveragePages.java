package dev.ronde.coverage;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.schedule.KeptFigures;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Coverage by unit, kind and framework, the assets and controls behind it, and what is not known. */
final class CoveragePages implements Routes {
    private final Coverages coverages;
    private final PageRenderer pages;

    CoveragePages(Coverages coverages, PageRenderer pages) {
        this.coverages = coverages;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get("/coverage", Access.READERS, this::estate);
        router.get("/coverage/assets", Access.READERS, this::assets);
        router.get("/coverage/gaps", Access.READERS, this::gaps);
        router.get("/coverage/frameworks/{id}", Access.READERS, this::framework);
    }

    private void estate(Context context) {
        Requests.query(context);
        Map<String, Object> model = new HashMap<>();
        model.put("estate", coverages.estate(Requests.principal(context).confinedTo()));
        pages.render(context, "web/coverage/estate.peb", model);
    }

    private void assets(Context context) {
        Query query = Requests.query(context, CoverageQuestions.ofAssets("limit", "cursor"));
        String after = query.cursor(1).map(cursor -> cursor.get(0)).orElse(null);
        PageOf<AssetCoverage> page = coverages.assets(
                CoverageQuestions.assetFilter(query, Requests.principal(context)), after, query.limit());
        Map<String, Object> model = listed(query, page, "/coverage/assets", List.of("kind", "unit"));
        pages.render(context, "web/coverage/assets.peb", model);
    }

    private void gaps(Context context) {
        Query query = Requests.query(context, CoverageQuestions.ofGaps("limit", "cursor"));
        Principal principal = Requests.principal(context);
        PageOf<GapRow> page =
                coverages.gaps(CoverageQuestions.gapFilter(query, principal), query.cursor(3), query.limit());
        Map<String, Object> model = listed(query, page, "/coverage/gaps", List.of("gap", "asset", "unit", "owner"));
        KeptFigures.Read<Map<Gap, Long>> counts = coverages.gaps(principal.confinedTo());
        model.put("why", coverages.why(page.items(), pages.reader(context).locale()));
        model.put("counts", counts.value());
        model.put("asOf", counts.at());
        model.put("gaps", Arrays.stream(Gap.values()).map(Gap::word).toList());
        pages.render(context, "web/coverage/gaps.peb", model);
    }

    private static Map<String, Object> listed(Query query, PageOf<?> page, String path, List<String> names) {
        Map<String, String> given = new TreeMap<>(query.values());
        given.keySet().removeAll(List.of("limit", "cursor"));
        given.values().removeIf(String::isBlank);
        Map<String, String> shown = new HashMap<>(given);
        names.forEach(name -> shown.putIfAbsent(name, ""));
        Map<String, Object> model = new HashMap<>();
        model.put("lines", page.items());
        model.put("total", page.count());
        model.put("filter", shown);
        model.put("filtered", !given.isEmpty());
        model.put("matching", given.isEmpty() ? "" : "?" + encoded(given));
        model.put("next", next(page.nextCursor(), path, given));
        return model;
    }

    private static String next(@Nullable String cursor, String path, Map<String, String> given) {
        if (cursor == null) {
            return "";
        }
        Map<String, String> all = new TreeMap<>(given);
        all.put("cursor", cursor);
        return path + "?" + encoded(all);
    }

    private static String encoded(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private void framework(Context context) {
        Requests.query(context);
        Map<String, Object> model = new HashMap<>();
        model.put(
                "framework",
                coverages.framework(
                        context.pathParam("id"), Requests.principal(context).confinedTo()));
        pages.render(context, "web/coverage/framework.peb", model);
    }
}

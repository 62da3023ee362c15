package dev.ronde.account;

import dev.ronde.cadence.Holidays;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Intake;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

record HolidayPages(Database database, InstantSource clock, HolidayImport imports, PageRenderer pages)
        implements Routes {
    private static final int MAX_BYTES = 1_000_000;
    /** A zone is listed as ending this many days before its last known holiday. */
    private static final int SOON = 60;

    @Override
    public void register(Router router) {
        router.get("/people/holidays", Access.LEADS, context -> render(context, Map.of()));
        router.post("/people/holidays", Access.LEADS, Intake.file(MAX_BYTES), this::take);
        router.get("/api/v1/holidays", Access.READERS, this::listJson);
        router.post("/api/v1/holidays/import", Access.LEADS, this::importJson);
    }

    public record ZoneLine(String zone, int days, LocalDate first, LocalDate last) {}

    private void take(Context context) {
        UploadedFile file = context.uploadedFile("calendar");
        Optional<ZoneId> zone =
                Zones.parse(Optional.ofNullable(context.formParam("zone")).orElse(""));
        if (zone.isEmpty() || file == null || file.size() == 0 || file.size() > MAX_BYTES) {
            context.status(422);
            render(context, Map.of("refused", zone.isEmpty() ? "zone" : "file_missing"));
            return;
        }
        try {
            String text = text(file);
            Actor by = Actor.of(Requests.principal(context));
            render(context, Map.of("taken", database.inTransaction(tx -> imports.replace(tx, zone.get(), text, by))));
        } catch (Problem refused) {
            if (refused.status() != 422) {
                throw refused;
            }
            context.status(422);
            String code =
                    refused.errors().stream().map(FieldError::code).findFirst().orElse("no_holidays");
            String key = "account.holiday." + code;
            render(
                    context,
                    Map.of(
                            "refused",
                            code,
                            "why",
                            pages.words(context).text(key, refused.values().toArray())));
        }
    }

    private static String text(UploadedFile file) {
        try (InputStream in = file.content()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void render(Context context, Map<String, Object> said) {
        Map<String, ZoneLine> zones = new LinkedHashMap<>();
        for (Holiday day : database.read(imports::list)) {
            zones.merge(
                    day.zone(),
                    new ZoneLine(day.zone(), 1, day.dayOn(), day.dayOn()),
                    (known, more) -> new ZoneLine(known.zone(), known.days() + 1, known.first(), more.last()));
        }
        Map<String, Object> model = new HashMap<>();
        LocalDate soon = LocalTimes.dayOf(clock.instant(), ZoneOffset.UTC).plusDays(SOON);
        model.put(
                "ending",
                zones.values().stream()
                        .filter(line -> line.last().isBefore(soon))
                        .map(ZoneLine::zone)
                        .toList());
        model.put("zones", zones.values());
        model.put("names", Zones.names());
        model.put("taken", "");
        model.put("refused", "");
        model.put("why", "");
        model.putAll(said);
        pages.render(context, "web/account/holidays.peb", model);
    }

    private void listJson(Context context) {
        Query query = Requests.query(context, "zone", "sort", "limit", "cursor");
        Optional<ZoneId> zone = query.text("zone").map(said -> Zones.parse(said).orElseThrow(HolidayPages::badZone));
        List<Map<String, Object>> days = database.read(imports::list).stream()
                .filter(day -> zone.isEmpty() || day.zone().equals(zone.get().getId()))
                .map(HolidayPages::json)
                .toList();
        Requests.list(context, PageOf.whole(days, query));
    }

    private static Map<String, Object> json(Holiday day) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("zone", day.zone());
        json.put("day", day.dayOn());
        json.put("name", day.name());
        return json;
    }

    private static Problem badZone() {
        return Problem.badRequest("bad_zone", "Name the zone: ?zone=Europe/Berlin");
    }

    private void importJson(Context context) {
        ZoneId zone = Requests.query(context, "zone")
                .text("zone")
                .flatMap(Zones::parse)
                .orElseThrow(HolidayPages::badZone);
        String text = new String(Requests.bytes(context, MAX_BYTES), StandardCharsets.UTF_8);
        Actor by = Actor.of(Requests.principal(context));
        HolidayImport.Taken taken = database.inTransaction(tx -> imports.replace(tx, zone, text, by));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("zone", zone.getId());
        json.put("days", taken.days());
        json.put("last", taken.lastOn());
        json.put("left_out", taken.leftOut());
        json.put("built_in", Holidays.of(zone) != Holidays.NONE);
        context.json(json);
    }
}

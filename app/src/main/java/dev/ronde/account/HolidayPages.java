package dev.ronde.account;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
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
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The page of holidays: what is built in, what was imported, and the import. */
final class HolidayPages implements Routes {
    private static final int MAX_BYTES = 1_000_000;

    private final Database database;
    private final HolidayImport imports;
    private final PageRenderer pages;

    HolidayPages(AccountRoom room, PageRenderer pages) {
        this.database = room.database();
        this.imports = room.holidays();
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get("/people/holidays", Access.LEADS, context -> render(context, "", 0));
        router.post("/people/holidays", Access.LEADS, this::take);
    }

    /** The days of one zone as the page sums them up. */
    public record ZoneLine(String zone, int days, LocalDate first, LocalDate last) {}

    private void take(Context context) {
        UploadedFile file = context.uploadedFile("calendar");
        Optional<ZoneId> zone =
                Zones.parse(Optional.ofNullable(context.formParam("zone")).orElse(""));
        if (zone.isEmpty() || file == null || file.size() == 0 || file.size() > MAX_BYTES) {
            context.status(422);
            render(context, zone.isEmpty() ? "zone" : "file_missing", 0);
            return;
        }
        try {
            String text = text(file);
            Actor by = Actor.of(Requests.principal(context));
            render(context, "done", database.inTransaction(tx -> imports.replace(tx, zone.get(), text, by)));
        } catch (Problem refused) {
            if (refused.status() != 422) {
                throw refused;
            }
            context.status(422);
            String code =
                    refused.errors().stream().map(FieldError::code).findFirst().orElse("no_holidays");
            render(context, code, 0);
        }
    }

    private static String text(UploadedFile file) {
        try (InputStream in = file.content()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void render(Context context, String said, int count) {
        Map<String, ZoneLine> zones = new LinkedHashMap<>();
        for (Holiday day : database.read(imports::list)) {
            zones.merge(
                    day.zone(),
                    new ZoneLine(day.zone(), 1, day.dayOn(), day.dayOn()),
                    (known, more) -> new ZoneLine(known.zone(), known.days() + 1, known.first(), more.last()));
        }
        Map<String, Object> model = new HashMap<>();
        model.put("zones", zones.values());
        model.put("names", Zones.names());
        model.put("said", said);
        model.put("count", count);
        pages.render(context, "web/account/holidays.peb", model);
    }
}

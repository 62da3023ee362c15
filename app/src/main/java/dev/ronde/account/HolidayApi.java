package dev.ronde.account;

import dev.ronde.cadence.Holidays;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

record HolidayApi(Database database, HolidayImport imports) implements Routes {
    private static final int MAX_BYTES = 1_000_000;

    @Override
    public void register(Router router) {
        router.get("/api/v1/holidays", Access.READERS, this::list);
        router.post("/api/v1/holidays/import", Access.LEADS, this::importFile);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "zone", "sort", "limit", "cursor");
        Optional<ZoneId> zone = query.text("zone").map(said -> Zones.parse(said).orElseThrow(HolidayApi::badZone));
        List<Map<String, Object>> days = database.read(imports::list).stream()
                .filter(day -> zone.isEmpty() || day.zone().equals(zone.get().getId()))
                .map(HolidayApi::json)
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

    private void importFile(Context context) {
        ZoneId zone = Requests.query(context, "zone")
                .text("zone")
                .flatMap(Zones::parse)
                .orElseThrow(HolidayApi::badZone);
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

package dev.ronde.account;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The time zones people choose from: regions of the IANA database, without offsets and legacy names. */
public final class Zones {
    private static final List<String> NAMES = ZoneId.getAvailableZoneIds().stream()
            .filter(id -> id.matches("(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+")
                    || id.equals("UTC"))
            .sorted()
            .toList();

    private Zones() {}

    public static List<String> names() {
        return NAMES;
    }

    static Optional<ZoneId> parse(String text) {
        try {
            return Optional.of(ZoneId.of(text.strip()))
                    .filter(zone -> ZoneId.getAvailableZoneIds().contains(zone.getId()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

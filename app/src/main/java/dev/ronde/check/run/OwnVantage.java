package dev.ronde.check.run;

import dev.ronde.check.probe.NameServer;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import java.time.ZoneId;
import java.util.Map;

/**
 * Where this server stands.
 *
 * @param zone {@code internal} or {@code external}
 * @param time zone of assets that have none of their own
 * @param resolver see {@link NameServer#fields}
 */
public record OwnVantage(String zone, ZoneId time, Map<String, Object> resolver) {
    private static final String EXTERNAL = "external";

    public static OwnVantage of(Settings settings) {
        return new OwnVantage(
                settings.get(Setting.PROBE_VANTAGE),
                settings.zone(),
                NameServer.of(settings).fields());
    }

    boolean outside() {
        return zone.equals(EXTERNAL);
    }
}

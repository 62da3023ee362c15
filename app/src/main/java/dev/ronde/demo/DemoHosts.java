package dev.ronde.demo;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.platform.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the agents on the invented hosts report. */
final class DemoHosts {
    private DemoHosts() {}

    static String facts(Asset asset, int day) {
        boolean windows = asset.kind().equals("host.windows");
        boolean plainDisk = asset.ref().equals("fin-laptop-cfo") && day > 50;
        boolean behind = (asset.ref().equals("logi-scan-02") && day % 30 > 24)
                || (asset.ref().equals("sup-mail-01") && day > 78);
        String version = windows ? "11 24H2" : day < 40 ? "13.1" : "13.2";
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(
                "os",
                Map.of(
                        "family",
                        windows ? "windows" : "linux",
                        "name",
                        windows ? "Windows" : "Debian",
                        "version",
                        version,
                        "supported",
                        true));
        facts.put(
                "disks",
                List.of(Map.of(
                        "device", windows ? "C:" : "vda",
                        "encrypted", !plainDisk,
                        "method", plainDisk ? "none" : windows ? "bitlocker" : "luks")));
        facts.put(
                "patches",
                Map.of(
                        "pending_security",
                        behind ? 4 : 0,
                        "pending_critical",
                        behind ? 1 : 0,
                        "reboot_required",
                        false,
                        "automatic",
                        true));
        facts.put("firewall", Map.of("enabled", true, "default_inbound", "deny"));
        facts.put("malware_defence", Map.of("enabled", true, "real_time", true));
        facts.put("listeners", List.of());
        facts.put("time_sync", Map.of("enabled", true));
        facts.put("local_admins", Map.of("count", 2));
        facts.put("audit_logging", Map.of("enabled", true, "forwarded", true));
        if (!windows) {
            facts.put("ssh", Map.of("password_authentication", false, "permit_root_login", "no"));
        }
        return Json.write(facts);
    }
}

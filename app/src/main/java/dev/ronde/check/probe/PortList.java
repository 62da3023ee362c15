package dev.ronde.check.probe;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** TCP ports as check files, parameters and the inventory write them: {@code 443}, {@code 6379/tcp}, {@code 8000-8010/tcp}. */
public final class PortList {
    private static final Pattern ENTRY = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/(tcp|udp))?");
    private static final int HIGHEST = 65_535;

    private PortList() {}

    /**
     * Reads a comma list. UDP ports are left out, since nothing connects to them; what is named twice stands where it is named last.
     *
     * @return empty where any entry is no port
     */
    public static List<Integer> parse(String text) {
        Set<Integer> ports = new LinkedHashSet<>();
        for (String part : text.split(",", -1)) {
            Matcher entry = ENTRY.matcher(part.strip());
            if (part.isBlank()) {
                continue;
            }
            if (!entry.matches()) {
                return List.of();
            }
            int first = Integer.parseInt(entry.group(1));
            int last = entry.group(2) == null ? first : Integer.parseInt(entry.group(2));
            if (first < 1 || last > HIGHEST || last < first) {
                return List.of();
            }
            for (int port = first; port <= last && !"udp".equals(entry.group(3)); port++) {
                ports.remove(port);
                ports.add(port);
            }
        }
        return List.copyOf(new ArrayList<>(ports));
    }
}

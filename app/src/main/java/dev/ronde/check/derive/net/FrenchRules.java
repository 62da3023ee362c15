package dev.ronde.check.derive.net;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in French what derivers call rules, the lists they stand in and the groups they name; what somebody wrote stays as it is. */
public final class FrenchRules {
    private static final Map<String, String> OWNERS = Map.of(
            "the network manager", "gestionnaire de réseau",
            "the subnet's group", "groupe du sous-réseau",
            "the interface's group", "groupe de l’interface");

    private static final Pattern NETWORK = Pattern.compile("network ([a-z][-a-z0-9]*)");
    private static final Pattern UNNAMED = Pattern.compile("(all|[a-z0-9]+)( [0-9]+(?:-[0-9]+)?)? (from|to) (\\S+)");
    private static final String START = "(?<=^|, | and )";

    private FrenchRules() {}

    public static String name(String name) {
        Matcher unnamed = UNNAMED.matcher(name);
        if (!unnamed.matches()) {
            return name;
        }
        String ports = unnamed.group(2);
        return (unnamed.group(1).equals("all") ? "tout" : unnamed.group(1))
                + (ports == null ? "" : ports)
                + (unnamed.group(3).equals("from") ? " depuis " : " vers ")
                + unnamed.group(4);
    }

    public static String owner(String owner) {
        Matcher network = NETWORK.matcher(owner);
        return network.matches() ? "réseau " + network.group(1) : OWNERS.getOrDefault(owner, owner);
    }

    static String of(String owner) {
        String french = owner(owner);
        return (french.equals(owner) ? " de " : " du ") + french;
    }

    public static String place(String place) {
        return place.equals("tags or service accounts")
                ? "étiquettes ou comptes de service"
                : place.replaceAll(START + "tag ", "étiquette ")
                        .replaceAll(START + "service account ", "compte de service ");
    }
}

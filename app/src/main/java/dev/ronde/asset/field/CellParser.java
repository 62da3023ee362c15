package dev.ronde.asset.field;

import dev.ronde.account.EmailAddress;
import dev.ronde.platform.address.HostName;
import dev.ronde.platform.problem.DidYouMean;
import dev.ronde.platform.text.Worded;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the text of one field into its value, whether it came from a CSV cell, a JSON body or a form. Pure. */
public final class CellParser {
    public static final Set<String> STARTTLS =
            Set.of("smtp", "imap", "pop3", "ftp", "ldap", "xmpp", "postgres", "mysql", "sieve");

    private static final Set<String> RESERVED_REFS = Set.of("new", "import", "bulk");

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern ISO_DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final int MOST_VALUES = 100;
    private static final int LONGEST_TAG = 50;

    public static final String PARAMETER = "param:";

    private static final int LONGEST_PARAMETER = 200;
    private static final Map<AssetField, Integer> LONGEST = Map.of(
            AssetField.NAME, 200,
            AssetField.ENVIRONMENT, 50,
            AssetField.DATA_CLASS, 100,
            AssetField.UNIT, 100,
            AssetField.NOTES, 4_000);

    private final AssetWords words;
    private final LocalDate today;

    /** A parser against the vocabulary and the calendar of an instant; the day is the newest anywhere on earth. */
    public CellParser(AssetWords words, Instant now) {
        this.words = words;
        this.today = LocalDate.ofInstant(now, ZoneOffset.ofHours(14));
    }

    /**
     * The value of the text, or null if it is empty and the field may be.
     *
     * @throws CellRefused for a text that cannot be its value
     */
    public @Nullable Object parse(AssetField field, String raw) {
        String text = CellText.strip(raw);
        if (text.isEmpty()) {
            if (field.required()) {
                throw new CellRefused("required");
            }
            return emptyValue(field);
        }
        return switch (field) {
            case REF -> ref(text);
            case NAME, ENVIRONMENT, DATA_CLASS, UNIT -> CellText.line(text, longest(field));
            case NOTES -> CellText.lines(text, longest(field));
            case KIND -> kind(CellText.line(text, 200));
            case OWNER, BACKUP, MANAGER -> address(CellText.line(text, 320));
            case CRITICALITY -> criticality(CellText.line(text, 200));
            case ADDRESS -> HostText.hostOrAddress(CellText.line(text, 300));
            case HOSTNAME -> HostText.hostName(CellText.line(text, 300));
            case PORT -> port(text);
            case STARTTLS -> oneOf(text, STARTTLS, "unknown_starttls");
            case ZONE -> zone(CellText.line(text, 100));
            case TAGS -> tags(text);
            case DECLARED_PORTS -> ports(text);
            case EXPECTED_CLOSED -> truth(text);
            case PROBE_AUTHORISED_UNTIL -> date(text);
            case LAST_REVIEW_ON -> pastDate(text);
        };
    }

    public static @Nullable Object emptyValue(AssetField field) {
        return switch (field) {
            case CRITICALITY -> Criticality.MEDIUM;
            case TAGS, DECLARED_PORTS -> List.of();
            default -> null;
        };
    }

    private static String address(String text) {
        return EmailAddress.parse(text)
                .map(EmailAddress::lookupKey)
                .orElseThrow(() -> new CellRefused("not_an_email", text));
    }

    private static int longest(AssetField field) {
        return LONGEST.getOrDefault(field, 200);
    }

    private static String ref(String text) {
        if (!AssetField.isRef(text)) {
            throw new CellRefused("bad_ref", CellText.line(text, 200));
        }
        if (RESERVED_REFS.contains(text)) {
            throw new CellRefused("reserved_ref", text);
        }
        return text;
    }

    private String kind(String text) {
        Set<String> kinds = words.kinds();
        if (kinds.contains(text)) {
            return text;
        }
        throw DidYouMean.nearest(text, kinds)
                .map(near -> new CellRefused("unknown_kind_near", text, near))
                .orElseGet(() -> new CellRefused("unknown_kind", text, String.join(", ", new TreeSet<>(kinds))));
    }

    private static Criticality criticality(String text) {
        return Worded.find(Criticality.class, text.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new CellRefused("unknown_criticality", text));
    }

    private static String oneOf(String text, Set<String> words, String code) {
        String word = text.toLowerCase(Locale.ROOT);
        if (!words.contains(word)) {
            throw new CellRefused(code, CellText.line(text, 200), String.join(", ", new TreeSet<>(words)));
        }
        return word;
    }

    private static Integer port(String text) {
        int number = DIGITS.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (number < 1 || number > 65_535) {
            throw new CellRefused("bad_port", CellText.line(text, 200));
        }
        return number;
    }

    private static ZoneId zone(String text) {
        Set<String> known = ZoneId.getAvailableZoneIds();
        if (known.contains(text)) {
            return ZoneId.of(text);
        }
        throw DidYouMean.nearest(text, known)
                .map(near -> new CellRefused("unknown_zone_near", text, near))
                .orElseGet(() -> new CellRefused("unknown_zone", text));
    }

    private static List<String> tags(String text) {
        return bounded(values(text).stream()
                .map(tag -> CellText.line(tag, tag.startsWith(PARAMETER) ? LONGEST_PARAMETER : LONGEST_TAG))
                .distinct()
                .sorted()
                .toList());
    }

    private static List<Integer> ports(String text) {
        return bounded(
                values(text).stream().map(CellParser::port).distinct().sorted().toList());
    }

    private static <T> List<T> bounded(List<T> values) {
        if (values.size() > MOST_VALUES) {
            throw new CellRefused("too_many_values", MOST_VALUES, values.size());
        }
        return values;
    }

    private static List<String> values(String text) {
        return Arrays.stream(text.split("\\|", -1))
                .map(CellText::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** True or null: false is left out. */
    private static @Nullable Boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Boolean.TRUE;
            case "false" -> null;
            default -> throw new CellRefused("bad_truth", CellText.line(text, 200));
        };
    }

    private static LocalDate date(String text) {
        try {
            if (ISO_DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeParseException notInTheCalendar) {
            throw new CellRefused("no_such_date", text);
        }
        throw new CellRefused("bad_date", CellText.line(text, 200));
    }

    private LocalDate pastDate(String text) {
        LocalDate date = date(text);
        if (date.isAfter(today)) {
            throw new CellRefused("date_ahead", text);
        }
        return date;
    }

    /** Reads a host name (RFC 1123, underscore tolerated, IDN as A-labels) or an IP address, without ever asking the DNS. */
    private static final class HostText {
        private static final Pattern NUMBER_LIKE = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");
        private static final Pattern IPV6_LIKE = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*");

        private HostText() {}

        /** A host name or an IPv4 or IPv6 address in its usual spelling. */
        static String hostOrAddress(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            if (lower.contains("/")) {
                throw new CellRefused("url_not_host", text);
            }
            boolean six = IPV6_LIKE.matcher(lower).matches();
            if (!six && (lower.contains(":") || lower.contains("["))) {
                throw new CellRefused("host_with_port", text);
            }
            try {
                HostName host = HostName.parse(lower);
                return host.address().isPresent() ? lower : host.text();
            } catch (IllegalArgumentException refused) {
                throw new CellRefused(six || NUMBER_LIKE.matcher(lower).matches() ? "bad_address" : "bad_host", text);
            }
        }

        /** A host name, never an address, because it goes into SNI (RFC 6066 §3). */
        static String hostName(String text) {
            String host = hostOrAddress(text);
            if (host.contains(":") || NUMBER_LIKE.matcher(host).matches()) {
                throw new CellRefused("name_not_address", text);
            }
            return host;
        }
    }
}

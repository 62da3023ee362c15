package dev.ronde.check.probe;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whom a group behind an export means. Names of hosts and groups are read where they stand, so that nothing of them is left to wipe. */
final class NfsGroup {
    private static final Pattern WORDS = Pattern.compile("\\*|\\(everyone\\)");
    private static final Pattern NETWORK = Pattern.compile(
            "@?(?<address>[0-9.]+|(?<first>[0-9a-fA-F]{0,4})(?<six>:)[0-9a-fA-F:.]*)(?:/(?<mask>[0-9a-fA-F.:]*))?");
    private static final Pattern ZERO = Pattern.compile("[0.:]*[.:][0.:]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");
    private static final Pattern MASK =
            Pattern.compile("[0-9]{0,5}(\\.[0-9]{0,5})+|[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4})+");

    private NfsGroup() {}

    /**
     * Returns whether it is everybody: by a word, or by a network that is too wide to be anybody's, with a prefix length or a mask. Solaris
     * writes {@code @} before networks; BSD leaves the mask out, so that the address of no host stands for all.
     */
    static boolean isEverybody(CharSequence group) {
        Matcher network = NETWORK.matcher(group);
        if (!network.matches()) {
            return WORDS.matcher(group).matches();
        }
        String mask = network.group("mask");
        if (mask == null) {
            return ZERO.matcher(network.group("address")).matches();
        }
        boolean length = LENGTH.matcher(mask).matches();
        if (!length && !MASK.matcher(mask).matches()) {
            return false;
        }
        int bits = length ? Integer.parseInt(mask) : ones(mask);
        return network.group("six") == null
                ? NetworkWidth.isEverybody4(bits)
                : NetworkWidth.isEverybody6(bits) && !isLocal("0" + network.group("first"), bits);
    }

    private static int ones(String mask) {
        int radix = mask.indexOf(':') < 0 ? 10 : 16;
        return Arrays.stream(mask.split("[.:]"))
                .mapToInt(part -> Integer.bitCount(Integer.parseInt("0" + part, radix)))
                .sum();
    }

    /** Unique local and link-local addresses (RFC 4193, RFC 4291 §2.5.6) are wide and lead to nobody outside. */
    private static boolean isLocal(String first, int bits) {
        int group = Integer.parseInt(first, 16);
        return (bits >= 7 && (group & 0xfe00) == 0xfc00) || (bits >= 10 && (group & 0xffc0) == 0xfe80);
    }
}

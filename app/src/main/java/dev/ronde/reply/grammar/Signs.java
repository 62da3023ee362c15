package dev.ronde.reply.grammar;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The signs people set beside words. Only those that are known to approve are passed over. */
final class Signs {
    private static final Set<Integer> APPROVING =
            "✅✔☑👍🙂😊😀😃😄🎉🙏👌💪🆗".codePoints().boxed().collect(Collectors.toUnmodifiableSet());

    private static final String FROWN = "(?<![\\p{L}\\p{N}])[:;]'?-?[(/|\\\\\\[](?=\\s|$)";

    /** Faces that frown (not the beginning of an address), boxes that are empty or crossed, and digits that are none on paper. */
    private static final Pattern DOUBTING = Pattern.compile(FROWN + "|[:;]'?-?[(/|\\\\\\[]\\s*$"
            + "|\\[ ?x? ?\\]|\\( ?\\)|^\\s*!|[\\u00B2\\u00B3\\u00B9\\u2070-\\u209F]|;$|^.{0,20}\\u037E");

    private static final Pattern FROWNING = Pattern.compile(FROWN);

    private static final Set<Integer> DENYING =
            "☐☒✗✘✖❌❎🚫⛔👎🛑🙅".codePoints().boxed().collect(Collectors.toUnmodifiableSet());

    private Signs() {}

    static boolean approving(String text) {
        return !DOUBTING.matcher(text).find() && text.codePoints().allMatch(Signs::known);
    }

    static boolean denying(String text) {
        return text.codePoints().anyMatch(DENYING::contains);
    }

    static boolean frowning(String text) {
        return FROWNING.matcher(text).find();
    }

    private static boolean known(int point) {
        return switch (Character.getType(point)) {
            case Character.OTHER_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> APPROVING.contains(point) || skin(point) || point == '`' || point == 0xB4;
            case Character.ENCLOSING_MARK -> false;
            // accents only; what strikes through or crosses out lies beyond
            case Character.NON_SPACING_MARK -> (point >= 0x300 && point <= 0x333) || point == 0xFE0F;
            case Character.MATH_SYMBOL -> point != 0xD7 && point < 0x2200;
            default -> true;
        };
    }

    private static boolean skin(int point) {
        return point >= 0x1F3FB && point <= 0x1F3FF;
    }
}

package dev.ronde.catalogue.cel;

import dev.cel.bundle.Cel;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.validator.CelAstValidator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps regular expressions of check files small before anybody compiles them: counted repetitions are written out by the compiler, and
 * nested ones fill the memory from a line of text (measured: {@code ((a{1,999}){1,999}){1,999}} ended the whole server).
 */
public final class RegexSize {
    private static final int MAX_SIZE = 1_000;
    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

    /** Flags for what follows; a count after them repeats what comes before them. */
    private static final Pattern FLAGS = Pattern.compile("\\(\\?[a-zA-Z-]*\\)");

    /** Several letters in a class, not a range's start: {@code [:alpha:]}, {@code \\d}, {@code \\p{Greek}}. */
    private static final Pattern SET =
            Pattern.compile("\\[:.*?:]|\\\\[dDsSwW]|\\\\[pP](?:\\{[^}]*}|.)", Pattern.DOTALL);

    private RegexSize() {}

    /** Returns what is wrong with the size of a regular expression, to follow its name in a sentence; empty for small ones. */
    public static Optional<String> problem(String pattern) {
        return size(pattern) > MAX_SIZE
                ? Optional.of("is too large; written out without counts, it may have " + MAX_SIZE + " parts")
                : Optional.empty();
    }

    /** The number of parts with counts written out, never too few; at most slightly over the limit. */
    private static long size(String pattern) {
        if (pattern.contains("\\Q")) {
            return MAX_SIZE + 1L; // a quoted part could hide where groups begin and end
        }
        Deque<Long> outer = new ArrayDeque<>();
        long sum = 0;
        long last = 0;
        int at = 0;
        Matcher count = COUNT.matcher(pattern);
        Matcher flags = FLAGS.matcher(pattern);
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '(' && flags.region(at, pattern.length()).lookingAt()) {
                at = flags.end();
            } else if (c == '(') {
                outer.push(sum);
                sum = 1;
                last = 0;
                at++;
            } else if (c == ')' && !outer.isEmpty()) {
                last = sum;
                sum += outer.pop();
                at++;
            } else if (c == '{' && count.region(at, pattern.length()).lookingAt()) {
                long times = times(count);
                sum = limited(sum + last * times);
                last = limited(last * times);
                at = count.end();
            } else if (c == '*' || c == '+' || c == '?') {
                last = limited(last + 1);
                sum = limited(sum + 1);
                at++;
            } else {
                at = c == '[' ? afterClass(pattern, at) : c == '\\' ? at + 2 : at + 1;
                last = 1;
                sum = limited(sum + 1);
            }
        }
        while (!outer.isEmpty()) {
            sum += outer.pop();
        }
        return sum;
    }

    private static long times(Matcher count) {
        long least = Long.parseLong(count.group(1));
        String most = count.group(2);
        return most == null || most.isEmpty() ? least + 1 : Math.max(least, Long.parseLong(most));
    }

    private static long limited(long size) {
        return Math.min(size, MAX_SIZE + 1L);
    }

    /** The end of the class that begins here; a bracket right after the opening is literal. */
    private static int afterClass(String pattern, int at) {
        int end = pattern.startsWith("^", at + 1) ? at + 2 : at + 1;
        boolean first = true;
        while (end < pattern.length() && (first || pattern.charAt(end) != ']')) {
            first = false;
            Matcher set = SET.matcher(pattern).region(end, pattern.length());
            if (set.lookingAt()) {
                end = set.end();
                continue;
            }
            end = afterLetter(pattern, end);
            if (pattern.startsWith("-", end) && !pattern.startsWith("-]", end)) {
                end = afterLetter(pattern, end + 1);
            }
        }
        return end + 1;
    }

    private static int afterLetter(String pattern, int at) {
        return at + (pattern.startsWith("\\", at) ? 2 : 1);
    }

    static final class Validator implements CelAstValidator {
        @Override
        public void validate(CelNavigableAst navigable, Cel cel, IssuesFactory issues) {
            navigable
                    .getRoot()
                    .allNodes()
                    .filter(node -> node.getKind() == Kind.CALL
                            && node.expr().call().function().equals("matches"))
                    .forEach(node -> {
                        List<CelExpr> arguments = node.expr().call().args();
                        CelExpr last = arguments.get(arguments.size() - 1);
                        if (last.getKind() != Kind.CONSTANT
                                || last.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
                            issues.addError(node.id(), "a regular expression is one text, written out");
                        } else {
                            problem(last.constant().stringValue())
                                    .ifPresent(
                                            problem -> issues.addError(node.id(), "the regular expression " + problem));
                        }
                    });
        }
    }
}

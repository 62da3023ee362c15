package dev.ronde.command;

import dev.ronde.platform.http.Role;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Roles on the command line, in the words of the API. */
final class RoleWords implements ITypeConverter<Role> {
    @Override
    public Role convert(String text) {
        return Arrays.stream(Role.values())
                .filter(role -> role.word().equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("\"" + text + "\" is not a role: write "
                        + words(true).stream().collect(Collectors.joining(", ")) + ", or for tokens only "
                        + words(false).stream().collect(Collectors.joining(" or "))));
    }

    private static List<String> words(boolean forPeople) {
        return Arrays.stream(Role.values())
                .filter(role -> role.forPeople() == forPeople)
                .map(Role::word)
                .toList();
    }

    static final class OfPeople implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return words(true).iterator();
        }
    }

    static final class OfTokens implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Role.values()).map(Role::word).iterator();
        }
    }
}

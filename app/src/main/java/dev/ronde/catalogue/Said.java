package dev.ronde.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is said of why a run has no result, before it is put into a language.
 *
 * @param arguments what fills its places: addresses, names, days; never what a target sent
 */
public record Said(Saying saying, List<String> arguments) {
    private static final int LONGEST = 400;

    /** @throws IllegalArgumentException for another number of arguments than it has */
    public Said {
        arguments = List.copyOf(arguments);
        if (arguments.size() != saying.arguments()) {
            throw new IllegalArgumentException(saying + " has " + saying.arguments() + " arguments");
        }
    }

    public static Said of(Saying saying, @Nullable Object... arguments) {
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            texts.add(String.valueOf(argument));
        }
        return new Said(saying, texts);
    }

    /** Returns what came from elsewhere or was stored; empty where it is nothing that this release says. */
    public static Optional<Said> read(String code, List<String> arguments) {
        return Saying.find(code)
                .filter(saying -> saying.arguments() == arguments.size())
                .filter(saying -> arguments.stream().allMatch(text -> text.length() <= LONGEST))
                .map(saying -> new Said(saying, arguments));
    }

    /** Returns the English of one after the other, as records and the API have it. */
    public static String english(List<Said> all) {
        StringBuilder told = new StringBuilder();
        String between = "";
        for (Said said : all) {
            told.append(between).append(said.saying().english(said.arguments()));
            between = said.saying().opens() ? " " : "; ";
        }
        return told.toString();
    }
}

package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No file needs another one that needs it in turn: each can be read, and moved, with what lies below it. */
final class FileCirclesTest {
    /** The top-level classes that each one uses, by name. */
    private final Map<String, Set<String>> arrows = new TreeMap<>();

    private final Map<String, Integer> number = new HashMap<>();
    private final Map<String, Integer> lowest = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final List<Set<String>> circles = new ArrayList<>();

    @Test
    void noFilesDependOnEachOtherInACircle() {
        for (JavaClass one : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.ronde")) {
            Set<String> used = arrows.computeIfAbsent(file(one), name -> new TreeSet<>());
            one.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> file(dependency.getTargetClass()))
                    .filter(name -> name.startsWith("dev.ronde.") && !name.equals(file(one)))
                    .forEach(used::add);
        }
        assertThat(arrows).hasSizeGreaterThan(1_000);
        arrows.keySet().stream().filter(name -> !number.containsKey(name)).forEach(this::visit);
        assertThat(circles.stream().map(this::shown)).as("circles of files").isEmpty();
    }

    /** The strongly connected classes, by the algorithm of Tarjan (1972). */
    private void visit(String name) {
        number.put(name, number.size());
        lowest.put(name, number.get(name));
        open.push(name);
        for (String used : arrows.getOrDefault(name, Set.of())) {
            if (!number.containsKey(used)) {
                visit(used);
                lowest.merge(name, lowest.get(used), Math::min);
            } else if (open.contains(used)) {
                lowest.merge(name, number.get(used), Math::min);
            }
        }
        if (lowest.get(name).equals(number.get(name))) {
            Set<String> circle = new TreeSet<>();
            String last;
            do {
                last = open.pop();
                circle.add(last);
            } while (!last.equals(name));
            if (circle.size() > 1) {
                circles.add(circle);
            }
        }
    }

    private String shown(Set<String> circle) {
        return circle.stream()
                .map(name -> name + " -> "
                        + arrows.get(name).stream()
                                .filter(circle::contains)
                                .map(used -> used.substring(used.lastIndexOf('.') + 1))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    private static String file(JavaClass type) {
        String name = type.getBaseComponentType().getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}

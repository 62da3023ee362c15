package dev.ronde;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows of the tree. A room uses those to its left, never those to its right; each rule says why. */
final class ArchitectureTest {
    private static final List<String> ROOMS = List.of("""
            cadence platform evidence account mail webhook catalogue asset check finding review coverage reminder
            reply inbound retention dashboard demo command""".split("\\s+"));

    /** The packages of the review room in one line; the empty word is the room's own package. */
    private static final List<String> REVIEW = List.of(
            ".plan",
            ".estate",
            "",
            ".standing",
            ".round",
            ".calendar",
            ".enrolment",
            ".extra",
            ".answer",
            ".file",
            ".unchanged",
            ".handover",
            ".forecast",
            ".planning",
            ".builder",
            ".room");

    /** The packages of the check room in one line; the empty word is the room's own package. */
    private static final List<String> CHECK = List.of(
            ".probe..",
            ".derive..",
            "",
            ".schedule",
            ".pause",
            ".log",
            ".statement",
            ".agent",
            ".run",
            ".message",
            ".protection",
            ".page",
            ".room");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.ronde");

    @Test
    void roomsUseOnlyThoseToTheirLeft() {
        for (int i = 0; i < ROOMS.size(); i++) {
            List<String> right = ROOMS.subList(i + 1, ROOMS.size());
            if (right.isEmpty()) {
                continue;
            }
            noClasses()
                    .that()
                    .resideInAPackage(room(ROOMS.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            right.stream().map(ArchitectureTest::room).toArray(String[]::new))
                    .allowEmptyShould(true)
                    .because("what must flow the other way goes through an interface the lower room owns, wired in App")
                    .check(MAIN);
        }
    }

    @Test
    void everyClassIsInARoom() {
        classes()
                .should()
                .resideInAnyPackage(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("dev.ronde"),
                                ROOMS.stream().map(ArchitectureTest::room))
                        .toArray(String[]::new))
                .because("a newcomer must see the architecture from the tree")
                .check(MAIN);
    }

    @Test
    void packagesOfReviewUseOnlyThoseToTheirLeft() {
        useOnlyThoseToTheirLeft("review", REVIEW);
    }

    @Test
    void packagesOfCheckUseOnlyThoseToTheirLeft() {
        useOnlyThoseToTheirLeft("check", CHECK);
    }

    private static void useOnlyThoseToTheirLeft(String room, List<String> line) {
        String[] packages =
                line.stream().map(part -> "dev.ronde." + room + part).toArray(String[]::new);
        for (int i = 0; i < packages.length - 1; i++) {
            noClasses()
                    .that()
                    .resideInAPackage(packages[i])
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(Arrays.copyOfRange(packages, i + 1, packages.length))
                    .because("a row lies below what is done with it, and only the wiring knows all of it")
                    .check(MAIN);
        }
        classes()
                .that()
                .resideInAPackage(room(room))
                .should()
                .resideInAnyPackage(packages)
                .because("a new package of the room must say what it may use")
                .check(MAIN);
    }

    @Test
    void nobodyUsesTheCompositionRoot() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ronde")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.ronde")
                .because("App wires the rooms; no room knows App")
                .check(MAIN);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.ronde.(**)")
                .should()
                .beFreeOfCycles()
                .because("one knot would make every room depend on every other")
                .check(MAIN);
    }

    @Test
    void cadenceIsPureArithmetic() {
        classes()
                .that()
                .resideInAPackage(room("cadence"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "dev.ronde.cadence..", "org.jspecify.annotations..")
                .because("due dates must be computable and testable without anything else")
                .check(MAIN);
    }

    @Test
    void quartzLivesInOneRoom() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.ronde.platform.schedule..", "dev.ronde")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.quartz..")
                .because("Quartz only knocks; no feature may learn its clock")
                .check(MAIN);
    }

    @Test
    void javalinLivesInHttpApiAndPages() {
        noClasses()
                .that(not(resideInAPackage("dev.ronde.platform.http.."))
                        .and(not(simpleNameEndingWith("Api")))
                        .and(not(simpleNameEndingWith("Pages")))
                        .and(not(simpleNameEndingWith("Authenticator")))
                        .and(com.tngtech.archunit.base.DescribedPredicate.describe(
                                "not nested in Api or Pages",
                                type -> !type.getName().matches(".*(Api|Pages)\\$.*"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.javalin..")
                .because("services must be callable from commands, mail and tests alike")
                .check(MAIN);
    }

    @Test
    void mailLibrariesLiveInMailAndInbound() {
        noClasses()
                .that()
                .resideOutsideOfPackages(room("mail"), room("inbound"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.mail..", "org.simplejavamail..", "org.eclipse.angus..")
                .because("only the mail rooms know what a message is made of")
                .check(MAIN);
    }

    @Test
    void onlyMainKnowsTheWallClock() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.ronde.Main")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callConstructor(java.util.Date.class)
                .because("a year must be livable from outside: time comes from the injected clock")
                .check(MAIN);
    }

    @Test
    void onlyMainExits() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.ronde.Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .because("a library call must not end the process")
                .check(MAIN);
    }

    @Test
    void noDrawers() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)$")
                .because("a name must say what the class is")
                .check(MAIN);
    }

    @Test
    void noStaticState() {
        com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields()
                .that()
                .areStatic()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .because("state belongs to objects that App makes and closes")
                .check(MAIN);
    }

    private static String room(String name) {
        return "dev.ronde." + name + "..";
    }
}

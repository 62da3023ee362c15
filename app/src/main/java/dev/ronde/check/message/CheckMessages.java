package dev.ronde.check.message;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.CheckTexts;
import dev.ronde.catalogue.Judge;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Rewording;
import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import dev.ronde.check.CheckRun;
import dev.ronde.check.CheckRuns;
import dev.ronde.check.run.Explainer;
import dev.ronde.check.run.WorstExecution.FailedEverywhere;
import dev.ronde.platform.resource.Messages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a run says, in the language of who reads: why it has no result, and what its assertions found. Records hold both in the check's own
 * language and in English, reasons also as codes with arguments. Translated messages are filled anew from the facts recorded with them, and only
 * where these facts give the recorded message too.
 */
public final class CheckMessages {
    private final Catalogue catalogue;
    private final Messages messages;
    private final CheckRuns runs = new CheckRuns();

    public CheckMessages(Catalogue catalogue, Messages messages) {
        this.catalogue = catalogue;
        this.messages = messages;
    }

    /**
     * Why a run has no result.
     *
     * @param translated whether it is said in the language that was asked for
     */
    public record Why(String told, boolean translated) {}

    /**
     * Returns why a run has no result; empty where it has one.
     *
     * @param details the data of its record, see {@link CheckRuns#details}
     */
    public Optional<Why> why(String check, @Nullable String reason, JsonNode details, Locale language) {
        String detail = details.path("detail").asString("");
        if (detail.isEmpty()) {
            return reason(reason, language);
        }
        return said(details, detail, language)
                .or(() -> condition(check, reason, details, language))
                .map(told -> new Why(told, true))
                .or(() -> stored(check, reason, detail, language));
    }

    /** Returns why runs have no result, by their ids; those that have one, or do not exist, are left out. */
    public Map<UUID, Why> of(Handle handle, Collection<UUID> ids, Locale language) {
        List<CheckRun> found = runs.all(handle, ids).stream()
                .filter(run -> run.reason() != null)
                .toList();
        Map<UUID, JsonNode> details = runs.details(handle, found);
        Map<UUID, Why> told = new HashMap<>();
        found.forEach(run -> Optional.ofNullable(details.get(run.id()))
                .flatMap(data -> why(run.checkId(), run.reason(), data, language))
                .ifPresent(why -> told.put(run.id(), why)));
        return told;
    }

    /** Empty for a reason of one of the house's own checks. */
    public Optional<Why> reason(@Nullable String reason, Locale language) {
        return keys(reason).filter(messages::has).findFirst().map(key -> new Why(messages.text(language, key), true));
    }

    /** Returns what each of these reasons means, by its code; the code itself for one of the house's own checks. */
    public Map<String, String> reasons(Stream<@Nullable String> codes, Locale language) {
        return codes.filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.toMap(
                        code -> code,
                        code -> reason(code, language).map(Why::told).orElse(code)));
    }

    /** Returns what is said of each assertion that failed or broke, by its id; how an expression broke is told in English alone. */
    public Map<String, String> assertions(String check, JsonNode details, Locale language) {
        Map<String, String> told = new HashMap<>();
        messages(check, details, language)
                .forEach(message -> told.put(
                        message.assertion(),
                        message.failed() || isEnglish(language)
                                ? message.told()
                                : messages.text(language, Saying.RULE_BROKE.key(), message.assertion())));
        return told;
    }

    private static boolean isEnglish(Locale language) {
        return language.getLanguage().equals(Locale.ENGLISH.getLanguage());
    }

    private Optional<String> said(JsonNode details, String detail, Locale language) {
        List<Said> said = new ArrayList<>();
        for (JsonNode node : details.path("said")) {
            List<String> arguments = node.path("arguments")
                    .valueStream()
                    .map(argument -> argument.asString(""))
                    .toList();
            Optional<Said> read = Said.read(node.path("code").asString(""), arguments);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            said.add(read.get());
        }
        if (said.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(isEnglish(language) ? detail : told(said, messages, language));
    }

    static String told(List<Said> all, Messages messages, Locale language) {
        return all.stream().map(said -> told(said, messages, language)).collect(Collectors.joining(" "));
    }

    private static String told(Said said, Messages messages, Locale language) {
        List<String> arguments = said.arguments().stream()
                .map(argument -> FactTranslation.MessageDates.told(argument, language))
                .toList();
        if (said.saying() == Saying.TAG_UNUSABLE) {
            String key = "asset.error.bad_parameter_tag." + arguments.get(2);
            String why = messages.has(key)
                    ? messages.text(
                            language,
                            key,
                            arguments.subList(3, arguments.size()).toArray())
                    : arguments.get(0);
            return messages.text(language, said.saying().key(), why, arguments.get(1));
        }
        String told = messages.text(language, said.saying().key(), arguments.toArray());
        return said.saying() == Saying.SNAPSHOT_REFUSED ? refused(said.arguments(), messages, language) + told : told;
    }

    private static String refused(List<String> arguments, Messages messages, Locale language) {
        String key = "asset.refused." + arguments.get(2);
        String place = arguments.get(4);
        return messages.has(key)
                ? messages.text(language, key, arguments.get(3)) + (place.isEmpty() ? " " : " " + place + " ")
                : "";
    }

    /** Empty if it is not an unmet condition of the check, or if only the check file has words for it. */
    private Optional<String> condition(String check, @Nullable String reason, JsonNode details, Locale language) {
        String detail = details.path("detail").asString("");
        return sound(check)
                .flatMap(sound -> sound.rules()
                        .conditions()
                        .flatMap(condition -> condition.message() == null
                                ? Stream.of(condition.id())
                                        .filter(id -> detail.equals(id + Judge.UNMET))
                                        .map(id -> unmet(id, reason, language))
                                : retold(sound, condition, details, language).stream())
                        .findFirst());
    }

    private String unmet(String condition, @Nullable String reason, Locale language) {
        return keys(condition, reason)
                .filter(messages::has)
                .findFirst()
                .map(key -> messages.text(language, key))
                .orElseGet(() -> messages.text(language, "check.unmet", condition));
    }

    /** The recorded English, or for another language what the reason means if the text is not of the check file. */
    private Optional<Why> stored(String check, @Nullable String reason, String detail, Locale language) {
        boolean english = isEnglish(language);
        boolean worded = sound(check).stream()
                .flatMap(sound -> sound.rules().conditions())
                .anyMatch(one -> one.message() != null && one.reason().equals(reason));
        return (english || worded ? Optional.<Why>empty() : reason(reason, language))
                .or(() -> Optional.of(new Why(detail, english)));
    }

    /** The closest key comes first. */
    static Stream<String> keys(@Nullable String... names) {
        return Arrays.stream(names).filter(Objects::nonNull).map(name -> "check.unmet." + name.replace('-', '_'));
    }

    private Optional<CheckDefinition> sound(String check) {
        return catalogue.find(check).flatMap(CatalogueEntry::sound);
    }

    Optional<String> retold(
            CheckDefinition check, CheckDefinition.Condition condition, JsonNode details, Locale language) {
        String own = condition.message();
        String other = translation(check.id(), language)
                .map(CheckTexts::messages)
                .map(messages -> messages.get(condition.id()))
                .orElse(null);
        return own == null || other == null
                ? Optional.empty()
                : retold(check, own, other, details.path("detail").asString(""), details, language);
    }

    public record Message(String assertion, boolean failed, String stored, String told) {}

    /** Returns what to do where the check fails, in one line; empty where it is not there any more. */
    public String remedy(String check, Locale language) {
        return catalogue
                .find(check)
                .map(entry -> catalogue.texts(entry, language).remediation().summary())
                .orElse("");
    }

    /** Returns whether a check has texts of its own for this language; without them everything is said as it was recorded. */
    public boolean translates(String check, Locale language) {
        return translation(check, language).isPresent();
    }

    private Optional<CheckTexts> translation(String check, Locale language) {
        return catalogue.find(check).flatMap(entry -> catalogue.translations().find(entry, language));
    }

    /**
     * Returns the messages of a run in the order of its assertions.
     *
     * @param details the data of its record, see {@link CheckRuns#details}
     */
    public List<Message> messages(String check, JsonNode details, Locale language) {
        Map<String, String> translated =
                translation(check, language).map(CheckTexts::messages).orElse(Map.of());
        Optional<CheckDefinition> definition = sound(check);
        Map<String, String> own = new HashMap<>();
        definition.ifPresent(
                sound -> sound.rules().assertions().forEach(assertion -> own.put(assertion.id(), assertion.message())));
        List<Message> messages = new ArrayList<>();
        for (JsonNode node : details.path("assertions")) {
            String id = node.path("id").asString("");
            String stored = node.path("message").asString("");
            boolean failed = node.path("result").asString("").equals(Outcome.FAIL.code());
            if (!stored.isEmpty()) {
                String other = failed ? translated.get(id) : null;
                String told = other == null || definition.isEmpty()
                        ? stored
                        : message(definition.get(), own.getOrDefault(id, ""), other, stored, details, language);
                messages.add(new Message(id, failed, stored, told));
            }
        }
        return messages;
    }

    private static String message(
            CheckDefinition check, String own, String other, String stored, JsonNode details, Locale language) {
        return retold(check, own, other, stored, details, language)
                .or(() -> everywhere(check, own, other, stored, details, language))
                .orElse(stored);
    }

    /** Only the facts of the worst address are recorded; the others have only their recorded words. */
    private static Optional<String> everywhere(
            CheckDefinition check, String own, String other, String stored, JsonNode details, Locale language) {
        List<String> told = new ArrayList<>();
        for (FailedEverywhere.Part part : FailedEverywhere.parts(stored)) {
            Optional<String> words = retold(check, own, other, part.own(), details, language)
                    .or(() -> Rewording.of(
                            own,
                            other,
                            part.own(),
                            FactTranslation.in(language, check.facts().name())));
            if (words.isEmpty()) {
                return Optional.empty();
            }
            told.add(part.told(words.get(), language));
        }
        return told.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", told));
    }

    private static Optional<String> retold(
            CheckDefinition check, String own, String other, String stored, JsonNode details, Locale language) {
        return Judge.retell(
                check,
                own,
                other,
                stored,
                Explainer.input(check, details, Map.of(), Instant.EPOCH),
                FactTranslation.in(language, check.facts().name()));
    }
}

package dev.ronde.check;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.EffectiveParams;
import dev.ronde.catalogue.Judge;
import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import dev.ronde.platform.resource.Messages;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Why a run has no result, in the language of who reads. Records have it in English, beside it in codes with their arguments; records of
 * older releases have the English alone, and are told by their reason in other languages.
 */
public final class Reasons {
    private final Catalogue catalogue;
    private final RunTexts texts;
    private final Messages messages;
    private final CheckRuns runs = new CheckRuns();

    Reasons(Catalogue catalogue, RunTexts texts, Messages messages) {
        this.catalogue = catalogue;
        this.texts = texts;
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
     * @param reason code of the reason
     * @param details the data of its record, see {@link CheckRuns#details}
     */
    public Optional<Why> why(String check, @Nullable String reason, JsonNode details, Locale language) {
        String detail = details.path("detail").asString("");
        if (detail.isEmpty()) {
            return reason(reason, language);
        }
        return tags(detail, language)
                .or(() -> said(details, detail, language))
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

    /** Returns what a reason means; empty for one of a check of the house. */
    public Optional<Why> reason(@Nullable String reason, Locale language) {
        return UnmetWords.keys(reason)
                .filter(messages::has)
                .findFirst()
                .map(key -> new Why(messages.text(language, key), true));
    }

    /** Returns what is said of each assertion that failed or broke, by its id; how an expression broke is told in English alone. */
    public Map<String, String> assertions(String check, JsonNode details, Locale language) {
        Map<String, String> told = new HashMap<>();
        texts.messages(check, details, language)
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

    /** What tags of the asset have to do with it. */
    private Optional<String> tags(String detail, Locale language) {
        return EffectiveParams.understood(detail, catalogue)
                .map(unusable -> messages.text(
                        language,
                        "check.unusable_tag",
                        unusable.tag(),
                        messages.text(
                                language,
                                "asset.error.bad_parameter_tag."
                                        + unusable.refusal().key(),
                                unusable.refusal().arguments().toArray())))
                .or(() -> Judgement.unknownProduct(detail)
                        .map(product -> messages.text(language, "check.product_unknown", product)));
    }

    /** What the product itself said. */
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

    /** Says it in a language. */
    static String told(List<Said> all, Messages messages, Locale language) {
        return all.stream().map(said -> told(said, messages, language)).collect(Collectors.joining(" "));
    }

    private static String told(Said said, Messages messages, Locale language) {
        String told = messages.text(
                language,
                said.saying().key(),
                said.arguments().stream()
                        .map(argument -> SaidDates.told(argument, language))
                        .toArray());
        return said.saying() == Saying.SNAPSHOT_REFUSED ? refused(said.arguments(), messages, language) + told : told;
    }

    /** Why a document was refused, as the page of its asset says it. */
    private static String refused(List<String> arguments, Messages messages, Locale language) {
        String key = "asset.refused." + arguments.get(2);
        String place = arguments.get(4);
        return messages.has(key)
                ? messages.text(language, key, arguments.get(3)) + (place.isEmpty() ? " " : " " + place + " ")
                : "";
    }

    /** Empty where it is no condition of the check that was not met, or one that only its check file words. */
    private Optional<String> condition(String check, @Nullable String reason, JsonNode details, Locale language) {
        String detail = details.path("detail").asString("");
        return conditions(check)
                .flatMap(one -> one.condition().message() == null
                        ? Stream.of(one.condition().id())
                                .filter(id -> detail.equals(id + Judge.UNMET))
                                .map(id -> unmet(id, reason, language))
                        : texts.retold(one.check(), one.condition(), details, language).stream())
                .findFirst();
    }

    private String unmet(String condition, @Nullable String reason, Locale language) {
        return UnmetWords.keys(condition, reason)
                .filter(messages::has)
                .findFirst()
                .map(key -> messages.text(language, key))
                .orElseGet(() -> messages.text(language, "check.unmet", condition));
    }

    /** The English of the record; where it is the product's own and somebody reads another language, what the reason means. */
    private Optional<Why> stored(String check, @Nullable String reason, String detail, Locale language) {
        boolean english = isEnglish(language);
        boolean worded = conditions(check)
                .anyMatch(one -> one.condition().message() != null
                        && one.condition().reason().equals(reason));
        Optional<Why> meant = english || worded ? Optional.empty() : reason(reason, language);
        return meant.or(() -> Optional.of(new Why(detail, english)));
    }

    private record ConditionOf(CheckDefinition check, CheckDefinition.Condition condition) {}

    private Stream<ConditionOf> conditions(String check) {
        return catalogue.find(check).flatMap(CatalogueEntry::sound).stream()
                .flatMap(sound -> sound.rules().conditions().map(condition -> new ConditionOf(sound, condition)));
    }
}

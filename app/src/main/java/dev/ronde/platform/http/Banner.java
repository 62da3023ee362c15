package dev.ronde.platform.http;

import java.util.List;

/**
 * A sentence above every page.
 *
 * @param level info, warn or error
 * @param key message key of the sentence
 * @param arguments what fills its places
 */
public record Banner(String level, String key, List<Object> arguments) {
    public interface Source {
        List<Banner> banners(Principal principal);

        default List<Banner> toAnybody() {
            return List.of();
        }
    }
}

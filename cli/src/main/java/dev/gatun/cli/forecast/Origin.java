package dev.gatun.cli.forecast;

import java.util.Map;
import java.util.Optional;

/**
 * Which table a model was trained on, as files said it that were written before {@link SeenRows} were kept: its held-out
 * rows are known if the very table is seen again.
 *
 * @param fingerprint of the series
 * @param testAt      first row that was held out
 */
public record Origin(String fingerprint, int testAt) {

    /** Key in a model's metadata. */
    public static final String KEY = "gatun.origin";

    /**
     * The origin in a model's metadata.
     *
     * @param metadata of the model
     * @return empty if there is none that can be understood
     */
    public static Optional<Origin> in(Map<String, String> metadata) {
        String[] parts = metadata.getOrDefault(KEY, "").split(" ");
        return parts.length == 2 && parts[1].matches("\\d{1,9}")
                ? Optional.of(new Origin(parts[0], Integer.parseInt(parts[1])))
                : Optional.empty();
    }
}

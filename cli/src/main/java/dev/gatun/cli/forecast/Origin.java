package dev.gatun.cli.forecast;

import java.util.Map;
import java.util.Optional;

/**
 * Which table a model was trained on, so that its held-out rows are known when the table is seen again.
 *
 * @param fingerprint of the series
 * @param testAt      first row that was held out
 */
public record Origin(String fingerprint, int testAt) {

    /** Key in a model's metadata. */
    public static final String KEY = "gatun.origin";

    public void saveTo(Map<String, String> metadata) {
        metadata.put(KEY, fingerprint + " " + testAt);
    }

    /** The origin in a model's metadata, if there is one that can be understood. */
    public static Optional<Origin> in(Map<String, String> metadata) {
        String[] parts = metadata.getOrDefault(KEY, "").split(" ");
        return parts.length == 2 && parts[1].matches("\\d{1,9}")
                ? Optional.of(new Origin(parts[0], Integer.parseInt(parts[1])))
                : Optional.empty();
    }
}

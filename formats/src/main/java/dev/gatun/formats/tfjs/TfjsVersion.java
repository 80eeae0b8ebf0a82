package dev.gatun.formats.tfjs;

import dev.gatun.formats.keras.generations.WrittenBy;
import java.util.Map;

/**
 * Which Keras a topology is of.
 *
 * @param words     as the file says it, or the number that is taken
 * @param major     the first number of the version
 * @param isGuessed whether the file does not say it
 */
record TfjsVersion(String words, int major, boolean isGuessed) {

    /** What TensorFlow.js says of files that it saves; their layers are of Keras 2, whatever number follows. */
    private static final String ITSELF = "tfjs-layers";
    private static final int KERAS_2 = 2;

    /**
     * The version of a topology.
     *
     * @param topology as the model.json has it
     * @param config   of the model, which stands in it
     */
    static TfjsVersion of(Map<?, ?> topology, Map<String, Object> config) {
        Object said = topology.get("keras_version") == null
                ? config.get("keras_version")
                : topology.get("keras_version");
        String text = said == null ? "" : String.valueOf(said);
        if (text.startsWith(ITSELF)) {
            return new TfjsVersion(text, KERAS_2, false);
        }
        if (text.startsWith("2.") || text.startsWith("3.")) {
            return new TfjsVersion(text, text.charAt(0) - '0', false);
        }
        int major = Math.max(KERAS_2, WrittenBy.major(config)); // There has been no TensorFlow.js of Keras 1.
        return new TfjsVersion(String.valueOf(major), major, true);
    }
}

package dev.gatun.formats.keras.legacy;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.PlainJson;
import dev.gatun.formats.hdf5.Hdf5File;
import dev.gatun.formats.keras.generations.WrittenBy;
import java.util.Map;

/**
 * What a file says beside its numbers.
 *
 * @param config  of the model, as JSON; null in a file of weights alone
 * @param version of Keras
 * @param isGuessed whether the file does not say it
 * @param backend that the model was trained with, null if the file does not say
 * @param isCompiled   whether optimizer and loss are there
 * @param hasOptimizer whether the optimizer's moments are there
 */
record LegacyHeader(Map<String, Object> config, String version, boolean isGuessed, String backend, boolean isCompiled,
        boolean hasOptimizer) {

    private static final String CONFIG = "model_config";
    private static final String VERSION = "keras_version";
    private static final String BACKEND = "backend";

    /** Longer than any version or backend. */
    private static final int LONGEST = 64;

    static LegacyHeader of(Hdf5File hdf) throws FormatException {
        String text = config(hdf);
        Map<String, Object> config = null;
        if (text != null) {
            try {
                config = PlainJson.object("its " + CONFIG, text);
            } catch (IllegalArgumentException malformed) {
                throw hdf.wrong(malformed.getMessage());
            }
        }
        String root = hdf.hasGroup("model_weights") ? "model_weights" : "";
        String version = said(hdf, root, VERSION, config);
        return new LegacyHeader(config, version == null ? guessed(config) : version, version == null,
                said(hdf, root, BACKEND, config),
                hdf.hasAttribute("", LegacyTraining.CONFIG), hdf.hasGroup(LegacyTraining.GROUP));
    }

    /** The same file, with a configuration that lies beside it and may say its own version. */
    LegacyHeader with(Map<String, Object> other) {
        String said = other.get(VERSION) instanceof String text && text.length() <= LONGEST ? text : null;
        boolean isSaid = said != null || !isGuessed;
        String known = isGuessed ? guessed(other) : version;
        return new LegacyHeader(other, said == null ? known : said, !isSaid, backend, isCompiled, hasOptimizer);
    }

    /** The attribute, or its numbered pieces. */
    private static String config(Hdf5File hdf) throws FormatException {
        if (hdf.hasAttribute("", CONFIG)) {
            String text = hdf.text("", CONFIG);
            return text == null ? String.join("", hdf.texts("", CONFIG)) : text;
        }
        StringBuilder pieces = new StringBuilder();
        for (int piece = 0; hdf.hasAttribute("", CONFIG + piece); piece++) {
            String text = hdf.text("", CONFIG + piece);
            pieces.append(text == null ? String.join("", hdf.texts("", CONFIG + piece)) : text);
        }
        return pieces.isEmpty() ? null : pieces.toString();
    }

    private static String said(Hdf5File hdf, String root, String attribute, Map<String, Object> config)
            throws FormatException {
        String said = hdf.text("", attribute);
        said = said == null ? hdf.text(root, attribute) : said;
        if (said == null && config != null && config.get(attribute) instanceof String inConfig) {
            said = inConfig;
        }
        return said == null || said.length() > LONGEST ? null : said;
    }

    /** Keras writes its version since 1.2; what is older than that has the names of Keras 1. */
    private static String guessed(Map<String, Object> config) {
        return String.valueOf(WrittenBy.major(config));
    }

    /** The first number of the version. */
    int major() {
        char first = version.isEmpty() ? '2' : version.charAt(0);
        return first >= '1' && first <= '3' ? first - '0' : 2;
    }

    /** Theano's convolutions turn the kernel round, those of the others do not. */
    boolean flipsKernels() {
        return "theano".equals(backend);
    }
}

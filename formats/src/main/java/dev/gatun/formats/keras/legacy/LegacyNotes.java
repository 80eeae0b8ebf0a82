package dev.gatun.formats.keras.legacy;

import dev.gatun.formats.hdf5.Hdf5Numbers;
import dev.gatun.formats.keras.KerasConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a report says beside the layers. */
final class LegacyNotes {

    private static final int KERAS_3 = 3;

    private LegacyNotes() {}

    static List<String> of(LegacyHeader header, Map<String, Object> config, LegacyWeights weights) {
        List<String> notes = new ArrayList<>(ofWeights(header, weights));
        Set<String> precisions = KerasConfig.otherPrecisions(config);
        if (!precisions.isEmpty()) {
            notes.add("layers that compute in " + String.join(", ", precisions) + " there compute in float32 here");
        }
        if (header.isGuessed()) {
            notes.add("it does not say which Keras wrote it, and is read as of Keras " + header.version()
                    + ", by the form of its layers");
        }
        if (header.major() < KERAS_3 && holds(config, "hard_sigmoid")) {
            notes.add("hard_sigmoid is clip(0.2 x + 0.5, 0, 1), as in all versions before Keras 3");
        }
        if (header.major() < KERAS_3 && holds(config, "Bidirectional")) {
            notes.add(
                    "where a step does not count, Bidirectional gives zeros, as in tf.keras and Keras 3; Keras before 2.4"
                            + " repeated the step before");
        }
        return notes;
    }

    static List<String> ofWeights(LegacyHeader header, LegacyWeights weights) {
        List<String> notes = new ArrayList<>();
        for (Hdf5Numbers precision : weights.precisions()) {
            if (!precision.isPlain()) {
                notes.add(precision.words());
            }
        }
        if (weights.hasLora()) {
            notes.add("what LoRA learned is added to the weights it was learned for"
                    + (header.config() == null
                            ? ", with alpha equal to the rank, which weights alone do not say"
                            : ""));
        }
        if (header.flipsKernels()) {
            notes.add(
                    "it was trained with Theano, whose convolutions run backwards: kernels of Conv1D are turned round");
        }
        return notes;
    }

    private static boolean holds(Object json, String text) {
        return switch (json) {
            case Map<?, ?> map -> map.values().stream().anyMatch(value -> holds(value, text));
            case List<?> list -> list.stream().anyMatch(value -> holds(value, text));
            case null, default -> text.equals(json);
        };
    }
}

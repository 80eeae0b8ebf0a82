package dev.gatun.layers.type.attention;

import dev.gatun.layers.Stepping;
import java.util.List;

/** What all types of attention say alike. */
final class AttentionSteps {

    private AttentionSteps() {}

    /** Why none runs step by step. */
    static Stepping of(boolean causal) {
        return new Stepping.WholeSequence(causal
                ? "looks back at all earlier steps: what a stream would carry grows with each"
                : "looks at all steps, later ones too: it needs the whole sequence");
    }

    /** What was attended to, and the scores. */
    static List<String> outputs(boolean returnsScores) {
        return returnsScores ? List.of("", "scores") : List.of("");
    }
}

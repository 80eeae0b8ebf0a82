package dev.gatun.formats;

import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * What became of a foreign model file, layer by layer.
 *
 * @param source what the file is and who wrote it
 * @param layers in the file's order
 * @param notes  what the file holds beside them and was left out, and why
 * @param ofTraining of the notes those that matter only to whoever trains on
 */
public record ImportReport(String source, List<Mapped> layers, List<String> notes, List<String> ofTraining) {

    /**
     * A report none of whose notes is of a training.
     *
     * @param source what the file is and who wrote it
     * @param layers in the file's order
     * @param notes  what the file holds beside them and was left out, and why
     */
    public ImportReport(String source, List<Mapped> layers, List<String> notes) {
        this(source, layers, notes, List.of());
    }

    /**
     * What became of one layer.
     *
     * @param layer   its name, in the file and in the model
     * @param kind    its class, as Keras calls it
     * @param weights each as {@code kernel [5,28] <- place in the file}; empty if the layer has none
     */
    public record Mapped(String layer, String kind, List<String> weights) {
        /**
         * Checks that nothing is missing, and copies the list.
         *
         * @throws NullPointerException if an argument or a weight is null
         */
        public Mapped {
            Arguments.required(layer, "ImportReport.Mapped", "layer", "the name of a layer");
            Arguments.required(kind, "ImportReport.Mapped", "kind", "a class name as Keras has it, for example LSTM");
            weights = Arguments.copy(weights, "ImportReport.Mapped", "weights", "names");
        }
    }

    /**
     * Checks that nothing is missing, and copies the lists.
     *
     * @throws NullPointerException if an argument, a layer or a note is null
     */
    public ImportReport {
        Arguments.required(source, "ImportReport", "source", "where it comes from");
        layers = Arguments.copy(layers, "ImportReport", "layers", "layers");
        notes = Arguments.copy(notes, "ImportReport", "notes", "sentences, none is fine");
        ofTraining = Arguments.copy(ofTraining, "ImportReport", "ofTraining", "sentences, none is fine");
    }

    /**
     * The notes that matter to whoever predicts with the model.
     *
     * @return all but those of a training
     */
    public List<String> notesToPredict() {
        return notes.stream().filter(note -> !ofTraining.contains(note)).toList();
    }

    /** A line for each layer, weight and note. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(source).append('\n');
        for (Mapped mapped : layers) {
            text.append("  ").append(mapped.layer()).append(" (").append(mapped.kind()).append(")\n");
            mapped.weights().forEach(weight -> text.append("    ").append(weight).append('\n'));
        }
        notes.forEach(note -> text.append("  note: ").append(note).append('\n'));
        return text.toString();
    }
}

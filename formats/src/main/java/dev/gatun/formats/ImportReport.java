package dev.gatun.formats;

import java.util.List;

/**
 * What became of a foreign model file, layer by layer.
 *
 * @param source what the file is and who wrote it
 * @param layers in the file's order
 * @param notes  what the file holds beside them and was left out, and why
 */
public record ImportReport(String source, List<Mapped> layers, List<String> notes) {

    /**
     * One layer.
     *
     * @param layer   its name, in the file and in the model
     * @param kind    its class
     * @param weights each as {@code kernel [5,28] <- place in the file}; empty if the layer has none
     */
    public record Mapped(String layer, String kind, List<String> weights) {}

    public ImportReport {
        layers = List.copyOf(layers);
        notes = List.copyOf(notes);
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

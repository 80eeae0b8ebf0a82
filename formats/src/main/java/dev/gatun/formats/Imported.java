package dev.gatun.formats;

import dev.gatun.layers.model.Model;
import dev.gatun.memory.check.Arguments;

/**
 * A model from a foreign file.
 *
 * @param model  to be closed by whoever asked for it
 * @param report what of the file it holds
 */
public record Imported(Model model, ImportReport report) implements AutoCloseable {
    /**
     * Checks that nothing is missing.
     *
     * @throws NullPointerException if the model or the report is null
     */
    public Imported {
        Arguments.required(model, "Imported", "model", "an open model");
        Arguments.required(report, "Imported", "report", "what was imported");
    }

    /** Closes the model. */
    @Override
    public void close() {
        model.close();
    }
}

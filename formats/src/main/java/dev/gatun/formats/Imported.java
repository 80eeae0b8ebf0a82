package dev.gatun.formats;

import dev.gatun.layers.model.Model;

/**
 * A model from a foreign file.
 *
 * @param model  to be closed by whoever asked for it
 * @param report what of the file it holds
 */
public record Imported(Model model, ImportReport report) implements AutoCloseable {

    /** Closes the model. */
    @Override
    public void close() {
        model.close();
    }
}

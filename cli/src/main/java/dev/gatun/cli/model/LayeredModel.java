package dev.gatun.cli.model;

import dev.gatun.formats.Imported;
import java.util.List;
import java.util.Optional;

/** A file that became layers of Gatun's, whatever names and axes its tensors have. */
interface LayeredModel extends RunnableModel {

    /** The model, with what was said of its file. */
    Imported read();

    @Override
    default List<String> notes() {
        return read().report().notes();
    }

    @Override
    default int vocabulary() {
        return Vocabulary.of(read().model());
    }

    @Override
    default Optional<Imported> imported() {
        return Optional.of(read());
    }

    @Override
    default boolean keepsStates() {
        return KeptStates.in(read().model());
    }

    @Override
    default void reset() {
        read().model().resetStates();
    }

    @Override
    default void close() {
        read().close();
    }
}

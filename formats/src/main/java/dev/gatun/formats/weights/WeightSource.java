package dev.gatun.formats.weights;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import java.util.SequencedMap;

/** The weights of an open file, by name. Their numbers stay in the file until they are asked for. */
public interface WeightSource extends AutoCloseable {

    /**
     * What messages call the file.
     *
     * @return its path and, in brackets, what kind of file it is
     */
    String name();

    /**
     * What the file has, without what an optimizer keeps beside the weights.
     *
     * @return shapes by name, in the file's order
     */
    SequencedMap<String, Shape> shapes();

    /**
     * Copies a weight, converted to float32 and to the layout that Gatun's {@code Weight} has.
     *
     * @param weight one of the names of {@link #shapes}
     * @param target of its shape; its numbers are replaced
     * @throws ShapeException  if the target's shape is another
     * @throws FormatException if it cannot be read as numbers
     */
    void copyTo(String weight, Tensor target) throws FormatException;

    /** Closes the file; a second call does nothing. */
    @Override
    void close();
}

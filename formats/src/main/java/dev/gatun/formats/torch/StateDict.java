package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.Shape;
import java.util.Set;
import java.util.SequencedMap;

/** Parameters of PyTorch's modules by their names, wherever they are written down. */
interface StateDict extends AutoCloseable {

    /** What messages call the file. */
    String file();

    /** What kind of file it is, for the report. */
    String format();

    /** The shape of each parameter. */
    SequencedMap<String, Shape> shapes();

    /** Whether they stand in the order in which the modules were declared; in safetensors they are sorted by name. */
    boolean isInOrder();

    /** Types other than float32 that numbers are converted from. */
    Set<String> otherTypes();

    /**
     * The numbers of a parameter.
     *
     * @param name one of {@link #shapes}
     * @return row-major
     */
    float[] numbers(String name) throws FormatException;

    /**
     * Where a parameter stands in the file.
     *
     * @param name one of {@link #shapes}
     * @return its name there, or those of the tensors that it is computed from
     */
    default String origin(String name) {
        return name;
    }

    @Override
    void close();
}

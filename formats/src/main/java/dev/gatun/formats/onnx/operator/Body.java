package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.tensors.NumberType;
import java.util.List;

/** A graph within a node, to be run with what it reads of the graphs around it. */
public interface Body {

    /** How many inputs it has. */
    int inputs();

    /** How many outputs it has. */
    int outputs();

    /**
     * Runs it.
     *
     * @param given a value for each input
     * @return a value for each output
     */
    List<NumberArray> run(List<NumberArray> given);

    /**
     * Counts a turn of a loop whose end is not known before, against a limit of the whole run.
     *
     * @throws IllegalStateException if it is reached: names the node
     */
    void countTurn();

    /**
     * The type that the graph says of an output, for one that has not run.
     *
     * @param output counted from 0
     * @return float32 if it says none
     */
    NumberType type(int output);

    /**
     * The shape that the graph says of an output, for one that has not run.
     *
     * @param output counted from 0
     * @return 0 for sizes that are not known
     */
    int[] shape(int output);
}

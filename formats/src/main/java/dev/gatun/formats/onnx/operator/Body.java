package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
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
     * What stands for an output of a body that has not run: of its type, without numbers where sizes are not known.
     *
     * @param output counted from 0
     */
    NumberArray none(int output);
}
